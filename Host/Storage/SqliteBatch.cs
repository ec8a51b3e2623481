using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Crm.Host.Storage;

/// <summary>One transaction on SQLite: prepared statements, one per row; only the columns that changed are named, since SQLite rewrites every index of a named column.</summary>
internal sealed class SqliteBatch(SqliteStatements statements, SqliteStore store) : IBatch
{
    private bool _committed;

    public void Lock(IReadOnlyList<int> companies, IReadOnlyList<(int Company, string Kind)> kinds, Dictionary<int, Head> heads, Dictionary<(int, string), long> sequences) => Try(() =>
    {
        // "begin immediate" is the lock: the file has one writer.
        foreach (var company in companies)
        {
            using var row = Read("select seq, hash from heads where company = @0", company);
            if (row.Read()) heads[company] = new(company, row.GetInt64(0), row.GetFieldValue<byte[]>(1));
        }
        foreach (var (company, kind) in kinds)
        {
            using var row = Read("select next from sequences where company = @0 and kind = @1", company, kind);
            if (row.Read()) sequences[(company, kind)] = row.GetInt64(0);
        }
    });

    public IReadOnlyList<(CommitUnit Unit, CommitStatus Status)> Write(IReadOnlyList<CommitUnit> units)
    {
        List<(CommitUnit, CommitStatus)> failed = [];
        Try(() =>
        {
            foreach (var unit in units)
            {
                if (!WriteKey(unit)) failed.Add((unit, CommitStatus.Replay));
                else if (!unit.Writes.All(write => WriteRow(write, unit.At))) failed.Add((unit, CommitStatus.Stale));
            }
        });
        return failed;
    }

    public void Commit(IReadOnlyList<JournalEntry> entries, IReadOnlyCollection<Head> heads, IReadOnlyCollection<Sequence> sequences) => Try(() =>
    {
        foreach (var e in entries)
        {
            Run("insert into journal (company, seq, at, caller, operation, kind, number, version, fact, change, hash) values (@0, @1, @2, @3, @4, @5, @6, @7, @8, @9, @10)",
                e.Company, e.Seq, Micros.Of(e.At), e.Caller, e.Operation, e.Kind, e.Number, e.Version, e.Fact, e.Change, e.Hash);
        }
        foreach (var head in heads)
            Run("insert into heads (company, seq, hash) values (@0, @1, @2) on conflict (company) do update set seq = excluded.seq, hash = excluded.hash", head.Company, head.Seq, head.Hash);
        foreach (var sequence in sequences)
            Run("insert into sequences (company, kind, next) values (@0, @1, @2) on conflict (company, kind) do update set next = excluded.next", sequence.Company, sequence.Kind, sequence.Next);
        Run("commit");
        _committed = true;
    });

    public void Dispose() => store.End(_committed);

    private bool WriteKey(CommitUnit unit)
    {
        if (unit.Call.Idempotency is not { } key) return true;
        var first = unit.Writes[0];
        return Run("insert into idempotency (company, caller, key, fingerprint, created, number, version, body, at) values (@0, @1, @2, @3, @4, @5, @6, @7, @8) on conflict (company, caller, key) do update set fingerprint = excluded.fingerprint, created = excluded.created, number = excluded.number, version = excluded.version, body = excluded.body, at = excluded.at where at <= @9",
            unit.Call.Company.Id, unit.Call.Caller.Name, key.Key, key.Fingerprint, first.IsInsert && !first.Entity.IsSettings ? 1 : 0, first.Number, first.ExpectedVersion + 1, unit.Body!(), Micros.Of(unit.At), Micros.Of(unit.At - Idempotency.Kept)) == 1;
    }

    private bool WriteRow(EntityWrite write, DateTimeOffset at)
    {
        var entity = write.Entity;
        object?[] values = new object?[5 + write.Changed.Length];
        (values[0], values[1], values[2], values[3], values[4]) = (write.Company, write.Number, Micros.Of(at), write.Document, write.ExpectedVersion);
        for (var i = 0; i < write.Changed.Length; i++) values[5 + i] = write.Values[write.Changed[i]];
        if (Run(Texts.Row(entity, write.IsInsert, write.Changed), values) != 1) return false;
        foreach (var term in write.TermsRemoved)
            Run($"delete from {entity.TermTable} where company = @0 and field = @1 and value = @2 and number = @3", write.Company, term.Field, term.Value, write.Number);
        foreach (var term in write.TermsAdded)
            Run($"insert into {entity.TermTable} (company, field, value, number) values (@0, @1, @2, @3) on conflict do nothing", write.Company, term.Field, term.Value, write.Number);
        return true;
    }

    private int Run(string sql, params ReadOnlySpan<object?> values) => Bound(sql, values).ExecuteNonQuery();

    private SqliteDataReader Read(string sql, params ReadOnlySpan<object?> values) => Bound(sql, values).ExecuteReader();

    private SqliteCommand Bound(string sql, ReadOnlySpan<object?> values)
    {
        var command = statements.Get(sql, values.Length);
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }

    private static void Try(Action work)
    {
        try
        {
            work();
        }
        catch (SqliteException broken)
        {
            throw SqliteStore.Fault(broken);
        }
    }

    /// <summary>Statement texts by entity and changed columns, made once.</summary>
    private static class Texts
    {
        private static readonly Dictionary<(string, bool, string), string> Made = [];

        public static string Row(IEntity entity, bool insert, int[] changed)
        {
            var key = (entity.Table, insert, string.Create(CultureInfo.InvariantCulture, $"{string.Join(',', changed)}"));
            lock (Made)
            {
                if (Made.TryGetValue(key, out var text)) return text;
                var names = changed.Select(i => entity.ColumnTypes[i].Name).ToArray();
                text = insert
                    ? $"insert into {entity.Table} (company, number, created_at, updated_at, doc, version{string.Concat(names.Select(n => $", {n}"))}) values (@0, @1, @2, @2, @3, @4 + 1{string.Concat(names.Select((_, i) => $", @{i + 5}"))}) on conflict (company, number) do nothing"
                    : $"update {entity.Table} set version = version + 1, updated_at = @2, doc = @3{string.Concat(names.Select((n, i) => $", {n} = @{i + 5}"))} where company = @0 and number = @1 and version = @4";
                return Made[key] = text;
            }
        }
    }
}
