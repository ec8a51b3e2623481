using Crm.Plugins;
using Crm.Plugins.Packages;

namespace Crm.Integrations;

/// <summary>What a company's plugins need to be connected.</summary>
internal sealed class Connections(IActors actors, PluginKeeper keeper, CompanyPlugins plugins)
{
    /// <summary>The sign-in of a plugin's system with the company's client, or why there is none.</summary>
    public async Task<(SignIn? At, PluginManifest? Manifest, Refusal? Refused)> SignInAsync(CompanyRef company, string plugin, CancellationToken ct)
    {
        if (keeper.ManifestFor(plugin, company) is not { Auth: { } auth } manifest) return (null, null, Refusal.NotFound("integration"));
        var mine = (await actors.SettingsAsync(company, ct)).Get<Integrations>().Of(plugin) ?? new();
        var missing = new[] { auth.ClientId, auth.ClientSecret }.FirstOrDefault(n => !mine.Values().ContainsKey(n) && !mine.Secrets.ContainsKey(n) && manifest.Settings.Properties[n].Default is null);
        if (missing is not null) return (null, null, Refusal.Invalid([new($"/settings/{missing}", "integration.setting.required", "Set the client's id and secret first.")]));
        var (settings, failure) = await plugins.SettingsAsync(company, mine, manifest, ct);
        return settings is null ? (null, null, Refusal.Invalid([new("/settings", "integration.setting", failure!.Detail)])) : (new(auth, settings), manifest, null);
    }
}
