namespace Crm.Host.Actors;

/// <summary>
/// Lets one command at a time into an entity, in the order of arrival. Costs nothing but a lock while nobody waits: the queue is made when it is first needed.
/// </summary>
internal class Mailbox
{
    private readonly Lock _lock = new();
    private Queue<Waiter>? _waiting;
    private bool _busy;
    private bool _closed;

    /// <summary>How many wait for their turn.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock) return _waiting?.Count ?? 0;
        }
    }

    /// <summary>Waits for its turn. <see cref="Entry.Closed"/> = the entity was released meanwhile: look it up again.</summary>
    /// <param name="most">How many may wait.</param>
    /// <param name="ct">Gives up the place in the queue; nothing has happened then.</param>
    public ValueTask<Entry> EnterAsync(int most, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        Waiter waiter;
        lock (_lock)
        {
            if (_closed) return new(Entry.Closed);
            if (!_busy)
            {
                _busy = true;
                return new(Entry.In);
            }
            _waiting ??= new();
            // Those that gave up keep their places only until somebody needs one.
            if (_waiting.Count >= most) _waiting = new(_waiting.Where(w => !w.Task.IsCompleted));
            if (_waiting.Count >= most) return new(Entry.Full);
            _waiting.Enqueue(waiter = new());
        }
        return new(waiter.WaitAsync(ct));
    }

    /// <summary>Leaves, and lets the next one in.</summary>
    public void Exit()
    {
        lock (_lock)
        {
            while (_waiting is { Count: > 0 })
            {
                // One that gave up meanwhile is passed over.
                if (_waiting.Dequeue().TryLetIn()) return;
            }
            (_waiting, _busy) = (null, false);
        }
    }

    /// <summary>Closes for good, unless somebody is inside.</summary>
    public bool TryClose()
    {
        lock (_lock)
        {
            if (_busy) return false;
            return _closed = true;
        }
    }

    private sealed class Waiter() : TaskCompletionSource<Entry>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public bool TryLetIn() => TrySetResult(Entry.In);

        public async Task<Entry> WaitAsync(CancellationToken ct)
        {
            await using var _ = ct.UnsafeRegister(static (waiter, ct) => ((Waiter)waiter!).TrySetCanceled(ct), this);
            return await Task;
        }
    }
}

internal enum Entry
{
    In,
    Full,
    Closed,
}
