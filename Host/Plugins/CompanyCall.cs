using Crm.Plugins;
using Crm.Plugins.Packages;
using Crm.Plugins.Loading;

namespace Crm.Host.Plugins;

/// <summary>One company's side of a plugin's calls.</summary>
internal sealed class CompanyCall : IPluginCall, IProgress<PluginProgress>
{
    public CompanyCall(PluginConnection connection, PluginVersion version, PluginSlot slot, TimeProvider clock, ILoggerFactory logs)
    {
        var (id, limits) = (version.Manifest.Id, version.Manifest.Limits);
        (Company, Settings, Clock, Store) = ($"c{connection.Company.Id}", connection.Settings, clock, connection.Store);
        Masking = new(version.Manifest, connection.Settings);
        Lines = new(logs.CreateLogger($"Plugin.{id}"), version.Manifest.Version, connection.Company.Id, Masking);
        var (pace, day) = (slot.Paces.For(connection.Company.Id, limits), slot.Days.For(connection.Company, limits));
        Http = new HttpClient(new PluginHttp(version.Http, new(version.Manifest.Hosts, connection.Hosts), pace, day, limits, Clock), disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>The company's own: wrong settings of one stop nobody else, and other settings are tried at once.</summary>
    public CallGuards.Breaker Breaker { get; } = new();

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

    void IProgress<PluginProgress>.Report(PluginProgress value) { }
}
