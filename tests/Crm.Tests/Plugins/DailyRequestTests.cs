using System.Text.Json.Nodes;
using Crm.Contracts;
using Crm.Plugins;
using Crm.Plugins.Packages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Plugins;

/// <summary>A plugin sends no more requests in a day than its manifest says, on however many hosts and however often they start.</summary>
public sealed class DailyRequestTests : IAsyncLifetime
{
    private readonly CrmApp _app = CrmApp.With(new Dictionary<string, string> { ["Plugins:AllowUnsigned"] = "true", ["Plugins:AllowPrivateAddresses"] = "true" });
    private readonly List<PluginBench> _hosts = [];
    private readonly WebApplication _outside = WebApplication.CreateSlimBuilder().Build();
    private int _requests;

    public async ValueTask InitializeAsync()
    {
        _outside.Urls.Add("http://127.0.0.1:0");
        _outside.Run(context =>
        {
            Interlocked.Increment(ref _requests);
            return context.Response.WriteAsync("fine");
        });
        await _outside.StartAsync(TestContext.Current.CancellationToken);
        await _app.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts) host.Dispose();
        await _outside.DisposeAsync();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Two_hosts_over_one_database_and_one_that_starts_later_send_no_more_than_the_day_has_and_go_on_the_next_day()
    {
        var (one, other) = (await HostAsync(7), await HostAsync(7));
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => SearchAsync(i % 2 == 0 ? one : other))));
        Assert.Equal((7, 13), (answers.Count(a => a.Failure is null), answers.Count(a => a.Failure is { Kind: PluginErrorKind.RateLimited })));
        Assert.Equal(7, _requests);
        var refused = (await SearchAsync(await HostAsync(7))).Failure!;
        Assert.Equal(PluginErrorKind.RateLimited, refused.Kind);
        Assert.Contains("The 7 requests of today are used up", refused.Detail, StringComparison.Ordinal);
        var midnight = _app.Clock.GetUtcNow().UtcDateTime.Date.AddDays(1) - _app.Clock.GetUtcNow().UtcDateTime;
        Assert.InRange(refused.RetryAfter!.Value, midnight, midnight + TimeSpan.FromMinutes(1));
        _app.Clock.Advance(midnight);
        foreach (var host in (PluginBench[])[one, other, await HostAsync(7)]) Assert.Null((await SearchAsync(host)).Failure);
        Assert.Equal(10, _requests);
    }

    [Fact]
    public async Task Hosts_take_a_hundredth_of_the_day_at_a_time_and_lose_at_most_that_when_they_end()
    {
        var ledger = new Counting(Ledger);
        var host = await HostAsync(1_000, ledger: ledger);
        for (var request = 0; request < 25; request++) Assert.Null((await SearchAsync(host)).Failure);
        Assert.Equal(3, ledger.Asked);
        // 30 are taken; the last of the day are fewer than the host after it would like.
        Assert.Equal(963, await Ledger.TakeAsync("test", new(1, "c1"), Today, 1_000, 963));
        var next = await HostAsync(1_000);
        for (var request = 0; request < 7; request++) Assert.Null((await SearchAsync(next)).Failure);
        Assert.Equal(PluginErrorKind.RateLimited, (await SearchAsync(next)).Failure!.Kind);
        for (var request = 0; request < 5; request++) Assert.Null((await SearchAsync(host)).Failure);
        Assert.Equal(PluginErrorKind.RateLimited, (await SearchAsync(host)).Failure!.Kind);
        Assert.Equal(25 + 7 + 5, _requests);
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task Each_company_has_its_own_requests_unless_the_outside_system_counts_them_together(bool shared)
    {
        var host = await HostAsync(2, shared);
        for (var request = 0; request < 2; request++) Assert.Null((await SearchAsync(host)).Failure);
        Assert.Equal(shared ? PluginErrorKind.RateLimited : null, (await SearchAsync(host, 2)).Failure?.Kind);
    }

    [Fact]
    public async Task A_request_that_was_refused_or_left_before_it_was_sent_costs_nothing_of_the_day()
    {
        var host = await HostAsync(2, change: limits => (limits["requestsPerSecond"], limits["burst"]) = (0.01, 1));
        Assert.Null((await SearchAsync(host)).Failure);
        for (var early = 0; early < 3; early++) Assert.Contains("for the moment", (await SearchAsync(host)).Failure!.Detail, StringComparison.Ordinal);
        _app.Clock.Advance(TimeSpan.FromSeconds(100));
        Assert.Null((await SearchAsync(host)).Failure);
        Assert.Contains("of today", (await SearchAsync(host)).Failure!.Detail, StringComparison.Ordinal);
        Assert.Equal(2, _requests);
    }

    [Fact]
    public async Task A_version_with_a_higher_limit_sends_on_at_once()
    {
        var host = await HostAsync(1);
        Assert.Null((await SearchAsync(host)).Failure);
        Assert.NotNull((await SearchAsync(host)).Failure);
        await host.ServeAsync(Package(3, version: "1.0.1"));
        Assert.Null((await SearchAsync(host)).Failure);
    }

    [Fact]
    public async Task While_the_database_is_away_nothing_is_sent_that_nobody_counts()
    {
        var host = await HostAsync(5, ledger: new Away());
        Assert.Equal(PluginErrorKind.Unavailable, (await SearchAsync(host)).Failure!.Kind);
        Assert.Equal(0, _requests);
    }

    [Fact]
    public async Task The_operator_reads_whose_requests_are_used_up()
    {
        var operators = await _app.OperatorAsync();
        await operators.UploadAsync(Package(1).Zip);
        await _app.ActivateAsync("test");
        await _app.Acme.SwitchOnAsync("test", new { @base = _outside.Urls.Single() });
        var acme = await _app.Services.GetRequiredService<IAccess>().CompanyAsync("acme", TestContext.Current.CancellationToken);
        async Task<PluginErrorKind?> AskAsync() => (await _app.Services.GetRequiredService<IPlugins>().CallAsync<ICompanyRegister, RegisterQuery, RegisterHit[]>(
            acme!, "test", Query, static (register, call, query, ct) => register.SearchAsync(call, query, ct), TestContext.Current.CancellationToken)).Failure?.Kind;
        Assert.Null(await AskAsync());
        Assert.Null((await operators.ReadAsync("/api/v1/operator/plugins/test")).Text("usedUp"));
        Assert.Equal(PluginErrorKind.RateLimited, await AskAsync());
        Assert.Equal("The requests of today are used up for acme. The next ones are sent after midnight UTC.", (await operators.ReadAsync("/api/v1/operator/plugins/test")).Text("usedUp"));
        _app.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Null((await (await _app.OperatorAsync()).ReadAsync("/api/v1/operator/plugins/test")).Text("usedUp"));
    }

    private static RegisterQuery Query { get; } = new() { Text = "nord", Country = "NO" };

    private IRequestLedger Ledger => _app.Services.GetRequiredService<IRequestLedger>();

    private DateOnly Today => DateOnly.FromDateTime(_app.Clock.GetUtcNow().UtcDateTime);

    /// <summary>A host of its own memory, over the one database.</summary>
    private async Task<PluginBench> HostAsync(int perDay, bool shared = false, IRequestLedger? ledger = null, Action<JsonObject>? change = null)
    {
        var host = new PluginBench(ledger: ledger ?? Ledger, clock: _app.Clock);
        _hosts.Add(host);
        await host.ServeAsync(Package(perDay, shared, change));
        return host;
    }

    private static PluginPackage Package(int perDay, bool shared = false, Action<JsonObject>? change = null, string version = "1.0.0") => TestPackages.Of("Caller", version, m =>
    {
        var limits = m["limits"]!.AsObject();
        (limits["requestsPerDay"], limits["shared"], m["hosts"]) = (perDay, shared, new JsonArray("127.0.0.1"));
        change?.Invoke(limits);
        m["settings"] = JsonNode.Parse("""{ "properties": { "base": { "type": "string", "format": "uri", "x-host": true } } }""");
        foreach (var text in m["texts"]!.AsObject()) text.Value!["settings"] = JsonNode.Parse("""{ "base": { "title": "Base" } }""");
    });

    private Task<PluginAnswer<RegisterHit[]>> SearchAsync(PluginBench host, int company = 1) =>
        host.SearchAsync(PluginBench.Connection(company, $$"""{ "base": "{{_outside.Urls.Single()}}" }"""));

    private sealed class Counting(IRequestLedger ledger) : IRequestLedger
    {
        private int _asked;

        public int Asked => _asked;

        public Task<int> TakeAsync(string plugin, CompanyRef company, DateOnly day, int limit, int most)
        {
            Interlocked.Increment(ref _asked);
            return ledger.TakeAsync(plugin, company, day, limit, most);
        }
    }

    private sealed class Away : IRequestLedger
    {
        public Task<int> TakeAsync(string plugin, CompanyRef company, DateOnly day, int limit, int most) => throw new StorageException("Away.");
    }
}
