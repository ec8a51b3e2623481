using System.Globalization;
using System.Net;
using System.Text;
using Crm.Benchmarks.Load;

namespace Crm.Benchmarks;

/// <summary>Durable set-stage commands over HTTP: every side in turns, the same generator, the same requests.</summary>
internal static class CommandsScenario
{
    private static readonly int[] Clients = [64, 256];

    public static async Task RunAsync(Databases databases, string store, Options options)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\ncommands, {store}: {options.Rounds} rounds of {options.Seconds} s a side, {options.Partners} partners"));
        List<CommandsSide> sides = [];
        try
        {
            sides.Add(await ConventionalAsync(databases, store, options.Partners));
            sides.AddRange(await OursAsync(databases, store, options.Partners));
            foreach (var side in sides) side.WarmUp();
            foreach (var clients in Clients)
            {
                for (var round = 0; round < options.Rounds; round++)
                {
                    foreach (var side in sides) side.Measure(clients, TimeSpan.FromSeconds(options.Seconds));
                }
                Report(sides, clients);
            }
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
        var server = await ServerProcess.StartAsync("Crm.Benchmarks.dll", url => ["serve-conventional", url, database, $"{partners}"], TimeSpan.FromMinutes(2));
        return new("conventional", server, SetStageRequests.For(server.At, $"crm_1_{SeedData.ConventionalSecret}", 1, partners));
    }

    private static void Report(List<CommandsSide> sides, int clients)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{clients,4} clients        requests/s   p50 ms   p99 ms  not 200   server CPU µs   generator CPU µs   conventional = 1"));
        var one = sides[0].Figures(clients).Rate;
        foreach (var side in sides)
        {
            var f = side.Figures(clients);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {side.Name,-16} {f.Rate,11:N0} {f.P50,8:N1} {f.P99,8:N1} {f.Failed,8} {f.ServerCpu,15:N0} {f.GeneratorCpu,18:N0} {f.Rate / one,18:N1}"));
            if (side.FirstFailure is { } failure) Console.WriteLine($"    first answer that was not 200: {failure.ReplaceLineEndings(" ")}");
        }
    }
}

/// <summary>One server under the commands, and what was measured of it.</summary>
internal sealed class CommandsSide(string name, ServerProcess server, NextRequest next, OurServer? ours = null) : IAsyncDisposable
{
    private readonly List<(int Clients, LoadResult Result, double ServerCpuSeconds)> _rounds = [];

    public string Name => name;

    public string? FirstFailure { get; private set; }

    /// <summary>Until the just-in-time compiler is through, which takes thousands of requests.</summary>
    public void WarmUp() => FirstFailure ??= LoadRun.Run(server.At, 64, TimeSpan.FromSeconds(60), next, most: 40_000).FirstFailure;

    public void Measure(int clients, TimeSpan time)
    {
        var cpu = server.Cpu;
        var result = LoadRun.Run(server.At, clients, time, next);
        FirstFailure ??= result.FirstFailure;
        _rounds.Add((clients, result, (server.Cpu - cpu).TotalSeconds));
    }

    /// <summary>Medians of the rounds; CPU is microseconds a request.</summary>
    public (double Rate, double P50, double P99, int Failed, double ServerCpu, double GeneratorCpu) Figures(int clients)
    {
        var rounds = _rounds.Where(r => r.Clients == clients).ToArray();
        double Median(Func<(int, LoadResult Result, double Cpu), double> of) => rounds.Select(of).Order().ElementAt(rounds.Length / 2);
        return (Median(r => r.Result.Rate), Median(r => r.Result.P50), Median(r => r.Result.P99), rounds.Sum(r => r.Result.Failed),
            Median(r => r.Cpu / r.Result.Latencies.Count * 1e6), Median(r => r.Result.GeneratorCpuSeconds / r.Result.Latencies.Count * 1e6));
    }

    public ValueTask DisposeAsync()
    {
        server.Dispose();
        return ours?.DisposeAsync() ?? default;
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
        return () =>
        {
            var i = random.Next(partners);
            isLost[i] = !isLost[i];
            return isLost[i] ? lost[i] : potential[i];
        };
    }

    private static byte[] Request(IPEndPoint server, string key, long number, string body) => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $"PATCH /api/v1/{SeedData.Slug}/partners/{number} HTTP/1.1\r\nHost: {server}\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
}
