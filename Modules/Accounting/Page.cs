using System.Text.Json;

namespace Crm.Accounting;

/// <summary>A page of the accounting system's that is to be stored.</summary>
/// <param name="Company">Whose.</param>
/// <param name="Plugin">Which system.</param>
/// <param name="Before">The run before the page: its cursor leads to the page.</param>
/// <param name="After">The run as it is once the page is stored.</param>
/// <param name="SaveAsync">Commits some commands together with how far the run is.</param>
internal sealed record Page(CompanyRef Company, string Plugin, SyncRun Before, SyncRun After, Func<IReadOnlyList<Send>, SyncRun, CancellationToken, Task> SaveAsync)
{
    /// <summary>Rows that are looked up together, and commands of one commit: as long as one lasts, everybody else's waits.</summary>
    private const int Prepared = 50, Together = 20;

    /// <summary>Stores the rows part by part. Should the host end in the middle, the page is read again, and the rows that are stored are found to be so already.</summary>
    /// <param name="rows">The page's rows.</param>
    /// <param name="prepare">Makes what is missing for some rows, and answers the commands, in groups that belong in one commit.</param>
    /// <param name="ct">Cancels between commits.</param>
    public async Task<SyncRun> StoreAsync<T>(IReadOnlyList<T> rows, Func<T[], Task<IEnumerable<IReadOnlyList<Send>>>> prepare, CancellationToken ct)
    {
        var after = After;
        if (rows.Count == 0) await SaveAsync([], after, ct);
        // What is prepared next builds on what was stored before.
        foreach (var (place, part) in rows.Chunk(Prepared).Index())
            after = await AsReadSends.TryAsync(async () => await StoreAsync(await prepare(part), after, isLast: (place + 1) * Prepared >= rows.Count, ct));
        return after;
    }

    private async Task<SyncRun> StoreAsync(IEnumerable<IReadOnlyList<Send>> groups, SyncRun after, bool isLast, CancellationToken ct)
    {
        List<Send> together = [];
        foreach (var group in groups)
        {
            together.AddRange(group);
            // What partners are told by it is no row of the system's.
            after = after with { Changed = after.Changed + group.Count(c => IsChange(c) && c.StateType.Assembly == typeof(Page).Assembly) };
            if (together.Count(IsChange) < Together) continue;
            await SaveAsync(together, Before, ct);
            together = [];
        }
        // Also when nothing has changed: it keeps the claim.
        await SaveAsync(together, isLast ? after : Before, ct);
        return after;
    }

    private static bool IsChange(Send command) => command is not AsRead;
}

/// <summary>Reads entities of this module by the accounting system's identifiers.</summary>
internal static class ByExternalKey
{
    /// <summary>The rows that are there, by their keys.</summary>
    /// <param name="database">Where.</param>
    /// <param name="company">Whose.</param>
    /// <param name="table">An entity's table with the column external_key.</param>
    /// <param name="keys">Up to a few hundred.</param>
    /// <param name="ct">Cancels.</param>
    public static Task<Dictionary<string, (long Number, T State)>> FindAsync<T>(this IDatabase database, CompanyRef company, string table, IReadOnlyCollection<string> keys, CancellationToken ct) =>
        FindAsync<T>(database, company, table, "external_key", [.. keys], ct);

    /// <summary>The rows whose column has one of some values.</summary>
    public static async Task<Dictionary<string, (long Number, T State)>> FindAsync<T>(this IDatabase database, CompanyRef company, string table, string column, IReadOnlyList<object> values, CancellationToken ct)
    {
        if (values.Count == 0) return [];
        var rows = await database.QueryAsync(company, $"select external_key, number, doc from {table} where company = @company and {column} in ({string.Join(", ", values.Select((_, i) => $"@v{i}"))})",
            [.. values.Select((v, i) => new Argument($"v{i}", v))], row => (Key: row.GetString(0), Number: row.GetInt64(1), State: JsonSerializer.Deserialize<T>(row.GetString(2), Json.State)!), ct);
        return rows.ToDictionary(r => r.Key, r => (r.Number, r.State));
    }
}
