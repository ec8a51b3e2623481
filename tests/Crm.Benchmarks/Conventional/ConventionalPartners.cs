using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace Crm.Benchmarks.Conventional;

/// <summary>The members that this handler's PATCH takes; an unknown one is refused.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record PatchPartner(string? Name, string? Stage, string? Email, string? Phone, string? Website);

/// <summary>
/// The conventional handler: one context and one transaction a request. The row is read and checked before the transaction, which holds the
/// update (guarded by its version) and the journal row; with SQLite writers take turns at a process-wide lock instead of at SQLITE_BUSY.
/// </summary>
internal static class ConventionalPartners
{
    private const int Tries = 3;

    private static readonly Func<ConventionalContext, int, long, Task<PartnerRow?>> Find =
        EF.CompileAsyncQuery((ConventionalContext database, int company, long number) => database.Partners.FirstOrDefault(p => p.Company == company && p.Number == number));

    public static async Task<Results<Ok<PartnerAnswer>, ProblemHttpResult, ValidationProblem>> PatchAsync(
        string company, long number, PatchPartner patch, ClaimsPrincipal user, HttpContext http, ConventionalContext database, IMemoryCache cache, WriteLock writes, TimeProvider clock, CancellationToken ct)
    {
        if (user.FindFirstValue("company") != company) return TypedResults.Problem(statusCode: 404);
        var companyId = int.Parse(user.FindFirstValue("companyId")!, CultureInfo.InvariantCulture);
        if (Problems(patch) is { Count: > 0 } problems) return TypedResults.ValidationProblem(problems);
        if (patch.Stage is { } stage && !(await StagesAsync(companyId, database, cache, ct)).ContainsKey(stage))
            return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["/stage"] = ["There is no such stage."] });

        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var partner = await Find(database, companyId, number);
            if (partner is null) return TypedResults.Problem(statusCode: 404);
            if (http.Request.Headers.IfMatch is [{ } expected] && expected != $"\"{partner.Version}\"") return TypedResults.Problem(statusCode: 412);
            var before = new { name = partner.Name, stage = partner.Stage, email = partner.Email, phone = partner.Phone, website = partner.Website };
            (partner.Name, partner.Stage) = (patch.Name ?? partner.Name, patch.Stage ?? partner.Stage);
            (partner.Email, partner.Phone, partner.Website) = (patch.Email ?? partner.Email, patch.Phone ?? partner.Phone, patch.Website ?? partner.Website);
            if (database.Entry(partner).State == EntityState.Modified)
            {
                (partner.Version, partner.UpdatedAt) = (partner.Version + 1, clock.GetUtcNow().UtcDateTime);
                database.Journal.Add(new JournalRow
                {
                    Company = companyId, At = partner.UpdatedAt, Caller = user.Identity!.Name!, Kind = "partner", Number = number, Version = partner.Version, Fact = "partner.changed",
                    Change = JsonSerializer.Serialize(new { before, after = new { name = partner.Name, stage = partner.Stage, email = partner.Email, phone = partner.Phone, website = partner.Website } }),
                });
                try
                {
                    using var turn = await writes.EnterAsync(ct);
                    await database.SaveChangesAsync(ct);
                }
                catch (DbUpdateConcurrencyException)
                {
                    database.ChangeTracker.Clear();
                    continue;
                }
            }
            http.Response.Headers.ETag = $"\"{partner.Version}\"";
            return TypedResults.Ok(PartnerAnswer.Of(partner, await StagesAsync(companyId, database, cache, ct)));
        }
        return TypedResults.Problem(statusCode: 409);
    }

    private static Dictionary<string, string[]> Problems(PatchPartner patch)
    {
        Dictionary<string, string[]> problems = [];
        if (patch.Name is { } name && name.Trim().Length is 0 or > 200) problems["/name"] = ["A name has 1 to 200 characters."];
        if (patch.Stage is { Length: 0 or > 40 }) problems["/stage"] = ["A stage's key has 1 to 40 characters."];
        if (patch.Email is { } email && !System.Net.Mail.MailAddress.TryCreate(email, out _)) problems["/email"] = ["Not an e-mail address."];
        if (patch.Phone is { Length: > 40 }) problems["/phone"] = ["A phone number has at most 40 characters."];
        if (patch.Website is { Length: > 200 }) problems["/website"] = ["An address has at most 200 characters."];
        return problems;
    }

    private static async ValueTask<Dictionary<string, string>> StagesAsync(int company, ConventionalContext database, IMemoryCache cache, CancellationToken ct) =>
        (await cache.GetOrCreateAsync(("stages", company), entry =>
        {
            entry.AbsoluteExpirationRelativeToNow = TimeSpan.FromSeconds(30);
            return database.Stages.AsNoTracking().Where(s => s.Company == company).ToDictionaryAsync(s => s.Key, s => s.Name, ct);
        }))!;
}

/// <summary>SQLite has one writer: a fair queue in the process is far better than its busy handler, which sleeps. PostgreSQL needs none.</summary>
internal sealed class WriteLock(bool needed) : IDisposable
{
    private readonly SemaphoreSlim? _turn = needed ? new(1) : null;

    public async ValueTask<IDisposable?> EnterAsync(CancellationToken ct)
    {
        if (_turn is null) return null;
        await _turn.WaitAsync(ct);
        return new Turn(_turn);
    }

    public void Dispose() => _turn?.Dispose();

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}

internal sealed record KeyAndName(string Key, string? Name);

internal sealed record MoneyAnswer(decimal Amount, string Currency)
{
    public static MoneyAnswer? Of(long? amount, string? currency) => amount is { } a ? new(a / 10_000m, currency!) : null;
}

/// <summary>The partner as it goes out.</summary>
internal sealed record PartnerAnswer(
    long Number, string Name, string Country, string? OrganisationNumber, string? VatNumber, string[] Relations, KeyAndName? Stage, MoneyAnswer? CreditLimit, MoneyAnswer? Balance,
    DateOnly? LatestDelivery, KeyAndName? Owner, KeyAndName? Department, string? Industry, int? Employees, string? LegalForm, string? Website, string? Phone, string? Email, string? Language,
    long? Parent, JsonElement Details, DateTime CreatedAt, DateTime UpdatedAt, long Version)
{
    public static PartnerAnswer Of(PartnerRow p, Dictionary<string, string> stages)
    {
        static KeyAndName? Named(string? key, string? name) => key is null ? null : new(key, name);
        using var details = JsonDocument.Parse(p.Details);
        return new(p.Number, p.Name, p.Country, p.OrganisationNumber, p.VatNumber, p.Relations.Split(' '), Named(p.Stage, p.Stage is null ? null : stages.GetValueOrDefault(p.Stage)),
            MoneyAnswer.Of(p.CreditLimit, p.CreditCurrency), MoneyAnswer.Of(p.Balance, p.BalanceCurrency), p.LatestDelivery, Named(p.Owner, p.Owner), Named(p.Department, p.Department), p.Industry, p.Employees, p.LegalForm,
            p.Website, p.Phone, p.Email, p.Language, p.Parent, details.RootElement.Clone(), p.CreatedAt, p.UpdatedAt, p.Version);
    }
}
