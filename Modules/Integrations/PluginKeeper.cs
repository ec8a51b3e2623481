using System.Collections.Concurrent;
using System.Text.Json;
using Crm.Plugins.Packages;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crm.Integrations;

/// <summary>
/// Keeps this host at what the database says of plugins: at once after a change here, and by looking every few seconds after a change on another host.
/// A version that this host cannot run leaves the one before serving, and the reason is kept to be shown.
/// </summary>
internal sealed partial class PluginKeeper(IActors actors, IDatabase database, IFiles files, IPluginEngine engine, TimeProvider clock, ILogger<PluginKeeper> log) : BackgroundService
{
    private const double UsualErrorRate = 0.5;

    /// <summary>No row has this version: whatever is stored is followed anew.</summary>
    private const long NotStored = -1;

    private const int LeastCalls = 5;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5), FirstLook = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Kept> _kept = new();
    private readonly ConcurrentDictionary<string, PluginPackage> _packages = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly TaskCompletionSource _looked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What the version that serves a company says of itself; null = none serves it here.</summary>
    public PluginManifest? ManifestFor(string plugin, CompanyRef company) =>
        _kept.GetValueOrDefault(plugin) is { } kept && (kept.Wanted.ByCompany.GetValueOrDefault(company.Id) ?? kept.Wanted.Default) is { } package ? package.Manifest : null;

    /// <summary>Why this host is not at what is wanted; null = it is.</summary>
    public string? ProblemOf(string plugin) => _kept.GetValueOrDefault(plugin)?.Problem;

    /// <summary>A package of this server.</summary>
    /// <exception cref="PackageException">It is not there, or not what it was.</exception>
    public async Task<PluginPackage> PackageAsync(StoredVersion version, CancellationToken ct)
    {
        if (_packages.TryGetValue(version.Sha256, out var known)) return known;
        await using var file = await files.OpenAsync(CompanyRef.System, FileOf(version.Sha256), ct) ?? throw new PackageException("package.lost", $"The package of version {version.Version} is not in the database.");
        var bytes = new byte[file.Length];
        await file.ReadExactlyAsync(bytes, ct);
        var package = PluginPackage.Read(bytes);
        return package.Sha256 == version.Sha256 ? _packages[version.Sha256] = package : throw new PackageException("package.lost", $"The package of version {version.Version} is not what was uploaded.");
    }

    public static string FileOf(string sha256) => $"plugin/{sha256}.zip";

    /// <summary>Brings this host to a state that is not stored yet: so a version proves itself before anything is said to have changed.</summary>
    /// <exception cref="PackageException">It cannot serve; nothing has changed.</exception>
    public async Task ProveAsync(InstalledPlugin plugin, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try { await ApplyAsync(plugin, NotStored, ct); }
        finally { _turn.Release(); }
    }

    /// <summary>Brings this host to what is stored.</summary>
    public async Task FollowAsync(CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            var rows = await database.QueryAsync(CompanyRef.System, "select doc, version from plugins where company = @company order by number", [],
                row => (Plugin: JsonSerializer.Deserialize<InstalledPlugin>(row.GetString(0), Json.State)!, Version: row.GetInt64(1)), ct);
            foreach (var (plugin, version) in rows.Where(r => _kept.GetValueOrDefault(r.Plugin.Id)?.Version != r.Version))
            {
                try
                {
                    await ApplyAsync(plugin, version, ct);
                }
                catch (Exception refused) when (refused is not (StorageException or OperationCanceledException))
                {
                    var kept = _kept.GetValueOrDefault(plugin.Id) ?? new(WantedVersions.None, NotStored, null);
                    if (kept.Problem != refused.Message) Refused(log, plugin.Id, refused);
                    // What is wrong with the package stays wrong; what is wrong with this host may pass, so the next look tries again.
                    _kept[plugin.Id] = kept with { Version = refused is PackageException { Code: not PackageException.HostCode } ? version : NotStored, Problem = refused.Message };
                }
            }
        }
        finally { _turn.Release(); }
    }

    /// <summary>A host that joins takes no request before it has loaded what is active. One that needs longer than that goes on without.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await base.StartAsync(cancellationToken);
        await Task.WhenAny(_looked.Task, ExecuteTask!, Task.Delay(FirstLook, clock, cancellationToken));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(stoppingToken);
                _looked.TrySetResult();
                await Task.Delay(Look, clock, stoppingToken);
            }
            catch (OperationCanceledException) { /* The host stops. */ }
            catch (Exception passing)
            {
                // What serves goes on serving; the database will be back.
                _looked.TrySetResult();
                if (passing is not StorageException) CannotLook(log, passing);
                await Task.Delay(Look, clock, CancellationToken.None);
            }
        }
    }

    private async Task ApplyAsync(InstalledPlugin plugin, long version, CancellationToken ct)
    {
        var wanted = await WantedAsync(plugin, ct);
        await engine.ApplyAsync(plugin.Id, wanted, ct);
        _kept[plugin.Id] = new(wanted, version, null);
        var used = _kept.Values.SelectMany(k => k.Wanted.ByCompany.Values.Append(k.Wanted.Default)).OfType<PluginPackage>().Select(p => p.Sha256).ToHashSet();
        foreach (var unused in _packages.Keys.Where(sha => !used.Contains(sha))) _packages.TryRemove(unused, out _);
    }

    private async Task<WantedVersions> WantedAsync(InstalledPlugin plugin, CancellationToken ct)
    {
        Dictionary<int, PluginPackage> byCompany = [];
        if (plugin.Canary is { } canary && plugin.Version(canary.Version) is { } tried)
        {
            foreach (var company in canary.Companies) byCompany[company] = await PackageAsync(tried, ct);
        }
        foreach (var (company, version) in plugin.Pins)
        {
            if (plugin.Active is not null && plugin.Version(version) is { } pinned) byCompany[company] = await PackageAsync(pinned, ct);
        }
        var active = plugin.Version(plugin.Active) is { } found ? await PackageAsync(found, ct) : null;
        return new(active, byCompany, WatchOf(plugin));
    }

    /// <summary>The newest version is watched while there is one to go back to.</summary>
    private WatchRule? WatchOf(InstalledPlugin plugin)
    {
        var (version, rate) = plugin.Canary is { } canary ? (canary.Version, canary.ErrorRate) : (plugin.Previous is null ? null : plugin.Active, UsualErrorRate);
        return plugin.WatchedUntil is not { } until || until <= clock.GetUtcNow() || plugin.Version(version) is not { } watched ? null
            : new(watched.Sha256, rate, LeastCalls, until, share => _ = GoBackAsync(plugin.Id, watched.Version, share));
    }

    private async Task GoBackAsync(string plugin, string version, double share)
    {
        try
        {
            FailsTooOften(log, plugin, version, share);
            var reason = $"Version {version} went back by itself: {share:P0} of its calls failed.";
            if (await NumberAsync(plugin, CancellationToken.None) is { } number && (await actors.SendAsync(Call.System(CompanyRef.System), number, new RollBack(reason, version), CancellationToken.None)).Refusal is not null) WatchAgain(plugin);
            await FollowAsync(CancellationToken.None);
        }
        catch (StorageException) { WatchAgain(plugin); }
    }

    /// <summary>A rule gives notice once. Following anew makes another one, which gives notice at the next failure; what serves goes on serving meanwhile.</summary>
    private void WatchAgain(string plugin)
    {
        if (_kept.TryGetValue(plugin, out var kept)) _kept.TryUpdate(plugin, kept with { Version = NotStored }, kept);
    }

    /// <summary>The number of a plugin; null = it is not installed.</summary>
    public async Task<long?> NumberAsync(string plugin, CancellationToken ct) =>
        await database.QueryAsync(CompanyRef.System, "select number from plugins where company = @company and id = @id", [new("id", plugin)], row => row.GetInt64(0), ct) is [var number] ? number : null;

    private sealed record Kept(WantedVersions Wanted, long Version, string? Problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Plugin {Plugin} stays as it was")]
    private static partial void Refused(ILogger logger, string plugin, Exception why);

    [LoggerMessage(Level = LogLevel.Error, Message = "The plugins could not be looked after")]
    private static partial void CannotLook(ILogger logger, Exception why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Plugin {Plugin} {Version} goes back: {Share:P0} of its calls failed")]
    private static partial void FailsTooOften(ILogger logger, string plugin, string version, double share);
}
