using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Crm.Host.Http;

/// <summary>The section <c>Auth</c> of appsettings.json: whose tokens sign users in. Nothing set = no tokens are taken, only keys and cookies.</summary>
internal sealed class AuthOptions
{
    /// <summary>The issuer's address; its keys are read from <c>/.well-known/openid-configuration</c> below it.</summary>
    public string? Authority { get; set; }

    /// <summary>Instead of an authority, one key: 32 bytes or more in base64 (HMAC), or a public key in PEM (RSA, ECDSA).</summary>
    public string? Key { get; set; }

    /// <summary>The issuer that tokens name, when there is a key; null = any. With an authority it is what the authority says.</summary>
    public string? Issuer { get; set; }

    /// <summary>The audience that tokens must name. Required, so that tokens for other programs of the same issuer are worth nothing here.</summary>
    public string? Audience { get; set; }

    /// <summary>The claim with the user's e-mail.</summary>
    public string UserClaim { get; set; } = "email";
}

/// <summary>Checks tokens (JWT, RFC 7519) of the configured issuer.</summary>
internal sealed class IssuerTokens : IDisposable
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    // Which algorithms are taken follows from the kind of key, never from the token: "none" is in no list, and a public key is never an HMAC secret.
    private static readonly string[] Asymmetric = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];
    private static readonly string[] Symmetric = ["HS256", "HS384", "HS512"];

    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = 16 * 1024, MapInboundClaims = false };
    private readonly AuthOptions _options;
    private readonly IssuerKeys? _issuer;
    private readonly SecurityKey? _key;
    private readonly TimeProvider _clock;

    public IssuerTokens(AuthOptions options, IHttpClientFactory http, TimeProvider clock)
    {
        (_options, _clock) = (options, clock);
        if (options.Authority is null && options.Key is null) return;
        if (string.IsNullOrEmpty(options.Audience)) throw new InvalidOperationException("Auth:Audience is required with Auth:Authority or Auth:Key.");
        if (options.Key is not null) _key = KeyOf(options.Key);
        else _issuer = new IssuerKeys(options.Authority!, http, clock);
    }

    /// <summary>The e-mail that a token vouches for; null = the token is not valid here.</summary>
    /// <exception cref="RefusedException">The issuer's keys cannot be read; answered as 503.</exception>
    public async Task<string?> EmailAsync(string token, CancellationToken ct)
    {
        if (_key is not null) return Email(await _handler.ValidateTokenAsync(token, Parameters([_key], _options.Issuer)));
        if (_issuer is null || !_handler.CanReadToken(token)) return null;
        var keys = await _issuer.GetAsync(null, ct);
        var result = await _handler.ValidateTokenAsync(token, Parameters(keys.Keys, keys.Name));
        // A key that is not known may be one that the issuer has begun to use since.
        if (result.TokenOnFailedValidation is JsonWebToken unknown && keys.Keys.All(k => k.KeyId != unknown.Kid) && await _issuer.GetAsync(keys, ct) is var renewed && renewed != keys)
            result = await _handler.ValidateTokenAsync(token, Parameters(renewed.Keys, renewed.Name));
        return Email(result);
    }

    public void Dispose() => _issuer?.Dispose();

    private string? Email(TokenValidationResult result) =>
        !result.IsValid || (result.Claims.TryGetValue("email_verified", out var verified) && verified is false or "false") ? null
        : result.Claims.TryGetValue(_options.UserClaim, out var email) ? email as string : null;

    private TokenValidationParameters Parameters(IEnumerable<SecurityKey> keys, string? issuer) => new()
    {
        IssuerSigningKeys = keys,
        ValidAlgorithms = _key is SymmetricSecurityKey ? Symmetric : Asymmetric,
        ValidIssuer = issuer,
        ValidateIssuer = issuer is not null,
        ValidAudience = _options.Audience,
        RequireExpirationTime = true,
        RequireSignedTokens = true,
        IncludeTokenOnFailedValidation = true,
        LifetimeValidator = (from, until, _, _) => until + Skew > _clock.GetUtcNow().UtcDateTime && !(from - Skew > _clock.GetUtcNow().UtcDateTime),
    };

    private static SecurityKey KeyOf(string text)
    {
        if (!text.StartsWith("-----BEGIN", StringComparison.Ordinal))
        {
            var bytes = Convert.FromBase64String(text);
            return bytes.Length >= 32 ? new SymmetricSecurityKey(bytes) : throw new InvalidOperationException("Auth:Key has at least 32 bytes, in base64.");
        }
        try
        {
            var ecdsa = ECDsa.Create();
            ecdsa.ImportFromPem(text);
            return new ECDsaSecurityKey(ecdsa);
        }
        catch (CryptographicException)
        {
            var rsa = RSA.Create();
            rsa.ImportFromPem(text);
            return new RsaSecurityKey(rsa);
        }
    }
}
