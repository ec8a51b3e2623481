namespace Crm.Plugins;

/// <summary>A customer as an accounting system keeps it. Null = the system has nothing, or the caller does not want to change it; an empty text clears.</summary>
public sealed record AccountingCustomer
{
    /// <summary>The system's own identifier; null in a customer that is about to be created.</summary>
    public string? Id { get; init; }

    /// <summary>The number that people know it by there. Null when creating = the system gives one.</summary>
    public string? Number { get; init; }

    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>Digits only, Finnish ones with their hyphen.</summary>
    public string? OrganisationNumber { get; init; }

    /// <summary>With its country's prefix.</summary>
    public string? VatNumber { get; init; }

    /// <summary>Where invoices go.</summary>
    public PostalAddress? Invoice { get; init; }

    /// <summary>Where goods go.</summary>
    public PostalAddress? Delivery { get; init; }

    /// <summary>A general address.</summary>
    public string? Email { get; init; }

    /// <summary>Where invoices are mailed.</summary>
    public string? InvoiceEmail { get; init; }

    /// <summary>As the system writes it.</summary>
    public string? Phone { get; init; }

    /// <summary>Without or with a scheme.</summary>
    public string? Website { get; init; }

    /// <summary>ISO 4217; null when creating = the system's own.</summary>
    public string? Currency { get; init; }

    /// <summary>How much the customer may owe; null = the system keeps no limit for it.</summary>
    public MoneyAmount? CreditLimit { get; init; }

    /// <summary>
    /// The co-worker who is responsible for the customer there. Null = the system keeps no such thing, or the caller does not want to change it; a person without
    /// anything = nobody is, and clears.
    /// </summary>
    public AccountingPerson? Owner { get; init; }

    /// <summary>13 digits.</summary>
    public string? Gln { get; init; }

    /// <summary>A group or kind that the system requires when creating; its identifier from the plugin's settings.</summary>
    public string? Group { get; init; }

    /// <summary>False = it is closed there.</summary>
    public bool? IsActive { get; init; }

    /// <summary>When it last changed there; null = the system does not tell.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>True = a list's short form, where null says nothing; <see cref="IAccountingSystem.CustomerAsync"/> answers all of it.</summary>
    public bool IsShort { get; init; }

    /// <summary>In the answer to a write: what of it the system could not take, and why. A sentence in English, without personal data; null = it took everything.</summary>
    public string? LeftOut { get; init; }
}

/// <summary>A co-worker, as an accounting system keeps one. Null = not told.</summary>
public sealed record AccountingPerson
{
    /// <summary>The system's own identifier; null in what is written: the system finds the person by the e-mail address, else by the name.</summary>
    public string? Id { get; init; }

    /// <summary>The whole name.</summary>
    public string? Name { get; init; }

    /// <summary>The e-mail address, in any case.</summary>
    public string? Email { get; init; }
}

/// <summary>What a customer owes in one currency: issued invoices less payments and credits; negative when we owe.</summary>
public sealed record AccountingBalance
{
    /// <summary>The customer's <see cref="AccountingCustomer.Id"/>.</summary>
    public required string CustomerId { get; init; }

    /// <summary>All that is open. In a currency of its own where the system keeps receivables by the invoice's, else in the books' (<see cref="AccountingCompany.Currency"/>).</summary>
    public required MoneyAmount Open { get; init; }

    /// <summary>Of it, what is past its due date; null = the system does not tell.</summary>
    public MoneyAmount? Overdue { get; init; }
}

/// <summary>An invoice or a credit note.</summary>
public sealed record AccountingInvoice
{
    /// <summary>The system's own identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The number on it; null = a draft without one.</summary>
    public string? Number { get; init; }

    /// <summary>The customer's <see cref="AccountingCustomer.Id"/>.</summary>
    public required string CustomerId { get; init; }

    /// <summary>The date on it.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>When it is to be paid; null = at once, or not told.</summary>
    public DateOnly? DueDate { get; init; }

    /// <summary>Without VAT, in the invoice's currency; negative for a credit note. Null = the list does not tell.</summary>
    public decimal? Net { get; init; }

    /// <summary>With VAT, in the invoice's currency; negative for a credit note.</summary>
    public required decimal Gross { get; init; }

    /// <summary>What is left to pay, in the invoice's currency.</summary>
    public required decimal Balance { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>
    /// What the invoice says of the order that it invoices, as it is written there; null = nothing. The CRM takes it for one of its own orders when the only
    /// digits in it are the order's number, as in "1042", "#1042" or "Order 1042", and the order is the same customer's.
    /// </summary>
    public string? OrderReference { get; init; }

    /// <summary>True = it has been sent; null = the system does not tell.</summary>
    public bool? IsSent { get; init; }

    /// <summary>True = it is in the books, false = a draft.</summary>
    public required bool IsBooked { get; init; }

    /// <summary>True = it was cancelled and counts for nothing.</summary>
    public bool IsCancelled { get; init; }

    /// <summary>True = a credit note.</summary>
    public bool IsCredit { get; init; }

    /// <summary>When it last changed there; null = the system does not tell.</summary>
    public DateTimeOffset? ChangedAt { get; init; }
}
