using System.Collections.Concurrent;
using System.Collections.Frozen;
using Crm.Contracts;
using Crm.Plugins;
using Crm.Plugins.Loading;
using Crm.Plugins.Packages;

namespace Crm.Host.Plugins;

/// <summary>
/// Makes what is wanted so. A new version is loaded and proves itself while the old one serves; then the routes are replaced in one step; then the old one
/// drains, ends and is unloaded, and it is checked that its memory is free. A version that fails on the way changes nothing.
/// </summary>
internal sealed class PluginEngine : IPluginEngine, IAsyncDisposable
{
    /// <summary>A version that is not gone by then is said to stay. Most are within a second.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly PluginLoader _loader;
    private readonly IRequestLedger _ledger;
    private readonly TimeProvider _clock;
    private readonly GuardedCalls _calls;
    private readonly ConcurrentDictionary<string, PluginSlot> _slots = new();
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new();
    private readonly ConcurrentDictionary<PluginVersion, bool> _retiring = new();
    private readonly ConcurrentQueue<LeftBehind> _left = new();

    public PluginEngine(PluginLoader loader, IRequestLedger ledger, PluginMetrics metrics, TimeProvider clock, ILoggerFactory logs)
    {
        (_loader, _ledger, _clock, _calls) = (loader, ledger, clock, new(metrics, clock, logs));
        metrics.Report = () => _slots.Keys.SelectMany(id => Inside(id).Select(inside => (id, inside.Report, inside.OpenBreakers)));
    }

    public PluginSlot Slot(string id) => _slots.GetOrAdd(id, static (id, ledger) => new(id, ledger), _ledger);

    /// <summary>Told of every version that was swapped out, once it is known what became of it.</summary>
    public Action<Retirement>? Retired { get; set; }

    /// <summary>Versions that were unloaded and are still in memory.</summary>
    public IEnumerable<LeftBehind> Left => _left.Where(l => l.Context.IsAlive);

    public void Inspect(PluginPackage package) => PackageInspector.Inspect(package);

    public ValueTask<PluginAnswer<T>> CallAsync<TCapability, TArgument, T>(
        string plugin, PluginConnection connection, TArgument argument, Func<TCapability, IPluginCall, TArgument, CancellationToken, ValueTask<T>> call, CancellationToken ct, CallTerms? terms = null) where TCapability : class =>
        _calls.CallAsync(Slot(plugin), connection, argument, call, ct, terms);

    public PluginReport Report(string plugin) => new([.. Inside(plugin).Select(inside => inside.Report)]);

    /// <summary>All versions of a plugin in memory.</summary>
    private IEnumerable<(VersionReport Report, int OpenBreakers)> Inside(string plugin)
    {
        var routes = Slot(plugin).Routes;
        return
        [
            .. routes.Versions.Select(v => Of(v, v == routes.Default ? VersionState.Serving : VersionState.ServingSome)),
            .. _retiring.Keys.Where(v => v.Manifest.Id == plugin).Select(v => Of(v, VersionState.Draining)),
            .. Left.Where(l => l.Plugin == plugin).Select(l => (new VersionReport(l.Version, VersionState.LeftBehind, l.AbandonedCalls, 0, 0, null), 0)),
        ];

        (VersionReport, int) Of(PluginVersion version, VersionState state) =>
            (new(version.Manifest.Version, state, version.Running, version.Calls.Calls, version.Calls.Errors, version.Calls.Calls == 0 ? null : version.Calls.Spent.TotalMilliseconds / version.Calls.Calls), version.OpenBreakers(_clock));
    }

    public async Task ApplyAsync(string plugin, WantedVersions wanted, CancellationToken ct)
    {
        var turn = _turns.GetOrAdd(plugin, static _ => new(1));
        await turn.WaitAsync(ct);
        try
        {
            var slot = Slot(plugin);
            var loaded = slot.Routes.Versions.ToDictionary(v => v.Sha256);
            try
            {
                foreach (var package in wanted.ByCompany.Values.Append(wanted.Default).OfType<PluginPackage>().DistinctBy(p => p.Sha256).Where(p => !loaded.ContainsKey(p.Sha256)))
                {
                    var (version, refused) = await _loader.LoadAsync(package);
                    loaded.Add(package.Sha256, version);
                    if (refused is not null) throw refused;
                }
            }
            catch
            {
                foreach (var unused in loaded.Values.Except(slot.Routes.Versions)) Retire(unused);
                throw;
            }
            var routes = new Routes(wanted.Default is null ? null : loaded[wanted.Default.Sha256], wanted.ByCompany.ToFrozenDictionary(c => c.Key, c => loaded[c.Value.Sha256]));
            slot.Watch = wanted.Watch is { } rule && loaded.TryGetValue(rule.Sha256, out var watched) ? new(watched, rule, _clock) : null;
            foreach (var old in slot.Publish(routes)) Retire(old);
        }
        finally { turn.Release(); }
    }

    /// <summary>Ends every plugin when the host stops; nobody calls any more.</summary>
    public async ValueTask DisposeAsync()
    {
        var serving = _slots.Values.SelectMany(slot => slot.Publish(Routes.None)).ToArray();
        await Task.WhenAll(serving.Select(version => version.StopAsync(_clock)));
        _loader.RemoveFolder();
    }

    private void Retire(PluginVersion old)
    {
        _retiring[old] = true;
        _ = EndAsync(old);
    }

    private async Task EndAsync(PluginVersion old)
    {
        var ended = await old.RetireAsync(_clock, Patience);
        if (ended.Gone is null) _left.Enqueue(new(old.Manifest.Id, old.Manifest.Version, _clock.GetUtcNow(), ended.Abandoned, old.Context));
        _retiring.TryRemove(old, out _);
        Retired?.Invoke(ended);
    }
}

/// <summary>A version that did not leave memory.</summary>
internal sealed record LeftBehind(string Plugin, string Version, DateTimeOffset Since, long AbandonedCalls, WeakReference Context);
