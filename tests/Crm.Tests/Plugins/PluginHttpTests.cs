using System.Net;
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
        foreach (var address in new[] { Address(), new Uri("http://[::ffff:10.0.0.1]/"), new Uri("http://169.254.169.254/"), new Uri("http://localhost/") })
        {
            using var client = new HttpClient(new PluginHttp(PluginHttp.Connections(allowPrivate: false), new([], new HashSet<string> { address.IdnHost }), new(), _bench.Slot.Days.For(_bench.Acme.Company, new()), new(), TimeProvider.System));
            Assert.Equal(PluginErrorKind.Forbidden, (await Assert.ThrowsAsync<PluginException>(() => client.GetAsync(address, TestContext.Current.CancellationToken))).Kind);
        }
        Assert.Equal(0, _requests);
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
        pace.PauseUntil(clock.GetUtcNow() + TimeSpan.FromMinutes(2));
        var refused = await Assert.ThrowsAsync<PluginException>(() => pace.WaitAsync(limits, clock, ct).AsTask());
        Assert.Equal(PluginErrorKind.RateLimited, refused.Kind);
        Assert.InRange(refused.RetryAfter!.Value, TimeSpan.FromSeconds(110), TimeSpan.FromMinutes(2));
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.True(pace.WaitAsync(limits, clock, ct).AsTask().IsCompletedSuccessfully);
    }

    private static Func<HttpContext, Task> Status(int status) => context => { context.Response.StatusCode = status; return Task.CompletedTask; };

    private Uri Address() => new(_outside.Urls.Single());

    private PluginConnection Settings(params string[] hosts) => PluginBench.Connection(1, $$"""{ "base": "{{Address()}}" }""", hosts);
}
