using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Crm.Plugins.Packages;

/// <summary>The part of JSON Schema 2020-12 that settings are described with: one object of texts, whole numbers and yes/no.</summary>
public sealed record SettingsSchema
{
    /// <summary>Always <c>object</c>.</summary>
    public string Type { get; init; } = "object";
    /// <summary>By name, in the order of the form.</summary>
    public Dictionary<string, SettingSchema> Properties { get; init; } = [];
    /// <summary>Those that must be set before the plugin can be used.</summary>
    public string[] Required { get; init; } = [];
    /// <summary>Always false: a setting that nobody knows is a mistake.</summary>
    public bool AdditionalProperties { get; init; }

    internal IEnumerable<string> Problems()
    {
        if (Type != "object") yield return "settings.type is object.";
        if (AdditionalProperties) yield return "settings.additionalProperties is false.";
        if (Properties.Count > 50) yield return "settings has up to 50 properties.";
        foreach (var name in Required.Where(r => !Properties.ContainsKey(r))) yield return $"settings.required names {name}, which is no setting.";
        foreach (var (name, setting) in Properties)
        {
            if (name.Length is 0 or > 60 || !name.All(char.IsAsciiLetterOrDigit)) yield return $"settings.{name}: a name has 1 to 60 letters and digits.";
            if (setting.Type is not ("string" or "integer" or "boolean")) yield return $"settings.{name}.type is string, integer or boolean.";
            if ((setting.IsSecret || setting.IsHost || setting.Format is not null || setting.Enum is not null) && setting.Type != "string") yield return $"settings.{name}: only a string has a format, an enum, x-secret or x-host.";
            if (setting.IsSecret && setting.Default is not null) yield return $"settings.{name}: a secret has no default.";
            if (setting.Format is not (null or "uri")) yield return $"settings.{name}.format is uri.";
            if (setting.IsHost && setting.Format != "uri") yield return $"settings.{name}: x-host goes with format uri.";
            if (setting.Default is { } value && setting.Refuses(value) is { } no) yield return $"settings.{name}.default {no}";
        }
    }

    /// <summary>What is wrong with values, by the setting's name.</summary>
    /// <param name="values">A JSON object; absent and null both mean not set.</param>
    public IEnumerable<(string Name, string Problem)> Refuses(JsonElement values)
    {
        if (values.ValueKind != JsonValueKind.Object) { yield return ("", "is an object."); yield break; }
        foreach (var value in values.EnumerateObject())
        {
            if (!Properties.TryGetValue(value.Name, out var setting)) yield return (value.Name, "is no setting of this plugin.");
            else if (value.Value.ValueKind != JsonValueKind.Null && setting.Refuses(value.Value) is { } no) yield return (value.Name, no);
        }
        foreach (var name in Required)
        {
            if (Properties[name].Default is null && (!values.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)) yield return (name, "is required.");
        }
    }

    /// <summary>Those of some values that this schema knows: another version of the plugin may have more.</summary>
    public JsonElement Known(JsonObject values) => JsonSerializer.SerializeToElement(values.Where(v => Properties.ContainsKey(v.Key)).ToDictionary());

    /// <summary>Values with the defaults of what is not set.</summary>
    public JsonElement WithDefaults(JsonElement values)
    {
        var all = Properties.Where(p => p.Value.Default is not null).ToDictionary(p => p.Key, p => p.Value.Default!.Value);
        foreach (var value in values.EnumerateObject().Where(v => v.Value.ValueKind != JsonValueKind.Null)) all[value.Name] = value.Value;
        return JsonSerializer.SerializeToElement(all);
    }
}

/// <summary>One setting. On the wire it is a JSON Schema of its own, so what is not said is absent and never null.</summary>
public sealed record SettingSchema
{
    /// <summary><c>string</c>, <c>integer</c> or <c>boolean</c>.</summary>
    public required string Type { get; init; }
    /// <summary><c>uri</c> = a web address; null = any text.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Format { get; init; }
    /// <summary>The values to choose from; null = free.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string[]? Enum { get; init; }
    /// <summary>What counts when it is not set.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public JsonElement? Default { get; init; }
    /// <summary>Characters at least.</summary>
    public int MinLength { get; init; }
    /// <summary>Characters at most.</summary>
    public int MaxLength { get; init; } = 2_000;
    /// <summary>A number's least value.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public long? Minimum { get; init; }
    /// <summary>A number's greatest value.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public long? Maximum { get; init; }
    /// <summary>Written, never read back; encrypted at rest.</summary>
    [JsonPropertyName("x-secret")] public bool IsSecret { get; init; }
    /// <summary>The plugin may call the host of this address.</summary>
    [JsonPropertyName("x-host")] public bool IsHost { get; init; }

    /// <summary>What is wrong with a value; null = nothing.</summary>
    public string? Refuses(JsonElement value) => (Type, value.ValueKind) switch
    {
        ("boolean", JsonValueKind.True or JsonValueKind.False) => null,
        ("boolean", _) => "is true or false.",
        ("integer", JsonValueKind.Number) when value.TryGetInt64(out var number) => number < Minimum || number > Maximum ? string.Create(CultureInfo.InvariantCulture, $"is {Minimum} to {Maximum}.") : null,
        ("integer", _) => "is a whole number.",
        ("string", JsonValueKind.String) => RefusesText(value.GetString()!),
        _ => "is a text.",
    };

    private string? RefusesText(string text) =>
        text.Length < MinLength || text.Length > MaxLength ? $"has {MinLength} to {MaxLength} characters."
        : text.Any(char.IsControl) ? "has no control characters."
        : Enum is not null && !Enum.Contains(text) ? $"is one of {string.Join(", ", Enum)}."
        : Format == "uri" && !(Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0) ? "is a web address such as https://api.example.com/v1."
        : null;
}
