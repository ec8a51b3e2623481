using System.Data.Common;
using Crm.Host.Storage;
using Npgsql;

namespace Crm.SystemTests.Storage;

/// <summary>One database on a PostgreSQL server.</summary>
/// <param name="connectionString">Of a role that is bound by row-level security.</param>
/// <param name="dataFolder">For what the program keeps beside its database.</param>
internal sealed class PostgresDatabase(string connectionString, string dataFolder) : TestDatabase
{
    internal override IReadOnlyDictionary<string, string> ServerSettings => new Dictionary<string, string> { ["Storage:Postgres"] = connectionString, ["Storage:Data"] = dataFolder };

    internal override IStore Open() => new PostgresStore(connectionString);

    internal override Task<DbConnection> ConnectAsync(CancellationToken ct) => ConnectAsync("*", ct);

    /// <summary>Connects with row-level security set to one company, or to all (<c>*</c>).</summary>
    internal async Task<DbConnection> ConnectAsync(string company, CancellationToken ct)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Options = $"-c crm.company={company}" }.ToString());
        await connection.OpenAsync(ct);
        return connection;
    }

    internal override async Task<IReadOnlyList<string>> TablesAsync(CancellationToken ct) =>
        await SelectAsync("select tablename from pg_tables where schemaname = current_schema() order by tablename collate \"C\"", row => row.GetString(0), ct);
}

/// <summary>Databases on the tests' PostgreSQL server.</summary>
public sealed class PostgresDatabases(Postgres server) : TestDatabases
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crm-data-");

    internal override async Task<TestDatabase> NewAsync(CancellationToken ct) => new PostgresDatabase(await server.NewDatabaseAsync(ct), NewFolder());

    /// <summary>The one database of a cluster that a test has for itself.</summary>
    internal async Task<TestDatabase> NewAsync(PostgresCluster cluster, CancellationToken ct) => new PostgresDatabase(await Postgres.NewDatabaseAsync(cluster, ct), NewFolder());

    private string NewFolder() => _folder.CreateSubdirectory($"{Guid.NewGuid():N}").FullName;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
