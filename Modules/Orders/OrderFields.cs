using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Crm.Orders;

/// <summary>What a caller may write on an order; the same for making and changing: absent leaves, null clears.</summary>
internal sealed record OrderFields
{
    /// <summary>Named only to refuse it by its own code.</summary>
    [Description("Assigned by the server. Sending it is refused with order.number.immutable.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<long?> Number { get; init; }
    /// <summary>sales or production; sales unless given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<OrderKind?> Kind { get; init; }
    /// <summary>The partner's number; required, and fixed once the order is made.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<long?> Partner { get; init; }
    /// <summary>Today in the company's time zone unless given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<DateOnly?> OrderDate { get; init; }
    /// <summary>When the work begins.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<DateOnly?> StartDate { get; init; }
    /// <summary>When it is delivered; not before the start.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<DateOnly?> DeliveryDate { get; init; }
    /// <summary>User id; the partner's owner unless given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Owner { get; init; }
    /// <summary>0 to 365; the partner's unless given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<int?> CreditDays { get; init; }
    /// <summary>ISO 4217; the first line's, else the company's, unless given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Currency { get; init; }
    /// <summary>All lines: those without an id are new ones, those that are not named are taken out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<IReadOnlyList<OrderLineFields>> Lines { get; init; }
    /// <summary>draft, confirmed, delivered, invoiced or cancelled.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<OrderState?> State { get; init; }
    /// <summary>How much is invoiced, from 0 to the net.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<MoneyFields> InvoicedNet { get; init; }
    /// <summary>The customer's reference.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Reference { get; init; }
    /// <summary>The customer's own number of the order.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Requisition { get; init; }
    /// <summary>Whom to ask.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Contact { get; init; }
    /// <summary>Where it goes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<DeliveryFields> Delivery { get; init; }
    /// <summary>Anything else.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Note { get; init; }
    /// <summary>Why it is taken over the credit limit; only with a new order.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> CreditReason { get; init; }
}

/// <summary>A line as a caller writes it.</summary>
internal sealed record OrderLineFields
{
    /// <summary>The line's id when it is there already; a new line has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<int?> Id { get; init; }
    /// <summary>What is ordered; required for a new line.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Text { get; init; }
    /// <summary>Above 0; 1 unless given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<decimal?> Quantity { get; init; }
    /// <summary>Without VAT, in the order's currency; 0 unless given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<MoneyFields> UnitPrice { get; init; }
    /// <summary>0 to 100; a new line gets the best discount of the partner's tags unless given (R45).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<decimal?> DiscountPercent { get; init; }
}

/// <summary>A delivery address as a caller writes it.</summary>
internal sealed record DeliveryFields
{
    /// <summary>Street and number.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Street { get; init; }
    /// <summary>As the country writes it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> PostalCode { get; init; }
    /// <summary>Town.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> City { get; init; }
    /// <summary>ISO 3166-1 alpha-2.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Country { get; init; }
}
