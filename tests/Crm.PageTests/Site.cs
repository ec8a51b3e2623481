using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Crm.SystemTests;

[assembly: AssemblyFixture(typeof(Crm.PageTests.Site))]

namespace Crm.PageTests;

/// <summary>The real program with its demo companies, and one browser; each test has a company and a window of its own.</summary>
public sealed class Site : IAsyncLifetime
{
    public const string OperatorPassword = "operators-own-word";

    /// <summary>How long every call of a page is held up, by CRM_TEST_PAGES_DELAY in milliseconds: finds tests that do not wait for what they look at.</summary>
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(int.TryParse(Environment.GetEnvironmentVariable("CRM_TEST_PAGES_DELAY"), CultureInfo.InvariantCulture, out var held) ? held : 0);

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"crm-pages-{Guid.NewGuid():n}");
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;
    private IAPIRequestContext _operator = null!;
    private string _csrf = "";
    private Server _server = null!;
    private int _companies;
    private readonly ConcurrentDictionary<string, Lazy<Task>> _plugins = new();

    /// <summary>Where the program listens, without a slash at the end.</summary>
    public string Url { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        if (Chromium.IsOff) return;
        _server = await Server.StartAsync(new Dictionary<string, string> { ["Storage:Data"] = _folder, ["Setup:OperatorPassword"] = OperatorPassword, ["Limits:SignInsPerMinute"] = "0", ["Plugins:AllowUnsigned"] = "true", ["Plugins:AllowPrivateAddresses"] = "true" }, demo: true, CancellationToken.None);
        // Machines are shared; what is there sooner is not waited for.
        SetDefaultExpectTimeout(20_000);
        Url = _server.Url.ToString().TrimEnd('/');
        _playwright = await Playwright.CreateAsync();
        _browser = await Chromium.StartAsync(_playwright);
        _operator = await _playwright.APIRequest.NewContextAsync(new() { BaseURL = Url });
        _csrf = await SignInAsync(_operator, "operator@localhost", OperatorPassword);
    }

    /// <summary>Somebody's browser window, signed in as the administrator of a company of its own that has no rows.</summary>
    public async Task<Desk> NewCompanyAsync(string language = "sv", int width = 1440)
    {
        var slug = $"test-{Interlocked.Increment(ref _companies)}";
        var made = await Desk.CallAsync(_operator, _csrf, "POST", "/api/v1/operator/companies", new
        {
            slug, name = $"{slug} AB", baseCurrency = "SEK", timeZone = "Europe/Stockholm", language, country = "SE", admin = new { email = $"admin@{slug}.example", name = "Ada Admin" },
        });
        return await JoinAsync(slug, made.GetProperty("invitation").GetString()!, language, width);
    }

    /// <summary>Another member's window in the same company, such as a seller's.</summary>
    public async Task<Desk> NewColleagueAsync(Desk admin, string name, string role = "seller", string language = "sv", int width = 1440)
    {
        var made = await admin.PostAsync("users", new { email = $"{name.ToLowerInvariant().Replace(' ', '.')}@{admin.Company}.example", name, role });
        return await JoinAsync(admin.Company, made.GetProperty("invitation").GetString()!, language, width);
    }

    /// <summary>Installs one of this repository's plugins, once; each company still has to switch it on.</summary>
    /// <param name="name">The project's name after <c>Crm.Plugins.</c>, such as <c>Bizweb</c>.</param>
    public Task InstallAsync(string name) => _plugins.GetOrAdd(name, _ => new(() => InstallOnceAsync(name))).Value;

    /// <summary>Stores a package, as an operator does; it serves nobody yet.</summary>
    public async Task<JsonElement> UploadAsync(byte[] zip)
    {
        var answer = await _operator.FetchAsync("/api/v1/operator/plugins", new() { Method = "POST", Headers = new Dictionary<string, string> { ["X-CSRF-Token"] = _csrf, ["Content-Type"] = "application/zip" }, DataByte = zip });
        Assert.True(answer.Ok, await answer.TextAsync());
        return JsonDocument.Parse(await answer.TextAsync()).RootElement;
    }

    /// <summary>Lets a version of a plugin serve everybody.</summary>
    public Task ActivateAsync(string plugin, string version = "1.0.0") => Desk.CallAsync(_operator, _csrf, "POST", $"/api/v1/operator/plugins/{plugin}/activate", new { version });

    /// <summary>A window of who runs the program; its paths are below operator.</summary>
    public async Task<Desk> OperatorAsync(int width = 1440, ColorScheme scheme = ColorScheme.Light)
    {
        var context = await WindowAsync("sv", width, scheme);
        return await Desk.OpenAsync(context, Url, "operator", await SignInAsync(context.APIRequest, "operator@localhost", OperatorPassword), "sv");
    }

    /// <summary>A window of a demo company's administrator: rows of every kind.</summary>
    public async Task<Desk> DemoAsync(string company = "svea", string language = "sv", int width = 1440, ColorScheme scheme = ColorScheme.Light)
    {
        var context = await WindowAsync(language, width, scheme);
        return await Desk.OpenAsync(context, Url, company, await SignInAsync(context.APIRequest, $"admin@{company}.example", "demo-password-1"), language);
    }

    /// <summary>A window without a session.</summary>
    public async Task<IBrowserContext> WindowAsync(string language = "sv", int width = 1440, ColorScheme scheme = ColorScheme.Light)
    {
        Assert.SkipWhen(Chromium.IsOff, "CRM_TEST_NO_BROWSER=1 or CRM_TEST_NO_NODE=1: the tests were told to go without a browser.");
        var window = await _browser.NewContextAsync(new() { BaseURL = Url, Locale = language, ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce, TimezoneId = "Europe/Stockholm", ViewportSize = new() { Width = width, Height = width < 500 ? 844 : 900 } });
        if (Delay > TimeSpan.Zero) await window.RouteAsync("**/api/v1/**", async route => { await Task.Delay(Delay); await route.ContinueAsync(); });
        return window;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_server is not null) await _server.DisposeAsync();
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    private async Task InstallOnceAsync(string name)
    {
        var plugin = await UploadAsync(Packages.Built(name));
        await ActivateAsync(plugin.GetProperty("id").GetString()!, plugin.GetProperty("versions")[0].GetProperty("version").GetString()!);
    }

    private async Task<Desk> JoinAsync(string company, string invitation, string language, int width)
    {
        var context = await WindowAsync(language, width);
        var session = await Desk.CallAsync(context.APIRequest, "", "POST", "/api/v1/session/invitation", new { token = invitation, password = "a-long-enough-word" });
        return await Desk.OpenAsync(context, Url, company, session.GetProperty("csrf").GetString()!, language);
    }

    private static async Task<string> SignInAsync(IAPIRequestContext requests, string email, string password) =>
        (await Desk.CallAsync(requests, "", "POST", "/api/v1/session", new { email, password })).GetProperty("csrf").GetString()!;
}
