using Crm.Contracts;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Crm.Host.Http;

/// <summary>Signing in.</summary>
/// <param name="Email">In any case.</param>
/// <param name="Password">The password.</param>
public sealed record Credentials(string Email, string Password);

/// <summary>Accepting an invitation.</summary>
/// <param name="Token">The one-time token, <c>inv_c1i7_…</c>.</param>
/// <param name="Password">The first password, 12 to 128 characters; for a user who has an account already, its password.</param>
public sealed record Acceptance(string Token, string Password);

/// <summary>Changing the password.</summary>
/// <param name="Current">The password until now.</param>
/// <param name="New">12 to 128 characters.</param>
public sealed record PasswordChange(string Current, string New);

/// <summary>Who is signed in.</summary>
/// <param name="User">The user; null for an API key.</param>
/// <param name="IsOperator">True = has the operator routes.</param>
/// <param name="MustChangePassword">True = everything but changing the password is refused until that is done.</param>
/// <param name="Companies">The companies that can be entered.</param>
/// <param name="Csrf">To be sent as X-CSRF-Token on writes with the cookie; null without a cookie.</param>
public sealed record SessionView(SessionUser? User, bool IsOperator, bool MustChangePassword, IReadOnlyList<SessionCompany> Companies, string? Csrf);

/// <summary>The user of a session.</summary>
/// <param name="Id">Such as <c>u12</c>.</param>
/// <param name="Name">The user's own name.</param>
/// <param name="Email">How the user signs in.</param>
public sealed record SessionUser(string Id, string Name, string Email);

/// <summary>A company that can be entered, and as what.</summary>
/// <param name="Slug">Its name in addresses.</param>
/// <param name="Name">What is shown.</param>
/// <param name="Role">What the caller may do there.</param>
public sealed record SessionCompany(string Slug, string Name, Role Role);

/// <summary>Signing in and out with a cookie, for browsers.</summary>
internal static class SessionEndpoints
{
    public static void MapSession(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/session").WithMetadata(Area.Session).WithTags("session");
        group.MapPost("", SignInAsync).WithMetadata(new Anonymous()).Documented("signIn", "Sign in", "Sets the session's cookie. Five failures lock an e-mail for 15 minutes.");
        group.MapGet("", GetAsync).Documented("getSession", "Who am I", "The signed-in user or key, the companies, and the token for X-CSRF-Token.");
        group.MapDelete("", (Delegate)SignOutAsync).Documented("signOut", "Sign out", "Ends the session of this browser.");
        group.MapPost("/password", ChangeAsync).Documented("changePassword", "Change the password", "Signs the user out everywhere else.");
        group.MapPost("/invitation", AcceptAsync).WithMetadata(new Anonymous()).Documented("acceptInvitation", "Accept an invitation",
            "Sets the first password, or takes that of the account that the user has already; then the membership begins and the user is signed in.");
    }

    private static async Task<Answer<SessionView>> GetAsync(HttpContext context, Sessions sessions)
    {
        var who = context.Features.GetRequiredFeature<SignedIn>();
        return who.Key is { } key ? await sessions.OfKeyAsync(key, context.RequestAborted) : await sessions.OfAsync(context, who.User!, who.Kind == SignInKind.Cookie);
    }

    private static async Task<Answer<SessionView>> SignInAsync(Body<Credentials> body, HttpContext context, IAccess access, Sessions sessions)
    {
        if (sessions.TooMany(context, body.Value.Email) is { } tooMany) return tooMany;
        var (refusal, user) = await access.SignInAsync(body.Value.Email, body.Value.Password, context.RequestAborted);
        return refusal is not null ? refusal : await sessions.BeginAsync(context, user!);
    }

    private static async Task<Answer<SessionView>> AcceptAsync(Body<Acceptance> body, HttpContext context, IAccess access, Sessions sessions)
    {
        if (sessions.TooMany(context, "invitation") is { } tooMany) return tooMany;
        var (refusal, user) = await access.AcceptAsync(body.Value.Token, body.Value.Password, context.RequestAborted);
        return refusal is not null ? refusal : await sessions.BeginAsync(context, user!);
    }

    private static async Task<Answer<SessionView>> ChangeAsync(Body<PasswordChange> body, HttpContext context, IAccess access, Sessions sessions)
    {
        if (context.Features.GetRequiredFeature<SignedIn>() is not { Kind: SignInKind.Cookie, User: { } user }) return Refusal.Forbidden("Only a session's user has a password here.");
        if (sessions.TooMany(context, user.Email) is { } tooMany) return tooMany;
        var (refusal, changed) = await access.ChangePasswordAsync(user, body.Value.Current, body.Value.New, context.RequestAborted);
        return refusal is not null ? refusal : await sessions.BeginAsync(context, changed!);
    }

    private static async Task<NoContent> SignOutAsync(HttpContext context)
    {
        await context.SignOutAsync(SignInMiddleware.Scheme);
        return TypedResults.NoContent();
    }
}

/// <summary>What the session's endpoints share.</summary>
internal sealed class Sessions(IAccess access, IAntiforgery antiforgery, RateLimits limits, LimitOptions options)
{
    /// <summary>Counts a sign-in from one address for one e-mail.</summary>
    public Refusal? TooMany(HttpContext context, string email)
    {
        if (options.SignInsPerMinute <= 0) return null;
        var (left, seconds) = limits.Take(0, $"sign-in {RateLimits.AddressOf(context)} {email.Trim().ToLowerInvariant()}", options.SignInsPerMinute);
        if (left >= 0) return null;
        context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return RateLimits.Refusal;
    }

    public async Task<SessionView> BeginAsync(HttpContext context, UserIdentity user)
    {
        context.User = SignInMiddleware.PrincipalOf(user);
        await context.SignInAsync(SignInMiddleware.Scheme, context.User);
        return await OfAsync(context, user, withCookie: true);
    }

    public async Task<SessionView> OfAsync(HttpContext context, UserIdentity user, bool withCookie)
    {
        var companies = await access.MembershipsAsync(user, context.RequestAborted);
        return new(new(user.Id, user.Name, user.Email), user.IsOperator, user.MustChangePassword, [.. companies.Select(c => new SessionCompany(c.Company.Slug, c.Name, c.Role))],
            withCookie ? antiforgery.GetAndStoreTokens(context).RequestToken : null);
    }

    public async Task<SessionView> OfKeyAsync(KeyIdentity key, CancellationToken ct)
    {
        var company = (await access.CompaniesAsync(ct)).FirstOrDefault(c => c.Id == key.CompanyId);
        return new(null, false, false, company is null ? [] : [new(company.Slug, company.Slug, key.Caller.Role)], null);
    }
}
