using System.Net;
using System.Text.Json.Nodes;
using Crm.Contracts;
using Crm.Host.Plugins;
using Crm.Plugins;
using Crm.Plugins.Loading;
using Crm.Plugins.Packages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Crm.Tests.Plugins;

/// <summary>What a plugin's requests go through on their way out.</summary>
public sealed class PluginHttpTests : IAsyncLifetime
{
    private readonly PluginBench _bench = new();
    private readonly Queue<Func<HttpContext, Task>> _answers = new();
    private readonly WebApplication _outside;
    private int _requests;

    public PluginHttpTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        _outside = builder.Build();
        _outside.Run(context =>
        {
            Interlocked.Increment(ref _requests);
            return _answers.TryDequeue(out var answer) ? answer(context) : context.Response.WriteAsync("fine");
        });
    }

    public async ValueTask InitializeAsync() => await _outside.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _outside.DisposeAsync();
        _bench.Dispose();
    }

    [Fact]
    public async Task A_host_that_neither_the_manifest_nor_the_settings_name_is_not_called()
    {
        await _bench.ServeAsync("Caller");
        Assert.Equal(PluginErrorKind.Forbidden, (await _bench.SearchAsync(Settings())).Failure!.Kind);
        Assert.Equal(0, _requests);
        Assert.Equal("fine", (await _bench.SearchAsync(Settings("127.0.0.1"))).Value![0].Name);
    }

    [Theory]
    [InlineData("api.example.com", "https://api.example.com/x", true), InlineData("api.example.com", "https://example.com", false), InlineData("*.example.com", "https://api.example.com", true)]
    [InlineData("*.example.com", "https://example.com", false), InlineData("*.example.com", "https://evilexample.com", false), InlineData("api.example.com", "https://api.example.com.evil.org", false)]
    public void A_pattern_means_hosts_below_and_nothing_else(string allowed, string address, bool isAllowed) =>
        Assert.Equal(isAllowed, new AllowedHosts([allowed], new HashSet<string>()).Allow(new(address)));

    [Fact]
    public async Task Our_own_network_is_out_of_reach_unless_the_operator_says_otherwise()
    {
        string[] special = ["[::ffff:10.0.0.1]", "169.254.169.254", "localhost", "192.0.0.192", "198.18.0.1", "168.63.129.16", "[64:ff9b::a00:1]", "[2002:a00:1::]", "[2001:0:a00:1::]", "[fd00::1]", "100.64.0.1"];
        foreach (var address in special.Select(host => new Uri($"http://{host}/")).Prepend(Address()))
        {
            var allowance = _bench.Slot.Allowances.For(_bench.Acme.Company);
            using var client = new HttpClient(new PluginHttp(PluginHttp.Connections(allowPrivate: false), new([], new HashSet<string> { address.IdnHost }), allowance, allowance, new(), TimeProvider.System));
            Assert.Equal(PluginErrorKind.Forbidden, (await Assert.ThrowsAsync<PluginException>(() => client.GetAsync(address, TestContext.Current.CancellationToken))).Kind);
        }
        Assert.Equal(0, _requests);
    }

    [Fact]
    public void A_proxy_of_the_systems_is_not_used_because_it_would_be_all_that_is_checked()
    {
        using var connections = PluginHttp.Connections(allowPrivate: false);
        Assert.False(connections.UseProxy);
    }

    [Fact]
    public async Task What_passes_is_tried_again_and_what_does_not_is_answered()
    {
        await _bench.ServeAsync("Caller");
        _answers.Enqueue(Status(503));
        _answers.Enqueue(Status(500));
        Assert.Equal("fine", (await _bench.SearchAsync(Settings("127.0.0.1"))).Value![0].Name);
        Assert.Equal(3, _requests);
        _answers.Enqueue(Status(404));
        Assert.NotNull((await _bench.SearchAsync(Settings("127.0.0.1"))).Failure);
        Assert.Equal(4, _requests);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_because_it_may_lead_anywhere()
    {
        await _bench.ServeAsync("Caller");
        _answers.Enqueue(context => { context.Response.Redirect("/elsewhere"); return Task.CompletedTask; });
        Assert.NotNull((await _bench.SearchAsync(Settings("127.0.0.1"))).Failure);
        Assert.Equal(1, _requests);
    }

    [Fact]
    public async Task An_endless_answer_is_cut_off()
    {
        await _bench.ServeAsync("Caller");
        _answers.Enqueue(async context => { var block = new byte[1 << 20]; for (var i = 0; i < 40; i++) await context.Response.Body.WriteAsync(block); });
        Assert.Contains("32 MB", (await _bench.SearchAsync(Settings("127.0.0.1"))).Failure!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_come_no_faster_than_the_limit_and_a_wait_that_is_asked_for_is_kept()
    {
        var (clock, pace, limits) = (new TestClock(), new Pace(), new PluginLimits { RequestsPerSecond = 2, Burst = 3 });
        var ct = TestContext.Current.CancellationToken;
        for (var request = 0; request < 3; request++) Assert.True(pace.WaitAsync(limits, clock, ct).AsTask().IsCompletedSuccessfully);
        clock.Advance(TimeSpan.FromSeconds(1));
        for (var request = 0; request < 2; request++) Assert.True(pace.WaitAsync(limits, clock, ct).AsTask().IsCompletedSuccessfully);
        pace.Pause(TimeSpan.FromMinutes(2), clock);
        var refused = await Assert.ThrowsAsync<PluginException>(() => pace.WaitAsync(limits, clock, ct).AsTask());
        Assert.Equal(PluginErrorKind.RateLimited, refused.Kind);
        Assert.InRange(refused.RetryAfter!.Value, TimeSpan.FromSeconds(110), TimeSpan.FromMinutes(2));
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.True(pace.WaitAsync(limits, clock, ct).AsTask().IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_turn_that_nobody_waits_for_any_more_is_free_again()
    {
        var (clock, pace, limits) = (new TestClock(), new Pace(), new PluginLimits { RequestsPerSecond = 0.1, Burst = 1 });
        using var gone = new CancellationTokenSource();
        await pace.WaitAsync(limits, clock, gone.Token);
        // In 10, 20 and 30 seconds; one more would be told to come again.
        var waiting = Enumerable.Range(0, 3).Select(_ => pace.WaitAsync(limits, clock, gone.Token).AsTask()).ToArray();
        await gone.CancelAsync();
        foreach (var one in waiting) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        using var next = new CancellationTokenSource();
        var turn = pace.WaitAsync(limits, clock, next.Token).AsTask();
        Assert.False(turn.IsCompleted);
        await next.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => turn);
    }

    [Fact]
    public async Task An_outside_system_is_asked_again_within_an_hour_however_long_it_wants_to_be_left_alone()
    {
        var (clock, pace) = (new TestClock(), new Pace());
        pace.Pause(TimeSpan.FromDays(3_000), clock);
        clock.Advance(TimeSpan.FromMinutes(61));
        await pace.WaitAsync(new(), clock, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task What_an_address_of_a_companys_own_answers_stops_nobody_else_though_companies_share_the_publishers_limit()
    {
        await _bench.ServeAsync("Caller", manifest: m => (m["hosts"], m["limits"]!["shared"]) = (new System.Text.Json.Nodes.JsonArray("localhost"), true));
        _answers.Enqueue(context => { (context.Response.StatusCode, context.Response.Headers.RetryAfter) = (429, "3000"); return Task.CompletedTask; });
        Assert.Equal(PluginErrorKind.RateLimited, (await _bench.SearchAsync(Settings("127.0.0.1"))).Failure!.Kind);
        Assert.Equal(PluginErrorKind.RateLimited, (await _bench.SearchAsync(Settings("127.0.0.1"))).Failure!.Kind);
        Assert.Equal(1, _requests);
        var other = PluginBench.Connection(2, $$"""{ "base": "http://localhost:{{Address().Port}}" }""");
        Assert.Equal("fine", (await _bench.SearchAsync(other)).Value![0].Name);
    }

    [Fact]
    public async Task A_plugin_that_says_that_the_limit_is_used_up_is_believed()
    {
        await _bench.ServeAsync("Caller");
        var company = Settings("127.0.0.1");
        Assert.Equal(PluginErrorKind.RateLimited, (await _bench.SearchAsync(company, "quota")).Failure!.Kind);
        var waiting = (await _bench.SearchAsync(company)).Failure!;
        Assert.Equal((PluginErrorKind.RateLimited, 0), (waiting.Kind, _requests));
        Assert.InRange(waiting.RetryAfter!.Value, TimeSpan.FromSeconds(100), TimeSpan.FromMinutes(2));
        var otherSettings = Settings("127.0.0.1");
        Assert.Equal("fine", (await _bench.SearchAsync(otherSettings)).Value![0].Name);
    }

    [Fact]
    public async Task Whoever_wants_to_know_is_told_of_each_request_without_secrets_and_without_headers()
    {
        await _bench.ServeAsync("Caller", manifest: m =>
        {
            m["settings"] = JsonNode.Parse("""{ "type": "object", "properties": { "base": { "type": "string" }, "key": { "type": "string", "x-secret": true } } }""");
            foreach (var (_, texts) in m["texts"]!.AsObject()) texts!["settings"] = JsonNode.Parse("""{ "base": { "title": "Base" }, "key": { "title": "Key" } }""");
        });
        var company = PluginBench.Connection(1, $$"""{ "base": "{{Address()}}", "key": "open sesame" }""", "127.0.0.1");
        _answers.Enqueue(Status(503));
        _answers.Enqueue(async context =>
        {
            context.Response.Headers["X-Secret"] = "header-secret";
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("""{ "access_token": "at-123", "clientSecret": "cs-456", "echo": "open sesame", "name": "Nordlys" }""");
        });
        List<PluginExchange> told = [];
        var asked = new RegisterQuery { Text = "?q=nord&key=open sesame&token=at-789", Country = "NO" };
        var answer = await _bench.Engine.CallAsync<ICompanyRegister, RegisterQuery, RegisterHit[]>("test", company, asked, static (register, call, query, ct) => register.SearchAsync(call, query, ct), TestContext.Current.CancellationToken, new() { Exchanged = told.Add });
        Assert.Null(answer.Failure);
        Assert.Equal([503, 200], told.Select(t => t.Status));
        Assert.Contains("Nordlys", told[1].Answer, StringComparison.Ordinal);
        foreach (var secret in new[] { "sesame", "at-123", "cs-456", "at-789", "header-secret" }) Assert.DoesNotContain(secret, string.Join('\n', told), StringComparison.Ordinal);
        // Another call of the same company, whose caller does not want to know.
        await _bench.SearchAsync(company);
        Assert.Equal(2, told.Count);
    }

    private static Func<HttpContext, Task> Status(int status) => context => { context.Response.StatusCode = status; return Task.CompletedTask; };

    private Uri Address() => new(_outside.Urls.Single());

    private PluginConnection Settings(params string[] hosts) => PluginBench.Connection(1, $$"""{ "base": "{{Address()}}" }""", hosts);
}
