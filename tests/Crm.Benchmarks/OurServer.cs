using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Crm.Cases;
using Crm.Companies;
using Crm.Contracts;
using Crm.Host.Storage;
using Crm.Orders;
using Crm.Partners;

namespace Crm.Benchmarks;

/// <summary>Our program, as users start it, in a process of its own; companies and keys are made over its own API.</summary>
internal sealed class OurServer : IAsyncDisposable
{
    public const string Password = "benchmark on loopback only";

    private readonly HttpClient _operator;
    private readonly ServiceProvider _services;

    private OurServer(ServerProcess process, HttpClient signedIn, ServiceProvider services, string? postgres) => (Process, _operator, _services, Postgres) = (process, signedIn, services, postgres);

    public ServerProcess Process { get; }

    /// <summary>The connection string of its database; null = SQLite.</summary>
    public string? Postgres { get; }

    /// <summary>The same database, for writing many rows at once.</summary>
    public IStore Store => _services.GetRequiredService<IStore>();

    /// <summary>The operator, signed in.</summary>
    public HttpClient Operator => _operator;

    /// <summary>Starts the program on an empty database, or on one that another host of it has made.</summary>
    public static async Task<OurServer> StartAsync(string folder, string? postgres, params string[] more)
    {
        string[] storage = postgres is null ? [$"--Storage:Data={folder}"] : [$"--Storage:Data={folder}", $"--Storage:Postgres={postgres}"];
        var process = await ServerProcess.StartAsync("Crm.Host.dll", url => ["--urls", url, "--Setup:OperatorPassword", Password, "--Limits:RequestsPerMinute", "2000000000", .. storage, .. more], TimeSpan.FromMinutes(1));
        try
        {
            return new(process, await SignedInAsync(process, "/api/v1/session", new { email = "operator@localhost", password = Password }), InProcess(folder, postgres), postgres);
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <summary>Storage and actors as the program composes them, with the entities that are seeded and those that they ask for.</summary>
    public static ServiceProvider InProcess(string folder, string? postgres, params ReadOnlySpan<KeyValuePair<string, string?>> more) => InProcessWith(folder, postgres, [], _ => { }, more);

    /// <summary>The same with more modules and what they ask for.</summary>
    public static ServiceProvider InProcessWith(string folder, string? postgres, IModule[] others, Action<IServiceCollection> add, params ReadOnlySpan<KeyValuePair<string, string?>> more)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Storage:Data", folder), new("Storage:Postgres", postgres), .. more]).Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging();
        services.AddStorageAndActors(configuration);
        services.AddSingleton(new Freshness(TimeSpan.MaxValue));
        IModule[] modules = [new CompaniesModule(), new PartnersModule(), new CasesModule(), new OrdersModule(), .. others];
        foreach (var module in modules) module.Register(services);
        add(services);
        var provider = services.BuildServiceProvider();
        provider.Migrate(modules);
        return provider;
    }

    /// <summary>Makes a company, and a key with all its rights.</summary>
    public async Task<(CompanyRef Company, string Key)> MakeCompanyAsync(string slug)
    {
        using var made = await _operator.PostAsJsonAsync(new Uri("/api/v1/operator/companies", UriKind.Relative), new
        {
            slug, name = slug, baseCurrency = "SEK", timeZone = "Europe/Stockholm", language = "sv", country = "SE", admin = new { email = $"admin@{slug}.example", name = "Administrator" },
        });
        var invitation = (await ReadAsync(made)).GetProperty("invitation").GetString();
        using var admin = await SignedInAsync(Process, "/api/v1/session/invitation", new { token = invitation, password = Password });
        using var key = await admin.PostAsJsonAsync(new Uri($"/api/v1/{slug}/api-keys", UriKind.Relative), new { name = "load", role = "admin" });
        var token = (await ReadAsync(key)).GetProperty("token").GetString()!;
        // crm_c1k5_…
        var company = int.Parse(token.AsSpan(5, token.IndexOf('k', StringComparison.Ordinal) - 5), CultureInfo.InvariantCulture);
        return (new(company, slug), token);
    }

    /// <summary>A client of the program with a key.</summary>
    public HttpClient ClientOf(string key)
    {
        var client = new HttpClient { BaseAddress = new Uri(Process.Url), Timeout = TimeSpan.FromMinutes(1) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return client;
    }

    /// <summary>Makes a company that nobody enters.</summary>
    public async Task<CompanyRef> MakeEmptyCompanyAsync(string slug)
    {
        using var made = await _operator.PostAsJsonAsync(new Uri("/api/v1/operator/companies", UriKind.Relative), new { slug, name = slug, baseCurrency = "SEK", timeZone = "Europe/Stockholm", language = "sv", country = "SE" });
        await ReadAsync(made);
        var companies = await Store.QueryAsync(CompanyRef.System, "select number from companies where company = @company and slug = @slug", [new("slug", slug)], row => row.GetInt64(0), CancellationToken.None);
        return new((int)companies[0], slug);
    }

    /// <summary>Writes partners beside the program; answers the first one's number.</summary>
    public async Task<long> SeedAsync(CompanyRef company, int count) =>
        PartnerSeed.Write(Store, company, count, await _services.GetRequiredService<IActors>().SettingsAsync(company, CancellationToken.None));

    /// <summary>Writes certain partners beside the program; answers the first one's number.</summary>
    public async Task<long> SeedAsync(CompanyRef company, int count, Func<int, Partner> of) =>
        BulkSeed.Write(Store, company, PartnerTables.Partners, "partner.created", count, of, await _services.GetRequiredService<IActors>().SettingsAsync(company, CancellationToken.None));

    /// <summary>Writes cases beside the program; answers the first one's number.</summary>
    public async Task<long> SeedCasesAsync(CompanyRef company, int count, Func<int, Case> of) =>
        BulkSeed.Write(Store, company, CaseTables.Cases, "case.created", count, of, await _services.GetRequiredService<IActors>().SettingsAsync(company, CancellationToken.None));

    public async ValueTask DisposeAsync()
    {
        _operator.Dispose();
        Process.Dispose();
        await _services.DisposeAsync();
    }

    private static async Task<HttpClient> SignedInAsync(ServerProcess process, string path, object body)
    {
        var client = new HttpClient { BaseAddress = new Uri(process.Url), Timeout = TimeSpan.FromSeconds(30) };
        using var answer = await client.PostAsJsonAsync(new Uri(path, UriKind.Relative), body);
        var session = await ReadAsync(answer);
        client.DefaultRequestHeaders.Add("X-CSRF-Token", session.GetProperty("csrf").GetString());
        return client;
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonDocument.Parse(text).RootElement : throw new InvalidOperationException($"{answer.RequestMessage?.RequestUri}: {(int)answer.StatusCode} {text}");
    }
}
