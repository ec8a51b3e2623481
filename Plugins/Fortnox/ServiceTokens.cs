using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Serialization;

namespace Crm.Plugins.Fortnox;

/// <summary>
/// Tokens of companies that have a service account: got at any time with the client's secret and the company's tenant id, so they need no keeping and live in
/// memory only. Companies without one have tokens that a user's consent began, which the host keeps.
/// </summary>
internal sealed class ServiceTokens
{
    private readonly ConcurrentDictionary<string, Token> _tokens = new();

    /// <summary>Sends with the company's token, after 401 once more with a new one.</summary>
    public async ValueTask<HttpResponseMessage> SendAsync(IPluginCall call, string tenant, Func<HttpRequestMessage> request, CancellationToken ct)
    {
        var asked = new Asked(call.Settings.Address("signInAddress"), call.Settings.Required("clientId"), call.Settings.Required("clientSecret"), tenant);
        var known = _tokens.TryGetValue(call.Company, out var token) && token.For == asked && token.GoodUntil > call.Clock.GetUtcNow();
        if (!known) _tokens[call.Company] = token = await NewAsync(call, asked, ct);
        var answer = await SendAsync(call, request, token!, ct);
        if (answer.StatusCode != HttpStatusCode.Unauthorized || !known) return answer;
        answer.Dispose();
        return await SendAsync(call, request, _tokens[call.Company] = await NewAsync(call, asked, ct), ct);
    }

    private static async ValueTask<HttpResponseMessage> SendAsync(IPluginCall call, Func<HttpRequestMessage> request, Token token, CancellationToken ct)
    {
        using var message = request();
        message.Headers.Authorization = new("Bearer", token.Value);
        return await call.Http.SendAsync(message, ct);
    }

    private static async ValueTask<Token> NewAsync(IPluginCall call, Asked asked, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(asked.Address, "token"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{asked.Id}:{asked.Secret}")));
        request.Headers.Add("TenantId", asked.Tenant);
        // Asking twice does no harm, so the host may try again.
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        request.Content = new FormUrlEncodedContent([new("grant_type", "client_credentials")]);
        using var answer = await call.Http.SendAsync(request, ct);
        if ((int)answer.StatusCode is 400 or 401) throw new PluginException(PluginErrorKind.Unauthorized, "Fortnox does not accept the client, or the company has not let it in as a service account.");
        HttpAnswers.Check(answer, "Fortnox's sign-in", call.Clock);
        var got = await HttpAnswers.ReadJsonAsync(answer, ServiceTokenJson.Default.TokenAnswer, "Fortnox's sign-in", ct, anyMediaType: true);
        if (got.AccessToken is not { Length: > 0 } value) throw new PluginException(PluginErrorKind.Unavailable, "Fortnox's sign-in answered no token.");
        return new(value, call.Clock.GetUtcNow().AddSeconds((double)Math.Clamp((got.ExpiresIn ?? 3_600) - 60, 30, 86_400)), asked);
    }

    private sealed record Token(string Value, DateTimeOffset GoodUntil, Asked For);

    /// <summary>What a token was got with; other settings need another.</summary>
    private sealed record Asked(Uri Address, string Id, string Secret, string Tenant);
}

internal sealed record TokenAnswer([property: JsonPropertyName("access_token")] string? AccessToken, [property: JsonPropertyName("expires_in")] decimal? ExpiresIn);

[JsonSourceGenerationOptions(Converters = [typeof(LooseText), typeof(LooseNumber)])]
[JsonSerializable(typeof(TokenAnswer))]
internal sealed partial class ServiceTokenJson : JsonSerializerContext;
