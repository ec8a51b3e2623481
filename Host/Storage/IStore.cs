namespace Crm.Host.Storage;

/// <summary>One of the two databases. All that differs between SQLite and PostgreSQL is behind this; the order of a commit is in <see cref="Commit"/>.</summary>
internal interface IStore : IDatabase, IAsyncDisposable
{
    /// <summary>What the schema scripts may say only here: <c>sqlite</c> or <c>postgres</c>.</summary>
    string Dialect { get; }

    /// <summary>True = other hosts write here too, so that what is in memory may be old until a commit has looked.</summary>
    bool IsShared => Dialect != "sqlite";

    /// <summary>Runs the schema scripts that are missing, one process at a time.</summary>
    /// <exception cref="StorageException">The schema is newer than this program, or the database does not answer.</exception>
    void Migrate(IReadOnlyList<SchemaScript> scripts, TimeProvider clock);

    /// <summary>Begins the transaction of one batch. Called on a writer's own thread, which waits for the disk so that no other thread has to.</summary>
    IBatch Begin();

    /// <summary>One row by its key; null = none.</summary>
    Task<StoredRow?> LoadAsync(IEntity entity, int company, long number, CancellationToken ct);
}

/// <summary>A row as stored.</summary>
internal sealed record StoredRow(long Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, string Document);

/// <summary>The end of a company's journal: the last entry's number and hash. A company without entries has seq 0 and 32 zero bytes.</summary>
internal sealed record Head(int Company, long Seq, byte[] Hash);

/// <summary>The next number of a kind in a company.</summary>
internal sealed record Sequence(int Company, string Kind, long Next);

/// <summary>The transaction of one batch. Disposing it without <see cref="Commit"/> leaves no trace.</summary>
internal interface IBatch : IDisposable
{
    /// <summary>Locks the companies' journals against other hosts and reads their ends and the sequences asked for.</summary>
    void Lock(IReadOnlyList<int> companies, IReadOnlyList<(int Company, string Kind)> kinds, Dictionary<int, Head> heads, Dictionary<(int, string), long> sequences);

    /// <summary>Writes rows, terms and idempotency keys; answers the units that cannot be: a stale version, a key used before.</summary>
    /// <exception cref="StatementException">The data of one of the units is refused.</exception>
    IReadOnlyList<(CommitUnit Unit, CommitStatus Status)> Write(IReadOnlyList<CommitUnit> units);

    /// <summary>Appends to the journals, stores their new ends, the sequences and the changes of sums, and makes all of it durable.</summary>
    void Commit(IReadOnlyList<JournalEntry> entries, IReadOnlyCollection<Head> heads, IReadOnlyCollection<Sequence> sequences, IReadOnlyList<TotalChange> totals);
}
