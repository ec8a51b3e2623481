using System.Diagnostics.CodeAnalysis;

namespace Crm.Host.Plugins;

/// <summary>
/// When a call has to be over, and whether it has been counted. It comes when its time is up, when the caller has gone, and when the version has to stop.
/// Plugins register callbacks on its token; what they throw must not end on a thread of the timer's, where it would end the process.
/// </summary>
[SuppressMessage("Reliability", "CA2213", Justification = "Never disposed as a whole: a call that nobody waits for any more may still look at the token.")]
internal sealed class Deadline : CancellationTokenSource
{
    private const int Idle = 0, Waiting = 1, Running = 2, Counted = 3;
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private readonly CancellationTokenRegistration _stopping;
    private long _begun;
    private int _state, _hasElapsed;

    public Deadline(TimeProvider clock, CancellationToken stopping)
    {
        _clock = clock;
        // The timer would keep whatever the first caller's context leads to.
        using (ExecutionContext.SuppressFlow()) _timer = clock.CreateTimer(static deadline => ((Deadline)deadline!).Elapsed(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _stopping = stopping.UnsafeRegister(static deadline => ((Deadline)deadline!).Now(), this);
    }

    public TimeSpan Limit { get; private set; }

    public void Begin(TimeSpan limit)
    {
        Volatile.Write(ref _begun, _clock.GetTimestamp());
        Limit = limit;
        Volatile.Write(ref _state, Waiting);
        _timer.Change(limit, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The plugin has the call now.</summary>
    public void Run() => Volatile.Write(ref _state, Running);

    /// <summary>True for the one who counts it; nobody counts a call that the plugin never had.</summary>
    public bool Counts() => Interlocked.CompareExchange(ref _state, Counted, Running) == Running;

    /// <summary>It has come.</summary>
    public void Now()
    {
        try { Cancel(); }
        catch (AggregateException) { /* The plugin's own callbacks; all of them have run. */ }
    }

    /// <summary>The call is over. True = it can be used for another; one that has come cannot, and lets go of everything.</summary>
    public bool TryEnd()
    {
        Volatile.Write(ref _state, Idle);
        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        // A timer that has begun to call might cancel the next call for this one.
        if (Volatile.Read(ref _hasElapsed) == 0 && TryReset()) return true;
        _timer.Dispose();
        _stopping.Unregister();
        return false;
    }

    /// <summary>Timers of the call before may be late, and others a little early.</summary>
    private void Elapsed()
    {
        Interlocked.Exchange(ref _hasElapsed, 1);
        if (Volatile.Read(ref _state) == Idle) return;
        var left = Limit - _clock.GetElapsedTime(Volatile.Read(ref _begun));
        if (left <= TimeSpan.Zero) Now();
        else _timer.Change(left + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
    }
}
