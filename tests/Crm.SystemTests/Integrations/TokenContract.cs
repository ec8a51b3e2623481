using System.Net;
using System.Text;
using System.Web;
using Crm.Host.Storage;
using Crm.Integrations;
using Crm.Plugins;
using Crm.Plugins.Packages;
using Crm.SystemTests.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Crm.SystemTests.Integrations;

public sealed class SqliteTokenTests(SqliteDatabases databases) : TokenContract(databases), IClassFixture<SqliteDatabases>;

public sealed class PostgresTokenTests(PostgresDatabases databases) : TokenContract(databases), IClassFixture<PostgresDatabases>;

/// <summary>Refresh tokens that work once, on several hosts over one database of either kind.</summary>
public abstract class TokenContract(TestDatabases databases) : IAsyncLifetime
{
    private const string Plugin = "books";
    private static readonly TokenClient Client = new("https://login.example/token", "crm");
    private static readonly EphemeralDataProtectionProvider Protection = new();
    private static readonly PluginManifest Manifest = new()
    {
        Id = Plugin, Version = "1.0.0", Contract = "1.0", Publisher = "crm", Licence = "MIT", Assembly = "x.dll", Type = "x", Capabilities = ["accounting"], Texts = [],
        Auth = new() { Type = "oauth2-code", Address = "login", Authorize = "auth", Token = "token" },
    };

    private readonly CompanyRef _company = databases.NewCompany();
    private readonly MovableClock _clock = new();
    private readonly OnceOnly _server = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await using var store = databases.Shared.Open();
        store.Migrate(ShippedModules.Scripts, TimeProvider.System);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return default;
    }

    [Fact]
    public async Task Three_hosts_renew_a_pair_once_each_time_it_ends()
    {
        await using IStore first = databases.Shared.Open(), second = databases.Shared.Open(), third = databases.Shared.Open();
        var hosts = new[] { first, second, third }.Select(store => Keeper(store).For(_company, Manifest, PluginSettings.Parse("""{ "login": "https://login.example", "clientId": "crm", "clientSecret": "hidden" }"""))!).ToArray();
        await new Tokens(first, Protection, _clock).ConnectAsync(_company, Plugin, Pair(_server.Refresh), Ct);
        for (var round = 1; round <= 10; round++)
        {
            _clock.Forward(TimeSpan.FromHours(1));
            var got = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => hosts[i % 3].AccessTokenAsync(null, Ct).AsTask(), Ct)));
            Assert.Equal((1, round), (got.Distinct().Count(), _server.Asked));
        }
    }

    [Fact]
    public async Task A_pair_takes_the_place_only_of_the_one_that_it_was_got_with()
    {
        await using var store = databases.Shared.Open();
        var tokens = new Tokens(store, Protection, _clock);
        Assert.Null(await tokens.ReadAsync(_company, Plugin, Ct));
        await tokens.ConnectAsync(_company, Plugin, Pair("one"), Ct);
        Assert.True(await tokens.RenewAsync(_company, Plugin, Pair("two"), 1, Ct));
        Assert.False(await tokens.RenewAsync(_company, Plugin, Pair("late"), 1, Ct));
        await tokens.RefuseAsync(_company, Plugin, 1, Ct);
        Assert.Equal(("two", 2L, false), await tokens.ReadAsync(_company, Plugin, Ct) is { } stored ? (stored.Pair.Refresh, stored.Version, stored.NeedsReconnect) : default);
        await tokens.RefuseAsync(_company, Plugin, 2, Ct);
        Assert.True((await tokens.ReadAsync(_company, Plugin, Ct))!.NeedsReconnect);
        Assert.False(await tokens.LeaseAsync(_company, Plugin, 2, "host", TimeSpan.FromMinutes(2), Ct));
        await tokens.ConnectAsync(_company, Plugin, Pair("three"), Ct);
        Assert.False((await tokens.ReadAsync(_company, Plugin, Ct))!.NeedsReconnect);
        // Nobody else's row.
        Assert.Null(await tokens.ReadAsync(_company with { Id = 999 }, Plugin, Ct));
        await tokens.ForgetAsync(_company, Plugin, Ct);
        Assert.Null(await tokens.ReadAsync(_company, Plugin, Ct));
    }

    [Fact]
    public async Task A_lease_keeps_the_others_away_until_it_is_given_back_or_over()
    {
        await using var store = databases.Shared.Open();
        var tokens = new Tokens(store, Protection, _clock);
        await tokens.ConnectAsync(_company, Plugin, Pair("one"), Ct);
        Assert.True(await LeaseAsync("a"));
        Assert.False(await LeaseAsync("b"));
        await tokens.ReleaseAsync(_company, Plugin, "b", Ct);
        Assert.False(await LeaseAsync("b"));
        await tokens.ReleaseAsync(_company, Plugin, "a", Ct);
        Assert.True(await LeaseAsync("b"));
        _clock.Forward(TimeSpan.FromMinutes(3));
        Assert.True(await LeaseAsync("c"));

        Task<bool> LeaseAsync(string host) => tokens.LeaseAsync(_company, Plugin, 1, host, TimeSpan.FromMinutes(2), Ct);
    }

    private TokenKeeper Keeper(IDatabase database) => new(new(database, Protection, _clock), new(_server, _clock), _clock, NullLogger<TokenKeeper>.Instance);

    private TokenPair Pair(string refresh) => new($"access of {refresh}", _clock.GetUtcNow().AddMinutes(59), refresh, _clock.GetUtcNow(), Client);

    /// <summary>A sign-in that takes each refresh token once.</summary>
    private sealed class OnceOnly : HttpMessageHandler, IOutsideHttp
    {
        private int _asked;

        public OnceOnly() => Client = new(this);

        public HttpClient Client { get; }
        public string Refresh { get; private set; } = "refresh 0";
        public int Asked => Volatile.Read(ref _asked);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var form = HttpUtility.ParseQueryString(await request.Content!.ReadAsStringAsync(cancellationToken));
            if (form["refresh_token"] != Refresh) return new(HttpStatusCode.BadRequest) { Content = new StringContent("""{ "error": "invalid_grant" }""") };
            var number = Interlocked.Increment(ref _asked);
            Refresh = $"refresh {number}";
            await Task.Delay(20, cancellationToken);
            return new(HttpStatusCode.OK) { Content = new StringContent($$"""{ "access_token": "access {{number}}", "refresh_token": "{{Refresh}}", "expires_in": 3600 }""", Encoding.UTF8) };
        }
    }
}
