using Microsoft.Data.Sqlite;
using SQLitePCL;

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
            if (statements.Raw("select seq, hash from heads where company = ?1").Bind(company)
                .First(row => new Head(company, raw.sqlite3_column_int64(row, 0), raw.sqlite3_column_blob(row, 1).ToArray())) is { } head) heads[company] = head;
        }
        foreach (var (company, kind) in kinds)
        {
            if (statements.Raw("select next from sequences where company = ?1 and kind = ?2").Bind(company).Bind(kind).First(row => (long?)raw.sqlite3_column_int64(row, 0)) is { } next)
                sequences[(company, kind)] = next;
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

    public void Commit(IReadOnlyList<JournalEntry> entries, IReadOnlyCollection<Head> heads, IReadOnlyCollection<Sequence> sequences, IReadOnlyList<TotalChange> totals) => Try(() =>
    {
        var journal = statements.Raw("insert into journal (company, seq, at, caller, operation, kind, number, version, fact, change, hash) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)");
        foreach (var e in entries)
        {
            journal.Bind(e.Company).Bind(e.Seq).Bind(Micros.Of(e.At)).Bind(e.Caller).Bind(e.Operation).Bind(e.Kind)
                .Bind(e.Number).Bind(e.Version).Bind(e.Fact).Bind(e.Change).Bind(e.Hash).Run();
        }
        foreach (var head in heads)
            statements.Raw("insert into heads (company, seq, hash) values (?1, ?2, ?3) on conflict (company) do update set seq = excluded.seq, hash = excluded.hash").Bind(head.Company).Bind(head.Seq).Bind(head.Hash).Run();
        foreach (var sequence in sequences)
            statements.Raw("insert into sequences (company, kind, next) values (?1, ?2, ?3) on conflict (company, kind) do update set next = excluded.next").Bind(sequence.Company).Bind(sequence.Kind).Bind(sequence.Next).Run();
        foreach (var (company, kind, total, count) in totals)
        {
            statements.Raw("insert into totals (company, kind, name, key, count, amount, weighted) values (?1, ?2, ?3, ?4, ?5, ?6, ?7) on conflict do update set count = count + excluded.count, amount = amount + excluded.amount, weighted = weighted + excluded.weighted")
                .Bind(company).Bind(kind).Bind(total.Name).Bind(total.Key).Bind(count).Bind(total.Amount).Bind(total.Weighted).Run();
        }
        statements.Raw("commit").Run();
        _committed = true;
    });

    public void Dispose() => store.End(_committed);

    private bool WriteKey(CommitUnit unit)
    {
        if (unit.Call.Idempotency is not { } key) return true;
        var first = unit.Writes[0];
        return statements.Raw("insert into idempotency (company, caller, key, fingerprint, created, number, version, body, at) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) on conflict (company, caller, key) do update set fingerprint = excluded.fingerprint, created = excluded.created, number = excluded.number, version = excluded.version, body = excluded.body, at = excluded.at where at <= ?10")
            .Bind(unit.Call.Company.Id).Bind(unit.Call.Caller.Name).Bind(key.Key).Bind(key.Fingerprint).Bind(first.IsInsert && !first.Entity.IsSettings ? 1 : 0)
            .Bind(first.Number).Bind(first.ExpectedVersion + 1).Bind(unit.Body!()).Bind(Micros.Of(unit.At)).Bind(Micros.Of(unit.At - Idempotency.Kept)).Run() == 1;
    }

    private bool WriteRow(EntityWrite write, DateTimeOffset at)
    {
        var (entity, company) = (write.Entity, write.Company);
        var row = statements.Raw(statements.RowText(entity, write.IsInsert, write.Changed))
            .Bind(company).Bind(write.Number).Bind(Micros.Of(at)).Bind(write.Document).Bind(write.ExpectedVersion);
        foreach (var column in write.Changed) row.BindColumn(write.Values[column]);
        if (row.Run() != 1) return false;
        foreach (var term in write.TermsRemoved)
            statements.Raw($"delete from {entity.TermTable} where company = ?1 and field = ?2 and value = ?3 and number = ?4").Bind(company).Bind(term.Field).Bind(term.Value).Bind(write.Number).Run();
        foreach (var term in write.TermsAdded)
            statements.Raw($"insert into {entity.TermTable} (company, field, value, number) values (?1, ?2, ?3, ?4) on conflict do nothing").Bind(company).Bind(term.Field).Bind(term.Value).Bind(write.Number).Run();
        return true;
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
}
