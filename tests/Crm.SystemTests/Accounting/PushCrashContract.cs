using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Crm.PageTests;
using Crm.StandIns;
using Crm.SystemTests.Storage;

namespace Crm.SystemTests.Accounting;

/// <summary>The program is killed again and again while it sends partners to an accounting system; in the end every one of them is there exactly once.</summary>
public abstract class PushCrashContract(TestDatabases databases)
{
    private const string Company = "nordlys", Password = "operators-own-word", Name = "Pushed partner";
    private const int EachRound = 25;

    private static readonly string[] Relations = ["customer"], Tags = ["accounting"];

    /// <summary>The last tries have to outlive their claim before anybody asks what became of them.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>How often; CRM_PUSH_KILLS says otherwise. 25 partners for each.</summary>
    private static int Kills => int.TryParse(Environment.GetEnvironmentVariable("CRM_PUSH_KILLS"), CultureInfo.InvariantCulture, out var kills) ? kills : 8;

    [Fact]
    public async Task Killed_while_it_sends_every_partner_is_there_exactly_once()
    {
        // Without keys for repeated writes nobody but the ledger keeps a customer from being made twice.
        var there = new Economic(new Books("DK", 0, 0, TimeProvider.System)) { ForgetsKeys = true };
        await using var standIn = await StandIn.StartAsync(there.MapOn);
        var database = await databases.NewAsync(Ct);
        var settings = new Dictionary<string, string>(database.ServerSettings)
        {
            ["Setup:OperatorPassword"] = Password, ["Plugins:AllowUnsigned"] = "true", ["Plugins:AllowPrivateAddresses"] = "true", ["Accounting:SettleSeconds"] = "1", ["Accounting:TrySeconds"] = "2", ["Accounting:CallSeconds"] = "3",
        };
        var (partners, random, key) = (Kills * EachRound, new Random(11), "");
        await using (var first = await Server.StartAsync(settings, demo: true, Ct))
        {
            key = first.DemoKeys[Company];
            await InstallAsync(first);
            using var client = first.Client(Company, key);
            await PatchAsync(client, "integrations/economic", new { enabled = true, settings = new { appSecretToken = Economic.AppToken, agreementGrantToken = Economic.GrantToken, customerGroup = 1, paymentTerms = 1, address = standIn.Address.ToString().TrimEnd('/') } });
            using var tag = await client.PostAsJsonAsync("tags", new { key = Tags[0], name = "Accounting" }, Ct);
            tag.EnsureSuccessStatusCode();
            await Parallel.ForEachAsync(Enumerable.Range(0, partners), new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Ct }, async (i, ct) =>
            {
                // Every other one has nothing that it could be found by but what was written.
                var organisationNumber = i % 2 == 0 ? Numbered(string.Create(CultureInfo.InvariantCulture, $"556{i:000000}")) : null;
                using var made = await client.PostAsJsonAsync("partners", new { name = $"{Name} {i}", country = "SE", relations = Relations, tags = Tags, organisationNumber, phone = $"08-{i}" }, ct);
                Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync(ct));
            });
            await PatchAsync(client, "accounting/rules", new { rules = new[] { new { tag = Tags[0], plugin = "economic" } } });
        }
        for (var round = 0; round < Kills; round++)
        {
            await using var server = await Server.StartAsync(settings, demo: false, Ct);
            if (round % 3 == 0) standIn.LoseNextAnswer();
            await Task.Delay(random.Next(300, 1_500), Ct);
            await server.KillAsync();
        }
        await using var last = await Server.StartAsync(settings, demo: false, Ct);
        using var reader = last.Client(Company, key);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(Patience + TimeSpan.FromSeconds(partners / 5));
        while (there.Books.Customers("all", _ => true).Length < partners || await CountAsync(reader, "state=waiting,sending,unknown,review,refused") > 0)
        {
            Assert.False(patience.IsCancellationRequested, $"{there.Books.Customers("all", _ => true).Length} of {partners} are there; {await CountAsync(reader, "state=unknown")} unknown, {await CountAsync(reader, "state=review")} in review, {await CountAsync(reader, "state=refused")} refused.\n{last.Output}");
            await Task.Delay(200, Ct);
        }
        var customers = there.Books.Customers("all", _ => true);
        Assert.Equal(partners, customers.Length);
        Assert.Equal(partners, customers.Select(c => c.Name).Distinct().Count());
        // And each partner knows its own.
        var known = new Dictionary<string, string>();
        for (string? next = "partners?limit=200"; next is not null;)
        {
            var page = await reader.GetFromJsonAsync<JsonElement>(next, Ct);
            foreach (var partner in page.GetProperty("items").EnumerateArray())
                foreach (var external in partner.GetProperty("external").EnumerateArray()) known[partner.GetProperty("name").GetString()!] = external.GetProperty("id").GetString()!;
            next = page.GetProperty("next").GetString() is { } cursor ? $"partners?limit=200&cursor={Uri.EscapeDataString(cursor)}" : null;
        }
        Assert.Equal(customers.ToDictionary(c => c.Name, c => $"{c.Number}"), known);
        TestContext.Current.TestOutputHelper?.WriteLine($"{Kills} kills, {partners} customers, {standIn.Requests.Count} requests");
    }

    /// <summary>Nine digits and their check digit (Luhn).</summary>
    private static string Numbered(string nine) => $"{nine}{(10 - (nine.Select((c, i) => (c - '0') * (i % 2 == 0 ? 2 : 1)).Sum(d => d > 9 ? d - 9 : d) % 10)) % 10}";

    private static async Task<long> CountAsync(HttpClient client, string filter) => (await client.GetFromJsonAsync<JsonElement>($"accounting/pushes?limit=1&{filter}", Ct)).GetProperty("count").GetInt64();

    private static async Task PatchAsync(HttpClient client, string path, object body)
    {
        using var answer = await client.PatchAsJsonAsync(path, body, Ct);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
    }

    private static async Task InstallAsync(Server server)
    {
        using var client = new HttpClient { BaseAddress = server.Url };
        using var session = await client.PostAsJsonAsync("/api/v1/session", new { email = "operator@localhost", password = Password }, Ct);
        client.DefaultRequestHeaders.Add("X-CSRF-Token", (await session.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("csrf").GetString());
        using var zip = new ByteArrayContent(Packages.Built("Economic")) { Headers = { ContentType = new("application/zip") } };
        using var uploaded = await client.PostAsync("/api/v1/operator/plugins", zip, Ct);
        Assert.True(uploaded.IsSuccessStatusCode, await uploaded.Content.ReadAsStringAsync(Ct));
        using var activated = await client.PostAsJsonAsync("/api/v1/operator/plugins/economic/activate", new { version = "1.0.0" }, Ct);
        Assert.True(activated.IsSuccessStatusCode, await activated.Content.ReadAsStringAsync(Ct));
    }
}

public sealed class SqlitePushCrashTests(SqliteDatabases databases) : PushCrashContract(databases), IClassFixture<SqliteDatabases>;

public sealed class PostgresPushCrashTests(PostgresDatabases databases) : PushCrashContract(databases), IClassFixture<PostgresDatabases>;
