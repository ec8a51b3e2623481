using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Crm.Tests;

/// <summary>
/// The whole program in this process, over a database in a folder of its own that is deleted afterwards. As a class fixture it has an operator and
/// the company <c>acme</c> with a key for each role, all made over the API.
/// </summary>
public sealed class CrmApp : IAsyncLifetime
{
    public const string OperatorEmail = "operator@localhost", OperatorPassword = "operators-own-word";
    public const string AdminPassword = "administrators-word";

    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly Action<IServiceCollection>? _services;
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"crm-test-{Guid.NewGuid():n}");
    private readonly WebApplicationFactory<TestedProgram> _host;

    public CrmApp()
        : this(new Dictionary<string, string>(), null) { }

    private CrmApp(IReadOnlyDictionary<string, string> settings, Action<IServiceCollection>? services)
    {
        (_settings, _services) = (settings, services);
        _host = new WebApplicationFactory<TestedProgram>().WithWebHostBuilder(Configure);
    }

    /// <summary>The company that is there from the start.</summary>
    public TestCompany Acme { get; private set; } = null!;

    /// <summary>The program's clock; it can be moved forward.</summary>
    public TestClock Clock { get; } = new();

    /// <summary>Every line that the program has logged.</summary>
    public ConcurrentQueue<string> Log { get; } = new();

    /// <summary>A program that listens on a port of its own, for what only the real server does.</summary>
    public static CrmApp Listening(IReadOnlyDictionary<string, string>? settings = null)
    {
        var app = new CrmApp(new Dictionary<string, string>(settings ?? new Dictionary<string, string>()) { ["urls"] = "http://127.0.0.1:0" }, null);
        app._host.UseKestrel();
        app._host.StartServer();
        return app;
    }

    /// <summary>The program's services.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>The embedded database's file.</summary>
    public string DatabaseFile => Path.Combine(_folder, "crm.db");

    /// <summary>A program with other settings or services than usual, without a company.</summary>
    public static CrmApp With(IReadOnlyDictionary<string, string>? settings = null, Action<IServiceCollection>? services = null) => new(settings ?? new Dictionary<string, string>(), services);

    public async ValueTask InitializeAsync() => Acme = await NewCompanyAsync("acme");

    /// <summary>Somebody without credentials, and without a memory for cookies.</summary>
    public HttpClient Anonymous() => _host.CreateClient(new() { HandleCookies = false, AllowAutoRedirect = false, BaseAddress = _host.ClientOptions.BaseAddress });

    /// <summary>A program with an API key or a token.</summary>
    public HttpClient With(string token)
    {
        var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>A browser without a session.</summary>
    public HttpClient Browser() => _host.CreateClient(new() { HandleCookies = true, AllowAutoRedirect = false, BaseAddress = _host.ClientOptions.BaseAddress });

    /// <summary>A browser that has signed in and sends the antiforgery token.</summary>
    public async Task<HttpClient> SignInAsync(string email, string password)
    {
        var browser = Browser();
        return Trusted(browser, await browser.CallAsync(HttpMethod.Post, "/api/v1/session", new { email, password }));
    }

    /// <summary>A browser of the operator.</summary>
    public Task<HttpClient> OperatorAsync() => SignInAsync(OperatorEmail, OperatorPassword);

    /// <summary>Makes a company with an administrator <c>admin@&lt;slug&gt;.example</c> and a key for each role.</summary>
    public async Task<TestCompany> NewCompanyAsync(string slug)
    {
        var made = await (await OperatorAsync()).CallAsync(HttpMethod.Post, "/api/v1/operator/companies", new
        {
            slug, name = $"{slug} AB", baseCurrency = "SEK", timeZone = "Europe/Stockholm", language = "sv", country = "SE", admin = new { email = $"admin@{slug}.example", name = $"Admin {slug}" },
        });
        Assert.Equal(HttpStatusCode.Created, made.Status);
        var admin = await AcceptAsync(made.Text("invitation")!, AdminPassword);
        async Task<string> KeyAsync(string role) => (await admin.CallAsync(HttpMethod.Post, $"/api/v1/{slug}/api-keys", new { name = $"{role} key", role })).Text("token")!;
        return new(slug, $"admin@{slug}.example", admin, With(await KeyAsync("admin")), With(await KeyAsync("seller")), With(await KeyAsync("reader")));
    }

    /// <summary>Accepts an invitation in a new browser.</summary>
    public async Task<HttpClient> AcceptAsync(string invitation, string password)
    {
        var browser = Browser();
        return Trusted(browser, await browser.CallAsync(HttpMethod.Post, "/api/v1/session/invitation", new { token = invitation, password }));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        // The program's own thread ends beside us, and removes the folder of its plugins meanwhile.
        for (var tries = 0; Directory.Exists(_folder); tries++)
        {
            try { Directory.Delete(_folder, recursive: true); }
            catch (IOException) when (tries < 100) { await Task.Delay(20); }
        }
    }

    private static HttpClient Trusted(HttpClient browser, Reply session)
    {
        Assert.Equal(HttpStatusCode.OK, session.Status);
        browser.DefaultRequestHeaders.Add("X-CSRF-Token", session.Text("csrf"));
        return browser;
    }

    private void Configure(IWebHostBuilder builder)
    {
        builder.UseSetting("Storage:Data", _folder);
        // For the host that is a silo: any port that is free.
        builder.UseSetting("Cluster:Port", "0");
        builder.UseSetting("Setup:OperatorPassword", OperatorPassword);
        builder.UseSetting("Limits:RequestsPerMinute", "1000000");
        builder.UseSetting("Limits:SignInsPerMinute", "1000000");
        foreach (var (name, value) in _settings) builder.UseSetting(name, value);
        builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(new LogLines(Log)));
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<TimeProvider>(Clock);
            _services?.Invoke(services);
        });
    }

    private sealed class LogLines(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");

        public void Dispose() { }
    }
}

/// <summary>A company with somebody for each role.</summary>
/// <param name="Slug">Its name in the URL.</param>
/// <param name="AdminEmail">The administrator, whose password is <see cref="CrmApp.AdminPassword"/>.</param>
/// <param name="AdminBrowser">The administrator's browser, signed in.</param>
/// <param name="Admin">A key with the role admin.</param>
/// <param name="Seller">A key with the role seller.</param>
/// <param name="Reader">A key with the role reader.</param>
public sealed record TestCompany(string Slug, string AdminEmail, HttpClient AdminBrowser, HttpClient Admin, HttpClient Seller, HttpClient Reader)
{
    /// <summary>The address of something in the company.</summary>
    public string Path(string below) => $"/api/v1/{Slug}/{below}";
}

/// <summary>An answer, read.</summary>
public sealed record Reply(HttpStatusCode Status, JsonElement Body, HttpResponseMessage Message)
{
    /// <summary>The problem's code; null when it is no problem.</summary>
    public string? Code => Message.Content.Headers.ContentType?.MediaType == "application/problem+json" ? Text("code") : null;

    public string? ETag => Message.Headers.ETag?.Tag;

    /// <summary>A member's text; null when it is null.</summary>
    public string? Text(string member) => Body.GetProperty(member).GetString();

    /// <summary>A header's value; null when there is none.</summary>
    public string? Header(string name) => Message.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}

/// <summary>Sends requests.</summary>
public static class Calls
{
    /// <summary>Sends a request with a JSON body (an object, or a text that is sent as it is) and reads the answer.</summary>
    public static async Task<Reply> CallAsync(this HttpClient client, HttpMethod method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = body is string text ? new StringContent(text, null, "application/json") : JsonContent.Create(body, options: Json.Wire);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var json = bytes.Length > 0 && response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;
        return new(response.StatusCode, json ? JsonDocument.Parse(bytes).RootElement : default, response);
    }

    public static Task<Reply> ReadAsync(this HttpClient client, string path, params (string Name, string Value)[] headers) => client.CallAsync(HttpMethod.Get, path, null, headers);
}

/// <summary>The real clock, which can be moved forward. Timers run in real time.</summary>
public sealed class TestClock : TimeProvider
{
    private long _ahead;

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ahead, by.Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref _ahead));

    public override long GetTimestamp() => System.GetTimestamp() + (long)(Interlocked.Read(ref _ahead) * (double)TimestampFrequency / TimeSpan.TicksPerSecond);
}
