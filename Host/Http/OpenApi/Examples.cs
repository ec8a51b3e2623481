using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Crm.Host.Http.OpenApi;

/// <summary>
/// Puts the modules' examples where they belong. Each module has a file examples.json: by operation for requests, by schema for answers and for
/// requests that have no own. A page's example is made from that of its rows.
/// </summary>
internal static class Examples
{
    public static void AddTo(OpenApiDocument document, IReadOnlyList<IModule> modules)
    {
        Dictionary<string, JsonNode> examples = [];
        foreach (var assembly in modules.Select(m => m.GetType().Assembly).Append(typeof(Examples).Assembly))
        {
            using var file = assembly.GetManifestResourceStream("examples.json");
            foreach (var (name, example) in file is null ? [] : JsonNode.Parse(file)!.AsObject()) examples[name] = example!;
        }
        foreach (var operation in document.Paths.Values.SelectMany(p => p.Operations!.Values))
        {
            foreach (var media in Json(operation.RequestBody?.Content)) media.Example = examples.GetValueOrDefault(operation.OperationId!) is { } own ? own.DeepClone() : Of(media.Schema, examples);
            foreach (var media in operation.Responses!.Values.OfType<OpenApiResponse>().SelectMany(r => Json(r.Content))) media.Example = Of(media.Schema, examples);
        }
    }

    private static IEnumerable<OpenApiMediaType> Json(IDictionary<string, OpenApiMediaType>? content) =>
        (content ?? new Dictionary<string, OpenApiMediaType>()).Where(c => c.Key.EndsWith("json", StringComparison.Ordinal)).Select(c => c.Value);

    private static JsonNode? Of(IOpenApiSchema? schema, Dictionary<string, JsonNode> examples)
    {
        if (schema is not OpenApiSchemaReference { Reference.Id: { } id }) return null;
        if (examples.TryGetValue(id, out var example)) return example.DeepClone();
        return id.StartsWith("PageOf", StringComparison.Ordinal) && examples.TryGetValue(id["PageOf".Length..], out var row)
            ? new JsonObject { ["items"] = new JsonArray(row.DeepClone()), ["next"] = null, ["count"] = 1, ["countIsExact"] = true }
            : null;
    }
}
