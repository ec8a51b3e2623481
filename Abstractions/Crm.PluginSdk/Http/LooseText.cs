using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Crm.Plugins;

/// <summary>
/// Reads texts that outside systems sometimes write as numbers, such as post codes and company numbers: trimmed, and null where there is nothing to read.
/// Named in a plugin's own context: <c>[JsonSourceGenerationOptions(Converters = [typeof(LooseText)])]</c>.
/// </summary>
public sealed class LooseText : JsonConverter<string>
{
    /// <inheritdoc />
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString() is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null,
        JsonTokenType.Number => reader.TryGetInt64(out var whole) ? whole.ToString(CultureInfo.InvariantCulture) : reader.GetDecimal().ToString(CultureInfo.InvariantCulture),
        // Some systems write false where there is nothing.
        JsonTokenType.True or JsonTokenType.False => null,
        _ => throw new JsonException("A text was expected."),
    };

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value);
    }
}
