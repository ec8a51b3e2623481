using System.Collections.Frozen;
using Crm.Plugins;
using Crm.Plugins.Packages;
using Crm.Plugins.Loading;

namespace Crm.Host.Plugins;

/// <summary>Which version serves which company: one for all, and others for some (canaries, pins). Replaced as a whole.</summary>
/// <param name="Default">For every company that is not named; null = the plugin serves nobody else.</param>
/// <param name="ByCompany">By the company's id.</param>
internal sealed record Routes(PluginVersion? Default, FrozenDictionary<int, PluginVersion> ByCompany)
{
    public static Routes None { get; } = new(null, FrozenDictionary<int, PluginVersion>.Empty);

    /// <summary>The usual case, told without asking the dictionary.</summary>
    private readonly bool _isOneForAll = ByCompany.Count == 0;

    public PluginVersion? For(int company) => !_isOneForAll && ByCompany.TryGetValue(company, out var version) ? version : Default;

    public IEnumerable<PluginVersion> Versions => ByCompany.Values.Append(Default).OfType<PluginVersion>().Distinct();
}

/// <summary>The place of one plugin, whatever its version. Versions are swapped by replacing the routes; calls see the old or the new ones, never neither.</summary>
internal sealed class PluginSlot(string id, IRequestLedger ledger)
{
    private Routes _routes = Routes.None;

    public string Id { get; } = id;
    public Routes Routes => Volatile.Read(ref _routes);

    /// <summary>What the outside system lets companies send.</summary>
    public Allowances Allowances { get; } = new(id, ledger);

    /// <summary>Looks at the newest version; null = nothing is new.</summary>
    public VersionWatch? Watch { get; set; }

    /// <summary>Enters the version that serves a company; null = there is none.</summary>
    public PluginVersion? Enter(int company)
    {
        while (Routes.For(company) is { } version)
        {
            // Refused only by a version that was just swapped out: the routes already lead to the next.
            if (version.TryEnter()) return version;
        }
        return null;
    }

    /// <summary>Sends new calls along other routes and answers the versions that no route leads to any more; the caller retires them.</summary>
    public IReadOnlyList<PluginVersion> Publish(Routes routes)
    {
        var before = Interlocked.Exchange(ref _routes, routes);
        return [.. before.Versions.Except(routes.Versions)];
    }
}
