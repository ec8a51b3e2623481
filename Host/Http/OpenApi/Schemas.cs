using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Crm.Host.Http.OpenApi;

/// <summary>What the types look like on the wire.</summary>
internal static class Schemas
{
    /// <summary>A member of a merge patch is its value, or null, or absent: the document shows the value's type.</summary>
    /// <remarks>
    /// The framework's JSON options, in which this runs, make the document and write server-sent events; requests are read by <see cref="Json.Wire"/>.
    /// </remarks>
    public static void SeeThroughOptional(JsonTypeInfo info)
    {
        for (var i = 0; i < info.Properties.Count; i++)
        {
            var property = info.Properties[i];
            if (property.PropertyType is not { IsGenericType: true } type || type.GetGenericTypeDefinition() != typeof(Optional<>)) continue;
            var value = info.CreateJsonPropertyInfo(type.GetGenericArguments()[0], property.Name);
            (value.Get, value.Set, value.AttributeProvider) = (static _ => null, static (_, _) => { }, property.AttributeProvider);
            if (!value.PropertyType.IsValueType) (value.IsGetNullable, value.IsSetNullable) = (true, true);
            info.Properties[i] = value;
        }
    }

    /// <summary>The name of a type's schema; null = it has none and is written where it is used.</summary>
    public static string? NameOf(JsonTypeInfo info) =>
        info.Type == typeof(System.Text.Json.JsonElement) || info.Type.IsAssignableTo(typeof(IFormFile)) ? null : OpenApiOptions.CreateDefaultSchemaReferenceId(info);

    /// <summary>Adds words, and what the framework does not know about numbers and enums.</summary>
    public static Task DescribeAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken ct)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type == typeof(decimal)) schema.Format = "decimal";
        if (type.IsEnum) schema.Type = JsonSchemaType.String;
        var words = context.JsonPropertyInfo?.AttributeProvider is PropertyInfo property ? Words.Of(property) : null;
        // The framework asks the property's own type whether it may be null; an Optional always may.
        foreach (var member in context.JsonTypeInfo.Properties.Where(m => m.AttributeProvider is PropertyInfo { PropertyType: { IsGenericType: true } own } && own.GetGenericTypeDefinition() == typeof(Optional<>)))
        {
            if (schema.Properties?.TryGetValue(member.Name, out var value) == true && value.OneOf is not { Count: > 0 } && value.Type?.HasFlag(JsonSchemaType.Null) != true)
                schema.Properties[member.Name] = new OpenApiSchema { OneOf = [new OpenApiSchema { Type = JsonSchemaType.Null }, value] };
        }
        schema.Description = words ?? (context.JsonPropertyInfo is null ? Words.Of(type) : null) ?? schema.Description;
        return Task.CompletedTask;
    }

    /// <summary>
    /// Requests are closed: an unknown member is refused. Answers are open, so that a later version may add members, and complete: every member is
    /// there, if only as null. A schema that is both follows the request's rules.
    /// </summary>
    public static void OpenAnswers(OpenApiDocument document)
    {
        HashSet<string> asked = [];
        foreach (var operation in document.Paths.Values.SelectMany(p => p.Operations!.Values))
        {
            foreach (var media in operation.RequestBody?.Content?.Values ?? []) Reach(media.Schema, asked, document);
        }
        foreach (var (id, schema) in document.Components!.Schemas!)
        {
            if (asked.Contains(id) || schema is not OpenApiSchema { Properties: { } properties } answer) continue;
            answer.AdditionalPropertiesAllowed = true;
            answer.Required = properties.Keys.ToHashSet();
        }
        foreach (var schema in document.Components.Schemas.Values) HoistWords(schema);
    }

    /// <summary>The words on a member that may be null belong to the member, not to one of its two forms.</summary>
    private static void HoistWords(IOpenApiSchema schema)
    {
        foreach (var member in schema.Properties?.Values.OfType<OpenApiSchema>() ?? [])
        {
            if (member.OneOf?.OfType<OpenApiSchemaReference>().FirstOrDefault() is not { Reference.Description: { } words } value) continue;
            (member.Description, value.Reference.Description) = (words, null);
        }
    }

    private static void Reach(IOpenApiSchema? schema, HashSet<string> seen, OpenApiDocument document)
    {
        if (schema is null) return;
        if (schema is OpenApiSchemaReference { Reference.Id: { } id } && (!seen.Add(id) || !document.Components!.Schemas!.TryGetValue(id, out schema))) return;
        foreach (var part in (schema.Properties?.Values ?? []).Concat(schema.OneOf ?? []).Concat(schema.AnyOf ?? []).Concat(schema.AllOf ?? [])) Reach(part, seen, document);
        Reach(schema.Items, seen, document);
        Reach(schema.AdditionalProperties, seen, document);
    }
}
