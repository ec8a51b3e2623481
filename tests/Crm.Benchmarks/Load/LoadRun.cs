using System.Diagnostics;
using System.Net;
using System.Text;

namespace Crm.Benchmarks.Load;

/// <summary>What a connection sends next. Called by the one thread of the run.</summary>
internal delegate ReadOnlySpan<byte> NextRequest();

/// <summary>What a run measured.</summary>
internal sealed record LoadResult(int Ok, int Failed, double Seconds, Latencies Latencies, double GeneratorCpuSeconds, string? FirstFailure)
{
    public double Rate => Ok / Seconds;

    public double P50 => Latencies.Percentile(0.50);

    public double P99 => Latencies.Percentile(0.99);
}

/// <summary>
/// Keeps a fixed number of connections busy, each sending its next request when the last is answered. It shares the machine's cores with the
/// server, so it is one thread with blocking sockets and one wait for all of them: two system calls a request and no allocations.
/// </summary>
internal static class LoadRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Runs for a time, or until a number of requests was sent, whichever is first.</summary>
    public static LoadResult Run(IPEndPoint server, int clients, TimeSpan time, NextRequest next, int most = int.MaxValue)
    {
        LoadConnection[] connections = [.. Enumerable.Range(0, clients).Select(_ => new LoadConnection(server))];
        try
        {
            return Run(connections, time, next, most);
        }
        finally
        {
            foreach (var connection in connections) connection.Dispose();
        }
    }

    private static LoadResult Run(LoadConnection[] connections, TimeSpan time, NextRequest next, int most)
    {
        var latencies = new Latencies();
        var (ok, failed, sent, inTime) = (0, 0, 0, 0);
        string? firstFailure = null;
        using var sockets = new ReadySockets(connections);
        List<int> ready = new(connections.Length);
        var busy = Math.Min(connections.Length, most);
        for (var i = busy; i < connections.Length; i++) sockets.Leave(i);
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var started = Stopwatch.GetTimestamp();
        for (; sent < busy; sent++) connections[sent].Send(next());
        var elapsed = TimeSpan.Zero;
        while (busy > 0)
        {
            sockets.Wait(ready, Patience);
            if (ready.Count == 0) throw new TimeoutException($"{busy} requests had no answer for {Patience.TotalSeconds} s.");
            elapsed = Stopwatch.GetElapsedTime(started);
            var goesOn = elapsed < time;
            foreach (var i in ready)
            {
                var connection = connections[i];
                if (!connection.Receive()) continue;
                latencies.Add((long)connection.Took.TotalMicroseconds);
                if (connection.Status == 200) ok++;
                else
                {
                    failed++;
                    firstFailure ??= Encoding.UTF8.GetString(connection.Answer);
                }
                if (goesOn && sent < most)
                {
                    inTime = ok;
                    connection.Send(next());
                    sent++;
                }
                else
                {
                    busy--;
                    sockets.Leave(i);
                }
            }
        }
        var (done, seconds) = most == int.MaxValue ? (inTime, time.TotalSeconds) : (ok, elapsed.TotalSeconds);
        return new(done, failed, seconds, latencies, (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds, firstFailure);
    }
}
