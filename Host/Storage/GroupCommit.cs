using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Threading.Channels;

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

    private readonly Channel<CommitUnit> _waiting;
    private readonly IStore _store;
    private readonly Thread[] _writers;

    public GroupCommit(IStore store, int writers, int mostWaiting)
    {
        _store = store;
        _waiting = Channel.CreateBounded<CommitUnit>(new BoundedChannelOptions(mostWaiting) { SingleReader = writers == 1 });
        _writers = [.. Enumerable.Range(0, writers).Select(i => new Thread(Run) { IsBackground = true, Name = $"commit {i}" })];
        foreach (var writer in _writers) writer.Start();
    }

    /// <summary>How many commits are queued.</summary>
    public int Waiting => _waiting.Reader.Count;

    /// <summary>Queues a commit; null = the queue is full and the caller must be told to come back.</summary>
    public Task<CommitOutcome>? TryEnqueue(CommitUnit unit) => _waiting.Writer.TryWrite(unit) ? unit.Done.Task : null;

    /// <summary>Lets what is queued be written, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await Task.Run(() => { foreach (var writer in _writers) writer.Join(TimeSpan.FromSeconds(20)); });
    }

    private void Run()
    {
        List<CommitUnit> batch = new(MostInABatch);
        while (Wait())
        {
            batch.Clear();
            while (batch.Count < MostInABatch && _waiting.Reader.TryRead(out var unit))
            {
                if (unit.TryTake()) batch.Add(unit);
            }
            if (batch.Count > 0) Write(batch);
        }
    }

    private bool Wait()
    {
        var ready = _waiting.Reader.WaitToReadAsync();
        return ready.IsCompleted ? ready.GetAwaiter().GetResult() : ready.AsTask().GetAwaiter().GetResult();
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
            foreach (var unit in batch) unit.Done.TrySetException(away);
        }
        catch (Exception bug)
        {
            // The writer must outlive whatever happens here: every waiting caller hears of it as a 500.
            Failures.Add(1);
            foreach (var unit in batch) unit.Done.TrySetException(bug);
        }
        Seconds.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
        Sizes.Record(batch.Count);
    }
}
