using System.Text.Json;
using Crm.Tests.Api;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Hostile;

/// <summary>All routes of a company, found where the program keeps them.</summary>
internal static class CompanyRoutes
{
    public static IEnumerable<CompanyRoute> Of(OneApp app) =>
        from endpoint in app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        where endpoint.RoutePattern.RawText!.StartsWith("/api/v1/{company}", StringComparison.Ordinal)
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods
        select new CompanyRoute(new HttpMethod(method), endpoint);
}

internal sealed record CompanyRoute(HttpMethod Method, RouteEndpoint Endpoint)
{
    /// <summary>The type of the JSON body; null = none, or no JSON.</summary>
    public Type? BodyType => Endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is { RequestType: { } type } accepts && accepts.ContentTypes.Contains("application/json") ? type : null;

    /// <summary>Answers as long as somebody listens.</summary>
    public bool IsStream => Endpoint.Metadata.OfType<IProducesResponseTypeMetadata>().Any(p => p.ContentTypes.Contains("text/event-stream"));

    public IEnumerable<string> Parameters => Endpoint.RoutePattern.Parameters.Select(p => p.Name).Where(p => p != "company");

    /// <summary>The address below the company, with its places filled.</summary>
    public string Path(Func<string, string> value)
    {
        var segments = Endpoint.RoutePattern.PathSegments.Skip(3).Select(s => s.Parts[0] is Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart p ? value(p.Name) : ((Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart)s.Parts[0]).Content);
        return string.Join('/', segments);
    }

    public override string ToString() => $"{Method} {Endpoint.RoutePattern.RawText}";
}

/// <summary>The shortest body that a route reads: what is missing of it would be said before anything else.</summary>
internal static class LeastBody
{
    public static string Of(Type type) => $"{{{string.Join(',', Json.Wire.GetTypeInfo(type).Properties.Where(p => p.IsRequired).Select(p => $"{JsonSerializer.Serialize(p.Name)}:{Value(p.PropertyType)}"))}}}";

    private static string Value(Type type) =>
        type == typeof(string) ? "\"x\"" : type == typeof(bool) ? "false" : type.IsEnum ? JsonSerializer.Serialize(Enum.GetValues(type).GetValue(0), type, Json.Wire)
        : type == typeof(JsonElement) ? "{}" : type.IsPrimitive || type == typeof(decimal) ? "1" : type.IsAssignableTo(typeof(System.Collections.IEnumerable)) ? "[]" : Of(type);
}

/// <summary>Bodies that no route takes.</summary>
internal static class BadBodies
{
    public static IEnumerable<(string Body, string? Code)> Any()
    {
        yield return ("", "request.json");
        yield return ("{", "request.json");
        yield return ("{\"name\":}", "request.json");
        yield return ("nonsense", "request.json");
        yield return ("{}{}", "request.json");
        yield return ("{/* no comments */}", "request.json");
        yield return ("{\"name\":\"a\",\"name\":\"b\"}", "request.json");
        yield return ("{'name':'a'}", "request.json");
        yield return ("{\"name\":\"\\ud8\"}", "request.json");
        yield return ("{\"name\":NaN}", "request.json");
        yield return (string.Concat(Enumerable.Repeat("{\"a\":", 40)) + "1" + new string('}', 40), "request.json");
        yield return (new string('[', 100_000), "request.json");
        yield return ("[]", "request.type");
        yield return ("\"text\"", "request.type");
        yield return ("7", "request.type");
        yield return ("null", "request.null");
        yield return ("{\"zzz\":1}", null);
        yield return ("{\"__proto__\":{}}", null);
        yield return ("{\"\\u0000\":1}", null);
        yield return ("{\"\\ud800\":1}", null);
    }

    /// <summary>For every member of a type, values that it cannot have.</summary>
    public static IEnumerable<string> For(Type type)
    {
        foreach (var property in Json.Wire.GetTypeInfo(type).Properties)
        {
            var inner = property.PropertyType.IsGenericType && property.PropertyType.GetGenericTypeDefinition() == typeof(Optional<>) ? property.PropertyType.GetGenericArguments()[0] : property.PropertyType;
            inner = Nullable.GetUnderlyingType(inner) ?? inner;
            string[] wrong = inner == typeof(string) ? ["5", "[]", "{}", "true", "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00x\""]
                : inner.IsEnum ? ["5", "\"no-such\"", "\"Admin\"", "{}"]
                : inner == typeof(bool) ? ["\"yes\"", "1", "{}"]
                : inner == typeof(int) || inner == typeof(long) ? ["\"1\"", "1.5", "1e400", "99999999999999999999", "{}"]
                : inner == typeof(decimal) ? ["\"1\"", "1e40", "{}"]
                : inner == typeof(DateTimeOffset) ? ["\"2026-02-30T00:00:00Z\"", "\"tomorrow\"", "20260101", "\"99999-01-01T00:00:00Z\""]
                : inner == typeof(DateOnly) ? ["\"2026-02-30\"", "\"tomorrow\"", "20260101"]
                : ["5", "\"text\"", "true"];
            foreach (var value in wrong) yield return $"{{{JsonSerializer.Serialize(property.Name)}:{value}}}";
        }
    }
}
