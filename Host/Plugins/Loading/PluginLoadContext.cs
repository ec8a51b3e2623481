using System.Reflection;
using System.Runtime.Loader;
using Crm.Plugins.Packages;

namespace Crm.Plugins.Loading;

/// <summary>
/// Where one version's assemblies live, apart from the host's and from other versions'. Three sources and no fourth: the contract is the host's own object
/// (so its types are the same on both sides), .NET is the host's, everything else is the package's. A name that is in none of them is an error: falling
/// back to the host's private libraries would tie plugins to what the host happens to use. The package's files are found by their names: .deps.json is not
/// read, because the runtime's own reader of it ends the process over a damaged one.
/// </summary>
public sealed class PluginLoadContext(string name, string folder) : AssemblyLoadContext(name, isCollectible: true)
{
    private readonly HashSet<string> _files = [.. Directory.EnumerateFiles(folder, "*.dll", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path))];

    /// <summary>Makes the plugin's object.</summary>
    /// <param name="manifest">Names file and class, and what the class must implement.</param>
    /// <exception cref="PackageException">The class is not there, is no plugin, or lacks a capability that it claims.</exception>
    public IPlugin Create(PluginManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        var entry = LoadFromAssemblyPath(Path.Combine(folder, manifest.Assembly));
        CheckLinks(entry);
        var type = entry.GetType(manifest.Type) ?? throw new PackageException("plugin.type", $"{manifest.Assembly} has no class {manifest.Type}.");
        if (!typeof(IPlugin).IsAssignableFrom(type) || type.IsAbstract || type.GetConstructor([]) is null) throw new PackageException("plugin.type", $"{manifest.Type} is no public class that implements IPlugin and has a constructor without parameters.");
        if (manifest.Capabilities.FirstOrDefault(c => !PluginManifest.KnownCapabilities[c].IsAssignableFrom(type)) is { } missing)
            throw new PackageException("plugin.capability", $"plugin.json says {missing}, but {manifest.Type} does not implement {PluginManifest.KnownCapabilities[missing].Name}.");
        try { return (IPlugin)Activator.CreateInstance(type)!; }
        catch (TargetInvocationException thrown) { throw new PackageException("plugin.constructor", $"The constructor of {manifest.Type} failed: {thrown.InnerException!.GetType().Name}: {thrown.InnerException.Message}"); }
    }

    /// <summary>Looks every referred-to member up now, so that one that is missing refuses the version instead of failing a call next week.</summary>
    private static void CheckLinks(Assembly entry)
    {
        try
        {
            _ = entry.GetTypes();
            var module = entry.ManifestModule;
            for (var token = 0x0A000001; ; token++)
            {
                try { _ = module.ResolveMember(token); }
                catch (ArgumentOutOfRangeException) { return; }
                catch (Exception needsMore) when (needsMore is ArgumentException or BadImageFormatException) { continue; }
            }
        }
        catch (Exception missing) when (missing is ReflectionTypeLoadException or TypeLoadException or MissingMemberException or FileNotFoundException)
        {
            throw new PackageException("package.link", $"It does not fit what it refers to: {(missing as ReflectionTypeLoadException)?.LoaderExceptions.FirstOrDefault()?.Message ?? missing.Message}");
        }
    }

    /// <inheritdoc />
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        ArgumentNullException.ThrowIfNull(assemblyName);
        if (assemblyName.Name == PackageInspector.Contract.GetName().Name) return PackageInspector.Contract;
        if (PackageInspector.IsFramework(assemblyName.Name!)) return null;
        var file = Path.Combine(assemblyName.CultureName ?? "", $"{assemblyName.Name}.dll");
        if (_files.Contains(file)) return LoadFromAssemblyPath(Path.Combine(folder, file));
        // A language's resources fall back to the neutral ones.
        if (!string.IsNullOrEmpty(assemblyName.CultureName)) return null;
        throw new FileNotFoundException($"{Name} needs {assemblyName}, which is neither in the package nor a part of .NET.", assemblyName.Name);
    }

    /// <inheritdoc />
    protected override nint LoadUnmanagedDll(string unmanagedDllName) => throw new DllNotFoundException($"{Name}: plugins load no native code ({unmanagedDllName}).");
}
