using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Crm.Benchmarks.Conventional;

/// <summary>The same partners and cases as on our side.</summary>
internal static class ConventionalSeed
{
    public static async Task WriteAsync(IServiceProvider services, bool sqlite, int partners, int cases)
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
        database.ApiKeys.Add(new ApiKeyRow { Id = 1, Company = 1, CompanySlug = SeedData.Slug, Name = "load", Hash = ConventionalSignIn.HashOf(SeedData.ConventionalSecret), Scopes = string.Join(' ', ConventionalServer.Rights) });
        database.Stages.AddRange(SeedData.Stages.Select(s => new StageRow { Company = 1, Key = s, Name = char.ToUpperInvariant(s[0]) + s[1..] }));
        database.CaseStatuses.AddRange(SeedData.Statuses.Select(s => new CaseStatusRow { Company = 1, Key = s.Key, Name = s.Key, Kind = s.Kind, Probability = s.Probability }));
        await database.SaveChangesAsync();
        await WriteAllAsync(database, partners, Row);
        await WriteAllAsync(database, cases, number => CaseOf(number, partners));
    }

    private static async Task WriteAllAsync<TRow>(ConventionalContext database, int count, Func<int, TRow> of) where TRow : class
    {
        foreach (var numbers in Enumerable.Range(1, count).Chunk(1_000))
        {
            database.AddRange(numbers.Select(of));
            await database.SaveChangesAsync();
            database.ChangeTracker.Clear();
        }
    }

    private static CaseRow CaseOf(int number, int partners)
    {
        var deal = SeedData.Case(number, partners);
        var (status, kind, probability) = SeedData.Statuses[deal.Status];
        return new()
        {
            Company = 1, Number = number, Version = 1, Title = deal.Title, TitleKey = deal.Title.ToLowerInvariant(), Search = deal.Title.ToLowerInvariant(), Partner = deal.Partner + 1, Status = status, Kind = kind,
            StatusChanged = SeedData.At.UtcDateTime, Probability = probability, Value = deal.Value * 10_000L, Weighted = CaseRow.WeightedOf(deal.Value * 10_000L, probability), Currency = deal.Value is null ? null : "SEK",
            Owner = deal.Owner, FollowUp = deal.FollowUp, ExpectedClose = deal.ExpectedClose, CreatedAt = SeedData.At.UtcDateTime, UpdatedAt = SeedData.At.UtcDateTime,
            Details = JsonSerializer.Serialize(new { description = "Ring först.", customer = new { reference = $"ref {number}", deliveryStreet = "Storgatan 1", deliveryPostalCode = "111 22", deliveryCity = "Lund", deliveryCountry = "SE" } }),
        };
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
