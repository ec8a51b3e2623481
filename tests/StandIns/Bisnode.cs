using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crm.StandIns;

/// <summary>D&amp;B's "Credit Data Companies" below <c>/credit-data-companies/v2</c> and its token server at <c>/as/token.oauth2</c> (client <c>crm</c>, secret <c>dnb</c>).</summary>
public static class Bisnode
{
    public const string ClientId = "crm", ClientSecret = "dnb", Scope = "credit_data_companies";

    private static readonly string[] Segments = ["RISK", "FINANCE", "MANAGEMENT", "OWNERSHIP", "EVENTS", "COMPANY_INFORMATION"];

    public static void Map(WebApplication app)
    {
        var tokens = new ConcurrentDictionary<string, DateTimeOffset>();
        app.MapPost("/as/token.oauth2", context => TokenAsync(context, tokens));
        app.MapPost("/credit-data-companies/v2/companies", context => WithTokenAsync(context, tokens, SearchAsync));
        app.MapPost("/credit-data-companies/v2/companies/{country}", context => WithTokenAsync(context, tokens, GetAsync));
    }

    private static async Task TokenAsync(HttpContext context, ConcurrentDictionary<string, DateTimeOffset> tokens)
    {
        var form = await context.Request.ReadFormAsync();
        if (context.Request.Headers.Authorization != "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ClientId}:{ClientSecret}"))) { await WriteAsync(context, 401, new() { ["error"] = "invalid_client" }); return; }
        if (form["grant_type"] != "client_credentials") { await WriteAsync(context, 400, new() { ["error"] = "unsupported_grant_type" }); return; }
        if (form["scope"] != Scope) { await WriteAsync(context, 400, new() { ["error"] = "invalid_scope" }); return; }
        var token = Guid.NewGuid().ToString("n");
        tokens[token] = TimeProvider.System.GetUtcNow().AddSeconds(3_600);
        await WriteAsync(context, 200, new() { ["access_token"] = token, ["token_type"] = "Bearer", ["expires_in"] = 3_600 });
    }

    private static async Task WithTokenAsync(HttpContext context, ConcurrentDictionary<string, DateTimeOffset> tokens, Func<HttpContext, JsonObject, Task> answer)
    {
        if (context.Request.Headers.Authorization.ToString() is not ['B', 'e', 'a', 'r', 'e', 'r', ' ', .. var token] || !tokens.TryGetValue(token, out var until) || until < TimeProvider.System.GetUtcNow()) { await RefuseAsync(context, 401, "UNAUTHORIZED", "Access token is invalid"); return; }
        if (!context.Request.HasJsonContentType()) { await RefuseAsync(context, 415, "UNSUPPORTED MEDIA TYPE", "Content type not supported"); return; }
        JsonObject question;
        try { question = (JsonObject)(await JsonNode.ParseAsync(context.Request.Body))!; }
        catch (JsonException) { await RefuseAsync(context, 400, "BAD REQUEST", "Malformed JSON request"); return; }
        await answer(context, question);
    }

    private static Task SearchAsync(HttpContext context, JsonObject question)
    {
        var (country, name, number) = ((string?)question["country"], (string?)question["name"], (string?)question["registrationNumber"]);
        var (limit, offset, inactive) = ((int?)question["limit"] ?? 20, (int?)question["offset"] ?? 0, (bool?)question["includeInactive"] ?? false);
        if (country is not ("SE" or "NO" or "DK" or "FI")) return RefuseAsync(context, 400, "BAD REQUEST", "Validation error", "country");
        if (limit is < 0 or > 200) return RefuseAsync(context, 400, "BAD REQUEST", "Validation error", "limit");
        if (name is null && number is null) return RefuseAsync(context, 400, "BAD REQUEST", "Validation error", "registrationNumber");
        var found = BisnodeCompanies.All.Where(c => c.Country == country && (inactive || c.IsActive) && (number is null || c.Number == number) && (name is null || c.Name.Contains(name, StringComparison.OrdinalIgnoreCase)))
            .OrderByDescending(c => name is not null && c.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase)).ToArray();
        return WriteAsync(context, 200, new()
        {
            ["companies"] = new JsonArray([.. found.Skip(offset).Take(limit).Select(BisnodeDocuments.Overview)]),
            ["_paging"] = new JsonObject { ["resultCount"] = found.Length, ["limit"] = limit, ["offset"] = offset },
        });
    }

    private static Task GetAsync(HttpContext context, JsonObject question)
    {
        var (country, number) = ($"{context.Request.RouteValues["country"]}".ToUpperInvariant(), (string?)question["registrationNumber"]);
        if (string.IsNullOrEmpty(number)) return RefuseAsync(context, 400, "BAD REQUEST", "Validation error", "registrationNumber");
        if (question["segments"] is JsonArray segments && segments.Any(s => !Segments.Contains((string?)s))) return RefuseAsync(context, 400, "BAD REQUEST", "Validation error", "segments");
        return BisnodeCompanies.All.FirstOrDefault(c => c.Country == country && c.Number == number) switch
        {
            null => RefuseAsync(context, 404, "NOT FOUND", "Company not found"),
            var secret when secret.Is('l') => RefuseAsync(context, 451, "UNAVAILABLE FOR LEGAL REASONS", "The company cannot be delivered"),
            var company => WriteAsync(context, 200, BisnodeDocuments.Company(company)),
        };
    }

    private static Task RefuseAsync(HttpContext context, int status, string text, string message, string? field = null) => WriteAsync(context, status, new()
    {
        ["status"] = status, ["statusText"] = text, ["message"] = message, ["timestamp"] = "2026-11-01T10:00:00.0000",
        ["subErrors"] = field is null ? [] : new JsonArray(new JsonObject { ["object"] = "request", ["field"] = field, ["rejectedValue"] = null, ["message"] = $"{field} is not valid" }),
    });

    private static Task WriteAsync(HttpContext context, int status, JsonObject body)
    {
        (context.Response.StatusCode, context.Response.ContentType) = (status, "application/json");
        return context.Response.WriteAsync(body.ToJsonString());
    }
}
