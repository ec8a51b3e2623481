using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Plugins.Packages;
using Crm.StandIns;
using Crm.Tests.Plugins;

namespace Crm.Benchmarks;

/// <summary>Plugins as people meet them, over HTTP: hits while they type, and a canary that goes back by itself. With PostgreSQL on two hosts.</summary>
internal static class PluginsServed
{
    private const int Typists = 8, Texts = 60, WarmUp = 20, Canaries = 5, Each = 3;
    private static readonly TimeSpan Register = TimeSpan.FromMilliseconds(80), Typing = TimeSpan.FromMilliseconds(150), Asking = TimeSpan.FromMilliseconds(100);
    private static readonly string[] Settings = ["--Plugins:AllowUnsigned=true", "--Plugins:AllowPrivateAddresses=true"];

    public static async Task RunAsync(Databases databases, string store)
    {
        var postgres = store == "postgres" ? await databases.PostgresAsync("plugins") : null;
        Console.WriteLine($"\nplugins over HTTP, {(postgres is null ? "sqlite, one host" : "postgres, two hosts")}");
        await using var one = await OurServer.StartAsync(databases.Folder($"plugins-{store}"), postgres, Settings);
        await using var other = postgres is null ? null : await OurServer.StartAsync(databases.Folder($"plugins-{store}-2"), postgres, Settings);
        OurServer[] hosts = other is null ? [one] : [one, other];
        await LookUpAsync(one);
        await CanariesAsync(one, hosts);
    }

    /// <summary>Each types one text after the other, none of which was asked before; the same texts go to the register itself, in turns.</summary>
    private static async Task LookUpAsync(OurServer server)
    {
        await using var register = await StandIn.StartAsync(app =>
        {
            app.Use(async (context, next) =>
            {
                await Task.Delay(Register, context.RequestAborted);
                await next(context);
            });
            Bizweb.Map(app);
        });
        // The register's own limit of requests is not what is measured.
        await ServeAsync(server, Changed(BuiltPlugins.Package("Bizweb"), m => (m["limits"]!["requestsPerSecond"], m["limits"]!["burst"]) = (1_000, 1_000)));
        var (company, key) = await server.MakeCompanyAsync("typing");
        using var ours = server.ClientOf(key);
        var address = new Uri(register.Address, "enhetsregisteret/api");
        await SwitchOnAsync(ours, company.Slug, "bizweb", new { address });
        using var direct = new HttpClient();
        var texts = await TextsAsync(direct, address);
        string Of(int typist, int i) => Uri.EscapeDataString(texts[(typist * Texts) + i]);
        for (var i = 0; i < WarmUp; i++) await HitsAsync(ours, $"/api/v1/typing/registers/lookup?country=NO&q={Of(Typists, i)}");
        var told = await TypeAsync((typist, i) => HitsAsync(direct, $"{address}/enheter?navn={Of(typist, i)}&size=20&navnMetodeForSoek=FORTLOEPENDE"));
        var shown = await TypeAsync((typist, i) => HitsAsync(ours, $"/api/v1/typing/registers/lookup?country=NO&q={Of(typist, i)}"));
        Report($"{Typists} people type, {told.Count} look-ups: the register itself", told);
        Report("GET /registers/lookup", shown);
    }

    private static async Task<List<double>> TypeAsync(Func<int, int, Task> look)
    {
        var times = await Task.WhenAll(Enumerable.Range(0, Typists).Select(typist => Task.Run(async () =>
        {
            List<double> mine = [];
            await Task.Delay(typist * Typing / Typists);
            for (var i = 0; i < Texts; i++)
            {
                var start = Stopwatch.GetTimestamp();
                await look(typist, i);
                mine.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                await Task.Delay(Typing);
            }
            return mine;
        })));
        return [.. times.SelectMany(t => t)];
    }

    /// <summary>What stands in the field while somebody types the names of the register, letter by letter.</summary>
    private static async Task<string[]> TextsAsync(HttpClient client, Uri address)
    {
        var page = JsonNode.Parse(await client.GetStringAsync(new Uri($"{address}/enheter?size=500")))!;
        string[] names = [.. page["_embedded"]!["enheter"]!.AsArray().Select(unit => unit!["navn"]!.GetValue<string>())];
        string[] texts = [.. names.SelectMany(name => Enumerable.Range(3, Math.Max(0, name.Length - 2)).Select(length => name[..length].Trim())).Distinct(StringComparer.OrdinalIgnoreCase)];
        return texts.Length >= ((Typists + 1) * Texts) ? texts : throw new InvalidOperationException($"{texts.Length} texts are too few.");
    }

    private static async Task HitsAsync(HttpClient client, string path)
    {
        var body = await client.GetStringAsync(new Uri(path, UriKind.RelativeOrAbsolute));
        if (!body.Contains("\"problem\":null", StringComparison.Ordinal) && !body.Contains("_embedded", StringComparison.Ordinal)) throw new InvalidOperationException(body);
    }

    /// <summary>Companies on every host ask all the time; some of them get a version of which every third call fails.</summary>
    private static async Task CanariesAsync(OurServer server, OurServer[] hosts)
    {
        await ServeAsync(server, TestPackages.Of("V1"));
        List<(HttpClient Client, string Slug, bool Tries)> asking = [];
        for (var i = 0; i < 2 * Each; i++)
        {
            var (company, key) = await server.MakeCompanyAsync($"canary{i}");
            using (var admin = server.ClientOf(key)) await SwitchOnAsync(admin, company.Slug, "test", new { });
            asking.AddRange(hosts.Select(host => (host.ClientOf(key), company.Slug, i < Each)));
        }
        List<double> back = [];
        var (failed, othersSaw) = (0, 0);
        for (var canary = 1; canary <= Canaries; canary++)
        {
            var version = $"2.0.{canary}";
            await UploadAsync(server, TestPackages.Of("Shaky", version));
            // Every host is where it should be, and every company's breaker is closed.
            await Task.WhenAll(asking.Select(a => UntilAsync(a.Client, a.Slug, "one")));
            using var end = new CancellationTokenSource(TimeSpan.FromMinutes(2));
            long firstFailed = 0, lastTried = 0;
            var callers = asking.Select(a => Task.Run(async () =>
            {
                while (!end.IsCancellationRequested)
                {
                    var name = await AskAsync(a.Client, a.Slug);
                    var now = Stopwatch.GetTimestamp();
                    if (name != "one" && !a.Tries) Interlocked.Increment(ref othersSaw);
                    if (name is null && a.Tries) { Interlocked.Increment(ref failed); Interlocked.CompareExchange(ref firstFailed, now, 0); }
                    if (name != "one" && a.Tries) Interlocked.Exchange(ref lastTried, now);
                    await Task.Delay(Asking);
                }
            })).ToArray();
            await OperateAsync(server, "test/canary", new { version, companies = asking.Where(a => a.Tries).Select(a => a.Slug).Distinct(), errorRate = 0.1 });
            // Longer than a host takes to hear of it: whoever still had the version would be seen.
            while (!end.IsCancellationRequested && (Interlocked.Read(ref firstFailed) == 0 || Stopwatch.GetElapsedTime(Interlocked.Read(ref lastTried)) < TimeSpan.FromSeconds(12))) await Task.Delay(50);
            await end.CancelAsync();
            await Task.WhenAll(callers);
            back.Add(Stopwatch.GetElapsedTime(firstFailed, lastTried).TotalMilliseconds);
        }
        foreach (var (client, _, _) in asking) client.Dispose();
        Report($"{Canaries} canaries: first failed call until the last on that version", back);
        Console.WriteLine($"  {failed} calls of canary companies failed; {othersSaw} of the others' saw anything of it");
    }

    private static async Task UntilAsync(HttpClient client, string slug, string name)
    {
        while (await AskAsync(client, slug) != name) await Task.Delay(Asking);
    }

    /// <summary>Which version answered; null = none did.</summary>
    private static async Task<string?> AskAsync(HttpClient client, string slug)
    {
        var body = await client.GetFromJsonAsync<JsonElement>(new Uri($"/api/v1/{slug}/registers/lookup?country=SE&q=nord", UriKind.Relative));
        return body.GetProperty("items").EnumerateArray().Select(hit => hit.GetProperty("name").GetString()).FirstOrDefault();
    }

    private static PluginPackage Changed(PluginPackage package, Action<JsonNode> change)
    {
        var manifest = JsonNode.Parse(package.Files[PluginPackage.ManifestFile])!;
        change(manifest);
        return PluginPackage.Pack([.. package.Files.Where(f => f.Key != PluginPackage.ManifestFile), new(PluginPackage.ManifestFile, Encoding.UTF8.GetBytes(manifest.ToJsonString()))]);
    }

    private static async Task ServeAsync(OurServer server, PluginPackage package)
    {
        await UploadAsync(server, package);
        await OperateAsync(server, $"{package.Manifest.Id}/activate", new { version = package.Manifest.Version });
    }

    private static async Task UploadAsync(OurServer server, PluginPackage package)
    {
        using var zip = new ByteArrayContent(package.Zip) { Headers = { ContentType = new("application/zip") } };
        using var answer = await server.Operator.PostAsync(new Uri("/api/v1/operator/plugins", UriKind.Relative), zip);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task OperateAsync(OurServer server, string path, object body)
    {
        using var answer = await server.Operator.PostAsJsonAsync(new Uri($"/api/v1/operator/plugins/{path}", UriKind.Relative), body);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task SwitchOnAsync(HttpClient admin, string slug, string plugin, object settings)
    {
        using var answer = await admin.PatchAsJsonAsync(new Uri($"/api/v1/{slug}/integrations/{plugin}", UriKind.Relative), new { enabled = true, settings });
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
    }

    private static void Report(string what, List<double> times)
    {
        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what,-66} p50 {times[times.Count / 2],9:N1} ms, p95 {times[(int)(times.Count * 0.95)],9:N1}, longest {times[^1],9:N1}"));
    }
}
