using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Crm.Plugins;
using Crm.Plugins.Loading;
using Crm.Plugins.Packages;

namespace Crm.Host.Plugins;

/// <summary>
/// One loaded version of a plugin, counting the calls that run in it. The count and the mark that it is retired are one number, so that a call either
/// gets in before the mark, and is waited for, or sees it and goes to the next version: two atomic additions a call, no lock and nothing allocated.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "A call that nobody waits for any more may still look at the token; nothing here holds a handle.")]
internal sealed class PluginVersion
{
    private const long Retired = long.MinValue;
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConditionalWeakTable<PluginConnection, CompanyCall> _companies = [];
    private long _leases;
    private IPlugin? _plugin;
    private PluginLoadContext? _context;

    public PluginVersion(PluginManifest manifest, string sha256, PluginLoadContext context, IPlugin? plugin, HttpMessageHandler http, TimeProvider clock)
    {
        (Manifest, Sha256, _context, _plugin, Http) = (manifest, sha256, context, plugin, http);
        Calls = new(manifest.Limits, clock, _stopping.Token);
        Context = new(context);
    }

    public PluginManifest Manifest { get; }
    public string Sha256 { get; }

    /// <summary>Its connections; closed when it is unloaded.</summary>
    public HttpMessageHandler Http { get; }

    /// <summary>Cancelled when it has to end at once.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>What its calls may use, and how they went.</summary>
    public CallGuards Calls { get; }

    /// <summary>Dead when the version has left memory.</summary>
    public WeakReference Context { get; }

    /// <summary>How many calls run in it.</summary>
    public long Running => Volatile.Read(ref _leases) & long.MaxValue;

    /// <summary>The plugin; only between <see cref="TryEnter"/> and <see cref="Leave"/>.</summary>
    public IPlugin Plugin => _plugin ?? throw new ObjectDisposedException(Manifest.Id);

    /// <summary>What a company's calls see in this version; made once for both.</summary>
    public CompanyCall CallFor(PluginConnection connection, PluginSlot slot, TimeProvider clock, ILoggerFactory logs) =>
        _companies.TryGetValue(connection, out var call) ? call : _companies.GetValue(connection, c => new(c, this, slot, clock, logs));

    /// <summary>For how many companies calls are stopped at the moment.</summary>
    public int OpenBreakers(TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        return _companies.Count(c => c.Value.Breaker.OpenUntil > now);
    }

    /// <summary>False when it has been retired; then a newer version is already there.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _leases) > 0) return true;
        Leave();
        return false;
    }

    public void Leave()
    {
        if (Interlocked.Decrement(ref _leases) == Retired) _drained.TrySetResult();
    }

    /// <summary>Lets the running calls end, then the plugin, then its memory. Called once, when no route leads here any more.</summary>
    /// <param name="clock">Measures the limits.</param>
    /// <param name="patience">How long to wait for its memory.</param>
    /// <returns>What became of it.</returns>
    public async Task<Retirement> RetireAsync(TimeProvider clock, TimeSpan patience)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var start = clock.GetTimestamp();
        if (Interlocked.Or(ref _leases, Retired) == 0) _drained.TrySetResult();
        if (!await EndsAsync(_drained.Task, TimeSpan.FromSeconds(Manifest.Limits.DrainSeconds), clock))
        {
            await _stopping.CancelAsync();
            await EndsAsync(_drained.Task, TimeSpan.FromSeconds(2), clock);
        }
        var (drained, abandoned) = (clock.GetElapsedTime(start), Running);
        await StopAsync(clock);
        var unloaded = clock.GetTimestamp();
        var gone = await Unloading.GoneAsync(Context, clock, patience);
        return new(drained, abandoned, gone ? clock.GetElapsedTime(unloaded) : null);
    }

    /// <summary>Ends the plugin and lets go of everything that leads to its types.</summary>
    public async Task StopAsync(TimeProvider clock)
    {
        await _stopping.CancelAsync();
        if (_plugin is { } plugin) await EndsAsync(Task.Run(() => StopAsync(plugin)), TimeSpan.FromSeconds(5), clock);
        _plugin = null;
        Http.Dispose();
        Unload();
    }

    private static async Task StopAsync(IPlugin plugin)
    {
        try { await plugin.StopAsync(); }
        catch (Exception) { /* It is going anyway; what it leaves behind is seen by whether it leaves memory. */ }
    }

    private void Unload()
    {
        _context?.Unload();
        _context = null;
    }

    private static async Task<bool> EndsAsync(Task work, TimeSpan limit, TimeProvider clock)
    {
        try { await work.WaitAsync(limit, clock); return true; }
        catch (TimeoutException) { return false; }
    }
}

/// <summary>What became of a retired version.</summary>
/// <param name="Drained">How long its last calls took.</param>
/// <param name="Abandoned">Calls that did not end even when cancelled.</param>
/// <param name="Gone">How long after that its memory was free; null = something still holds it.</param>
internal sealed record Retirement(TimeSpan Drained, long Abandoned, TimeSpan? Gone);
