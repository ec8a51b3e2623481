using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Crm.Contracts;

namespace Crm.Host.Http;

/// <summary>The conditions under which a caller wants a write: If-Match, Idempotency-Key, Prefer: dry-run.</summary>
internal static class Conditions
{
    private static readonly Refusal NotAVersion = new(RefusalKind.Stale, "version.stale", "If-Match is not an ETag of this server, so it matches nothing. Read again and send what ETag says.");

    public static async ValueTask<(Refusal? Refusal, Call Call)> ReadAsync(HttpContext context, Call call)
    {
        var headers = context.Request.Headers;
        if (headers.IfMatch.Count > 0)
        {
            if (Etags.Parse(headers.IfMatch.ToString()) is not { } version) return (NotAVersion, call);
            call = call with { IfMatch = version };
        }
        if (IsDryRun(headers["Prefer"].ToString())) return (null, call with { DryRun = true });
        if (headers.TryGetValue("Idempotency-Key", out var key) && (HttpMethods.IsPost(context.Request.Method) || HttpMethods.IsPatch(context.Request.Method)))
        {
            var text = key.ToString();
            if (text.Length is 0 or > 255 || text[0] == OperationRun.KeyMark || text.Any(char.IsControl))
                return (Refusal.Malformed("idempotency.key", $"An Idempotency-Key has 1 to 255 characters, no control characters, and does not begin with {OperationRun.KeyMark}."), call);
            call = call with { Idempotency = new(text, await FingerprintAsync(context)) };
        }
        return (null, call);
    }

    private static bool IsDryRun(string prefer)
    {
        if (prefer.Length == 0) return false;
        foreach (var preference in prefer.Split(',')) if (preference.Trim().Equals("dry-run", StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    /// <summary>Reads the whole body before the endpoint does, in memory up to a megabyte. An endpoint that streams its body adds the body's hash itself.</summary>
    private static async Task<byte[]> FingerprintAsync(HttpContext context)
    {
        var request = context.Request;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        // Larger than what may be read here, and hashed by its endpoint while it is stored.
        if (context.GetEndpoint()?.Metadata.GetMetadata<StreamedBody>() is not null) return hash.GetHashAndReset();
        request.EnableBuffering(bufferThreshold: 1 << 20);
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            for (int read; (read = await request.Body.ReadAsync(buffer, context.RequestAborted)) > 0;) hash.AppendData(buffer, 0, read);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        request.Body.Position = 0;
        return hash.GetHashAndReset();
    }
}
