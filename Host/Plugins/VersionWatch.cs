namespace Crm.Host.Plugins;

/// <summary>Looks at a new version for a while and gives notice once, as soon as too many of its calls have failed.</summary>
/// <param name="version">The one that is watched.</param>
/// <param name="errorRate">The share of failed calls that is too much, above 0 to 1.</param>
/// <param name="leastCalls">Fewer calls than this say nothing yet.</param>
/// <param name="until">When the watch ends.</param>
/// <param name="clock">Tells the time.</param>
/// <param name="tooMany">Called once.</param>
internal sealed class VersionWatch(PluginVersion version, double errorRate, int leastCalls, DateTimeOffset until, TimeProvider clock, Action tooMany)
{
    private int _isDone;

    public DateTimeOffset Until { get; } = until;

    /// <summary>A call has failed; asked only then, so that good calls cost nothing.</summary>
    public void Failed(PluginVersion failed)
    {
        if (failed != version || clock.GetUtcNow() > Until) return;
        var (calls, errors) = (version.Calls.Calls, version.Calls.Errors);
        if (calls < leastCalls || errors < calls * errorRate || Interlocked.Exchange(ref _isDone, 1) != 0) return;
        tooMany();
    }
}
