using System.Globalization;
using Crm.Contracts;

namespace Crm.Cases;

/// <summary>How cases are stored and listed. The clock says what is overdue.</summary>
internal sealed class CaseTables
{
    public CaseTables(TimeProvider clock)
    {
        Cases = new("case", "cases")
        {
            View = (row, settings) => CaseView.Of(row, settings, clock.GetUtcNow()),
            Columns =
            [
                new("title_key", ColumnType.Text, c => Folded(c.Title)), new("partner", ColumnType.Number, c => c.Partner), new("status", ColumnType.Text, c => c.Status),
                new("kind", ColumnType.Text, (c, s) => s.Get<CaseSettings>().Find(c.Status)?.Kind.ToString().ToLowerInvariant()), new("probability", ColumnType.Number, c => (long)c.Probability),
                new("value", ColumnType.Amount, c => c.Value?.TenThousandths), new("weighted", ColumnType.Amount, c => c.Weighted?.TenThousandths), new("currency", ColumnType.Text, c => c.Value?.Currency),
                new("owner", ColumnType.Text, c => c.Owner), new("follow_up", ColumnType.Date, c => Day(c.FollowUp)), new("expected_close", ColumnType.Date, c => Day(c.ExpectedClose)),
                new("closed", ColumnType.Flag, c => c.Closed ? 1L : 0L), new("order_number", ColumnType.Number, c => c.Order), new("deleted", ColumnType.Flag, c => c.IsDeleted ? 1L : 0L),
            ],
        };
        All = new("cases", Cases,
        [
            new("number", "number", ColumnType.Number), new("title", "title_key", ColumnType.Text) { Contains = true, Fold = (text, _) => Folded(text) },
            new("partner", "partner", ColumnType.Number), new("status", "status", ColumnType.Text) { Ranks = s => [.. s.Get<CaseSettings>().Statuses.Select(status => status.Key)] },
            new("kind", "kind", ColumnType.Text) { Sorts = false }, new("probability", "probability", ColumnType.Number), new("value", "value", ColumnType.Amount), new("weighted", "weighted", ColumnType.Amount),
            new("owner", "owner", ColumnType.Text)
            {
                Resolve = (text, call, _) => text == "me" ? call.Caller.UserId : text,
                Ranks = s => [.. s.Get<CompanyProfile>().Members.OrderBy(m => m.Name, StringComparer.Ordinal).Select(m => m.UserId)],
            },
            new("followUp", "follow_up", ColumnType.Date), new("expectedClose", "expected_close", ColumnType.Date), new("closed", "closed", ColumnType.Flag),
            new("order", "order_number", ColumnType.Number), new("currency", "currency", ColumnType.Text), new("deleted", "deleted", ColumnType.Flag) { Sorts = false },
        ])
        { SearchColumn = "title_key", Fold = Folded, DefaultSort = "-number" };
    }

    public Entity<Case> Cases { get; }

    public ListOf<Case> All { get; }

    public static Entity<CaseSettings> Settings { get; } = new("caseSettings", "case_settings") { DefaultOf = _ => new(), View = (row, _) => row.State };

    private static string Folded(string text) => text.ToLowerInvariant();

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
