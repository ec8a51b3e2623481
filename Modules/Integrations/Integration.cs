using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Plugins.Packages;

namespace Crm.Integrations;

/// <summary>A company's use of plugins, by their ids.</summary>
internal sealed record Integrations
{
    public static readonly Entity<Integrations> Entity = new("integrations", "integrations") { DefaultOf = _ => new(), View = (row, _) => row.State };

    public IReadOnlyDictionary<string, Integration> Plugins { get; init; } = new Dictionary<string, Integration>();

    public Integration? Of(string plugin) => Plugins.GetValueOrDefault(plugin);
}

/// <summary>A company's use of one plugin. Settings of a version that is gone stay, so that going back loses nothing.</summary>
internal sealed record Integration
{
    /// <summary>True = it is asked.</summary>
    public bool Enabled { get; init; }

    /// <summary>A JSON object by the plugin's schema, without secrets.</summary>
    public string Settings { get; init; } = "{}";

    /// <summary>When each secret was last set; the values are elsewhere.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Secrets { get; init; } = new Dictionary<string, DateTimeOffset>();
}

/// <summary>Changes a company's use of a plugin: a merge patch of its settings. Of a secret only that it was set, or taken away, is a part of the change.</summary>
/// <param name="Plugin">The plugin's id.</param>
/// <param name="Schema">The settings that the version serving this company has.</param>
/// <param name="Enabled">Null = as it is.</param>
/// <param name="Settings">What is written, as JSON without the values of secrets; null = nothing.</param>
/// <param name="Secrets">The secrets that are set (true) or taken away (false).</param>
internal sealed record ChangeIntegration(string Plugin, SettingsSchema Schema, bool? Enabled, string? Settings, IReadOnlyDictionary<string, bool> Secrets) : ICommand<Integrations>
{
    public Decision<Integrations> Decide(Integrations all, Moment at)
    {
        var before = all.Of(Plugin) ?? new();
        var values = JsonNode.Parse(before.Settings)!.AsObject();
        if (Settings is not null)
        {
            foreach (var (name, value) in JsonNode.Parse(Settings)!.AsObject())
            {
                if (value is null) values.Remove(name);
                else values[name] = value.DeepClone();
            }
        }
        var secrets = before.Secrets.Where(s => Secrets.GetValueOrDefault(s.Key, true)).ToDictionary();
        foreach (var (name, _) in Secrets.Where(s => s.Value)) secrets[name] = at.Now;
        var after = new Integration { Enabled = Enabled ?? before.Enabled, Settings = values.ToJsonString(), Secrets = secrets };
        var problems = Problems(after, values).ToArray();
        if (problems.Length > 0) return Refusal.Invalid(problems);
        return after.Enabled == before.Enabled && after.Settings == before.Settings && Secrets.Count == 0 ? Decision.Nothing(all)
            : Decision.Accept(all with { Plugins = new Dictionary<string, Integration>(all.Plugins) { [Plugin] = after } }, before.Enabled == after.Enabled ? "integration.changed" : after.Enabled ? "integration.enabled" : "integration.disabled");
    }

    /// <summary>A plugin that is off may lack settings; what is written must be right at all times.</summary>
    private IEnumerable<Problem> Problems(Integration after, JsonObject values)
    {
        foreach (var name in Secrets.Keys.Where(n => Schema.Properties.GetValueOrDefault(n) is not { IsSecret: true })) yield return new($"/settings/{name}", "integration.setting", $"{name} is no secret of this plugin.");
        foreach (var (name, problem) in Schema.Refuses(JsonSerializer.SerializeToElement(values)))
        {
            var isMissing = Schema.Required.Contains(name) && !values.ContainsKey(name);
            if (isMissing && (!after.Enabled || after.Secrets.ContainsKey(name))) continue;
            yield return new($"/settings/{name}", isMissing ? "integration.setting.required" : "integration.setting", $"{name} {problem}");
        }
    }
}
