using System.Globalization;
using Crm.Contracts;
using Microsoft.AspNetCore.Http;

namespace Crm.Cases;

/// <summary>The figures behind the pie charts and the list's footer, for the same filters as the list (R86, R96, R110).</summary>
/// <param name="Count">Cases in all.</param>
/// <param name="Totals">Value and weighted value by currency.</param>
/// <param name="ByStatus">Every status, in order, also those without a case.</param>
/// <param name="ByFollowUp">Open cases by when they are to be followed up.</param>
/// <param name="ByExpectedClose">Open cases by when they are expected to close.</param>
internal sealed record CaseSummary(long Count, IReadOnlyList<CurrencySum> Totals, IReadOnlyList<StatusSum> ByStatus, IReadOnlyList<DateBucket> ByFollowUp, IReadOnlyList<DateBucket> ByExpectedClose)
{
    private static readonly string[] Buckets = ["overdue", "today", "next7Days", "later", "none"];

    public static async Task<(Refusal? Refusal, CaseSummary? Summary)> ReadAsync(Call call, IQueryCollection query, ILists lists, CaseTables tables, CaseSettings settings, CompanyProfile company, DateTimeOffset now, CancellationToken ct)
    {
        // One pass: what is told apart is the status, the currency, the two buckets and whether the case is still worked on.
        Argument[] days = [new("today", Day(company.Today(now))), new("week", Day(company.Today(now).AddDays(7)))];
        const string late = "case when kind = 'open' and closed = 0 then 1 else 0 end";
        var group = $"status, currency, {late}, {Bucket("follow_up")}, {Bucket("expected_close")}";
        var (refusal, groups) = await lists.SumsAsync(call, tables.All, query, $"{group}, count(*), sum(value), sum(weighted)", group, days,
            row => new Group(row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetInt64(2) == 1, row.GetString(3), row.GetString(4), row.GetInt64(5), Amount(row, 6), Amount(row, 7)), ct);
        if (refusal is not null) return (refusal, null);
        var working = groups.Where(g => g.Open).ToArray();
        return (null, new(
            groups.Sum(g => g.Count), Sums(groups),
            [.. settings.Statuses.Select(s => new StatusSum(s.Key, s.Name, s.Kind, groups.Where(g => g.Status == s.Key).Sum(g => g.Count), Sums(groups.Where(g => g.Status == s.Key))))],
            [.. Buckets.Select(b => new DateBucket(b, working.Where(g => g.FollowUp == b).Sum(g => g.Count)))],
            [.. Buckets.Select(b => new DateBucket(b, working.Where(g => g.ExpectedClose == b).Sum(g => g.Count)))]));
    }

    private static string Bucket(string column) =>
        $"case when {column} is null then 'none' when {column} < @today then 'overdue' when {column} = @today then 'today' when {column} <= @week then 'next7Days' else 'later' end";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // PostgreSQL answers the sum of bigint as numeric.
    private static decimal Amount(System.Data.Common.DbDataReader row, int column) => row.IsDBNull(column) ? 0 : Convert.ToDecimal(row.GetValue(column), CultureInfo.InvariantCulture) / 10_000m;

    private static IReadOnlyList<CurrencySum> Sums(IEnumerable<Group> groups) =>
        [.. groups.Where(g => g.Currency is not null).GroupBy(g => g.Currency!).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new CurrencySum(g.Key, g.Sum(c => c.Value), g.Sum(c => c.Weighted)))];

    private sealed record Group(string Status, string? Currency, bool Open, string FollowUp, string ExpectedClose, long Count, decimal Value, decimal Weighted);
}

/// <param name="Currency">ISO 4217.</param>
/// <param name="Value">Sum of the values.</param>
/// <param name="Weighted">Sum of the weighted values, each rounded by itself, so that it is the sum of the rows.</param>
internal sealed record CurrencySum(string Currency, decimal Value, decimal Weighted);

internal sealed record StatusSum(string Key, string Name, StatusKind Kind, long Count, IReadOnlyList<CurrencySum> Totals);

/// <param name="Bucket">overdue, today, next7Days, later or none.</param>
/// <param name="Count">Open cases.</param>
internal sealed record DateBucket(string Bucket, long Count);
