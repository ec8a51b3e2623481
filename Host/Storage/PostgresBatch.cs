using Npgsql;

namespace Crm.Host.Storage;

/// <summary>
/// One transaction on PostgreSQL in three round trips: lock, write, commit. Rows go as arrays through <c>unnest</c>, one statement for all rows
/// that change the same columns; each statement returns the rows that it touched, so that a stale one is known by name.
/// </summary>
internal sealed class PostgresBatch(NpgsqlConnection connection) : IBatch
{
    private bool _begun;
    private bool _committed;
    private PostgresException? _refused;

    public void Lock(IReadOnlyList<int> companies, IReadOnlyList<(int Company, string Kind)> kinds, Dictionary<int, Head> heads, Dictionary<(int, string), long> sequences) => Try(() =>
    {
        using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("begin"));
        // A company without a journal has no row to lock yet; the first writer makes it, the others wait for that.
        batch.BatchCommands.Add(Command("insert into heads (company, seq, hash) select c, 0, decode(repeat('00', 32), 'hex') from unnest($1) c where not exists (select 1 from heads h where h.company = c) on conflict do nothing", companies.Select(c => (long)c).ToArray()));
        batch.BatchCommands.Add(Command("select company, seq, hash from heads where company = any($1) order by company for update", companies.Select(c => (long)c).ToArray()));
        batch.BatchCommands.Add(Command("select company, kind, next from sequences where (company, kind) in (select * from unnest($1, $2))", kinds.Select(k => (long)k.Company).ToArray(), kinds.Select(k => k.Kind).ToArray()));
        _begun = true;
        using var reader = batch.ExecuteReader();
        while (reader.Read()) heads[(int)reader.GetInt64(0)] = new((int)reader.GetInt64(0), reader.GetInt64(1), reader.GetFieldValue<byte[]>(2));
        reader.NextResult();
        while (reader.Read()) sequences[((int)reader.GetInt64(0), reader.GetString(1))] = reader.GetInt64(2);
    });

    public IReadOnlyList<(CommitUnit Unit, CommitStatus Status)> Write(IReadOnlyList<CommitUnit> units)
    {
        Dictionary<CommitUnit, CommitStatus> failed = [];
        Try(() =>
        {
            using var batch = new NpgsqlBatch(connection);
            List<(Dictionary<(long, long, string), CommitUnit> Expected, CommitStatus Otherwise)> results = [];
            AddKeys(batch, units, results);
            AddRows(batch, units, results);
            var returning = results.Count;
            AddTerms(batch, units);
            if (batch.BatchCommands.Count == 0) return;
            using var reader = batch.ExecuteReader();
            for (var i = 0; i < returning; i++)
            {
                var (expected, otherwise) = results[i];
                while (reader.Read()) expected.Remove((reader.GetInt64(0), reader.GetInt64(1), reader.GetString(2)));
                foreach (var unit in expected.Values) failed.TryAdd(unit, otherwise);
                reader.NextResult();
            }
        });
        return [.. failed.Select(f => (f.Key, f.Value))];
    }

    public void Commit(IReadOnlyList<JournalEntry> entries, IReadOnlyCollection<Head> heads, IReadOnlyCollection<Sequence> sequences, IReadOnlyList<TotalChange> totals) => Try(() =>
    {
        using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Command(
            "insert into journal (company, seq, at, caller, operation, kind, number, version, fact, change, hash) select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            Longs(entries, e => e.Company), Longs(entries, e => e.Seq), Longs(entries, e => Micros.Of(e.At)), Texts(entries, e => e.Caller), entries.Select(e => e.Operation).ToArray(),
            Texts(entries, e => e.Kind), Longs(entries, e => e.Number), Longs(entries, e => e.Version), Texts(entries, e => e.Fact), Texts(entries, e => e.Change), entries.Select(e => e.Hash).ToArray()));
        batch.BatchCommands.Add(Command("update heads h set seq = u.seq, hash = u.hash from unnest($1, $2, $3) u (company, seq, hash) where h.company = u.company",
            Longs(heads, h => h.Company), Longs(heads, h => h.Seq), heads.Select(h => h.Hash).ToArray()));
        if (sequences.Count > 0)
        {
            batch.BatchCommands.Add(Command("insert into sequences (company, kind, next) select * from unnest($1, $2, $3) on conflict (company, kind) do update set next = excluded.next",
                Longs(sequences, s => s.Company), Texts(sequences, s => s.Kind), Longs(sequences, s => s.Next)));
        }
        if (totals.Count > 0)
        {
            batch.BatchCommands.Add(Command("insert into totals as t (company, kind, name, key, count, amount, weighted) select * from unnest($1, $2, $3, $4, $5, $6, $7) on conflict (company, kind, name, key) do update set count = t.count + excluded.count, amount = t.amount + excluded.amount, weighted = t.weighted + excluded.weighted",
                Longs(totals, t => t.Company), Texts(totals, t => t.Kind), Texts(totals, t => t.Total.Name), Texts(totals, t => t.Total.Key), Longs(totals, t => t.Count), Longs(totals, t => t.Total.Amount), Longs(totals, t => t.Total.Weighted)));
        }
        batch.BatchCommands.Add(new NpgsqlBatchCommand("commit"));
        batch.ExecuteNonQuery();
        _committed = true;
    });

    public void Dispose()
    {
        try
        {
            if (_begun && !_committed && connection.State == System.Data.ConnectionState.Open)
            {
                using var rollback = new NpgsqlCommand("rollback", connection);
                rollback.ExecuteNonQuery();
                PostgresStore.ForgetPrepared(connection, _refused);
            }
        }
        catch (NpgsqlException)
        {
            // The connection is gone, and the transaction with it.
        }
        finally
        {
            connection.Dispose();
        }
    }

    private static void AddKeys(NpgsqlBatch batch, IReadOnlyList<CommitUnit> units, List<(Dictionary<(long, long, string), CommitUnit>, CommitStatus)> results)
    {
        var keyed = units.Where(u => u.Call.Idempotency is not null).ToArray();
        if (keyed.Length == 0) return;
        Dictionary<(long, long, string), CommitUnit> expected = [];
        // Two units of one batch with the same key: the first is written, the second is told to replay.
        var first = keyed.Where(u => expected.TryAdd((u.Call.Company.Id, 0, $"{u.Call.Caller.Name} {u.Call.Idempotency!.Key}"), u)).ToArray();
        foreach (var again in keyed.Except(first)) results.Add((new() { [(0, 0, "")] = again }, CommitStatus.Replay));
        foreach (var _ in results) batch.BatchCommands.Add(new NpgsqlBatchCommand("select 0::bigint, 0::bigint, 'none' where false"));
        batch.BatchCommands.Add(Command("""
            insert into idempotency (company, caller, key, fingerprint, created, number, version, body, at)
            select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
            on conflict (company, caller, key) do update set fingerprint = excluded.fingerprint, created = excluded.created, number = excluded.number, version = excluded.version, body = excluded.body, at = excluded.at
              where idempotency.at <= excluded.at - $10
            returning company, 0::bigint, caller || ' ' || key
            """,
            Longs(first, u => u.Call.Company.Id), Texts(first, u => u.Call.Caller.Name), Texts(first, u => u.Call.Idempotency!.Key), first.Select(u => u.Call.Idempotency!.Fingerprint).ToArray(),
            Longs(first, u => u.Writes[0].IsInsert && !u.Writes[0].Entity.IsSettings ? 1 : 0), Longs(first, u => u.Writes[0].Number), Longs(first, u => u.Writes[0].ExpectedVersion + 1),
            first.Select(u => u.Body!()).ToArray(), Longs(first, u => Micros.Of(u.At)), (long)Idempotency.Kept.TotalMicroseconds));
        results.Add((expected, CommitStatus.Replay));
    }

    private static void AddRows(NpgsqlBatch batch, IReadOnlyList<CommitUnit> units, List<(Dictionary<(long, long, string), CommitUnit>, CommitStatus)> results)
    {
        var rows = units.SelectMany(unit => unit.Writes, (unit, write) => (Unit: unit, Write: write));
        foreach (var group in rows.GroupBy(r => (r.Write.Entity, r.Write.IsInsert, Columns: string.Join(',', r.Write.Changed))))
        {
            var (entity, insert, _) = group.Key;
            (CommitUnit Unit, EntityWrite Write)[] items = [.. group];
            var changed = items[0].Write.Changed;
            string[] names = [.. changed.Select(i => entity.ColumnTypes[i].Name)];
            List<object> arrays =
            [
                Longs(items, r => r.Write.Company), Longs(items, r => r.Write.Number), Longs(items, r => r.Write.ExpectedVersion), Longs(items, r => Micros.Of(r.Unit.At)), Texts(items, r => r.Write.Document),
                .. changed.Select(i => entity.ColumnTypes[i].Type is ColumnType.Text or ColumnType.Date
                    ? items.Select(r => (string?)r.Write.Values[i]).ToArray() : (object)items.Select(r => (long?)r.Write.Values[i]).ToArray()),
            ];
            var from = $"unnest({string.Join(", ", arrays.Select((_, i) => $"${i + 1}"))}) as u (company, number, expected, at, doc{string.Concat(names.Select(n => $", {n}"))})";
            batch.BatchCommands.Add(Command(insert
                ? $"insert into {entity.Table} (company, number, version, created_at, updated_at, doc{string.Concat(names.Select(n => $", {n}"))}) select u.company, u.number, 1, u.at, u.at, u.doc{string.Concat(names.Select(n => $", u.{n}"))} from {from} on conflict (company, number) do nothing returning company, number, '{entity.Kind}'"
                : $"update {entity.Table} as t set version = t.version + 1, updated_at = u.at, doc = u.doc{string.Concat(names.Select(n => $", {n} = u.{n}"))} from {from} where t.company = u.company and t.number = u.number and t.version = u.expected returning t.company, t.number, '{entity.Kind}'",
                [.. arrays]));
            results.Add((items.ToDictionary(r => ((long)r.Write.Company, r.Write.Number, entity.Kind), r => r.Unit), CommitStatus.Stale));
        }
    }

    private static void AddTerms(NpgsqlBatch batch, IReadOnlyList<CommitUnit> units)
    {
        var writes = units.SelectMany(u => u.Writes).Where(w => w.TermsAdded.Count + w.TermsRemoved.Count > 0);
        foreach (var group in writes.GroupBy(w => w.Entity.TermTable))
        {
            (EntityWrite Write, Term Term)[] removed = [.. group.SelectMany(w => w.TermsRemoved, (w, t) => (w, t))];
            (EntityWrite Write, Term Term)[] added = [.. group.SelectMany(w => w.TermsAdded, (w, t) => (w, t))];
            if (removed.Length > 0)
            {
                batch.BatchCommands.Add(Command($"delete from {group.Key} where (company, field, value, number) in (select * from unnest($1, $2, $3, $4))",
                    Longs(removed, r => r.Write.Company), Texts(removed, r => r.Term.Field), Texts(removed, r => r.Term.Value), Longs(removed, r => r.Write.Number)));
            }
            if (added.Length > 0)
            {
                batch.BatchCommands.Add(Command($"insert into {group.Key} (company, field, value, number) select * from unnest($1, $2, $3, $4) on conflict do nothing",
                    Longs(added, r => r.Write.Company), Texts(added, r => r.Term.Field), Texts(added, r => r.Term.Value), Longs(added, r => r.Write.Number)));
            }
        }
    }

    private static NpgsqlBatchCommand Command(string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }

    private static long[] Longs<T>(IReadOnlyCollection<T> items, Func<T, long> value) => [.. items.Select(value)];

    private static string[] Texts<T>(IReadOnlyCollection<T> items, Func<T, string> value) => [.. items.Select(value)];

    private void Try(Action work)
    {
        try
        {
            work();
        }
        catch (NpgsqlException broken)
        {
            _refused = broken as PostgresException;
            throw PostgresStore.Fault(broken);
        }
    }
}
