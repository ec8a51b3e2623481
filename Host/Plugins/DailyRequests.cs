using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Crm.Plugins;
using Crm.Plugins.Packages;

namespace Crm.Host.Plugins;

/// <summary>
/// This host's part of a day's requests (UTC): taken from the ledger some at a time and spent in memory, so that a request costs no write. What a host has
/// taken and not spent when it ends is lost, at most a hundredth of the limit.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "It lives as long as the host; nothing here holds a handle.")]
internal sealed class DailyRequests(IRequestLedger ledger, string plugin, CompanyRef company)
{
    /// <summary>More at once would save no write worth mentioning.</summary>
    private const int MostAtOnce = 100;

    private readonly SemaphoreSlim _asking = new(1);
    private readonly Lock _gate = new();
    private DateOnly _day;
    private int _left, _usedUpLimit;

    /// <summary>Counts one request.</summary>
    /// <exception cref="PluginException">The day's are used up, or the database cannot tell.</exception>
    public async ValueTask TakeAsync(int limit, TimeProvider clock, CancellationToken ct)
    {
        if (TrySpend(limit, clock)) return;
        await _asking.WaitAsync(ct);
        try
        {
            // Whoever had the turn before has taken for those who waited, too.
            if (TrySpend(limit, clock)) return;
            var day = Today(clock);
            var taken = await ledger.TakeAsync(plugin, company, day, limit, Math.Clamp(limit / 100, 1, MostAtOnce));
            lock (_gate) (_day, _left, _usedUpLimit) = (day, Math.Max(0, taken - 1), taken == 0 ? limit : 0);
            if (taken == 0) throw UsedUp(limit, clock);
        }
        catch (StorageException) { throw new PluginException(PluginErrorKind.Unavailable, "The database does not answer, so nobody knows whether requests of today are left."); }
        finally { _asking.Release(); }
    }

    /// <summary>Takes back what was counted and not sent.</summary>
    public void GiveBack(TimeProvider clock)
    {
        lock (_gate)
        {
            if (_day == Today(clock)) _left++;
        }
    }

    /// <summary>False = the ledger has to be asked.</summary>
    private bool TrySpend(int limit, TimeProvider clock)
    {
        lock (_gate)
        {
            if (_day != Today(clock)) return false;
            if (_left > 0) { _left--; return true; }
            // Another version may have a higher limit.
            return _usedUpLimit >= limit ? throw UsedUp(limit, clock) : false;
        }
    }

    private static DateOnly Today(TimeProvider clock) => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    private static PluginException UsedUp(int limit, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        return new(PluginErrorKind.RateLimited, string.Create(CultureInfo.InvariantCulture, $"The {limit:N0} requests of today are used up. They count by the day in UTC.")) { RetryAfter = now.UtcDateTime.Date.AddDays(1) - now.UtcDateTime, Source = Allowance.UsedUp };
    }
}
