using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Crm.StandIns;
using Crm.Tests.Plugins;

namespace Crm.Benchmarks;

/// <summary>
/// Many companies are told to read their small Fortnox at the same moment. Fortnox counts per company, so by its limits alone all of them could be through within
/// a second; what this machine can do at most is shown by a bare client that sends the same requests and does nothing with the answers.
/// </summary>
internal static class ManySyncsScenario
{
    private const int AtOnce = 128, Customers = 10, Invoices = 20;

    /// <summary>How long a request to an outside system takes, so that waiting for it is what a run does most of its time.</summary>
    private static readonly TimeSpan Distance = TimeSpan.FromMilliseconds(80);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10), Quiet = TimeSpan.FromSeconds(6);

    public static async Task RunAsync(Databases databases, string store, Options options)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nmany syncs, {store}: {options.Companies} companies, each {Customers} customers and {Invoices} invoices in Fortnox"));
        var clock = new StandInClock { Ahead = -TimeSpan.FromHours(6) };
        var fortnox = new Fortnox(new Books("SE", Customers, Invoices, clock), clock);
        clock.Ahead = TimeSpan.Zero;
        ConcurrentQueue<(long Asked, long Answered, string By, string Path, int Status)> requests = [];
        await using var system = await StandIn.StartAsync(app =>
        {
            app.Use(async (context, next) =>
            {
                var asked = Stopwatch.GetTimestamp();
                await Task.Delay(Distance, context.RequestAborted);
                await next(context);
                requests.Enqueue((asked, Stopwatch.GetTimestamp(), $"{context.Request.Headers.Authorization}", $"{context.Request.Path}{context.Request.QueryString}", context.Response.StatusCode));
            });
            fortnox.MapOn(app);
        });
        await using var ours = await OurServer.StartAsync(databases.Folder($"many-syncs-{store}"), store == "sqlite" ? null : await databases.PostgresAsync("many_syncs"), [.. AccountingServer.Settings, "--Limits:SignInsPerMinute=1000000"]);
        await ours.ServeAsync(BuiltPlugins.Package("Fortnox"));
        ConcurrentBag<(HttpClient Client, string Slug)> companies = [];
        await Parallel.ForEachAsync(Enumerable.Range(1, options.Companies), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (i, _) =>
        {
            var (company, key) = await ours.MakeCompanyAsync($"company-{i}");
            var client = ours.ClientOf(key);
            await AccountingServer.SwitchOnAsync(client, company.Slug, "fortnox", AccountingServer.FortnoxAt(system.Address));
            companies.Add((client, company.Slug));
        });
        await QuietAsync(() => requests.Count);
        requests.Clear();

        var began = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(companies, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (company, ct) =>
        {
            // There is one connection, and it is the company's first.
            using var asked = await company.Client.PostAsync(new Uri($"/api/v1/{company.Slug}/accounting/1/run?whole=true", UriKind.Relative), null, ct);
            asked.EnsureSuccessStatusCode();
        });
        var told = Stopwatch.GetElapsedTime(began).TotalSeconds;
        await QuietAsync(() => requests.Count);
        var sent = requests.ToArray();
        var real = Stopwatch.GetElapsedTime(began, sent.Max(r => r.Answered)).TotalSeconds;
        var runs = sent.GroupBy(r => r.By).Select(g => (Count: g.Count(), Seconds: Stopwatch.GetElapsedTime(g.Min(r => r.Asked), g.Max(r => r.Answered)).TotalSeconds)).ToArray();
        foreach (var (client, _) in companies) client.Dispose();

        var (bare, free) = (await BareAsync(system.Address, sent, AtOnce), await BareAsync(system.Address, sent, int.MaxValue));
        var own = runs.Select(r => r.Seconds).Order().ElementAt(runs.Length / 2);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {sent.Length} requests of {runs.Length} companies ({sent.Count(r => r.Status != 200)} refused) in {real:N1} s from the first word (told within {told:N1} s); a run by itself {own:N2} s in the middle, {runs.Max(r => r.Seconds):N2} longest"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  the same requests by a bare client: {bare:N1} s with {AtOnce} companies at once ({real / bare:N2} times), {free:N1} s all at once ({real / free:N2} times)"));
    }

    private static async Task QuietAsync(Func<int> count)
    {
        var started = Stopwatch.GetTimestamp();
        for (var (seen, since) = (0, started); Stopwatch.GetElapsedTime(started) < Patience; await Task.Delay(100))
        {
            if (count() != seen) (seen, since) = (count(), Stopwatch.GetTimestamp());
            else if (seen > 0 && Stopwatch.GetElapsedTime(since) > Quiet) return;
        }
    }

    /// <summary>The requests of each company one after the other at the pace that its limit allows, so many companies at once.</summary>
    private static async Task<double> BareAsync(Uri system, (long Asked, long Answered, string By, string Path, int Status)[] sent, int atOnce)
    {
        var limits = BuiltPlugins.Package("Fortnox").Manifest.Limits;
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = system };
        var companies = sent.GroupBy(r => r.By).ToArray();
        var began = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(companies, new ParallelOptions { MaxDegreeOfParallelism = Math.Min(atOnce, companies.Length) }, async (company, ct) =>
        {
            var (first, asked) = (Stopwatch.GetTimestamp(), 0);
            foreach (var (_, _, by, path, _) in company.OrderBy(r => r.Asked))
            {
                var turn = TimeSpan.FromSeconds(Math.Max(0, asked++ + 1 - limits.Burst) / limits.RequestsPerSecond) - Stopwatch.GetElapsedTime(first);
                if (turn > TimeSpan.Zero) await Task.Delay(turn, ct);
                using var request = new HttpRequestMessage(HttpMethod.Get, path);
                request.Headers.TryAddWithoutValidation("Authorization", by);
                request.Headers.Accept.Add(new("application/json"));
                using var answer = await client.SendAsync(request, ct);
            }
        });
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
