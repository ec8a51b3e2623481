using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Host.Actors;
using Crm.Host.Storage;

namespace Crm.SystemTests.Storage;

/// <summary>
/// Reads a whole database past the program and finds what must never be: a gap or a broken hash in a journal, a version out of order, a row that
/// its journal does not lead to, a column or term that its document does not have. An empty list = all is well.
/// </summary>
internal static class JournalCheck
{
    public static async Task<IReadOnlyList<string>> FaultsAsync(TestDatabase database, IReadOnlyList<IEntity> entities, CancellationToken ct)
    {
        List<string> faults = [];
        var entries = await EntriesAsync(database, ct);
        var heads = (await database.SelectAsync("select company, seq, hash from heads", row => new Head((int)row.GetInt64(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2)), ct)).ToDictionary(h => h.Company);
        foreach (var company in entries.GroupBy(e => e.Company)) CheckChain([.. company], heads.GetValueOrDefault(company.Key), faults);
        foreach (var head in heads.Values.Where(h => h.Seq > 0 && entries.All(e => e.Company != h.Company))) faults.Add($"Company {head.Company} has a head but no journal.");
        var sequences = (await database.SelectAsync("select company, kind, next from sequences", row => (Key: (Company: (int)row.GetInt64(0), Kind: row.GetString(1)), Next: row.GetInt64(2)), ct)).ToDictionary(s => s.Key, s => s.Next);
        await using var store = database.Open();
        var settings = new SettingsCache(new Catalog(entities, []), store, TimeProvider.System, TimeSpan.MaxValue);
        foreach (var entity in entities)
        {
            var mine = entries.Where(e => e.Kind == entity.Kind).GroupBy(e => (e.Company, e.Number)).ToDictionary(g => g.Key, g => g.ToArray());
            await CheckRowsAsync(database, entity, mine, settings, faults, ct);
            if (entity.IsSettings) continue;
            await CheckTotalsAsync(database, entity, faults, ct);
            foreach (var last in mine.Keys.GroupBy(k => k.Company, k => k.Number))
            {
                if (sequences.GetValueOrDefault((last.Key, entity.Kind)) <= last.Max()) faults.Add($"The sequence of {entity.Kind} in company {last.Key} would give {last.Max()} again.");
            }
        }
        return faults;
    }

    public static async Task<List<JournalEntry>> EntriesAsync(TestDatabase database, CancellationToken ct) => await database.SelectAsync(
        "select company, seq, at, caller, operation, kind, number, version, fact, change, hash from journal order by company, seq",
        JournalReader.ToEntry, ct);

    /// <summary>The sums that the commits kept are those that one gets by adding up the rows.</summary>
    private static async Task CheckTotalsAsync(TestDatabase database, IEntity entity, List<string> faults, CancellationToken ct)
    {
        var kept = await database.SelectAsync($"select company, name, key, count, amount, weighted from totals where kind = '{entity.Kind}' and (count <> 0 or amount <> 0 or weighted <> 0)",
            row => (Company: (int)row.GetInt64(0), Name: row.GetString(1), Key: row.GetString(2), Count: row.GetInt64(3), Amount: Convert.ToInt64(row.GetValue(4), null), Weighted: Convert.ToInt64(row.GetValue(5), null)), ct);
        var rows = await database.SelectAsync($"select company, doc from {entity.Table}", row => (Company: (int)row.GetInt64(0), State: JsonSerializer.Deserialize(row.GetString(1), entity.StateType, Json.State)!), ct);
        var counted = rows.SelectMany(r => entity.Totals(r.State), (r, t) => (r.Company, Total: t)).GroupBy(t => (t.Company, t.Total.Name, t.Total.Key))
            .Select(g => (g.Key.Company, g.Key.Name, g.Key.Key, Count: (long)g.Count(), Amount: g.Sum(t => t.Total.Amount), Weighted: g.Sum(t => t.Total.Weighted)));
        faults.AddRange(kept.Except(counted).Select(t => $"The sum {entity.Kind} {t} was kept, and the rows do not add up to it."));
        faults.AddRange(counted.Except(kept).Select(t => $"The rows add up to {entity.Kind} {t}, and no such sum was kept."));
    }

    private static void CheckChain(JournalEntry[] entries, Head? head, List<string> faults)
    {
        var (seq, hash) = (0L, JournalEntry.FirstHash);
        foreach (var entry in entries)
        {
            if (entry.Seq != seq + 1) faults.Add($"Journal {entry.Company}: {entry.Seq} comes after {seq}.");
            if (!entry.Rehash(hash).AsSpan().SequenceEqual(entry.Hash)) faults.Add($"Journal {entry.Company}: the hash of {entry.Seq} does not hold.");
            (seq, hash) = (entry.Seq, entry.Hash);
        }
        if (head is null || head.Seq != seq || !head.Hash.AsSpan().SequenceEqual(hash)) faults.Add($"Journal {entries[0].Company}: the head is at {head?.Seq}, the journal at {seq}.");
    }

    private static async Task CheckRowsAsync(TestDatabase database, IEntity entity, Dictionary<(int, long), JournalEntry[]> journal, SettingsCache settings, List<string> faults, CancellationToken ct)
    {
        List<((int, long) Key, Term Term)> termRows = entity.TermTable is null ? [] : await database.SelectAsync($"select company, number, field, value from {entity.TermTable}",
            row => (((int)row.GetInt64(0), row.GetInt64(1)), new Term(row.GetString(2), row.GetString(3))), ct);
        var terms = termRows.ToLookup(t => t.Key, t => t.Term);
        var columns = string.Concat(entity.ColumnTypes.Select(c => $", {c.Name}"));
        var rows = await database.SelectAsync($"select company, number, version, created_at, updated_at, doc{columns} from {entity.Table}", row => (
            Key: (Company: (int)row.GetInt64(0), Number: row.GetInt64(1)), Version: row.GetInt64(2), Created: row.GetInt64(3), Updated: row.GetInt64(4), Document: row.GetString(5),
            Values: entity.ColumnTypes.Select((_, i) => row.IsDBNull(6 + i) ? null : row[6 + i]).ToArray()), ct);
        foreach (var row in rows)
        {
            var name = $"{entity.Kind} {row.Key}";
            if (!journal.Remove(row.Key, out var entries))
            {
                faults.Add($"{name} is in no journal.");
                continue;
            }
            if (!entries.Select(e => e.Version).SequenceEqual(Enumerable.Range(1, entries.Length).Select(v => (long)v))) faults.Add($"{name}: its versions are {string.Join(',', entries.Select(e => e.Version))}.");
            if (row.Version != entries[^1].Version) faults.Add($"{name} is at version {row.Version}, its journal at {entries[^1].Version}.");
            if (row.Created != Micros.Of(entries[0].At) || row.Updated != Micros.Of(entries[^1].At)) faults.Add($"{name}: its instants are not those of its journal.");
            if (!JsonNode.DeepEquals(Replay(entries, name, faults), JsonNode.Parse(row.Document))) faults.Add($"{name}: the journal does not lead to its document {row.Document}.");
            var state = JsonSerializer.Deserialize(row.Document, entity.StateType, Json.State)!;
            var values = entity.Values(state, await settings.GetAsync(new(row.Key.Company, ""), ct));
            if (!values.SequenceEqual(row.Values)) faults.Add($"{name}: its columns are ({string.Join(", ", row.Values)}), its document gives ({string.Join(", ", values)}).");
            if (!entity.Terms(state).ToHashSet().SetEquals(terms[row.Key]) || terms[row.Key].Count() != entity.Terms(state).Count) faults.Add($"{name}: its terms are not those of its document.");
        }
        faults.AddRange(journal.Keys.Select(key => $"{entity.Kind} {key} is in the journal but has no row."));
    }

    /// <summary>The document that the changes lead to, each checked to start from where the one before it ended.</summary>
    private static JsonObject Replay(JournalEntry[] entries, string name, List<string> faults)
    {
        var document = new JsonObject();
        foreach (var entry in entries)
        {
            var change = JsonNode.Parse(entry.Change)!;
            foreach (var (member, before) in change["before"]!.AsObject())
            {
                if (!JsonNode.DeepEquals(document[member], before)) faults.Add($"{name}: version {entry.Version} says that {member} was {before?.ToJsonString()}, but it was {document[member]?.ToJsonString()}.");
            }
            foreach (var (member, after) in change["after"]!.AsObject())
            {
                if (after is null) document.Remove(member);
                else document[member] = after.DeepClone();
            }
        }
        return document;
    }
}
