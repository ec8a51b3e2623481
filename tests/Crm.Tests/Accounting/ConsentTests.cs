using System.Net;
using Crm.Contracts;
using Crm.Plugins;
using Crm.StandIns;
using Crm.Tests.Plugins;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Accounting;

/// <summary>An administrator goes to the accounting system, consents, and comes back; nobody else can do it in their place.</summary>
public sealed class ConsentTests : IAsyncLifetime
{
    private readonly CrmApp _app = CrmApp.With(new Dictionary<string, string> { ["Plugins:AllowUnsigned"] = "true", ["Plugins:AllowPrivateAddresses"] = "true" });
    private readonly Visma _visma = new(refreshTokensRotate: false);
    private StandIn _standIn = null!;
    private TestCompany _acme = null!;

    public async ValueTask InitializeAsync()
    {
        _standIn = await StandIn.StartAsync(_visma.MapOn);
        _acme = await _app.NewCompanyAsync("acme");
        await (await _app.OperatorAsync()).UploadAsync(BuiltPlugins.Package("Visma").Zip);
        await _app.ActivateAsync("visma");
        await SetAsync(_acme);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _standIn.DisposeAsync();
    }

    [Fact]
    public async Task An_administrator_connects_uses_and_disconnects()
    {
        var start = await StartAsync();
        Assert.Equal(("http://localhost/oauth/callback", "code", "ea:api offline_access ea:sales ea:purchase_readonly", "select_account"), (start.Query["redirect_uri"], start.Query["response_type"], start.Query["scope"], start.Query["prompt"]));
        var back = await ConsentAsync(start.Address);
        Assert.Equal("/acme/settings/integrations?plugin=visma&connection=connected", await ReturnAsync(_acme.AdminBrowser, back));
        Assert.Equal("connected", await StateAsync());
        Assert.Null(await AskAsync());
        // This client's refresh token stays the same; the server keeps it.
        _app.Clock.Advance(TimeSpan.FromHours(1));
        _visma.Clock.Ahead = TimeSpan.FromHours(1);
        Assert.Null(await AskAsync());
        _app.Clock.Advance(TimeSpan.FromHours(1));
        _visma.Clock.Ahead = TimeSpan.FromHours(2);
        Assert.Null(await AskAsync());
        Assert.Equal(2, _visma.SignIn.Refreshes);
        var events = (await _acme.Admin.ReadAsync(_acme.Path("events"))).Body.GetRawText();
        Assert.Contains("integration.connected", events, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await _acme.AdminBrowser.CallAsync(HttpMethod.Post, _acme.Path("integrations/visma/disconnect"))).Status);
        Assert.Contains("POST /connect/revocation", _standIn.Requests);
        Assert.Equal(("notConnected", PluginErrorKind.NotConfigured), (await StateAsync(), await AskAsync()));
    }

    [Fact]
    public async Task What_comes_back_is_good_once_for_ten_minutes_and_only_for_who_went()
    {
        var other = await _app.NewCompanyAsync("other");
        await SetAsync(other);
        var back = await ConsentAsync((await StartAsync()).Address);
        // Somebody else's browser, another company's address, nobody at all, a state that nobody made.
        Assert.Equal("/other/settings/integrations?plugin=&connection=expired", await ReturnAsync(other.AdminBrowser, back.Replace("state=acme.", "state=other.", StringComparison.Ordinal)));
        Assert.Null(await ReturnAsync(other.AdminBrowser, back));
        Assert.Null(await ReturnAsync(_app.Browser(), back));
        Assert.Equal("/acme/settings/integrations?plugin=&connection=expired", await ReturnAsync(_acme.AdminBrowser, back + "x"));
        Assert.Equal("notConnected", await StateAsync());
        Assert.EndsWith("connected", await ReturnAsync(_acme.AdminBrowser, back), StringComparison.Ordinal);
        Assert.EndsWith("expired", await ReturnAsync(_acme.AdminBrowser, back), StringComparison.Ordinal);
        var late = await ConsentAsync((await StartAsync()).Address);
        _app.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.EndsWith("expired", await ReturnAsync(_acme.AdminBrowser, late), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_no_and_a_code_that_is_refused_are_told_and_connect_nothing()
    {
        _visma.SignIn.Consents = false;
        Assert.EndsWith("denied", await ReturnAsync(_acme.AdminBrowser, await ConsentAsync((await StartAsync()).Address)), StringComparison.Ordinal);
        _visma.SignIn.Consents = true;
        var back = await ConsentAsync((await StartAsync()).Address);
        _visma.Clock.Ahead = TimeSpan.FromMinutes(6);
        Assert.EndsWith("failed", await ReturnAsync(_acme.AdminBrowser, back), StringComparison.Ordinal);
        Assert.Equal("notConnected", await StateAsync());
    }

    [Fact]
    public async Task Only_a_person_who_may_change_settings_connects_and_only_with_a_client()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await _acme.Admin.CallAsync(HttpMethod.Post, _acme.Path("integrations/visma/connect"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await _acme.Seller.CallAsync(HttpMethod.Post, _acme.Path("integrations/visma/connect"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _acme.AdminBrowser.CallAsync(HttpMethod.Post, _acme.Path("integrations/nothing/connect"))).Status);
        var bare = await _app.NewCompanyAsync("bare");
        var refused = await bare.AdminBrowser.CallAsync(HttpMethod.Post, bare.Path("integrations/visma/connect"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "integration.setting.required"), (refused.Status, refused.Code));
    }

    [Theory, InlineData("https://evil.example/x"), InlineData("//evil.example"), InlineData("Acme.x"), InlineData("..")]
    public async Task The_way_back_leads_nowhere_else(string state)
    {
        using var answer = await _app.Anonymous().GetAsync(new Uri($"/oauth/callback?state={Uri.EscapeDataString(state)}&code=x", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.Redirect, "/"), (answer.StatusCode, answer.Headers.Location!.OriginalString));
    }

    private async Task<(string Address, Dictionary<string, string> Query)> StartAsync()
    {
        var reply = await _acme.AdminBrowser.CallAsync(HttpMethod.Post, _acme.Path("integrations/visma/connect"));
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        var address = reply.Text("address")!;
        return (address, QueryHelpers.ParseQuery(new Uri(address).Query).ToDictionary(q => q.Key, q => $"{q.Value}"));
    }

    /// <summary>Presses the button there; answers where that sends the browser.</summary>
    private static async Task<string> ConsentAsync(string address)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var browser = new HttpClient(handler);
        using var answer = await browser.GetAsync(new Uri(address), TestContext.Current.CancellationToken);
        return answer.Headers.Location!.AbsoluteUri;
    }

    /// <summary>Follows the way back to the page at its end; null = it ends before.</summary>
    private static async Task<string?> ReturnAsync(HttpClient browser, string back)
    {
        using var first = await browser.GetAsync(new Uri(new Uri(back).PathAndQuery, UriKind.Relative), TestContext.Current.CancellationToken);
        using var second = await browser.GetAsync(first.Headers.Location!, TestContext.Current.CancellationToken);
        return second.Headers.Location?.OriginalString;
    }

    private Task SetAsync(TestCompany company) => company.SwitchOnAsync("visma", new { clientId = OAuthServer.ClientId, clientSecret = OAuthServer.ClientSecret, address = $"{_standIn.Address}v2", signInAddress = $"{_standIn.Address}connect" });

    private async Task<string?> StateAsync() => (await _acme.Admin.ReadAsync(_acme.Path("integrations/visma"))).Body.GetProperty("connection").GetProperty("state").GetString();

    private async Task<PluginErrorKind?> AskAsync()
    {
        var ct = TestContext.Current.CancellationToken;
        var company = await _app.Services.GetRequiredService<IAccess>().CompanyAsync("acme", ct);
        return (await _app.Services.GetRequiredService<IPlugins>().CallAsync<IAccountingSystem, object?, AccountingCompany>(company!, "visma", null, static (system, call, _, ct) => system.CompanyAsync(call, ct), ct)).Failure?.Kind;
    }
}
