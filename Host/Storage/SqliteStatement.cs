using System.Buffers;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Crm.Host.Storage;

/// <summary>
/// One prepared statement of the writing connection, bound and stepped without the layers of ADO.NET: they cost more than SQLite itself does for a row.
/// Values are bound in the order of the statement's parameters ?1, ?2, …; what is not bound again keeps its last value, so all of them are.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private int _bound;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v3(_database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    /// <summary>Starts anew with the first parameter, whatever became of the last use.</summary>
    public SqliteStatement Begin()
    {
        _bound = 0;
        return this;
    }

    public SqliteStatement Bind(long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, ++_bound, value));
        return this;
    }

    public SqliteStatement Bind(long? value) => value is { } number ? Bind(number) : BindNull();

    public SqliteStatement Bind(byte[] value)
    {
        Check(raw.sqlite3_bind_blob(_statement, ++_bound, value));
        return this;
    }

    public SqliteStatement Bind(string text)
    {
        if (text.Length == 0)
        {
            // An empty span has no address, and a text without one is NULL.
            Check(raw.sqlite3_bind_text(_statement, ++_bound, ""));
            return this;
        }
        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            // SQLite copies the bytes before it returns.
            Check(raw.sqlite3_bind_text(_statement, ++_bound, buffer.AsSpan(0, Encoding.UTF8.GetBytes(text, buffer))));
            return this;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>A list column's value.</summary>
    public SqliteStatement BindColumn(object? value) => value switch
    {
        null => BindNull(),
        long number => Bind(number),
        string text => Bind(text),
        _ => throw new InvalidOperationException($"A column holds text or a 64-bit number, not {value.GetType().Name}."),
    };

    /// <summary>Runs a statement that answers no rows; answers how many it touched.</summary>
    public int Run()
    {
        try
        {
            Step();
            return raw.sqlite3_changes(_database);
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>The first row of a query, read by <paramref name="map"/>; the default when there is none.</summary>
    public T? First<T>(Func<sqlite3_stmt, T> map)
    {
        try
        {
            return Step() ? map(_statement) : default;
        }
        finally
        {
            Reset();
        }
    }

    public void Dispose() => _statement.Dispose();

    private SqliteStatement BindNull()
    {
        Check(raw.sqlite3_bind_null(_statement, ++_bound));
        return this;
    }

    private bool Step()
    {
        var result = raw.sqlite3_step(_statement);
        if (result == raw.SQLITE_ROW) return true;
        if (result != raw.SQLITE_DONE) Check(result);
        return false;
    }

    private void Reset()
    {
        // It repeats the error of the step, which was thrown already.
        _ = raw.sqlite3_reset(_statement);
        _bound = 0;
    }

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK) SqliteException.ThrowExceptionForRC(result, _database);
    }
}
