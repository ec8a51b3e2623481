using System.Diagnostics;
using System.Net;
using System.Text;

namespace Crm.Benchmarks.Load;

/// <summary>What a client sends next; nothing = it is through. Called by the one thread of the run.</summary>
/// <param name="client">From 0.</param>
internal delegate ReadOnlySpan<byte> NextRequest(int client);

/// <summary>What a run measured.</summary>
internal sealed record LoadResult(int Ok, int Failed, double Seconds, Latencies Latencies, double GeneratorCpuSeconds, string? FirstFailure, IReadOnlyDictionary<int, int> Statuses)
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
    /// <param name="together">How many answers in turn are one of the measured times: what a client has to wait for to show one view.</param>
    public static LoadResult Run(IPEndPoint server, int clients, TimeSpan time, NextRequest next, int most = int.MaxValue, int together = 1)
    {
        LoadConnection[] connections = [.. Enumerable.Range(0, clients).Select(_ => new LoadConnection(server))];
        try
        {
            return Run(connections, time, next, most, together);
        }
        finally
        {
            foreach (var connection in connections) connection.Dispose();
        }
    }

    private static LoadResult Run(LoadConnection[] connections, TimeSpan time, NextRequest next, int most, int together)
    {
        var latencies = new Latencies();
        var (ok, failed, sent, inTime) = (0, 0, 0, 0);
        string? firstFailure = null;
        Dictionary<int, int> statuses = [];
        var waited = new (TimeSpan Time, int Answers)[connections.Length];
        using var sockets = new ReadySockets(connections);
        List<int> ready = new(connections.Length);
        var busy = Math.Min(connections.Length, most);
        for (var i = busy; i < connections.Length; i++) sockets.Leave(i);
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var started = Stopwatch.GetTimestamp();
        for (; sent < busy; sent++) connections[sent].Send(next(sent));
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
                waited[i] = (waited[i].Time + connection.Took, waited[i].Answers + 1);
                if (waited[i].Answers == together)
                {
                    latencies.Add((long)waited[i].Time.TotalMicroseconds);
                    waited[i] = default;
                }
                statuses[connection.Status] = statuses.GetValueOrDefault(connection.Status) + 1;
                if (connection.Status is >= 200 and < 300) ok++;
                else
                {
                    failed++;
                    firstFailure ??= Encoding.UTF8.GetString(connection.Answer);
                }
                var request = goesOn && sent < most ? next(i) : default;
                if (request.Length > 0)
                {
                    inTime = ok;
                    connection.Send(request);
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
        return new(done, failed, seconds, latencies, (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds, firstFailure, statuses);
    }
}
