using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Crm.StandIns;
using Crm.Tests.Plugins;

namespace Crm.Benchmarks;

/// <summary>Fortnox as a package, over a stand-in with Fortnox's own limit: everything is read for the first time, then what has changed, which is nothing.</summary>
internal static class FirstSyncScenario
{
    /// <summary>What Fortnox allows: 25 requests in 5 seconds.</summary>
    private const double Allowed = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    public static async Task RunAsync(Databases databases, string store, Options options)
    {
        var invoices = options.Customers * 3;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nfirst sync, {store}: {options.Customers} customers, each a partner, and {invoices} invoices in Fortnox"));
        // The books were last written in hours ago.
        var clock = new StandInClock { Ahead = -TimeSpan.FromHours(6) };
        var fortnox = new Fortnox(new Books("SE", options.Customers, invoices, clock), clock);
        clock.Ahead = TimeSpan.Zero;
        ConcurrentQueue<(long Asked, long Answered, int Status)> requests = [];
        await using var system = await StandIn.StartAsync(app =>
        {
            app.Use(async (context, next) =>
            {
                var asked = Stopwatch.GetTimestamp();
                await next(context);
                if (context.Request.Path.StartsWithSegments("/3", StringComparison.Ordinal)) requests.Enqueue((asked, Stopwatch.GetTimestamp(), context.Response.StatusCode));
            });
            fortnox.MapOn(app);
        });
        await using var ours = await OurServer.StartAsync(databases.Folder($"first-sync-{store}"), store == "sqlite" ? null : await databases.PostgresAsync("first_sync"), AccountingServer.Settings);
        var (company, key) = await ours.MakeCompanyAsync(SeedData.Slug);
        await ours.SeedAsync(company, options.Customers, number => AccountingServer.PartnerOf(fortnox.Books, number));
        await ours.ServeAsync(BuiltPlugins.Package("Fortnox"));
        using var client = ours.ClientOf(key);
        var seeded = PeakMegabytes(ours);
        using var watch = new OwnMemory(ours.Process.Id);
        await AccountingServer.SwitchOnAsync(client, company.Slug, "fortnox", AccountingServer.FortnoxAt(system.Address));

        var first = await EndedAsync(client, company.Slug, 1);
        var (sent, wanted) = (requests.ToArray(), requests.Count(r => r.Status == 200));
        requests.Clear();
        var (ideal, real) = (wanted / Allowed, Stopwatch.GetElapsedTime(sent.Min(r => r.Asked), sent.Max(r => r.Answered)).TotalSeconds);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {wanted} requests, {sent.Length - wanted} of them refused, in {real:N1} s; at {Allowed} a second {ideal:N1} s: {ideal / real:P1} of the allowed rate; run of {Seconds(first):N1} s with {first.GetProperty("customers")} customers, {first.GetProperty("invoices")} invoices, {first.GetProperty("balances")} balances"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  the stand-in took {sent.Average(r => Stopwatch.GetElapsedTime(r.Asked, r.Answered).TotalMilliseconds):N0} ms a request; largest working set {PeakMegabytes(ours):N0} MB, before the sync {seeded:N0} MB; the program's own memory {watch.Most:N0} MB at most, the rest is the mapped database file"));

        var number = (await ConnectionAsync(client, company.Slug)).GetProperty("number").GetInt64();
        using var again = await client.PostAsync(new Uri($"/api/v1/{company.Slug}/accounting/{number}/run", UriKind.Relative), null);
        again.EnsureSuccessStatusCode();
        var second = await EndedAsync(client, company.Slug, 2);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  without changes: {requests.Count} requests, {Seconds(second):N1} s, {second.GetProperty("changed")} rows changed; customers {second.GetProperty("customers")}, invoices {second.GetProperty("invoices")}, balances {second.GetProperty("balances")}"));
    }

    private static double Seconds(JsonElement run) => (run.GetProperty("endedAt").GetDateTimeOffset() - run.GetProperty("startedAt").GetDateTimeOffset()).TotalSeconds;

    private static double PeakMegabytes(OurServer server)
    {
        using var process = Process.GetProcessById(server.Process.Id);
        return process.PeakWorkingSet64 / 1024d / 1024;
    }

    private static async Task<JsonElement> ConnectionAsync(HttpClient client, string slug) =>
        (await client.GetFromJsonAsync<JsonElement>(new Uri($"/api/v1/{slug}/accounting", UriKind.Relative))).GetProperty("items").EnumerateArray().FirstOrDefault();

    /// <summary>The newest run, once so many have ended.</summary>
    private static async Task<JsonElement> EndedAsync(HttpClient client, string slug, int runs)
    {
        var started = Stopwatch.GetTimestamp();
        var at = default(JsonElement);
        for (; Stopwatch.GetElapsedTime(started) < Patience; await Task.Delay(250))
        {
            at = await ConnectionAsync(client, slug);
            if (at.ValueKind == JsonValueKind.Object && at.GetProperty("runs").GetArrayLength() >= runs) return at.GetProperty("runs")[0];
        }
        throw new TimeoutException($"{at}");
    }

    /// <summary>The largest memory of a process that is not a mapped file: SQLite maps its database, and those pages the kernel takes back whenever it wants.</summary>
    private sealed class OwnMemory : IDisposable
    {
        private readonly Timer _timer;

        public OwnMemory(int process) => _timer = new(_ =>
        {
            foreach (var line in File.ReadLines($"/proc/{process}/status").Where(l => l.StartsWith("RssAnon:", StringComparison.Ordinal)))
                Most = Math.Max(Most, long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024);
        }, null, 0, 200);

        public long Most { get; private set; }

        public void Dispose() => _timer.Dispose();
    }
}
