using System.Globalization;
using System.Net;
using Crm.Benchmarks.Load;

namespace Crm.Benchmarks;

/// <summary>Durable set-stage commands over HTTP: every side in turns, the same generator, the same requests.</summary>
internal static class CommandsScenario
{
    public static async Task RunAsync(Databases databases, string store, Options options)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\ncommands, {store}: {options.Rounds} rounds of {options.Seconds} s a side, {options.Partners} partners"));
        List<CommandsSide> sides = [];
        try
        {
            sides.Add(await ConventionalAsync(databases, store, options.Partners));
            sides.AddRange(await OursAsync(databases, store, options.Partners));
            CommandsTable.Measure(sides, options);
        }
        finally
        {
            foreach (var side in sides) await side.DisposeAsync();
        }
    }

    private static async Task<CommandsSide[]> OursAsync(Databases databases, string store, int partners)
    {
        var folder = databases.Folder($"ours-{store}");
        var postgres = store == "sqlite" ? null : await databases.PostgresAsync("ours");
        var ours = await OurServer.StartAsync(folder, postgres);
        var (company, key) = await ours.MakeCompanyAsync(SeedData.Slug);
        var first = await ours.SeedAsync(company, partners);
        string[] storage = postgres is null ? [$"--Storage:Data={folder}"] : [$"--Storage:Data={folder}", $"--Storage:Postgres={postgres}"];
        var empty = await ServerProcess.StartAsync("Crm.Benchmarks.dll", url => ["serve-empty", "--urls", url, "--Limits:RequestsPerMinute", "2000000000", .. storage], TimeSpan.FromMinutes(1));
        return [new("ours", ours.Process, SetStageRequests.For(ours.Process.At, key, first, partners), ours), new("empty endpoint", empty, SetStageRequests.For(empty.At, key, first, partners))];
    }

    private static async Task<CommandsSide> ConventionalAsync(Databases databases, string store, int partners)
    {
        var database = store == "sqlite" ? Path.Combine(databases.Folder("conventional"), "partners.db") : await databases.PostgresAsync("conventional");
        var server = await ServerProcess.StartAsync("Crm.Benchmarks.dll", url => ["serve-conventional", url, database, $"{partners}", "0"], TimeSpan.FromMinutes(2));
        return new("conventional", server, SetStageRequests.For(server.At, $"crm_1_{SeedData.ConventionalSecret}", 1, partners));
    }
}

/// <summary>
/// Preformatted requests that move random partners between two stages. Every request changes something: which stage a partner has is kept here.
/// </summary>
internal static class SetStageRequests
{
    public static NextRequest For(IPEndPoint server, string key, long first, int partners)
    {
        var lost = new byte[partners][];
        var potential = new byte[partners][];
        var isLost = new bool[partners];
        for (var i = 0; i < partners; i++)
        {
            lost[i] = Request(server, key, first + i, """{"stage":"lost"}""");
            potential[i] = Request(server, key, first + i, """{"stage":"potential"}""");
            isLost[i] = SeedData.Partner(i + 1).Stage == "lost";
        }
        var random = new Random(1);
        return _ =>
        {
            var i = random.Next(partners);
            isLost[i] = !isLost[i];
            return isLost[i] ? lost[i] : potential[i];
        };
    }

    private static byte[] Request(IPEndPoint server, string key, long number, string body) => Requests.Of("PATCH", server, $"/api/v1/{SeedData.Slug}/partners/{number}", key, body);
}
