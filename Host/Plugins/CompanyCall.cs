using System.Diagnostics.CodeAnalysis;
using Crm.Contracts;
using Crm.Plugins;
using Crm.Plugins.Packages;
using Crm.Plugins.Loading;

namespace Crm.Host.Plugins;

/// <summary>One company's side of a plugin's calls: the same for all of them, but for those that have terms of their own.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "Belongs to a connection, and goes with it; nothing here holds a handle.")]
internal sealed class CompanyCall : IPluginCall, IProgress<PluginProgress>
{
    private readonly PluginHttp _http;
    private readonly IAccessTokens? _tokens;

    public CompanyCall(PluginConnection connection, PluginVersion version, PluginSlot slot, TimeProvider clock, ILoggerFactory logs)
    {
        var (id, limits) = (version.Manifest.Id, version.Manifest.Limits);
        (Company, Settings, Clock, Store) = ($"c{connection.Company.Id}", connection.Settings, clock, connection.Store);
        _tokens = connection.Tokens;
        Masking = new(version.Manifest, connection.Settings);
        Lines = new(logs.CreateLogger($"Plugin.{id}"), version.Manifest.Version, connection.Company.Id, Masking);
        var own = slot.Allowances.For(connection.Company);
        _http = new(version.Http, new(version.Manifest.Hosts, connection.Hosts), own, limits.Shared ? slot.Allowances.For(CompanyRef.System) : own, limits, Clock);
        Http = new HttpClient(_http, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        Places = new(Math.Max(1, limits.Concurrency / 2));
    }

    /// <summary>The company's own: wrong settings of one stop nobody else, and other settings are tried at once.</summary>
    public CallGuards.Breaker Breaker { get; } = new();

    /// <summary>Half of the plugin's places at most: a company whose system never answers must leave some to others.</summary>
    public SemaphoreSlim Places { get; }

    /// <summary>The plugin says that the outside system wants to be left alone, which not every system says by a status. Other settings are tried at once.</summary>
    public void LeaveAlone(TimeSpan asked) => _http.LeaveAlone(asked);

    /// <summary>Takes the company's secrets out of what the plugin says.</summary>
    public Masking Masking { get; }

    public CompanyLog Lines { get; }

    public string Company { get; }
    public PluginSettings Settings { get; }
    public HttpClient Http { get; }
    public IPluginLog Log => Lines;
    public TimeProvider Clock { get; }
    public IPluginStore Store { get; }
    public IProgress<PluginProgress> Progress => this;
    public string? IdempotencyKey => null;

    public ValueTask<string> AccessTokenAsync(string? refused, CancellationToken ct) =>
        _tokens?.AccessTokenAsync(refused, ct) ?? throw new PluginException(PluginErrorKind.NotConfigured, "Its plugin.json has no auth section, so there are no tokens.");

    /// <summary>What the plugin sees of one call.</summary>
    public IPluginCall Under(CallTerms? terms) => terms is { Progress: null, IdempotencyKey: null } or null ? this : new WithTerms(this, terms);

    /// <summary>Nobody wants to know how far it is.</summary>
    void IProgress<PluginProgress>.Report(PluginProgress value) { }

    private sealed class WithTerms(CompanyCall all, CallTerms terms) : IPluginCall
    {
        public string Company => all.Company;
        public PluginSettings Settings => all.Settings;
        public HttpClient Http => all.Http;
        public IPluginLog Log => all.Log;
        public TimeProvider Clock => all.Clock;
        public IPluginStore Store => all.Store;
        public IProgress<PluginProgress> Progress => terms.Progress ?? all;
        public string? IdempotencyKey => terms.IdempotencyKey;
        public ValueTask<string> AccessTokenAsync(string? refused, CancellationToken ct) => all.AccessTokenAsync(refused, ct);
    }
}
