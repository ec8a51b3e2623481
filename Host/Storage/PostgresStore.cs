using System.Data.Common;
using Npgsql;
using NpgsqlTypes;

namespace Crm.Host.Storage;

/// <summary>
/// The database of several hosts. Reads run under row-level security with the company of the call; the writers, which commit for many companies
/// at once, are the only connections that see all.
/// </summary>
internal sealed class PostgresStore : IStore
{
    private readonly NpgsqlDataSource _reading;
    private readonly NpgsqlDataSource _writing;

    public PostgresStore(string connectionString, int readConnections = 32)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxAutoPrepare = 200,
            AutoPrepareMinUsages = 2,
            CommandTimeout = 15,
            Timeout = 5,
            CancellationTimeout = 2_000,
            ApplicationName = "crm",
            NoResetOnClose = true,
        };
        settings.MaxPoolSize = readConnections;
        _reading = new NpgsqlDataSourceBuilder(settings.ToString()).Build();
        settings.MaxPoolSize = 8;
        // The locks of a host that hangs in the middle of a commit hold up its companies; after so long the server ends that transaction.
        settings.Options = "-c crm.company=* -c synchronous_commit=on -c idle_in_transaction_session_timeout=5s";
        _writing = new NpgsqlDataSourceBuilder(settings.ToString()).Build();
    }

    public string Dialect => "postgres";

    public void Migrate(IReadOnlyList<SchemaScript> scripts, TimeProvider clock)
    {
        try
        {
            using var connection = _writing.OpenConnection();
            using var transaction = connection.BeginTransaction();
            Run(connection, "select pg_advisory_xact_lock(7236401)"); // Any number will do, as long as every version of the program uses it.
            Run(connection, SchemaPlan.Table);
            List<(string, int)> applied = [];
            using (var select = new NpgsqlCommand("select module, number::int from schema_scripts", connection))
            using (var rows = select.ExecuteReader())
            {
                while (rows.Read()) applied.Add((rows.GetString(0), rows.GetInt32(1)));
            }
            var missing = SchemaPlan.Missing(scripts, applied);
            foreach (var script in missing)
            {
                Run(connection, script.For(Dialect));
                using var insert = new NpgsqlCommand("insert into schema_scripts (module, number, name, applied_at) values ($1, $2, $3, $4)", connection)
                {
                    Parameters = { new() { Value = script.Module }, new() { Value = (long)script.Number }, new() { Value = script.Name }, new() { Value = Micros.Of(clock.GetUtcNow()) } },
                };
                insert.ExecuteNonQuery();
            }
            if (missing.Count > 0) Run(connection, RowSecurity);
            transaction.Commit();
        }
        catch (NpgsqlException broken)
        {
            throw new StorageException($"The schema could not be brought up to date: {broken.Message}", broken);
        }
    }

    public IBatch Begin()
    {
        try
        {
            return new PostgresBatch(_writing.OpenConnection());
        }
        catch (NpgsqlException away)
        {
            throw Fault(away);
        }
    }

    public async Task<StoredRow?> LoadAsync(IEntity entity, int company, long number, CancellationToken ct)
    {
        var rows = await ReadAsync($"select version, created_at, updated_at, doc from {entity.Table} where company = @company and number = @number", company,
            [new("number", number)], row => new StoredRow(row.GetInt64(0), Micros.ToInstant(row.GetInt64(1)), Micros.ToInstant(row.GetInt64(2)), row.GetString(3)), ct);
        return rows.Count == 0 ? null : rows[0];
    }

    public Task<List<T>> QueryAsync<T>(CompanyRef company, string sql, IReadOnlyList<Argument> arguments, Func<DbDataReader, T> map, CancellationToken ct) =>
        ReadAsync(sql, company.Id, arguments, map, ct);

    public Task<int> ExecuteAsync(CompanyRef company, string sql, IReadOnlyList<Argument> arguments, CancellationToken ct) => RunAsync(sql, company.Id, arguments, async (batch, reader) =>
    {
        while (await reader.NextResultAsync(ct)) { }
        return (int)batch.BatchCommands[1].RecordsAffected;
    }, ct);

    public async Task<IReadOnlyList<int>> CompaniesWithAsync(string table, string condition, CancellationToken ct)
    {
        try
        {
            await using var command = _writing.CreateCommand($"select distinct company from {table} where {condition}");
            await using var reader = await command.ExecuteReaderAsync(ct);
            List<int> companies = [];
            while (await reader.ReadAsync(ct)) companies.Add((int)reader.GetInt64(0));
            return companies;
        }
        catch (NpgsqlException away)
        {
            throw Fault(away);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _reading.DisposeAsync();
        await _writing.DisposeAsync();
    }

    /// <summary>What a failure means: the statement's own data, or a database that does not answer.</summary>
    internal static Exception Fault(NpgsqlException broken) => broken switch
    {
        PostgresException { SqlState: ['2', '2' or '3', ..] or ['5', '4', ..] } refused => new StatementException($"PostgreSQL refused a statement ({refused.SqlState}).", refused.ConstraintName, refused),
        PostgresException other => new StorageException($"The database does not answer: SQLSTATE {other.SqlState}.", other),
        _ => new StorageException($"The database does not answer: {(broken.InnerException ?? broken).GetType().Name}.", broken),
    };

    /// <summary>
    /// A statement that failed while the driver was preparing it is left half prepared and breaks the connection at its next use
    /// (npgsql/npgsql#6391); after a failure, which is rare, every statement is prepared anew.
    /// </summary>
    internal static void ForgetPrepared(NpgsqlConnection connection, PostgresException? failure)
    {
        if (failure is not null) connection.UnprepareAll();
    }

    private Task<List<T>> ReadAsync<T>(string sql, int company, IReadOnlyList<Argument> arguments, Func<DbDataReader, T> map, CancellationToken ct) => RunAsync(sql, company, arguments, async (_, reader) =>
    {
        List<T> rows = [];
        while (await reader.ReadAsync(ct)) rows.Add(map(reader));
        return rows;
    }, ct);

    private async Task<T> RunAsync<T>(string sql, int company, IReadOnlyList<Argument> arguments, Func<NpgsqlBatch, NpgsqlDataReader, Task<T>> read, CancellationToken ct)
    {
        try
        {
            await using var connection = await _reading.OpenConnectionAsync(ct);
            try
            {
                await using var batch = Scoped(connection, sql, company, arguments);
                await using var reader = await batch.ExecuteReaderAsync(ct);
                await reader.NextResultAsync(ct);
                return await read(batch, reader);
            }
            catch (PostgresException failure) when (connection.State == System.Data.ConnectionState.Open)
            {
                ForgetPrepared(connection, failure);
                throw;
            }
        }
        catch (NpgsqlException broken)
        {
            throw Fault(broken);
        }
    }

    /// <summary>The company for row-level security and the statement itself, in one round trip.</summary>
    private static NpgsqlBatch Scoped(NpgsqlConnection connection, string sql, int company, IReadOnlyList<Argument> arguments)
    {
        CompanyScope.Check(sql);
        var statement = new NpgsqlBatchCommand(sql) { Parameters = { new NpgsqlParameter<long>("company", company) } };
        foreach (var argument in arguments)
        {
            statement.Parameters.Add(argument.Value switch
            {
                long number => new NpgsqlParameter<long>(argument.Name, number),
                int number => new NpgsqlParameter<long>(argument.Name, number),
                string text => new NpgsqlParameter<string>(argument.Name, text),
                byte[] bytes => new NpgsqlParameter<byte[]>(argument.Name, bytes),
                null => new NpgsqlParameter(argument.Name, NpgsqlDbType.Text) { Value = DBNull.Value },
                var other => throw new ArgumentException($"@{argument.Name} is a {other.GetType().Name}.", nameof(arguments)),
            });
        }
        var scope = new NpgsqlBatchCommand("select set_config('crm.company', $1, false)") { Parameters = { new NpgsqlParameter<string> { TypedValue = company.ToString(System.Globalization.CultureInfo.InvariantCulture) } } };
        return new NpgsqlBatch(connection) { BatchCommands = { scope, statement } };
    }

    private static void Run(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        command.ExecuteNonQuery();
    }

    /// <summary>
    /// Row-level security on every table that has a company, whoever made it. It holds for the owner too, but not for superusers:
    /// the program should not be run as one. Without a setting no row is seen. The column itself is compared, not a text made of it: the planner has
    /// figures for a column, and none for an expression.
    /// </summary>
    private const string RowSecurity = """
        do $$
        declare t record;
        begin
          for t in select c.table_name from information_schema.columns c join information_schema.tables b using (table_schema, table_name)
                   where c.table_schema = current_schema() and c.column_name = 'company' and b.table_type = 'BASE TABLE' loop
            execute format('alter table %I enable row level security', t.table_name);
            execute format('alter table %I force row level security', t.table_name);
            execute format('drop policy if exists one_company on %I', t.table_name);
            execute format('create policy one_company on %I using (company = nullif(translate(current_setting(''crm.company'', true), ''*'', ''''), '''')::bigint or current_setting(''crm.company'', true) = ''*'')', t.table_name);
          end loop;
        end $$
        """;
}
