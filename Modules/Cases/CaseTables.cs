using System.Globalization;
using Crm.Contracts;

namespace Crm.Cases;

/// <summary>How cases are stored and listed.</summary>
internal static class CaseTables
{
    public static Entity<Case> Cases { get; } = new("case", "cases")
    {
        View = CaseView.Of,
        TotalsOf = CaseTotals.Of,
        Columns =
        [
            new("title_key", ColumnType.Text, (c, s) => Sorted(c.Title, s)),
            new("search", ColumnType.Text, c => Folded(c.Title)),
            new("partner", ColumnType.Number, c => c.Partner),
            new("status", ColumnType.Text, c => c.Status),
            new("kind", ColumnType.Text, (c, s) => s.Get<CaseSettings>().Status(c.Status)?.Kind.ToString().ToLowerInvariant()),
            new("status_changed", ColumnType.Instant, c => Micros.Of(c.StatusChangedAt)),
            new("probability", ColumnType.Number, c => (long)c.Probability),
            new("value", ColumnType.Amount, c => c.Value?.TenThousandths),
            new("weighted", ColumnType.Amount, c => c.Weighted?.TenThousandths),
            new("currency", ColumnType.Text, c => c.Value?.Currency),
            new("owner", ColumnType.Text, c => c.Owner),
            new("follow_up", ColumnType.Date, c => c.FollowUp is { } day ? Day(day) : null),
            new("expected_close", ColumnType.Date, c => c.ExpectedClose is { } day ? Day(day) : null),
            new("lost_reason", ColumnType.Text, c => c.LostReason?.Key),
            new("closed", ColumnType.Flag, c => c.Closed ? 1L : 0L),
            new("converted", ColumnType.Flag, c => c.ConvertedAt is null ? 0L : 1L),
            new("deleted", ColumnType.Flag, c => c.IsDeleted ? 1L : 0L),
        ],
    };

    public static Entity<CaseSettings> Settings { get; } = new("caseSettings", "case_settings") { DefaultOf = _ => new(), View = (row, _) => row.State };

    public static ListOf<Case> All { get; } = new("cases", Cases,
    [
        new("number", "number", ColumnType.Number),
        new("title", "title_key", ColumnType.Text) { Contains = true, Fold = Sorted },
        new("partner", "partner", ColumnType.Number),
        new("status", "status", ColumnType.Text) { Ranks = settings => [.. settings.Get<CaseSettings>().Statuses.Select(s => s.Key)] },
        new("kind", "kind", ColumnType.Text) { Sorts = false },
        new("statusChangedAt", "status_changed", ColumnType.Instant),
        new("probability", "probability", ColumnType.Number),
        new("value", "value", ColumnType.Amount),
        new("weighted", "weighted", ColumnType.Amount),
        new("currency", "currency", ColumnType.Text),
        new("owner", "owner", ColumnType.Text)
        {
            Resolve = (text, call, _) => text == "me" ? call.Caller.UserId : text,
            Ranks = settings => [.. settings.Get<CompanyProfile>().Members.OrderBy(m => Sorted(m.Name, settings), StringComparer.Ordinal).Select(m => m.UserId)],
        },
        new("followUp", "follow_up", ColumnType.Date),
        new("expectedClose", "expected_close", ColumnType.Date),
        new("lostReason", "lost_reason", ColumnType.Text) { Sorts = false },
        new("closed", "closed", ColumnType.Flag),
        new("converted", "converted", ColumnType.Flag),
        new("createdAt", "created_at", ColumnType.Instant),
        new("deleted", "deleted", ColumnType.Flag) { Sorts = false },
    ])
    { SearchColumn = "search", Fold = Folded, DefaultSort = "-number" };

    /// <summary>SQL of a case that is worked on, if it is not deleted; an index has the same words.</summary>
    public const string WorkedOn = "closed = 0 and kind = 'open'";

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Sorted(string text, ISettings settings) => SortKey.Of(text, settings.Get<CompanyProfile>().Language);

    private static string Folded(string text) => SortKey.Of(text, "en", Case.MaxTitle);
}
