using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Crm.Host.Storage;

/// <summary>The prepared statements of one connection, kept by their text. Not thread-safe, as the connection is not.</summary>
internal sealed class SqliteStatements(SqliteConnection connection) : IDisposable
{
    /// <summary>Lists make texts by filter and sort; past this many the least known way is the simplest: forget all.</summary>
    private const int Most = 300;

    private readonly Dictionary<string, SqliteCommand> _prepared = [];

    public void Run(string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>A prepared statement whose parameters @0, @1, … are set in order.</summary>
    public SqliteCommand Get(string sql, int parameters)
    {
        if (_prepared.TryGetValue(sql, out var command)) return command;
        command = Prepare(sql);
        for (var i = 0; i < parameters; i++) command.Parameters.Add(new SqliteParameter($"@{i}", null));
        return command;
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
        foreach (var command in _prepared.Values) command.Dispose();
        _prepared.Clear();
    }

    private SqliteCommand Bind(string sql, int company, IReadOnlyList<Argument> arguments)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = Prepare(sql);
            command.Parameters.Add(new SqliteParameter("@company", company));
            foreach (var argument in arguments) command.Parameters.Add(new SqliteParameter($"@{argument.Name}", null));
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
        if (_prepared.Count >= Most) Dispose();
        var command = new SqliteCommand(sql, connection);
        _prepared.Add(sql, command);
        return command;
    }
}
