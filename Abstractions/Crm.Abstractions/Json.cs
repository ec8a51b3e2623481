using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Crm;

/// <summary>How this program writes JSON: on the wire, and in its documents in the database.</summary>
public static class Json
{
    /// <summary>Requests and answers: camelCase, enums as camelCase text, numbers only as numbers, unknown members refused, absent written as null.</summary>
    public static JsonSerializerOptions Wire { get; } = Make(JsonUnmappedMemberHandling.Disallow, JsonIgnoreCondition.Never);

    /// <summary>States in the database: as on the wire, but what is absent is left out and what a newer version wrote is passed over.</summary>
    public static JsonSerializerOptions State { get; } = Make(JsonUnmappedMemberHandling.Skip, JsonIgnoreCondition.WhenWritingNull);

    /// <summary>Applies the wire's rules to options that the framework made.</summary>
    public static void Apply(JsonSerializerOptions options, JsonUnmappedMemberHandling unmapped = JsonUnmappedMemberHandling.Disallow)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DictionaryKeyPolicy = null;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.UnmappedMemberHandling = unmapped;
        options.MaxDepth = 32;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        // Answers are JSON with a JSON content type, never pasted into HTML: å, ä and ö stay readable.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
    }

    private static JsonSerializerOptions Make(JsonUnmappedMemberHandling unmapped, JsonIgnoreCondition ignore)
    {
        var options = new JsonSerializerOptions { DefaultIgnoreCondition = ignore, TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver() };
        Apply(options, unmapped);
        if (unmapped == JsonUnmappedMemberHandling.Skip) (options.RespectRequiredConstructorParameters, options.RespectNullableAnnotations) = (false, false);
        options.MakeReadOnly();
        return options;
    }
}

/// <summary>
/// A member of a merge patch (RFC 7396): absent (leave it), null (clear it) or a value (set it). Annotate the property with
/// <c>[JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]</c> so that absent stays absent when a command is stored.
/// </summary>
/// <typeparam name="T">The member's type.</typeparam>
[JsonConverter(typeof(OptionalConverter))]
[SuppressMessage("Naming", "CA1716", Justification = "Optional is the field's word.")]
public readonly record struct Optional<T>
{
    /// <summary>A value, or null to clear.</summary>
    public Optional(T? value) => (IsSet, Value) = (true, value);

    /// <summary>False = the request did not name this member.</summary>
    public bool IsSet { get; }

    /// <summary>The value; null clears.</summary>
    public T? Value { get; }

    /// <summary>The value if it was named, else what stands.</summary>
    public T? Or(T? current) => IsSet ? Value : current;

    /// <summary>A value is an optional.</summary>
    [SuppressMessage("Usage", "CA2225", Justification = "The constructor is the alternative.")]
    public static implicit operator Optional<T>(T? value) => new(value);
}

internal sealed class OptionalConverter : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Optional<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert.GetGenericArguments()[0]))!;

    private sealed class Converter<T> : JsonConverter<Optional<T>>
    {
        public override bool HandleNull => true;

        public override Optional<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.TokenType == JsonTokenType.Null ? default : JsonSerializer.Deserialize<T>(ref reader, options));

        public override void Write(Utf8JsonWriter writer, Optional<T> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Value, options);
    }
}
