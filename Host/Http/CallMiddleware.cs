using Crm.Contracts;
using Microsoft.AspNetCore.Antiforgery;

namespace Crm.Host.Http;

/// <summary>Decides whether a request may go on, and makes its <see cref="Call"/>.</summary>
internal sealed class CallMiddleware(RequestDelegate next, IAccess access, IAntiforgery antiforgery)
{
    private static readonly Refusal Required = new((RefusalKind)401, "auth.required", "Sign in, or send Authorization: Bearer with an API key or a token.");
    private static readonly Refusal Invalid = new((RefusalKind)401, "auth.invalid", "The key, token or session is not valid, or not any more.");
    private static readonly Refusal NoCompany = Refusal.NotFound("company");
    private static readonly Refusal NoRoute = new(RefusalKind.NotFound, "route.notFound", "There is nothing at this address.");
    private static readonly Refusal NoAntiforgery = new(RefusalKind.Forbidden, "auth.antiforgery", "A write with a session's cookie needs the header X-CSRF-Token, from GET /api/v1/session.");
    private static readonly Refusal NewPassword = new(RefusalKind.Forbidden, "auth.password.change", "Change the password first: POST /api/v1/session/password.");

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<SignedIn>() is not { } who) return next(context);
        var endpoint = context.GetEndpoint()!;
        if (who.Kind is SignInKind.None or SignInKind.Invalid)
            return endpoint.Metadata.GetMetadata<Anonymous>() is null ? UnauthorizedAsync(context, who.Kind) : next(context);
        if (who.Kind == SignInKind.Cookie && !IsSafe(context.Request.Method)) return WithCookieAsync(context, endpoint, who);
        return who.Area == Area.Session ? next(context) : EnterAsync(context, endpoint, who);
    }

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private static Task UnauthorizedAsync(HttpContext context, SignInKind kind)
    {
        context.Response.Headers.WWWAuthenticate = kind == SignInKind.Invalid ? "Bearer realm=\"crm\", error=\"invalid_token\"" : "Bearer realm=\"crm\"";
        return Problems.WriteAsync(context, kind == SignInKind.Invalid ? Invalid : Required);
    }

    /// <summary>A browser sends its cookie with requests that another site made it send; only our own pages know the token.</summary>
    private async Task WithCookieAsync(HttpContext context, Endpoint endpoint, SignedIn who)
    {
        if (!context.Request.Headers.ContainsKey("X-CSRF-Token") || !await antiforgery.IsRequestValidAsync(context)) await Problems.WriteAsync(context, NoAntiforgery);
        else if (who.Area == Area.Session) await next(context);
        else await EnterAsync(context, endpoint, who);
    }

    private Task EnterAsync(HttpContext context, Endpoint endpoint, SignedIn who)
    {
        if (who is { Kind: SignInKind.Cookie, User.MustChangePassword: true }) return Problems.WriteAsync(context, NewPassword);
        if (who.Area == Area.Operator)
        {
            return who.User is { IsOperator: true } user
                ? GoOnAsync(context, endpoint, new Call(CompanyRef.System, new Caller(user.CallerName, Role.Operator) { UserId = user.Id }))
                : Problems.WriteAsync(context, NoRoute);
        }
        var slug = (string)context.Request.RouteValues["company"]!;
        var company = access.CompanyAsync(slug, CancellationToken.None);
        if (!company.IsCompletedSuccessfully || who.Key is not { } key) return EnterAsync(context, endpoint, who, company);
        return company.Result is { } found && found.Id == key.CompanyId ? GoOnAsync(context, endpoint, new Call(found, key.Caller)) : Problems.WriteAsync(context, NoCompany);
    }

    private async Task EnterAsync(HttpContext context, Endpoint endpoint, SignedIn who, ValueTask<CompanyRef?> lookup)
    {
        var company = await lookup;
        var caller = company is null ? null
            : who.Key is { } key ? (key.CompanyId == company.Id ? key.Caller : null)
            : await access.CallerAsync(who.User!, company, vouched: who.Kind == SignInKind.Token, context.RequestAborted);
        // Unknown and foreign companies look the same from outside.
        await (caller is null ? Problems.WriteAsync(context, NoCompany) : GoOnAsync(context, endpoint, new Call(company!, caller)));
    }

    private Task GoOnAsync(HttpContext context, Endpoint endpoint, Call call)
    {
        // An endpoint that names no right was forgotten, and stays shut.
        var right = endpoint.Metadata.GetMetadata<RequiredRight>()?.Right;
        if (right is null ? endpoint.Metadata.GetMetadata<EveryMember>() is null : !call.Caller.May(right))
            return Problems.WriteAsync(context, Refusal.Forbidden(right is null ? "Nobody may use this." : $"This needs the right {right}."));
        if (!IsSafe(context.Request.Method)) return WriteAsync(context, call);
        context.Features.Set(call);
        return next(context);
    }

    private async Task WriteAsync(HttpContext context, Call call)
    {
        var (refusal, conditional) = await Conditions.ReadAsync(context, call);
        if (refusal is not null)
        {
            await Problems.WriteAsync(context, refusal);
            return;
        }
        context.Features.Set(conditional);
        await next(context);
    }
}
