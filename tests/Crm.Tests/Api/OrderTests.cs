using System.Net;
using System.Text.Json;
using Crm.Contracts;
using Crm.Partners;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Api;

public sealed class OrderTests(OneApp app)
{
    private const string Line = """{"text":"Pallet","quantity":2,"unitPrice":{"amount":100}}""";

    [Fact]
    [Trait("Requirement", "R30")]
    [Trait("Requirement", "R32")]
    [Trait("Requirement", "R35")]
    public async Task An_order_changes_its_partner_in_the_same_commit()
    {
        var company = await app.CompanyAsync();
        var partner = await company.PartnerAsync("Buyer");
        var placed = await company.PostAsync("orders", $$"""{"partner":{{partner}},"deliveryDate":"2026-12-24","lines":[{{Line}}]}""");
        Assert.Equal(HttpStatusCode.Created, placed.Status);
        Assert.Equal($"/api/v1/{company.Slug}/orders/1001", placed.Header("Location"));
        Assert.Equal("Buyer", placed.Body.GetProperty("partner").GetProperty("name").GetString());
        var shown = (await company.GetAsync($"partners/overview")).Body.GetProperty("items")[0];
        Assert.Equal(("active", 200m, "2026-12-24"), (shown.GetProperty("stage").GetProperty("key").GetString(), shown.GetProperty("uninvoiced").GetProperty("amount").GetDecimal(), shown.GetProperty("latestDelivery").GetString()));
        var events = (await company.GetAsync("events?after=0&limit=500")).Body.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("fact").GetString()!).ToArray();
        Assert.Equal(["order.placed", "partner.orderPlaced"], events[^2..]);

        Assert.Equal(HttpStatusCode.OK, (await company.PatchAsync("orders/1001", """{"invoicedNet":{"amount":50},"deliveryDate":"2027-01-07"}""")).Status);
        var after = (await company.GetAsync($"partners/{partner}")).Body;
        Assert.Equal((150m, "2027-01-07"), (after.GetProperty("uninvoiced").GetProperty("amount").GetDecimal(), after.GetProperty("latestDelivery").GetString()));
        Assert.Equal("1001", string.Join(' ', (await company.GetAsync("partners/" + partner + "/orders?state=draft")).Body.GetProperty("items").EnumerateArray().Select(o => o.GetProperty("number"))));
    }

    [Fact]
    [Trait("Requirement", "R40")]
    [Trait("Requirement", "R41")]
    [Trait("Requirement", "R42")]
    public async Task A_balance_that_rises_shows_on_every_open_order_and_falls_silent_again()
    {
        var company = await app.CompanyAsync();
        var partner = await company.PartnerAsync("Buyer", """ "creditLimit":{"amount":1000,"currency":"SEK"} """);
        foreach (var state in new[] { "draft", "confirmed", "invoiced" }) await company.PostAsync("orders", $$"""{"partner":{{partner}},"state":"{{state}}","lines":[{{Line}}]}""");
        async Task BalanceAsync(decimal? amount) => Assert.Null((await app.Services.GetRequiredService<IActors>().SendAsync(
            Call.System(await app.RefAsync(company)), partner, new SetBalance(amount is null ? null : new(amount.Value, "SEK", "fortnox", DateTimeOffset.UnixEpoch)), TestContext.Current.CancellationToken)).Refusal);
        async Task<string> WarnedAsync() => string.Join(' ', (await company.GetAsync("orders?sort=number")).Body.GetProperty("items").EnumerateArray().Select(o => o.GetProperty("warnings").GetArrayLength()));

        await BalanceAsync(1_000);
        Assert.Equal("0 0 0", await WarnedAsync());
        await BalanceAsync(1_000.01m);
        Assert.Equal("1 1 0", await WarnedAsync());
        var one = (await company.GetAsync("orders/1001")).Body.GetProperty("warnings")[0];
        Assert.Equal(("credit.limit.exceeded", 1_000.01m, 1_000m, "SEK"), (one.GetProperty("code").GetString(), one.GetProperty("balance").GetDecimal(), one.GetProperty("limit").GetDecimal(), one.GetProperty("currency").GetString()));
        // Before saving, by a dry run, and saved nevertheless, with the decision on record.
        var dry = await company.PostAsync("orders", $$"""{"partner":{{partner}}}""", ("Prefer", "dry-run"));
        Assert.Equal("credit.limit.exceeded", dry.Body.GetProperty("warnings")[0].GetProperty("code").GetString());
        var placed = await company.PostAsync("orders", $$"""{"partner":{{partner}},"creditReason":"Paid by phone"}""");
        Assert.Equal((HttpStatusCode.Created, 1_000.01m), (placed.Status, placed.Body.GetProperty("creditDecisions")[0].GetProperty("balance").GetProperty("amount").GetDecimal()));
        await BalanceAsync(null);
        Assert.Equal("0 0 0 0", await WarnedAsync());
        Assert.Equal(1_000.01m, (await company.GetAsync($"orders/{placed.Body.GetProperty("number")}")).Body.GetProperty("creditDecisions")[0].GetProperty("balance").GetProperty("amount").GetDecimal());
    }

    [Fact]
    public async Task A_dry_run_answers_the_same_and_stores_nothing()
    {
        var company = await app.CompanyAsync();
        var partner = await company.PartnerAsync("Buyer");
        var end = await app.JournalEndAsync(company);
        var dry = await company.PostAsync("orders", $$"""{"partner":{{partner}},"lines":[{{Line}}]}""", ("Prefer", "dry-run"));
        Assert.Equal((HttpStatusCode.Created, "dry-run", end), (dry.Status, dry.Header("Preference-Applied"), await app.JournalEndAsync(company)));
        Assert.Equal(JsonValueKind.Null, (await company.GetAsync($"partners/{partner}")).Body.GetProperty("stage").ValueKind);
        var real = await company.PostAsync("orders", $$"""{"partner":{{partner}},"lines":[{{Line}}]}""");
        Assert.Equal(dry.Body.GetProperty("net").ToString(), real.Body.GetProperty("net").ToString());
    }

    [Fact]
    public async Task The_same_key_places_one_order_and_gives_the_same_answer()
    {
        var company = await app.CompanyAsync();
        var partner = await company.PartnerAsync("Buyer");
        var body = $$"""{"partner":{{partner}},"lines":[{{Line}}]}""";
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => company.PostAsync("orders", body, ("Idempotency-Key", "once"))));
        Assert.Equal(4, answers.Count(a => a.Header("Idempotency-Replayed") == "true"));
        Assert.Single(answers.Select(a => a.Body.ToString()).Distinct());
        Assert.Equal(1, (await company.GetAsync("orders")).Body.GetProperty("count").GetInt32());
        Steps.AssertProblem(await company.PostAsync("orders", $$"""{"partner":{{partner}}}""", ("Idempotency-Key", "once")), 422, "idempotency.mismatch");
    }

    [Fact]
    public async Task Orders_are_locked_cancelled_and_reopened_under_their_version()
    {
        var company = await app.CompanyAsync();
        var partner = await company.PartnerAsync("Buyer");
        var placed = await company.PostAsync("orders", $$"""{"partner":{{partner}},"lines":[{{Line}}]}""");
        Assert.Equal(HttpStatusCode.OK, (await company.PostAsync("orders/1001/lock")).Status);
        Steps.AssertProblem(await company.PatchAsync("orders/1001", """{"note":"x"}"""), 409, "order.locked");
        Assert.Equal(HttpStatusCode.OK, (await company.PostAsync("orders/1001/unlock")).Status);
        Steps.AssertProblem(await company.PostAsync("orders/1001/cancel", null, ("If-Match", placed.ETag!)), 412, "version.stale");
        Assert.Equal("cancelled", (await company.PostAsync("orders/1001/cancel")).Text("state"));
        Assert.Equal(0, (await company.GetAsync($"partners/{partner}")).Body.GetProperty("uninvoiced").GetProperty("amount").GetDecimal());
        Assert.Equal("cancelled", (await company.PostAsync("orders/1001/cancel")).Text("state"));
        Assert.Equal("draft", (await company.PostAsync("orders/1001/reopen?creditReason=again")).Text("state"));
        Assert.Equal(200, (await company.GetAsync($"partners/{partner}")).Body.GetProperty("uninvoiced").GetProperty("amount").GetDecimal());
        Steps.AssertProblem(await company.GetAsync("orders/999"), 404, "order.notFound");
        Steps.AssertProblem(await company.PostAsync("orders/999/cancel"), 404, "order.notFound");
        Steps.AssertProblem(await company.GetAsync("partners/999/orders"), 404, "partner.notFound");
    }

    [Fact]
    public async Task An_orders_timeline_tells_what_was_done_newest_first_in_pages()
    {
        var company = await app.CompanyAsync();
        await company.PostAsync("orders", new { partner = await company.PartnerAsync("Buyer") });
        await company.AdminBrowser.CallAsync(HttpMethod.Patch, company.Path("orders/1001"), """{"state":"confirmed"}""");
        foreach (var action in new[] { "lock", "unlock", "cancel", "reopen" }) await company.PostAsync($"orders/1001/{action}");
        var first = (await company.GetAsync("orders/1001/timeline?limit=4")).Body;
        var second = (await company.GetAsync($"orders/1001/timeline?limit=4&before={first.GetProperty("next").GetString()}")).Body;
        var items = first.GetProperty("items").EnumerateArray().Concat(second.GetProperty("items").EnumerateArray()).ToArray();
        Assert.Equal(["order.reopened", "order.cancelled", "order.unlocked", "order.locked", "order.stateSet", "order.placed"], items.Select(i => i.GetProperty("fact").GetString()));
        Assert.Equal(("draft", "confirmed", $"Admin {company.Slug}"), (items[4].GetProperty("before").GetProperty("state").GetString(), items[4].GetProperty("after").GetProperty("state").GetString(), items[4].GetProperty("by").GetProperty("name").GetString()));
        Steps.AssertProblem(await company.GetAsync("orders/1001/timeline?limit=0"), 400, "filter.value");
        Steps.AssertProblem(await company.GetAsync("orders/999/timeline"), 404, "order.notFound");
    }

    [Fact]
    public async Task Another_companys_partner_and_a_deleted_one_are_unknown()
    {
        TestCompany company = await app.CompanyAsync(), other = await app.CompanyAsync();
        var theirs = await other.PartnerAsync("Theirs");
        Steps.AssertProblem(await company.PostAsync("orders", new { partner = theirs }), 422, "order.partner.unknown");
        var gone = await company.PartnerAsync("Gone");
        await company.PostAsync("orders", new { partner = gone });
        await company.DeleteAsync($"partners/{gone}");
        Steps.AssertProblem(await company.PostAsync("orders", new { partner = gone }), 422, "order.partner.unknown");
        Steps.AssertProblem(await company.PatchAsync("orders/1001", """{"note":"x"}"""), 409, "partner.deleted");
    }

    [Fact]
    public async Task A_thousand_clients_on_one_partner_lose_no_order_and_no_sum()
    {
        var company = await app.CompanyAsync();
        var partner = await company.PartnerAsync("Busy");
        var placed = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(i => company.PostAsync("orders", $$"""{"partner":{{partner}},"lines":[{"text":"a","unitPrice":{"amount":{{i}} } }]}""")));
        Assert.All(placed, p => Assert.Equal(HttpStatusCode.Created, p.Status));
        Assert.Equal(1_000, placed.Select(p => p.Body.GetProperty("number").GetInt64()).Distinct().Count());
        var after = (await company.GetAsync($"partners/{partner}")).Body;
        Assert.Equal(Enumerable.Range(0, 1_000).Sum(), after.GetProperty("uninvoiced").GetProperty("amount").GetDecimal());
        Assert.Equal(1_001, after.GetProperty("version").GetInt64());
    }

    [Fact]
    public async Task Orders_are_filtered_sorted_and_searched()
    {
        var company = await app.CompanyAsync();
        long[] partners = [await company.PartnerAsync("A"), await company.PartnerAsync("B")];
        await company.PostAsync("orders", $$"""{"partner":{{partners[0]}},"orderDate":"2026-01-02","deliveryDate":"2026-03-01","lines":[{"text":"Betong","unitPrice":{"amount":5} }]}""");
        await company.PostAsync("orders", $$"""{"partner":{{partners[1]}},"orderDate":"2026-01-01","reference":"Åsa","lines":[{"text":"Stål","unitPrice":{"amount":7} }]}""");
        await company.PostAsync("orders", $$"""{"partner":{{partners[0]}},"orderDate":"2026-01-03","deliveryDate":"2026-02-01","kind":"production","state":"confirmed"}""");
        async Task<string> NumbersAsync(string query) => string.Join(' ', (await company.GetAsync($"orders?{query}")).Body.GetProperty("items").EnumerateArray().Select(o => o.GetProperty("number").GetInt64() - 1000));
        Assert.Equal("3 2 1", await NumbersAsync(""));
        Assert.Equal("2 1 3", await NumbersAsync("sort=orderDate"));
        Assert.Equal("3 1 2", await NumbersAsync("sort=deliveryDate"));
        Assert.Equal("1 3 2", await NumbersAsync("sort=-deliveryDate"));
        Assert.Equal("3", await NumbersAsync("kind=production&state=confirmed,cancelled"));
        Assert.Equal("2", await NumbersAsync("net.gt=5"));
        Assert.Equal("2", await NumbersAsync("q=åsa"));
        Assert.Equal("1", await NumbersAsync("q=BETONG"));
        Assert.Equal("1", await NumbersAsync($"partner={partners[0]}&sort=-net&limit=1"));
        Steps.AssertProblem(await company.GetAsync("orders?colour=red"), 400, "filter.unknown");
    }
}
