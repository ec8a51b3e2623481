using System.Runtime.CompilerServices;
using Crm.Plugins;
using Crm.Plugins.Loading;

namespace Crm.Host.Plugins;

/// <summary>A company's use of a plugin: its settings as they stand now. Another object when they change.</summary>
/// <param name="company">Whose.</param>
/// <param name="settings">With secrets.</param>
/// <param name="hosts">The hosts of settings marked x-host.</param>
/// <param name="store">What the plugin keeps about the company.</param>
/// <param name="tools">What the host gives to calls.</param>
internal sealed class PluginConnection(CompanyRef company, PluginSettings settings, IReadOnlySet<string> hosts, IPluginStore store, CallTools tools)
{
    private readonly ConditionalWeakTable<PluginVersion, CompanyCall> _calls = [];

    public CompanyRef Company => company;
    public PluginSettings Settings => settings;
    public IReadOnlySet<string> Hosts => hosts;
    public IPluginStore Store => store;
    public CallTools Tools => tools;

    /// <summary>What calls of this company see in a version; made once for both.</summary>
    public CompanyCall CallIn(PluginVersion version, PluginSlot slot) => _calls.TryGetValue(version, out var call) ? call : _calls.GetValue(version, v => new(this, v, slot));
}

/// <summary>What the host gives to calls.</summary>
internal sealed record CallTools(TimeProvider Clock, ILoggerFactory Logs);

/// <summary>One company's side of a plugin's calls.</summary>
internal sealed class CompanyCall : IPluginCall, IProgress<PluginProgress>
{
    public CompanyCall(PluginConnection connection, PluginVersion version, PluginSlot slot)
    {
        var (id, limits) = (version.Manifest.Id, version.Manifest.Limits);
        (Company, Settings, Clock, Store) = ($"c{connection.Company.Id}", connection.Settings, connection.Tools.Clock, connection.Store);
        Log = new PluginLog(connection.Tools.Logs.CreateLogger($"Plugin.{id}"), version.Manifest.Version, connection.Company.Slug);
        var pace = slot.Paces.For(connection.Company.Id, limits);
        Http = new HttpClient(new PluginHttp(version.Http, new(version.Manifest.Hosts, connection.Hosts), pace, limits, Clock), disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
    }

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
