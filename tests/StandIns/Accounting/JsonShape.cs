using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Crm.StandIns;

/// <summary>Holds JSON to a schema: the few words of JSON Schema that contracts use. A word that is none of them is a fault of the contract.</summary>
/// <param name="shapes">What <c>$ref</c> names.</param>
internal sealed class JsonShape(JsonObject shapes)
{
    /// <summary>What is wrong, each with the pointer to where it is.</summary>
    public IEnumerable<string> Faults(JsonNode? value, JsonNode schema, string at = "")
    {
        if (schema is JsonValue no && no.GetValueKind() == JsonValueKind.False) return [$"{at}: it may not be sent."];
        var rules = schema.AsObject();
        if (rules["$ref"] is { } name) return Faults(value, shapes[(string)name!] ?? throw new InvalidOperationException($"The contract has no shape {name}."), at);
        return rules.SelectMany(rule => Faults(value, rule.Key, rule.Value!, rules, at));
    }

    private IEnumerable<string> Faults(JsonNode? value, string word, JsonNode rule, JsonObject rules, string at) => word switch
    {
        "type" when !IsOf(value, (string)rule!) => [$"{at}: it is no {rule}."],
        "enum" when !rule.AsArray().Any(one => JsonNode.DeepEquals(one, value)) => [$"{at}: it is none of {rule.ToJsonString()}."],
        "required" => rule.AsArray().Where(member => value is JsonObject written && !written.ContainsKey((string)member!)).Select(member => $"{at}/{member}: it is missing."),
        "properties" => value is not JsonObject written ? [] : written.Where(member => rule[member.Key] is not null).SelectMany(member => Faults(member.Value, rule[member.Key]!, $"{at}/{member.Key}")),
        "additionalProperties" => value is not JsonObject whole || (bool)rule ? [] : whole.Where(member => rules["properties"]?[member.Key] is null).Select(member => $"{at}/{member.Key}: there is no such member."),
        "allOf" => rule.AsArray().SelectMany(all => Faults(value, all!, at)),
        "items" => value is not JsonArray items ? [] : items.SelectMany((item, i) => Faults(item, rule, string.Create(CultureInfo.InvariantCulture, $"{at}/{i}"))),
        "minLength" when Text(value) is { } text && text.Length < (int)rule => [$"{at}: it is shorter than {rule}."],
        "maxLength" when Text(value) is { } text && text.Length > (int)rule => [$"{at}: it is longer than {rule}."],
        "pattern" when Text(value) is { } text && !Regex.IsMatch(text, (string)rule!, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)) => [$"{at}: it is not of the form {rule}."],
        "minimum" when Number(value) is { } number && number < (decimal)rule => [$"{at}: it is less than {rule}."],
        "maximum" when Number(value) is { } number && number > (decimal)rule => [$"{at}: it is more than {rule}."],
        "type" or "enum" or "minLength" or "maxLength" or "pattern" or "minimum" or "maximum" => [],
        _ => throw new InvalidOperationException($"A contract says {word}, which is not understood."),
    };

    private static bool IsOf(JsonNode? value, string type) => type switch
    {
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => Text(value) is not null,
        "number" => Number(value) is not null,
        "integer" => Number(value) is { } number && number == decimal.Truncate(number),
        "boolean" => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        _ => throw new InvalidOperationException($"A contract says type {type}, which is not understood."),
    };

    private static string? Text(JsonNode? value) => value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    private static decimal? Number(JsonNode? value) => value?.GetValueKind() == JsonValueKind.Number && decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
