using System.Globalization;
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
            foreach (var side in sides) side.Run(64, TimeSpan.FromSeconds(Math.Max(5, options.Seconds)));
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
            foreach (var side in sides) side.Dispose();
        }
    }

    private static async Task<CommandsSide> ConventionalAsync(Databases databases, string store, int partners)
    {
        var database = store == "sqlite" ? Path.Combine(databases.Folder("conventional"), "partners.db") : await databases.PostgresAsync("conventional");
        var server = await ServerProcess.StartAsync("Crm.Benchmarks.dll", url => ["serve-conventional", url, database, $"{partners}"], TimeSpan.FromMinutes(2));
        return new("conventional", server, SetStageRequests.For(server.At, $"crm_1_{SeedData.ConventionalSecret}", partners));
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
internal sealed class CommandsSide(string name, ServerProcess server, NextRequest next) : IDisposable
{
    private readonly List<(int Clients, LoadResult Result, double ServerCpuSeconds)> _rounds = [];

    public string Name => name;

    public string? FirstFailure { get; private set; }

    public LoadResult Run(int clients, TimeSpan time)
    {
        var result = LoadRun.Run(server.At, clients, time, next);
        FirstFailure ??= result.FirstFailure;
        return result;
    }

    public void Measure(int clients, TimeSpan time)
    {
        var cpu = server.Cpu;
        var result = Run(clients, time);
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

    public void Dispose() => server.Dispose();
}

/// <summary>
/// Preformatted requests that move random partners between two stages. Every request changes something: which stage a partner has is kept here.
/// </summary>
internal static class SetStageRequests
{
    public static NextRequest For(System.Net.IPEndPoint server, string key, int partners, string resource = "partners")
    {
        var lost = new byte[partners + 1][];
        var potential = new byte[partners + 1][];
        var isLost = new bool[partners + 1];
        for (var number = 1; number <= partners; number++)
        {
            lost[number] = Request(server, key, resource, number, """{"stage":"lost"}""");
            potential[number] = Request(server, key, resource, number, """{"stage":"potential"}""");
            isLost[number] = SeedData.Partner(number).Stage == "lost";
        }
        var random = new Random(1);
        return () =>
        {
            var number = random.Next(1, partners + 1);
            isLost[number] = !isLost[number];
            return isLost[number] ? lost[number] : potential[number];
        };
    }

    private static byte[] Request(System.Net.IPEndPoint server, string key, string resource, int number, string body) => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $"PATCH /api/v1/{SeedData.Slug}/{resource}/{number} HTTP/1.1\r\nHost: {server}\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
}
