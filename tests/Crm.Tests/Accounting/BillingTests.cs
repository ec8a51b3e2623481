using System.Net;
using System.Text.Json;
using Crm.Plugins;
using Crm.Tests.Api;
using static Crm.Tests.Accounting.FakeLedger;

namespace Crm.Tests.Accounting;

/// <summary>What was billed, which invoices make it up, and which do not and why.</summary>
public sealed class BillingTests : LedgerTests
{
    private static readonly string[] Narrow = ["partners:read"];

    [Fact, Trait("Requirement", "R116"), Trait("Requirement", "R118")]
    public async Task Billing_counts_what_is_sent_numbered_and_dated_in_the_month_and_any_of_these_missing_takes_an_invoice_out()
    {
        await StartAsync();
        Ledger.Invoices.AddRange(
        [
            Invoice("1", 1_000), Invoice("2", -150.25m) with { IsCredit = true }, Invoice("3", 70) with { IsSent = null }, Invoice("4", 2_000) with { IsSent = false }, Invoice("5", 3_000) with { Number = null },
            Invoice("6", 4_000) with { IsCancelled = true }, Invoice("7", 500) with { Date = Month.AddDays(-1) }, Invoice("8", 5_000) with { Date = Month.AddMonths(1) }, Invoice("9", 6_000) with { IsSent = null, IsBooked = false },
        ]);
        await RunAsync();
        var billing = await KpisAsync();
        Assert.Equal((919.75m, 500, "SEK"), (Amount(billing, "thisMonth"), Amount(billing, "lastMonth"), billing.GetProperty("thisMonth").GetProperty("currency").GetString()));
        var explained = await ExplainAsync("period=thisMonth");
        Assert.Equal((919.75m, 3), (Amount(explained, "total"), explained.GetProperty("count").GetInt32()));
        Assert.Equal(["cancelled:1:4000", "notNumbered:1:3000", "notSent:2:8000", "otherPeriod:2:"], Excluded(explained));
        // The rows behind each figure are those that the list finds.
        Assert.Equal("1 2 3", await InvoicesAsync(explained.GetProperty("filter").GetString()!));
        foreach (var (reason, numbers) in new[] { ("cancelled", "6"), ("notNumbered", ""), ("notSent", "4 9") })
            Assert.Equal(numbers, await InvoicesAsync(explained.GetProperty("excluded").EnumerateArray().Single(e => e.GetProperty("reason").GetString() == reason).GetProperty("filter").GetString()!));
        Assert.Equal(500, Amount(await ExplainAsync($"period={Month.AddMonths(-1):yyyy-MM}"), "total"));
    }

    [Fact, Trait("Requirement", "R118")]
    public async Task Figures_follow_an_invoice_that_changes_and_count_other_currencies_by_the_rates_that_are_shown()
    {
        await StartAsync();
        Ledger.Invoices.AddRange([Invoice("1", 100), Invoice("2", 10.01m) with { Currency = "EUR" }, Invoice("3", 80) with { Net = null, Gross = 100 }]);
        await RunAsync();
        Assert.Equal(JsonValueKind.Null, (await KpisAsync()).GetProperty("thisMonth").ValueKind);
        await Company.PatchAsync("company", """{"rates":{"EUR":11.555}}""");
        var explained = await ExplainAsync("period=thisMonth");
        Assert.Equal((315.67m, true), (Amount(explained, "total"), explained.GetProperty("withVat").GetBoolean()));
        var euro = explained.GetProperty("currencies")[0];
        Assert.Equal((10.01m, 11.555m, 115.67m), (Amount(euro, "amount"), euro.GetProperty("rate").GetDecimal(), Amount(euro, "converted")));
        Ledger.Invoices[0] = Ledger.Invoices[0] with { IsSent = false };
        await RunAsync();
        Assert.Equal(215.67m, Amount(await KpisAsync(), "thisMonth"));
        Ledger.Invoices[0] = Ledger.Invoices[0] with { IsSent = true, Date = Month.AddMonths(-1) };
        await RunAsync();
        Assert.Equal((215.67m, 100), (Amount(await KpisAsync(), "thisMonth"), Amount(await KpisAsync(), "lastMonth")));
    }

    [Fact, Trait("Requirement", "R74")]
    public async Task What_was_invoiced_to_a_partner_this_year_explains_itself()
    {
        var partner = await PartnerAsync("Nordlys", Nordlys);
        Ledger.Customers.AddRange([Customer("1", "Nordlys", Nordlys), Customer("2", "Another")]);
        var january = new DateOnly(Month.Year, 1, 1);
        Ledger.Invoices.AddRange(
        [
            Invoice("1", 100) with { Date = january, IsSent = false }, Invoice("2", -30) with { Date = january, IsCredit = true }, Invoice("3", 500) with { Date = january, IsBooked = false }, Invoice("4", 9) with { Date = january.AddDays(-1) },
            Invoice("5", 1_000) with { Date = january, CustomerId = "2" },
        ]);
        await RunAsync();
        var explained = await ExplainAsync($"of=invoiced&period=thisYear&partner={partner}");
        Assert.Equal((await ReadAsync(partner)).GetProperty("invoicedThisYear").GetProperty("amount").GetDecimal(), Amount(explained, "total"));
        Assert.Equal((70, 2), (Amount(explained, "total"), explained.GetProperty("count").GetInt32()));
        Assert.Equal(["draft:1:500", "otherPeriod:1:"], Excluded(explained));
        Assert.Equal("1 2", await InvoicesAsync(explained.GetProperty("filter").GetString()!));
    }

    [Fact, Trait("Requirement", "R119"), Trait("Requirement", "R120")]
    public async Task A_prospect_in_the_pipeline_has_an_open_case_and_was_never_billed()
    {
        var (billed, drafted) = (await PartnerAsync("Billed", Nordlys), await PartnerAsync("Drafted", Svea));
        foreach (var partner in new[] { billed, drafted }) Assert.Equal(HttpStatusCode.Created, (await Company.PostAsync("cases", new { title = "T", partner })).Status);
        Ledger.Customers.AddRange([Customer("1", "Billed", Nordlys), Customer("2", "Drafted", Svea)]);
        Ledger.Invoices.AddRange([Invoice("1", 100) with { Date = new(2020, 1, 1) }, Invoice("2", 100) with { CustomerId = "2", IsBooked = false, IsSent = false }]);
        await RunAsync();
        var kpis = (await Company.GetAsync("partners/overview/kpis")).Body;
        Assert.Equal((2, 1), (Count(kpis, "activeCustomers"), Count(kpis, "prospectsInPipeline")));
        Assert.Equal("Drafted", await Company.NamesAsync($"partners?{kpis.GetProperty("prospectsInPipeline").GetProperty("filter").GetString()}"));
        Assert.Equal(("Billed", "Drafted"), (await Company.NamesAsync("partners?billed=true"), await Company.NamesAsync("partners?billed=false")));
        Assert.Equal(JsonValueKind.Null, kpis.GetProperty("marginThisYear").ValueKind);
    }

    [Fact, Trait("Requirement", "R118")]
    public async Task Whoever_may_not_read_invoices_is_told_nothing_and_odd_questions_are_refused()
    {
        await StartAsync();
        Ledger.Invoices.Add(Invoice("1", 100));
        await RunAsync();
        var key = (await Company.AdminBrowser.CallAsync(HttpMethod.Post, Company.Path("api-keys"), new { name = "narrow", role = "reader", scopes = Narrow })).Text("token")!;
        var kpis = (await App.With(key).ReadAsync(Company.Path("partners/overview/kpis"))).Body;
        Assert.Equal(JsonValueKind.Null, kpis.GetProperty("billing").ValueKind);
        Steps.AssertProblem(await App.With(key).ReadAsync(Company.Path("partners?billed=true")), 400, "filter.unknown");
        Steps.AssertProblem(await App.With(key).ReadAsync(Company.Path("invoices/summary")), 403, "right.missing");
        foreach (var query in new[] { "period=now", "period=2026-13", "period=26", "of=sums" }) Steps.AssertProblem(await Company.GetAsync($"invoices/summary?{query}"), 400, "filter.value");
        Steps.AssertProblem(await Company.GetAsync("invoices/summary?partner=999"), 404, "partner.notFound");
    }

    [Fact, Trait("Requirement", "R118")]
    public async Task Without_an_accounting_system_nothing_is_known_of_billing()
    {
        await StartAsync();
        var other = await App.NewCompanyAsync("unconnected");
        var kpis = (await other.GetAsync("partners/overview/kpis")).Body;
        Assert.Equal(JsonValueKind.Null, kpis.GetProperty("billing").ValueKind);
        Assert.Equal(JsonValueKind.Null, (await other.GetAsync("invoices/summary")).Body.GetProperty("total").ValueKind);
    }

    /// <summary>The first of this month, by the company's clock.</summary>
    private DateOnly Month => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(App.Clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm")).DateTime) is var today ? new(today.Year, today.Month, 1) : default;

    private AccountingInvoice Invoice(string id, decimal net) => new() { Id = id, Number = id, CustomerId = "1", Date = Month, Net = net, Gross = net * 1.25m, Balance = 0, Currency = "SEK", IsBooked = true, IsSent = true };

    private async Task<JsonElement> KpisAsync() => (await Company.GetAsync("partners/overview/kpis")).Body.GetProperty("billing");

    private async Task<JsonElement> ExplainAsync(string query)
    {
        var reply = await Company.GetAsync($"invoices/summary?{query}");
        Assert.True(reply.Status == HttpStatusCode.OK, reply.Body.ToString());
        return reply.Body;
    }

    private async Task<string> InvoicesAsync(string filter) =>
        string.Join(' ', (await Company.GetAsync($"invoices?{filter}&sort=number")).Body.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("invoiceNumber").GetString()));

    private static string[] Excluded(JsonElement explained) => [.. explained.GetProperty("excluded").EnumerateArray()
        .Select(e => FormattableString.Invariant($"{e.GetProperty("reason")}:{e.GetProperty("count")}:{(e.GetProperty("amount").ValueKind == JsonValueKind.Null ? "" : $"{e.GetProperty("amount").GetProperty("amount").GetDecimal():0.##}")}"))];

    private static decimal Amount(JsonElement of, string name) => of.GetProperty(name).GetProperty("amount").GetDecimal();

    private static int Count(JsonElement kpis, string name) => kpis.GetProperty(name).GetProperty("count").GetInt32();
}
