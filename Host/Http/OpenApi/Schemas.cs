using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Crm.Host.Http.OpenApi;

/// <summary>What the types look like on the wire, of one document.</summary>
internal sealed class Schemas
{
    private readonly ConcurrentDictionary<string, JsonTypeInfo> _types = new();

    /// <summary>A member of a merge patch is its value, or null, or absent: the document shows the value's type.</summary>
    /// <remarks>
    /// The framework's JSON options, in which this runs, make the document and write server-sent events; requests are read by <see cref="Json.Wire"/>.
    /// </remarks>
    public static void SeeThroughOptional(JsonTypeInfo info)
    {
        for (var i = 0; i < info.Properties.Count; i++)
        {
            var property = info.Properties[i];
            if (!IsOptional(property.PropertyType)) continue;
            var value = info.CreateJsonPropertyInfo(property.PropertyType.GetGenericArguments()[0], property.Name);
            (value.Get, value.Set, value.AttributeProvider) = (static _ => null, static (_, _) => { }, property.AttributeProvider);
            if (!value.PropertyType.IsValueType) (value.IsGetNullable, value.IsSetNullable) = (true, true);
            info.Properties[i] = value;
        }
    }

    /// <summary>The name of a type's schema; null = it has none and is written where it is used.</summary>
    public string? NameOf(JsonTypeInfo info)
    {
        if ((Nullable.GetUnderlyingType(info.Type) ?? info.Type) == typeof(JsonElement) || OpenApiOptions.CreateDefaultSchemaReferenceId(info) is not { } name) return null;
        _types[name] = info;
        return name;
    }

    /// <summary>Adds what the framework does not know about numbers, enums and merge patches.</summary>
    public static Task CorrectAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken ct)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type == typeof(decimal)) schema.Format = "decimal";
        if (type.IsEnum) schema.Type = JsonSchemaType.String;
        // The framework asks the property's own type whether it may be null; an Optional always may.
        foreach (var member in context.JsonTypeInfo.Properties.Where(m => m.AttributeProvider is PropertyInfo own && IsOptional(own.PropertyType)))
        {
            if (schema.Properties?.TryGetValue(member.Name, out var value) == true && value.OneOf is not { Count: > 0 } && value.Type?.HasFlag(JsonSchemaType.Null) != true)
                schema.Properties[member.Name] = new OpenApiSchema { OneOf = [new OpenApiSchema { Type = JsonSchemaType.Null }, value] };
        }
        return Task.CompletedTask;
    }

    /// <summary>
    /// Requests are closed: an unknown member is refused. Answers are open, so that a later version may add members, and complete: every member is
    /// there, if only as null, but for those that say that they are absent then. A schema that is both follows the request's rules. Every schema and member gets its words.
    /// </summary>
    public void Complete(OpenApiDocument document)
    {
        var schemas = document.Components!.Schemas!;
        // Files are written where they are used; see Operations.
        schemas.Remove(nameof(IFormFile));
        HashSet<string> asked = [];
        foreach (var media in document.Paths.Values.SelectMany(p => p.Operations!.Values).SelectMany(o => o.RequestBody?.Content?.Values ?? [])) Reach(media.Schema, asked, document);
        foreach (var (id, schema) in schemas)
        {
            Describe(id, schema);
            if (asked.Contains(id) || schema is not OpenApiSchema { Properties: { } properties } answer) continue;
            (answer.AdditionalPropertiesAllowed, answer.Required) = (true, properties.Keys.Where(member => !IsAbsentWhenNull(id, member)).ToHashSet());
        }
    }

    private void Describe(string id, IOpenApiSchema schema)
    {
        if (!_types.TryGetValue(id, out var info)) return;
        schema.Description = Words.Of(Nullable.GetUnderlyingType(info.Type) ?? info.Type) ?? schema.Description;
        foreach (var member in info.Properties)
        {
            if (schema.Properties?.TryGetValue(member.Name, out var value) != true || member.AttributeProvider is not PropertyInfo property) continue;
            value!.Description = Words.Of(property);
            // The words belong to the member, not to one of its two forms, null and a value.
            foreach (var form in value.OneOf?.OfType<OpenApiSchemaReference>() ?? []) form.Reference.Description = null;
        }
    }

    private bool IsAbsentWhenNull(string id, string member) =>
        _types.GetValueOrDefault(id)?.Properties.FirstOrDefault(p => p.Name == member)?.AttributeProvider is PropertyInfo property && property.GetCustomAttribute<JsonIgnoreAttribute>()?.Condition == JsonIgnoreCondition.WhenWritingNull;

    private static bool IsOptional(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Optional<>);

    private static void Reach(IOpenApiSchema? schema, HashSet<string> seen, OpenApiDocument document)
    {
        if (schema is null) return;
        if (schema is OpenApiSchemaReference { Reference.Id: { } id } && (!seen.Add(id) || !document.Components!.Schemas!.TryGetValue(id, out schema))) return;
        foreach (var part in (schema.Properties?.Values ?? []).Concat(schema.OneOf ?? []).Concat(schema.AnyOf ?? []).Concat(schema.AllOf ?? [])) Reach(part, seen, document);
        Reach(schema.Items, seen, document);
        Reach(schema.AdditionalProperties, seen, document);
    }
}
