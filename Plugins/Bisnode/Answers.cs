using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Crm.Plugins.Bisnode;

/// <summary>What answers mean, whichever way they came.</summary>
internal static class Answers
{
    /// <summary>Throws for an answer that is none.</summary>
    /// <param name="response">With its body, which is not told: it may hold anything.</param>
    /// <param name="system">Who answered.</param>
    /// <exception cref="PluginException">By the status.</exception>
    public static void Check(HttpResponseMessage response, string system)
    {
        if (response.IsSuccessStatusCode) return;
        var kind = response.StatusCode switch
        {
            HttpStatusCode.Unauthorized => PluginErrorKind.Unauthorized,
            HttpStatusCode.Forbidden => PluginErrorKind.Forbidden,
            HttpStatusCode.TooManyRequests => PluginErrorKind.RateLimited,
            HttpStatusCode.BadRequest => PluginErrorKind.Invalid,
            _ => PluginErrorKind.Unavailable,
        };
        throw new PluginException(kind, $"{system} answered {(int)response.StatusCode}.") { RetryAfter = response.Headers.RetryAfter?.Delta };
    }

    /// <summary>Reads a body.</summary>
    /// <exception cref="PluginException"><see cref="PluginErrorKind.Unavailable"/>: it is not what the system is known to answer.</exception>
    public static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, string system, CancellationToken ct) where T : class
    {
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(ct);
            return await JsonSerializer.DeserializeAsync(body, type, ct) ?? throw new JsonException("It is null.");
        }
        catch (JsonException broken) { throw new PluginException(PluginErrorKind.Unavailable, $"{system} answered something that cannot be read.", broken); }
    }

    /// <summary>Nothing where there is nothing to read.</summary>
    public static string? OrNull(this string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>The parts that there are; null = none.</summary>
    public static string? Join(string separator, params IEnumerable<string?> parts) => string.Join(separator, parts.Select(OrNull).Where(p => p is not null)).OrNull();
}

/// <summary>Texts that sometimes come as numbers, and the other way round.</summary>
internal sealed class LooseText : JsonConverter<string>
{
    /// <inheritdoc />
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String: return reader.GetString();
            case JsonTokenType.Number: return reader.TryGetInt64(out var whole) ? whole.ToString(CultureInfo.InvariantCulture) : reader.GetDecimal().ToString(CultureInfo.InvariantCulture);
            default: reader.Skip(); return null;
        }
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
