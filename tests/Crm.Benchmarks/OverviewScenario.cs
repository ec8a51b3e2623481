using System.Globalization;
using System.Net;
using System.Text.Json;
using Crm.Benchmarks.Load;

namespace Crm.Benchmarks;

/// <summary>Pages of the overview (50 rows, filter, sort and count), in the first company, in one with a fifth of all rows, and in the last.</summary>
internal static class OverviewScenario
{
    private const int Companies = 100;

    private static readonly int[] Clients = [1, 8];

    private static readonly string[] Queries =
    [
        "sort=name", "stage=active&sort=name", "stage=potential,prospect&sort=-balance", "owner=u3&sort=-latestDelivery", "tag=tag4&sort=name", "stage=lost&country=SE&sort=-creditLimit",
        "balance.gt=500000&sort=-balance", "q=bergfjord&sort=name", "tag=tag2&stage=prospect&sort=name", "name=skog&sort=-uninvoiced", "owner=u5&stage=active&tag=tag7&sort=name", "city=lund&sort=name",
    ];

    public static async Task RunAsync(Databases databases, string store, Options options)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\noverview, {store}: {options.Rows} partners in {Companies} companies, one with {options.Rows / 5}"));
        var postgres = store == "sqlite" ? null : await databases.PostgresAsync("overview");
        await using var ours = await OurServer.StartAsync(databases.Folder($"overview-{store}"), postgres);
        var small = options.Rows * 4 / 5 / (Companies - 1);
        var first = await ours.MakeCompanyAsync("first");
        var large = await ours.MakeCompanyAsync("large");
        List<(string Name, CompanyRef Company, string Key)> measured = [("first", first.Company, first.Key), ("large", large.Company, large.Key)];
        await ours.SeedAsync(first.Company, small);
        await ours.SeedAsync(large.Company, options.Rows - (small * (Companies - 1)));
        for (var i = 3; i < Companies; i++) await ours.SeedAsync(await ours.MakeEmptyCompanyAsync($"company-{i}"), small);
        var last = await ours.MakeCompanyAsync("last");
        await ours.SeedAsync(last.Company, small);
        measured.Add(("last", last.Company, last.Key));
        if (postgres is not null) await Databases.VacuumAsync(postgres);

        foreach (var (name, company, key) in measured)
        {
            var requests = await RequestsAsync(ours.Process, company, key);
            LoadRun.Run(ours.Process.At, 4, TimeSpan.FromMinutes(2), Requests.InTurn(requests), most: requests.Length * 5);
            foreach (var clients in Clients) Report(name, clients, LoadRun.Run(ours.Process.At, clients, TimeSpan.FromSeconds(options.Seconds), Requests.InTurn(requests)));
            if (name != "large") continue;
            foreach (var (query, request) in Queries.Zip(requests.Chunk(2)))
            {
                var result = LoadRun.Run(ours.Process.At, 1, TimeSpan.FromMinutes(1), Requests.InTurn(request), most: 300);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {query,-45} p50 {result.P50,6:N1} ms, p99 {result.P99,6:N1} ms"));
            }
        }
    }

    private static void Report(string company, int clients, LoadResult result) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"  {company,-6} {clients,3} clients {result.Rate,8:N0} pages/s, p50 {result.P50,6:N1} ms, p99 {result.P99,6:N1} ms, not 2xx: {result.Failed} {result.FirstFailure?.ReplaceLineEndings(" ")}"));

    /// <summary>For each query its first page and the one that the cursor there leads to.</summary>
    private static async Task<byte[][]> RequestsAsync(ServerProcess server, CompanyRef company, string key)
    {
        using var client = new HttpClient { BaseAddress = new Uri(server.Url) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        List<byte[]> requests = [];
        foreach (var query in Queries)
        {
            var path = $"/api/v1/{company.Slug}/partners/overview?{query}&limit=50";
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
            var text = await answer.Content.ReadAsStringAsync();
            if (answer.StatusCode != HttpStatusCode.OK) await Task.Delay(500);
            if (answer.StatusCode != HttpStatusCode.OK) throw new InvalidOperationException($"{path}: {text}\n{string.Join('\n', server.Output())}");
            using var page = JsonDocument.Parse(text);
            requests.Add(Requests.Of("GET", server.At, path, key));
            requests.Add(Requests.Of("GET", server.At, page.RootElement.GetProperty("next").GetString() is { } next ? $"{path}&cursor={next}" : path, key));
        }
        return [.. requests];
    }
}
