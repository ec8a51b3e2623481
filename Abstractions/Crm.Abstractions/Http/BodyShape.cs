using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Crm;

/// <summary>Compares a JSON value with the type that will be read from it and reports every difference, where the serializer stops at the first.</summary>
internal static class BodyShape
{
    public static void Check(JsonElement element, JsonTypeInfo info, string pointer, List<Problem> problems)
    {
        var type = Nullable.GetUnderlyingType(info.Type) ?? info.Type;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Optional<>))
        {
            var inner = type.GetGenericArguments()[0];
            if (element.ValueKind != JsonValueKind.Null) Check(element, info.Options.GetTypeInfo(inner), pointer, problems);
            return;
        }
        if (element.ValueKind == JsonValueKind.Null)
        {
            // Whether null is allowed is the property's business: Members() has checked it.
            if (pointer.Length == 0) problems.Add(new("", "request.null", "The body is null."));
            return;
        }
        switch (info.Kind)
        {
            case JsonTypeInfoKind.Object: Members(element, info, pointer, problems); break;
            case JsonTypeInfoKind.Enumerable: Items(element, info, pointer, problems); break;
            case JsonTypeInfoKind.Dictionary: Entries(element, info, pointer, problems); break;
            default: Scalar(element, type, pointer, problems); break;
        }
    }

    /// <summary>Turns the serializer's path (<c>$.lines[0].net</c>) into a JSON pointer.</summary>
    public static string Pointer(string? path) =>
        path is null ? "" : path.TrimStart('$').Replace("['", "/", StringComparison.Ordinal).Replace("']", "", StringComparison.Ordinal).Replace('.', '/').Replace("[", "/", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);

    private static void Members(JsonElement element, JsonTypeInfo info, string pointer, List<Problem> problems)
    {
        if (element.ValueKind != JsonValueKind.Object) { Wrong("an object", pointer, problems); return; }
        foreach (var member in element.EnumerateObject())
        {
            // An escaped lone surrogate in a name cannot be turned into a string at all.
            if (!IsText(member, out var name)) { problems.Add(new(pointer, "request.text", "A member's name is not Unicode text.")); continue; }
            var at = $"{pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
            var property = info.Properties.FirstOrDefault(p => p.Name == name && p.Set is not null)
                ?? info.Properties.FirstOrDefault(p => p.Name == name && p.AssociatedParameter is not null);
            if (property is null) problems.Add(new(at, "request.member.unknown", $"There is no member '{name}' here."));
            else if (member.Value.ValueKind == JsonValueKind.Null && IsRequiredValue(property)) problems.Add(new(at, "request.null", "This member cannot be null."));
            else Check(member.Value, info.Options.GetTypeInfo(property.PropertyType), at, problems);
        }
        foreach (var property in info.Properties)
        {
            if (property.IsRequired && !element.TryGetProperty(property.Name, out _))
                problems.Add(new($"{pointer}/{property.Name}", "request.member.missing", "This member is required."));
        }
    }

    private static bool IsRequiredValue(JsonPropertyInfo property) =>
        property.PropertyType.IsValueType
            ? Nullable.GetUnderlyingType(property.PropertyType) is null && !(property.PropertyType.IsGenericType && property.PropertyType.GetGenericTypeDefinition() == typeof(Optional<>))
            : !property.IsSetNullable;

    private static bool IsText(JsonProperty member, out string name)
    {
        try { name = member.Name; return true; }
        catch (InvalidOperationException) { name = ""; return false; }
    }

    private static void Items(JsonElement element, JsonTypeInfo info, string pointer, List<Problem> problems)
    {
        if (element.ValueKind != JsonValueKind.Array) { Wrong("an array", pointer, problems); return; }
        var items = info.Options.GetTypeInfo(info.ElementType!);
        var index = 0;
        foreach (var item in element.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Null) problems.Add(new($"{pointer}/{index}", "request.null", "An item cannot be null."));
            else Check(item, items, $"{pointer}/{index}", problems);
            index++;
        }
    }

    private static void Entries(JsonElement element, JsonTypeInfo info, string pointer, List<Problem> problems)
    {
        if (element.ValueKind != JsonValueKind.Object) { Wrong("an object", pointer, problems); return; }
        var values = info.Options.GetTypeInfo(info.ElementType!);
        foreach (var member in element.EnumerateObject())
        {
            if (!IsText(member, out var name)) problems.Add(new(pointer, "request.text", "A member's name is not Unicode text."));
            else if (member.Value.ValueKind == JsonValueKind.Null && !TakesNull(info.ElementType!)) problems.Add(new($"{pointer}/{name}", "request.null", "An entry cannot be null."));
            else Check(member.Value, values, $"{pointer}/{name}", problems);
        }
    }

    /// <summary>Texts in a collection cannot be null: whether they may is not to be seen at run time, so those that may are optional.</summary>
    private static bool TakesNull(Type type) => Nullable.GetUnderlyingType(type) is not null || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Optional<>));

    private static void Scalar(JsonElement element, Type type, string pointer, List<Problem> problems)
    {
        var kind = element.ValueKind;
        if (type == typeof(string) || type == typeof(DateOnly) || type == typeof(DateTimeOffset) || type.IsEnum)
        {
            if (kind != JsonValueKind.String) Wrong(type == typeof(string) ? "a text" : type.IsEnum ? $"one of {Names(type)}" : "a date in quotes", pointer, problems);
            else if (Text(element) is not { } text) problems.Add(new(pointer, "request.text", "The text has a NUL character or half a surrogate pair."));
            else if (type.IsEnum && !Names(type).Split(", ").Contains(text)) Wrong($"one of {Names(type)}", pointer, problems);
            else if (type == typeof(DateOnly) && !DateOnly.TryParseExact(text, "yyyy-MM-dd", out _)) Wrong("a date such as 2026-03-07", pointer, problems);
        }
        else if (type == typeof(bool)) { if (kind is not (JsonValueKind.True or JsonValueKind.False)) Wrong("true or false", pointer, problems); }
        else if (type == typeof(int)) { if (kind != JsonValueKind.Number || !element.TryGetInt32(out _)) Wrong("a whole number", pointer, problems); }
        else if (type == typeof(long)) { if (kind != JsonValueKind.Number || !element.TryGetInt64(out _)) Wrong("a whole number", pointer, problems); }
        else if (type == typeof(decimal)) { if (kind != JsonValueKind.Number || !element.TryGetDecimal(out _)) Wrong("a number", pointer, problems); }
    }

    private static string? Text(JsonElement element)
    {
        try { return element.GetString() is { } text && !text.Contains('\0', StringComparison.Ordinal) ? text : null; }
        catch (InvalidOperationException) { return null; }
    }

    private static string Names(Type type) => string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName));

    private static void Wrong(string right, string pointer, List<Problem> problems) => problems.Add(new(pointer, "request.type", $"This is not {right}."));
}
