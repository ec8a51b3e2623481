using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Crm.Plugins;
using Crm.Plugins.Loading;
using Crm.Plugins.Packages;

namespace Crm.Host.Plugins;

/// <summary>
/// What one version's calls may use: how many run at once, for how long, and whether it makes sense to try at all. Counts how they went.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "A call that nobody waits for any more may still give its place back; nothing here holds a handle.")]
internal sealed class CallGuards(PluginLimits limits, TimeProvider clock, CancellationToken stopping)
{
    /// <summary>Failures in a row of one company that open its breaker, and for how long it stays open.</summary>
    private const int FailuresInARow = 5;
    private static readonly long OpenFor = TimeSpan.FromSeconds(30).Ticks;

    private readonly SemaphoreSlim _places = new(limits.Concurrency);
    private readonly ConcurrentBag<Deadline> _deadlines = [];
    private readonly TimeSpan _longest = TimeSpan.FromSeconds(limits.CallSeconds);
    private long _calls, _errors, _microseconds;
    private int _waiting;

    public long Calls => Interlocked.Read(ref _calls);

    /// <summary>Calls that ended in a way that speaks against the version or the outside system: bugs, time-outs, no answer.</summary>
    public long Errors => Interlocked.Read(ref _errors);

    /// <summary>Time spent in calls, all together.</summary>
    public TimeSpan Spent => TimeSpan.FromMicroseconds(Interlocked.Read(ref _microseconds));

    /// <summary>A deadline for one call, which also comes when the version has to stop. They are used again: most calls are over before theirs.</summary>
    /// <param name="patience">The caller's own limit; null = the plugin's counts.</param>
    public Deadline Begin(TimeSpan? patience)
    {
        if (!_deadlines.TryTake(out var deadline)) deadline = new Deadline(clock, stopping);
        deadline.Begin(patience < _longest ? patience.Value : _longest);
        return deadline;
    }

    public void End(Deadline deadline)
    {
        if (deadline.TryEnd()) _deadlines.Add(deadline);
    }

    /// <summary>A place among the calls that run at once, and among the company's own; false = too many wait already.</summary>
    public async ValueTask<bool> EnterAsync(SemaphoreSlim companys, CancellationToken ct)
    {
        if (companys.Wait(0, CancellationToken.None))
        {
            if (_places.Wait(0, CancellationToken.None)) return true;
            companys.Release();
        }
        if (Interlocked.Increment(ref _waiting) > limits.Concurrency * 8) { Interlocked.Decrement(ref _waiting); return false; }
        try
        {
            await companys.WaitAsync(ct);
            try { await _places.WaitAsync(ct); return true; }
            catch { companys.Release(); throw; }
        }
        finally { Interlocked.Decrement(ref _waiting); }
    }

    public void Leave(SemaphoreSlim companys)
    {
        _places.Release();
        companys.Release();
    }

    public void Count(TimeSpan took, PluginErrorKind? failure)
    {
        Interlocked.Increment(ref _calls);
        Interlocked.Add(ref _microseconds, (long)took.TotalMicroseconds);
        if (IsFault(failure)) Interlocked.Increment(ref _errors);
    }

    /// <summary>True for failures that another try a moment later, or another version, might not have; wrong credentials and refused input are none.</summary>
    public static bool IsFault(PluginErrorKind? failure) => failure is PluginErrorKind.Bug or PluginErrorKind.Unavailable;

    /// <summary>Stops calls for a company after failures in a row, then lets one through to try.</summary>
    internal sealed class Breaker
    {
        private int _failures;
        private long _openUntil;

        /// <summary>When it will try again; null = it is closed.</summary>
        public DateTimeOffset? OpenUntil => Interlocked.Read(ref _openUntil) is var ticks and > 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

        public bool Lets(TimeProvider clock)
        {
            var until = Interlocked.Read(ref _openUntil);
            if (until == 0) return true;
            var now = clock.GetUtcNow().Ticks;
            // The one that moves the end on is the one that tries.
            return now >= until && Interlocked.CompareExchange(ref _openUntil, now + OpenFor, until) == until;
        }

        /// <summary>The one that tried was given up before its end and tells nothing; another may try.</summary>
        public void TryAgain(TimeProvider clock)
        {
            if (Interlocked.Read(ref _openUntil) is var until and > 0) Interlocked.CompareExchange(ref _openUntil, clock.GetUtcNow().Ticks, until);
        }

        public void Count(PluginErrorKind? failure, TimeProvider clock)
        {
            if (!IsFault(failure))
            {
                if (Volatile.Read(ref _failures) == 0) return;
                Volatile.Write(ref _failures, 0);
                Interlocked.Exchange(ref _openUntil, 0);
            }
            else if (Interlocked.Increment(ref _failures) >= FailuresInARow)
            {
                Interlocked.Exchange(ref _openUntil, clock.GetUtcNow().Ticks + OpenFor);
            }
        }
    }
}
