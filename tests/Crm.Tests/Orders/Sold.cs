using Crm.Contracts;
using Crm.Orders;
using Crm.Tests.Partners;

namespace Crm.Tests.Orders;

/// <summary>Orders and their partner as decisions see them, without a database.</summary>
internal static class Sold
{
    public static readonly PartnerSales Partner = new(1001, "AB Volvo") { Owner = "u2", CreditDays = 20, DiscountPercent = 5, Credit = new(null, null, []) };

    public static Moment At(OrderSettings? settings = null, CreditPolicy? policy = null, IReadOnlyDictionary<string, decimal>? rates = null, DateTimeOffset? now = null) =>
        new(now ?? Given.Now, Given.At.Call, new FixedSettings(Given.Company with { Credit = policy ?? new(), Rates = rates ?? new Dictionary<string, decimal>() }, settings ?? new OrderSettings()));

    public static OrderFields Fields(string json) => Given.Read<OrderFields>(json);

    /// <summary>Places an order; the partner is answered as it is afterwards.</summary>
    public static (Order? Order, PartnerSales Partner, Refusal? Refusal) Place(string json, PartnerSales? partner = null, Moment? at = null)
    {
        partner ??= Partner;
        var peers = new Peers([partner], null);
        var decision = new PlaceOrder(Fields(json) with { Partner = partner.Number }).Decide(peers, at ?? At());
        return (decision.State, peers.Changes.TryGetValue(typeof(PartnerSales), out var change) ? (PartnerSales)change.Facet : partner, decision.Refusal);
    }

    /// <summary>An order that must be accepted.</summary>
    public static Order Placed(string json, PartnerSales? partner = null, Moment? at = null)
    {
        var (order, _, refusal) = Place(json, partner, at);
        Assert.Null(refusal);
        return order!;
    }

    public static (Order? Order, PartnerSales Partner, Refusal? Refusal) Send(Order order, IJointCommand<Order> command, PartnerSales? partner = null, LatestOther? other = null, Moment? at = null)
    {
        partner ??= Partner;
        var peers = new Peers([partner], other ?? new LatestOther(1, null, default, null));
        var decision = command.Decide(order, peers, at ?? At());
        return (decision.State, peers.Changes.TryGetValue(typeof(PartnerSales), out var change) ? (PartnerSales)change.Facet : partner, decision.Refusal);
    }

    public static Order Changed(Order order, string json)
    {
        var (after, _, refusal) = Send(order, new ChangeOrder(Fields(json)));
        Assert.Null(refusal);
        return after!;
    }

    public static (string Pointer, string Code)[] Problems(Refusal? refusal) => [.. refusal!.Problems.Select(p => (p.Pointer, p.Code))];

    public const string Two = """{"lines":[{"text":"a","quantity":2,"unitPrice":{"amount":100}},{"text":"b","unitPrice":{"amount":50},"discountPercent":0}]}""";
}
