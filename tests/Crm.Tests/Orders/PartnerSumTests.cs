using Crm.Contracts;
using Crm.Orders;
using Crm.Tests.Partners;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Tests.Orders;

/// <summary>What orders do to their partner.</summary>
public sealed class PartnerSumTests
{
    [Fact]
    [Trait("Requirement", "R35")]
    public void A_new_order_makes_its_partner_active_whatever_the_stage_was()
    {
        foreach (var stage in new[] { null, "lost", "active" }) Assert.Equal("active", Sold.Place("{}", Sold.Partner with { Stage = stage }).Partner.Stage);
        var keep = Sold.At(new OrderSettings { KeepManualStage = true });
        Assert.Equal("lost", Sold.Place("{}", Sold.Partner with { Stage = "lost" }, keep).Partner.Stage);
        Assert.Equal("active", Sold.Place("{}", Sold.Partner with { Stage = null }, keep).Partner.Stage);
    }

    [Fact]
    [Trait("Requirement", "R35")]
    public void Changing_or_cancelling_an_order_leaves_the_stage_alone()
    {
        var order = Sold.Placed(Sold.Two);
        Assert.Equal("lost", Sold.Send(order, new CancelOrder(), Sold.Partner with { Stage = "lost" }).Partner.Stage);
        Assert.Equal("lost", Sold.Send(order, new ChangeOrder(Sold.Fields("""{"state":"confirmed"}""")), Sold.Partner with { Stage = "lost" }).Partner.Stage);
    }

    [Fact]
    [Trait("Requirement", "R30")]
    public void An_order_of_500_that_is_half_invoiced_counts_250_and_a_cancelled_one_0()
    {
        var (order, partner, _) = Sold.Place("""{"lines":[{"text":"a","unitPrice":{"amount":500},"discountPercent":0}]}""");
        Assert.Equal([new Money(500, "SEK")], partner.Credit.Uninvoiced);
        var half = Sold.Send(order!, new ChangeOrder(Sold.Fields("""{"invoicedNet":{"amount":250}}""")), partner);
        Assert.Equal([new Money(250, "SEK")], half.Partner.Credit.Uninvoiced);
        Assert.Empty(Sold.Send(order!, new CancelOrder(), partner).Partner.Credit.Uninvoiced);
    }

    [Fact]
    [Trait("Requirement", "R32")]
    public void The_latest_delivery_is_that_of_the_latest_order_by_order_date_then_number()
    {
        var (older, partner, _) = Sold.Place("""{"orderDate":"2026-01-01","deliveryDate":"2026-05-01"}""");
        Assert.Equal(new DateOnly(2026, 5, 1), partner.LatestDelivery);
        partner = Sold.Place("""{"orderDate":"2026-02-01"}""", partner).Partner;
        Assert.Null(partner.LatestDelivery);
        Assert.Null(Sold.Place("""{"orderDate":"2026-01-15","deliveryDate":"2026-06-01"}""", partner).Partner.LatestDelivery);
        partner = Sold.Place("""{"orderDate":"2026-02-01","deliveryDate":"2026-04-01"}""", partner).Partner;
        Assert.Equal(new DateOnly(2026, 4, 1), partner.LatestDelivery);
        // The latest is cancelled: the next latest counts; of the same day the higher number does.
        var other = new LatestOther(5, 4, new(2026, 2, 1), new(2026, 9, 9));
        Assert.Equal(new DateOnly(2026, 9, 9), Sold.Send(older! with { OrderDate = new(2026, 2, 1) }, new CancelOrder(), partner, other).Partner.LatestDelivery);
        Assert.Equal(new DateOnly(2026, 5, 1), Sold.Send(older! with { OrderDate = new(2026, 2, 1) }, new ChangeOrder(Sold.Fields("""{"state":"confirmed"}""")), partner, other).Partner.LatestDelivery);
        Assert.Null(Sold.Send(older!, new CancelOrder(), partner, new LatestOther(5, null, default, null)).Partner.LatestDelivery);
    }

    [Fact]
    [Trait("Requirement", "R30")]
    [Trait("Requirement", "R32")]
    public void After_any_sequence_the_partner_has_the_sum_of_its_orders_and_the_latest_one()
    {
        var commands = Gen.Choose(0, 9).Two().Select(t => (What: t.Item1, Which: t.Item2)).ListOf(40);
        Prop.ForAll(commands.ToArbitrary(), steps =>
        {
            var partner = Sold.Partner;
            List<Order> orders = [];
            var seed = 0;
            foreach (var (what, which) in steps)
            {
                seed++;
                if (what < 4 || orders.Count == 0)
                {
                    var currency = which % 3 == 0 ? "EUR" : "SEK";
                    var placed = Sold.Place($$"""{"orderDate":"2026-01-0{{1 + (which % 5)}}","deliveryDate":"2026-02-{{10 + (seed % 18)}}","lines":[{"text":"a","unitPrice":{"amount":{{seed}}.37,"currency":"{{currency}}"} }]}""", partner);
                    Assert.Null(placed.Refusal);
                    (partner, orders) = (placed.Partner, [.. orders, placed.Order!]);
                    continue;
                }
                var at = which % orders.Count;
                IJointCommand<Order> command = what switch
                {
                    4 => new CancelOrder(),
                    5 => new ReopenOrder(null),
                    6 => new ChangeOrder(Sold.Fields($$"""{"invoicedNet":{"amount":{{Math.Min(which, 1)}} } }""")),
                    7 => new ChangeOrder(Sold.Fields($$"""{"orderDate":"2026-01-0{{1 + (seed % 9)}}" }""")),
                    8 => new ChangeOrder(Sold.Fields($$"""{"lines":[{"text":"b","quantity":{{1 + which}},"unitPrice":{"amount":{{seed}} } }]}""")),
                    _ => new ChangeOrder(Sold.Fields("""{"state":"invoiced"}""")),
                };
                var others = orders.Select((o, i) => (Order: o, Number: i + 1L)).Where(o => o.Number != at + 1 && o.Order.State != OrderState.Cancelled).OrderByDescending(o => (o.Order.OrderDate, o.Number)).ToArray();
                var latest = others.Length == 0 ? new LatestOther(at + 1, null, default, null) : new LatestOther(at + 1, others[0].Number, others[0].Order.OrderDate, others[0].Order.DeliveryDate);
                var sent = Sold.Send(orders[at], command, partner, latest);
                if (sent.Refusal is not null) continue;
                (partner, orders[at]) = (sent.Partner, sent.Order!);
            }
            var sums = orders.GroupBy(o => o.Currency).Select(g => new Money(g.Sum(o => o.Uninvoiced.Amount), g.Key)).Where(m => m.Amount != 0).OrderBy(m => m.Currency, StringComparer.Ordinal);
            Assert.Equal(sums, partner.Credit.Uninvoiced);
            var expected = orders.Select((o, i) => (Order: o, Number: i)).Where(o => o.Order.State != OrderState.Cancelled).OrderByDescending(o => (o.Order.OrderDate, o.Number)).Select(o => o.Order).FirstOrDefault();
            Assert.Equal((expected?.OrderDate, expected?.DeliveryDate), (partner.LatestOrder, partner.LatestDelivery));
        }).QuickCheckThrowOnFailure();
    }
}
