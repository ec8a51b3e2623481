using System.Collections.Concurrent;
using System.Collections.Frozen;
using Crm.Plugins.Loading;

namespace Crm.Host.Plugins;

/// <summary>Which versions of a plugin shall serve whom.</summary>
/// <param name="Default">The package for everybody; null = nobody but those named.</param>
/// <param name="ByCompany">Other packages for some companies, by the company's id.</param>
internal sealed record WantedVersions(PluginPackage? Default, IReadOnlyDictionary<int, PluginPackage> ByCompany)
{
    public static WantedVersions Only(PluginPackage package) => new(package, FrozenDictionary<int, PluginPackage>.Empty);
    public static WantedVersions None { get; } = new(null, FrozenDictionary<int, PluginPackage>.Empty);
}

/// <summary>
/// Makes what is wanted so. A new version is loaded and proves itself while the old one serves; then the routes are replaced in one step; then the old one
/// drains, ends and is unloaded, and it is checked that its memory is free. A version that fails on the way changes nothing.
/// </summary>
internal sealed class PluginEngine(PluginLoader loader, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, PluginSlot> _slots = new();
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new();
    private readonly ConcurrentDictionary<PluginVersion, Task<Retirement>> _retiring = new();
    private readonly ConcurrentQueue<LeftBehind> _left = new();

    public PluginSlot Slot(string id) => _slots.GetOrAdd(id, static id => new(id));
    public IEnumerable<PluginSlot> Slots => _slots.Values;

    /// <summary>Versions that were unloaded and are still in memory.</summary>
    public IEnumerable<LeftBehind> Left => _left.Where(l => l.Context.IsAlive);

    /// <summary>Versions that drain or are being waited for.</summary>
    public IEnumerable<PluginVersion> Retiring => _retiring.Keys;

    /// <summary>Brings a plugin to the versions that are wanted; one change at a time.</summary>
    /// <param name="id">The plugin.</param>
    /// <param name="wanted">What shall serve whom.</param>
    /// <param name="ct">Cancels before the change, not in the middle of it.</param>
    /// <exception cref="PackageException">A version cannot serve. Everything is as it was before.</exception>
    public async Task ApplyAsync(string id, WantedVersions wanted, CancellationToken ct)
    {
        var turn = _turns.GetOrAdd(id, static _ => new(1));
        await turn.WaitAsync(ct);
        try
        {
            var slot = Slot(id);
            var loaded = slot.Routes.Versions.ToDictionary(v => v.Sha256);
            foreach (var package in wanted.ByCompany.Values.Append(wanted.Default).OfType<PluginPackage>().DistinctBy(p => p.Sha256).Where(p => !loaded.ContainsKey(p.Sha256)))
            {
                try { loaded.Add(package.Sha256, await loader.LoadAsync(package)); }
                catch (PackageException)
                {
                    foreach (var unused in loaded.Values.Except(slot.Routes.Versions)) Retire(unused);
                    throw;
                }
            }
            var routes = new Routes(wanted.Default is null ? null : loaded[wanted.Default.Sha256], wanted.ByCompany.ToFrozenDictionary(c => c.Key, c => loaded[c.Value.Sha256]));
            foreach (var old in slot.Publish(routes)) Retire(old);
        }
        finally { turn.Release(); }
    }

    /// <summary>Waits until everything that was swapped out has ended, one way or the other.</summary>
    public Task<Retirement[]> RetiredAsync() => Task.WhenAll(_retiring.Values);

    private void Retire(PluginVersion old)
    {
        var retirement = old.RetireAsync(clock);
        _retiring[old] = retirement;
        _ = ForgetAsync(old, retirement);
    }

    private async Task ForgetAsync(PluginVersion old, Task<Retirement> retirement)
    {
        var ended = await retirement;
        if (ended.Gone is null) _left.Enqueue(new(old.Manifest.Id, old.Manifest.Version, clock.GetUtcNow(), ended.Abandoned, old.Context));
        _retiring.TryRemove(old, out _);
    }
}

/// <summary>A version that did not leave memory.</summary>
internal sealed record LeftBehind(string Plugin, string Version, DateTimeOffset Since, long AbandonedCalls, WeakReference Context);
