using Crm.Contracts;
using Crm.Integrations;
using Crm.Plugins;
using Crm.StandIns;
using Crm.Tests.Plugins;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Crm.Tests.Accounting;

/// <summary>Tokens that renew themselves, once each, whoever asks and whatever goes wrong on the way.</summary>
public sealed class TokenTests : IAsyncLifetime
{
    private readonly CrmApp _app = CrmApp.With(new Dictionary<string, string> { ["Plugins:AllowUnsigned"] = "true", ["Plugins:AllowPrivateAddresses"] = "true" });
    private readonly Fortnox _fortnox = new();
    private StandIn _standIn = null!;
    private TestCompany _acme = null!;
    private CompanyRef _company = null!;

    public async ValueTask InitializeAsync()
    {
        _standIn = await StandIn.StartAsync(_fortnox.MapOn);
        _acme = await _app.NewCompanyAsync("acme");
        await (await _app.OperatorAsync()).UploadAsync(BuiltPlugins.Package("Fortnox").Zip);
        await _app.ActivateAsync("fortnox");
        await SetAsync(OAuthServer.ClientSecret);
        _company = (await _app.Services.GetRequiredService<IAccess>().CompanyAsync("acme", TestContext.Current.CancellationToken))!;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _standIn.DisposeAsync();
    }

    [Fact]
    public async Task A_token_that_has_ended_is_renewed_once_however_many_ask_on_two_hosts()
    {
        await ConnectAsync();
        Assert.Null(await AskAsync());
        Pass(TimeSpan.FromHours(1));
        var (manifest, settings) = (BuiltPlugins.Package("Fortnox").Manifest, await SettingsAsync());
        var hosts = new[] { _app.Services.GetRequiredService<TokenKeeper>(), OtherHost() }.Select(keeper => keeper.For(_company, manifest, settings)!).ToArray();
        var got = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => hosts[i % 2].AccessTokenAsync(null, TestContext.Current.CancellationToken).AsTask()));
        Assert.Single(got.Distinct());
        Assert.Equal(1, _fortnox.SignIn.Refreshes);
        // Forty times an hour: the refresh token of before is worth nothing, so each has to be stored before the next.
        for (var hour = 0; hour < 5; hour++)
        {
            Pass(TimeSpan.FromHours(1));
            Assert.Null(await AskAsync());
        }
        Assert.Equal(6, _fortnox.SignIn.Refreshes);
    }

    [Theory, InlineData(-20), InlineData(20)]
    public async Task A_clock_that_is_wrong_does_no_harm(int minutesAhead)
    {
        _fortnox.Clock.Ahead = TimeSpan.FromMinutes(minutesAhead);
        await ConnectAsync();
        Pass(TimeSpan.FromHours(2));
        Assert.Null(await AskAsync());
        Pass(TimeSpan.FromMinutes(55));
        Assert.Null(await AskAsync());
        Assert.Equal(1, _fortnox.SignIn.Refreshes);
    }

    [Fact]
    public async Task A_refused_token_is_renewed_before_its_time_unless_it_is_brand_new()
    {
        await ConnectAsync();
        _fortnox.SignIn.EndAccess();
        // One that came seconds ago has not ended; another would not be let in either.
        Assert.Equal(PluginErrorKind.Unauthorized, await AskAsync());
        Assert.Equal(0, _fortnox.SignIn.Refreshes);
        Pass(TimeSpan.FromMinutes(1));
        Assert.Null(await AskAsync());
        Assert.Equal(1, _fortnox.SignIn.Refreshes);
    }

    [Fact]
    public async Task A_consent_that_was_taken_back_is_asked_about_once_shown_and_healed_by_connecting_again()
    {
        Assert.Equal(("notConnected", PluginErrorKind.NotConfigured), (await StateAsync(), await AskAsync()));
        await ConnectAsync();
        Assert.Equal("connected", await StateAsync());
        _fortnox.SignIn.Revoke();
        Pass(TimeSpan.FromHours(1));
        for (var time = 0; time < 3; time++) Assert.Equal(PluginErrorKind.Unauthorized, await AskAsync());
        Assert.Equal((1, "reconnectNeeded"), (_fortnox.SignIn.Refreshes, await StateAsync()));
        Assert.Contains(_app.Log, line => line.Contains("somebody has to connect again", StringComparison.Ordinal));
        await ConnectAsync();
        Assert.Equal((null, "connected"), (await AskAsync(), await StateAsync()));
    }

    [Fact]
    public async Task A_renewal_whose_answer_is_lost_ends_in_reconnect_needed_and_not_in_guessing()
    {
        await ConnectAsync();
        Pass(TimeSpan.FromHours(1));
        _standIn.LoseNextAnswer();
        Assert.Equal(PluginErrorKind.Unavailable, await AskAsync());
        Assert.Equal("connected", await StateAsync());
        // The old refresh token is used up there, and the new one never came.
        Assert.Equal(PluginErrorKind.Unauthorized, await AskAsync());
        Assert.Equal("reconnectNeeded", await StateAsync());
    }

    [Theory, InlineData(503, ""), InlineData(429, "{}"), InlineData(200, "<html>Maintenance</html>"), InlineData(400, """{ "error": "temporarily_unavailable" }""")]
    public async Task A_sign_in_that_stumbles_is_asked_again_the_next_time(int status, string body)
    {
        await ConnectAsync();
        Pass(TimeSpan.FromHours(1));
        _standIn.Next(async context => { context.Response.StatusCode = status; await context.Response.Body.WriteAsync(System.Text.Encoding.UTF8.GetBytes(body)); });
        Assert.Equal(PluginErrorKind.Unavailable, await AskAsync());
        Assert.Null(await AskAsync());
    }

    [Fact]
    public async Task Whoever_goes_does_not_end_a_renewal_that_is_on_its_way()
    {
        await ConnectAsync();
        Pass(TimeSpan.FromHours(1));
        var (reached, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        _standIn.Next(async context =>
        {
            reached.SetResult();
            await go.Task;
            var (access, refresh) = _fortnox.SignIn.Connect();
            await context.Response.Body.WriteAsync(System.Text.Encoding.UTF8.GetBytes($$"""{ "access_token": "{{access}}", "refresh_token": "{{refresh}}", "expires_in": "3600" }"""));
        });
        var keeper = _app.Services.GetRequiredService<TokenKeeper>().For(_company, BuiltPlugins.Package("Fortnox").Manifest, await SettingsAsync())!;
        using var gone = new CancellationTokenSource();
        var first = keeper.AccessTokenAsync(null, gone.Token).AsTask();
        await reached.Task;
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        go.SetResult();
        Assert.Null(await AskAsync());
        Assert.Equal(0, _fortnox.SignIn.Refreshes);
    }

    [Fact]
    public async Task A_host_that_went_down_in_a_renewal_holds_the_others_up_for_two_minutes_at_most()
    {
        await ConnectAsync();
        Pass(TimeSpan.FromHours(1));
        var (tokens, ct) = (_app.Services.GetRequiredService<Integrations.Tokens>(), TestContext.Current.CancellationToken);
        Assert.True(await tokens.LeaseAsync(_company, "fortnox", 1, "another host", TimeSpan.FromMinutes(2), ct));
        Assert.False(await tokens.LeaseAsync(_company, "fortnox", 1, "a third", TimeSpan.FromMinutes(2), ct));
        var asked = AskAsync();
        Assert.Equal(0, _fortnox.SignIn.Refreshes);
        Pass(TimeSpan.FromMinutes(2));
        // Time passes for the clock only; the renewal looks again within a moment.
        Assert.Null(await asked);
        Assert.Equal(1, _fortnox.SignIn.Refreshes);
    }

    [Fact]
    public async Task A_wrong_secret_is_told_and_mending_it_is_enough()
    {
        await ConnectAsync();
        Pass(TimeSpan.FromHours(1));
        await SetAsync("not the secret");
        Assert.Equal(PluginErrorKind.Unauthorized, await AskAsync());
        Assert.Equal("connected", await StateAsync());
        await SetAsync(OAuthServer.ClientSecret);
        Assert.Null(await AskAsync());
    }

    [Fact]
    public async Task A_changed_address_is_not_shown_the_tokens_of_another()
    {
        await ConnectAsync();
        var stranger = await StandIn.StartAsync(new Fortnox().MapOn);
        await _acme.Admin.CallAsync(HttpMethod.Patch, _acme.Path("integrations/fortnox"), new { settings = new { signInAddress = $"{stranger.Address}oauth-v1", clientSecret = OAuthServer.ClientSecret } });
        Assert.Equal(PluginErrorKind.Unauthorized, await AskAsync());
        Assert.Empty(stranger.Requests);
        await stranger.DisposeAsync();
    }

    [Fact]
    public async Task Tokens_stand_nowhere_in_words()
    {
        var pair = await ConnectAsync();
        Pass(TimeSpan.FromHours(1));
        Assert.Null(await AskAsync());
        var stored = await StoredAsync();
        foreach (var secret in new[] { pair.Access, pair.Refresh, OAuthServer.ClientSecret })
        {
            Assert.DoesNotContain(secret, stored, StringComparison.Ordinal);
            Assert.DoesNotContain(_app.Log, line => line.Contains(secret, StringComparison.Ordinal));
        }
        Assert.NotEmpty(stored);
    }

    private TokenKeeper OtherHost() =>
        new(new(_app.Services.GetRequiredService<IDatabase>(), _app.Services.GetRequiredService<Microsoft.AspNetCore.DataProtection.IDataProtectionProvider>(), _app.Clock), _app.Services.GetRequiredService<TokenServer>(), _app.Clock, NullLogger<TokenKeeper>.Instance);

    /// <summary>As if the administrator had just consented.</summary>
    private async Task<(string Access, string Refresh)> ConnectAsync()
    {
        var (pair, ct) = (_fortnox.SignIn.Connect(), TestContext.Current.CancellationToken);
        var now = _app.Clock.GetUtcNow();
        await _app.Services.GetRequiredService<Integrations.Tokens>().ConnectAsync(_company, "fortnox", new(pair.Access, now.AddMinutes(59), pair.Refresh, now, new($"{_standIn.Address}oauth-v1/token", OAuthServer.ClientId)), ct);
        _app.Services.GetRequiredService<TokenKeeper>().Forget(_company, "fortnox");
        return pair;
    }

    private void Pass(TimeSpan time)
    {
        _app.Clock.Advance(time);
        _fortnox.Clock.Ahead += time;
    }

    /// <summary>Null = Fortnox answered.</summary>
    private async Task<PluginErrorKind?> AskAsync() => (await _app.Services.GetRequiredService<IPlugins>().CallAsync<IAccountingSystem, object?, AccountingCustomer?>(_company, "fortnox", null, static (system, call, _, ct) => system.CustomerAsync(call, "1001", ct), TestContext.Current.CancellationToken)).Failure?.Kind;

    private async Task<string?> StateAsync() => (await _acme.Admin.ReadAsync(_acme.Path("integrations/fortnox"))).Body.GetProperty("connection").GetProperty("state").GetString();

    private Task SetAsync(string secret) => _acme.SwitchOnAsync("fortnox", new { clientId = OAuthServer.ClientId, clientSecret = secret, address = $"{_standIn.Address}3", signInAddress = $"{_standIn.Address}oauth-v1" });

    private async Task<PluginSettings> SettingsAsync()
    {
        var ct = TestContext.Current.CancellationToken;
        var integration = (await _app.Services.GetRequiredService<IActors>().SettingsAsync(_company, ct)).Get<Integrations.Integrations>().Of("fortnox")!;
        return (await _app.Services.GetRequiredService<CompanyPlugins>().SettingsAsync(_company, integration, BuiltPlugins.Package("Fortnox").Manifest, ct)).Settings!;
    }

    private async Task<string> StoredAsync()
    {
        await using var database = new SqliteConnection($"Data Source={_app.DatabaseFile};Mode=ReadOnly");
        await database.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = database.CreateCommand();
        command.CommandText = "select pair from integration_tokens union all select value from integration_secrets union all select doc from integrations";
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        List<string> values = [];
        while (await reader.ReadAsync(TestContext.Current.CancellationToken)) values.Add(reader.GetString(0));
        return string.Join('\n', values);
    }
}
