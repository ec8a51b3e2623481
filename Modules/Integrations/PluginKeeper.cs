using System.Collections.Concurrent;
using System.Text.Json;
using Crm.Plugins.Packages;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crm.Integrations;

/// <summary>
/// Keeps this host at what the database says of plugins: at once after a change here, and by looking every few seconds after a change on another host.
/// A version that this host cannot run takes nothing from the others: what served before goes on, the reason is kept to be shown, and it is tried again.
/// </summary>
internal sealed partial class PluginKeeper(IActors actors, IDatabase database, PackageStore packages, PackageTrust trust, IPluginEngine engine, TimeProvider clock, ILogger<PluginKeeper> log) : BackgroundService
{
    private const double UsualErrorRate = 0.5;

    /// <summary>No row has this version: whatever is stored is followed anew.</summary>
    private const long NotStored = -1;

    private const int LeastCalls = 5;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5), FirstLook = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Kept> _kept = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly TaskCompletionSource _looked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What the version that serves a company says of itself; null = none serves it here.</summary>
    public PluginManifest? ManifestFor(string plugin, CompanyRef company) =>
        _kept.GetValueOrDefault(plugin) is { } kept && (kept.Serving.ByCompany.GetValueOrDefault(company.Id) ?? kept.Serving.Default) is { } package ? package.Manifest : null;

    /// <summary>Why this host is not at what is wanted; null = it is.</summary>
    public string? ProblemOf(string plugin) => _kept.GetValueOrDefault(plugin)?.Problem;

    /// <summary>Brings this host to a state that is not stored yet: so a version proves itself before anything is said to have changed.</summary>
    /// <exception cref="PackageException">It cannot serve; nothing has changed.</exception>
    public async Task ProveAsync(InstalledPlugin plugin, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            var (wanted, byCompany) = (plugin.WantedByAll, new Dictionary<int, PluginPackage>());
            foreach (var (company, version) in plugin.WantedByCompany()) byCompany[company] = await packages.PackageAsync(version, ct);
            var serving = new WantedVersions(wanted is null ? null : await packages.PackageAsync(wanted, ct), byCompany, WatchOf(plugin));
            await engine.ApplyAsync(plugin.Id, serving, ct);
            _kept[plugin.Id] = new(serving, NotStored);
        }
        finally { _turn.Release(); }
    }

    /// <summary>Brings this host to what is stored.</summary>
    public async Task FollowAsync(CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            var now = clock.GetUtcNow();
            var rows = await database.QueryAsync(CompanyRef.System, "select id, version, doc from plugins where company = @company order by number", [], row => (Id: row.GetString(0), Version: row.GetInt64(1), Doc: row.GetString(2)), ct);
            foreach (var (id, version, doc) in rows.Where(r => _kept.GetValueOrDefault(r.Id) is not { } kept || kept.Version != r.Version || kept.Again <= now))
            {
                var before = _kept.GetValueOrDefault(id) ?? new(WantedVersions.None, NotStored);
                var tries = before.Version == version ? before.Tries : 0;
                try
                {
                    var (serving, problem, isSlow) = await Serving.BringAsync(JsonSerializer.Deserialize<InstalledPlugin>(doc, Json.State)!, before.Serving, packages, trust, engine, WatchOf, ct);
                    _kept[id] = new(serving, version, problem, tries + 1, problem is null ? null : Again(tries, isSlow));
                }
                catch (Exception unforeseen) when (unforeseen is not (StorageException or OperationCanceledException)) { _kept[id] = before with { Version = version, Problem = unforeseen.Message, Tries = tries + 1, Again = Again(tries, isSlow: false) }; }
                if (_kept[id].Problem is { } said && said != before.Problem) Refused(log, id, said);
            }
            packages.Keep(_kept.Values.SelectMany(k => k.Serving.ByCompany.Values.Append(k.Serving.Default)).OfType<PluginPackage>().Select(p => p.Sha256).ToHashSet());
        }
        finally { _turn.Release(); }
    }

    /// <summary>When a version that could not serve is tried again: sooner at first. One that does not come back from starting may hold a thread each time, so it gets three tries.</summary>
    private DateTimeOffset? Again(int tries, bool isSlow) => isSlow && tries >= 2 ? null : clock.GetUtcNow() + TimeSpan.FromSeconds(Math.Min(300, 5 << Math.Min(tries, 6)));

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

    /// <summary>The newest version is watched while there is one to go back to.</summary>
    private WatchRule? WatchOf(InstalledPlugin plugin)
    {
        var (version, rate) = plugin.Canary is { } canary ? (canary.Version, canary.ErrorRate) : (plugin.Previous is null ? null : plugin.Active, UsualErrorRate);
        return plugin.WatchedUntil is not { } until || until <= clock.GetUtcNow() || plugin.Version(version) is not { } watched ? null
            : new(watched.Sha256, rate, LeastCalls, until, share => _ = GoBackAsync(plugin, watched.Version, share));
    }

    private async Task GoBackAsync(InstalledPlugin plugin, string version, double share)
    {
        try
        {
            FailsTooOften(log, plugin.Id, version, share);
            if (plugin.Canary is null && plugin.Version(plugin.Previous) is { } previous && await trust.RefusesAsync(previous, CancellationToken.None) is { } no)
            {
                Refused(log, plugin.Id, no.Detail);
                return;
            }
            var reason = $"Version {version} went back by itself: {share:P0} of its calls failed.";
            if (await NumberAsync(plugin.Id, CancellationToken.None) is { } number && (await actors.SendAsync(Call.System(CompanyRef.System), number, new RollBack(reason, version), CancellationToken.None)).Refusal is not null) WatchAgain(plugin.Id);
            await FollowAsync(CancellationToken.None);
        }
        catch (StorageException) { WatchAgain(plugin.Id); }
    }

    /// <summary>A rule gives notice once. Following anew makes another one, which gives notice at the next failure; what serves goes on serving meanwhile.</summary>
    private void WatchAgain(string plugin)
    {
        if (_kept.TryGetValue(plugin, out var kept)) _kept.TryUpdate(plugin, kept with { Version = NotStored }, kept);
    }

    /// <summary>The number of a plugin; null = it is not installed.</summary>
    public async Task<long?> NumberAsync(string plugin, CancellationToken ct) =>
        await database.QueryAsync(CompanyRef.System, "select number from plugins where company = @company and id = @id", [new("id", plugin)], row => row.GetInt64(0), ct) is [var number] ? number : null;

    /// <summary>What serves on this host.</summary>
    /// <param name="Serving">Which packages.</param>
    /// <param name="Version">The version of the row that was followed.</param>
    /// <param name="Problem">Why it is not all that is wanted; null = it is.</param>
    /// <param name="Tries">How often that row has been tried.</param>
    /// <param name="Again">When it is tried again; null = when the row changes.</param>
    private sealed record Kept(WantedVersions Serving, long Version, string? Problem = null, int Tries = 0, DateTimeOffset? Again = null);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Plugin {Plugin} is not as it is wanted: {Reason}")]
    private static partial void Refused(ILogger logger, string plugin, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The plugins could not be looked after")]
    private static partial void CannotLook(ILogger logger, Exception why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Plugin {Plugin} {Version} goes back: {Share:P0} of its calls failed")]
    private static partial void FailsTooOften(ILogger logger, string plugin, string version, double share);
}
