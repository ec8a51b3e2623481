using System.Data.Common;
using Crm.Host.Storage;
using Microsoft.Data.Sqlite;

namespace Crm.SystemTests.Storage;

/// <summary>One SQLite file, in a folder of its own.</summary>
internal sealed class SqliteDatabase(string folder) : TestDatabase
{
    private string File => Path.Combine(folder, "crm.db");

    internal override IReadOnlyDictionary<string, string> ServerSettings => new Dictionary<string, string> { ["Storage:Data"] = folder };

    internal override IStore Open() => new SqliteStore(File);

    internal override async Task<DbConnection> ConnectAsync(CancellationToken ct)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = File, Pooling = false }.ToString());
        await connection.OpenAsync(ct);
        return connection;
    }

    internal override async Task<IReadOnlyList<string>> TablesAsync(CancellationToken ct) =>
        await SelectAsync("select name from sqlite_master where type = 'table' order by name", row => row.GetString(0), ct);
}

/// <summary>SQLite files in a temporary folder.</summary>
public sealed class SqliteDatabases : TestDatabases
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crm-sqlite-");

    internal override Task<TestDatabase> NewAsync(CancellationToken ct) => Task.FromResult<TestDatabase>(new SqliteDatabase(Path.Combine(_folder.FullName, $"{Guid.NewGuid():N}")));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
