using System.Text;
using Crm.Contracts;
using CsvHelper;
using CsvHelper.Configuration;

namespace Crm.Imports;

/// <summary>Runs an import: batches of rows, each row with its own idempotency key, the result stored batch by batch beside the file.</summary>
internal sealed class ImportAction(IFiles files, IEnumerable<IImportTarget> targets) : IOperationAction
{
    public const string Name = "import";

    private static readonly CsvConfiguration Csv = new(System.Globalization.CultureInfo.InvariantCulture) { Delimiter = ";", InjectionOptions = InjectionOptions.Escape };

    public string Action => Name;

    public string Right => "imports:write";

    public static string ResultOf(string file) => $"{file}/result";

    public async Task RunAsync(OperationRun run, CancellationToken ct)
    {
        var plan = ImportPlan.Of(run.Parameters);
        var target = targets.First(t => t.Name == plan.Target);
        await using var file = await files.OpenAsync(run.Call.Company, plan.File, ct) ?? throw new InvalidOperationException("The uploaded file is gone.");
        long done = 0, batch = 0;
        await foreach (var (header, rows) in ImportFile.BatchesAsync(file, plan, ct))
        {
            // What was reported before a crash is done; rows written after that report are found again by their keys.
            if (done + rows.Count > run.Done)
            {
                var outcomes = await ImportFile.ApplyAsync(target, row => run.CallFor(row.Line, []), rows, ct);
                await files.SavePieceAsync(run.Call.Company, ResultOf(plan.File), batch, Result(outcomes, plan, header, withHeader: batch == 0), ct);
                done += rows.Count;
                var refused = outcomes.Where(o => o.Result == ImportResult.Refused).ToArray();
                await run.ReportAsync(done, null, outcomes.Count(o => o.Result is ImportResult.Created or ImportResult.Updated),
                    [.. refused.Select(o => new Skipped(o.Line, o.Problems[0].Code, o.Problems[0].Message))], ct);
            }
            else
            {
                done += rows.Count;
            }
            batch++;
        }
        if (batch == 0) await files.SavePieceAsync(run.Call.Company, ResultOf(plan.File), 0, Result([], plan, null, withHeader: true), ct);
    }

    private static byte[] Result(IReadOnlyList<ImportOutcome> outcomes, ImportPlan plan, IReadOnlyList<string>? header, bool withHeader)
    {
        using var text = new StringWriter();
        using (var csv = new CsvWriter(text, Csv))
        {
            if (withHeader)
            {
                foreach (var heading in new[] { "Row", "Result", "Number", "Column", "Code", "Message" }) csv.WriteField(heading);
                csv.NextRecord();
            }
            foreach (var outcome in outcomes)
            {
                foreach (var problem in outcome.Problems.DefaultIfEmpty())
                {
                    var named = problem is null ? null : RowProblem.Of(outcome.Line, problem, plan, header);
                    csv.WriteField(outcome.Line);
                    csv.WriteField(System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(outcome.Result.ToString()));
                    csv.WriteField(outcome.Number);
                    csv.WriteField(named?.Column ?? named?.Field);
                    csv.WriteField(named?.Code);
                    csv.WriteField(named?.Message);
                    csv.NextRecord();
                }
            }
        }
        // The mark tells spreadsheets that it is UTF-8.
        return [.. withHeader ? Encoding.UTF8.Preamble.ToArray() : [], .. Encoding.UTF8.GetBytes(text.ToString())];
    }
}
