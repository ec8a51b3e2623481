using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Crm.Benchmarks.Conventional;

/// <summary>Sign-in by API key in the usual way: an authentication handler, the key's row cached for half a minute, its hash compared in constant time.</summary>
internal sealed class ConventionalSignIn(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IMemoryCache cache, IServiceScopeFactory scopes, TimeProvider clock)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";

    private static readonly TimeSpan CachedFor = TimeSpan.FromSeconds(30);

    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer crm_", StringComparison.Ordinal)) return AuthenticateResult.NoResult();
        var parts = header["Bearer crm_".Length..].Split('_', 2);
        if (parts.Length != 2 || !long.TryParse(parts[0], out var id)) return AuthenticateResult.Fail("Not a key.");

        var key = await cache.GetOrCreateAsync(("key", id), async entry =>
        {
            entry.AbsoluteExpirationRelativeToNow = CachedFor;
            await using var scope = scopes.CreateAsyncScope();
            var database = scope.ServiceProvider.GetRequiredService<ConventionalContext>();
            return await database.ApiKeys.AsNoTracking().FirstOrDefaultAsync(k => k.Id == id, Context.RequestAborted);
        });
        var now = clock.GetUtcNow().UtcDateTime;
        if (key is null || key.RevokedAt is not null || key.ExpiresAt < now || !CryptographicOperations.FixedTimeEquals(HashOf(parts[1]), key.Hash))
            return AuthenticateResult.Fail("Not a key in use.");

        List<Claim> claims = [new(ClaimTypes.Name, $"key:{key.Id}"), new("company", key.CompanySlug), new("companyId", $"{key.Company}")];
        claims.AddRange(key.Scopes.Split(' ').Select(scope => new Claim("scope", scope)));
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(claims, SchemeName)), SchemeName));
    }
}
