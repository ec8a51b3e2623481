using System.ComponentModel;
using System.Security.Cryptography;
using System.Text.Json;
using Crm.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Crm.Imports;

/// <summary><c>/imports</c>: upload, preview, progress, result. Undo is the operation's.</summary>
internal static class ImportEndpoints
{
    private const long MostBytes = 200L << 20;

    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/imports").WithTags("imports");
        group.MapPost("/", StartAsync).Needs("imports:write").WithMetadata(new StreamedBody()).Accepts<IFormFile>("text/csv", "application/octet-stream").Creates<OperationView>(202).Produces<ImportPreview>()
            .Documented("startImport", "Import a CSV file", "The body is the file itself, up to 200 MB. Separator, decimal sign and encoding are found out unless given; columns are matched to fields by their headings unless mapped. The answer is an operation to follow; with Prefer: dry-run it is a preview of the whole file, and nothing is stored.");
        group.MapGet("/{number:long}", GetAsync).Needs("imports:read").Documented("getImport", "Read an import", "How the file was understood and how far it is.");
        group.MapGet("/{number:long}/result", ResultAsync).Needs("imports:read").Produces<byte[]>(200, "text/csv").Documented("getImportResult", "Download an import's result", "A CSV file with a line for every row: what became of it, and what is wrong by column.");
        group.MapGet("/fields", Fields).Needs("imports:read").Documented("listImportFields", "List the fields that a file can fill", "With the headings by which they are found.");
    }

    private static async Task<IResult> StartAsync([AsParameters] ImportOptions options, Call call, HttpContext context, IOperations operations, IFiles files, IEnumerable<IImportTarget> targets, CancellationToken ct)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = MostBytes + 1;
        List<Problem> problems = [];
        var target = targets.FirstOrDefault(t => t.Name == (options.Target ?? "partners"));
        if (target is null) problems.Add(new("/target", "import.target.unknown", $"Use one of: {string.Join(", ", targets.Select(t => t.Name))}."));
        var overrides = options.Overrides(problems);
        var mapping = options.Mapped(problems);
        if (problems.Count > 0) return (Answer<ImportPreview>)Refusal.Malformed(problems);

        // A file of its own name: an upload that breaks off leaves nothing that anything refers to.
        var name = $"import/{Guid.NewGuid():N}";
        await using var upload = new HashingStream(context.Request.Body);
        var bytes = await files.SaveAsync(call.Company, name, upload, MostBytes, ct);
        if (bytes < 0) return (Answer<ImportPreview>)new Refusal((RefusalKind)StatusCodes.Status413PayloadTooLarge, "request.tooLarge", "A file has up to 200 MB.");
        if (call.Idempotency is { } key) call = call with { Idempotency = key with { Fingerprint = SHA256.HashData([.. key.Fingerprint, .. upload.Hash()]) } };
        var kept = false;
        try
        {
            var (plan, refusal) = await PlanAsync(call.Company, name, bytes, target!, overrides, mapping, files, ct);
            if (refusal is not null) return (Answer<ImportPreview>)refusal;
            if (call.DryRun) return (Answer<ImportPreview>)await PreviewAsync(call with { Idempotency = null }, plan!, target!, files, ct);
            var answer = await operations.StartAsync(call, ImportAction.Name, plan!.ToJson(), ct);
            // When the database does not answer, the operation may have been stored all the same, and it needs its file.
            kept = answer.Replayed is null && (answer.Refusal is null or { Kind: RefusalKind.Unavailable });
            return answer;
        }
        finally
        {
            if (!kept) await files.DeleteAsync(call.Company, name, CancellationToken.None);
        }
    }

    private static async Task<(ImportPlan? Plan, Refusal? Refusal)> PlanAsync(CompanyRef company, string name, long bytes, IImportTarget target, CsvOverrides overrides, Dictionary<string, string?>? mapping, IFiles files, CancellationToken ct)
    {
        await using var file = (await files.OpenAsync(company, name, ct))!;
        var format = await CsvDetection.DetectAsync(file, overrides, ct);
        var header = await CsvRows.ReadAsync(file, format, ct).FirstOrDefaultAsync(ct);
        if (header is null) return (null, Refusal.Invalid("import.file.empty", "There is no row in the file."));
        // Without headings the columns have numbers, which a mapping can name.
        var headings = format.HasHeader ? header.Cells : [.. header.Cells.Select((_, i) => $"{i + 1}")];
        var map = ColumnMap.Propose(headings, target.Fields, mapping);
        if (map.Problems.Count > 0) return (null, Refusal.Invalid([.. map.Problems.Select(p => new Problem("/mapping", p.Code, p.Detail))]));
        return map.Columns.Count == 0
            ? (null, Refusal.Invalid("import.columns.none", "No column of the file is known. Name the columns in 'mapping', or check separator and encoding."))
            : (new(target.Name, name, bytes, format, map.Columns, map.Unmapped), null);
    }

    private static async Task<ImportPreview> PreviewAsync(Call call, ImportPlan plan, IImportTarget target, IFiles files, CancellationToken ct)
    {
        await using var file = (await files.OpenAsync(call.Company, plan.File, ct))!;
        var tally = new ImportTally();
        List<IReadOnlyDictionary<string, string?>> sample = [];
        await foreach (var (header, rows) in ImportFile.BatchesAsync(file, plan, ct))
        {
            tally.Add(await ImportFile.ApplyAsync(target, _ => call, rows, ct), plan, header);
            foreach (var row in rows.Take(10 - sample.Count)) sample.Add(plan.Columns.Keys.ToDictionary(f => f, row.Text));
        }
        return new(FormatView.Of(plan.Format), plan.Columns, plan.Unmapped, tally.Rows, tally.Created, tally.Updated, tally.Unchanged, tally.Refused, tally.Problems, sample);
    }

    private static async Task<Answer<ImportView>> GetAsync(long number, Call call, IOperations operations, CancellationToken ct)
    {
        if (await operations.FindAsync(call.Company, number, ct) is not { Action: ImportAction.Name } operation) return Refusal.NotFound("import");
        var plan = ImportPlan.Of((await operations.ParametersAsync(call.Company, number, ct))!.Value);
        return Answers.WithVersion(new ImportView(FormatView.Of(plan.Format), plan.Columns, plan.Unmapped, plan.Bytes, operation), operation.Version);
    }

    private static async Task<IResult> ResultAsync(long number, Call call, IOperations operations, IFiles files, CancellationToken ct)
    {
        if (await operations.FindAsync(call.Company, number, ct) is not { Action: ImportAction.Name }) return (Answer<ImportView>)Refusal.NotFound("import");
        var plan = ImportPlan.Of((await operations.ParametersAsync(call.Company, number, ct))!.Value);
        return await files.OpenAsync(call.Company, ImportAction.ResultOf(plan.File), ct) is { } result
            ? TypedResults.Stream(result, "text/csv; charset=utf-8", $"import-{number}.csv")
            : (Answer<ImportView>)Refusal.Conflict("import.notStarted", "No row has been read yet.");
    }

    private static Answer<Page<ImportField>> Fields([FromQuery, Description("What the rows are: partners.")] string? target, IEnumerable<IImportTarget> targets) =>
        targets.FirstOrDefault(t => t.Name == (target ?? "partners")) is { } found
            ? new Page<ImportField>(found.Fields, null, found.Fields.Count, true)
            : Refusal.NotFound("import.target");
}
