using System.ComponentModel;
using Crm.Contracts;

namespace Crm.Cases;

/// <summary>The figures behind the pie charts and the list's footer, for the same filters as the list (R86, R96, R110).</summary>
/// <param name="Today">The company's day, from which the dates are counted.</param>
/// <param name="Count">Cases in all.</param>
/// <param name="Totals">Value and weighted value by currency.</param>
/// <param name="Converted">The same in the company's currency, at its stored rates; null = a rate is missing (A5).</param>
/// <param name="ByStatus">Every status, in order, also those without a case.</param>
/// <param name="ByFollowUp">Cases that are open and not closed, by when they are to be followed up.</param>
/// <param name="ByExpectedClose">Cases that are open and not closed, by when they are expected to close.</param>
internal sealed record CaseSummary(
    DateOnly Today, long Count, IReadOnlyList<CurrencySum> Totals, CurrencySum? Converted, IReadOnlyList<StatusSum> ByStatus, IReadOnlyList<DateBucket> ByFollowUp, IReadOnlyList<DateBucket> ByExpectedClose)
{
    /// <summary>Puts the figures together, wherever they were counted.</summary>
    /// <param name="today">The company's day.</param>
    /// <param name="company">Its currency and rates.</param>
    /// <param name="settings">The statuses.</param>
    /// <param name="tallies">All cases, by status and currency.</param>
    /// <param name="followUp">Cases that are open and not closed, by bucket.</param>
    /// <param name="expectedClose">The same cases, by bucket.</param>
    public static CaseSummary Of(DateOnly today, CompanyProfile company, CaseSettings settings, IReadOnlyList<CaseTally> tallies, IReadOnlyDictionary<DayBucket, long> followUp, IReadOnlyDictionary<DayBucket, long> expectedClose) => new(
        today, tallies.Sum(t => t.Count), Sums(tallies), InOneCurrency(Sums(tallies), company),
        [
            .. settings.Statuses.Select(s => (Status: s, Tallies: tallies.Where(t => t.Status == s.Key).ToArray())).Where(s => !s.Status.Removed || s.Tallies.Length > 0)
                .Select(s => new StatusSum(s.Status.Key, s.Status.Name, s.Status.Kind, s.Tallies.Sum(t => t.Count), Sums(s.Tallies))),
        ],
        Buckets(followUp), Buckets(expectedClose));

    private static IReadOnlyList<CurrencySum> Sums(IEnumerable<CaseTally> tallies) =>
        [.. tallies.Where(t => t.Currency is not null).GroupBy(t => t.Currency!).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new CurrencySum(g.Key, g.Sum(t => t.Value), g.Sum(t => t.Weighted)))];

    /// <summary>Each currency's sum is converted by itself, then they are added up (A11).</summary>
    private static CurrencySum? InOneCurrency(IReadOnlyList<CurrencySum> sums, CompanyProfile company) =>
        company.Sum(sums.Select(s => new Money(s.Value, s.Currency)), company.BaseCurrency) is { } value && company.Sum(sums.Select(s => new Money(s.Weighted, s.Currency)), company.BaseCurrency) is { } weighted
            ? new(company.BaseCurrency, value.Amount, weighted.Amount) : null;

    private static IReadOnlyList<DateBucket> Buckets(IReadOnlyDictionary<DayBucket, long> counts) => [.. Enum.GetValues<DayBucket>().Select(b => new DateBucket(b, counts.GetValueOrDefault(b)))];
}

/// <summary>Cases of one status with values in one currency.</summary>
/// <param name="Status">Key.</param>
/// <param name="Currency">ISO 4217; null = cases without a value.</param>
/// <param name="Count">Cases.</param>
/// <param name="Value">Sum of the values.</param>
/// <param name="Weighted">Sum of the weighted values.</param>
internal sealed record CaseTally(string Status, string? Currency, long Count, decimal Value, decimal Weighted);

/// <summary>Sums in one currency.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Value">Sum of the values.</param>
/// <param name="Weighted">Sum of the weighted values, each rounded by itself, so that it is the sum of the rows.</param>
internal sealed record CurrencySum(string Currency, decimal Value, decimal Weighted);

/// <summary>The cases of one status.</summary>
/// <param name="Key">The status.</param>
/// <param name="Name">What is shown.</param>
/// <param name="Kind">open, won or lost.</param>
/// <param name="Count">Cases, closed ones too: as many rows as the list has with this status.</param>
/// <param name="Totals">Value and weighted value by currency.</param>
internal sealed record StatusSum(string Key, string Name, StatusKind Kind, long Count, IReadOnlyList<CurrencySum> Totals);

/// <summary>Cases with a date in one stretch of time.</summary>
/// <param name="Bucket">overdue, today, next7Days (after today), later, or none for cases without the date.</param>
/// <param name="Count">Cases.</param>
internal sealed record DateBucket(DayBucket Bucket, long Count);

/// <summary>When a date is, seen from today.</summary>
[Description("overdue = before today; next7Days = after today, up to a week ahead; none = no date is set.")]
internal enum DayBucket
{
    Overdue,
    Today,
    Next7Days,
    Later,
    None,
}
