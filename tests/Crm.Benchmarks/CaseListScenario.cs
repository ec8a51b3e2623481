using System.Globalization;
using System.Text.Json;
using Crm.Benchmarks.Load;

namespace Crm.Benchmarks;

/// <summary>Pages of 50 cases with their count, the figures under them, and both in turn as a page of the web shows them, in a company with very many cases.</summary>
internal static class CaseListScenario
{
    private const int Partners = 20_000;

    private static readonly string[] Pages =
        ["sort=-number", "sort=followUp", "sort=-value", "sort=expectedClose", "status=negotiation&sort=followUp", "owner=u3&sort=expectedClose", "owner=u3&kind=open&closed=false&sort=followUp", "partner={0}&sort=-value"];

    private static readonly string[] Filters = ["", "status=negotiation", "owner=u3"];

    public static async Task RunAsync(Databases databases, string store, Options options)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\ncase-list, {store}: {options.Cases} cases of {Partners} partners in one company"));
        var (ours, company, key, firstPartner) = await SalesSides.OursAsync(databases, "case_list", store, Partners);
        await using var _ = ours;
        var first = await ours.SeedCasesAsync(company, options.Cases, n => CaseSeed.Of(n, firstPartner, Partners) with { Closed = n % 4 == 0 });
        if (ours.Postgres is { } postgres) await Databases.VacuumAsync(postgres);
        await CheckAsync(ours, key, first, options.Cases);

        byte[] Get(string path) => Requests.Of("GET", ours.Process.At, $"/api/v1/{SeedData.Slug}/cases{path}", key);
        string Query(string page) => page.Replace("{0}", $"{firstPartner + 77}", StringComparison.Ordinal);
        (string Name, byte[][] Requests)[] measured =
        [
            .. Pages.Select(p => (p, new[] { Get($"?{Query(p)}&limit=50") })),
            .. Filters.Select(f => ($"summary {f}", new[] { Get(f.Length == 0 ? "/summary" : $"/summary?{f}") })),
            .. Filters.Select(f => ($"page + summary {f}", new[] { Get($"?{f}{(f.Length == 0 ? "" : "&")}sort=followUp&limit=50"), Get(f.Length == 0 ? "/summary" : $"/summary?{f}") })),
        ];
        LoadRun.Run(ours.Process.At, 4, TimeSpan.FromMinutes(1), Requests.InTurn([.. measured.SelectMany(m => m.Requests)]), most: 2_000);
        Console.WriteLine("                                              1 client: p50 ms   p99 ms   CPU ms     8 clients: p50 ms   p99 ms   CPU ms   not 2xx");
        foreach (var (name, requests) in measured)
        {
            var (one, oneCpu) = Run(ours.Process, 1, requests, options);
            var (eight, eightCpu) = Run(ours.Process, 8, requests, options);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {name,-50} {one.P50,10:N1} {one.P99,8:N1} {oneCpu,8:N2} {eight.P50,21:N1} {eight.P99,8:N1} {eightCpu,8:N2} {one.Failed + eight.Failed,9} {(one.FirstFailure ?? eight.FirstFailure)?.ReplaceLineEndings(" ")}"));
        }
    }

    /// <summary>With the server's CPU per view in milliseconds.</summary>
    private static (LoadResult Result, double Cpu) Run(ServerProcess server, int clients, byte[][] requests, Options options)
    {
        var cpu = server.Cpu;
        var result = LoadRun.Run(server.At, clients, TimeSpan.FromSeconds(options.Seconds), Requests.InTurn(requests), together: requests.Length);
        return (result, (server.Cpu - cpu).TotalMilliseconds / result.Latencies.Count);
    }

    /// <summary>What was written beside the program reads as if the program had written it; the kept sums and those of the rows are the same.</summary>
    private static async Task CheckAsync(OurServer ours, string key, long first, int count)
    {
        using var client = ours.ClientOf(key);
        async Task<string> ReadAsync(string path) => await client.GetStringAsync(new Uri($"/api/v1/{SeedData.Slug}/cases{path}", UriKind.Relative));
        static void Same<T>(T expected, T got, string what)
        {
            if (!Equals(expected, got)) throw new InvalidOperationException($"{what} should be {expected} and is {got}.");
        }
        var deal = SeedData.Case(78, Partners);
        using var one = JsonDocument.Parse(await ReadAsync($"/{first + 77}"));
        Same(deal.Title, one.RootElement.GetProperty("title").GetString(), "The title");
        Same(SeedData.Partner(deal.Partner + 1).Name, one.RootElement.GetProperty("partner").GetProperty("name").GetString(), "The partner's name");
        using var page = JsonDocument.Parse(await ReadAsync("?limit=50&count=exact"));
        Same(50, page.RootElement.GetProperty("items").GetArrayLength(), "The page");
        Same(count, page.RootElement.GetProperty("count").GetInt32(), "The list's count");
        var summary = await ReadAsync("/summary");
        Same(summary, await ReadAsync("/summary?number.gte=0"), "The summary of the rows");
        using var sums = JsonDocument.Parse(summary);
        Same(count, sums.RootElement.GetProperty("count").GetInt32(), "The summary's count");
        Same(Enumerable.Range(1, count).Sum(n => (decimal)(SeedData.Case(n, Partners).Value ?? 0)), sums.RootElement.GetProperty("totals")[0].GetProperty("value").GetDecimal(), "The summary's value");
        Console.WriteLine("  checked: one case, the list's count, and the summary against the sums of all rows");
    }
}
