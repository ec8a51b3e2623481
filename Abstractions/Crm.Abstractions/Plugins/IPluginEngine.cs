using Crm.Contracts;

namespace Crm.Plugins.Packages;

/// <summary>Runs plugins on this host: loads versions, swaps them while calls run, and guards every call. What shall run is decided elsewhere.</summary>
public interface IPluginEngine
{
    /// <summary>Looks into a package without running any of it: its contract, its dependencies, nothing native.</summary>
    /// <exception cref="PackageException">Says what is wrong.</exception>
    void Inspect(PluginPackage package);

    /// <summary>Brings a plugin to the versions that are wanted; one change at a time for each plugin. Those that are new are started and prove themselves first.</summary>
    /// <param name="plugin">The plugin's id.</param>
    /// <param name="wanted">What shall serve whom.</param>
    /// <param name="ct">Cancels before the change, not in the middle of it.</param>
    /// <exception cref="PackageException">A version cannot serve. Everything is as it was before.</exception>
    Task ApplyAsync(string plugin, WantedVersions wanted, CancellationToken ct);

    /// <summary>How a plugin is on this host.</summary>
    PluginReport Report(string plugin);

    /// <summary>Calls one capability for one company. Never throws but when the caller has gone.</summary>
    /// <typeparam name="TCapability">An interface of the contract.</typeparam>
    /// <typeparam name="TArgument">Passed on, so that <paramref name="call"/> can be static and cost nothing.</typeparam>
    /// <typeparam name="T">A record of the contract, an array of such, or null.</typeparam>
    /// <param name="plugin">The plugin's id.</param>
    /// <param name="connection">The company and its settings.</param>
    /// <param name="argument">For <paramref name="call"/>.</param>
    /// <param name="call">The call itself.</param>
    /// <param name="ct">The caller has gone, which says nothing about the plugin.</param>
    /// <param name="terms">What else holds for this call; null = nothing.</param>
    ValueTask<PluginAnswer<T>> CallAsync<TCapability, TArgument, T>(
        string plugin, PluginConnection connection, TArgument argument, Func<TCapability, IPluginCall, TArgument, CancellationToken, ValueTask<T>> call, CancellationToken ct, CallTerms? terms = null) where TCapability : class;
}

/// <summary>Which versions of a plugin shall serve whom.</summary>
/// <param name="Default">The package for everybody; null = nobody but those named.</param>
/// <param name="ByCompany">Other packages for some companies, by the company's id.</param>
/// <param name="Watch">How the newest is watched; null = it is not.</param>
public sealed record WantedVersions(PluginPackage? Default, IReadOnlyDictionary<int, PluginPackage> ByCompany, WatchRule? Watch = null)
{
    /// <summary>One package for everybody.</summary>
    public static WantedVersions Only(PluginPackage package) => new(package, new Dictionary<int, PluginPackage>());

    /// <summary>Nothing for anybody.</summary>
    public static WantedVersions None { get; } = new(null, new Dictionary<int, PluginPackage>());
}

/// <summary>When a version's calls fail so often that it should go.</summary>
/// <param name="Sha256">The package that is watched.</param>
/// <param name="ErrorRate">The share of failed calls that is too much, above 0 to 1.</param>
/// <param name="LeastCalls">Fewer calls than this say nothing yet.</param>
/// <param name="Until">When the watch ends.</param>
/// <param name="TooMany">Called once, with the share that failed.</param>
public sealed record WatchRule(string Sha256, double ErrorRate, int LeastCalls, DateTimeOffset Until, Action<double> TooMany);

/// <summary>A company's use of a plugin: its settings as they stand now. Another object when they change.</summary>
/// <param name="company">Whose.</param>
/// <param name="settings">With defaults and secrets.</param>
/// <param name="hosts">The hosts of settings marked x-host.</param>
/// <param name="store">What the plugin keeps about the company.</param>
/// <param name="tokens">The company's tokens; null = the plugin's manifest wants none.</param>
public sealed class PluginConnection(CompanyRef company, PluginSettings settings, IReadOnlySet<string> hosts, IPluginStore store, IAccessTokens? tokens = null)
{
    /// <summary>Whose.</summary>
    public CompanyRef Company => company;

    /// <summary>With defaults and secrets.</summary>
    public PluginSettings Settings => settings;

    /// <summary>The hosts of settings marked x-host.</summary>
    public IReadOnlySet<string> Hosts => hosts;

    /// <summary>What the plugin keeps about the company.</summary>
    public IPluginStore Store => store;

    /// <summary>The company's tokens; null = the plugin's manifest wants none.</summary>
    public IAccessTokens? Tokens => tokens;
}

/// <summary>A company's tokens for one outside system.</summary>
public interface IAccessTokens
{
    /// <summary>As <see cref="IPluginCall.AccessTokenAsync"/>.</summary>
    ValueTask<string> AccessTokenAsync(string? refused, CancellationToken ct);
}

/// <summary>How a plugin is on one host.</summary>
/// <param name="Versions">Those in memory: serving, draining, and those that did not leave.</param>
public sealed record PluginReport(IReadOnlyList<VersionReport> Versions);

/// <summary>How one version is.</summary>
/// <param name="Version">Its version.</param>
/// <param name="State">What it does.</param>
/// <param name="Running">Calls that run in it now.</param>
/// <param name="Calls">Calls since it was loaded.</param>
/// <param name="Errors">Of them those that speak against it or the outside system.</param>
/// <param name="MeanMilliseconds">How long a call took on average; null = there was none.</param>
public sealed record VersionReport(string Version, VersionState State, long Running, long Calls, long Errors, double? MeanMilliseconds);

/// <summary>What a version in memory does.</summary>
public enum VersionState
{
    /// <summary>It serves everybody who has no other.</summary>
    Serving,
    /// <summary>It serves some companies.</summary>
    ServingSome,
    /// <summary>Its last calls end; new ones go to another version.</summary>
    Draining,
    /// <summary>It was unloaded, and something of it still holds on to memory. Only a restart frees it.</summary>
    LeftBehind,
}
