using System.Data.Common;
using System.Globalization;
using Crm.Contracts;
using Microsoft.AspNetCore.Http;

namespace Crm.Cases;

/// <summary>Counts cases in the database.</summary>
internal static class CaseSums
{
    private const int Buckets = 10, Working = 100;

    public static async Task<Answer<CaseSummary>> ReadAsync(Call call, IQueryCollection query, ILists lists, ISettings settings, DateTimeOffset now, CancellationToken ct)
    {
        var company = settings.Get<CompanyProfile>();
        var today = company.Today(now);
        // One pass, so that all figures are of one instant: what is told apart is the status, the currency, whether the case is worked on, and the two buckets.
        // The last three are one number: one key is sorted faster than three. It comes first because SQLite, given a column, walks that one's index
        // through all cases instead of the filter's.
        var group = $"(case when {CaseTables.WorkedOn} then {Working} else 0 end) + ({BucketOf("follow_up")}) * {Buckets} + ({BucketOf("expected_close")}), status, currency";
        var (refusal, groups) = await lists.SumsAsync(call, CaseTables.All, query, $"{group}, count(*), {Sum("value")}, {Sum("weighted")}", group,
            [new("today", CaseTables.Day(today)), new("week", CaseTables.Day(today.AddDays(7)))],
            row => new Group((int)row.GetInt64(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetInt64(3), Amount(row, 4), Amount(row, 6)), ct);
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

    private sealed record Group(int Key, string Status, string? Currency, long Count, decimal Value, decimal Weighted)
    {
        public bool Working => Key >= CaseSums.Working;

        public DayBucket FollowUp => (DayBucket)(Key % CaseSums.Working / Buckets);

        public DayBucket ExpectedClose => (DayBucket)(Key % Buckets);
    }
}
