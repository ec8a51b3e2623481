using System.Security.Cryptography;
using System.Text.Json;
using Crm.Contracts;

namespace Crm.Partners;

/// <summary>
/// Rows of a file as partners. A row with an organisation number that the company has already changes that partner; an empty cell changes nothing.
/// Never by name alone: two firms may have the same one.
/// </summary>
internal sealed class PartnerImport(IActors actors, IDatabase database) : IImportTarget
{
    public string Name => "partners";

    public IReadOnlyList<ImportField> Fields => PartnerImportFields.All;

    public async Task<IReadOnlyList<ImportOutcome>> ApplyAsync(Func<ImportRow, Call> call, IReadOnlyList<ImportRow> rows, CancellationToken ct)
    {
        var first = call(rows[0]);
        await AddTagsAsync(first, rows, ct);
        var settings = await actors.SettingsAsync(first.Company, ct);
        var read = rows.Select(row => PartnerImportRow.Read(row, settings, first.DryRun)).ToArray();
        var known = await KnownAsync(first.Company, read, ct);

        // Rows of one firm are written one after the other, so that the second finds the first; different firms at the same time, begun in the
        // order of the file, so that numbers follow it.
        Dictionary<string, Task<ImportOutcome>> last = [];
        List<Task<ImportOutcome>> outcomes = [];
        foreach (var (row, one) in rows.Zip(read))
        {
            var before = one.Key is not null && last.TryGetValue(one.Key, out var earlier) ? earlier : null;
            var outcome = WriteAsync(call(row), row, one, known, before, ct);
            if (one.Key is not null) last[one.Key] = outcome;
            outcomes.Add(outcome);
        }
        return await Task.WhenAll(outcomes);
    }

    private async Task<ImportOutcome> WriteAsync(Call call, ImportRow row, PartnerImportRow one, Dictionary<string, long> known, Task<ImportOutcome>? before, CancellationToken ct)
    {
        if (one.Problems.Count > 0) return new(row.Line, null, ImportResult.Refused, one.Problems);
        var number = before is not null && (await before).Number is { } made ? made : one.Key is not null && known.TryGetValue(one.Key, out var there) ? there : (long?)null;
        if (before is not null && number is null && call.DryRun) return new(row.Line, null, ImportResult.Updated, []);
        if (call.Idempotency is { } key) call = call with { Idempotency = key with { Fingerprint = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(one.Fields, Json.Wire)) } };
        var wrongParent = await Parents.ProblemAsync(actors, call, number, one.Fields, ct);
        if (number is null)
        {
            var created = await actors.CreateAsync(call, new CreatePartner(one.Fields, wrongParent), ct);
            return Outcome(row, created, created.Row?.Number ?? created.Replayed?.Number, ImportResult.Created, call.DryRun);
        }
        // Only what a new partner would get by default is left out on a change.
        var changed = await actors.SendAsync(call, number.Value, new ChangePartner(one.Fields with { Relations = one.RelationsGiven ? one.Fields.Relations : default }, wrongParent), ct);
        return Outcome(row, changed, number, changed.Replayed is { Created: true } ? ImportResult.Created : changed is { Row: not null, Changed: false } ? ImportResult.Unchanged : ImportResult.Updated, call.DryRun);
    }

    private static ImportOutcome Outcome(ImportRow row, Reply<Partner> reply, long? number, ImportResult result, bool dryRun) => reply.Refusal switch
    {
        null => new(row.Line, dryRun && result == ImportResult.Created ? null : number, result, []),
        { Kind: RefusalKind.Unavailable } away => throw new StorageException(away.Detail),
        { Problems.Count: > 0 } refusal => new(row.Line, null, ImportResult.Refused, [.. refusal.Problems.Select(p => p with { Pointer = p.Pointer.TrimStart('/').Replace('/', '.') })]),
        { } refusal => new(row.Line, null, ImportResult.Refused, [new("", refusal.Code, refusal.Detail)]),
    };

    /// <summary>A file may bring tags that the company does not have yet; they become tags, as a part of the import.</summary>
    private async Task AddTagsAsync(Call call, IReadOnlyList<ImportRow> rows, CancellationToken ct)
    {
        if (call.DryRun) return;
        var have = (await actors.SettingsAsync(call.Company, ct)).Get<PartnerSettings>().Tags.Where(t => !t.Removed).Select(t => t.Key).ToHashSet();
        foreach (var (key, name) in rows.SelectMany(r => PartnerImportRow.Split(r.Text("tags"))).Select(t => (Key: PartnerImportRow.TagKey(t), Name: t)).DistinctBy(t => t.Key))
        {
            // A tag that cannot be one is refused with its row.
            if (key.Length > 0 && have.Add(key)) await actors.SendAsync(call with { Idempotency = null }, IActors.Settings, new AddChoice(ChoiceKind.Tag, new() { Key = key, Name = name }), ct);
        }
    }

    private async Task<Dictionary<string, long>> KnownAsync(CompanyRef company, IReadOnlyList<PartnerImportRow> rows, CancellationToken ct)
    {
        var keys = rows.Select(r => r.Key).OfType<string>().Distinct().ToArray();
        if (keys.Length == 0) return [];
        var found = await database.QueryAsync(company,
            $"select country, organisation_number, min(number) from partners where company = @company and deleted = 0 and organisation_number in ({string.Join(", ", keys.Select((_, i) => $"@k{i}"))}) group by country, organisation_number",
            [.. keys.Select((k, i) => new Argument($"k{i}", k[3..]))], row => (Key: $"{row.GetString(0)} {row.GetString(1)}", Number: row.GetInt64(2)), ct);
        return found.ToDictionary(f => f.Key, f => f.Number);
    }
}
