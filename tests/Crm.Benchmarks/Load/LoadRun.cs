using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

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
/// server, so it is one thread with blocking sockets and one poll for all of them: two system calls a request and no allocations.
/// </summary>
internal static class LoadRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Runs for a time, or until a number of requests was sent, whichever is first.</summary>
    public static LoadResult Run(IPEndPoint server, int clients, TimeSpan time, NextRequest next, int most = int.MaxValue)
    {
        var connections = new Dictionary<Socket, LoadConnection>(clients);
        for (var i = 0; i < clients; i++)
        {
            var connection = new LoadConnection(server);
            connections.Add(connection.Socket, connection);
        }
        try
        {
            return Run(connections, time, next, most);
        }
        finally
        {
            foreach (var connection in connections.Values) connection.Dispose();
        }
    }

    private static LoadResult Run(Dictionary<Socket, LoadConnection> connections, TimeSpan time, NextRequest next, int most)
    {
        var latencies = new Latencies();
        var (ok, failed, sent) = (0, 0, 0);
        string? firstFailure = null;
        HashSet<Socket> busy = new(connections.Count);
        List<Socket> ready = new(connections.Count);
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var started = Stopwatch.GetTimestamp();
        foreach (var connection in connections.Values)
        {
            if (sent == most) break;
            connection.Send(next());
            sent++;
            busy.Add(connection.Socket);
        }
        var inTime = 0;
        var elapsed = TimeSpan.Zero;
        while (busy.Count > 0)
        {
            ready.Clear();
            ready.AddRange(busy);
            Socket.Select(ready, null, null, Patience);
            if (ready.Count == 0) throw new TimeoutException($"{busy.Count} requests had no answer for {Patience.TotalSeconds} s.");
            var goesOn = (elapsed = Stopwatch.GetElapsedTime(started)) < time;
            foreach (var socket in ready)
            {
                var connection = connections[socket];
                if (!connection.Receive()) continue;
                latencies.Add((long)connection.Took.TotalMicroseconds);
                if (connection.Status == 200) ok++;
                else
                {
                    failed++;
                    firstFailure ??= System.Text.Encoding.UTF8.GetString(connection.Answer);
                }
                if (goesOn && sent < most)
                {
                    inTime = ok;
                    connection.Send(next());
                    sent++;
                }
                else
                {
                    busy.Remove(socket);
                }
            }
        }
        var seconds = most == int.MaxValue ? time.TotalSeconds : elapsed.TotalSeconds;
        return new(most == int.MaxValue ? inTime : ok, failed, seconds, latencies, (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds, firstFailure);
    }
}
