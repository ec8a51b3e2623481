namespace Crm.StandIns;

/// <summary>An outside system's own clock, which a test sets ahead, behind or on.</summary>
public sealed class StandInClock : TimeProvider
{
    private readonly DateTimeOffset _start = System.GetUtcNow();
    private long _ahead;

    /// <summary>How far it is ahead of the real one.</summary>
    public TimeSpan Ahead { get => TimeSpan.FromTicks(Interlocked.Read(ref _ahead)); set => Interlocked.Exchange(ref _ahead, value.Ticks); }

    /// <summary>How many times faster than the real one it goes from the start on; 0 = it stands at its start.</summary>
    public int Speed { get; set; } = 1;

    public override DateTimeOffset GetUtcNow() => _start + ((System.GetUtcNow() - _start) * Speed) + Ahead;
}

/// <summary>So many requests in a sliding window; those over it are refused and not counted.</summary>
internal sealed class SlidingWindow(int most, TimeSpan window, TimeProvider clock)
{
    private readonly Queue<DateTimeOffset> _passed = new();

    /// <summary>Null = it may pass; else how long until one may.</summary>
    public TimeSpan? Enter()
    {
        lock (_passed)
        {
            var now = clock.GetUtcNow();
            while (_passed.TryPeek(out var oldest) && oldest + window <= now) _passed.Dequeue();
            if (_passed.Count >= most) return _passed.Peek() + window - now;
            _passed.Enqueue(now);
            return null;
        }
    }
}
