using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace Crm.Plugins.Bisnode;

/// <summary>Each company's token, in memory only: D&amp;B gives a new one at any time.</summary>
internal sealed class Tokens
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1), Usual = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Token> _tokens = new();

    /// <summary>The company's token, a new one where it has none that is good for these settings.</summary>
    public async Task<string> GetAsync(IPluginCall call, CancellationToken ct)
    {
        var client = Client.Of(call);
        if (_tokens.TryGetValue(call.Company, out var known) && known.Client == client && known.GoodUntil > call.Clock.GetUtcNow()) return known.Value;
        var token = await NewAsync(call, client, ct);
        _tokens[call.Company] = token;
        return token.Value;
    }

    /// <summary>Asks for another the next time.</summary>
    public void Forget(IPluginCall call) => _tokens.TryRemove(call.Company, out _);

    private static async Task<Token> NewAsync(IPluginCall call, Client client, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, client.Address);
        // In the header: credentials in the body are refused.
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{client.Id}:{client.Secret}")));
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        request.Content = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("scope", client.Scope)]);
        using var response = await call.Http.SendAsync(request, ct);
        // OAuth says 400 where others say 401.
        if ((int)response.StatusCode is 400 or 401) throw new PluginException(PluginErrorKind.Unauthorized, "D&B's token server does not accept the client's id, secret or scope.");
        HttpAnswers.Check(response, "D&B's token server", call.Clock);
        var answer = await HttpAnswers.ReadJsonAsync(response, BisnodeJson.Default.TokenAnswer, "D&B's token server", ct);
        if (answer.AccessToken is not { Length: > 0 } value) throw new PluginException(PluginErrorKind.Unavailable, "D&B's token server answered no token.");
        var life = double.TryParse(answer.ExpiresIn, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds > 0 ? TimeSpan.FromSeconds(Math.Min(seconds, 86_400)) : Usual;
        return new(value, call.Clock.GetUtcNow() + life - Margin, client);
    }

    private sealed record Token(string Value, DateTimeOffset GoodUntil, Client Client);

    /// <summary>What a token was got with; other settings need another token.</summary>
    private sealed record Client(Uri Address, string Id, string Secret, string Scope)
    {
        public static Client Of(IPluginCall call) => new(
            new(call.Settings.Address("tokenAddress").AbsoluteUri.TrimEnd('/')), call.Settings.Required("clientId"), call.Settings.Required("clientSecret"), call.Settings.Required("scope"));
    }
}
