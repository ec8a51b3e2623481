using System.Text.Json;
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
    public static async Task RunAsync(string url, string store, int partners)
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
        builder.Services.AddAuthorizationBuilder().AddPolicy("partners:write", policy => policy.RequireClaim("scope", "partners:write"));
        builder.Services.AddRateLimiter(limits => limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetTokenBucketLimiter(
            context.User.Identity?.Name ?? "", _ => new() { TokenLimit = 10_000_000, TokensPerPeriod = 10_000_000, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0 })));
        await using var app = builder.Build();
        await SeedAsync(app.Services, sqlite, partners);
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.MapGet("/health/live", () => "ok");
        app.MapPatch("/api/v1/{company}/partners/{number:long}", ConventionalPartners.PatchAsync).RequireAuthorization("partners:write");
        await ServerProcess.ServeAsync(app);
    }

    private static async Task SeedAsync(IServiceProvider services, bool sqlite, int partners)
    {
        await using var scope = services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<ConventionalContext>();
        await database.Database.EnsureCreatedAsync();
        if (sqlite)
        {
            await database.Database.ExecuteSqlRawAsync("pragma journal_mode=wal");
            var synchronous = (await database.Database.SqlQueryRaw<long>("select synchronous as Value from pragma_synchronous").ToListAsync())[0];
            if (synchronous != 2) throw new InvalidOperationException($"SQLite runs with synchronous={synchronous}; it must be 2 (FULL).");
        }
        database.ApiKeys.Add(new ApiKeyRow { Id = 1, Company = 1, CompanySlug = SeedData.Slug, Name = "load", Hash = ConventionalSignIn.HashOf(SeedData.ConventionalSecret), Scopes = "partners:read partners:write" });
        database.Stages.AddRange(SeedData.Stages.Select(s => new StageRow { Company = 1, Key = s, Name = char.ToUpperInvariant(s[0]) + s[1..] }));
        for (var number = 1; number <= partners; number++)
        {
            database.Partners.Add(Row(number));
            if (number % 1_000 != 0) continue;
            await database.SaveChangesAsync();
            database.ChangeTracker.Clear();
        }
        await database.SaveChangesAsync();
    }

    private static PartnerRow Row(int number)
    {
        var p = SeedData.Partner(number);
        return new()
        {
            Company = 1, Number = number, Version = 1, Name = p.Name, NameKey = p.Name.ToLowerInvariant(), Search = $"{p.Name} {p.OrganisationNumber} {p.City} {p.Email}".ToLowerInvariant(), Country = "SE",
            OrganisationNumber = p.OrganisationNumber, VatNumber = $"SE{p.OrganisationNumber}01", Relations = "customer prospect", Stage = p.Stage, CreditLimit = p.CreditLimit * 10_000L, CreditCurrency = "SEK",
            Balance = p.Balance * 10_000L, BalanceCurrency = "SEK", Uninvoiced = p.Balance / 3 * 10_000L, LatestDelivery = new DateOnly(2026, 1, 1).AddDays(number % 200), Owner = p.Owner, Department = "sales", Industry = "46.740",
            Employees = number % 500, LegalForm = "AB", Website = $"https://www.{p.Domain}", Phone = "+46 8 123 456 00", Email = p.Email, Language = "sv", City = p.City,
            CreatedAt = SeedData.At.UtcDateTime, UpdatedAt = SeedData.At.UtcDateTime,
            Details = JsonSerializer.Serialize(new
            {
                addresses = new { visiting = Address(p), postal = Address(p) },
                invoicing = new { type = "emailPdf", email = $"invoice@{p.Domain}", creditDays = 30, automaticHandling = false }, tags = new[] { p.Tag },
            }),
        };
        static object Address(SeedData.Firm p) => new { street = "Storgatan 1", postalCode = "111 22", city = p.City, country = "SE" };
    }
}
