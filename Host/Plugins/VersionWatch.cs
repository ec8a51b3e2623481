using Crm.Plugins.Packages;

namespace Crm.Host.Plugins;

/// <summary>Looks at a new version for a while and gives notice once, as soon as too many of its calls have failed.</summary>
internal sealed class VersionWatch(PluginVersion watched, WatchRule rule, TimeProvider clock)
{
    /// <summary>One or two failures are chance, whatever share they are.</summary>
    private const int LeastErrors = 3;
    // What it did before, as a pinned version for instance, is not what is watched.
    private readonly long _calls = watched.Calls.Calls, _errors = watched.Calls.Errors;
    private int _isDone;

    /// <summary>A call has failed; asked only then, so that good calls cost nothing.</summary>
    public void Failed(PluginVersion version)
    {
        if (version != watched || clock.GetUtcNow() > rule.Until) return;
        var (calls, errors) = (version.Calls.Calls - _calls, version.Calls.Errors - _errors);
        if (calls >= rule.LeastCalls && errors >= LeastErrors && errors >= calls * rule.ErrorRate && Interlocked.Exchange(ref _isDone, 1) == 0) rule.TooMany((double)errors / calls);
    }
}
