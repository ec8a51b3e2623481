namespace Crm.Contracts;

/// <summary>What orders see of a partner, and change in their own commit. Shown by the Partners module.</summary>
/// <param name="Number">The partner's number.</param>
/// <param name="Name">Its name.</param>
public sealed record PartnerSales(long Number, string Name)
{
    /// <summary>The stage that a new order sets (R35).</summary>
    public const string Active = "active";

    /// <summary>True = no order is made or changed for it.</summary>
    public bool IsDeleted { get; init; }

    /// <summary>The main owner's user id: the owner of new orders (R43).</summary>
    public string? Owner { get; init; }

    /// <summary>Days until an invoice is due (R64).</summary>
    public int? CreditDays { get; init; }

    /// <summary>The highest of its tags' automatic discounts, in percent (R45); null = none.</summary>
    public decimal? DiscountPercent { get; init; }

    /// <summary>Where it stands; null = not on the overview.</summary>
    public string? Stage { get; init; }

    /// <summary>Limit, balance and the sums of what is ordered and not invoiced (R30).</summary>
    public required CreditPosition Credit { get; init; }

    /// <summary>Order date of its latest order that is not cancelled (A6).</summary>
    public DateOnly? LatestOrder { get; init; }

    /// <summary>Delivery date of that order (R32).</summary>
    public DateOnly? LatestDelivery { get; init; }

    /// <summary>
    /// One more with each order's change of dates or state, so that every such change writes the partner and no two hosts judge the latest order at
    /// the same time.
    /// </summary>
    public long OrderChanges { get; init; }
}

/// <summary>Reads what orders show of partners.</summary>
public interface IPartnerSales
{
    /// <summary>Some partners, deleted ones too, by number; unknown ones are left out.</summary>
    Task<IReadOnlyDictionary<long, PartnerSales>> SalesAsync(CompanyRef company, IReadOnlyCollection<long> numbers, CancellationToken ct);
}

/// <summary>What a conversion sees of a case, and changes in the commit of the order. Shown by the Cases module.</summary>
/// <param name="Number">The case's number.</param>
/// <param name="Partner">Its partner.</param>
/// <param name="Title">Its title.</param>
public sealed record CaseSale(long Number, long Partner, string Title)
{
    /// <summary>Why it can be neither won nor converted: deleted, closed, converted already; null = it can.</summary>
    public Refusal? Locked { get; init; }

    /// <summary>True = won; setting it wins the case, by the rules of cases (A14).</summary>
    public bool IsWon { get; init; }

    /// <summary>True = it became an order; setting it locks the case (R107).</summary>
    public bool IsConverted { get; init; }

    /// <summary>Who works on it.</summary>
    public string? Owner { get; init; }

    /// <summary>Its value.</summary>
    public Money? Value { get; init; }

    /// <summary>What is filled in under the tab Kunde, by wire name: reference, requisition, contact, deliveryStreet, deliveryPostalCode, deliveryCity, deliveryCountry; and description (R105).</summary>
    public IReadOnlyDictionary<string, string> Texts { get; init; } = new Dictionary<string, string>();

    /// <summary>The dates under the tab Kunde, by wire name such as <c>deliveryDate</c>, and <c>expectedClose</c>.</summary>
    public IReadOnlyDictionary<string, DateOnly> Dates { get; init; } = new Dictionary<string, DateOnly>();
}

/// <summary>Reads what conversions see of cases.</summary>
public interface ICaseSales
{
    /// <summary>One case, a deleted one too; null = there is none.</summary>
    Task<CaseSale?> FindAsync(CompanyRef company, long number, CancellationToken ct);
}
