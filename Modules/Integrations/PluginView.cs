using Crm.Plugins.Packages;

namespace Crm.Integrations;

/// <summary>An installed plugin as the operator reads it.</summary>
/// <param name="Id">Fixed.</param>
/// <param name="Active">The version that serves everybody who has no other; null = the plugin is off.</param>
/// <param name="Previous">The version that a roll-back leads to; null = there is none.</param>
/// <param name="Canary">The version that some companies try; null = none.</param>
/// <param name="Pins">Companies that stay at a version.</param>
/// <param name="WatchedUntil">Until then the newest version goes back by itself when too many of its calls fail; null = it is not watched.</param>
/// <param name="Note">What last happened by itself; null = nothing.</param>
/// <param name="Problem">Why this host is not at what is wanted; null = it is.</param>
/// <param name="UsedUp">Whose requests of today are used up, in plain words; null = nobody's.</param>
/// <param name="Versions">Its packages, the newest last.</param>
/// <param name="InMemory">The versions that this host has in memory, and how their calls went.</param>
/// <param name="Version">The version in its ETag.</param>
internal sealed record PluginView(
    string Id, string? Active, string? Previous, CanaryView? Canary, IReadOnlyList<PinView> Pins, DateTimeOffset? WatchedUntil, NoteView? Note, string? Problem, string? UsedUp,
    IReadOnlyList<StoredVersionView> Versions, IReadOnlyList<VersionReport> InMemory, long Version)
{
    public static PluginView Of(Row<InstalledPlugin> row)
    {
        var plugin = row.State;
        return new(plugin.Id, plugin.Active, plugin.Previous, plugin.Canary is { } canary ? new(canary.Version, canary.Companies, canary.ErrorRate, canary.Since) : null,
            [.. plugin.Pins.OrderBy(p => p.Key).Select(p => new PinView(p.Key, p.Value))], plugin.WatchedUntil, plugin.Note is { } note ? new(note.At, note.Text) : null, null, null,
            [.. plugin.Versions.Select(v => new StoredVersionView(v.Version, v.Sha256, v.Bytes, v.SignedBy, v.UploadedAt, v.UploadedBy, null))], [], row.Version);
    }
}

/// <summary>A version that some companies try.</summary>
/// <param name="Version">Which.</param>
/// <param name="Companies">Their ids.</param>
/// <param name="ErrorRate">The share of failed calls at which it goes back by itself.</param>
/// <param name="Since">When it began.</param>
internal sealed record CanaryView(string Version, IReadOnlyList<int> Companies, double ErrorRate, DateTimeOffset Since);

/// <summary>A company that stays at a version.</summary>
/// <param name="Company">Its id.</param>
/// <param name="Version">The version.</param>
internal sealed record PinView(int Company, string Version);

/// <summary>What happened by itself.</summary>
/// <param name="At">When.</param>
/// <param name="Text">In plain words.</param>
internal sealed record NoteView(DateTimeOffset At, string Text);

/// <summary>A package.</summary>
/// <param name="Version">From its manifest.</param>
/// <param name="Sha256">Of the file.</param>
/// <param name="Bytes">Of the file.</param>
/// <param name="SignedBy">The id of the publisher's key; null = nobody signed it, and only a server for development takes it.</param>
/// <param name="UploadedAt">When it came.</param>
/// <param name="UploadedBy">Who brought it.</param>
/// <param name="Manifest">What it says of itself; null where the package itself is not read.</param>
internal sealed record StoredVersionView(string Version, string Sha256, long Bytes, string? SignedBy, DateTimeOffset UploadedAt, string UploadedBy, PluginManifest? Manifest);

/// <summary>A version to try with some companies.</summary>
/// <param name="Version">Which.</param>
/// <param name="Companies">Their slugs.</param>
/// <param name="ErrorRate">The share of failed calls at which it goes back by itself, above 0 to 1; 0.1 unless given.</param>
internal sealed record NewCanary(string Version, IReadOnlyList<string> Companies, double ErrorRate = 0.1);

/// <summary>Which version is meant.</summary>
/// <param name="Version">Such as 1.4.0.</param>
internal sealed record ChosenVersion(string Version);
