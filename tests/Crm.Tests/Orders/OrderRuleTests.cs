using Crm.Contracts;
using Crm.Orders;

namespace Crm.Tests.Orders;

public sealed class OrderRuleTests
{
    [Fact]
    [Trait("Requirement", "R43")]
    [Trait("Requirement", "R45")]
    [Trait("Requirement", "R64")]
    public void A_new_order_takes_owner_credit_days_and_discount_from_its_partner()
    {
        var order = Sold.Placed(Sold.Two);
        Assert.Equal(("u2", 20, "SEK", new DateOnly(2026, 3, 7)), (order.Owner, order.CreditDays, order.Currency, order.OrderDate));
        Assert.Equal([(1, 5m), (2, 0m)], order.Lines.Select(l => (l.Id, l.DiscountPercent)));
        Assert.Equal(new Money(240, "SEK"), order.Net);
    }

    [Fact]
    [Trait("Requirement", "R43")]
    [Trait("Requirement", "R45")]
    public void What_the_partner_gives_can_be_overruled_and_is_not_given_again_to_lines_that_are_there()
    {
        var order = Sold.Placed("""{"owner":"u1","creditDays":0,"lines":[{"text":"a","unitPrice":{"amount":100}}]}""");
        Assert.Equal(("u1", 0), (order.Owner, order.CreditDays));
        var (after, _, _) = Sold.Send(order, new ChangeOrder(Sold.Fields("""{"lines":[{"id":1,"quantity":3},{"text":"new","unitPrice":{"amount":10}}]}""")), Sold.Partner with { DiscountPercent = null, Owner = "u1" });
        Assert.Equal([(1, 3m, 5m), (2, 1m, 0m)], after!.Lines.Select(l => (l.Id, l.Quantity, l.DiscountPercent)));
        Assert.Equal("u1", after.Owner);
    }

    [Fact]
    public void Each_line_is_rounded_by_itself_so_that_the_lines_add_up_to_the_net()
    {
        var order = Sold.Placed("""{"lines":[{"text":"a","quantity":3,"unitPrice":{"amount":0.335},"discountPercent":0},{"text":"b","quantity":1,"unitPrice":{"amount":0.005},"discountPercent":0}]}""");
        Assert.Equal([1.01m, 0.01m], order.Lines.Select(l => l.Net("SEK")));
        Assert.Equal(1.02m, order.Net.Amount);
        Assert.Equal(34m, Sold.Placed("""{"currency":"JPY","lines":[{"text":"a","unitPrice":{"amount":33.5},"discountPercent":0}]}""").Net.Amount);
    }

    [Theory]
    [InlineData("""{"number":5}""", "/number", "order.number.immutable")]
    [InlineData("""{"orderDate":"1899-12-31"}""", "/orderDate", "date.range")]
    [InlineData("""{"orderDate":null}""", "/orderDate", "order.orderDate.required")]
    [InlineData("""{"startDate":"2026-04-02","deliveryDate":"2026-04-01"}""", "/deliveryDate", "order.delivery.beforeStart")]
    [InlineData("""{"owner":"u9"}""", "/owner", "order.owner.unknown")]
    [InlineData("""{"creditDays":-1}""", "/creditDays", "number.range")]
    [InlineData("""{"currency":"XXY"}""", "/currency", "money.invalid")]
    [InlineData("""{"currency":"EUR","lines":[{"text":"a","unitPrice":{"amount":1,"currency":"SEK"}}]}""", "/lines/0/unitPrice/currency", "order.currency.mixed")]
    [InlineData("""{"lines":[{"text":"a","unitPrice":{"amount":1,"currency":"EUR"}},{"text":"b","unitPrice":{"amount":1,"currency":"NOK"}}]}""", "/lines/1/unitPrice/currency", "order.currency.mixed")]
    [InlineData("""{"lines":[{"text":" "}]}""", "/lines/0/text", "order.line.text.required")]
    [InlineData("""{"lines":[{"text":"a","quantity":0}]}""", "/lines/0/quantity", "order.line.quantity.range")]
    [InlineData("""{"lines":[{"text":"a","quantity":-1}]}""", "/lines/0/quantity", "order.line.quantity.range")]
    [InlineData("""{"lines":[{"text":"a","quantity":10000001}]}""", "/lines/0/quantity", "order.line.quantity.range")]
    [InlineData("""{"lines":[{"text":"a","unitPrice":{"amount":-0.01}}]}""", "/lines/0/unitPrice/amount", "order.line.price.negative")]
    [InlineData("""{"lines":[{"text":"a","discountPercent":100.01}]}""", "/lines/0/discountPercent", "order.line.discount.range")]
    [InlineData("""{"lines":[{"text":"a","discountPercent":null}]}""", "/lines/0/discountPercent", "order.line.discount.range")]
    [InlineData("""{"lines":[{"id":7,"text":"a"}]}""", "/lines/0/id", "order.line.unknown")]
    [InlineData("""{"lines":[{"text":"a","quantity":9000000,"unitPrice":{"amount":90000000000}}]}""", "/lines", "money.invalid")]
    [InlineData("""{"state":null}""", "/state", "order.state.required")]
    [InlineData("""{"invoicedNet":{"amount":1}}""", "/invoicedNet", "order.invoicedNet.range")]
    [InlineData("""{"invoicedNet":{"amount":-1}}""", "/invoicedNet/amount", "order.invoicedNet.range")]
    [InlineData("""{"delivery":{"country":"QQ"}}""", "/delivery/country", "address.country.unknown")]
    public void A_broken_rule_is_named_with_its_place(string json, string pointer, string code) => Assert.Contains((pointer, code), Sold.Problems(Sold.Place(json).Refusal));

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once_an_unknown_partner_too()
    {
        var decision = new PlaceOrder(Sold.Fields("""{"partner":7,"creditDays":999,"lines":[{"text":"","quantity":0}]}""")).Decide(new Peers([], null), Sold.At());
        Assert.Equal(["order.partner.unknown", "order.line.text.required", "order.line.quantity.range", "number.range"], decision.Refusal!.Problems.Select(p => p.Code));
        Assert.Equal(["order.partner.required"], new PlaceOrder(Sold.Fields("{}")).Decide(new Peers([], null), Sold.At()).Refusal!.Problems.Select(p => p.Code));
        Assert.Equal(["order.partner.unknown"], Sold.Problems(Sold.Place("{}", Sold.Partner with { IsDeleted = true }).Refusal).Select(p => p.Code));
    }

    [Fact]
    public void Lines_without_end_are_refused()
    {
        var lines = string.Join(',', Enumerable.Repeat("""{"text":"a"}""", Order.MaxLines + 1));
        Assert.Contains(("/lines", "order.lines.tooMany"), Sold.Problems(Sold.Place($$"""{"lines":[{{lines}}]}""").Refusal));
    }

    [Fact]
    public void A_change_keeps_what_it_does_not_name_and_the_same_again_is_nothing()
    {
        var order = Sold.Placed(Sold.Two);
        var after = Sold.Changed(order, """{"note":"a\nb","delivery":{"city":"Umeå"}}""");
        Assert.Equal(("a\nb", "Umeå", 240m), (after.Note, after.Delivery!.City, after.Net.Amount));
        Assert.Same(order, Sold.Send(order, new ChangeOrder(Sold.Fields("""{"owner":"u2","state":"draft"}"""))).Order);
        Assert.Contains(("/currency", "order.currency.mixed"), Sold.Problems(Sold.Send(order, new ChangeOrder(Sold.Fields("""{"currency":"EUR"}"""))).Refusal));
        Assert.Contains(("/partner", "order.partner.immutable"), Sold.Problems(Sold.Send(order, new ChangeOrder(Sold.Fields("""{"partner":1002}"""))).Refusal));
        Assert.Contains(("/creditReason", "order.creditReason.newOnly"), Sold.Problems(Sold.Send(order, new ChangeOrder(Sold.Fields("""{"creditReason":"x"}"""))).Refusal));
    }

    [Fact]
    public void What_is_locked_cancelled_or_invoiced_does_not_change()
    {
        var change = new ChangeOrder(Sold.Fields("""{"note":"x"}"""));
        var order = Sold.Placed(Sold.Two);
        Assert.Equal("order.locked", Sold.Send(order with { Locked = true }, change).Refusal!.Code);
        Assert.Equal("order.locked", Sold.Send(order with { Locked = true }, new CancelOrder()).Refusal!.Code);
        Assert.Equal("order.cancelled", Sold.Send(order with { State = OrderState.Cancelled }, change).Refusal!.Code);
        Assert.Equal("order.invoiced", Sold.Send(Sold.Changed(order, """{"state":"invoiced"}"""), change).Refusal!.Code);
        Assert.Equal("order.invoiced", Sold.Send(Sold.Changed(order, """{"state":"invoiced"}"""), new LockOrder(true)).Refusal!.Code);
        Assert.Equal("partner.deleted", Sold.Send(order, change, Sold.Partner with { IsDeleted = true }).Refusal!.Code);
        Assert.Equal("partner.deleted", Sold.Send(order with { State = OrderState.Cancelled }, new ReopenOrder(null), Sold.Partner with { IsDeleted = true }).Refusal!.Code);
        Assert.False(Sold.Send(order with { Locked = true }, new LockOrder(false)).Order!.Locked);
        Assert.Same(order, Sold.Send(order, new LockOrder(false)).Order);
    }

    [Fact]
    public void What_is_partly_invoiced_cannot_be_cancelled_or_shrink_below_it()
    {
        var order = Sold.Changed(Sold.Placed(Sold.Two), """{"invoicedNet":{"amount":120}}""");
        Assert.Contains(("/state", "order.partlyInvoiced"), Sold.Problems(Sold.Send(order, new CancelOrder()).Refusal));
        Assert.Contains(("/lines", "order.net.belowInvoiced"), Sold.Problems(Sold.Send(order, new ChangeOrder(Sold.Fields("""{"lines":[]}"""))).Refusal));
        Assert.Contains(("/invoicedNet", "order.invoicedNet.range"), Sold.Problems(Sold.Send(order, new ChangeOrder(Sold.Fields("""{"state":"invoiced","invoicedNet":{"amount":1}}"""))).Refusal));
        Assert.Equal((240m, 0m), (Sold.Changed(order, """{"state":"invoiced"}""").Invoiced, Sold.Changed(order, """{"state":"invoiced"}""").Uninvoiced.Amount));
    }
}
