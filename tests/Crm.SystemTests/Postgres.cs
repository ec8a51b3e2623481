using Npgsql;

[assembly: AssemblyFixture(typeof(Crm.SystemTests.Postgres))]

namespace Crm.SystemTests;

/// <summary>
/// PostgreSQL for the tests: the server named in CRM_TEST_POSTGRES, else one of their own. Tests connect as a role without privileges, as the
/// program should: superusers pass by row-level security.
/// </summary>
public sealed class Postgres : IAsyncLifetime
{
    private readonly string _role = $"crm_test_{Guid.NewGuid():N}";
    private readonly string _password = Guid.NewGuid().ToString("N");
    private readonly SemaphoreSlim _starting = new(1);
    private readonly List<string> _databases = [];
    private PostgresCluster? _cluster;
    private string? _admin;

    public ValueTask InitializeAsync() => default;

    /// <summary>A fresh, empty database: the connection string of the role that owns it.</summary>
    internal async Task<string> NewDatabaseAsync(CancellationToken ct)
    {
        var admin = await AdminAsync(ct);
        var name = $"crm_test_{Guid.NewGuid():N}";
        await RunAsync(admin, $"create database {name} owner {_role}", ct);
        lock (_databases) _databases.Add(name);
        return As(admin, _role, _password, name);
    }

    /// <summary>Makes a role without privileges and a database of its own in a cluster that a test has for itself.</summary>
    internal static async Task<string> NewDatabaseAsync(PostgresCluster cluster, CancellationToken ct)
    {
        var password = Guid.NewGuid().ToString("N");
        await RunAsync(cluster.Admin, $"create role crm login password '{password}'", ct);
        await RunAsync(cluster.Admin, "create database crm owner crm", ct);
        return As(cluster.Admin, "crm", password, "crm");
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null) await _cluster.DisposeAsync();
        else if (_admin is not null)
        {
            foreach (var name in _databases) await RunAsync(_admin, $"drop database {name} with (force)", CancellationToken.None);
            await RunAsync(_admin, $"drop role {_role}", CancellationToken.None);
        }
        _starting.Dispose();
    }

    /// <summary>Ends the test as skipped where the environment says that there is to be no PostgreSQL.</summary>
    internal static void SkipWithout() =>
        Assert.SkipWhen(Environment.GetEnvironmentVariable("CRM_TEST_NO_POSTGRES") == "1", "CRM_TEST_NO_POSTGRES=1: the tests were told to go without PostgreSQL.");

    private async Task<string> AdminAsync(CancellationToken ct)
    {
        SkipWithout();
        await _starting.WaitAsync(ct);
        try
        {
            if (_admin is not null) return _admin;
            var given = Environment.GetEnvironmentVariable("CRM_TEST_POSTGRES");
            if (string.IsNullOrEmpty(given)) _cluster = await PostgresCluster.StartNewAsync(ct);
            var admin = _cluster?.Admin ?? given!;
            await RunAsync(admin, $"create role {_role} login password '{_password}'", ct);
            // To make databases for a role, one has to be a member of it, unless one is a superuser.
            await RunAsync(admin, $"grant {_role} to current_user", ct);
            return _admin = admin;
        }
        finally
        {
            _starting.Release();
        }
    }

    private static string As(string admin, string role, string password, string database) =>
        new NpgsqlConnectionStringBuilder(admin) { Username = role, Password = password, Database = database }.ToString();

    private static async Task RunAsync(string admin, string sql, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(admin) { Pooling = false });
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(ct);
    }
}
