using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;

namespace Crm.Host.Http.OpenApi;

/// <summary>The answers that are problems: one for each status, with the codes that a caller meets most, and an example.</summary>
internal static class ProblemResponses
{
    private static readonly Kind[] All =
    [
        new(400, "The request cannot be read: JSON that is broken or has unknown members, a filter or header that is not understood. errors names every place.",
            Refusal.Malformed([new("/nmae", "request.member.unknown", "There is no member 'nmae' here.")])),
        new(401, "There are no credentials (auth.required), or they are not valid, or not any more (auth.invalid).",
            new((RefusalKind)401, "auth.required", "Sign in, or send Authorization: Bearer with an API key or a token."), "WWW-Authenticate"),
        new(403, "The role, or the key's scopes, do not have the right (right.missing); or a write with the cookie lacks the X-CSRF-Token (auth.antiforgery).", Refusal.Forbidden("This needs the right partners:write.")),
        new(404, "There is no such thing, or no such company, or the caller is no member of it: the answer does not tell which.", Refusal.NotFound("partner")),
        new(409, "The state of the thing does not allow this, a value that must be unique is taken, or others keep changing it.", Refusal.Conflict("partner.deleted", "The partner is deleted. Restore it first.")),
        new(412, "If-Match is not the current ETag, which is in the answer (version.stale).",
            new(RefusalKind.Stale, "version.stale", "It was changed meanwhile. Read it again and decide anew.") { CurrentVersion = 8 }, "ETag"),
        new(413, "The body is larger than this address takes (request.tooLarge).", new((RefusalKind)413, "request.tooLarge", "The body is larger than this address takes.")),
        new(415, "The body has another type than this address takes (request.mediaType).", new((RefusalKind)415, "request.mediaType", "The body is application/json.")),
        new(422, "The request can be read and breaks rules: errors and codes have all of them by JSON pointer. Or the Idempotency-Key was used for another request (idempotency.mismatch).",
            Refusal.Invalid([new("/name", "partner.name.required", "A partner has a name."), new("/country", "partner.country.unknown", "A country is an ISO 3166-1 code such as SE.")])),
        new(429, "Too many requests in this minute (rate.limited).", RateLimits.Refusal, "Retry-After"),
        new(500, "Something is broken here; traceId finds it in the log (server.error).", new((RefusalKind)500, "server.error", "Something is broken here. The trace id finds it in the log.")),
        new(503, "The database does not answer, or more is waiting than can be taken in. Repeating is right, a write with the same Idempotency-Key.",
            new(RefusalKind.Unavailable, "server.overloaded", "More is waiting than can be taken in; nothing was done. Try again in a moment."), "Retry-After"),
    ];

    /// <summary>Puts all of them among the document's components, with the schema that they share.</summary>
    public static void AddTo(OpenApiDocument document)
    {
        foreach (var kind in All)
        {
            document.AddComponent(Name(kind.Status), new OpenApiResponse
            {
                Description = kind.Words, Headers = Parts.HeadersOf(document, kind.Headers.Prepend("X-Request-Id")),
                Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(nameof(ProblemView), document), Example = Example(kind.Refusal) } },
            });
        }
    }

    /// <summary>Adds those that an operation can answer, and orders all answers by their status.</summary>
    public static void AddTo(OpenApiOperation operation, IEnumerable<int> statuses, OpenApiDocument document)
    {
        var answers = operation.Responses!.ToDictionary(r => r.Key, r => r.Value);
        foreach (var status in statuses) answers[status.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponseReference(Name(status), document);
        operation.Responses = [];
        foreach (var (status, answer) in answers.OrderBy(a => a.Key, StringComparer.Ordinal)) operation.Responses[status] = answer;
    }

    /// <summary>The reason phrase as one word: NotFound, TooManyRequests.</summary>
    private static string Name(int status) => ReasonPhrases.GetReasonPhrase(status).Replace(" ", "", StringComparison.Ordinal);

    private static JsonNode? Example(Refusal refusal) => JsonSerializer.SerializeToNode(Problems.Of((int)refusal.Kind, refusal.Code, refusal.Detail, "4bf92f3577b34da6a3ce929d0e0e4736", refusal), Json.Wire);

    private sealed record Kind(int Status, string Words, Refusal Refusal, params string[] Headers);
}
