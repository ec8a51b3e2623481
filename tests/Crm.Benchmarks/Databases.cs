using Crm.SystemTests;
using Npgsql;

namespace Crm.Benchmarks;

/// <summary>Fresh databases for every side, thrown away at the end.</summary>
internal sealed class Databases(Options options) : IAsyncDisposable
{
    private PostgresCluster? _cluster;
    private string? _server = options.Postgres;
    private readonly string _folder = Directory.CreateTempSubdirectory("crm-benchmarks-").FullName;
    private readonly List<string> _created = [];

    /// <summary>A folder for a side's files.</summary>
    public string Folder(string side) => Directory.CreateDirectory(Path.Combine(_folder, side)).FullName;

    /// <summary>An empty PostgreSQL database for a side.</summary>
    public async Task<string> PostgresAsync(string side)
    {
        _server ??= (_cluster = await PostgresCluster.StartNewAsync(CancellationToken.None)).Admin;
        var server = _server;
        var name = $"crm_bench_{side}_{Environment.ProcessId}";
        var password = Guid.NewGuid().ToString("N");
        // A role without privileges, as the program should have: superusers pass by row-level security.
        await ExecuteAsync(server, $"create role {name} login password '{password}'");
        _created.Add(name);
        await ExecuteAsync(server, $"grant {name} to current_user");
        await ExecuteAsync(server, $"create database {name} owner {name}");
        return new NpgsqlConnectionStringBuilder(server) { Database = name, Username = name, Password = password }.ToString();
    }

    /// <summary>What autovacuum would have done by the next day.</summary>
    public static async Task VacuumAsync(string postgres)
    {
        await using var connection = new NpgsqlConnection(postgres);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("vacuum analyze", connection) { CommandTimeout = 600 };
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var name in _created)
        {
            await ExecuteAsync(_server!, $"drop database if exists {name} with (force)");
            await ExecuteAsync(_server!, $"drop role {name}");
        }
        if (_cluster is not null) await _cluster.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task ExecuteAsync(string server, string sql)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
