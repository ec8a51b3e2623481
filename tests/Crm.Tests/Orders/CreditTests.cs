using Crm.Contracts;
using Crm.Orders;
using Crm.Tests.Partners;

namespace Crm.Tests.Orders;

public sealed class CreditTests
{
    private static readonly Dictionary<string, decimal> Rates = new() { ["EUR"] = 11.5m };

    private static CompanyProfile Company(CreditCounts counts = default, decimal margin = 0) => Given.Company with { Credit = new() { Counts = counts, MarginPercent = margin }, Rates = Rates };

    private static CreditPosition Position(decimal? limit, decimal? balance, string currency = "SEK", params Money[] uninvoiced) =>
        new(limit is null ? null : new(limit.Value, "SEK"), balance is null ? null : new(balance.Value, currency, "fortnox", Given.Now), uninvoiced);

    [Theory]
    [Trait("Requirement", "R40")]
    [Trait("Requirement", "R42")]
    [InlineData("1000", "1000", false)]
    [InlineData("1000", "1000.01", true)]
    [InlineData("0", "0.01", true)]
    [InlineData("0", "0", false)]
    [InlineData(null, "9999", false)]
    [InlineData("0", null, false)]
    public void Only_more_than_the_limit_warns_and_no_limit_never_does(string? limit, string? balance, bool warns)
    {
        static decimal? Read(string? text) => text is null ? null : decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(warns ? "credit.limit.exceeded" : null, Position(Read(limit), Read(balance)).Warn(Company())?.Code);
    }

    [Fact]
    public void The_policy_says_what_counts_and_the_margin_how_much_more_is_still_no_warning()
    {
        var position = Position(100, 40, "SEK", new Money(50, "SEK"));
        var order = new Money(20, "SEK");
        Assert.Null(position.Warn(Company(CreditCounts.Balance), order));
        Assert.Null(position.Warn(Company(CreditCounts.BalanceAndUninvoiced), order));
        Assert.Equal(110, position.Warn(Company(CreditCounts.BalanceUninvoicedAndOrder), order)!.Exposure);
        Assert.Null(position.Warn(Company(CreditCounts.BalanceUninvoicedAndOrder, margin: 10), order));
        Assert.NotNull(position.Warn(Company(CreditCounts.BalanceUninvoicedAndOrder, margin: 9), order));
    }

    [Fact]
    public void Another_currency_is_converted_at_the_stored_rate_and_a_missing_rate_is_said()
    {
        var warning = Position(1_000, 100, "EUR").Warn(Company())!;
        Assert.Equal(("credit.limit.exceeded", 1_150m, 11.5m, "SEK"), (warning.Code, warning.Balance, warning.Rate, warning.Currency));
        Assert.Null(Position(1_150, 100, "EUR").Warn(Company()));
        Assert.Equal("credit.rate.missing", Position(1_000, 100, "USD").Warn(Company())!.Code);
        Assert.Null(Position(1_000, 10, "SEK", new Money(1, "USD")).Warn(Company()));
        Assert.Equal("credit.rate.missing", Position(1_000, 10, "SEK", new Money(1, "USD")).Warn(Company(CreditCounts.BalanceAndUninvoiced))!.Code);
    }

    [Fact]
    [Trait("Requirement", "R41")]
    [Trait("Requirement", "R42")]
    public void An_order_over_the_limit_is_taken_and_keeps_what_was_known_then()
    {
        var partner = Sold.Partner with { Credit = Position(100, 150, "SEK", new Money(30, "SEK")) };
        var order = Sold.Placed("""{"creditReason":" Friend of the house ","lines":[{"text":"a","unitPrice":{"amount":10},"discountPercent":0}]}""", partner);
        var decision = Assert.Single(order.CreditDecisions);
        Assert.Equal(("credit.limit.exceeded", 150m, "fortnox", 100m, 10m, "Friend of the house", "user:u1"),
            (decision.Code, decision.Balance!.Amount, decision.Balance.Source, decision.Limit.Amount, decision.Order.Amount, decision.Reason, decision.By));
        Assert.Equal([new Money(30, "SEK")], decision.Uninvoiced);
        Assert.Empty(Sold.Placed("{}", Sold.Partner with { Credit = Position(100, 100) }).CreditDecisions);
        Assert.Contains(("/creditReason", "text.tooLong"), Sold.Problems(Sold.Place($$"""{"creditReason":"{{new string('x', 1_001)}}"}""").Refusal));
    }

    [Fact]
    [Trait("Requirement", "R41")]
    public void A_reopened_order_is_judged_anew()
    {
        var partner = Sold.Partner with { Credit = Position(100, 50) };
        var order = Sold.Placed(Sold.Two, partner);
        Assert.Empty(order.CreditDecisions);
        var cancelled = Sold.Send(order, new CancelOrder(), partner).Order!;
        var reopened = Sold.Send(cancelled, new ReopenOrder("again"), partner with { Credit = Position(100, 101) }).Order!;
        Assert.Equal((OrderState.Draft, "again"), (reopened.State, Assert.Single(reopened.CreditDecisions).Reason));
        Assert.Contains("/creditReason", Sold.Send(cancelled, new ReopenOrder("\u0001"), partner).Refusal!.Problems.Select(p => p.Pointer));
        Assert.Same(order, Sold.Send(order, new ReopenOrder(null), partner).Order);
    }

    [Fact]
    [Trait("Requirement", "R40")]
    public void An_order_counts_once_however_often_it_is_shown()
    {
        var at = Sold.At(policy: new() { Counts = CreditCounts.BalanceUninvoicedAndOrder });
        var (order, partner, _) = Sold.Place("""{"lines":[{"text":"a","unitPrice":{"amount":60},"discountPercent":0}]}""", Sold.Partner with { Credit = Position(100, 0) }, at);
        Assert.Empty(order!.CreditDecisions);
        Assert.Empty(OrderView.Of(new(1, 1, Given.Now, Given.Now, order), at.Settings, partner).Warnings);
        var warning = Assert.Single(OrderView.Of(new(1, 1, Given.Now, Given.Now, order), at.Settings, partner with { Credit = partner.Credit with { Limit = new(59, "SEK") } }).Warnings);
        Assert.Equal(60, warning.Exposure);
    }
}
