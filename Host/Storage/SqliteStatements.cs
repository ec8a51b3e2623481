using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Crm.Host.Storage;

/// <summary>The prepared statements of one connection, kept by their text. Not thread-safe, as the connection is not.</summary>
internal sealed class SqliteStatements(SqliteConnection connection) : IDisposable
{
    /// <summary>Lists make texts by filter and sort; past this many the least known way is the simplest: forget all.</summary>
    private const int Most = 300;

    private readonly Dictionary<string, SqliteCommand> _prepared = [];

    private readonly Dictionary<string, SqliteStatement> _raw = [];
    private readonly Dictionary<(string Table, bool Insert, ulong Changed), string> _rowTexts = [];

    public void Run(string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>The batch's own statements; there are a few of each entity.</summary>
    public SqliteStatement Raw(string sql)
    {
        if (!_raw.TryGetValue(sql, out var statement)) _raw.Add(sql, statement = new SqliteStatement(connection, sql));
        return statement.Begin();
    }

    /// <summary>The text that writes a row: ?1 to ?5 are company, number, instant, document and expected version, then the changed columns.</summary>
    public string RowText(IEntity entity, bool insert, int[] changed)
    {
        var key = (entity.Table, insert, changed.Aggregate(0UL, (set, column) => set | (1UL << column)));
        if (_rowTexts.TryGetValue(key, out var text)) return text;
        // A table has fewer columns than the key has bits; the key would be wrong otherwise.
        ArgumentOutOfRangeException.ThrowIfGreaterThan(entity.ColumnTypes.Count, 64, nameof(entity));
        var names = changed.Select(i => entity.ColumnTypes[i].Name).ToArray();
        text = insert
            ? $"insert into {entity.Table} (company, number, created_at, updated_at, doc, version{string.Concat(names.Select(n => $", {n}"))}) values (?1, ?2, ?3, ?3, ?4, ?5 + 1{string.Concat(names.Select((_, i) => $", ?{i + 6}"))}) on conflict (company, number) do nothing"
            : $"update {entity.Table} set version = version + 1, updated_at = ?3, doc = ?4{string.Concat(names.Select((n, i) => $", {n} = ?{i + 6}"))} where company = ?1 and number = ?2 and version = ?5";
        return _rowTexts[key] = text;
    }

    public int Execute(string sql, int company, IReadOnlyList<Argument> arguments) => Bind(sql, company, arguments).ExecuteNonQuery();

    public List<T> Query<T>(string sql, int company, IReadOnlyList<Argument> arguments, Func<DbDataReader, T> map)
    {
        List<T> rows = [];
        using var reader = Bind(sql, company, arguments).ExecuteReader();
        while (reader.Read()) rows.Add(map(reader));
        return rows;
    }

    public void Dispose()
    {
        Forget();
        foreach (var statement in _raw.Values) statement.Dispose();
        _raw.Clear();
    }

    private void Forget()
    {
        foreach (var command in _prepared.Values) command.Dispose();
        _prepared.Clear();
    }

    private SqliteCommand Bind(string sql, int company, IReadOnlyList<Argument> arguments)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = Prepare(sql);
            command.Parameters.Add(new SqliteParameter("@company", company));
        }
        command.Parameters[0].Value = company;
        for (var i = 0; i < arguments.Count; i++) Parameter(command, i + 1, arguments[i].Name).Value = arguments[i].Value ?? DBNull.Value;
        return command;
    }

    /// <summary>The same text may come with values that it does not use, those of a list's other conditions: so the place is only a guess, and the name counts.</summary>
    private static SqliteParameter Parameter(SqliteCommand command, int place, string name)
    {
        var parameters = command.Parameters;
        if (place < parameters.Count && parameters[place].ParameterName.AsSpan(1).SequenceEqual(name)) return parameters[place];
        var at = parameters.IndexOf($"@{name}");
        return at >= 0 ? parameters[at] : parameters.Add(new SqliteParameter($"@{name}", null));
    }

    private SqliteCommand Prepare(string sql)
    {
        if (_prepared.Count >= Most) Forget();
        var command = new SqliteCommand(sql, connection);
        _prepared.Add(sql, command);
        return command;
    }
}
