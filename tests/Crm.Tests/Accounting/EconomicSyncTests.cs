using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.StandIns;

namespace Crm.Tests.Accounting;

/// <summary>e-conomic is read by the engine with the plugin as it is built.</summary>
public sealed class EconomicSyncTests : LedgerTests
{
    [Theory, Trait("Requirement", "R28"), InlineData(2, 3), InlineData(430, 5)]
    public async Task Without_changes_three_requests_are_sent_and_the_payment_of_an_old_invoice_is_seen_at_the_next_reading(int unpaid, int requests)
    {
        var clock = new StandInClock();
        var books = new Books("DK", 20, 900, clock);
        var old = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(-60);
        books.OldUnpaid(old, unpaid);
        await using var plugin = new AccountingBench("Economic", new Economic(books, clock).MapOn, address => new() { ["appSecretToken"] = Economic.AppToken, ["agreementGrantToken"] = Economic.GrantToken, ["address"] = $"{address}" });
        await plugin.StartAsync();
        Ledger.Instead = plugin;
        await RunAsync();
        var before = plugin.StandIn.Requests.Count;
        await RunAsync();
        Assert.Equal((requests, 0), (plugin.StandIn.Requests.Count - before, (await ConnectionAsync()).GetProperty("runs")[0].GetProperty("changed").GetInt32()));
        var all = books.Invoices("old", i => i is { IsBooked: true, IsCancelled: false } && i.Date < old && i.Balance != 0);
        foreach (var paid in new[] { all[0], all[^1] }) books.Pay(paid.Number, paid.Balance);
        await RunAsync();
        foreach (var paid in new[] { all[0], all[^1] }) Assert.Equal(0, (await InvoiceAsync(paid.Number)).GetProperty("balance").GetProperty("amount").GetDecimal());
    }

    private async Task<JsonElement> InvoiceAsync(int number) => Assert.Single((await Company.Reader.ReadAsync(Company.Path($"invoices?invoiceNumber={number}"))).Body.GetProperty("items").EnumerateArray());
}
