using Crm.Contracts;
using Crm.Orders;
using Crm.Tests.Partners;

namespace Crm.Tests.Orders;

[Trait("Requirement", "R106")]
public sealed class ConversionRuleTests
{
    private static readonly CaseSale Won = new(7, 1001, "A sale") { IsWon = true, Owner = "u1", Value = new(99.5m, "SEK") };

    private static (Decision<Order> Decision, Peers Peers) Convert(CaseSale? sale, PartnerSales? partner = null, bool markWon = false, OrderSettings? settings = null)
    {
        var peers = new Peers(new object?[] { sale, partner ?? Sold.Partner }.OfType<object>(), null);
        return (new ConvertCase(7, 1001, markWon, null).Decide(peers, Sold.At(settings)), peers);
    }

    [Fact]
    [Trait("Requirement", "R107")]
    public void The_case_is_locked_and_the_partner_counts_the_order_in_the_same_decision()
    {
        var (decision, peers) = Convert(Won);
        Assert.Equal((7L, "u2", 99.5m, 0m), (decision.State!.Case!.Value, decision.State.Owner!, decision.State.Net.Amount, decision.State.Lines[0].DiscountPercent));
        Assert.True(((CaseSale)peers.Changes[typeof(CaseSale)].Facet).IsConverted);
        Assert.Equal([new Money(99.5m, "SEK")], ((PartnerSales)peers.Changes[typeof(PartnerSales)].Facet).Credit.Uninvoiced);
    }

    [Fact]
    public void The_cases_owner_looks_after_the_order_of_a_partner_that_has_none() => Assert.Equal("u1", Convert(Won, Sold.Partner with { Owner = null }).Decision.State!.Owner);

    [Fact]
    public void What_stands_in_the_way_is_named()
    {
        Assert.Equal("case.notFound", Convert(null).Decision.Refusal!.Code);
        Assert.Equal("case.not.won", Convert(Won with { IsWon = false }).Decision.Refusal!.Code);
        Assert.Null(Convert(Won with { IsWon = false }, markWon: true).Decision.Refusal);
        Assert.Equal("case.converted", Convert(Won with { IsConverted = true }).Decision.Refusal!.Code);
        Assert.Equal("case.closed", Convert(Won with { Locked = Refusal.Conflict("case.closed", "Closed.") }, markWon: true).Decision.Refusal!.Code);
        Assert.Equal("case.moved", Convert(Won with { Partner = 1002 }).Decision.Refusal!.Code);
        Assert.Equal("partner.deleted", Convert(Won, Sold.Partner with { IsDeleted = true }).Decision.Refusal!.Code);
    }

    [Fact]
    [Trait("Requirement", "R108")]
    public void A_text_that_is_longer_than_the_orders_field_is_cut()
    {
        var sale = Won with { Texts = new Dictionary<string, string> { ["description"] = new('x', 5_000) } };
        var order = Convert(sale, settings: new OrderSettings { Mapping = new Dictionary<string, string> { ["reference"] = "description" } }).Decision.State!;
        Assert.Equal(200, order.Reference!.Length);
    }
}
