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
