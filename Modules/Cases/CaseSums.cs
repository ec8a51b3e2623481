using System.Data.Common;
using System.Globalization;
using Crm.Contracts;
using Microsoft.AspNetCore.Http;

namespace Crm.Cases;

/// <summary>Counts cases in the database.</summary>
internal static class CaseSums
{
    public static async Task<Answer<CaseSummary>> ReadAsync(Call call, IQueryCollection query, ILists lists, ISettings settings, DateTimeOffset now, CancellationToken ct)
    {
        var company = settings.Get<CompanyProfile>();
        var today = company.Today(now);
        // One pass, so that all figures are of one instant: what is told apart is the status, the currency, whether the case is worked on, and the two buckets.
        const string working = "case when kind = 'open' and closed = 0 then 1 else 0 end";
        var group = $"status, currency, {working}, {BucketOf("follow_up")}, {BucketOf("expected_close")}";
        var (refusal, groups) = await lists.SumsAsync(call, CaseTables.All, query, $"{group}, count(*), {Sum("value")}, {Sum("weighted")}", group,
            [new("today", CaseTables.Day(today)), new("week", CaseTables.Day(today.AddDays(7)))],
            row => new Group(row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetInt64(2) == 1, (DayBucket)row.GetInt64(3), (DayBucket)row.GetInt64(4), row.GetInt64(5), Amount(row, 6), Amount(row, 8)), ct);
        if (refusal is not null) return refusal;
        return CaseSummary.Of(today, company, settings.Get<CaseSettings>(),
            [.. groups.GroupBy(g => (g.Status, g.Currency)).Select(g => new CaseTally(g.Key.Status, g.Key.Currency, g.Sum(c => c.Count), g.Sum(c => c.Value), g.Sum(c => c.Weighted)))],
            Counts(groups, g => g.FollowUp), Counts(groups, g => g.ExpectedClose));
    }

    private static string BucketOf(string column) =>
        $"case when {column} is null then {(int)DayBucket.None} when {column} < @today then {(int)DayBucket.Overdue} when {column} = @today then {(int)DayBucket.Today} when {column} <= @week then {(int)DayBucket.Next7Days} else {(int)DayBucket.Later} end";

    private static Dictionary<DayBucket, long> Counts(IReadOnlyList<Group> groups, Func<Group, DayBucket> of) =>
        groups.Where(g => g.Working).GroupBy(of).ToDictionary(g => g.Key, g => g.Sum(c => c.Count));

    /// <summary>In two parts, because SQLite adds up in 64 bits and some thousand of the largest values are more than that.</summary>
    private static string Sum(string column) => $"coalesce(sum({column} / 1000000), 0), coalesce(sum({column} % 1000000), 0)";

    // PostgreSQL answers the sum of bigint as numeric.
    private static decimal Amount(DbDataReader row, int column) =>
        ((Convert.ToDecimal(row.GetValue(column), CultureInfo.InvariantCulture) * 1_000_000m) + Convert.ToDecimal(row.GetValue(column + 1), CultureInfo.InvariantCulture)) / 10_000m;

    private sealed record Group(string Status, string? Currency, bool Working, DayBucket FollowUp, DayBucket ExpectedClose, long Count, decimal Value, decimal Weighted);
}
