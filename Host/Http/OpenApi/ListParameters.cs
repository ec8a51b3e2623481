using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Crm.Host.Http.OpenApi;

/// <summary>The query of a list: paging, order, free text, and a filter for each field, as the list itself declares them.</summary>
internal static class ListParameters
{
    private static readonly (string Operator, string Words)[] Ranges =
        [("gt", "more than this"), ("gte", "this or more"), ("lt", "less than this"), ("lte", "this or less")];

    public static IEnumerable<IOpenApiParameter> Of(ListedFields list, IEnumerable<ListAddition> additions, OpenApiDocument document)
    {
        yield return new OpenApiParameterReference("limit", document);
        yield return new OpenApiParameterReference("cursor", document);
        yield return new OpenApiParameterReference("from", document);
        yield return new OpenApiParameterReference("count", document);
        if (list.FreeText) yield return new OpenApiParameterReference("q", document);
        var sorts = string.Join('|', list.Fields.Where(f => f.Sorts && f.Column is not null).Select(f => f.Name).Order(StringComparer.Ordinal));
        yield return Query("sort", $"The order: fields after each other, with - for descending; empty values come last. Known: {sorts.Replace("|", ", ", StringComparison.Ordinal)}.",
            new OpenApiSchema { Type = JsonSchemaType.String, Pattern = $"^-?({sorts})(,-?({sorts}))*$" });
        foreach (var field in list.Fields.Concat(additions.Where(a => a.Kind == list.Kind).SelectMany(a => a.Fields)).OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            foreach (var parameter in Of(field, document)) yield return parameter;
        }
    }

    private static IEnumerable<IOpenApiParameter> Of(ListField field, OpenApiDocument document)
    {
        if (field.Name == "deleted")
        {
            yield return new OpenApiParameterReference("deleted", document);
            yield break;
        }
        if (field.Test is not null)
        {
            yield return Query(field.Name, $"Only rows for which {field.Name} is true, or false.", One(ColumnType.Flag));
            yield break;
        }
        if (field.Contains)
        {
            yield return Query(field.Name, $"Only rows whose {field.Name} contains this text.", Text());
            yield break;
        }
        if (field.Type != ColumnType.Instant) yield return Query(field.Name, field.IsTerm ? $"Only rows that have one of these in {field.Name}; none = rows without any, any = rows with some." : $"Only rows whose {field.Name} is one of these; none = rows where it is empty, any = rows where it is not.", AnyOf(field.Type));
        if (field.IsTerm)
        {
            yield return Query($"{field.Name}.all", $"Only rows that have all of these in {field.Name}.", AnyOf(field.Type));
            yield return Query($"{field.Name}.none", $"Only rows that have none of these in {field.Name}.", AnyOf(field.Type));
        }
        else if (field.Type is ColumnType.Number or ColumnType.Amount or ColumnType.Date or ColumnType.Instant)
        {
            var day = field.Type == ColumnType.Instant ? " A date is the whole day in the company's time zone." : "";
            foreach (var (name, words) in Ranges) yield return Query($"{field.Name}.{name}", $"Only rows whose {field.Name} is {words}.{day}", One(field.Type));
        }
    }

    /// <summary>Values with commas between them; repeating the parameter means the same.</summary>
    private static OpenApiSchema AnyOf(ColumnType type) => new()
    {
        Type = JsonSchemaType.Array, MinItems = 1,
        Items = type == ColumnType.Text ? Text() : new OpenApiSchema { AnyOf = [One(type), new OpenApiSchema { Type = JsonSchemaType.String, Enum = [JsonValue.Create("none"), JsonValue.Create("any")] }] },
    };

    private static OpenApiSchema One(ColumnType type) => type switch
    {
        ColumnType.Number => new() { Type = JsonSchemaType.Integer, Format = "int64" },
        ColumnType.Amount => new() { Type = JsonSchemaType.Number, Format = "decimal" },
        ColumnType.Date => new() { Type = JsonSchemaType.String, Format = "date" },
        ColumnType.Instant => new() { AnyOf = [new OpenApiSchema { Type = JsonSchemaType.String, Format = "date" }, new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" }] },
        ColumnType.Flag => new() { Type = JsonSchemaType.Boolean },
        _ => Text(),
    };

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String, MaxLength = 1_000 };

    private static OpenApiParameter Query(string name, string description, OpenApiSchema schema) => new()
    {
        Name = name, In = ParameterLocation.Query, Description = description, Schema = schema,
        Style = schema.Type == JsonSchemaType.Array ? ParameterStyle.Form : null, Explode = schema.Type == JsonSchemaType.Array ? false : default,
    };
}
