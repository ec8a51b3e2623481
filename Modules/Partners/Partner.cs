using System.Text.Json.Serialization;
using Crm.Contracts;

namespace Crm.Partners;

/// <summary>A firm that the company deals with: customer, prospect or supplier. Its number is its key and is not part of the state.</summary>
internal sealed record Partner
{
    public const int MaxName = 200, MaxContacts = 500, MaxTags = 100, MaxOwners = 50;

    public required string Name { get; init; }

    /// <summary>Country of the VAT registration; the one flag on the overview (R12, R13).</summary>
    public required string Country { get; init; }
    public string? OrganisationNumber { get; init; }
    public string? VatNumber { get; init; }
    public IReadOnlyList<string> Relations { get; init; } = [];
    public string? Stage { get; init; }
    public Money? CreditLimit { get; init; }

    /// <summary>Set by accounting only.</summary>
    public Balance? Balance { get; init; }

    /// <summary>What was invoiced in the year in which that last changed; null = nothing yet. Set by accounting only.</summary>
    public InvoicedYear? Invoiced { get; init; }

    /// <summary>Ordered and not invoiced, one amount for each currency; set by orders only (R30).</summary>
    public IReadOnlyList<Money> Uninvoiced { get; init; } = [];

    /// <summary>Order date and delivery date of the latest order that is not cancelled; set by orders only (R32, A6).</summary>
    public DateOnly? LatestOrder { get; init; }
    public DateOnly? LatestDelivery { get; init; }
    public long OrderChanges { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The main owner's user id: "Owned by", and the owner of new orders (R33, R43).</summary>
    public string? Owner { get; init; }
    public IReadOnlyList<string> CoOwners { get; init; } = [];
    public string? Department { get; init; }
    public string? Industry { get; init; }
    public int? Employees { get; init; }
    public string? LegalForm { get; init; }
    public string? Website { get; init; }
    public string? Phone { get; init; }
    public string? Email { get; init; }
    public string? Language { get; init; }
    public Address? Visiting { get; init; }
    public Address? Postal { get; init; }
    public Address? InvoiceAddress { get; init; }
    public Invoicing? Invoicing { get; init; }

    /// <summary>The number of the partner that this one is a branch of (R55, A22).</summary>
    public long? Parent { get; init; }
    public string? BranchNumber { get; init; }
    public Logo? Logo { get; init; }

    /// <summary>Its numbers in other systems; set by their modules only.</summary>
    public IReadOnlyList<ExternalNumber> External { get; init; } = [];
    public IReadOnlyList<Contact> Contacts { get; init; } = [];
    public int LastContact { get; init; }
    public DateTimeOffset? DeletedAt { get; init; }

    [JsonIgnore]
    public bool IsDeleted => DeletedAt is not null;

    /// <summary>All users that the filter "mine" finds: the main owner and the others (R57, A10).</summary>
    public IEnumerable<string> AllOwners() => Owner is null ? CoOwners : CoOwners.Prepend(Owner);

    /// <summary>The partner with this contact added or replaced; there is one primary contact at most.</summary>
    public Partner With(Contact contact) => this with
    {
        Contacts =
        [
            .. Contacts.Select(c => c.Id == contact.Id ? contact : contact.Primary && c.Primary ? c with { Primary = false, Version = c.Version + 1 } : c),
            .. Contacts.Any(c => c.Id == contact.Id) ? Array.Empty<Contact>() : [contact],
        ],
    };

    /// <summary>The text that free text search looks into, folded (R22).</summary>
    public string SearchText() => SortKey.Of(string.Join(' ', Searched().Where(t => t is not null)), "en", 600);

    /// <summary>What the search text is made of.</summary>
    public string?[] Searched() =>
    [
        Name, OrganisationNumber, OrganisationNumber is null ? null : WrittenNumber.Compact(OrganisationNumber), VatNumber, Visiting?.City, Postal?.City, InvoiceAddress?.City,
        Email, Invoicing?.Email, Phone, BranchNumber,
    ];

    [JsonIgnore]
    public CreditPosition Credit => new(CreditLimit, Balance, Uninvoiced);

    /// <summary>What is ordered and not invoiced in the company's currency; null = no order yet, or a rate is missing.</summary>
    public Money? UninvoicedSum(CompanyProfile company) => OrderChanges == 0 ? null : company.Sum(Uninvoiced, company.BaseCurrency);

    /// <summary>
    /// What was invoiced this year in the company's currency (R74): 0 where an accounting system knows the partner and has no invoice of this year; null where none
    /// knows it, or a rate is missing. At the turn of a year the sum of the last one counts for nothing, and nobody has to be rewritten.
    /// </summary>
    public Money? InvoicedIn(int year, CompanyProfile company) =>
        External.Count == 0 && Invoiced is not { Amounts.Count: > 0 } ? null : company.Sum(Invoiced?.Year == year ? Invoiced.Amounts : [], company.BaseCurrency);

    /// <summary>The doubts that a read shows; they never block a save.</summary>
    /// <param name="company">Its policy and rates.</param>
    /// <param name="position">The credit position with its age; null = as it stands, whatever its age.</param>
    public IEnumerable<Warning> Warnings(CompanyProfile company, CreditPosition? position = null)
    {
        if ((position ?? Credit).Warn(company) is { } credit) yield return credit;
        if (OrganisationNumber is not null && Partners.OrganisationNumber.Doubt(Country, OrganisationNumber) is { } doubt)
            yield return new("partner.organisationNumber.checkDigit", doubt);
        if (VatNumber is not null && Partners.VatNumber.Doubt(Country, VatNumber) is { } vatDoubt)
            yield return new("partner.vatNumber.checkDigit", vatDoubt);
        if (Invoicing is { AutomaticHandling: true, Type: InvoiceType.EmailLink })
            yield return new("partner.invoicing.automaticNeedsPdf", "Automatic handling needs the invoice as an attachment: choose e-mail with PDF.");
    }
}

/// <summary>An address; null = not known.</summary>
/// <param name="Street">Street and number.</param>
/// <param name="PostalCode">As the country writes it.</param>
/// <param name="City">Town.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
internal sealed record Address(string? Street, string? PostalCode, string? City, string? Country);

/// <summary>How a partner gets its invoices (R59–R64).</summary>
/// <param name="Type">How invoices are sent.</param>
/// <param name="Email">Where invoices by e-mail go.</param>
/// <param name="CreditDays">Days until an invoice is due; null = the company's usual.</param>
/// <param name="AutomaticHandling">True = the recipient's system reads the invoice.</param>
/// <param name="EInvoice">Where electronic invoices go; null = nowhere.</param>
internal sealed record Invoicing(InvoiceType Type, string? Email, int? CreditDays, bool AutomaticHandling, EInvoice? EInvoice);

/// <summary>Exactly these three (R59).</summary>
internal enum InvoiceType
{
    /// <summary>E-mail with a tracking link.</summary>
    EmailLink,
    /// <summary>E-mail with the invoice as PDF.</summary>
    EmailPdf,
    /// <summary>Printed.</summary>
    Paper,
}

/// <summary>An electronic address: a Peppol scheme and id, or an operator's (R21).</summary>
/// <param name="Scheme">Code of the address's kind.</param>
/// <param name="Id">The address in that scheme.</param>
/// <param name="Operator">The operator who delivers; null = none is named.</param>
internal sealed record EInvoice(string Scheme, string Id, string? Operator);

/// <summary>A contact person; the number is its place in the partner, never reused.</summary>
internal sealed record Contact(int Id, string Name, string? Title, string? Email, string? Phone, bool Primary, bool Active, int Version)
{
    /// <summary>The no to a caller who saw another version.</summary>
    public static Refusal? IsStale(Contact contact, long? ifMatch) => ifMatch is { } expected && expected != 0 && expected != contact.Version
        ? new Refusal(RefusalKind.Stale, "version.stale", "It was changed meanwhile. Read it again and decide anew.") { CurrentVersion = contact.Version }
        : null;
}

/// <summary>Who a partner is in another system.</summary>
/// <param name="System">Such as fortnox.</param>
/// <param name="Id">Its number there.</param>
/// <param name="Since">Since when that is known.</param>
internal sealed record ExternalNumber(string System, string Id, DateTimeOffset Since)
{
    public static string TermOf(string system, string id) => $"{system}/{id}";
}

/// <summary>The stored picture, by its content.</summary>
internal sealed record Logo(string ContentType, string Hash, int Bytes);
