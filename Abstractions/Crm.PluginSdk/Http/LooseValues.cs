using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Crm.Plugins;

/// <summary>Reads numbers that outside systems sometimes write as texts: null where there is nothing to read.</summary>
public sealed class LooseNumber : JsonConverter<decimal?>
{
    /// <inheritdoc />
    public override decimal? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        // Far beyond money, and so beyond decimal, is nonsense and no overflow of ours.
        JsonTokenType.Number => reader.TryGetDecimal(out var number) ? number : throw new JsonException("A number is too large."),
        JsonTokenType.String when reader.GetString() is var text => string.IsNullOrWhiteSpace(text) ? null
            : decimal.TryParse(text, NumberStyles.Number | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) ? number : throw new JsonException("A number was expected."),
        _ => throw new JsonException("A number was expected."),
    };

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, decimal? value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (value is { } number) writer.WriteNumberValue(number);
        else writer.WriteNullValue();
    }
}

/// <summary>Reads days that outside systems write with or without a time: null where there is nothing to read.</summary>
public sealed class LooseDay : JsonConverter<DateOnly?>
{
    /// <inheritdoc />
    public override DateOnly? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.String when reader.GetString() is var text => string.IsNullOrWhiteSpace(text) ? null
            : text.Length >= 10 && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw new JsonException("A day was expected."),
        _ => throw new JsonException("A day was expected."),
    };

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, DateOnly? value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }
}

/// <summary>Reads a yes or no that outside systems sometimes write as a text or a number: null where there is nothing to read.</summary>
public sealed class LooseFlag : JsonConverter<bool?>
{
    /// <inheritdoc />
    public override bool? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.Number => reader.GetDecimal() != 0,
        JsonTokenType.String => reader.GetString()!.Trim().ToUpperInvariant() switch { "" => null, "TRUE" or "1" => true, "FALSE" or "0" => false, _ => throw new JsonException("Yes or no was expected.") },
        _ => throw new JsonException("Yes or no was expected."),
    };

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, bool? value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (value is { } flag) writer.WriteBooleanValue(flag);
        else writer.WriteNullValue();
    }
}
