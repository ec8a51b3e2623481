using System.Net;
using Crm.Accounting;
using Crm.Contracts;
using Crm.Plugins;
using Crm.Tests.Api;
using Microsoft.Extensions.DependencyInjection;
using static Crm.Tests.Accounting.FakeLedger;

namespace Crm.Tests.Accounting;

/// <summary>What the routes refuse, each by its own code, and that conditions of writes hold.</summary>
public sealed class RouteTests : LedgerTests
{
    [Fact]
    public async Task A_connection_is_paused_and_resumed_and_reads_nothing_in_between()
    {
        await StartAsync();
        foreach (var minutes in new[] { 4, 1_441 }) Steps.AssertProblem(await Company.PatchAsync("accounting/1", $$"""{"everyMinutes":{{minutes}}}"""), 422, "accounting.everyMinutes");
        var paused = await Company.PatchAsync("accounting/1", """{"paused":true,"everyMinutes":60}""");
        Assert.Equal(("paused", 60), (paused.Text("state"), paused.Body.GetProperty("everyMinutes").GetInt32()));
        Steps.AssertProblem(await Company.PostAsync("accounting/1/run"), 409, "accounting.paused");
        Steps.AssertProblem(await Company.PatchAsync("accounting/1", """{"paused":false}""", ("If-Match", "\"1\"")), 412, "version.stale");
        Assert.Equal("active", (await Company.PatchAsync("accounting/1", """{"paused":false}""", ("If-Match", paused.ETag!))).Text("state"));
        Steps.AssertProblem(await Company.GetAsync("accounting/2"), 404, "accountingConnection.notFound");
        Steps.AssertProblem(await Company.Seller.CallAsync(HttpMethod.Patch, Company.Path("accounting/1"), """{"paused":true}"""), 403, "right.missing");
    }

    [Fact]
    public async Task A_link_is_tried_without_storing_it_and_refused_to_whoever_saw_another_version()
    {
        var partner = await PartnerAsync("Svea AB", null);
        Ledger.Customers.Add(Customer("1", "Svea"));
        Ledger.Balances.Add(Owes("1", 75));
        await RunAsync();
        var dry = await Company.PostAsync("accounting/customers/1/link", new { partner }, ("Prefer", "dry-run"));
        Assert.Equal((HttpStatusCode.OK, partner, "dry-run"), (dry.Status, dry.Body.GetProperty("partner").GetInt64(), dry.Header("Preference-Applied")));
        Assert.Equal("noOrganisationNumber", (await Company.GetAsync("accounting/customers")).Body.GetProperty("items")[0].GetProperty("review").GetString());
        Steps.AssertProblem(await Company.PostAsync("accounting/customers/1/link", new { partner }, ("If-Match", "\"99\"")), 412, "version.stale");
        Steps.AssertProblem(await Company.PostAsync("accounting/customers/1/link", new { partner = 9_999 }), 422, "accounting.partner.unknown");
        foreach (var body in new[] { "{}", """{"partner":null}""" }) Steps.AssertProblem(await Company.PostAsync("accounting/customers/1/link", body), 422, "accounting.partner.unknown");
        Steps.AssertProblem(await Company.PostAsync("accounting/customers/7/link", new { partner }), 404, "accountingCustomer.notFound");
        Steps.AssertProblem(await Company.PostAsync("accounting/customers/7/ignore"), 404, "accountingCustomer.notFound");
        foreach (var _ in Enumerable.Range(0, 2)) Assert.Equal(HttpStatusCode.OK, (await Company.PostAsync("accounting/customers/1/link", new { partner }, ("Idempotency-Key", "once"))).Status);
        Assert.Equal(75, await OwesAsync(partner));
    }

    [Fact]
    public async Task Lists_name_the_filters_that_they_know_and_a_key_without_the_right_reads_no_invoice()
    {
        await StartAsync();
        Steps.AssertProblem(await Company.GetAsync("invoices?colour=red"), 400, "filter.unknown");
        Steps.AssertProblem(await Company.GetAsync("accounting/customers?colour=red"), 400, "filter.unknown");
        Steps.AssertProblem(await Company.GetAsync("invoices/1"), 404, "invoice.notFound");
        Steps.AssertProblem(await Company.GetAsync("partners/1001/invoices"), 404, "partner.notFound");
        var key = (await Company.AdminBrowser.CallAsync(HttpMethod.Post, Company.Path("api-keys"), new { name = "narrow", role = "reader", scopes = Narrow })).Text("token")!;
        Steps.AssertProblem(await App.With(key).ReadAsync(Company.Path("invoices")), 403, "right.missing");
    }

    [Fact]
    public async Task What_the_plugin_says_of_a_failure_is_told_and_tried_again_later()
    {
        Ledger.Fails = (1, new PluginFailure(PluginErrorKind.RateLimited, "Too many calls."));
        await RunAsync();
        var waiting = await ConnectionAsync();
        Assert.Equal(("active", "rateLimited", "Too many calls."), (waiting.GetProperty("state").GetString(), waiting.GetProperty("running").GetProperty("problem").GetString(), waiting.GetProperty("running").GetProperty("detail").GetString()));
        Assert.True(waiting.GetProperty("dueAt").GetDateTimeOffset() > App.Clock.GetUtcNow());
    }

    [Fact]
    public async Task One_host_at_a_time_reads_and_only_what_is_due()
    {
        await StartAsync();
        var (actors, call, ct, minute) = (App.Services.GetRequiredService<IActors>(), Call.System(await RefAsync()), TestContext.Current.CancellationToken, TimeSpan.FromMinutes(1));
        Assert.Null((await actors.SendAsync(call, 1, new ClaimRun("one", minute), ct)).Refusal);
        Assert.Equal("accounting.taken", (await actors.SendAsync(call, 1, new ClaimRun("two", minute), ct)).Refusal!.Code);
        Assert.Equal("accounting.taken", (await actors.SendAsync(call, 1, new EndRun("two"), ct)).Refusal!.Code);
        App.Clock.Advance(minute * 2);
        Assert.Null((await actors.SendAsync(call, 1, new ClaimRun("two", minute), ct)).Refusal);
        Assert.Null((await actors.SendAsync(call, 1, new EndRun("two"), ct)).Refusal);
        Assert.Equal("accounting.notDue", (await actors.SendAsync(call, 1, new ClaimRun("one", minute), ct)).Refusal!.Code);
    }

    private static readonly string[] Narrow = ["partners:read"];
}
