using System.Diagnostics.Metrics;
using Crm.Plugins;
using Crm.Plugins.Packages;

namespace Crm.Host.Plugins;

/// <summary>
/// What <c>/metrics</c> tells of plugins: calls and how long they took, failed ones by kind, versions in memory, and for how many companies calls are
/// stopped. Labels are names of plugins, versions and kinds, never a company.
/// </summary>
internal sealed class PluginMetrics
{
    private readonly Histogram<double> _seconds;
    private readonly Counter<long> _errors;

    public PluginMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Crm.Plugins");
        _seconds = meter.CreateHistogram<double>("crm.plugin.call.duration", "s", "Calls of plugins, until they ended or nobody waited any longer");
        _errors = meter.CreateCounter<long>("crm.plugin.errors", "{call}", "Calls of plugins that gave no answer, by kind; bug and unavailable speak against the version or the outside system");
        meter.CreateObservableGauge("crm.plugin.versions", Versions, "{version}", "Versions of plugins in memory, by what they do");
        meter.CreateObservableGauge("crm.plugin.running", Running, "{call}", "Calls that run in a version now");
        meter.CreateObservableGauge("crm.plugin.breakers.open", Breakers, "{company}", "Companies whose calls are stopped for a moment after failures in a row");
    }

    /// <summary>Tells what is in memory; null = nothing yet.</summary>
    public Func<IEnumerable<(string Plugin, VersionReport Report, int OpenBreakers)>>? Report { get; set; }

    public void Count(PluginManifest version, TimeSpan took, PluginErrorKind? failure)
    {
        _seconds.Record(took.TotalSeconds, new("plugin", version.Id), new("version", version.Version));
        if (failure is { } kind) _errors.Add(1, new("plugin", version.Id), new("version", version.Version), new("kind", CodeOf(kind)));
    }

    private static string CodeOf(PluginErrorKind kind) => new Contracts.PluginFailure(kind, "").Code;

    private IEnumerable<Measurement<int>> Versions() =>
        Told().GroupBy(t => (t.Plugin, t.Report.Version, t.Report.State)).Select(same => new Measurement<int>(same.Count(), new("plugin", same.Key.Plugin), new("version", same.Key.Version), new("state", Name(same.Key.State))));

    private IEnumerable<Measurement<long>> Running() => ByVersion(t => t.Report.Running);

    private IEnumerable<Measurement<long>> Breakers() => ByVersion(t => t.OpenBreakers);

    private IEnumerable<Measurement<long>> ByVersion(Func<(string Plugin, VersionReport Report, int OpenBreakers), long> of) =>
        Told().GroupBy(t => (t.Plugin, t.Report.Version)).Select(same => new Measurement<long>(same.Sum(of), new("plugin", same.Key.Plugin), new("version", same.Key.Version)));

    private IEnumerable<(string Plugin, VersionReport Report, int OpenBreakers)> Told() => Report?.Invoke() ?? [];

    private static string Name(VersionState state) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName($"{state}");
}
