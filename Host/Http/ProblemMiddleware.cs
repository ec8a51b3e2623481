using System.Diagnostics;

namespace Crm.Host.Http;

/// <summary>
/// The outermost step: headers that every answer has, and a problem for everything that went wrong, whoever noticed it. The same in every
/// environment: what happened inside is in the log, under the trace id, and not in the answer.
/// </summary>
internal sealed partial class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        SetHeaders(context);
        try
        {
            await next(context);
            var response = context.Response;
            if (response is { StatusCode: >= 400, HasStarted: false, ContentType: null, ContentLength: null })
            {
                var (code, detail) = WordsFor(response.StatusCode);
                await Problems.WriteAsync(context, code, detail);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone; nobody reads the answer. 499 is for the metrics.
            if (!context.Response.HasStarted) context.Response.StatusCode = 499;
        }
        catch (Exception thrown) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, thrown);
        }
    }

    private static void SetHeaders(HttpContext context)
    {
        var asked = context.Request.Headers["X-Request-Id"];
        if (asked.Count == 1 && asked[0] is { Length: > 0 and <= 100 } id && !id.AsSpan().ContainsAnyExcept(SaneId)) context.TraceIdentifier = id;
        var headers = context.Response.Headers;
        headers["X-Request-Id"] = context.TraceIdentifier;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        if (!context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)) return;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
    }

    private static readonly System.Buffers.SearchValues<char> SaneId = System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:");

    private Task AnswerAsync(HttpContext context, Exception thrown)
    {
        var headers = context.Response.Headers;
        (headers.ETag, headers.Location, headers.ContentLength) = (default, default, null);
        switch (thrown)
        {
            case RefusedException refused:
                return Problems.WriteAsync(context, refused.Refusal);
            case StorageException:
                return Problems.WriteAsync(context, new Refusal(RefusalKind.Unavailable, "storage.unavailable", "The database does not answer. Try again in a moment; repeat a write with the same Idempotency-Key."));
            case BadHttpRequestException bad:
                context.Response.StatusCode = bad.StatusCode;
                var (code, detail) = WordsFor(bad.StatusCode);
                return Problems.WriteAsync(context, code, detail);
        }
        var trace = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
        Log.Failed(logger, trace, context.Request.Method, (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "-", Describe(thrown));
        context.Response.StatusCode = 500;
        return Problems.WriteAsync(context, "server.error", "Something is broken here. The trace id finds it in the log.");
    }

    /// <summary>Types and places only: messages of exceptions can quote what somebody typed.</summary>
    private static string Describe(Exception thrown)
    {
        List<string> chain = [];
        for (var e = thrown; e is not null; e = e.InnerException) chain.Add($"{e.GetType().FullName} {e.StackTrace?.ReplaceLineEndings(" ")}");
        return string.Join(" <- ", chain);
    }

    private static (string Code, string Detail) WordsFor(int status) => status switch
    {
        400 => ("request.malformed", "The request cannot be read: a part of the address or the body has the wrong form."),
        404 => ("route.notFound", "There is nothing at this address."),
        405 => ("method.notAllowed", "This address does not know the method; Allow names those it knows."),
        406 => ("request.notAcceptable", "The answer does not exist in a form that the request accepts."),
        408 => ("request.timeout", "The request took too long to arrive."),
        413 => ("request.tooLarge", "The body is larger than this address takes."),
        415 => ("request.mediaType", "This address does not take a body of this type."),
        _ => ($"http.{status}", "The request was not carried out."),
    };

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Request {TraceId} failed: {Method} {Route}: {What}")]
        public static partial void Failed(ILogger logger, string traceId, string method, string route, string what);
    }
}
