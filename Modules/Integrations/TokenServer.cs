using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Crm.Plugins;
using Crm.Plugins.Packages;

namespace Crm.Integrations;

/// <summary>What a company's plugin needs to speak with its system's sign-in.</summary>
/// <param name="Auth">From the manifest.</param>
/// <param name="Settings">The company's.</param>
internal sealed record SignIn(PluginAuth Auth, PluginSettings Settings)
{
    public TokenClient Client => new(At(Auth.Token).AbsoluteUri, Settings.Required(Auth.ClientId));
    public string Secret => Settings.Required(Auth.ClientSecret);
    public Uri At(string path) => new(Settings.Address(Auth.Address), path);
}

/// <summary>What a sign-in answered.</summary>
/// <param name="Pair">New tokens; null = none.</param>
/// <param name="Problem">Why; null = there are some.</param>
internal sealed record TokenAnswer(TokenPair? Pair, TokenProblem? Problem);

/// <summary>Why a sign-in gave no tokens.</summary>
internal enum TokenProblem
{
    /// <summary>The code or refresh token is no good, or not any more: somebody has to connect again.</summary>
    Grant,
    /// <summary>The client's id or secret is wrong: the settings have to be mended, the refresh token may still be good.</summary>
    Client,
    /// <summary>No answer, or none that can be understood.</summary>
    Unavailable,
}

/// <summary>Speaks OAuth 2.0 with the sign-in servers of outside systems (RFC 6749, 7009).</summary>
internal sealed class TokenServer(IOutsideHttp outside, TimeProvider clock)
{
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(1), Usual = TimeSpan.FromHours(1);

    public Task<TokenAnswer> RefreshAsync(SignIn at, string refresh, CancellationToken ct) => AskAsync(at, refresh, [new("grant_type", "refresh_token"), new("refresh_token", refresh)], ct);

    /// <param name="at">Where.</param>
    /// <param name="code">From the redirect.</param>
    /// <param name="redirect">The same address as at the start.</param>
    /// <param name="verifier">Of PKCE; null = the system does not know it.</param>
    /// <param name="ct">Cancels.</param>
    public Task<TokenAnswer> ExchangeAsync(SignIn at, string code, string redirect, string? verifier, CancellationToken ct) =>
        AskAsync(at, null, [new("grant_type", "authorization_code"), new("code", code), new("redirect_uri", redirect), .. verifier is null ? [] : new KeyValuePair<string, string>[] { new("code_verifier", verifier) }], ct);

    /// <summary>Takes a refresh token back. What the system says to it changes nothing: we forget it in any case.</summary>
    public async Task RevokeAsync(SignIn at, string refresh, CancellationToken ct)
    {
        if (at.Auth.Revoke is not { } path) return;
        try { (await SendAsync(at, path, [new("token", refresh), new("token_type_hint", "refresh_token")], ct)).Dispose(); }
        catch (Exception gone) when (IsConnection(gone, ct)) { /* It ends by itself. */ }
    }

    private async Task<TokenAnswer> AskAsync(SignIn at, string? refresh, List<KeyValuePair<string, string>> form, CancellationToken ct)
    {
        try
        {
            using var answer = await SendAsync(at, at.Auth.Token, form, ct);
            // By the body whatever it calls itself: Fortnox's errors call themselves HTML.
            return Read(at.Client, refresh, answer.StatusCode, await answer.Content.ReadAsStringAsync(ct));
        }
        catch (Exception gone) when (IsConnection(gone, ct)) { return new(null, TokenProblem.Unavailable); }
    }

    private TokenAnswer Read(TokenClient client, string? refresh, HttpStatusCode status, string body)
    {
        JsonElement told;
        try { told = JsonDocument.Parse(body).RootElement.Clone(); }
        catch (JsonException) { return new(null, status == HttpStatusCode.Unauthorized ? TokenProblem.Client : TokenProblem.Unavailable); }
        var access = Text(told, "access_token");
        if (status != HttpStatusCode.OK || access is null)
        {
            return new(null, (Text(told, "error"), status) switch
            {
                ("invalid_grant", _) => TokenProblem.Grant,
                ("invalid_client" or "unauthorized_client", _) or (_, HttpStatusCode.Unauthorized) => TokenProblem.Client,
                _ => TokenProblem.Unavailable,
            });
        }
        // Some systems give a refresh token once and never again; then the old one stays good.
        if ((Text(told, "refresh_token") ?? refresh) is not { } next) return new(null, TokenProblem.Grant);
        var (now, life) = (clock.GetUtcNow(), Life(told));
        return new(new(access, now + (life > 2 * Early ? life - Early : life / 2), next, now, client), null);
    }

    /// <summary>Counted from now on, so that it does not matter what the system's clock says.</summary>
    private static TimeSpan Life(JsonElement told)
    {
        if (told.ValueKind != JsonValueKind.Object || !told.TryGetProperty("expires_in", out var value)) return Usual;
        var seconds = value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) ? number
            : value.ValueKind == JsonValueKind.String && double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var text) ? text : 0;
        return seconds > 0 ? TimeSpan.FromSeconds(Math.Min(seconds, 86_400)) : Usual;
    }

    private async Task<HttpResponseMessage> SendAsync(SignIn at, string path, List<KeyValuePair<string, string>> form, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, at.At(path));
        if (at.Auth.Client == "basic") request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{at.Client.Id}:{at.Secret}")));
        else form.AddRange([new("client_id", at.Client.Id), new("client_secret", at.Secret)]);
        request.Headers.Accept.Add(new("application/json"));
        request.Content = new FormUrlEncodedContent(form);
        return await outside.Client.SendAsync(request, ct);
    }

    private static string? Text(JsonElement told, string name) => told.ValueKind == JsonValueKind.Object && told.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    private static bool IsConnection(Exception thrown, CancellationToken ct) => thrown is HttpRequestException or IOException or PluginException || (thrown is OperationCanceledException && !ct.IsCancellationRequested);
}
