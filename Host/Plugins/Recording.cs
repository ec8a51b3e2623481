using System.Net.Http.Headers;
using System.Text;
using Crm.Contracts;

namespace Crm.Host.Plugins;

/// <summary>Tells whoever asked for a call which requests it sends. Held in the flow of the call, since a company's calls share one HttpClient.</summary>
internal sealed class Recording(Action<PluginExchange> told, Masking masking, TimeProvider clock)
{
    private const int Most = 8_000;

    private static readonly AsyncLocal<Recording?> Flow = new();

    /// <summary>The recording of the call that runs; null = nobody wants to know.</summary>
    public static Recording? Current => Flow.Value;

    /// <summary>Records what the caller's flow sends from now on.</summary>
    public static void Begin(Action<PluginExchange> told, Masking masking, TimeProvider clock) => Flow.Value = new(told, masking, clock);

    /// <summary>Tells of one request. It is over: what was sent can be read once more, for it is kept for another try.</summary>
    /// <param name="request">What was sent.</param>
    /// <param name="answer">What came; null = nothing.</param>
    /// <param name="start">A timestamp of when it was sent.</param>
    /// <param name="ct">Cancels.</param>
    public async Task TellAsync(HttpRequestMessage request, HttpResponseMessage? answer, long start, CancellationToken ct)
    {
        var took = clock.GetElapsedTime(start);
        var (sent, got) = (await TextAsync(request.Content, ct), await TextAsync(answer?.Content, ct));
        told(new(clock.GetUtcNow() - took, took, request.Method.Method, masking.Hide($"{request.RequestUri}"), sent, (int?)answer?.StatusCode, got));
    }

    private async Task<string?> TextAsync(HttpContent? content, CancellationToken ct)
    {
        if (content is null || !IsText(content.Headers.ContentType)) return null;
        try
        {
            await content.LoadIntoBufferAsync(PluginHttp.MaxAnswer, ct);
            var text = Encoding.UTF8.GetString(await content.ReadAsByteArrayAsync(ct));
            // Cut after hiding: half a secret is one too.
            var hidden = masking.Hide(text);
            return hidden.Length > Most ? hidden[..Most] : hidden;
        }
        catch (Exception unreadable) when (unreadable is IOException or HttpRequestException or ObjectDisposedException) { return null; }
    }

    private static bool IsText(MediaTypeHeaderValue? type) => type?.MediaType is { } media && (media.StartsWith("text/", StringComparison.OrdinalIgnoreCase) || media.Contains("json", StringComparison.OrdinalIgnoreCase) || media.Contains("xml", StringComparison.OrdinalIgnoreCase) || media.Contains("form-urlencoded", StringComparison.OrdinalIgnoreCase));
}
