using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Crm.Benchmarks.Load;

namespace Crm.Benchmarks;

/// <summary>A bulk stage change of 10,000 partners and its undo over HTTP, alone and beside commands of others, and what those notice of it.</summary>
internal static class BulkScenario
{
    private const int Rows = 10_000, Others = 16;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task RunAsync(Databases databases, string store, Options options)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nbulk, {store}: {Rows} of {options.Partners + Rows} partners; {Others} clients change others, {options.Rounds} rounds of {options.Seconds} s"));
        await using var ours = await OurServer.StartAsync(databases.Folder($"bulk-{store}"), store == "sqlite" ? null : await databases.PostgresAsync("bulk"));
        var (company, key) = await ours.MakeCompanyAsync(SeedData.Slug);
        var first = await ours.SeedAsync(company, options.Partners + Rows);
        using var client = new HttpClient { BaseAddress = new Uri(ours.Process.Url), Timeout = Patience };
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        var next = SetStageRequests.For(ours.Process.At, key, first, options.Partners);
        LoadRun.Run(ours.Process.At, 64, TimeSpan.FromSeconds(30), next, most: 20_000);
        var bulk = new BulkClient(client, company.Slug, [.. Enumerable.Range(0, Rows).Select(i => first + options.Partners + i)]);
        for (var warm = 0; warm < 3; warm++) await bulk.ChangeAndUndoAsync();

        List<(double Change, double Undo)> alone = [], beside = [];
        List<LoadResult> quiet = [], busy = [];
        for (var round = 0; round < options.Rounds; round++)
        {
            alone.Add(await bulk.ChangeAndUndoAsync());
            quiet.Add(LoadRun.Run(ours.Process.At, Others, TimeSpan.FromSeconds(options.Seconds), next));
            var load = Task.Run(() => LoadRun.Run(ours.Process.At, Others, TimeSpan.FromSeconds(options.Seconds), next));
            while (!load.IsCompleted)
            {
                var times = await bulk.ChangeAndUndoAsync();
                if (!load.IsCompleted) beside.Add(times);
            }
            busy.Add(await load);
        }
        Report("alone", alone);
        if (beside.Count > 0) Report("beside the others", beside);
        var (without, with) = (Median(quiet, r => r.P99), Median(busy, r => r.P99));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  others without: {Median(quiet, r => r.Rate),8:N0}/s, p50 {Median(quiet, r => r.P50):N1} ms, p99 {without:N1} ms"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  others with:    {Median(busy, r => r.Rate),8:N0}/s, p50 {Median(busy, r => r.P50):N1} ms, p99 {with:N1} ms = {with / without:N1} times; not 200: {quiet.Concat(busy).Sum(r => r.Failed)}"));
    }

    private static void Report(string name, List<(double Change, double Undo)> times) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"  {name}: change {Median(times, t => t.Change):N2} s, undo {Median(times, t => t.Undo):N2} s (medians of {times.Count}; slowest {times.Max(t => t.Change):N2} and {times.Max(t => t.Undo):N2})"));

    private static double Median<T>(List<T> all, Func<T, double> of) => all.Select(of).Order().ElementAt(all.Count / 2);

    /// <summary>Changes all rows and takes it back, as a caller does.</summary>
    private sealed class BulkClient(HttpClient client, string company, long[] numbers)
    {
        public async Task<(double Change, double Undo)> ChangeAndUndoAsync()
        {
            using var body = JsonContent.Create(new { action = "partner.setStage", set = new { stage = (string?)null }, target = new { numbers } });
            var started = Stopwatch.GetTimestamp();
            using var answer = await client.PostAsync(new Uri($"/api/v1/{company}/operations", UriKind.Relative), body);
            var place = answer.Headers.Location ?? throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
            await EndAsync(place, "done", started);
            var change = Stopwatch.GetElapsedTime(started);
            started = Stopwatch.GetTimestamp();
            using var turned = await client.PostAsync(new Uri($"{place}/undo", UriKind.Relative), null);
            await EndAsync(place, "undone", started);
            return (change.TotalSeconds, Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        private async Task EndAsync(Uri place, string state, long started)
        {
            while (Stopwatch.GetElapsedTime(started) < Patience)
            {
                await Task.Delay(20);
                using var view = JsonDocument.Parse(await client.GetStringAsync(place));
                if (view.RootElement.GetProperty("state").GetString() is "queued" or "running") continue;
                if (view.RootElement.GetProperty("state").GetString() == state && view.RootElement.GetProperty("changed").GetInt64() == numbers.Length) return;
                throw new InvalidOperationException(view.RootElement.GetRawText());
            }
            throw new TimeoutException($"{place} is not {state}.");
        }
    }
}
