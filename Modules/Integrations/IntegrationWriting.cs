using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Plugins.Packages;

namespace Crm.Integrations;

/// <summary>Writes a company's settings for a plugin: what is secret beside the journal, the rest in it.</summary>
internal sealed class IntegrationWriting(IActors actors, Secrets secrets)
{
    public async Task<Reply<Integrations>> ChangeAsync(Call call, PluginManifest manifest, IntegrationChange change, CancellationToken ct)
    {
        var (open, hidden) = (new JsonObject(), new Dictionary<string, string?>());
        if (change.Settings is { ValueKind: JsonValueKind.Object } settings)
        {
            foreach (var setting in settings.EnumerateObject())
            {
                if (manifest.Settings.Properties.GetValueOrDefault(setting.Name) is not { IsSecret: true } schema) open[setting.Name] = JsonNode.Parse(setting.Value.GetRawText());
                else if (setting.Value.ValueKind != JsonValueKind.Null && schema.Refuses(setting.Value) is { } no) return Refusal.Invalid([new($"/settings/{setting.Name}", "integration.setting", $"{setting.Name} {no}")]);
                else hidden[setting.Name] = setting.Value.GetString() is { Length: > 0 } text ? text : null;
            }
        }
        var command = new ChangeIntegration(manifest.Id, manifest.Settings, change.Enabled, open.Count == 0 ? null : open.ToJsonString(), hidden.ToDictionary(s => s.Key, s => s.Value is not null));
        if (hidden.Count > 0 && !call.DryRun)
        {
            // Secrets are stored beside the journal, so they are written only when the change as a whole is sure to be right.
            var would = await actors.SendAsync(call with { DryRun = true, Idempotency = null }, IActors.Settings, command, ct);
            if (would.Refusal is { } refused) return refused;
            foreach (var (name, value) in hidden) await secrets.WriteAsync(call.Company, manifest.Id, name, value, ct);
        }
        return await actors.SendAsync(call, IActors.Settings, command, ct);
    }
}
