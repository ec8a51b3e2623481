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
        Log = new PluginLog(logs.CreateLogger($"Plugin.{id}"), version.Manifest.Version, connection.Company.Slug);
        var (pace, day) = (slot.Paces.For(connection.Company.Id, limits), slot.Days.For(connection.Company, limits));
        Http = new HttpClient(new PluginHttp(version.Http, new(version.Manifest.Hosts, connection.Hosts), pace, day, limits, Clock), disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>The company's own: wrong settings of one stop nobody else, and other settings are tried at once.</summary>
    public CallGuards.Breaker Breaker { get; } = new();

    public string Company { get; }
    public PluginSettings Settings { get; }
    public HttpClient Http { get; }
    public IPluginLog Log { get; }
    public TimeProvider Clock { get; }
    public IPluginStore Store { get; }
    public IProgress<PluginProgress> Progress => this;
    public string? IdempotencyKey => null;

    void IProgress<PluginProgress>.Report(PluginProgress value) { }

    private sealed class PluginLog(ILogger log, string version, string company) : IPluginLog
    {
        public void Debug(string message) => PluginMessages.Debug(log, version, company, message);
        public void Information(string message) => PluginMessages.Information(log, version, company, message);
        public void Warning(string message) => PluginMessages.Warning(log, version, company, message);
    }
}

internal static partial class PluginMessages
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "{Version} for {Company}: {Text}")]
    public static partial void Debug(ILogger log, string version, string company, string text);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Version} for {Company}: {Text}")]
    public static partial void Information(ILogger log, string version, string company, string text);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Version} for {Company}: {Text}")]
    public static partial void Warning(ILogger log, string version, string company, string text);
}
