using System.Net;
using Crm.Plugins;
using Crm.Tests.Api;
using static Crm.Tests.Accounting.FakeLedger;

namespace Crm.Tests.Accounting;

/// <summary>An invoice that names an order of ours says how much of it is invoiced, and the partner's uninvoiced orders follow in the same commit.</summary>
[Trait("Requirement", "R30")]
public sealed class OrderInvoicedTests : LedgerTests
{
    private long _partner;

    [Fact]
    public async Task An_order_of_500_that_is_half_invoiced_counts_250_and_a_credit_note_counts_back()
    {
        var order = await OrderAsync(500);
        Ledger.Invoices.Add(Invoice("1", 250, $"Order {order}"));
        await RunAsync();
        Assert.Equal((250, 250, 250), await AmountsAsync(order));
        Ledger.Invoices.Add(Invoice("2", 400, $"#{order}"));
        await RunAsync();
        // More than was ordered is invoiced: nothing of it is left.
        Assert.Equal((500, 0, 0), await AmountsAsync(order));
        Ledger.Invoices.Add(Invoice("3", -450, $"{order}") with { IsCredit = true });
        await RunAsync();
        Assert.Equal((200, 300, 300), await AmountsAsync(order));
        Ledger.Invoices[0] = Ledger.Invoices[0] with { IsCancelled = true };
        await RunAsync();
        Assert.Equal((0, 500, 500), await AmountsAsync(order));
    }

    [Theory]
    [InlineData("Anna Berg", "SEK", true)]
    [InlineData(null, "SEK", true)]
    [InlineData("2026-1001", "SEK", true)]
    [InlineData("99999999999999999999999", "SEK", true)]
    [InlineData("1002", "SEK", true)]
    [InlineData("1001", "EUR", true)]
    [InlineData("1001", "SEK", false)]
    public async Task What_names_no_order_of_this_partner_in_its_currency_or_is_a_draft_changes_nothing(string? reference, string currency, bool isBooked)
    {
        var order = await OrderAsync(500);
        await Company.PatchAsync($"orders/{order}", """{"invoicedNet":{"amount":100}}""");
        var other = await PartnerAsync("Another", null);
        await Company.PostAsync("orders", new { partner = other, lines = Lines(500) });
        Ledger.Invoices.Add(Invoice("1", 250, reference!) with { Currency = currency, IsBooked = isBooked });
        await RunAsync();
        Assert.Equal((100, 400, 400), await AmountsAsync(order));
        Assert.Equal(500, (await Company.GetAsync("orders/1002")).Body.GetProperty("uninvoiced").GetProperty("amount").GetDecimal());
    }

    [Fact]
    public async Task An_order_that_is_given_up_counts_nothing_and_a_locked_one_is_invoiced_all_the_same()
    {
        var order = await OrderAsync(500);
        await Company.PostAsync($"orders/{order}/cancel");
        Ledger.Invoices.Add(Invoice("1", 250, $"{order}"));
        await RunAsync();
        Assert.Equal((0, 0, 0), await AmountsAsync(order));
        var locked = await OrderAsync(80);
        await Company.PostAsync($"orders/{locked}/lock");
        Ledger.Invoices.Add(Invoice("2", 30, $"{locked}"));
        await RunAsync();
        Assert.Equal((30, 50, 50), await AmountsAsync(locked));
    }

    [Fact]
    public async Task Invoices_of_a_customer_that_is_linked_later_count_from_then_on()
    {
        var order = await OrderAsync(500);
        var svea = await PartnerAsync("Svea", null);
        var own = (await Company.PostAsync("orders", new { partner = svea, lines = Lines(90) })).Body.GetProperty("number").GetInt64();
        Ledger.Customers.Add(Customer("2", "Svea"));
        Ledger.Invoices.AddRange([Invoice("1", 250, $"{order}"), Invoice("2", 40, $"{own}") with { CustomerId = "2" }]);
        await RunAsync();
        Assert.Equal(90, await UninvoicedAsync(svea));
        Assert.Equal(HttpStatusCode.OK, (await Company.PostAsync("accounting/customers/2/link", new { partner = svea })).Status);
        Assert.Equal(50, await UninvoicedAsync(svea));
        await Company.PostAsync("accounting/customers/2/ignore");
        Assert.Equal(90, await UninvoicedAsync(svea));
        Assert.Equal((250, 250, 250), await AmountsAsync(order));
    }

    private async Task<long> OrderAsync(decimal price)
    {
        if (_partner == 0)
        {
            _partner = await PartnerAsync("Nordlys", Nordlys);
            Ledger.Customers.Add(Customer("1", "Nordlys", Nordlys));
        }
        var made = await Company.PostAsync("orders", new { partner = _partner, lines = Lines(price) });
        Assert.Equal(HttpStatusCode.Created, made.Status);
        return made.Body.GetProperty("number").GetInt64();
    }

    private static object[] Lines(decimal price) => [new { text = "Pallet", unitPrice = new { amount = price } }];

    private static AccountingInvoice Invoice(string id, decimal net, string reference) =>
        new() { Id = id, Number = id, CustomerId = "1", Date = new(2026, 2, 1), Net = net, Gross = net * 1.25m, Balance = 0, Currency = "SEK", IsBooked = true, OrderReference = reference };

    /// <summary>What is invoiced of the order, what is left, and what is left of all orders of its partner.</summary>
    private async Task<(decimal Invoiced, decimal Left, decimal OfPartner)> AmountsAsync(long order)
    {
        var body = (await Company.GetAsync($"orders/{order}")).Body;
        return (body.GetProperty("invoicedNet").GetProperty("amount").GetDecimal(), body.GetProperty("uninvoiced").GetProperty("amount").GetDecimal(), await UninvoicedAsync(_partner));
    }

    private async Task<decimal> UninvoicedAsync(long partner) => (await ReadAsync(partner)).GetProperty("uninvoiced").GetProperty("amount").GetDecimal();
}
