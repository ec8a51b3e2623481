using System.Collections.Concurrent;
using Crm.Plugins;
using Crm.Plugins.Loading;
using Crm.Plugins.Packages;

namespace Crm.Host.Plugins;

/// <summary>The paces of one plugin's requests, by company; one for all where the outside system counts them together.</summary>
internal sealed class PaceBook
{
    private readonly ConcurrentDictionary<int, Pace> _paces = new();

    public Pace For(int company, PluginLimits limits) => _paces.GetOrAdd(limits.Shared ? 0 : company, static _ => new());
}

/// <summary>
/// Spaces requests so that an outside system's limit is used and not broken (the generic cell rate algorithm: one instant says how far the allowance is used up).
/// </summary>
internal sealed class Pace
{
    private readonly Lock _gate = new();
    private long _usedUntil, _pausedUntil;

    /// <summary>Waits for this request's turn.</summary>
    /// <exception cref="PluginException">Its turn comes later than anybody would wait (30 seconds).</exception>
    public async ValueTask WaitAsync(PluginLimits limits, TimeProvider clock, CancellationToken ct)
    {
        var wait = Reserve(limits, clock.GetUtcNow().Ticks);
        if (wait > TimeSpan.FromSeconds(30)) throw new PluginException(PluginErrorKind.RateLimited, "The outside system's limit is used up for the moment.") { RetryAfter = wait };
        if (wait > TimeSpan.Zero) await Task.Delay(wait, clock, ct);
    }

    /// <summary>The outside system has said to wait; all of the company's requests do.</summary>
    public void PauseUntil(DateTimeOffset until)
    {
        lock (_gate) _pausedUntil = Math.Max(_pausedUntil, until.Ticks);
    }

    private TimeSpan Reserve(PluginLimits limits, long now)
    {
        var each = (long)(TimeSpan.TicksPerSecond / limits.RequestsPerSecond);
        lock (_gate)
        {
            var from = Math.Max(now, _pausedUntil);
            var used = Math.Max(_usedUntil, from) + each;
            var turn = Math.Max(from, used - (each * limits.Burst));
            var wait = TimeSpan.FromTicks(turn - now);
            if (wait <= TimeSpan.FromSeconds(30)) _usedUntil = used;
            return wait;
        }
    }
}
