using System.Net;
using System.Text.Json;
using Crm.Tests.Api;
using static Crm.Tests.Accounting.FakeLedger;

namespace Crm.Tests.Accounting;

/// <summary>How old a balance is stands beside it, in lists, in warnings and in what was decided by it.</summary>
public sealed class BalanceAgeTests : LedgerTests
{
    [Fact, Trait("Requirement", "R28"), Trait("Requirement", "R29")]
    public async Task A_balance_that_nobody_has_read_for_a_day_is_stale_until_it_is_read_again()
    {
        var (partner, other) = (await PartnerAsync("Nordlys", Nordlys), await PartnerAsync("Svea", null));
        Ledger.Customers.Add(Customer("1", "Nordlys", Nordlys));
        Ledger.Balances.Add(Owes("1", 600));
        await RunAsync();
        Assert.False(await IsStaleAsync(partner));
        Assert.Equal(("", "Nordlys Svea"), (await Company.NamesAsync("partners?staleBalance=true"), await Company.NamesAsync("partners?staleBalance=false&sort=name")));
        App.Clock.Advance(TimeSpan.FromHours(24.1));
        Assert.True(await IsStaleAsync(partner));
        Assert.Equal(("Nordlys", "Svea"), (await Company.NamesAsync("partners?staleBalance=true"), await Company.NamesAsync("partners?staleBalance=false")));
        // What no system has told is unknown, and neither 0 nor old.
        Assert.Equal(JsonValueKind.Null, (await ReadAsync(other)).GetProperty("balance").ValueKind);
        await RunAsync();
        Assert.False(await IsStaleAsync(partner));
        Assert.Equal("", await Company.NamesAsync("partners?staleBalance=true"));
        Assert.Equal("Nordlys", await Company.NamesAsync("partners?staleBalance=false&balance=any"));
    }

    [Fact, Trait("Requirement", "R28")]
    public async Task The_company_says_how_long_a_balance_is_trusted()
    {
        var partner = await PartnerAsync("Nordlys", Nordlys);
        Ledger.Customers.Add(Customer("1", "Nordlys", Nordlys));
        await RunAsync();
        var settings = await Company.GetAsync("accounting/settings");
        Assert.Equal(24, settings.Body.GetProperty("staleAfterHours").GetInt32());
        App.Clock.Advance(TimeSpan.FromHours(3));
        Assert.False(await IsStaleAsync(partner));
        var changed = await Company.PatchAsync("accounting/settings", """{"staleAfterHours":2}""", ("If-Match", settings.ETag!));
        Assert.Equal((HttpStatusCode.OK, 2), (changed.Status, changed.Body.GetProperty("staleAfterHours").GetInt32()));
        Assert.True(await IsStaleAsync(partner));
        Assert.Equal("Nordlys", await Company.NamesAsync("partners?staleBalance=true"));
        // A run in between says when balances were read, and leaves the settings' version alone.
        await RunAsync();
        Steps.AssertProblem(await Company.PatchAsync("accounting/settings", """{"staleAfterHours":5}""", ("If-Match", "\"9\"")), 412, "version.stale");
        Assert.Equal(HttpStatusCode.OK, (await Company.PatchAsync("accounting/settings", """{"staleAfterHours":5}""", ("If-Match", changed.ETag!))).Status);
        Assert.Equal(24, (await Company.PatchAsync("accounting/settings", """{"staleAfterHours":null}""")).Body.GetProperty("staleAfterHours").GetInt32());
        foreach (var hours in new[] { "0", "-1", "8761" }) Steps.AssertProblem(await Company.PatchAsync("accounting/settings", $$"""{"staleAfterHours":{{hours}}}"""), 422, "accounting.staleAfterHours");
        Steps.AssertProblem(await Company.Seller.CallAsync(HttpMethod.Patch, Company.Path("accounting/settings"), """{"staleAfterHours":5}"""), 403, "right.missing");
    }

    [Fact, Trait("Requirement", "R40")]
    public async Task A_reading_that_lifts_the_balance_above_the_limit_shows_on_every_open_order_and_the_next_takes_it_away()
    {
        var partner = await LimitedAsync(1_000);
        foreach (var _ in Enumerable.Range(0, 2)) await OrderAsync(partner);
        await OwesNowAsync(1_000);
        Assert.Equal("0 0", await WarnedAsync());
        await OwesNowAsync(1_000.01m);
        await OrderAsync(partner);
        Assert.Equal("1 1 1", await WarnedAsync());
        foreach (var order in new[] { 1_001, 1_002, 1_003 })
        {
            var warning = Assert.Single((await Company.GetAsync($"orders/{order}")).Body.GetProperty("warnings").EnumerateArray());
            Assert.Equal(("credit.limit.exceeded", 1_000.01m, 1_000m, "ledger", false), (warning.GetProperty("code").GetString(), warning.GetProperty("balance").GetDecimal(), warning.GetProperty("limit").GetDecimal(), warning.GetProperty("source").GetString(), warning.GetProperty("stale").GetBoolean()));
        }
        await OwesNowAsync(0);
        Assert.Equal("0 0 0", await WarnedAsync());
    }

    [Fact, Trait("Requirement", "R41"), Trait("Requirement", "R42")]
    public async Task What_was_known_when_an_order_was_taken_over_the_limit_is_kept_whatever_is_read_later()
    {
        var partner = await LimitedAsync(100);
        await OwesNowAsync(150);
        var read = (await ReadAsync(partner)).GetProperty("balance").GetProperty("asOf").GetDateTimeOffset();
        App.Clock.Advance(TimeSpan.FromHours(30));
        var warning = (await ReadAsync(partner)).GetProperty("warnings")[0];
        Assert.Equal((true, read), (warning.GetProperty("stale").GetBoolean(), warning.GetProperty("asOf").GetDateTimeOffset()));
        await OrderAsync(partner, "Paid by phone");
        await OwesNowAsync(50);
        var kept = Assert.Single(await DecisionsAsync(1_001));
        Assert.Equal((150m, "ledger", read, true, "Paid by phone", 100m, 150m, "balance"),
            (kept.GetProperty("balance").GetProperty("amount").GetDecimal(), kept.GetProperty("balance").GetProperty("source").GetString(), kept.GetProperty("balance").GetProperty("asOf").GetDateTimeOffset(), kept.GetProperty("stale").GetBoolean(),
                kept.GetProperty("reason").GetString(), kept.GetProperty("limit").GetProperty("amount").GetDecimal(), kept.GetProperty("exposure").GetDecimal(), kept.GetProperty("counts").GetString()));
        // Given up, another one taken, and taken up again: judged by what is known then.
        await Company.PostAsync("orders/1001/cancel");
        await OrderAsync(partner);
        Assert.Empty(await DecisionsAsync(1_002));
        await OwesNowAsync(200);
        Assert.Equal(1, (await Company.PostAsync("orders/1001/reopen?creditReason=Again")).Body.GetProperty("warnings").GetArrayLength());
        var decisions = await DecisionsAsync(1_001);
        Assert.Equal([(150m, true), (200m, false)], decisions.Select(d => (d.GetProperty("balance").GetProperty("amount").GetDecimal(), d.GetProperty("stale").GetBoolean())));
    }

    private async Task<bool> IsStaleAsync(long partner) => (await ReadAsync(partner)).GetProperty("balance").GetProperty("stale").GetBoolean();

    private async Task<long> LimitedAsync(decimal limit)
    {
        var partner = await PartnerAsync("Nordlys", Nordlys);
        await Company.PatchAsync($"partners/{partner}", new { creditLimit = new { amount = limit, currency = "SEK" } });
        Ledger.Customers.Add(Customer("1", "Nordlys", Nordlys));
        return partner;
    }

    private async Task OwesNowAsync(decimal amount)
    {
        Ledger.Balances.Clear();
        if (amount != 0) Ledger.Balances.Add(Owes("1", amount));
        await RunAsync(whole: true);
    }

    private async Task OrderAsync(long partner, string? creditReason = null) =>
        Assert.Equal(HttpStatusCode.Created, (await Company.PostAsync("orders", new { partner, creditReason })).Status);

    private async Task<string> WarnedAsync() => string.Join(' ', (await Company.GetAsync("orders?sort=number")).Body.GetProperty("items").EnumerateArray().Select(o => o.GetProperty("warnings").GetArrayLength()));

    private async Task<JsonElement[]> DecisionsAsync(long order) => [.. (await Company.GetAsync($"orders/{order}")).Body.GetProperty("creditDecisions").EnumerateArray()];
}
