using Crm.Plugins.Packages;

namespace Crm.Integrations;

/// <summary>Brings a plugin on this host as near as it comes to what is wanted: each version on its own, so that one that cannot serve stops no other.</summary>
internal static class Serving
{
    /// <param name="plugin">What is wanted.</param>
    /// <param name="serving">What serves now. It goes on where the wanted one cannot serve.</param>
    /// <param name="packages">Where packages are.</param>
    /// <param name="trust">Says whether the version before may serve again.</param>
    /// <param name="engine">Runs them.</param>
    /// <param name="watchOf">How the newest version is watched.</param>
    /// <param name="ct">Cancels between two versions.</param>
    /// <returns>What serves then; what is wrong in plain words, null = nothing; and whether a version did not come back from starting.</returns>
    public static async Task<(WantedVersions Serving, string? Problem, bool IsSlow)> BringAsync(
        InstalledPlugin plugin, WantedVersions serving, PackageStore packages, PackageTrust trust, IPluginEngine engine, Func<InstalledPlugin, WatchRule?> watchOf, CancellationToken ct)
    {
        var (forAll, byCompany, problems, isApplied, isSlow) = (plugin.WantedByAll, plugin.WantedByCompany().ToDictionary(), new List<string>(), false, false);
        // A company that nothing is wanted for any more gets what everybody gets.
        serving = new(forAll is null ? null : serving.Default, serving.ByCompany.Where(c => byCompany.ContainsKey(c.Key)).ToDictionary(), watchOf(plugin));
        foreach (var version in byCompany.Values.Append(forAll).OfType<StoredVersion>().Distinct()) await TryAsync(version, version == forAll);
        if (forAll is not null && serving.Default is null && plugin.Version(plugin.Previous) is { } before && await trust.RefusesAsync(before, ct) is null) await TryAsync(before, isForAll: true);
        if (!isApplied) await engine.ApplyAsync(plugin.Id, serving, ct);
        if (serving.Default is { } other && other.Sha256 != forAll?.Sha256) problems.Add($"Version {other.Manifest.Version} serves instead.");
        return (serving, problems.Count == 0 ? null : string.Join(' ', problems), isSlow);

        async Task TryAsync(StoredVersion version, bool isForAll)
        {
            try
            {
                var package = await packages.PackageAsync(version, ct);
                var companies = serving.ByCompany.Where(c => byCompany[c.Key] != version).Concat(byCompany.Where(c => c.Value == version).Select(c => KeyValuePair.Create(c.Key, package)));
                var next = serving with { Default = isForAll ? package : serving.Default, ByCompany = companies.ToDictionary() };
                await engine.ApplyAsync(plugin.Id, next, ct);
                (serving, isApplied) = (next, true);
            }
            catch (Exception refused) when (refused is not (StorageException or OperationCanceledException))
            {
                problems.Add($"Version {version.Version} cannot serve here: {refused.Message}");
                isSlow |= refused is PackageException { Code: "plugin.start.timeout" };
            }
        }
    }
}
