using System.Collections.Concurrent;

namespace Crm.Plugins.Bisnode;

/// <summary>Branches that came with a company and were paid with it, kept for minutes until they are asked for: once, and only by the company that paid.</summary>
internal sealed class PaidBranches
{
    private const int Most = 200;
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<(string Company, string Number), (RegisterBranch[] Branches, DateTimeOffset Until)> _kept = new();

    public void Keep(IPluginCall call, string number, RegisterBranch[] branches)
    {
        if (_kept.Count >= Most) _kept.Clear();
        _kept[(call.Company, number)] = (branches, call.Clock.GetUtcNow() + Life);
    }

    public RegisterBranch[]? Take(IPluginCall call, string number) =>
        _kept.TryRemove((call.Company, number), out var kept) && kept.Until > call.Clock.GetUtcNow() ? kept.Branches : null;
}
