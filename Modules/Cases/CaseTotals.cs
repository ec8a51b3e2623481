using System.Globalization;
using Crm.Contracts;
using Microsoft.AspNetCore.Http;

namespace Crm.Cases;

/// <summary>
/// The figures of all cases of a company, kept in the commit of each case: the summary of all, or of some statuses, reads a few hundred sums instead of
/// 200,000 cases. Days are kept one by one, so that nothing has to be counted anew at midnight.
/// </summary>
internal static class CaseTotals
{
    private const string Status = "status", Open = "open", FollowUp = "followUp", ExpectedClose = "expectedClose", NoDay = "none";

    /// <summary>What a case counts in: its status and currency and, while it is worked on, its two dates.</summary>
    public static IEnumerable<Total> Of(Case c)
    {
        if (c.IsDeleted) yield break;
        yield return new(Status, $"{c.Status} {c.Value?.Currency}", c.Value?.TenThousandths ?? 0, c.Weighted?.TenThousandths ?? 0);
        if (c.Closed || c.Status is CaseSettings.Won or CaseSettings.Lost) yield break;
        yield return new(Open, c.Value?.Currency ?? "", c.Value?.TenThousandths ?? 0, c.Weighted?.TenThousandths ?? 0);
        yield return new(FollowUp, $"{c.Status} {Key(c.FollowUp)}", 0, 0);
        yield return new(ExpectedClose, $"{c.Status} {Key(c.ExpectedClose)}", 0, 0);
    }

    /// <summary>The statuses that a query asks for, when it asks for nothing else: a click on a slice. Empty = all; null = it has other filters, or words that are no status.</summary>
    public static IReadOnlyCollection<string>? StatusesOf(IQueryCollection query) =>
        query.Count == 0 ? []
        : query.Count == 1 && query.TryGetValue("status", out var texts) && texts.All(t => t is { Length: > 0 and < 1_000 }) && texts.SelectMany(t => t!.Split(',')).ToArray() is var statuses && !statuses.Any(ChoiceRules.IsReserved) ? statuses
        : null;

    /// <summary>The summary of all cases, or of those in some statuses.</summary>
    public static async Task<CaseSummary> ReadAsync(CompanyRef of, IReadOnlyCollection<string> statuses, IDatabase database, ISettings settings, DateTimeOffset now, CancellationToken ct)
    {
        var company = settings.Get<CompanyProfile>();
        var today = company.Today(now);
        var read = await database.QueryAsync(of, "select name, key, count, amount, weighted from totals where company = @company and kind = 'case' and count <> 0", [],
            row => (Name: row.GetString(0), Key: row.GetString(1).Split(' '), Count: row.GetInt64(2), Value: Amount(row.GetValue(3)), Weighted: Amount(row.GetValue(4))), ct);
        var sums = read.Where(s => statuses.Count == 0 || statuses.Contains(s.Key[0])).ToArray();
        Dictionary<DayBucket, long> Buckets(string name) => sums.Where(s => s.Name == name).GroupBy(s => BucketOf(s.Key[1], today)).ToDictionary(g => g.Key, g => g.Sum(s => s.Count));
        CaseTally[] tallies = [.. sums.Where(s => s.Name == Status).Select(s => new CaseTally(s.Key[0], s.Key[1].Length == 0 ? null : s.Key[1], s.Count, s.Value, s.Weighted))];
        return CaseSummary.Of(today, company, settings.Get<CaseSettings>(), tallies, Buckets(FollowUp), Buckets(ExpectedClose));
    }

    /// <summary>What is worked on, by currency; cases without a value have none.</summary>
    public static async Task<IReadOnlyList<(string? Currency, long Count, decimal Value, decimal Weighted)>> OpenAsync(CompanyRef of, IDatabase database, CancellationToken ct) =>
        await database.QueryAsync(of, "select key, count, amount, weighted from totals where company = @company and kind = 'case' and name = 'open' and count <> 0 order by key", [],
            row => (row.GetString(0) is { Length: > 0 } currency ? currency : null, row.GetInt64(1), Amount(row.GetValue(2)), Amount(row.GetValue(3))), ct);

    private static string Key(DateOnly? day) => day is { } set ? CaseTables.Day(set) : NoDay;

    private static DayBucket BucketOf(string key, DateOnly today)
    {
        if (key == NoDay) return DayBucket.None;
        var days = DateOnly.ParseExact(key, "yyyy-MM-dd", CultureInfo.InvariantCulture).DayNumber - today.DayNumber;
        return days < 0 ? DayBucket.Overdue : days == 0 ? DayBucket.Today : days <= 7 ? DayBucket.Next7Days : DayBucket.Later;
    }

    private static decimal Amount(object stored) => Convert.ToDecimal(stored, CultureInfo.InvariantCulture) / 10_000m;
}
