using System.Collections.Concurrent;
using Crm.Plugins;
using Crm.Plugins.Loading;
using Crm.Plugins.Packages;

namespace Crm.Host.Plugins;

/// <summary>What an outside system lets somebody send: how fast, and how much in a day.</summary>
internal sealed record Allowance(Pace Pace, DailyRequests Day)
{
    /// <summary>The source of exceptions that say so: passed on by a plugin, they are no news from the outside system.</summary>
    public const string UsedUp = "allowance";
}

/// <summary>The allowances of one plugin by company; of company 0 for all together. They outlive versions, because the outside system counts on.</summary>
internal sealed class Allowances(string plugin, IRequestLedger ledger)
{
    private readonly ConcurrentDictionary<int, Allowance> _all = new();

    public Allowance For(CompanyRef company) => _all.GetOrAdd(company.Id, static (_, book) => new(new(), new(book.Ledger, book.Plugin, book.Company)), (Ledger: ledger, Plugin: plugin, Company: company));
}

/// <summary>
/// Spaces requests so that an outside system's limit is used and not broken (the generic cell rate algorithm: one instant says how far the allowance is used up).
/// </summary>
internal sealed class Pace
{
    /// <summary>A system that asks for more is asked again by then: it may be one that a company's own settings name.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1), LongestWait = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private long _usedUntil, _pausedUntil;

    /// <summary>Waits for this request's turn.</summary>
    /// <exception cref="PluginException">Its turn comes later than anybody would wait (30 seconds).</exception>
    public async ValueTask WaitAsync(PluginLimits limits, TimeProvider clock, CancellationToken ct)
    {
        var each = (long)(TimeSpan.TicksPerSecond / limits.RequestsPerSecond);
        var wait = Reserve(each, limits.Burst, clock.GetUtcNow().Ticks);
        if (wait > LongestWait) throw UsedUp(wait);
        if (wait <= TimeSpan.Zero) return;
        try { await Task.Delay(wait, clock, ct); }
        catch (OperationCanceledException)
        {
            // Whoever waits no longer sends nothing. Kept, turns that nobody takes would end all others' patience too.
            lock (_gate) _usedUntil -= each;
            throw;
        }
    }

    /// <summary>The outside system has said to wait; all requests of this pace do.</summary>
    public void Pause(TimeSpan asked, TimeProvider clock)
    {
        var until = clock.GetUtcNow() + (asked < LongestPause ? asked : LongestPause);
        lock (_gate) _pausedUntil = Math.Max(_pausedUntil, until.Ticks);
    }

    /// <summary>For a pace that only pauses.</summary>
    /// <exception cref="PluginException">It pauses.</exception>
    public void RefusePaused(TimeProvider clock)
    {
        if (Interlocked.Read(ref _pausedUntil) is var until and > 0 && until - clock.GetUtcNow().Ticks is var left and > 0) throw UsedUp(TimeSpan.FromTicks(left));
    }

    private static PluginException UsedUp(TimeSpan wait) => new(PluginErrorKind.RateLimited, "The outside system's limit is used up for the moment.") { RetryAfter = wait, Source = Allowance.UsedUp };

    private TimeSpan Reserve(long each, int burst, long now)
    {
        lock (_gate)
        {
            var from = Math.Max(now, _pausedUntil);
            var used = Math.Max(_usedUntil, from) + each;
            var turn = Math.Max(from, used - (each * burst));
            var wait = TimeSpan.FromTicks(turn - now);
            if (wait <= LongestWait) _usedUntil = used;
            return wait;
        }
    }
}
