using Npgsql;

namespace Crm.Benchmarks;

/// <summary>Fresh databases for every side, thrown away at the end.</summary>
internal sealed class Databases(Options options) : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crm-benchmarks-").FullName;
    private readonly List<string> _created = [];

    /// <summary>A folder for a side's files.</summary>
    public string Folder(string side) => Directory.CreateDirectory(Path.Combine(_folder, side)).FullName;

    /// <summary>An empty PostgreSQL database for a side.</summary>
    public async Task<string> PostgresAsync(string side)
    {
        var server = options.Postgres ?? throw new InvalidOperationException("Give --postgres.");
        var name = $"crm_bench_{side}_{Environment.ProcessId}";
        await ExecuteAsync(server, $"create database {name}");
        _created.Add(name);
        return new NpgsqlConnectionStringBuilder(server) { Database = name }.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var name in _created) await ExecuteAsync(options.Postgres!, $"drop database if exists {name} with (force)");
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
