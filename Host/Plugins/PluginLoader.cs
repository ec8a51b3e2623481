using Crm.Plugins.Loading;
using Crm.Plugins.Packages;

namespace Crm.Host.Plugins;

/// <summary>Turns a package into a version that is ready to serve, or says why not. Whatever the package does, nobody is served by it before it has proved itself.</summary>
internal sealed class PluginLoader(PluginOptions options, TimeProvider clock)
{
    /// <summary>Inspects, unpacks, loads, links, starts and checks.</summary>
    /// <exception cref="PackageException">It cannot serve; what it had loaded is unloaded again.</exception>
    public async Task<PluginVersion> LoadAsync(PluginPackage package)
    {
        PackageInspector.Inspect(package);
        var (manifest, folder) = (package.Manifest, package.Unpack(options.Folder));
        var context = new PluginLoadContext($"{manifest.Id} {manifest.Version}", folder, manifest.Assembly);
        var (plugin, refused) = await PluginStart.RunAsync(context, manifest, clock);
        if (refused is null) return new(manifest, package.Sha256, context, plugin!, PluginHttp.Connections(options.AllowPrivateAddresses));
        plugin = null;
        context.Unload();
        throw refused;
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
