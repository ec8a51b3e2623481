using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Crm.Host.Http.OpenApi;

/// <summary>Completes one operation from what its endpoint is marked with: the right, the filters, the conditions of a write, what can go wrong.</summary>
internal static class Operations
{
    public static Task CompleteAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        var endpoint = new Endpoint(context);
        var document = context.Document!;
        AddParameters(operation, endpoint, [.. context.ApplicationServices.GetServices<ListAddition>()], document);
        if (operation.RequestBody is OpenApiRequestBody body) CompleteBody(body, endpoint);
        AddSuccess(operation, endpoint, document);
        ProblemResponses.AddTo(operation, endpoint.Problems(operation), document);
        AddSignIn(operation, endpoint, document);
        return Task.CompletedTask;
    }

    private static void AddParameters(OpenApiOperation operation, Endpoint endpoint, IReadOnlyList<ListAddition> additions, OpenApiDocument document)
    {
        var given = operation.Parameters?.OfType<OpenApiParameter>().ToArray() ?? [];
        List<IOpenApiParameter> parameters = endpoint.Path.Contains("{company}", StringComparison.Ordinal) ? [new OpenApiParameterReference("company", document)] : [];
        foreach (var parameter in given)
        {
            parameter.Name = char.ToLowerInvariant(parameter.Name![0]) + parameter.Name[1..];
            // The same words and bounds for the same thing, unless the endpoint says something of its own.
            if (parameter.In == ParameterLocation.Query && parameter.Description is null && Parts.Parameters.ContainsKey(parameter.Name)) parameters.Add(new OpenApiParameterReference(parameter.Name, document));
            else parameters.Add(parameter);
            if (parameter.In == ParameterLocation.Path) parameter.Description ??= endpoint.WordsFor(parameter.Name);
        }
        if (endpoint.List is { } list) parameters.AddRange(ListParameters.Of(list, additions, document));
        if (endpoint.IsConditional) parameters.Add(new OpenApiParameterReference("IfMatch", document));
        if (endpoint.IsRepeatable) parameters.Add(new OpenApiParameterReference("IdempotencyKey", document));
        if (endpoint.IsWrite) parameters.Add(new OpenApiParameterReference("Prefer", document));
        operation.Parameters = parameters.Count == 0 ? null : parameters;
    }

    private static void CompleteBody(OpenApiRequestBody body, Endpoint endpoint)
    {
        var isFile = body.Content?.ContainsKey("application/json") != true;
        if (endpoint.Method != "PATCH") body.Content?.Remove("application/merge-patch+json");
        body.Required = true;
        body.Description = isFile ? "The file itself." : endpoint.Method == "PATCH" ? "What to change: a JSON merge patch (RFC 7396)." : "What to write.";
        CompleteFiles(body.Content);
    }

    /// <summary>Files are sent as they are, never as text in JSON.</summary>
    private static void CompleteFiles(IDictionary<string, OpenApiMediaType>? content)
    {
        foreach (var (type, media) in content ?? new Dictionary<string, OpenApiMediaType>())
        {
            if (type.StartsWith("image/", StringComparison.Ordinal) || type is "text/csv" or "application/zip" or "application/octet-stream") media.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" };
        }
    }

    private static void AddSuccess(OpenApiOperation operation, Endpoint endpoint, OpenApiDocument document)
    {
        var responses = operation.Responses!;
        if (endpoint.IsNever200) responses.Remove("200");
        foreach (var (status, response) in responses)
        {
            if (response is not OpenApiResponse success) continue;
            success.Description = status switch { "201" => "Made.", "202" => "Taken on; Location tells how far it is.", "204" => "Done; there is nothing to say.", _ => endpoint.IsWrite ? "Done." : "Found." };
            CompleteFiles(success.Content);
            List<string> headers = ["X-Request-Id"];
            if (endpoint.Area is not null) headers.AddRange(["RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"]);
            if (endpoint.IsSingle && status != "204") headers.Add("ETag");
            if (status is "201" or "202") headers.Add("Location");
            if (endpoint.IsRepeatable) headers.Add("Idempotency-Replayed");
            if (endpoint.IsWrite) headers.Add("Preference-Applied");
            success.Headers = Parts.HeadersOf(document, headers);
        }
    }

    private static void AddSignIn(OpenApiOperation operation, Endpoint endpoint, OpenApiDocument document)
    {
        OpenApiSecurityRequirement All(params string[] schemes)
        {
            var requirement = new OpenApiSecurityRequirement();
            foreach (var scheme in schemes) requirement.Add(new OpenApiSecuritySchemeReference(scheme, document), []);
            return requirement;
        }
        operation.Security = endpoint.IsOpen ? [] : [All("bearer"), endpoint.Method is "GET" ? All("cookie") : All("cookie", "csrf")];
        if (endpoint.Right is { } right) operation.Description += $" Needs the right `{right}`.";
    }
}
