using System.Diagnostics;
using System.Globalization;
using Crm.Benchmarks.Load;

namespace Crm.Benchmarks;

/// <summary>Many clients convert the same won cases at once, in the same order, again and again: every case becomes one order.</summary>
internal static class ConvertScenario
{
    private const int Cases = 1_000, Clients = 64, Walks = 3;

    public static async Task RunAsync(Databases databases, string store, Options options)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nconvert, {store}: {Clients} clients walk {Cases} won cases {Walks} times"));
        var (ours, company, key, firstPartner) = await SalesSides.OursAsync(databases, "convert", store, Cases);
        await using var _ = ours;
        var first = await ours.SeedCasesAsync(company, Cases, n => CaseSeed.Of(n, firstPartner, Cases) with { Status = "won", Probability = 100 });
        byte[][] requests = [.. Enumerable.Range(0, Cases).Select(i => Requests.Of("POST", ours.Process.At, $"/api/v1/{SeedData.Slug}/cases/{first + i}/convert", key))];
        for (var walk = 1; walk <= Walks; walk++)
        {
            var next = new int[Clients];
            var (cpu, started) = (ours.Process.Cpu, Stopwatch.GetTimestamp());
            var result = LoadRun.Run(ours.Process.At, Clients, TimeSpan.FromMinutes(10), client => next[client] < Cases ? requests[next[client]++] : default, most: Clients * Cases);
            var statuses = string.Join(", ", result.Statuses.OrderByDescending(s => s.Key).Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Value} × {s.Key}")));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  walk {walk}: {Stopwatch.GetElapsedTime(started).TotalSeconds,5:N1} s, p50 {result.P50,6:N1} ms, p99 {result.P99,6:N1} ms, server CPU {(ours.Process.Cpu - cpu).TotalMicroseconds / (Clients * Cases),5:N0} µs; {statuses} {result.FirstFailure?.ReplaceLineEndings(" ")}"));
        }
        await CountAsync(ours, company);
    }

    private static async Task CountAsync(OurServer ours, CompanyRef company)
    {
        async Task<long> CountAsync(string sql) => (await ours.Store.QueryAsync(company, sql, [], row => row.GetInt64(0), CancellationToken.None))[0];
        var orders = await CountAsync("select count(*) from orders where company = @company");
        var linked = await CountAsync("select count(distinct c.number) from cases c join orders o on o.company = c.company and o.case_number = c.number and o.partner = c.partner where c.company = @company and c.converted = 1");
        var facts = await CountAsync("select count(*) from journal where company = @company and fact = 'case.converted'");
        var (placed, counted) = (await CountAsync("select cast(sum(net) as bigint) from orders where company = @company"),
            await CountAsync("select cast(sum(uninvoiced) as bigint) from partners where company = @company") - Enumerable.Range(1, Cases).Sum(n => (SeedData.Partner(n).Balance / 3) * 10_000L));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  afterwards {orders} orders, {linked} cases linked to their order, {facts} conversions in the journal, {placed / 10_000} SEK ordered and {counted / 10_000} SEK more on the partners"));
        if ((orders, linked, facts, placed) != (Cases, Cases, Cases, counted)) throw new InvalidOperationException("Not every case became one order.");
    }
}
