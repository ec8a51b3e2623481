using System.Globalization;
using Crm.Contracts;

namespace Crm.Cases;

/// <summary>
/// The figures of all cases of a company, kept in the commit of each case: the summary without filters reads some hundred sums instead of 200,000 cases.
/// Days are kept one by one, so that nothing has to be counted anew at midnight.
/// </summary>
internal static class CaseTotals
{
    private const string Status = "status", FollowUp = "followUp", ExpectedClose = "expectedClose", NoDay = "none";

    /// <summary>What a case counts in: its status and currency and, while it is worked on, its two dates.</summary>
    public static IEnumerable<Total> Of(Case c)
    {
        if (c.IsDeleted) yield break;
        yield return new(Status, $"{c.Status} {c.Value?.Currency}", c.Value?.TenThousandths ?? 0, c.Weighted?.TenThousandths ?? 0);
        if (c.Closed || c.Status is CaseSettings.Won or CaseSettings.Lost) yield break;
        yield return new(FollowUp, Key(c.FollowUp), 0, 0);
        yield return new(ExpectedClose, Key(c.ExpectedClose), 0, 0);
    }

    /// <summary>The summary of all cases.</summary>
    public static async Task<CaseSummary> ReadAsync(CompanyRef of, IDatabase database, ISettings settings, DateTimeOffset now, CancellationToken ct)
    {
        var company = settings.Get<CompanyProfile>();
        var today = company.Today(now);
        var sums = await database.QueryAsync(of, "select name, key, count, amount, weighted from totals where company = @company and kind = 'case' and count <> 0", [],
            row => (Name: row.GetString(0), Key: row.GetString(1), Count: row.GetInt64(2), Value: Amount(row.GetValue(3)), Weighted: Amount(row.GetValue(4))), ct);
        Dictionary<DayBucket, long> Buckets(string name) => sums.Where(s => s.Name == name).GroupBy(s => BucketOf(s.Key, today)).ToDictionary(g => g.Key, g => g.Sum(s => s.Count));
        CaseTally[] tallies = [.. sums.Where(s => s.Name == Status).Select(s => (Words: s.Key.Split(' '), Sum: s)).Select(s => new CaseTally(s.Words[0], s.Words[1].Length == 0 ? null : s.Words[1], s.Sum.Count, s.Sum.Value, s.Sum.Weighted))];
        return CaseSummary.Of(today, company, settings.Get<CaseSettings>(), tallies, Buckets(FollowUp), Buckets(ExpectedClose));
    }

    private static string Key(DateOnly? day) => day is { } set ? CaseTables.Day(set) : NoDay;

    private static DayBucket BucketOf(string key, DateOnly today)
    {
        if (key == NoDay) return DayBucket.None;
        var days = DateOnly.ParseExact(key, "yyyy-MM-dd", CultureInfo.InvariantCulture).DayNumber - today.DayNumber;
        return days < 0 ? DayBucket.Overdue : days == 0 ? DayBucket.Today : days <= 7 ? DayBucket.Next7Days : DayBucket.Later;
    }

    private static decimal Amount(object stored) => Convert.ToDecimal(stored, CultureInfo.InvariantCulture) / 10_000m;
}
