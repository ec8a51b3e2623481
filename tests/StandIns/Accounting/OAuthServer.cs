using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crm.StandIns;

/// <summary>A sign-in server of an accounting system (OAuth 2.0): consent, codes, access tokens and refresh tokens, by the system's own clock.</summary>
/// <param name="clock">What the tokens' lives are measured by.</param>
/// <param name="codeLife">How long a code is good.</param>
/// <param name="rotates">True = each refresh gives a new refresh token and ends the old one.</param>
public sealed class OAuthServer(TimeProvider clock, TimeSpan codeLife, bool rotates)
{
    public const string ClientId = "crm", ClientSecret = "crm-secret", Tenant = "12345";
    public static readonly TimeSpan AccessLife = TimeSpan.FromHours(1), RefreshLife = TimeSpan.FromDays(45);

    private readonly ConcurrentDictionary<string, (Uri Back, string? Challenge, DateTimeOffset Until)> _codes = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> _access = new(), _refresh = new();
    private int _refreshes;

    /// <summary>What a user does who is sent here: true = consents.</summary>
    public bool Consents { get; set; } = true;

    /// <summary>What the errors call themselves; Fortnox calls them text and HTML.</summary>
    public string ErrorType { get; init; } = "application/json";

    /// <summary>How many refreshes have been asked for.</summary>
    public int Refreshes => Volatile.Read(ref _refreshes);

    /// <summary>A pair as if a user had just consented.</summary>
    public (string Access, string Refresh) Connect()
    {
        var pair = (NewText(), NewText());
        (_access[pair.Item1], _refresh[pair.Item2]) = (clock.GetUtcNow() + AccessLife, clock.GetUtcNow() + RefreshLife);
        return pair;
    }

    /// <summary>Lets a token in that was got in another way.</summary>
    public void Accept(string access) => _access[access] = clock.GetUtcNow() + AccessLife;

    /// <summary>Ends all access tokens before their time.</summary>
    public void EndAccess() => _access.Clear();

    /// <summary>The user takes the consent back.</summary>
    public void Revoke()
    {
        _access.Clear();
        _refresh.Clear();
    }

    /// <summary>True = the request carries a token that is good.</summary>
    public bool Lets(HttpContext context) =>
        context.Request.Headers.Authorization.ToString() is ['B', 'e', 'a', 'r', 'e', 'r', ' ', .. var token] && _access.TryGetValue(token, out var until) && until > clock.GetUtcNow();

    public void Map(IEndpointRouteBuilder app, string authorize, string token, string revoke)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapGet(authorize, Authorize);
        app.MapPost(token, TokenAsync);
        app.MapPost(revoke, RevokeAsync);
    }

    /// <summary>The page where a user would press a button; here it is pressed at once.</summary>
    private void Authorize(HttpContext context)
    {
        var query = context.Request.Query;
        if (query["client_id"] != ClientId || query["response_type"] != "code" || !Uri.TryCreate(query["redirect_uri"], UriKind.Absolute, out var back)) { context.Response.StatusCode = 400; return; }
        var code = NewText();
        _codes[code] = (back, query["code_challenge"].FirstOrDefault(), clock.GetUtcNow() + codeLife);
        var answer = Consents ? $"code={code}" : "error=access_denied&error_description=The+user+denied+access";
        context.Response.Redirect($"{back}?{answer}&state={Uri.EscapeDataString($"{query["state"]}")}");
    }

    private async Task TokenAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        if (!IsClient(context, form)) { await RefuseAsync(context, 401, "invalid_client", "The client credentials are invalid"); return; }
        switch ($"{form["grant_type"]}")
        {
            case "authorization_code":
                if (!_codes.TryRemove($"{form["code"]}", out var code) || code.Until < clock.GetUtcNow() || code.Back.AbsoluteUri != $"{form["redirect_uri"]}" || !Proves(code.Challenge, $"{form["code_verifier"]}")) await RefuseAsync(context, 400, "invalid_grant", "Invalid authorization code");
                else await AnswerAsync(context, NewText());
                return;
            case "refresh_token":
                Interlocked.Increment(ref _refreshes);
                var refresh = $"{form["refresh_token"]}";
                if (!_refresh.TryGetValue(refresh, out var until) || until < clock.GetUtcNow() || (rotates && !_refresh.TryRemove(refresh, out _))) await RefuseAsync(context, 400, "invalid_grant", "Invalid refresh token");
                else await AnswerAsync(context, rotates ? NewText() : refresh);
                return;
            case "client_credentials" when context.Request.Headers["TenantId"] == Tenant:
                await AnswerAsync(context, null);
                return;
            default:
                await RefuseAsync(context, 400, "unsupported_grant_type", "The grant type is not supported");
                return;
        }
    }

    private async Task RevokeAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        if (!IsClient(context, form)) { await RefuseAsync(context, 401, "invalid_client", "The client credentials are invalid"); return; }
        _refresh.TryRemove($"{form["token"]}", out _);
        _access.Clear();
        await WriteAsync(context, 200, "application/json", new() { ["revoked"] = true });
    }

    private Task AnswerAsync(HttpContext context, string? refresh)
    {
        var access = NewText();
        _access[access] = clock.GetUtcNow() + AccessLife;
        JsonObject body = new() { ["access_token"] = access, ["expires_in"] = (int)AccessLife.TotalSeconds, ["token_type"] = "bearer", ["scope"] = "customer invoice companyinformation supplier" };
        if (refresh is not null)
        {
            _refresh[refresh] = clock.GetUtcNow() + RefreshLife;
            body["refresh_token"] = refresh;
        }
        context.Response.Headers.CacheControl = "no-store";
        return WriteAsync(context, 200, "application/json", body);
    }

    private static bool IsClient(HttpContext context, IFormCollection form) =>
        context.Request.Headers.Authorization == "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ClientId}:{ClientSecret}")) || (form["client_id"] == ClientId && form["client_secret"] == ClientSecret);

    private static bool Proves(string? challenge, string verifier) =>
        challenge is null || Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))).TrimEnd('=').Replace('+', '-').Replace('/', '_') == challenge;

    private Task RefuseAsync(HttpContext context, int status, string error, string description) => WriteAsync(context, status, ErrorType, new() { ["error"] = error, ["error_description"] = description });

    private static Task WriteAsync(HttpContext context, int status, string type, JsonObject body)
    {
        (context.Response.StatusCode, context.Response.ContentType) = (status, type);
        return context.Response.WriteAsync(body.ToJsonString());
    }

    private static string NewText() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));
}
