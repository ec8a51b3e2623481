using System.Globalization;
using System.Net;
using Crm.Benchmarks.Load;

namespace Crm.Benchmarks;

/// <summary>Durable changes of cases' statuses over HTTP, to won and lost too, against the conventional side.</summary>
internal static class CaseCommandsScenario
{
    public static async Task RunAsync(Databases databases, string store, Options options)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\ncases, {store}: {options.Rounds} rounds of {options.Seconds} s a side, {options.Partners} cases"));
        List<CommandsSide> sides = [];
        try
        {
            var server = await SalesSides.ConventionalAsync(databases, "cases", store, options.Partners, options.Partners);
            sides.Add(new("conventional", server, SetStatusRequests.For(server.At, SalesSides.ConventionalKey, 1, options.Partners)));
            var (ours, company, key, firstPartner) = await SalesSides.OursAsync(databases, "cases", store, options.Partners);
            sides.Add(new("ours", ours.Process, SetStatusRequests.For(ours.Process.At, key, await ours.SeedCasesAsync(company, options.Partners, n => CaseSeed.Of(n, firstPartner, options.Partners)), options.Partners), ours));
            CommandsTable.Measure(sides, options);
        }
        finally
        {
            foreach (var side in sides) await side.DisposeAsync();
        }
    }
}

/// <summary>Preformatted requests that move random cases from one status to the next, round and round. Every request changes something: which status a case has is kept here.</summary>
internal static class SetStatusRequests
{
    public static NextRequest For(IPEndPoint server, string key, long first, int cases)
    {
        var requests = new byte[cases][][];
        var status = new int[cases];
        for (var i = 0; i < cases; i++)
        {
            requests[i] = [.. SeedData.Statuses.Select(s => Requests.Of("PATCH", server, $"/api/v1/{SeedData.Slug}/cases/{first + i}", key, $$"""{"status":"{{s.Key}}"}"""))];
            status[i] = SeedData.Case(i + 1, cases).Status;
        }
        var random = new Random(1);
        return _ =>
        {
            var i = random.Next(cases);
            status[i] = (status[i] + 1) % SeedData.Statuses.Length;
            return requests[i][status[i]];
        };
    }
}
