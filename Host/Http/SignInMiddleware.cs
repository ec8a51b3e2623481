using System.Globalization;
using System.Security.Claims;
using Crm.Contracts;
using Microsoft.AspNetCore.Authentication;

namespace Crm.Host.Http;

/// <summary>Finds out who a request is from: an API key, a token of the issuer, or the session's cookie. Judges nothing yet.</summary>
internal sealed class SignInMiddleware(RequestDelegate next, IAccess access, IssuerTokens tokens)
{
    public const string Scheme = "cookie", StampClaim = "stamp";

    private const string Bearer = "Bearer ";

    public Task InvokeAsync(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        if (endpoint?.Metadata.GetMetadata<Area>() is not { } area) return next(context);
        var authorization = context.Request.Headers.Authorization;
        if (endpoint.Metadata.GetMetadata<Anonymous>() is not null) return NextAs(context, new(area, SignInKind.None));
        if (authorization.Count == 0) return CookieAsync(context, area);
        if (authorization.Count > 1 || authorization[0] is not { } text || !text.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return NextAs(context, new(area, SignInKind.Invalid));
        var token = text.AsMemory(Bearer.Length);
        if (!token.Span.StartsWith("crm_", StringComparison.Ordinal)) return TokenAsync(context, area, text[Bearer.Length..]);
        // The usual request: the key is in memory, and nothing here waits or allocates but the answer.
        var key = access.KeyAsync(token, CancellationToken.None);
        return key.IsCompletedSuccessfully ? NextAs(context, Of(area, key.Result)) : KeyAsync(context, area, key);
    }

    /// <summary>What goes into the cookie.</summary>
    public static ClaimsPrincipal PrincipalOf(UserIdentity user) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, user.Number.ToString(CultureInfo.InvariantCulture)),
            new Claim(StampClaim, user.Stamp.ToString(CultureInfo.InvariantCulture)),
        ], Scheme));

    private static SignedIn Of(Area area, KeyIdentity? key) => new(area, key is null ? SignInKind.Invalid : SignInKind.Key, key);

    private Task NextAs(HttpContext context, SignedIn who)
    {
        context.Features.Set(who);
        return next(context);
    }

    private async Task KeyAsync(HttpContext context, Area area, ValueTask<KeyIdentity?> key) => await NextAs(context, Of(area, await key));

    private async Task TokenAsync(HttpContext context, Area area, string token)
    {
        var user = await tokens.EmailAsync(token, context.RequestAborted) is { } email ? await access.UserAsync(email, context.RequestAborted) : null;
        await NextAs(context, new(area, user is null ? SignInKind.Invalid : SignInKind.Token, User: user));
    }

    private async Task CookieAsync(HttpContext context, Area area)
    {
        var ticket = await context.AuthenticateAsync(Scheme);
        if (ticket.Principal is not { } principal)
        {
            await NextAs(context, new(area, ticket.Failure is null ? SignInKind.None : SignInKind.Invalid));
            return;
        }
        var user = long.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), CultureInfo.InvariantCulture, out var number) ? await access.UserAsync(number, context.RequestAborted) : null;
        // The stamp changes with the password: cookies from before are worth nothing.
        if (user is null || principal.FindFirstValue(StampClaim) != user.Stamp.ToString(CultureInfo.InvariantCulture))
        {
            await NextAs(context, new(area, SignInKind.Invalid));
            return;
        }
        context.User = principal;
        await NextAs(context, new(area, SignInKind.Cookie, User: user));
    }
}
