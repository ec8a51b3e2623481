using System.Data.Common;
using System.Text.Json;
using Crm.Host.Storage;
using Microsoft.AspNetCore.Http;

namespace Crm.Host.Lists;

/// <summary>
/// Runs lists as SQL over committed rows. The matches are asked for first, up to the cap of the count: few are then sorted by themselves, many are met
/// soon while walking the order's own index. No statistics to keep, no plan that changes overnight.
/// </summary>
internal sealed class ListReader(IStore store, IActors actors, IEnumerable<ListAddition> additions) : ILists
{
    private readonly ILookup<string, ListAddition> _added = additions.ToLookup(a => a.Kind);

    public async Task<(Refusal? Refusal, Page<TView>? Page)> PageAsync<TState, TView>(Call call, ListOf<TState> list, IQueryCollection query, CancellationToken ct)
        where TState : class where TView : class
    {
        var settings = await actors.SettingsAsync(call.Company, ct);
        var read = await ReadAsync(call, list, query, settings, ct);
        if (read.Refusal is { } refusal) return (refusal, null);
        var order = ListOrder.Of(read.Sort, settings);
        var cursor = read.Cursor is null ? null : Cursor.Decode(read.Cursor, read.Fingerprint, order);
        if (read.Cursor is not null && cursor is null) return (Refusal.Malformed("cursor.invalid", "This cursor is not of this list with these filters and this order."), null);

        var (matches, where, arguments) = await MatchesAsync(call, list, read, ListQuery.CountCap + 1, ct);
        var few = matches.Count <= ListQuery.CountCap;
        var count = few || !read.ExactCount ? Math.Min(matches.Count, ListQuery.CountCap)
            : (await store.QueryAsync(call.Company, $"select count(*) from {list.Entity.Table} where {where}", arguments, row => row.GetInt64(0), ct))[0];
        var (found, foundArguments) = few ? (store.Among("matches"), [new("matches", Numbers.Text(matches))]) : (Walking(list, read), read.Arguments);

        List<(Row<TState> Row, Cursor At)> rows = [];
        var skip = read.From;
        for (var phase = cursor?.Phase ?? 0; phase < order.Phases.Count && rows.Count <= read.Limit && matches.Count > 0; phase++)
        {
            var some = await PhaseAsync(call, list, found, foundArguments, order.Phases[phase], phase, phase == cursor?.Phase ? cursor : null, skip, read.Limit + 1 - rows.Count, ct);
            rows.AddRange(some);
            // What this phase has not got beyond the row to begin with, the next one has.
            if (skip > 0) skip = some.Count > 0 ? 0 : skip - await CountAsync(call, list, found, foundArguments, order.Phases[phase], ct);
        }
        var page = rows.Take(read.Limit).ToArray();
        return (null, new([.. page.Select(r => (TView)(list.ViewOf ?? list.Entity.View)(r.Row, settings))],
            rows.Count > read.Limit ? page[^1].At.Encode(read.Fingerprint) : null, count, few || read.ExactCount));
    }

    public async Task<(Refusal? Refusal, IReadOnlyList<long> Numbers)> NumbersAsync<TState>(Call call, ListOf<TState> list, IQueryCollection query, int most, CancellationToken ct)
        where TState : class
    {
        var read = await ReadAsync(call, list, query, await actors.SettingsAsync(call.Company, ct), ct);
        if (read.Refusal is { } refusal) return (refusal, []);
        return (null, (await MatchesAsync(call, list, read, most, ct)).Numbers);
    }

    public async Task<(Refusal? Refusal, IReadOnlyList<T> Groups)> SumsAsync<TState, T>(
        Call call, ListOf<TState> list, IQueryCollection query, string select, string groupBy, IReadOnlyList<Argument> arguments, Func<DbDataReader, T> map, CancellationToken ct) where TState : class
    {
        var read = await ReadAsync(call, list, query, await actors.SettingsAsync(call.Company, ct), ct);
        if (read.Refusal is { } refusal) return (refusal, []);
        var (where, found) = await ConditionsAsync(call, read, ct);
        return (null, await store.QueryAsync(call.Company, $"select {select} from {list.Entity.Table} where {where} group by {groupBy}", [.. found, .. arguments], map, ct));
    }

    /// <summary>Reads a query with the fields that other modules add, and answers what only they can: a refused one is not asked further.</summary>
    private async Task<ListQuery> ReadAsync<TState>(Call call, ListOf<TState> list, IQueryCollection query, ISettings settings, CancellationToken ct) where TState : class
    {
        var read = ListQuery.Read(_added.Contains(list.Entity.Kind) ? list with { Fields = [.. list.Fields, .. _added[list.Entity.Kind].Where(a => call.Caller.May(a.Right)).SelectMany(a => a.Fields)] } : list, query, call, settings);
        if (read.Refusal is not null) return read;
        foreach (var (test, holds) in read.Questions)
        {
            IReadOnlyList<long> besides = test.Besides is null ? [] : await test.Besides(store, call.Company, ct);
            if (besides.Count == 0) { read.Ask(test, holds); continue; }
            var name = $"besides{read.Arguments.Count}";
            read.Arguments.Add(new(name, Numbers.Text(besides)));
            read.Ask(new($"({test.Holds} or {store.Among(name)})"), holds);
        }
        return read;
    }

    private async Task<(List<long> Numbers, string Where, IReadOnlyList<Argument> Arguments)> MatchesAsync<TState>(Call call, ListOf<TState> list, ListQuery read, int most, CancellationToken ct) where TState : class
    {
        var (where, arguments) = await ConditionsAsync(call, read, ct);
        var numbers = await store.QueryAsync(call.Company, $"select number from {list.Entity.Table} where {where}{(most > ListQuery.CountCap + 1 ? " order by number" : "")} limit {most}", arguments, row => row.GetInt64(0), ct);
        return (numbers, where, arguments);
    }

    /// <summary>
    /// What the rows must meet. A condition that few rows meet is asked first, alone, where its own index answers; then its rows are all that the
    /// others have to look at.
    /// </summary>
    private async Task<(string Where, IReadOnlyList<Argument> Arguments)> ConditionsAsync(Call call, ListQuery read, CancellationToken ct)
    {
        List<Argument> arguments = [.. read.Arguments];
        List<string> conditions = [];
        foreach (var condition in read.Conditions)
        {
            var hits = condition.Probe is null ? null
                : await store.QueryAsync(call.Company, $"select number from ({condition.Probe}) probe limit {ListQuery.CountCap + 1}", read.Arguments, row => row.GetInt64(0), ct);
            if (hits is { Count: <= ListQuery.CountCap })
            {
                var name = $"few{conditions.Count}";
                conditions.Add(store.Among(name));
                arguments.Add(new(name, Numbers.Text(hits)));
            }
            else
            {
                conditions.Add(condition.Checking);
            }
        }
        return (string.Join(" and ", conditions.Prepend("company = @company")), arguments);
    }

    private async Task<List<(Row<TState>, Cursor)>> PhaseAsync<TState>(
        Call call, ListOf<TState> list, string found, IReadOnlyList<Argument> foundArguments, ListOrder.Phase phase, int index, Cursor? after, int skip, int limit, CancellationToken ct) where TState : class
    {
        List<Argument> arguments = [.. foundArguments, .. phase.Arguments];
        var where = $"company = @company and {found}";
        if (phase.Where is not null) where += $" and {phase.Where}";
        if (after is not null) where += $" and {after.After(phase.Keys, arguments)}";
        var keys = string.Concat(phase.Keys.SkipLast(1).Select(k => $", {k.Sql}"));
        var order = string.Join(", ", phase.Keys.Select(k => $"{k.Sql} {(k.Descending ? "desc" : "asc")}"));
        return await store.QueryAsync(call.Company,
            $"select number, version, created_at, updated_at, doc{keys} from {list.Entity.Table} where {where} order by {order} limit {limit}{(skip > 0 ? $" offset {skip}" : "")}", arguments,
            row => (ToRow<TState>(row), new Cursor(index, [.. phase.Keys.SkipLast(1).Select((k, i) => row.IsDBNull(5 + i) ? null : k.IsText ? row.GetString(5 + i) : (object)row.GetInt64(5 + i)), row.GetInt64(0)])), ct);
    }

    private async Task<int> CountAsync<TState>(Call call, ListOf<TState> list, string found, IReadOnlyList<Argument> foundArguments, ListOrder.Phase phase, CancellationToken ct) where TState : class =>
        (int)(await store.QueryAsync(call.Company, $"select count(*) from {list.Entity.Table} where company = @company and {found}{(phase.Where is null ? "" : $" and {phase.Where}")}", [.. foundArguments, .. phase.Arguments], row => row.GetInt64(0), ct))[0];

    /// <summary>The conditions in the form that leaves the order's index as the only way through the table: no index is used for a column inside an expression.</summary>
    private string Walking<TState>(ListOf<TState> list, ListQuery read) where TState : class
    {
        string Hidden(string column) => store.Dialect == "sqlite" ? $"+{column}"
            : list.Fields.First(f => f.Column == column).Type is ColumnType.Text or ColumnType.Date ? $"({column} || '')" : $"({column} + 0)";
        return string.Join(" and ", read.Conditions.Select(c => c.Column is null or "number" ? c.Checking : c.Checking.Replace(c.Column, Hidden(c.Column), StringComparison.Ordinal)).DefaultIfEmpty("1 = 1"));
    }

    private static Row<TState> ToRow<TState>(DbDataReader row) where TState : class =>
        new(row.GetInt64(0), row.GetInt64(1), Micros.ToInstant(row.GetInt64(2)), Micros.ToInstant(row.GetInt64(3)), JsonSerializer.Deserialize<TState>(row.GetString(4), Json.State)!);
}
