using System.Collections.Concurrent;
using Crm.Plugins.Packages;

namespace Crm.Integrations;

/// <summary>The packages of this server: files of company 0, each named by its content, so that storing one twice harms nobody.</summary>
internal sealed class PackageStore(IFiles files)
{
    private const int PieceBytes = 1 << 20;

    private readonly ConcurrentDictionary<string, PluginPackage> _packages = new();
    private readonly ConcurrentDictionary<string, PluginManifest> _manifests = new();

    /// <summary>Stores a package that is not there yet, and mends one that is not there as a whole. Nobody's going away stops it half-way.</summary>
    public async Task SaveAsync(PluginPackage package)
    {
        await using var there = await files.OpenAsync(CompanyRef.System, FileOf(package.Sha256), CancellationToken.None);
        if (there?.Length == package.Zip.Length) return;
        foreach (var (number, piece) in package.Zip.Chunk(PieceBytes).Index()) await files.SavePieceAsync(CompanyRef.System, FileOf(package.Sha256), number, piece, CancellationToken.None);
    }

    /// <summary>Removes the package of a version that no row names any more: its content tells its plugin and version, so no other row does.</summary>
    public Task RemoveAsync(StoredVersion version) => files.DeleteAsync(CompanyRef.System, FileOf(version.Sha256), CancellationToken.None);

    /// <summary>A package that is to serve; it stays in memory until <see cref="Keep"/>.</summary>
    /// <exception cref="PackageException">It is not there, or not what it was.</exception>
    public async Task<PluginPackage> PackageAsync(StoredVersion version, CancellationToken ct) =>
        _packages.TryGetValue(version.Sha256, out var known) ? known : _packages[version.Sha256] = await ReadAsync(version, ct);

    /// <summary>What a package says of itself; null = it cannot be read. Of one that serves nobody nothing else stays in memory.</summary>
    public async Task<PluginManifest?> ManifestAsync(StoredVersion version, CancellationToken ct)
    {
        if (_manifests.TryGetValue(version.Sha256, out var known)) return known;
        try { return _manifests[version.Sha256] = (await ReadAsync(version, ct)).Manifest; }
        catch (PackageException) { return null; }
    }

    /// <summary>Lets go of all packages but those that serve.</summary>
    public void Keep(IReadOnlySet<string> serving)
    {
        foreach (var unused in _packages.Keys.Where(sha => !serving.Contains(sha))) _packages.TryRemove(unused, out _);
    }

    private async Task<PluginPackage> ReadAsync(StoredVersion version, CancellationToken ct)
    {
        await using var file = await files.OpenAsync(CompanyRef.System, FileOf(version.Sha256), ct) ?? throw new PackageException("package.lost", $"The package of version {version.Version} is not in the database.");
        var bytes = new byte[file.Length];
        await file.ReadExactlyAsync(bytes, ct);
        var package = PluginPackage.Read(bytes);
        return package.Sha256 == version.Sha256 ? package : throw new PackageException("package.lost", $"The package of version {version.Version} is not what was uploaded.");
    }

    private static string FileOf(string sha256) => $"plugin/{sha256}.zip";
}
