using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Crm.Host.Storage;

/// <summary>
/// The embedded database: one file, WAL, <c>synchronous=FULL</c>. One connection writes, on the committing thread; reads have their own connections
/// and never wait for the writer. The log is moved into the file beside the writer (<see cref="SqliteLog"/>).
/// </summary>
internal sealed class SqliteStore : IStore
{
    private readonly string _file;
    private readonly SqliteConnection _writer;
    private readonly Lock _writing = new();
    private readonly SqliteStatements _statements;
    private readonly ConcurrentBag<Reader> _readers = [];
    private readonly SqliteLog _log;

    public SqliteStore(string file)
    {
        _file = file;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        try
        {
            // A small cache over a mapped file: when pages were split, SQLite walks through its whole cache at the commit.
            _writer = Open("pragma journal_mode=wal; pragma synchronous=full; pragma wal_autocheckpoint=0; pragma mmap_size=1073741824; pragma cache_size=-16384; pragma temp_store=memory");
            using var check = new SqliteCommand("pragma synchronous", _writer);
            if (check.ExecuteScalar() is not 2L) throw new StorageException("SQLite would answer before the disk has it: its setting synchronous is not FULL.");
            _log = new(file, _writer, Open("pragma synchronous=full"));
        }
        catch (SqliteException broken)
        {
            throw Fault(broken);
        }
        _statements = new(_writer);
    }

    public string Dialect => "sqlite";

    public void Migrate(IReadOnlyList<SchemaScript> scripts, TimeProvider clock)
    {
        lock (_writing)
        {
            try
            {
                _statements.Run("begin exclusive");
                _statements.Run(SchemaPlan.Table);
                List<(string, int)> applied = [];
                using (var select = new SqliteCommand("select module, number from schema_scripts", _writer))
                using (var rows = select.ExecuteReader())
                {
                    while (rows.Read()) applied.Add((rows.GetString(0), rows.GetInt32(1)));
                }
                foreach (var script in SchemaPlan.Missing(scripts, applied))
                {
                    _statements.Run(script.For(Dialect));
                    using var insert = new SqliteCommand("insert into schema_scripts (module, number, name, applied_at) values (@module, @number, @name, @at)", _writer);
                    insert.Parameters.AddWithValue("@module", script.Module);
                    insert.Parameters.AddWithValue("@number", script.Number);
                    insert.Parameters.AddWithValue("@name", script.Name);
                    insert.Parameters.AddWithValue("@at", Micros.Of(clock.GetUtcNow()));
                    insert.ExecuteNonQuery();
                }
                _statements.Run("commit");
            }
            catch (SqliteException broken)
            {
                Rollback();
                throw new StorageException($"The schema could not be brought up to date: {broken.Message}", broken);
            }
            catch (StorageException)
            {
                Rollback();
                throw;
            }
        }
    }

    public IBatch Begin()
    {
        _writing.Enter();
        try
        {
            // Here, and not after the last commit: whoever waited for that one has the answer by now.
            _log.Tend();
            _statements.Raw("begin immediate").Run();
            return new SqliteBatch(_statements, this);
        }
        catch (Exception broken)
        {
            _writing.Exit();
            if (broken is SqliteException fault) throw Fault(fault);
            throw;
        }
    }

    public Task<StoredRow?> LoadAsync(IEntity entity, int company, long number, CancellationToken ct)
    {
        var rows = Read($"select version, created_at, updated_at, doc from {entity.Table} where company = @company and number = @number", company,
            [new("number", number)], row => new StoredRow(row.GetInt64(0), Micros.ToInstant(row.GetInt64(1)), Micros.ToInstant(row.GetInt64(2)), row.GetString(3)));
        return Task.FromResult(rows.Count == 0 ? null : rows[0]);
    }

    public Task<List<T>> QueryAsync<T>(CompanyRef company, string sql, IReadOnlyList<Argument> arguments, Func<DbDataReader, T> map, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return Task.FromResult(Read(sql, company.Id, arguments, map));
    }

    public Task<int> ExecuteAsync(CompanyRef company, string sql, IReadOnlyList<Argument> arguments, CancellationToken ct)
    {
        CompanyScope.Check(sql);
        // The writer's lock is held for as long as a commit takes; waiting for it belongs on a thread that may wait.
        return Task.Run(() =>
        {
            lock (_writing)
            {
                try
                {
                    return _statements.Execute(sql, company.Id, arguments);
                }
                catch (SqliteException broken)
                {
                    throw Fault(broken);
                }
            }
        }, ct);
    }

    public Task<IReadOnlyList<int>> CompaniesWithAsync(string table, string condition, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<int>>(Read($"select distinct company from {table} where {condition} and @company = 0", 0, [], row => row.GetInt32(0)));

    public ValueTask DisposeAsync()
    {
        lock (_writing)
        {
            foreach (var reader in _readers) reader.Dispose();
            _statements.Dispose();
            _writer.Dispose();
            _log.Dispose();
            SqliteConnection.ClearAllPools();
        }
        return default;
    }

    internal void End(bool committed)
    {
        if (!committed) Rollback();
        _writing.Exit();
    }

    /// <summary>What a failure means: the statement's own data (too big, a constraint, a wrong type), or a database that does not answer.</summary>
    internal static Exception Fault(SqliteException broken) => broken.SqliteErrorCode is 18 or 19 or 20
        ? new StatementException($"SQLite refused a statement ({broken.SqliteExtendedErrorCode}).", broken.Message, broken)
        : new StorageException($"The database does not answer: SQLite error {broken.SqliteErrorCode} ({broken.SqliteExtendedErrorCode}).", broken);

    private List<T> Read<T>(string sql, int company, IReadOnlyList<Argument> arguments, Func<DbDataReader, T> map)
    {
        CompanyScope.Check(sql);
        Reader? reader = null;
        try
        {
            if (!_readers.TryTake(out reader)) reader = new(Open("pragma query_only=1; pragma mmap_size=268435456; pragma cache_size=-16384; pragma temp_store=memory"));
            return reader.Statements.Query(sql, company, arguments, map);
        }
        catch (SqliteException broken)
        {
            throw Fault(broken);
        }
        finally
        {
            if (reader is not null) _readers.Add(reader);
        }
    }

    private SqliteConnection Open(string pragmas)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _file, Pooling = false, DefaultTimeout = 10 }.ToString());
        try
        {
            connection.Open();
            // One by one: what fails after a statement that answers a row would be passed over in silence.
            foreach (var pragma in $"pragma busy_timeout=10000; {pragmas}".Split(';'))
            {
                using var command = new SqliteCommand(pragma, connection);
                command.ExecuteNonQuery();
            }
            return connection;
        }
        catch (SqliteException)
        {
            connection.Dispose();
            throw;
        }
    }

    private void Rollback()
    {
        try { _statements.Run("rollback"); }
        catch (SqliteException) { /* SQLite has rolled back by itself, as after a full disk; there is nothing left to undo. */ }
    }

    private sealed class Reader(SqliteConnection connection) : IDisposable
    {
        public SqliteStatements Statements { get; } = new(connection);

        public void Dispose()
        {
            Statements.Dispose();
            connection.Dispose();
        }
    }
}

/// <summary>The last guard that a statement is for one company.</summary>
internal static class CompanyScope
{
    public static void Check(string sql)
    {
        if (!sql.Contains("@company", StringComparison.Ordinal)) throw new InvalidOperationException("Every statement names @company.");
    }
}
