using Crm.Plugins.Packages;

namespace Crm.Integrations;

/// <summary>A plugin that the operator has installed: its packages, and which of them serves whom. Lives in company 0; every host brings itself to what stands here.</summary>
internal sealed record InstalledPlugin
{
    public static readonly Entity<InstalledPlugin> Entity = new("plugin", "plugins")
    {
        Columns = [new("id", ColumnType.Text, p => p.Id)],
        Unique = new Dictionary<string, string> { ["id"] = "plugin.id.taken" },
        View = (row, _) => PluginView.Of(row),
    };

    /// <summary>How long a version is watched after it has begun to serve.</summary>
    public static readonly TimeSpan WatchWindow = TimeSpan.FromMinutes(5);

    /// <summary>Fixed; the same in every version.</summary>
    public required string Id { get; init; }
    /// <summary>Whose it is: the publisher of its first package. No other adds to it.</summary>
    public string? Publisher { get; init; }
    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<StoredVersion> Versions { get; init; } = [];
    /// <summary>Serves everybody who has no other; null = the plugin is off.</summary>
    public string? Active { get; init; }
    /// <summary>Served before it; null = none did.</summary>
    public string? Previous { get; init; }
    /// <summary>Tried with some companies first; null = none is.</summary>
    public Canary? Canary { get; init; }
    /// <summary>Companies that stay at a version, by their id.</summary>
    public IReadOnlyDictionary<int, string> Pins { get; init; } = new Dictionary<int, string>();
    /// <summary>Until then the newest version goes back by itself when too many of its calls fail.</summary>
    public DateTimeOffset? WatchedUntil { get; init; }
    /// <summary>What last happened by itself, in plain words; null = nothing.</summary>
    public PluginNote? Note { get; init; }

    public static Refusal NoVersion { get; } = new(RefusalKind.NotFound, "pluginVersion.notFound", "There is no such version of the plugin.");

    public StoredVersion? Version(string? version) => Versions.FirstOrDefault(v => v.Version == version);

    /// <summary>The package that is to serve everybody who has no other; null = none.</summary>
    public StoredVersion? WantedByAll => Version(Active);

    /// <summary>The packages that are to serve some companies, by the company's id. A pin has the last word, and counts while the plugin is on.</summary>
    public IEnumerable<KeyValuePair<int, StoredVersion>> WantedByCompany()
    {
        var pins = Active is null ? [] : Pins.Where(p => Version(p.Value) is not null).ToDictionary();
        var tried = Canary is { } canary && Version(canary.Version) is not null ? canary.Companies.Where(c => !pins.ContainsKey(c)).Select(c => KeyValuePair.Create(c, canary.Version)) : [];
        return tried.Concat(pins).Select(c => KeyValuePair.Create(c.Key, Version(c.Value)!));
    }

    /// <summary>True while a version serves anybody, or would after a roll-back.</summary>
    public bool Uses(string version) => version == Active || version == Canary?.Version || Pins.Values.Contains(version);
}

/// <summary>A package that was taken.</summary>
/// <param name="Version">From its manifest.</param>
/// <param name="Sha256">Names its file.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="SignedBy">The id of the publisher's key; null = it is not signed, which only a development server takes.</param>
/// <param name="UploadedAt">When it came.</param>
/// <param name="UploadedBy">Who brought it.</param>
internal sealed record StoredVersion(string Version, string Sha256, long Bytes, string? SignedBy, DateTimeOffset UploadedAt, string UploadedBy);

/// <summary>A version that some companies try first.</summary>
/// <param name="Version">Which.</param>
/// <param name="Companies">The ids of those who try it.</param>
/// <param name="ErrorRate">The share of failed calls at which it goes back by itself, above 0 to 1.</param>
/// <param name="Since">When it began.</param>
internal sealed record Canary(string Version, IReadOnlyList<int> Companies, double ErrorRate, DateTimeOffset Since);

/// <summary>What happened by itself.</summary>
/// <param name="At">When.</param>
/// <param name="Text">A sentence for the operator.</param>
internal sealed record PluginNote(DateTimeOffset At, string Text);

/// <summary>Installs a plugin by its first package.</summary>
internal sealed record InstallPlugin(string Id, string Publisher, StoredVersion First) : ICreation<InstalledPlugin>
{
    public Decision<InstalledPlugin> Decide(Moment at) => Decision.Accept(new InstalledPlugin { Id = Id, Publisher = Publisher, Versions = [First] }, "plugin.installed");
}

/// <summary>Adds a package. The same one again changes nothing; another one with the same version is refused for ever, so that a version always means the same code.</summary>
internal sealed record AddVersion(string Publisher, StoredVersion Added) : ICommand<InstalledPlugin>
{
    public Decision<InstalledPlugin> Decide(InstalledPlugin plugin, Moment at) =>
        (plugin.Publisher ?? Publisher) != Publisher ? Refusal.Conflict("plugin.publisher", $"{plugin.Id} belongs to the publisher {plugin.Publisher}. {Publisher} gives its own plugin another id.")
        : plugin.Version(Added.Version) is not { } there ? Decision.Accept(plugin with { Publisher = Publisher, Versions = [.. plugin.Versions, Added] }, "plugin.versionAdded")
        : there.Sha256 == Added.Sha256 ? Decision.Nothing(plugin)
        : Refusal.Conflict("plugin.version.taken", $"Version {Added.Version} is already here with other content. Give the new package another version.");
}

/// <summary>Lets a version serve everybody who is not pinned.</summary>
internal sealed record ActivateVersion(string Version) : ICommand<InstalledPlugin>
{
    public Decision<InstalledPlugin> Decide(InstalledPlugin plugin, Moment at)
    {
        if (plugin.Version(Version) is null) return InstalledPlugin.NoVersion;
        if (plugin.Active == Version && plugin.Canary is null) return Decision.Nothing(plugin);
        var previous = plugin.Active == Version ? plugin.Previous : plugin.Active;
        // There is no sense in watching a version that nothing can take the place of.
        return Decision.Accept(plugin with { Active = Version, Previous = previous, Canary = null, WatchedUntil = previous is null ? null : at.Now + InstalledPlugin.WatchWindow, Note = null }, "plugin.activated");
    }
}

/// <summary>Lets a version serve some companies first.</summary>
/// <param name="Version">Which.</param>
/// <param name="Companies">The ids of those who try it.</param>
/// <param name="ErrorRate">The share of failed calls at which it goes back by itself.</param>
/// <param name="Unknown">Companies that were named and do not exist.</param>
internal sealed record StartCanary(string Version, IReadOnlyList<int> Companies, double ErrorRate, IReadOnlyList<Problem> Unknown) : ICommand<InstalledPlugin>
{
    public Decision<InstalledPlugin> Decide(InstalledPlugin plugin, Moment at)
    {
        if (plugin.Version(Version) is null) return InstalledPlugin.NoVersion;
        List<Problem> problems = [.. Unknown];
        if (Version == plugin.Active) problems.Add(new("/version", "canary.version", "This version serves everybody already."));
        if (Companies.Count + Unknown.Count is 0 or > 1_000) problems.Add(new("/companies", "canary.companies", "Name 1 to 1,000 companies."));
        if (ErrorRate is not (> 0 and <= 1)) problems.Add(new("/errorRate", "canary.errorRate", "The error rate is above 0 and up to 1."));
        return problems.Count > 0 ? Refusal.Invalid(problems)
            : Decision.Accept(plugin with { Canary = new(Version, [.. Companies.Distinct().Order()], ErrorRate, at.Now), WatchedUntil = at.Now + InstalledPlugin.WatchWindow, Note = null }, "plugin.canaryStarted");
    }
}

/// <summary>Keeps a company at a version, whatever the others have; null = no longer.</summary>
internal sealed record PinCompany(int Company, string? Version) : ICommand<InstalledPlugin>
{
    public Decision<InstalledPlugin> Decide(InstalledPlugin plugin, Moment at)
    {
        if (Version is not null && plugin.Version(Version) is null) return InstalledPlugin.NoVersion;
        if (plugin.Pins.GetValueOrDefault(Company) == Version) return Decision.Nothing(plugin);
        var pins = plugin.Pins.Where(p => p.Key != Company).ToDictionary();
        if (Version is not null) pins.Add(Company, Version);
        return Decision.Accept(plugin with { Pins = pins }, Version is null ? "plugin.unpinned" : "plugin.pinned");
    }
}

/// <summary>Back to what served before: the canary ends, or else the version before the active one serves again.</summary>
/// <param name="Reason">What the operator reads, when it happens by itself; null = somebody asked for it.</param>
/// <param name="Failed">The version that is to go; null = whatever is newest. Guards against a roll-back that comes too late.</param>
internal sealed record RollBack(string? Reason = null, string? Failed = null) : ICommand<InstalledPlugin>
{
    public Decision<InstalledPlugin> Decide(InstalledPlugin plugin, Moment at)
    {
        var note = Reason is null ? null : new PluginNote(at.Now, Reason);
        if (plugin.Canary is { } canary)
            return Failed is not null && Failed != canary.Version ? Decision.Nothing(plugin) : Decision.Accept(plugin with { Canary = null, WatchedUntil = null, Note = note }, "plugin.rolledBack");
        if (Failed is not null && Failed != plugin.Active) return Decision.Nothing(plugin);
        return plugin.Previous is null ? Refusal.Conflict("plugin.noPrevious", "No version served before this one.")
            // A version that went because it failed is not what one click should bring back.
            : Decision.Accept(plugin with { Active = plugin.Previous, Previous = Failed is null ? plugin.Active : null, WatchedUntil = null, Note = note }, "plugin.rolledBack");
    }
}

/// <summary>Turns a plugin off for everybody; its data stays.</summary>
internal sealed record DisablePlugin : ICommand<InstalledPlugin>
{
    public Decision<InstalledPlugin> Decide(InstalledPlugin plugin, Moment at) =>
        plugin.Active is null && plugin.Canary is null ? Decision.Nothing(plugin)
        : Decision.Accept(plugin with { Active = null, Previous = plugin.Active, Canary = null, WatchedUntil = null, Note = null }, "plugin.disabled");
}

/// <summary>Forgets a package that serves nobody.</summary>
internal sealed record RemoveVersion(string Version) : ICommand<InstalledPlugin>
{
    public Decision<InstalledPlugin> Decide(InstalledPlugin plugin, Moment at) =>
        plugin.Version(Version) is null ? InstalledPlugin.NoVersion
        : plugin.Uses(Version) ? Refusal.Conflict("plugin.version.used", "This version serves companies. Activate another one first.")
        : Decision.Accept(plugin with { Versions = [.. plugin.Versions.Where(v => v.Version != Version)], Previous = plugin.Previous == Version ? null : plugin.Previous }, "plugin.versionRemoved");
}
