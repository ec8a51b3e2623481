using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Plugins.Packages;
using Crm.SystemTests.Storage;
using Crm.Tests.Plugins;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Crm.SystemTests.Plugins;

/// <summary>Hosts over one PostgreSQL run the same plugins, whichever of them the operator speaks to.</summary>
public sealed class ClusterTests(PostgresDatabases databases) : IClassFixture<PostgresDatabases>, IAsyncLifetime
{
    private const string Password = "operators-own-word", Company = "svea", Other = "dania";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string[] Canaries = [Company];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crm-cluster-");
    private readonly List<Server> _servers = [];
    private readonly Dictionary<Server, HttpClient> _operators = [];
    private IReadOnlyDictionary<string, string> _settings = new Dictionary<string, string>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _settings = (await databases.NewAsync(Ct)).ServerSettings;

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _operators.Values) client.Dispose();
        foreach (var server in _servers) await server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task What_the_operator_does_on_one_host_the_others_follow_and_one_that_starts_later_begins_with()
    {
        var one = await StartAsync("one", isFirst: true);
        var two = await StartAsync("two");
        foreach (var (type, version) in new[] { ("V1", "1.0.0"), ("V2", "2.0.0") }) await UploadAsync(one, TestPackages.Of(type, version));
        await OperateAsync(one, "activate", new { version = "1.0.0" });
        foreach (var slug in new[] { Company, Other }) await SwitchOnAsync(one, slug, new { });
        await AnswersAsync(two, Company, "one");

        await OperateAsync(one, "canary", new { version = "2.0.0", companies = Canaries });
        Assert.Equal("two", await AskAsync(one, Company));
        await AnswersAsync(two, Company, "two");
        Assert.Equal(("one", "one"), (await AskAsync(one, Other), await AskAsync(two, Other)));

        await OperateAsync(two, "roll-back", new { });
        Assert.Equal("one", await AskAsync(two, Company));
        await AnswersAsync(one, Company, "one");

        await OperateAsync(two, "activate", new { version = "2.0.0" });
        var three = await StartAsync("three");
        Assert.Equal("two", await AskAsync(three, Company));
        await AnswersAsync(one, Company, "two");
    }

    [Fact]
    public async Task A_host_that_cannot_load_a_package_says_so_stops_nobody_and_follows_when_it_can()
    {
        var one = await StartAsync("one", isFirst: true);
        // Where this host would unpack packages there is a file: as with a full or a closed disk.
        var blocked = Path.Combine(_folder.CreateSubdirectory("two").FullName, "plugins");
        await File.WriteAllTextAsync(blocked, "", Ct);
        var two = await StartAsync("two");
        await UploadAsync(one, TestPackages.Of("V1"));
        await OperateAsync(one, "activate", new { version = "1.0.0" });
        await SwitchOnAsync(one, Company, new { });
        Assert.Equal("one", await AskAsync(one, Company));

        await UntilAsync(async () => (await PluginAsync(two)).GetProperty("problem").GetString()?.Contains("This host cannot unpack it:", StringComparison.Ordinal) == true);
        Assert.Null((await PluginAsync(one)).GetProperty("problem").GetString());
        Assert.Equal("one", await AskAsync(one, Company));
        Assert.Null(await AskAsync(two, Company));

        File.Delete(blocked);
        await AnswersAsync(two, Company, "one");
        Assert.Null((await PluginAsync(two)).GetProperty("problem").GetString());
    }

    [Fact]
    public async Task The_requests_of_a_day_are_one_number_for_all_hosts_and_outlive_them()
    {
        var requests = 0;
        await using var outside = WebApplication.CreateSlimBuilder().Build();
        outside.Urls.Add("http://127.0.0.1:0");
        outside.Run(context =>
        {
            Interlocked.Increment(ref requests);
            return context.Response.WriteAsync("fine");
        });
        await outside.StartAsync(Ct);
        var (one, two) = (await StartAsync("one", isFirst: true), await StartAsync("two"));
        await UploadAsync(one, TestPackages.Of("Caller", manifest: m =>
        {
            m["limits"]!["requestsPerDay"] = 9;
            m["settings"] = JsonNode.Parse("""{ "properties": { "base": { "type": "string", "format": "uri", "x-host": true } } }""");
            foreach (var text in m["texts"]!.AsObject()) text.Value!["settings"] = JsonNode.Parse("""{ "base": { "title": "Base" } }""");
        }));
        await OperateAsync(one, "activate", new { version = "1.0.0" });
        await SwitchOnAsync(one, Company, new { @base = outside.Urls.Single() });
        await AnswersAsync(two, Company, "fine");

        await Task.WhenAll(Enumerable.Range(0, 24).Select(i => AskAsync(i % 2 == 0 ? one : two, Company)));
        Assert.Equal(9, requests);
        await one.KillAsync();
        var again = await StartAsync("one");
        Assert.Equal("rateLimited", (await LookupAsync(again, Company)).GetProperty("asked")[0].GetProperty("problem").GetString());
        Assert.Equal(9, requests);
        Assert.StartsWith($"The requests of today are used up for {Company}.", (await PluginAsync(two)).GetProperty("usedUp").GetString(), StringComparison.Ordinal);
    }

    private async Task<Server> StartAsync(string name, bool isFirst = false)
    {
        var settings = new Dictionary<string, string>(_settings)
        {
            ["Storage:Data"] = Path.Combine(_folder.FullName, name), ["Setup:OperatorPassword"] = Password, ["Plugins:AllowUnsigned"] = "true", ["Plugins:AllowPrivateAddresses"] = "true",
        };
        var server = await Server.StartAsync(settings, isFirst, Ct);
        _servers.Add(server);
        return server;
    }

    private string KeyOf(string slug) => _servers[0].DemoKeys[slug];

    private async Task SwitchOnAsync(Server server, string slug, object settings)
    {
        using var admin = server.Client(slug, KeyOf(slug));
        using var answer = await admin.PatchAsJsonAsync("integrations/test", new { enabled = true, settings }, Ct);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
    }

    private async Task<JsonElement> LookupAsync(Server server, string slug)
    {
        using var client = server.Client(slug, KeyOf(slug));
        return await client.GetFromJsonAsync<JsonElement>("registers/lookup?country=SE&q=nord", Ct);
    }

    /// <summary>What the version that serves the company here answers; null = none does.</summary>
    private async Task<string?> AskAsync(Server server, string slug) => (await LookupAsync(server, slug)).GetProperty("items").EnumerateArray().Select(hit => hit.GetProperty("name").GetString()).FirstOrDefault();

    private Task AnswersAsync(Server server, string slug, string name) => UntilAsync(async () => await AskAsync(server, slug) == name);

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(Patience);
        while (!await isSo()) await Task.Delay(100, patience.Token);
    }

    private async Task UploadAsync(Server server, PluginPackage package)
    {
        using var zip = new ByteArrayContent(package.Zip) { Headers = { ContentType = new("application/zip") } };
        await OperatorAsync(server, client => client.PostAsync("/api/v1/operator/plugins", zip, Ct));
    }

    private Task<JsonElement> OperateAsync(Server server, string action, object body) => OperatorAsync(server, client => client.PostAsJsonAsync($"/api/v1/operator/plugins/test/{action}", body, Ct));

    private Task<JsonElement> PluginAsync(Server server) => OperatorAsync(server, client => client.GetAsync("/api/v1/operator/plugins/test", Ct));

    private async Task<JsonElement> OperatorAsync(Server server, Func<HttpClient, Task<HttpResponseMessage>> ask)
    {
        if (!_operators.TryGetValue(server, out var client))
        {
            _operators[server] = client = new HttpClient { BaseAddress = server.Url };
            using var session = await client.PostAsJsonAsync("/api/v1/session", new { email = "operator@localhost", password = Password }, Ct);
            client.DefaultRequestHeaders.Add("X-CSRF-Token", (await session.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("csrf").GetString());
        }
        using var answer = await ask(client);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }
}
