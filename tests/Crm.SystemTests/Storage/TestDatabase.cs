using System.Data.Common;
using System.Text;
using Crm.Host.Storage;

namespace Crm.SystemTests.Storage;

/// <summary>One database of either kind, as the tests see it.</summary>
public abstract class TestDatabase
{
    /// <summary>Opens it as one host does.</summary>
    internal abstract IStore Open();

    /// <summary>The settings by which the program finds it.</summary>
    internal abstract IReadOnlyDictionary<string, string> ServerSettings { get; }

    /// <summary>Opens it past the program, seeing every company.</summary>
    internal abstract Task<DbConnection> ConnectAsync(CancellationToken ct);

    /// <summary>The names of all tables, read from the database itself.</summary>
    internal abstract Task<IReadOnlyList<string>> TablesAsync(CancellationToken ct);

    internal async Task<List<T>> SelectAsync<T>(string sql, Func<DbDataReader, T> map, CancellationToken ct)
    {
        await using var connection = await ConnectAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(ct);
        List<T> rows = [];
        while (await reader.ReadAsync(ct)) rows.Add(map(reader));
        return rows;
    }

    internal async Task<int> ExecuteAsync(string sql, CancellationToken ct)
    {
        await using var connection = await ConnectAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Every row of every table as text: two equal dumps are two equal databases.</summary>
    internal async Task<string> DumpAsync(CancellationToken ct)
    {
        var dump = new StringBuilder();
        foreach (var table in await TablesAsync(ct))
        {
            var rows = await SelectAsync($"select * from {table}", row => string.Join('|', Enumerable.Range(0, row.FieldCount).Select(i => row[i] is byte[] bytes ? Convert.ToHexString(bytes) : $"{row[i]}")), ct);
            dump.Append(table).Append('\n').AppendJoin('\n', rows.Order(StringComparer.Ordinal)).Append('\n');
        }
        return dump.ToString();
    }
}

/// <summary>Makes databases of one kind; the first is the one that a test class's tests share.</summary>
public abstract class TestDatabases : IAsyncLifetime
{
    private int _lastCompany;

    internal TestDatabase Shared { get; private set; } = null!;

    /// <summary>A company that no other test has.</summary>
    internal CompanyRef NewCompany()
    {
        var id = Interlocked.Increment(ref _lastCompany);
        return new(id, $"company-{id}");
    }

    internal abstract Task<TestDatabase> NewAsync(CancellationToken ct);

    public async ValueTask InitializeAsync()
    {
        Shared = await NewAsync(TestContext.Current.CancellationToken);
        await using var store = Shared.Open();
        store.Migrate(WidgetSchema.Scripts, TimeProvider.System);
    }

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return default;
    }
}
