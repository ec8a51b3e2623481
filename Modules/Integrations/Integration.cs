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

    /// <summary>The secrets that are set; the values are elsewhere.</summary>
    public IReadOnlyDictionary<string, SetSecret> Secrets { get; init; } = new Dictionary<string, SetSecret>();

    /// <summary>The rows of secrets that the last change has put out of use.</summary>
    public IReadOnlyList<string> Dropped { get; init; } = [];

    /// <summary>One more with every change, so that the same number means the same settings and secrets on every host.</summary>
    public int Generation { get; init; }

    /// <summary>When somebody connected it with its system; null = nobody has, or somebody has disconnected it. The tokens are elsewhere.</summary>
    public DateTimeOffset? ConnectedAt { get; init; }

    public JsonObject Values() => JsonNode.Parse(Settings)!.AsObject();
}

/// <summary>A secret that is set.</summary>
/// <param name="Row">Where its value is. Each value has a row of its own, so it counts when the change that names the row is stored, and else never.</param>
/// <param name="At">When it was set.</param>
internal sealed record SetSecret(string Row, DateTimeOffset At);

/// <summary>A secret that is written.</summary>
/// <param name="Row">Where its value is already; null = it is taken away.</param>
/// <param name="WasPlain">True = nobody gave it now: it was a setting in words, and the version that serves now calls it a secret.</param>
internal sealed record WrittenSecret(string? Row, bool WasPlain = false);

/// <summary>Changes a company's use of a plugin: a merge patch of its settings. Of a secret only where it is, or that it is gone, is a part of the change.</summary>
/// <param name="Manifest">Of the version that serves this company.</param>
/// <param name="IsSigned">False = nobody signed that version; for the answer.</param>
/// <param name="Enabled">Null = as it is.</param>
/// <param name="Settings">What is written, as JSON without the values of secrets.</param>
/// <param name="Secrets">The secrets that are written.</param>
/// <param name="Wrong">What is wrong with their values.</param>
internal sealed record ChangeIntegration(PluginManifest Manifest, bool IsSigned, bool? Enabled, string Settings, IReadOnlyDictionary<string, WrittenSecret> Secrets, IReadOnlyList<Problem> Wrong) : ICommand<Integrations>
{
    private SettingsSchema Schema => Manifest.Settings;

    public Decision<Integrations> Decide(Integrations all, Moment at)
    {
        var before = all.Of(Manifest.Id) ?? new();
        var (values, written) = (before.Values(), JsonNode.Parse(Settings)!.AsObject());
        foreach (var (name, value) in written)
        {
            if (value is null) values.Remove(name);
            else values[name] = value.DeepClone();
        }
        var secrets = before.Secrets.ToDictionary();
        foreach (var (name, secret) in Secrets)
        {
            values.Remove(name);
            if (secret.WasPlain && secrets.ContainsKey(name)) continue;
            if (secret.Row is null) secrets.Remove(name);
            else secrets[name] = new(secret.Row, at.Now);
        }
        var rows = before.Secrets.Values.Select(s => s.Row).Concat(Secrets.Values.Select(s => s.Row).OfType<string>());
        var after = before with
        {
            Enabled = Enabled ?? before.Enabled, Settings = values.ToJsonString(), Secrets = secrets, Generation = before.Generation + 1, Dropped = [.. rows.Except(secrets.Values.Select(s => s.Row))],
        };
        Problem[] problems = [.. Wrong, .. Problems(before, after, values, written)];
        if (problems.Length > 0) return Refusal.Invalid(problems);
        var isSame = after.Enabled == before.Enabled && after.Settings == before.Settings && after.Dropped.Count == 0 && secrets.Count == before.Secrets.Count;
        var decision = isSame ? Decision.Nothing(all)
            : Decision.Accept(all with { Plugins = new Dictionary<string, Integration>(all.Plugins) { [Manifest.Id] = after } }, before.Enabled == after.Enabled ? "integration.changed" : after.Enabled ? "integration.enabled" : "integration.disabled");
        return decision.ShownAs((row, _) => IntegrationView.Of(Manifest.Id, row.State.Of(Manifest.Id), Manifest, IsSigned, Manifest.Texts));
    }

    /// <summary>
    /// What is written must be right at all times, and everything when the plugin is switched on. What an older version had taken keeps nobody from
    /// switching off, nor from setting right one thing after the other.
    /// </summary>
    private IEnumerable<Problem> Problems(Integration before, Integration after, JsonObject values, JsonObject written)
    {
        foreach (var (name, value) in written)
        {
            if (value is not null && !Schema.Properties.ContainsKey(name)) yield return new($"/settings/{name}", "integration.setting", $"{name} is no setting of this plugin.");
        }
        foreach (var (name, problem) in Schema.Refuses(Schema.Known(values)))
        {
            if (Enabled != true && !written.ContainsKey(name) && !Secrets.ContainsKey(name)) continue;
            var isMissing = !values.ContainsKey(name);
            if (isMissing && (!after.Enabled || after.Secrets.ContainsKey(name) || Wrong.Any(w => w.Pointer == $"/settings/{name}"))) continue;
            yield return new($"/settings/{name}", isMissing ? "integration.setting.required" : "integration.setting", $"{name} {problem}");
        }
        // Else whoever may write settings could send a secret that nobody may read to a server of their own.
        if (Hosts(values).Except(Hosts(before.Values())).Any())
        {
            foreach (var name in after.Secrets.Keys.Where(n => Schema.Properties.ContainsKey(n) && Secrets.GetValueOrDefault(n) is null or { WasPlain: true }))
                yield return new($"/settings/{name}", "integration.secret.again", $"The address is another one, so {name} has to be given again, or taken away.");
        }
    }

    /// <summary>The servers that the plugin may call by its settings.</summary>
    private IEnumerable<string> Hosts(JsonObject values)
    {
        var all = Schema.WithDefaults(Schema.Known(values));
        foreach (var name in Schema.Properties.Where(p => p.Value.IsHost).Select(p => p.Key))
            if (all.TryGetProperty(name, out var value) && Uri.TryCreate($"{value}", UriKind.Absolute, out var address)) yield return address.GetLeftPart(UriPartial.Authority);
    }
}
