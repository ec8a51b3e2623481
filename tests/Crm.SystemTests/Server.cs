using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Crm.SystemTests;

/// <summary>The real program as a process of its own, as it was built beside the tests. It is always gone at the end.</summary>
internal sealed partial class Server : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, string> _keys = new();

    private readonly bool _demo;

    private Server(Process process, bool demo)
    {
        (_process, _demo) = (process, demo);
        AppDomain.CurrentDomain.ProcessExit += KillAtExit;
        process.OutputDataReceived += (_, line) => Heard(line.Data);
        process.ErrorDataReceived += (_, line) => Heard(line.Data);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => _ready.TrySetException(new InvalidOperationException("The server ended before it listened."));
    }

    /// <summary>Where it listens.</summary>
    public Uri Url { get; private set; } = null!;

    public int ProcessId => _process.Id;

    /// <summary>The API keys that a demo start shows, by the company's slug.</summary>
    public IReadOnlyDictionary<string, string> DemoKeys => _keys;

    /// <summary>All that it wrote so far.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>Starts the program and waits until it listens.</summary>
    /// <param name="settings">Settings by their configuration names, such as <c>Storage:Data</c>.</param>
    /// <param name="demo">Make the demo's companies where they are missing, and show their keys.</param>
    /// <param name="ct">Cancels.</param>
    /// <param name="host">Which program: the project's name.</param>
    public static async Task<Server> StartAsync(IReadOnlyDictionary<string, string> settings, bool demo, CancellationToken ct, string host = "Crm.Host")
    {
        // artifacts/bin/Crm.SystemTests/debug → artifacts/bin/Crm.Host/debug
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(here.Parent!.Parent!.FullName, host, here.Name, host);
        // A file that may not grow any more must be an error to the program, not a signal that ends it, as on a full disk.
        string[] arguments = ["-c", "trap '' XFSZ; exec \"$0\" \"$@\"", program, "--urls=http://127.0.0.1:0", "--Limits:RequestsPerMinute=0", "--Logging:LogLevel:Default=Warning", .. settings.Select(s => $"--{s.Key}={s.Value}"), .. demo ? ["--demo"] : (string[])[]];
        var process = new Process { StartInfo = new("sh", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true } };
        var server = new Server(process, demo);
        try
        {
            process.Start();
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            await server._ready.Task.WaitAsync(Patience, ct);
            return server;
        }
        catch (Exception never) when (never is InvalidOperationException or TimeoutException)
        {
            await server.DisposeAsync();
            throw new InvalidOperationException($"{never.Message}\n{server.Output}", never);
        }
    }

    /// <summary>A client of one company that signs in with a key.</summary>
    /// <param name="company">The slug.</param>
    /// <param name="key">An API key of that company.</param>
    public HttpClient Client(string company, string key) => new(new SocketsHttpHandler { PooledConnectionLifetime = Timeout.InfiniteTimeSpan })
    {
        BaseAddress = new(Url, $"/api/v1/{company}/"), Timeout = Patience, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
    };

    /// <summary>Ends it as a power cut would: SIGKILL, no chance to tidy up.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Sends it a signal, such as STOP.</summary>
    public async Task SignalAsync(string signal, CancellationToken ct)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync(ct);
    }

    /// <summary>Waits until it has ended by itself and answers its exit code.</summary>
    public async Task<int> EndedAsync(CancellationToken ct)
    {
        await _process.WaitForExitAsync(ct).WaitAsync(Patience, ct);
        return _process.ExitCode;
    }

    /// <summary>Asks it to stop (SIGTERM) and answers its exit code.</summary>
    public async Task<int> StopAsync(CancellationToken ct)
    {
        await SignalAsync("TERM", ct);
        return await EndedAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= KillAtExit;
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
    }

    private void KillAtExit(object? sender, EventArgs e) => _process.Kill();

    private void Heard(string? line)
    {
        if (line is null) return;
        _output.Enqueue(line);
        if (ListeningLine().Match(line) is { Success: true } listening) Url = new(listening.Groups[1].Value);
        if (DemoKeyLine().Match(line) is { Success: true } key) _keys[key.Groups[1].Value] = key.Groups[2].Value;
        // The keys come after the address, and this after the keys.
        if (Url is not null && (!_demo || line.StartsWith("Demo users:", StringComparison.Ordinal))) _ready.TrySetResult();
    }

    [GeneratedRegex(@"Listening on (http://\S+)")]
    private static partial Regex ListeningLine();

    [GeneratedRegex(@"Demo key \(([^)]+)\): (crm_\S+)")]
    private static partial Regex DemoKeyLine();
}
