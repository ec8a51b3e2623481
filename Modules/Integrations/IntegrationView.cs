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
    JsonElement Settings, IReadOnlyDictionary<string, DateTimeOffset> Secrets)
{
    /// <summary>How it is connected with its system, where the system wants somebody's consent; null = it needs none. An answer to a change knows of people only, not of what the system has refused since.</summary>
    public ConsentView? Connection { get; init; }

    public static IntegrationView Of(string plugin, Integration? integration, PluginManifest? serving, bool? isSigned, IReadOnlyDictionary<string, PluginTexts> texts)
    {
        var mine = integration ?? new();
        // By the schema of today: what an older version kept in words may be a secret now, and of what it does not know nothing can be said.
        var open = mine.Values().Where(v => serving?.Settings.Properties.GetValueOrDefault(v.Key) is { IsSecret: false }).ToDictionary();
        return new(plugin, serving?.Version, isSigned, mine.Enabled, serving?.Capabilities ?? [], serving?.Countries ?? [], texts, serving?.Settings, JsonSerializer.SerializeToElement(open), mine.Secrets.ToDictionary(s => s.Key, s => s.Value.At))
        {
            Connection = serving?.Auth is null ? null : new(mine.ConnectedAt is null ? ConnectionState.NotConnected : ConnectionState.Connected, mine.ConnectedAt),
        };
    }
}

/// <summary>Puts together what a company reads of a plugin: its own settings, and what serves it.</summary>
internal sealed class IntegrationReading(PluginActions actions, PluginKeeper keeper, Tokens tokens)
{
    public async Task<IntegrationView> ViewAsync(CompanyRef company, string plugin, Integration? integration, CancellationToken ct)
    {
        var installed = (await actions.RowAsync(plugin, ct))?.State;
        var serving = keeper.ManifestFor(plugin, company);
        // One that is turned off has its name all the same.
        var texts = (serving ?? (installed is null ? null : await actions.WordsAsync(installed, ct)))?.Texts ?? [];
        var view = IntegrationView.Of(plugin, integration, serving, serving is null ? null : installed?.Version(serving.Version)?.SignedBy is not null, texts);
        if (view.Connection is null) return view;
        return view with { Connection = await tokens.ReadAsync(company, plugin, ct) is { } stored ? new(stored.NeedsReconnect ? ConnectionState.ReconnectNeeded : ConnectionState.Connected, stored.NeedsReconnect ? stored.ChangedAt : integration?.ConnectedAt ?? stored.ChangedAt) : new(ConnectionState.NotConnected, null) };
    }
}
