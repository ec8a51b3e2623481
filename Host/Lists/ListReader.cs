using System.Data.Common;
using System.Text.Json;
using Crm.Host.Storage;
using Microsoft.AspNetCore.Http;

namespace Crm.Host.Lists;

/// <summary>
/// Runs lists as SQL over committed rows. Few matches are found by the filter's indexes and then sorted; many are met soon while walking the
/// order's own index. Which of the two it is, the capped count says first: no statistics to keep, no plan that changes overnight.
/// </summary>
internal sealed class ListReader(IStore store, IActors actors) : ILists
{
    public async Task<(Refusal? Refusal, Page<TView>? Page)> PageAsync<TState, TView>(Call call, ListOf<TState> list, IQueryCollection query, CancellationToken ct)
        where TState : class where TView : class
    {
        var settings = await actors.SettingsAsync(call.Company, ct);
        var read = ListQuery.Read(list, query, call, settings);
        if (read.Refusal is { } refusal) return (refusal, null);
        var order = ListOrder.Of(read.Sort, settings);
        var cursor = read.Cursor is null ? null : Cursor.Decode(read.Cursor, read.Fingerprint, order);
        if (read.Cursor is not null && cursor is null) return (Refusal.Malformed("cursor.invalid", "This cursor is not of this list with these filters and this order."), null);

        var leading = await LeadingAsync(call, read, ct);
        var count = await CountAsync(call, list, read, leading, read.ExactCount ? null : ListQuery.CountCap + 1, ct);
        var exact = read.ExactCount || count <= ListQuery.CountCap;
        var few = count <= ListQuery.CountCap;

        List<(Row<TState> Row, Cursor At)> rows = [];
        for (var phase = cursor?.Phase ?? 0; phase < order.Phases.Count && rows.Count <= read.Limit; phase++)
            rows.AddRange(await PhaseAsync(call, list, read, order.Phases[phase], phase, phase == cursor?.Phase ? cursor : null, few ? leading : null, read.Limit + 1 - rows.Count, ct));
        var page = rows.Take(read.Limit).ToArray();
        return (null, new([.. page.Select(r => (TView)(list.ViewOf ?? list.Entity.View)(r.Row, settings))],
            rows.Count > read.Limit ? page[^1].At.Encode(read.Fingerprint) : null, exact ? count : ListQuery.CountCap, exact));
    }

    public async Task<(Refusal? Refusal, IReadOnlyList<long> Numbers)> NumbersAsync<TState>(Call call, ListOf<TState> list, IQueryCollection query, int most, CancellationToken ct)
        where TState : class
    {
        var read = ListQuery.Read(list, query, call, await actors.SettingsAsync(call.Company, ct));
        if (read.Refusal is { } refusal) return (refusal, []);
        var leading = await LeadingAsync(call, read, ct);
        var numbers = await store.QueryAsync(call.Company, $"select number from {list.Entity.Table} where {Where(read, leading)} order by number limit {most}", read.Arguments, row => row.GetInt64(0), ct);
        return (null, numbers);
    }

    public async Task<(Refusal? Refusal, IReadOnlyList<T> Groups)> SumsAsync<TState, T>(
        Call call, ListOf<TState> list, IQueryCollection query, string select, string groupBy, IReadOnlyList<Argument> arguments, Func<DbDataReader, T> map, CancellationToken ct) where TState : class
    {
        var read = ListQuery.Read(list, query, call, await actors.SettingsAsync(call.Company, ct));
        if (read.Refusal is { } refusal) return (refusal, []);
        var leading = await LeadingAsync(call, read, ct);
        return (null, await store.QueryAsync(call.Company, $"select {select} from {list.Entity.Table} where {Where(read, leading)} group by {groupBy}", [.. read.Arguments, .. arguments], map, ct));
    }

    /// <summary>The conditions that few rows meet, found without touching the table.</summary>
    private async Task<HashSet<Condition>> LeadingAsync(Call call, ListQuery read, CancellationToken ct)
    {
        HashSet<Condition> few = [];
        foreach (var condition in read.Conditions)
        {
            if (condition.Probe is null) continue;
            var hits = await store.QueryAsync(call.Company, $"select count(*) from (select 1 from ({condition.Probe}) probe limit {ListQuery.CountCap + 1}) few", read.Arguments, row => row.GetInt64(0), ct);
            if (hits[0] <= ListQuery.CountCap) few.Add(condition);
        }
        return few;
    }

    private async Task<long> CountAsync<TState>(Call call, ListOf<TState> list, ListQuery read, HashSet<Condition> leading, int? cap, CancellationToken ct) where TState : class
    {
        var where = Where(read, leading);
        var sql = cap is null ? $"select count(*) from {list.Entity.Table} where {where}" : $"select count(*) from (select 1 from {list.Entity.Table} where {where} limit {cap}) capped";
        return (await store.QueryAsync(call.Company, sql, read.Arguments, row => row.GetInt64(0), ct))[0];
    }

    private async Task<List<(Row<TState>, Cursor)>> PhaseAsync<TState>(
        Call call, ListOf<TState> list, ListQuery read, ListOrder.Phase phase, int index, Cursor? after, HashSet<Condition>? leading, int limit, CancellationToken ct) where TState : class
    {
        List<Argument> arguments = [.. read.Arguments, .. phase.Arguments];
        var where = leading is null ? Walking(read) : Where(read, leading);
        if (phase.Where is not null) where += $" and {phase.Where}";
        if (after is not null) where += $" and {after.After(phase.Keys, arguments)}";
        var keys = string.Concat(phase.Keys.SkipLast(1).Select(k => $", {k.Sql}"));
        var order = string.Join(", ", phase.Keys.Select(k => $"{k.Sql} {(k.Descending ? "desc" : "asc")}"));
        return await store.QueryAsync(call.Company,
            $"select number, version, created_at, updated_at, doc{keys} from {list.Entity.Table} where {where} order by {order} limit {limit}", arguments,
            row => (ToRow<TState>(row), new Cursor(index, [.. phase.Keys.SkipLast(1).Select((k, i) => row.IsDBNull(5 + i) ? null : k.IsText ? row.GetString(5 + i) : (object)row.GetInt64(5 + i)), row.GetInt64(0)])), ct);
    }

    private static string Where(ListQuery read, HashSet<Condition> leading) =>
        string.Join(" and ", read.Conditions.Select(c => leading.Contains(c) ? c.Leading : c.Checking).Prepend("company = @company"));

    /// <summary>The same conditions in the form that leaves the order's index as the only way through the table: SQLite uses no index for a column behind a plus.</summary>
    private string Walking(ListQuery read) =>
        string.Join(" and ", read.Conditions.Select(c => c.Column is not null && store.Dialect == "sqlite" ? c.Checking.Replace(c.Column, $"+{c.Column}", StringComparison.Ordinal) : c.Checking).Prepend("company = @company"));

    private static Row<TState> ToRow<TState>(DbDataReader row) where TState : class =>
        new(row.GetInt64(0), row.GetInt64(1), Micros.ToInstant(row.GetInt64(2)), Micros.ToInstant(row.GetInt64(3)), JsonSerializer.Deserialize<TState>(row.GetString(4), Json.State)!);
}
