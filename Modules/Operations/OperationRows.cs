using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using Crm.Contracts;

namespace Crm.Operations;

/// <summary>What became of the rows of an operation, by its last run: the journal has all of it.</summary>
internal static class OperationRows
{
    private const int Usual = 50, ReadAtOnce = 200;

    public static async Task<Answer<Page<ChangedRow>>> ChangesAsync(long number, Call call, IActors actors, IJournal journal, OperationRights rights,
        [Description("Rows in one answer, 1 to 200; 50 unless given."), Range(1, 200)] int? limit, [Description("The next of the answer before.")] string? cursor, CancellationToken ct)
    {
        var (refusal, operation) = await ReadAsync(number, call, actors, rights, limit, ct);
        if (refusal is not null) return refusal;
        if (Place(cursor) is not { } place) return WrongCursor;
        List<Event> rows = [];
        for (var before = place.Seq; rows.Count <= (limit ?? Usual);)
        {
            var entries = await journal.OfOperationAsync(call.Company, number, before, ReadAtOnce, ct);
            rows.AddRange(entries.Where(e => e.Seq > Start(operation!) && e.Kind != "operation"));
            if (entries.Count < ReadAtOnce || entries[^1].Seq <= Start(operation!)) break;
            before = entries[^1].Seq;
        }
        ChangedRow[] page = [.. rows.Take(limit ?? Usual).Select(e => new ChangedRow(e.Seq, e.At, e.Kind, e.Number, e.Version, e.Fact, e.Before, e.After))];
        return new Page<ChangedRow>(page, rows.Count > page.Length ? $"{page[^1].Seq}" : null, page.Length, rows.Count <= page.Length && cursor is null);
    }

    public static async Task<Answer<Page<Skipped>>> SkippedAsync(long number, Call call, IActors actors, IJournal journal, OperationRights rights,
        [Description("Rows in one answer, 1 to 200; 50 unless given."), Range(1, 200)] int? limit, [Description("The next of the answer before.")] string? cursor, CancellationToken ct)
    {
        var (refusal, operation) = await ReadAsync(number, call, actors, rights, limit, ct);
        if (refusal is not null) return refusal;
        if (Place(cursor) is not { } place) return WrongCursor;
        // A place inside a report: its entry, and how many of its rows were told.
        List<(Skipped Row, string Next)> rows = [];
        for (var (before, told) = (place.Told > 0 ? place.Seq + 1 : place.Seq, place.Told); rows.Count <= (limit ?? Usual);)
        {
            var entries = await journal.OfEntityAsync(call.Company, "operation", number, before, ReadAtOnce, ct);
            foreach (var entry in entries.Where(e => e.Seq > Start(operation!) && e.Fact == "operation.progressed"))
            {
                if (!entry.After.TryGetProperty("lastSkipped", out var last) || last.ValueKind == JsonValueKind.Null) continue;
                var skipped = last.Deserialize<SkippedRows>(Json.State)!.Rows;
                for (var i = entry.Seq == place.Seq ? told : 0; i < skipped.Count; i++) rows.Add((skipped[i], $"{entry.Seq}-{i + 1}"));
            }
            if (entries.Count < ReadAtOnce || entries[^1].Seq <= Start(operation!)) break;
            before = entries[^1].Seq;
        }
        var page = rows.Take(limit ?? Usual).ToArray();
        return new Page<Skipped>([.. page.Select(r => r.Row)], rows.Count > page.Length ? page[^1].Next : null, operation!.SkippedCount, true);
    }

    private static Refusal WrongCursor { get; } = Refusal.Malformed("cursor.invalid", "This cursor is not of this list.");

    private static async Task<(Refusal?, Operation?)> ReadAsync(long number, Call call, IActors actors, OperationRights rights, int? limit, CancellationToken ct)
    {
        if (limit is < 1 or > 200) return (Refusal.Malformed("filter.value", "'limit' is a whole number from 1 to 200."), null);
        if (await actors.ReadAsync<Operation>(call.Company, number, ct) is not { State: { } operation }) return (Refusal.NotFound("operation"), null);
        return (rights.MayRead(call, operation.Action), operation);
    }

    /// <summary>The last entry before the run; before everything else while it waits.</summary>
    private static long Start(Operation operation) => operation.PhaseStarts.Count > operation.Phase ? operation.PhaseStarts[operation.Phase] : long.MaxValue;

    private static (long Seq, int Told)? Place(string? cursor)
    {
        if (cursor is null) return (long.MaxValue, 0);
        var parts = cursor.Split('-');
        return parts.Length <= 2 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var seq) && seq < long.MaxValue
            && (parts.Length == 1 || int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out _)) ? (seq, parts.Length == 1 ? 0 : int.Parse(parts[1], CultureInfo.InvariantCulture)) : null;
    }
}

/// <summary>The rights that operations need: those of what they do.</summary>
internal sealed class OperationRights(IEnumerable<IOperationAction> actions, IEnumerable<IBulkTarget> targets)
{
    /// <summary>Whoever may not start such work may not stop it or take it back either. Null = may.</summary>
    public Refusal? MayTurn(Call call, string action) => Check(call, Of(action));

    /// <summary>Rows show what they are of. Null = may.</summary>
    public Refusal? MayRead(Call call, string action) => Check(call, Of(action)?.Replace(":write", ":read", StringComparison.Ordinal));

    private string? Of(string action) => actions.FirstOrDefault(a => a.Action == action)?.Right ?? targets.FirstOrDefault(t => t.Actions.Contains(action))?.Right;

    private static Refusal? Check(Call call, string? right) => right is null || call.Caller.May(right) ? null : Refusal.Forbidden($"This needs the right {right}.");
}

/// <summary>A row that an operation changed.</summary>
/// <param name="Seq">Its place in the company's journal.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Kind">Of what, such as partner.</param>
/// <param name="Number">Of which.</param>
/// <param name="Version">The version that it made.</param>
/// <param name="Fact">What happened, such as <c>partner.stageSet</c>.</param>
/// <param name="Before">The changed fields before.</param>
/// <param name="After">The same fields afterwards.</param>
internal sealed record ChangedRow(long Seq, DateTimeOffset At, string Kind, long Number, long Version, string Fact, JsonElement Before, JsonElement After);
