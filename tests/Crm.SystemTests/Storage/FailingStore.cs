using System.Data.Common;
using Crm.Host.Storage;

namespace Crm.SystemTests.Storage;

/// <summary>Where a batch can fail.</summary>
public enum Stage
{
    /// <summary>No connection.</summary>
    Begin,
    /// <summary>While the journals are locked.</summary>
    Lock,
    /// <summary>While rows are written.</summary>
    Write,
    /// <summary>Before the transaction is durable.</summary>
    Commit,
    /// <summary>The transaction is durable, and its answer is lost.</summary>
    Answer,
}

/// <summary>A real store whose next batches fail, or wait, where a test says.</summary>
internal sealed class FailingStore(IStore store) : IStore
{
    /// <summary>The stage at which batches fail; null = they do not.</summary>
    public Stage? FailAt { get; set; }

    /// <summary>A batch that is about to become durable waits for this.</summary>
    public ManualResetEventSlim MayCommit { get; } = new(initialState: true);

    /// <summary>How many batches have come as far as waiting.</summary>
    public SemaphoreSlim Arrived { get; } = new(0);

    public string Dialect => store.Dialect;

    public void Migrate(IReadOnlyList<SchemaScript> scripts, TimeProvider clock) => store.Migrate(scripts, clock);

    public Task<StoredRow?> LoadAsync(IEntity entity, int company, long number, CancellationToken ct) => store.LoadAsync(entity, company, number, ct);

    public Task<List<T>> QueryAsync<T>(CompanyRef company, string sql, IReadOnlyList<Argument> arguments, Func<DbDataReader, T> map, CancellationToken ct) => store.QueryAsync(company, sql, arguments, map, ct);

    public Task<int> ExecuteAsync(CompanyRef company, string sql, IReadOnlyList<Argument> arguments, CancellationToken ct) => store.ExecuteAsync(company, sql, arguments, ct);

    public Task<IReadOnlyList<int>> CompaniesWithAsync(string table, string condition, CancellationToken ct) => store.CompaniesWithAsync(table, condition, ct);

    public IBatch Begin()
    {
        Fail(Stage.Begin);
        return new Batch(this, store.Begin());
    }

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        MayCommit.Dispose();
        Arrived.Dispose();
    }

    private void Fail(Stage stage)
    {
        if (FailAt == stage) throw new StorageException($"The test says no at {stage}.");
    }

    private sealed class Batch(FailingStore owner, IBatch batch) : IBatch
    {
        public void Lock(IReadOnlyList<int> companies, IReadOnlyList<(int Company, string Kind)> kinds, Dictionary<int, Head> heads, Dictionary<(int, string), long> sequences)
        {
            batch.Lock(companies, kinds, heads, sequences);
            owner.Fail(Stage.Lock);
        }

        public IReadOnlyList<(CommitUnit Unit, CommitStatus Status)> Write(IReadOnlyList<CommitUnit> units)
        {
            var failed = batch.Write(units);
            owner.Fail(Stage.Write);
            return failed;
        }

        public void Commit(IReadOnlyList<JournalEntry> entries, IReadOnlyCollection<Head> heads, IReadOnlyCollection<Sequence> sequences, IReadOnlyList<TotalChange> totals)
        {
            owner.Arrived.Release();
            owner.MayCommit.Wait();
            owner.Fail(Stage.Commit);
            batch.Commit(entries, heads, sequences, totals);
            owner.Fail(Stage.Answer);
        }

        public void Dispose() => batch.Dispose();
    }
}
