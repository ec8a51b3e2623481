using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Crm.Plugins.Testing;

/// <summary>An outside system that answers what a test has put in; anything else is 404. Keeps what it was asked.</summary>
public sealed class CannedUpstream : HttpMessageHandler
{
    private readonly ConcurrentQueue<(Func<HttpRequestMessage, bool> IsMeant, Func<HttpResponseMessage> Answer)> _answers = new();
    private readonly ConcurrentQueue<string> _requests = new();

    /// <summary>Method, path and query of what was asked, in order, such as <c>GET /companies?name=nord</c>.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    /// <summary>Answers JSON to a request; of several that fit, the first counts.</summary>
    /// <param name="request">Method, path and query, such as <c>GET /companies/999888777</c>; one that ends in <c>*</c> fits all that begin so.</param>
    /// <param name="json">The body.</param>
    /// <param name="status">Other than 200.</param>
    public CannedUpstream Json(string request, string json, HttpStatusCode status = HttpStatusCode.OK)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Answer(asked => request.EndsWith('*') ? Line(asked).StartsWith(request[..^1], StringComparison.Ordinal) : Line(asked) == request,
            () => new(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") });
    }

    /// <summary>Answers anything to whatever requests are meant.</summary>
    /// <param name="isMeant">Tells whether the answer is for a request.</param>
    /// <param name="answer">Made anew for each.</param>
    public CannedUpstream Answer(Func<HttpRequestMessage, bool> isMeant, Func<HttpResponseMessage> answer)
    {
        _answers.Enqueue((isMeant, answer));
        return this;
    }

    /// <inheritdoc />
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        _requests.Enqueue(Line(request));
        var answer = _answers.FirstOrDefault(a => a.IsMeant(request)).Answer?.Invoke() ?? new(HttpStatusCode.NotFound) { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        answer.RequestMessage = request;
        return Task.FromResult(answer);
    }

    private static string Line(HttpRequestMessage request) => $"{request.Method} {request.RequestUri!.PathAndQuery}";
}
