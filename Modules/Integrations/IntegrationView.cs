using System.Text.Json;
using Crm.Plugins;
using Crm.Plugins.Packages;

namespace Crm.Integrations;

/// <summary>A company's use of a plugin.</summary>
/// <param name="Plugin">The plugin's id.</param>
/// <param name="Available">The version that would answer; null = the operator has turned it off.</param>
/// <param name="Signed">False = nobody signed the version that would answer, and anybody may have made it; only a server for development takes such ones. Null = none would answer.</param>
/// <param name="Enabled">True = it is asked.</param>
/// <param name="Capabilities">What it can do.</param>
/// <param name="Countries">Which countries it serves; empty = all.</param>
/// <param name="Texts">Its words by language.</param>
/// <param name="Schema">What its settings are; null = not known while it is off.</param>
/// <param name="Settings">The company's settings, without secrets.</param>
/// <param name="Secrets">When each secret was last set.</param>
internal sealed record IntegrationView(
    string Plugin, string? Available, bool? Signed, bool Enabled, IReadOnlyList<string> Capabilities, IReadOnlyList<string> Countries, IReadOnlyDictionary<string, PluginTexts> Texts, SettingsSchema? Schema,
    JsonElement Settings, IReadOnlyDictionary<string, DateTimeOffset> Secrets);

/// <summary>Puts together what a company reads of a plugin: its own settings, and what serves it.</summary>
internal sealed class IntegrationReading(PluginActions actions, PluginKeeper keeper)
{
    public async Task<IntegrationView> ViewAsync(CompanyRef company, string plugin, Integration? integration, CancellationToken ct)
    {
        var mine = integration ?? new();
        var installed = (await actions.RowAsync(plugin, ct))?.State;
        var serving = keeper.ManifestFor(plugin, company);
        // One that is turned off has its name all the same.
        var texts = (serving ?? (installed is null ? null : await actions.WordsAsync(installed, ct)))?.Texts ?? [];
        bool? isSigned = serving is null ? null : installed?.Version(serving.Version)?.SignedBy is not null;
        return new(plugin, serving?.Version, isSigned, mine.Enabled, serving?.Capabilities ?? [], serving?.Countries ?? [], texts, serving?.Settings, JsonSerializer.Deserialize<JsonElement>(mine.Settings), mine.Secrets);
    }
}
