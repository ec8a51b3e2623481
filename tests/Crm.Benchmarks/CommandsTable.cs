using System.Globalization;
using Crm.Benchmarks.Load;

namespace Crm.Benchmarks;

/// <summary>Measures sides in turns, so that what else the machine does hits all of them, and puts them beside each other.</summary>
internal static class CommandsTable
{
    private static readonly int[] Clients = [64, 256];

    public static void Measure(List<CommandsSide> sides, Options options)
    {
        foreach (var side in sides) side.WarmUp(TimeSpan.FromSeconds(options.WarmUp));
        foreach (var clients in Clients)
        {
            for (var round = 0; round < options.Rounds; round++)
            {
                foreach (var side in sides) side.Measure(clients, TimeSpan.FromSeconds(options.Seconds));
            }
            Report(sides, clients);
        }
    }

    private static void Report(List<CommandsSide> sides, int clients)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{clients,4} clients        requests/s   p50 ms   p99 ms  not 2xx   server CPU µs   generator CPU µs   conventional = 1"));
        var one = sides[0].Figures(clients).Rate;
        foreach (var side in sides)
        {
            var f = side.Figures(clients);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {side.Name,-16} {f.Rate,11:N0} {f.P50,8:N1} {f.P99,8:N1} {f.Failed,8} {f.ServerCpu,15:N0} {f.GeneratorCpu,18:N0} {f.Rate / one,18:N1}"));
            if (side.FirstFailure is { } failure) Console.WriteLine($"    first answer that was not 2xx: {failure.ReplaceLineEndings(" ")}");
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
    public void WarmUp(TimeSpan time) => FirstFailure ??= LoadRun.Run(server.At, 64, time, next, most: 40_000).FirstFailure;

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
