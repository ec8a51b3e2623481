using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Crm.Benchmarks;

/// <summary>A server in a process of its own on a free port of this machine. It ends with its input, so that it never outlives the benchmark.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;
    private readonly List<string> _output = [];
    private bool _disposed;

    private ServerProcess(Process process, IPEndPoint at) => (_process, At) = (process, at);

    public IPEndPoint At { get; }

    public string Url => $"http://{At}";

    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public int Id => _process.Id;

    /// <summary>Starts an assembly of this folder and waits until it answers.</summary>
    /// <param name="assembly">Its file name.</param>
    /// <param name="arguments">Gets the address to listen at.</param>
    public static async Task<ServerProcess> StartAsync(string assembly, Func<string, string[]> arguments, TimeSpan patience)
    {
        var at = new IPEndPoint(IPAddress.Loopback, FreePort());
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, assembly), .. arguments($"http://{at}")])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = AppContext.BaseDirectory,
        };
        var server = new ServerProcess(Process.Start(start)!, at);
        server._process.OutputDataReceived += server.Keep;
        server._process.ErrorDataReceived += server.Keep;
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        try
        {
            await server.AnswersAsync(patience);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>What it has written so far.</summary>
    public string[] Output()
    {
        lock (_output) return [.. _output];
    }

    /// <summary>The child's side: serves until its input ends.</summary>
    public static async Task ServeAsync(WebApplication app)
    {
        await app.StartAsync();
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
    }

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit(10_000);
        }
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null) return;
        lock (_output)
        {
            if (_output.Count < 1_000) _output.Add(line.Data);
        }
    }

    private async Task AnswersAsync(TimeSpan patience)
    {
        var started = Stopwatch.GetTimestamp();
        using var client = new HttpClient { BaseAddress = new Uri(Url), Timeout = TimeSpan.FromSeconds(5) };
        while (true)
        {
            if (_process.HasExited) throw new InvalidOperationException($"The server ended at its start:\n{string.Join('\n', Output())}");
            try
            {
                using var answer = await client.GetAsync(new Uri("/health/live", UriKind.Relative));
                return;
            }
            catch (HttpRequestException) when (Stopwatch.GetElapsedTime(started) < patience)
            {
                await Task.Delay(100);
            }
        }
    }
}
