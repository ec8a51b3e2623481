using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Crm.Host.Lists;

/// <summary>
/// The order of a list as a row of phases, each of which one index can serve: first the rows that have a value, last those that have none; for a
/// ranked field one phase per value. Inside a phase rows are ordered by <see cref="Phase.Keys"/>, the number last, so that every row has one place.
/// </summary>
internal sealed class ListOrder
{
    private ListOrder(IReadOnlyList<Phase> phases) => Phases = phases;

    public IReadOnlyList<Phase> Phases { get; }

    /// <summary>One stretch of the list.</summary>
    /// <param name="Where">What its rows meet; null = all rows.</param>
    /// <param name="Arguments">Values in <paramref name="Where"/>.</param>
    /// <param name="Keys">Its order.</param>
    public sealed record Phase(string? Where, IReadOnlyList<Argument> Arguments, IReadOnlyList<Key> Keys);

    /// <summary>A part of the order: never null before one that may be.</summary>
    public sealed record Key(string Sql, bool Descending, bool IsText);

    public static ListOrder Of(IReadOnlyList<SortBy> sort, ISettings settings)
    {
        var (first, down) = (sort[0].Field, sort[0].Descending);
        List<Key> rest = [.. sort.Skip(1).SelectMany(s => Secondary(s, settings))];
        Key number = new("number", down, false);
        if (first.Column == "number") return new([new(null, [], [number])]);
        if (first.Ranks is not null)
        {
            var ranks = first.Ranks(settings);
            List<Phase> phases = [.. (down ? ranks.Reverse() : ranks).Select(rank => new Phase($"{first.Column} = @rank", [new("rank", rank)], [.. rest, number]))];
            // A value that is no longer among the ranks still has its place: after all of them.
            var known = ranks.Select((r, i) => new Argument($"known{i}", r)).ToArray();
            phases.Add(new($"{first.Column} is not null{(known.Length == 0 ? "" : $" and {first.Column} not in ({string.Join(", ", known.Select(k => $"@{k.Name}"))})")}", known, [.. rest, number]));
            phases.Add(new($"{first.Column} is null", [], [.. rest, number]));
            return new(phases);
        }
        return new([new($"{first.Column} is not null", [], [new(first.Column!, down, IsText(first)), .. rest, number]), new($"{first.Column} is null", [], [.. rest, number])]);
    }

    private static IEnumerable<Key> Secondary(SortBy sort, ISettings settings)
    {
        var column = sort.Field.Column!;
        if (column != "number") yield return new($"case when {column} is null then 1 else 0 end", false, false);
        if (sort.Field.Ranks is null)
        {
            yield return new(column, sort.Descending, IsText(sort.Field));
            yield break;
        }
        var ranks = sort.Field.Ranks(settings);
        var places = string.Concat(ranks.Select((rank, i) => $" when {column} = '{rank.Replace("'", "''", StringComparison.Ordinal)}' then {i}"));
        yield return new(places.Length == 0 ? "0" : $"case{places} else {ranks.Count} end", sort.Descending, false);
    }

    private static bool IsText(ListField field) => field.Type is ColumnType.Text or ColumnType.Date;
}

/// <summary>Where a page ended: the phase and the last row's keys. Of use only for the same list, filters and order.</summary>
internal sealed record Cursor(int Phase, IReadOnlyList<object?> Values)
{
    public string Encode(string fingerprint) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new object?[] { Hash(fingerprint), Phase, Values }, Json.Wire));

    /// <summary>Reads a cursor; null = it was made for something else, or by someone else.</summary>
    public static Cursor? Decode(string text, string fingerprint, ListOrder order)
    {
        try
        {
            using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(text));
            var parts = json.RootElement;
            if (parts.GetArrayLength() != 3 || parts[0].GetString() != Hash(fingerprint)) return null;
            var phase = parts[1].GetInt32();
            if (phase < 0 || phase >= order.Phases.Count) return null;
            var keys = order.Phases[phase].Keys;
            if (parts[2].GetArrayLength() != keys.Count) return null;
            List<object?> values = [];
            foreach (var (key, value) in keys.Zip(parts[2].EnumerateArray()))
            {
                if (value.ValueKind == JsonValueKind.Null && key != keys[^1]) values.Add(null);
                else if (key.IsText) values.Add(value.GetString()!.Contains('\0', StringComparison.Ordinal) ? throw new FormatException() : value.GetString());
                else values.Add(value.GetInt64());
            }
            return new(phase, values);
        }
        catch (Exception broken) when (broken is FormatException or JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>SQL for "after this row", in the phase's order.</summary>
    public string After(IReadOnlyList<ListOrder.Key> keys, List<Argument> arguments)
    {
        List<string> any = [], equal = [];
        for (var i = 0; i < keys.Count; i++)
        {
            if (Values[i] is null) { equal.Add($"{keys[i].Sql} is null"); continue; }
            var name = $"after{i}";
            arguments.Add(new(name, Values[i]));
            any.Add($"({string.Concat(equal.Select(e => $"{e} and "))}{keys[i].Sql} {(keys[i].Descending ? "<" : ">")} @{name})");
            equal.Add($"{keys[i].Sql} = @{name}");
        }
        // The first key's bound stands alone too: an index range starts there.
        var bound = Values[0] is null || keys.Count == 1 ? "" : $"{keys[0].Sql} {(keys[0].Descending ? "<=" : ">=")} @after0 and ";
        return $"{bound}({string.Join(" or ", any)})";
    }

    private static string Hash(string fingerprint) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(fingerprint)).AsSpan(0, 9));
}
