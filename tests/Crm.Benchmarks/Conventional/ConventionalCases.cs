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
internal sealed record PatchCase(string? Title, string? Status, int? Probability, DateOnly? FollowUp, DateOnly? ExpectedClose);

/// <summary>The conventional change of a case, in the manner of <see cref="ConventionalPartners"/>; its partner is read in the same query.</summary>
internal static class ConventionalCases
{
    private const int Tries = 3;

    private static readonly Func<ConventionalContext, int, long, Task<Found?>> Find = EF.CompileAsyncQuery((ConventionalContext database, int company, long number) => database.Cases
        .Where(c => c.Company == company && c.Number == number)
        .Join(database.Partners, c => new { c.Company, Number = c.Partner }, p => new { p.Company, p.Number }, (c, p) => new Found(c, p.Name, p.Deleted)).FirstOrDefault());

    public static async Task<Results<Ok<CaseAnswer>, ProblemHttpResult, ValidationProblem>> PatchAsync(
        string company, long number, PatchCase patch, ClaimsPrincipal user, HttpContext http, ConventionalContext database, IMemoryCache cache, WriteLock writes, TimeProvider clock, CancellationToken ct)
    {
        if (user.FindFirstValue("company") != company) return TypedResults.Problem(statusCode: 404);
        var companyId = int.Parse(user.FindFirstValue("companyId")!, CultureInfo.InvariantCulture);
        var statuses = await StatusesAsync(companyId, database, cache, ct);
        if (Problems(patch, statuses) is { Count: > 0 } problems) return TypedResults.ValidationProblem(problems);

        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (await Find(database, companyId, number) is not var (row, partner, partnerDeleted)) return TypedResults.Problem(statusCode: 404);
            if (http.Request.Headers.IfMatch is [{ } expected] && expected != $"\"{row.Version}\"") return TypedResults.Problem(statusCode: 412);
            if ((row.Closed, row.Converted, row.Deleted, partnerDeleted) != (0, 0, 0, 0)) return TypedResults.Problem(statusCode: 409);
            var before = Journaled(row);
            var now = clock.GetUtcNow().UtcDateTime;
            if (patch.Title is { } title) (row.Title, row.TitleKey, row.Search) = (title, title.ToLowerInvariant(), title.ToLowerInvariant());
            (row.FollowUp, row.ExpectedClose) = (patch.FollowUp ?? row.FollowUp, patch.ExpectedClose ?? row.ExpectedClose);
            if (patch.Status is { } status && status != row.Status) SetStatus(row, statuses[row.Status], statuses[status], now);
            if (patch.Probability is { } probability && row.Kind == "open") row.Probability = probability;
            row.Weighted = CaseRow.WeightedOf(row.Value, row.Probability);
            if (database.Entry(row).State == EntityState.Modified)
            {
                (row.Version, row.UpdatedAt) = (row.Version + 1, now);
                database.Journal.Add(new JournalRow
                {
                    Company = companyId, At = now, Caller = user.Identity!.Name!, Kind = "case", Number = number, Version = row.Version, Fact = patch.Status is null ? "case.changed" : "case.statusSet",
                    Change = JsonSerializer.Serialize(new { before, after = Journaled(row) }),
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
            http.Response.Headers.ETag = $"\"{row.Version}\"";
            return TypedResults.Ok(CaseAnswer.Of(row, partner, statuses[row.Status], DateOnly.FromDateTime(now)));
        }
        return TypedResults.Problem(statusCode: 409);
    }

    /// <summary>Won is 100 %, lost is 0 %; back to open restores what was before.</summary>
    private static void SetStatus(CaseRow row, CaseStatusRow old, CaseStatusRow status, DateTime now)
    {
        if (status.Kind != "open") (row.OpenProbability, row.Probability) = (old.Kind == "open" ? row.Probability : row.OpenProbability, status.Probability);
        else (row.Probability, row.OpenProbability) = (row.OpenProbability ?? (row.Probability == old.Probability ? status.Probability : row.Probability), null);
        (row.Status, row.Kind, row.StatusChanged, row.LostReason) = (status.Key, status.Kind, now, status.Kind == "lost" ? row.LostReason : null);
    }

    private static object Journaled(CaseRow row) => new { title = row.Title, status = row.Status, probability = row.Probability, statusChangedAt = row.StatusChanged, followUp = row.FollowUp, expectedClose = row.ExpectedClose };

    private static Dictionary<string, string[]> Problems(PatchCase patch, Dictionary<string, CaseStatusRow> statuses)
    {
        Dictionary<string, string[]> problems = [];
        if (patch.Title is { } title && title.Trim().Length is 0 or > 200) problems["/title"] = ["A title has 1 to 200 characters."];
        if (patch.Status is { } status && !statuses.ContainsKey(status)) problems["/status"] = ["There is no such status."];
        if (patch.Probability is < 0 or > 100) problems["/probability"] = ["A probability is 0 to 100."];
        return problems;
    }

    private static async ValueTask<Dictionary<string, CaseStatusRow>> StatusesAsync(int company, ConventionalContext database, IMemoryCache cache, CancellationToken ct) =>
        (await cache.GetOrCreateAsync(("statuses", company), entry =>
        {
            entry.AbsoluteExpirationRelativeToNow = TimeSpan.FromSeconds(30);
            return database.CaseStatuses.AsNoTracking().Where(s => s.Company == company).ToDictionaryAsync(s => s.Key, ct);
        }))!;

    private sealed record Found(CaseRow Row, string Partner, int PartnerDeleted);
}

internal sealed record StatusAnswer(string Key, string Name, string Kind, int Probability);

internal sealed record OverdueAnswer(bool FollowUp, bool ExpectedClose);

internal sealed record PartnerOf(long Number, string Name);

/// <summary>The case as it goes out.</summary>
internal sealed record CaseAnswer(
    long Number, string Title, PartnerOf Partner, StatusAnswer Status, int Probability, MoneyAnswer? Value, MoneyAnswer? Weighted, KeyAndName? Owner, DateOnly? FollowUp, DateOnly? ExpectedClose, bool Closed,
    OverdueAnswer Overdue, DateTime StatusChangedAt, string? LostReason, JsonElement Details, DateTime CreatedAt, DateTime UpdatedAt, long Version)
{
    public static CaseAnswer Of(CaseRow c, string partner, CaseStatusRow status, DateOnly today)
    {
        using var details = JsonDocument.Parse(c.Details);
        var open = c.Closed == 0 && c.Kind == "open";
        return new(
            c.Number, c.Title, new(c.Partner, partner), new(status.Key, status.Name, status.Kind, status.Probability), c.Probability, MoneyAnswer.Of(c.Value, c.Currency), MoneyAnswer.Of(c.Weighted, c.Currency),
            c.Owner is null ? null : new(c.Owner, c.Owner), c.FollowUp, c.ExpectedClose, c.Closed == 1, new(open && c.FollowUp < today, open && c.ExpectedClose < today), c.StatusChanged, c.LostReason,
            details.RootElement.Clone(), c.CreatedAt, c.UpdatedAt, c.Version);
    }
}
