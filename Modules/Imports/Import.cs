using System.Text.Json;
using Crm.Contracts;

namespace Crm.Imports;

/// <summary>How a file is to be read and where its rows go; what an import's operation was started with.</summary>
internal sealed record ImportPlan(string Target, string File, long Bytes, CsvFormat Format, IReadOnlyDictionary<string, int> Columns, IReadOnlyList<string> Unmapped)
{
    public JsonElement ToJson() => JsonSerializer.SerializeToElement(this, Json.State);

    public static ImportPlan Of(JsonElement parameters) => parameters.Deserialize<ImportPlan>(Json.State)!;
}

/// <summary>A row of the file under the plan's columns.</summary>
internal sealed class PlannedRow(CsvRow row, ColumnMap map, bool decimalComma) : ImportRow
{
    public CsvProblem? Problem => row.Problem;

    public override int Line => row.Line;

    public override string? Text(string field) => map.Text(row, field);

    public override decimal? Amount(string field, List<Problem> problems)
    {
        if (Text(field) is not { } text) return null;
        var amount = Amounts.Parse(text, decimalComma, out var problem);
        if (problem is not null) problems.Add(new(field, "amount.invalid", problem));
        return amount;
    }
}

/// <summary>What became of a file, row by row.</summary>
internal sealed class ImportTally
{
    public const int ProblemsKept = 100;

    public long Created { get; private set; }
    public long Updated { get; private set; }
    public long Unchanged { get; private set; }
    public long Refused { get; private set; }
    public List<RowProblem> Problems { get; } = [];

    public long Rows => Created + Updated + Unchanged + Refused;

    public void Add(IEnumerable<ImportOutcome> outcomes, ImportPlan plan, IReadOnlyList<string>? header)
    {
        foreach (var outcome in outcomes)
        {
            switch (outcome.Result)
            {
                case ImportResult.Created: Created++; break;
                case ImportResult.Updated: Updated++; break;
                case ImportResult.Unchanged: Unchanged++; break;
                default: Refused++; break;
            }
            foreach (var problem in outcome.Problems.Take(ProblemsKept - Problems.Count)) Problems.Add(RowProblem.Of(outcome.Line, problem, plan, header));
        }
    }
}

/// <summary>What is wrong with a row.</summary>
/// <param name="Row">The line of the file on which the row starts, from 1.</param>
/// <param name="Column">The heading of the column; null when the row as a whole is wrong.</param>
/// <param name="Field">The field that the column fills; null likewise.</param>
/// <param name="Code">Stable code.</param>
/// <param name="Message">What would be right.</param>
internal sealed record RowProblem(int Row, string? Column, string? Field, string Code, string Message)
{
    public static RowProblem Of(int line, Problem problem, ImportPlan plan, IReadOnlyList<string>? header)
    {
        // The problem may name a group (creditLimit) or an item (tags.0) of what a column fills.
        var field = plan.Columns.Keys.OrderByDescending(c => c.Length).FirstOrDefault(c => problem.Pointer == c || problem.Pointer.StartsWith($"{c}.", StringComparison.Ordinal) || c.StartsWith($"{problem.Pointer}.", StringComparison.Ordinal));
        return new(line, field is null || header is null ? null : header[plan.Columns[field]], field ?? (problem.Pointer.Length == 0 ? null : problem.Pointer), problem.Code, problem.Message);
    }
}

/// <summary>Reads the rows of a plan's file, a batch at a time.</summary>
internal static class ImportFile
{
    public const int Batch = 500;

    public static async IAsyncEnumerable<(IReadOnlyList<string>? Header, IReadOnlyList<PlannedRow> Rows)> BatchesAsync(Stream file, ImportPlan plan, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var map = new ColumnMap(plan.Columns, plan.Unmapped, [], []);
        IReadOnlyList<string>? header = null;
        List<PlannedRow> rows = new(Batch);
        var first = plan.Format.HasHeader;
        await foreach (var row in CsvRows.ReadAsync(file, plan.Format, ct))
        {
            if (first) { (header, first) = (row.Cells, false); continue; }
            rows.Add(new(row, map, plan.Format.DecimalComma));
            if (rows.Count < Batch) continue;
            yield return (header, rows);
            rows = new(Batch);
        }
        if (rows.Count > 0) yield return (header, rows);
    }

    /// <summary>Writes a batch, or says what would happen; rows that cannot be read are refused here and go no further.</summary>
    public static async Task<IReadOnlyList<ImportOutcome>> ApplyAsync(IImportTarget target, Func<ImportRow, Call> call, IReadOnlyList<PlannedRow> rows, CancellationToken ct)
    {
        ImportOutcome[] broken = [.. rows.Where(r => r.Problem is not null).Select(r => new ImportOutcome(r.Line, null, ImportResult.Refused, [new("", r.Problem!.Code, r.Problem.Detail)]))];
        ImportRow[] sound = [.. rows.Where(r => r.Problem is null)];
        return sound.Length == 0 ? broken : [.. broken.Concat(await target.ApplyAsync(call, sound, ct)).OrderBy(o => o.Line)];
    }
}
