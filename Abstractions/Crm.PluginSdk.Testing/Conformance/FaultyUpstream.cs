using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Crm.Plugins.Testing;

/// <summary>Stands before the outside system and, while told to, answers in its place.</summary>
internal sealed class FaultyUpstream(HttpMessageHandler usual) : HttpMessageHandler
{
    private readonly HttpMessageInvoker _usual = new(usual, disposeHandler: false);
    private int _requests;

    /// <summary>Null = the outside system answers itself.</summary>
    public Func<CancellationToken, Task<HttpResponseMessage>>? Fault { get; set; }

    public int Requests => Volatile.Read(ref _requests);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _requests);
        if (Fault is not { } fault) return await _usual.SendAsync(request, cancellationToken);
        var answer = await fault(cancellationToken);
        answer.RequestMessage = request;
        return answer;
    }

    public static Func<CancellationToken, Task<HttpResponseMessage>> Status(HttpStatusCode status, RetryConditionHeaderValue? retryAfter = null, string body = "{}", string type = "application/json") => _ =>
    {
        var answer = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, type) };
        answer.Headers.RetryAfter = retryAfter;
        return Task.FromResult(answer);
    };

    public static Task<HttpResponseMessage> Broken(CancellationToken ct) => throw new HttpRequestException(HttpRequestError.ConnectionError, "The connection was refused.");

    public static async Task<HttpResponseMessage> Silent(CancellationToken ct)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, ct);
        return new();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _usual.Dispose();
        base.Dispose(disposing);
    }
}
