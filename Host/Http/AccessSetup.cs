using Crm.Contracts;
using Crm.Host.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace Crm.Host.Http;

/// <summary>Registers signing in, limits and the pipeline that every request goes through.</summary>
internal static class AccessSetup
{
    public static void AddAccess(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(configuration.GetSection("Limits").Get<LimitOptions>() ?? new());
        services.AddSingleton(configuration.GetSection("Auth").Get<AuthOptions>() ?? new());
        services.AddSingleton(p => new Freshness(p.GetRequiredService<StorageOptions>().Postgres is { Length: > 0 } ? TimeSpan.FromSeconds(2) : TimeSpan.MaxValue));
        services.AddSingleton<RateLimits>().AddSingleton<IssuerTokens>().AddSingleton<Sessions>();
        services.AddHttpClient("issuer", client => client.Timeout = TimeSpan.FromSeconds(5));
        services.AddAuthentication().AddCookie(SignInMiddleware.Scheme, cookie =>
        {
            (cookie.Cookie.Name, cookie.Cookie.HttpOnly, cookie.Cookie.SameSite, cookie.Cookie.SecurePolicy) = ("crm-session", true, SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
            (cookie.ExpireTimeSpan, cookie.SlidingExpiration) = (TimeSpan.FromHours(12), true);
        });
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.HeaderName = "X-CSRF-Token";
            (antiforgery.Cookie.Name, antiforgery.Cookie.SameSite, antiforgery.Cookie.SecurePolicy) = ("crm-csrf", SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
        });
        services.AddDataProtection().SetApplicationName("crm");
        services.AddOptions<KeyManagementOptions>().Configure<IDatabase>((keys, database) => keys.XmlRepository = new DatabaseKeys(database));
    }

    /// <summary>Every answer's headers, and a problem for everything that goes wrong.</summary>
    public static void UseProblems(this IApplicationBuilder app) => app.UseMiddleware<ProblemMiddleware>();

    /// <summary>Who a request is from.</summary>
    public static void UseSignIn(this IApplicationBuilder app) => app.UseMiddleware<SignInMiddleware>();

    /// <summary>How many requests they may make.</summary>
    public static void UseRateLimits(this IApplicationBuilder app) => app.UseMiddleware<RateLimitMiddleware>();

    /// <summary>Whether this request may go on, and its <see cref="Call"/>.</summary>
    public static void UseCalls(this IApplicationBuilder app) => app.UseMiddleware<CallMiddleware>();
}
