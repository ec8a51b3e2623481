using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Crm;

/// <summary>The one shape of every non-2xx answer: <c>application/problem+json</c> (RFC 9457).</summary>
/// <param name="Type"><c>urn:crm:</c> and the code.</param>
/// <param name="Title">The status in words.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">Stable code that programs may rely on.</param>
/// <param name="Detail">A sentence for a person.</param>
/// <param name="TraceId">Finds the log line of this request.</param>
/// <param name="Errors">For validation: JSON pointer to messages; null otherwise.</param>
/// <param name="Codes">For validation: JSON pointer to the codes of the same problems; null otherwise.</param>
/// <param name="CurrentETag">For 412: the ETag to read and try again with; null otherwise.</param>
public sealed record ProblemView(
    string Type, string Title, int Status, string Code, string Detail, string TraceId,
    IReadOnlyDictionary<string, string[]>? Errors, IReadOnlyDictionary<string, string[]>? Codes, string? CurrentETag);

/// <summary>Writes problems.</summary>
public static class Problems
{
    /// <summary>Answers a refusal.</summary>
    public static Task WriteAsync(HttpContext context, Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(refusal);
        var response = context.Response;
        response.StatusCode = (int)refusal.Kind;
        if (refusal.Kind == RefusalKind.Unavailable && response.Headers.RetryAfter.Count == 0) response.Headers.RetryAfter = "1";
        if (refusal.CurrentVersion is { } version) response.Headers.ETag = Etags.Of(version);
        return WriteAsync(context, refusal.Code, refusal.Detail, refusal);
    }

    /// <summary>Answers the response's status with a code.</summary>
    public static Task WriteAsync(HttpContext context, string code, string detail, Refusal? refusal = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        var status = context.Response.StatusCode;
        var view = Of(status, code, detail, Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier, refusal);
        context.Response.ContentType = "application/problem+json; charset=utf-8";
        return JsonSerializer.SerializeAsync(context.Response.BodyWriter, view, Json.Wire, context.RequestAborted);
    }

    /// <summary>What a problem looks like on the wire.</summary>
    public static ProblemView Of(int status, string code, string detail, string traceId, Refusal? refusal)
    {
        var byPointer = refusal is { Problems.Count: > 0 } ? refusal.Problems.GroupBy(p => p.Pointer).ToArray() : null;
        return new(
            $"urn:crm:{code}", Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status), status, code, detail, traceId,
            byPointer?.ToDictionary(g => g.Key, g => g.Select(p => p.Message).ToArray()),
            byPointer?.ToDictionary(g => g.Key, g => g.Select(p => p.Code).ToArray()),
            refusal?.CurrentVersion is { } version ? Etags.Of(version) : null);
    }
}

/// <summary>
/// Stops a request before its endpoint runs, where the framework leaves no other way out of binding a parameter. The host answers the refusal.
/// It never leaves the HTTP layer.
/// </summary>
public sealed class RefusedException(Refusal refusal) : Exception(refusal.Detail)
{
    /// <summary>What to answer.</summary>
    public Refusal Refusal { get; } = refusal;
}
