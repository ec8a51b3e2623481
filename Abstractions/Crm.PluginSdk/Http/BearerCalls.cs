using System.Net;
using System.Net.Http.Headers;

namespace Crm.Plugins;

/// <summary>Asks an outside system with the company's access token.</summary>
public static class BearerCalls
{
    /// <summary>
    /// Sends a request with the company's token. A token may end before its time: after 401 the request goes once more, with another. One that is refused too is answered as it came.
    /// </summary>
    /// <param name="call">Sends it, and has the token.</param>
    /// <param name="request">Makes the request, anew for each try.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="PluginException">As <see cref="IPluginCall.AccessTokenAsync"/>.</exception>
    public static async ValueTask<HttpResponseMessage> SendWithTokenAsync(this IPluginCall call, Func<HttpRequestMessage> request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(request);
        var token = await call.AccessTokenAsync(null, ct);
        var answer = await SendAsync(call, request, token, ct);
        if (answer.StatusCode != HttpStatusCode.Unauthorized) return answer;
        answer.Dispose();
        return await SendAsync(call, request, await call.AccessTokenAsync(token, ct), ct);
    }

    private static async ValueTask<HttpResponseMessage> SendAsync(IPluginCall call, Func<HttpRequestMessage> request, string token, CancellationToken ct)
    {
        using var message = request();
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await call.Http.SendAsync(message, ct);
    }
}
