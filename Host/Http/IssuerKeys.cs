using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Crm.Host.Http;

/// <summary>What an issuer says of itself (OpenID Connect Discovery 1.0): its name and its public keys.</summary>
internal sealed record Issuer(string Name, IReadOnlyList<SecurityKey> Keys, DateTimeOffset ReadAt);

/// <summary>Reads the keys of an issuer, and keeps them.</summary>
internal sealed class IssuerKeys(string authority, IHttpClientFactory http, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(6), Pause = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _reading = new(1);
    private volatile Issuer? _known;

    /// <summary>The issuer as last read.</summary>
    /// <param name="unfit">Keys among which one was missing: they are read anew, but not more often than every 30 seconds, or made-up tokens would flood the issuer.</param>
    /// <param name="ct">Gives up waiting.</param>
    public async ValueTask<Issuer> GetAsync(Issuer? unfit, CancellationToken ct)
    {
        if (_known is { } known && !IsDue(known, unfit)) return known;
        await _reading.WaitAsync(ct);
        try
        {
            return _known is { } meanwhile && !IsDue(meanwhile, unfit) ? meanwhile : _known = await ReadAsync(ct);
        }
        catch (Exception away) when (away is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            // What was known goes on; the issuer is asked again after the pause.
            if (_known is { } old) return _known = old with { ReadAt = clock.GetUtcNow() - Fresh + Pause };
            throw new RefusedException(new Refusal(RefusalKind.Unavailable, "auth.issuer.unavailable", "The issuer of the token does not answer, so it cannot be checked. Try again in a moment."));
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();

    private bool IsDue(Issuer known, Issuer? unfit)
    {
        var age = clock.GetUtcNow() - known.ReadAt;
        return age > Fresh || (known == unfit && age > Pause);
    }

    private async Task<Issuer> ReadAsync(CancellationToken ct)
    {
        using var client = http.CreateClient("issuer");
        using var discovery = JsonDocument.Parse(await client.GetStringAsync(new Uri($"{authority.TrimEnd('/')}/.well-known/openid-configuration"), ct));
        var name = discovery.RootElement.GetProperty("issuer").GetString()!;
        var keys = new JsonWebKeySet(await client.GetStringAsync(new Uri(discovery.RootElement.GetProperty("jwks_uri").GetString()!), ct));
        return new(name, [.. keys.GetSigningKeys()], clock.GetUtcNow());
    }
}
