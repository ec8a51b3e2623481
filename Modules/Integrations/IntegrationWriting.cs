using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Plugins.Packages;

namespace Crm.Integrations;

/// <summary>
/// Writes a company's settings for a plugin: what is secret beside the journal, the rest in it. A secret's value comes first, in a row of its own that
/// nothing names yet; the stored change names it. So a change that is not stored has changed nothing, and every host sees a secret by the change.
/// </summary>
internal sealed class IntegrationWriting(IActors actors, PluginActions actions, Secrets secrets)
{
    public async Task<Reply<Integrations>> ChangeAsync(Call call, PluginManifest manifest, IntegrationChange change, CancellationToken ct)
    {
        if (change.Settings is { ValueKind: not JsonValueKind.Object }) return Refusal.Malformed([new("/settings", "integration.settings", "The settings are an object: a value for each name.")]);
        var before = (await actors.ReadAsync<Integrations>(call.Company, IActors.Settings, ct))!.State.Of(manifest.Id) ?? new();
        var (open, written, values, wrong) = (new JsonObject(), new Dictionary<string, WrittenSecret>(), new Dictionary<string, string>(), new List<Problem>());
        foreach (var setting in change.Settings?.EnumerateObject() ?? default)
        {
            var schema = manifest.Settings.Properties.GetValueOrDefault(setting.Name);
            var isCleared = setting.Value.ValueKind == JsonValueKind.Null;
            if (schema is not { IsSecret: true } && !(isCleared && before.Secrets.ContainsKey(setting.Name))) open[setting.Name] = JsonNode.Parse(setting.Value.GetRawText());
            else if (!isCleared && schema!.Refuses(setting.Value) is { } no) wrong.Add(new($"/settings/{setting.Name}", "integration.setting", $"{setting.Name} {no}"));
            else Hide(setting.Name, isCleared ? "" : setting.Value.GetString()!, wasPlain: false);
        }
        // What an older version kept in words.
        foreach (var (name, value) in before.Values())
        {
            if (manifest.Settings.Properties.GetValueOrDefault(name) is { IsSecret: true } && !written.ContainsKey(name)) Hide(name, $"{value}", wasPlain: true);
        }
        var isSigned = (await actions.RowAsync(manifest.Id, ct))?.State.Version(manifest.Version)?.SignedBy is not null;
        var command = new ChangeIntegration(manifest, isSigned, change.Enabled, open.ToJsonString(), written, wrong);
        var would = await actors.SendAsync(call with { DryRun = true }, IActors.Settings, command, ct);
        if (call.DryRun || would.Refusal is not null || would.Replayed is not null) return would;
        foreach (var (row, value) in values) await secrets.WriteAsync(call.Company, manifest.Id, row, value, ct);
        var reply = await actors.SendAsync(call, IActors.Settings, command, CancellationToken.None);
        // Where the database did not answer, the change may have been stored all the same, and needs its secrets.
        if (reply.Refusal is not { Kind: RefusalKind.Unavailable }) await secrets.RemoveAsync(call.Company, manifest.Id, reply.Row is { } row ? row.State.Of(manifest.Id)?.Dropped ?? [] : values.Keys);
        return reply;

        void Hide(string name, string value, bool wasPlain)
        {
            written[name] = new(value.Length == 0 ? null : $"{name}.{Guid.NewGuid():n}", wasPlain);
            if (written[name].Row is { } row) values.Add(row, value);
        }
    }
}
