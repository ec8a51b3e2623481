using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Crm.Benchmarks.Conventional;

/// <summary>
/// What our figures are compared with: minimal API, EF Core, the platform's own authentication, authorisation, rate limiter and caches, as a competent
/// developer puts them together. It runs in a process of its own, as ours does.
/// </summary>
internal static class ConventionalServer
{
    public static readonly string[] Rights = ["partners:write", "cases:write", "orders:write"];

    public static async Task RunAsync(string url, string store, int partners, int cases)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls(url);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var sqlite = !store.Contains("Host=", StringComparison.OrdinalIgnoreCase);
        builder.Services.AddDbContextPool<ConventionalContext>(options =>
        {
            options.EnableThreadSafetyChecks(false);
            // Full durability is SQLite's default; the start checks that it holds.
            if (sqlite) options.UseSqlite($"Data Source={store};Default Timeout=30");
            else options.UseNpgsql(new NpgsqlConnectionStringBuilder(store) { MaxAutoPrepare = 50, AutoPrepareMinUsages = 2, MaxPoolSize = 32, NoResetOnClose = true }.ToString());
        });
        builder.Services.AddMemoryCache();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(new WriteLock(sqlite));
        builder.Services.AddProblemDetails();
        builder.Services.AddAuthentication(ConventionalSignIn.SchemeName).AddScheme<AuthenticationSchemeOptions, ConventionalSignIn>(ConventionalSignIn.SchemeName, null);
        builder.Services.AddSingleton(new OrderNumbers(sqlite));
        var rights = builder.Services.AddAuthorizationBuilder();
        foreach (var right in Rights) rights.AddPolicy(right, policy => policy.RequireClaim("scope", right));
        builder.Services.AddRateLimiter(limits => limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetTokenBucketLimiter(
            context.User.Identity?.Name ?? "", _ => new() { TokenLimit = 10_000_000, TokensPerPeriod = 10_000_000, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0 })));
        await using var app = builder.Build();
        await ConventionalSeed.WriteAsync(app.Services, sqlite, partners, cases);
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.MapGet("/health/live", () => "ok");
        app.MapPatch("/api/v1/{company}/partners/{number:long}", ConventionalPartners.PatchAsync).RequireAuthorization("partners:write");
        app.MapPatch("/api/v1/{company}/cases/{number:long}", ConventionalCases.PatchAsync).RequireAuthorization("cases:write");
        app.MapPost("/api/v1/{company}/orders", ConventionalOrders.PostAsync).RequireAuthorization("orders:write");
        await ServerProcess.ServeAsync(app);
    }
}
