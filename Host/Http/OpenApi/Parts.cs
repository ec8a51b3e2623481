using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Crm.Host.Http.OpenApi;

/// <summary>The parts that many operations refer to: parameters, headers, the ways to sign in.</summary>
internal static class Parts
{
    public static readonly IReadOnlyDictionary<string, OpenApiParameter> Parameters = new Dictionary<string, OpenApiParameter>
    {
        ["company"] = new() { Name = "company", In = ParameterLocation.Path, Required = true, Description = "The slug of the company: its name in addresses.", Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1 }, Example = "nordvik" },
        ["limit"] = new() { Name = "limit", In = ParameterLocation.Query, Description = "Rows in one answer, 1 to 500.", Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "1", Maximum = "500", Default = 50 } },
        ["cursor"] = new() { Name = "cursor", In = ParameterLocation.Query, Description = "Where to go on: next of the answer before, with the same filters and order.", Schema = Text() },
        ["from"] = new() { Name = "from", In = ParameterLocation.Query, Description = "The answer begins with this row of the list, counted from 0; for scroll bars. The rows before it are walked over: to go on, a cursor is quicker, and it neither skips nor repeats a row that moves meanwhile.", Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "0", Maximum = "10000000", Default = 0 } },
        ["count"] = new() { Name = "count", In = ParameterLocation.Query, Description = "exact counts all rows that match; without it counting stops at 1,000 and countIsExact says so.", Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [JsonValue.Create("exact"), JsonValue.Create("capped")], Default = "capped" } },
        ["q"] = new() { Name = "q", In = ParameterLocation.Query, Description = "Free text that a row must contain somewhere in its searched fields.", Schema = Text() },
        ["deleted"] = new() { Name = "deleted", In = ParameterLocation.Query, Description = "true lists the deleted rows instead of the others.", Schema = new OpenApiSchema { Type = JsonSchemaType.Boolean, Default = false } },
        ["IfMatch"] = new() { Name = "If-Match", In = ParameterLocation.Header, Description = "Write only if the ETag is still this one; otherwise 412 with the current one. Without it the last write wins, field by field.", Schema = Text(), Example = "\"7\"" },
        ["IdempotencyKey"] = new() { Name = "Idempotency-Key", In = ParameterLocation.Header, Description = "Makes repeating safe: within 48 hours the same key with the same request gives the first answer again and has no second effect; with another request it is 422 idempotency.mismatch.", Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 255 }, Example = "6f1f8a52-0d4b-4a53-9a3c-0f5a3fbd6a10" },
        ["Prefer"] = new() { Name = "Prefer", In = ParameterLocation.Header, Description = "dry-run gives the same answer and stores nothing.", Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [JsonValue.Create("dry-run")] } },
    };

    public static readonly IReadOnlyDictionary<string, OpenApiHeader> Headers = new Dictionary<string, OpenApiHeader>
    {
        ["ETag"] = Header("The version of what is in the answer, for If-Match.", "\"7\""),
        ["Location"] = Header("Where the new thing is; absent in a dry run.", "/api/v1/nordvik/partners/1042"),
        ["X-Request-Id"] = Header("Names this request in the log; the request's own X-Request-Id when it sent one.", "0HN7GLLM1T2VQ:00000001"),
        ["RateLimit-Limit"] = Header("Requests that the caller may make in a minute.", 6000),
        ["RateLimit-Remaining"] = Header("Requests that are left in this minute.", 5999),
        ["RateLimit-Reset"] = Header("Seconds until the next minute.", 42),
        ["Retry-After"] = Header("Seconds to wait before trying again.", 1),
        ["WWW-Authenticate"] = Header("How to sign in.", "Bearer realm=\"crm\""),
        ["Idempotency-Replayed"] = Header("true when this is the stored first answer of the Idempotency-Key.", true),
        ["Preference-Applied"] = Header("dry-run when nothing was stored because the request asked so.", "dry-run"),
    };

    public static readonly IReadOnlyDictionary<string, OpenApiSecurityScheme> SignIns = new Dictionary<string, OpenApiSecurityScheme>
    {
        ["bearer"] = new() { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "API key or JWT", Description = "An API key of one company, crm_…, made under /api-keys; or a JWT of the configured issuer, which is a user in all of their companies." },
        ["cookie"] = new() { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = "crm-session", Description = "The session of a browser, made by POST /api/v1/session." },
        ["csrf"] = new() { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "X-CSRF-Token", Description = "Goes with the cookie on every write: csrf of GET /api/v1/session." },
    };

    public static Dictionary<string, IOpenApiHeader> HeadersOf(OpenApiDocument document, params IEnumerable<string> names) =>
        names.ToDictionary(name => name, IOpenApiHeader (name) => new OpenApiHeaderReference(name, document));

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };

    private static OpenApiHeader Header(string description, JsonNode example) => new()
    {
        Description = description, Example = example,
        Schema = new OpenApiSchema { Type = example.GetValueKind() switch { System.Text.Json.JsonValueKind.Number => JsonSchemaType.Integer, System.Text.Json.JsonValueKind.True => JsonSchemaType.Boolean, _ => JsonSchemaType.String } },
    };
}
