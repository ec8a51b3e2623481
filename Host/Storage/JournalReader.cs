using System.Data.Common;
using System.Text.Json;

namespace Crm.Host.Storage;

/// <summary>Reads the journal table.</summary>
internal sealed class JournalReader(IDatabase database) : IJournal
{
    private const string Columns = "select company, seq, at, caller, operation, kind, number, version, fact, change, hash from journal where company = @company";

    public Task<IReadOnlyList<Event>> AfterAsync(CompanyRef company, long after, int most, CancellationToken ct) =>
        ReadAsync(company, $"{Columns} and seq > @after order by seq limit {most}", [new("after", after)], ct);

    public Task<IReadOnlyList<Event>> OfEntityAsync(CompanyRef company, string kind, long number, long? before, int most, CancellationToken ct) =>
        ReadAsync(company, $"{Columns} and kind = @kind and number = @number and seq < @before order by seq desc limit {most}", [new("kind", kind), new("number", number), new("before", before ?? long.MaxValue)], ct);

    public Task<IReadOnlyList<Event>> OfOperationAsync(CompanyRef company, long operation, long? before, int most, CancellationToken ct) =>
        ReadAsync(company, $"{Columns} and operation = @operation and seq < @before order by seq desc limit {most}", [new("operation", operation), new("before", before ?? long.MaxValue)], ct);

    public async Task<ChangedEntities> ChangedAsync(CompanyRef company, IReadOnlyCollection<string> kinds, long after, int most, CancellationToken ct)
    {
        // Entries have no gaps, so the end of the part is known; only the head tells whether the journal goes as far.
        var heads = await database.QueryAsync(company, "select seq from heads where company = @company", [], row => row.GetInt64(0), ct);
        var head = heads.Count == 0 ? 0 : heads[0];
        var upto = Math.Min(after + most, head);
        if (upto <= after) return new([], Math.Min(after, head), true);
        var rows = await database.QueryAsync(company, $"select distinct kind, number from journal where company = @company and seq > @after and seq <= @upto and kind in ({string.Join(", ", kinds.Select((_, i) => $"@k{i}"))})",
            [new("after", after), new("upto", upto), .. kinds.Select((kind, i) => new Argument($"k{i}", kind))], row => (row.GetString(0), row.GetInt64(1)), ct);
        return new(rows, upto, upto == head);
    }

    /// <summary>Reads entries whole, for checks of the chain.</summary>
    public static JournalEntry ToEntry(DbDataReader row) => new(
        (int)row.GetInt64(0), row.GetInt64(1), Micros.ToInstant(row.GetInt64(2)), row.GetString(3), row.IsDBNull(4) ? null : row.GetInt64(4), row.GetString(5),
        row.GetInt64(6), row.GetInt64(7), row.GetString(8), row.GetString(9), row.GetFieldValue<byte[]>(10));

    private async Task<IReadOnlyList<Event>> ReadAsync(CompanyRef company, string sql, IReadOnlyList<Argument> arguments, CancellationToken ct) =>
        await database.QueryAsync(company, sql, arguments, row => ToEvent(ToEntry(row)), ct);

    private static Event ToEvent(JournalEntry entry)
    {
        using var change = JsonDocument.Parse(entry.Change);
        return new(entry.Seq, entry.At, entry.Caller, entry.Operation, entry.Kind, entry.Number, entry.Version, entry.Fact,
            change.RootElement.GetProperty("before").Clone(), change.RootElement.GetProperty("after").Clone(), Convert.ToHexStringLower(entry.Hash));
    }
}
