using Crm.Plugins.Loading;
using Crm.Plugins.Packages;

namespace Crm.Host.Plugins;

/// <summary>Turns a package into a version that is ready to serve, or says why not. Whatever the package does, nobody is served by it before it has proved itself.</summary>
internal sealed class PluginLoader(PluginOptions options, TimeProvider clock)
{
    /// <summary>Inspects, unpacks, loads, links, starts and checks.</summary>
    /// <returns>The version, and why it cannot serve; null = it can. One that cannot has perhaps begun to run, so it is retired like one that has served.</returns>
    /// <exception cref="PackageException">It cannot serve, and nothing of it has run.</exception>
    public async Task<(PluginVersion Version, PackageException? Refused)> LoadAsync(PluginPackage package)
    {
        PackageInspector.Inspect(package);
        var (manifest, folder) = (package.Manifest, Unpack(package));
        var context = new PluginLoadContext($"{manifest.Id} {manifest.Version}", folder);
        var (plugin, refused) = await PluginStart.RunAsync(context, manifest, clock);
        return (new(manifest, package.Sha256, context, plugin, PluginHttp.Connections(options.AllowPrivateAddresses), clock), refused);
    }

    private string Unpack(PluginPackage package)
    {
        try { return package.Unpack(options.Folder); }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException) { throw new PackageException(PackageException.HostCode, $"This host cannot unpack it: {closed.Message}"); }
    }

    /// <summary>Removes what was unpacked. Where files in use cannot be removed, the next start does it.</summary>
    public void RemoveFolder() => Remove(options.Folder);

    /// <summary>Removes what processes that are gone have left beside our own folder, which has the process's id for a name.</summary>
    public static void RemoveLeftFolders(string beside)
    {
        var all = Path.GetDirectoryName(beside)!;
        if (!Directory.Exists(all)) return;
        foreach (var left in Directory.GetDirectories(all).Where(d => int.TryParse(Path.GetFileName(d), out var process) && !IsRunning(process))) Remove(left);
    }

    private static void Remove(string folder)
    {
        try { if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true); }
        catch (Exception inUse) when (inUse is IOException or UnauthorizedAccessException) { /* Packages come from the database; what lies here is only in the way. */ }
    }

    private static bool IsRunning(int process)
    {
        try
        {
            using var found = System.Diagnostics.Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException) { return false; }
    }
}

/// <summary>Settings of the plugin host, section <c>Plugins</c>.</summary>
internal sealed record PluginOptions
{
    /// <summary>Where packages are unpacked.</summary>
    public required string Folder { get; init; }

    /// <summary>True = plugins may call addresses inside our own network; for stand-in servers and development.</summary>
    public bool AllowPrivateAddresses { get; init; }
}
