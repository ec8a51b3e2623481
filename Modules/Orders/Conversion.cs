using Crm.Contracts;

namespace Crm.Orders;

/// <summary>
/// Makes a won case an order: the order, the case's lock and the partner's sums are one commit, so it happens once however often it is asked for (R106–R108).
/// </summary>
/// <param name="Case">The case.</param>
/// <param name="Partner">Its partner, as read before; the decision fails if it was another one after all.</param>
/// <param name="MarkWon">True = an open case is won in the same commit (A14).</param>
/// <param name="Reason">Why it is taken over the credit limit.</param>
internal sealed record ConvertCase(long Case, long Partner, bool MarkWon, string? Reason) : IJointCreation<Order>
{
    public IReadOnlyList<Peer> Peers => [Peer.Of<CaseSale>(Case), Peer.Of<PartnerSales>(Partner)];

    public Decision<Order> Decide(Peers peers, Moment at)
    {
        if (peers.Find<CaseSale>() is not { } sale) return Refusal.NotFound("case");
        if (sale.IsConverted) return Conversion.Converted;
        if (sale.Locked is { } locked) return locked;
        if (!sale.IsWon && !MarkWon) return Refusal.Conflict("case.not.won", "Only a won case becomes an order. Win it first, or ask for both at once with markWon.");
        if (sale.Partner != Partner) return Conversion.Moved;
        if (peers.Find<PartnerSales>() is not { IsDeleted: false } partner) return Refusal.Conflict("partner.deleted", "The case's partner is deleted. Restore it first.");
        var settings = at.Settings.Get<OrderSettings>();
        var blank = PlaceOrder.Blank(partner, at) with { Case = Case, Kind = settings.ConvertTo };
        var (order, refusal) = OrderRules.Apply(Conversion.Fields(sale, settings.Mapping) with { CreditReason = Reason is null ? default : new(Reason) }, blank with { Owner = blank.Owner ?? sale.Owner }, partner, at);
        if (refusal is not null) return refusal;
        peers.Change(sale with { IsWon = true, IsConverted = true }, "case.converted");
        return PlaceOrder.Placed(order!, partner, peers, at, Reason);
    }
}

/// <summary>Which fields of a case fill which fields of its order.</summary>
internal static class Conversion
{
    private static readonly string[] Texts = ["reference", "requisition", "contact", "description", "title"], Dates = ["startDate", "deliveryDate", "expectedClose"];

    /// <summary>Order field to the case's fields that can fill it.</summary>
    public static IReadOnlyDictionary<string, string[]> Sources { get; } = new Dictionary<string, string[]>
    {
        ["reference"] = Texts, ["requisition"] = Texts, ["contact"] = Texts, ["note"] = Texts, ["startDate"] = Dates, ["deliveryDate"] = Dates, ["delivery"] = ["delivery"], ["line"] = ["value"],
    };

    public static Refusal Converted { get; } = Refusal.Conflict("case.converted", "The case has become an order.");

    /// <summary>Never shown: the endpoint reads the case again.</summary>
    public static Refusal Moved { get; } = Refusal.Conflict("case.moved", "The case has another partner now.");

    public static OrderFields Fields(CaseSale sale, IReadOnlyDictionary<string, string> mapping)
    {
        Optional<string> Text(string target, int most) =>
            mapping.TryGetValue(target, out var source) && (source == "title" ? sale.Title : sale.Texts.GetValueOrDefault(source)) is { } text ? new(text.Length > most ? text[..most] : text) : default;
        Optional<DateOnly?> Date(string target) => mapping.TryGetValue(target, out var source) && sale.Dates.TryGetValue(source, out var date) ? new(date) : default;
        Optional<string> Place(string part) => sale.Texts.TryGetValue(part, out var text) ? new(text) : default;
        return new()
        {
            Reference = Text("reference", 200), Requisition = Text("requisition", 100), Contact = Text("contact", 200), Note = Text("note", 10_000),
            StartDate = Date("startDate"), DeliveryDate = Date("deliveryDate"),
            Delivery = mapping.ContainsKey("delivery")
                ? new(new DeliveryFields { Street = Place("deliveryStreet"), PostalCode = Place("deliveryPostalCode"), City = Place("deliveryCity"), Country = Place("deliveryCountry") }) : default,
            // The value was agreed on: no automatic discount on top of it.
            Lines = mapping.ContainsKey("line") && sale.Value is { } value
                ? new([new OrderLineFields { Text = sale.Title, UnitPrice = new(new MoneyFields { Amount = value.Amount, Currency = value.Currency }), DiscountPercent = 0m }]) : default,
        };
    }
}
