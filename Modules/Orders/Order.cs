using System.Text.Json.Serialization;
using Crm.Contracts;

namespace Crm.Orders;

/// <summary>What a partner has ordered: enough for warnings, sums and figures (A30). Accounting writes the invoices.</summary>
internal sealed record Order
{
    public const int MaxLines = 500;

    public OrderKind Kind { get; init; }

    /// <summary>Fixed once the order is made: the partner's sums follow from it.</summary>
    public required long Partner { get; init; }

    /// <summary>The case that it was made from (R107); null = none. One order for each case, held by a unique index.</summary>
    public long? Case { get; init; }
    public required DateOnly OrderDate { get; init; }
    public DateOnly? StartDate { get; init; }
    public DateOnly? DeliveryDate { get; init; }

    /// <summary>The partner's main owner then; a later change there does not rewrite it (R43).</summary>
    public string? Owner { get; init; }

    /// <summary>Days from the invoice until it is due (R64).</summary>
    public int? CreditDays { get; init; }

    /// <summary>Of every line.</summary>
    public required string Currency { get; init; }
    public IReadOnlyList<OrderLine> Lines { get; init; } = [];
    public int LastLine { get; init; }
    public OrderState State { get; init; }

    /// <summary>How much of the net is invoiced.</summary>
    public decimal Invoiced { get; init; }
    public bool Locked { get; init; }
    public string? Reference { get; init; }
    public string? Requisition { get; init; }
    public string? Contact { get; init; }
    public DeliveryAddress? Delivery { get; init; }
    public string? Note { get; init; }

    /// <summary>Each time that the order was made or reopened over the partner's limit, and what was known then (N14).</summary>
    public IReadOnlyList<CreditDecision> CreditDecisions { get; init; } = [];

    /// <summary>Without VAT: the sum of the lines, each rounded by itself, so that the lines add up to it.</summary>
    [JsonIgnore]
    public Money Net => new(Lines.Sum(l => l.Net(Currency)), Currency);

    /// <summary>What of it counts as ordered and not invoiced (R30).</summary>
    [JsonIgnore]
    public Money Uninvoiced => new(State == OrderState.Cancelled ? 0 : Net.Amount - Invoiced, Currency);

    /// <summary>True while the order is neither done nor given up: it shows credit warnings (R40).</summary>
    [JsonIgnore]
    public bool IsOpen => State is OrderState.Draft or OrderState.Confirmed or OrderState.Delivered;

    /// <summary>The no to a change of what cannot change; null = it may.</summary>
    public Refusal? Fixed() =>
        State == OrderState.Cancelled ? Refusal.Conflict("order.cancelled", "The order is cancelled. Reopen it first.")
        : State == OrderState.Invoiced ? Refusal.Conflict("order.invoiced", "The order is invoiced; accounting has the last word on it.")
        : Locked ? Refusal.Conflict("order.locked", "The order is locked. Unlock it first.")
        : null;

    public bool Same(Order other) => this == other with { Lines = Lines, CreditDecisions = CreditDecisions } && Lines.SequenceEqual(other.Lines) && CreditDecisions.SequenceEqual(other.CreditDecisions);
}

/// <summary>What is made of an order (A16).</summary>
internal enum OrderKind
{
    /// <summary>Something is sold as it is.</summary>
    Sales,
    /// <summary>Something is made first.</summary>
    Production,
}

/// <summary>How far an order is.</summary>
internal enum OrderState
{
    /// <summary>Being written.</summary>
    Draft,
    /// <summary>Agreed with the customer.</summary>
    Confirmed,
    /// <summary>Handed over.</summary>
    Delivered,
    /// <summary>Invoiced in full.</summary>
    Invoiced,
    /// <summary>Given up.</summary>
    Cancelled,
}

/// <summary>One line of an order. Its id is its place in the order, never used again.</summary>
internal sealed record OrderLine(int Id, string Text, decimal Quantity, decimal UnitPrice, decimal DiscountPercent)
{
    /// <summary>Rounded to the currency's minor unit, midpoint away from zero.</summary>
    public decimal Net(string currency) => new Money(Quantity * UnitPrice * (100 - DiscountPercent) / 100, currency).Rounded().Amount;
}

/// <summary>Where an order goes; null = not known.</summary>
/// <param name="Street">Street and number.</param>
/// <param name="PostalCode">As the country writes it.</param>
/// <param name="City">Town.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
internal sealed record DeliveryAddress(string? Street, string? PostalCode, string? City, string? Country);

/// <summary>What was known when an order was taken over the credit limit. Later figures do not change it (N14).</summary>
/// <param name="At">When.</param>
/// <param name="By">Who, as in the journal.</param>
/// <param name="Code">The warning's code.</param>
/// <param name="Balance">The balance then, with its source and age; null = none was known.</param>
/// <param name="Uninvoiced">Ordered and not invoiced then, without this order, by currency.</param>
/// <param name="Order">This order's net then.</param>
/// <param name="Limit">The credit limit then.</param>
/// <param name="Exposure">What counted against it; null = a rate was missing.</param>
/// <param name="Counts">The company's policy then.</param>
/// <param name="MarginPercent">Its margin.</param>
/// <param name="Rate">What the balance's currency was worth in the limit's; null = they are the same.</param>
/// <param name="Reason">Why it was taken nevertheless; null = nothing was said.</param>
internal sealed record CreditDecision(
    DateTimeOffset At, string By, string Code, Balance? Balance, IReadOnlyList<Money> Uninvoiced, Money Order, Money Limit, decimal? Exposure, CreditCounts Counts, decimal MarginPercent, decimal? Rate, string? Reason)
{
    /// <summary>True = the balance was older than the company trusted one.</summary>
    public bool Stale { get; init; }

    /// <summary>The day that the rate was of; null = none was needed.</summary>
    public DateOnly? RateDay { get; init; }
}
