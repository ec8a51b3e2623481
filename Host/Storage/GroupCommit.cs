using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Crm.Host.Storage;

/// <summary>
/// Gathers commits while one transaction is under way and writes all of them in the next one. There is no timer and no size to tune: a batch is
/// what gathered meanwhile. Each writer is a thread of its own that waits for the disk.
/// </summary>
internal sealed class GroupCommit : IAsyncDisposable
{
    /// <summary>More than this in one transaction gains nothing and makes the first of them wait.</summary>
    private const int MostInABatch = 1_000;

    private static readonly Meter Meter = new("Crm.Storage");
    private static readonly Histogram<double> Seconds = Meter.CreateHistogram<double>("crm.commit.duration", "s", "One group commit, from its first statement until it is durable");
    private static readonly Histogram<int> Sizes = Meter.CreateHistogram<int>("crm.commit.size", "{command}", "Commands in one group commit");
    private static readonly Counter<long> Failures = Meter.CreateCounter<long>("crm.commit.failures", "{batch}", "Group commits that the database did not answer");

    private readonly IStore _store;
    private readonly int _mostWaiting;
    private readonly Queue<CommitUnit> _waiting = new();
    private readonly Thread[] _writers;
    private bool _closed;

    public GroupCommit(IStore store, int writers, int mostWaiting)
    {
        (_store, _mostWaiting) = (store, mostWaiting);
        _writers = [.. Enumerable.Range(0, writers).Select(i => new Thread(Run) { IsBackground = true, Name = $"commit {i}" })];
        foreach (var writer in _writers) writer.Start();
    }

    /// <summary>How many commits are queued.</summary>
    public int Waiting
    {
        get
        {
            lock (_waiting) return _waiting.Count;
        }
    }

    /// <summary>Queues a commit; null = the queue is full and the caller must be told to come back.</summary>
    public Task<CommitOutcome>? TryEnqueue(CommitUnit unit)
    {
        lock (_waiting)
        {
            if (_closed || _waiting.Count >= _mostWaiting) return null;
            _waiting.Enqueue(unit);
            // A writer at work looks here by itself.
            if (_waiting.Count == 1) Monitor.Pulse(_waiting);
        }
        return unit.Done.Task;
    }

    /// <summary>Lets what is queued be written, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_waiting)
        {
            _closed = true;
            Monitor.PulseAll(_waiting);
        }
        await Task.Run(() => { foreach (var writer in _writers) writer.Join(TimeSpan.FromSeconds(20)); });
    }

    private void Run()
    {
        List<CommitUnit> batch = new(MostInABatch);
        while (Take(batch))
        {
            if (batch.Count > 0) Write(batch);
        }
    }

    /// <summary>Waits for commits and takes all that gathered; false = there will be no more.</summary>
    private bool Take(List<CommitUnit> batch)
    {
        batch.Clear();
        lock (_waiting)
        {
            while (_waiting.Count == 0)
            {
                if (_closed) return false;
                Monitor.Wait(_waiting);
            }
            while (batch.Count < MostInABatch && _waiting.TryDequeue(out var unit))
            {
                if (unit.TryTake()) batch.Add(unit);
            }
            // What one batch could not take is another writer's.
            if (_waiting.Count > 0) Monitor.Pulse(_waiting);
        }
        return true;
    }

    private void Write(List<CommitUnit> batch)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            Commit.Run(_store, batch);
        }
        catch (StorageException away)
        {
            Failures.Add(1);
            foreach (var unit in batch) unit.Fail(away);
        }
        catch (Exception bug)
        {
            // The writer must outlive whatever happens here: every waiting caller hears of it as a 500.
            Failures.Add(1);
            foreach (var unit in batch) unit.Fail(bug);
        }
        Seconds.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
        Sizes.Record(batch.Count);
    }
}
