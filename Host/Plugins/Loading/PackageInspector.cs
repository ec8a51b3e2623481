using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Crm.Plugins.Packages;

namespace Crm.Plugins.Loading;

/// <summary>Reads the assemblies of a package without loading any: what would fail or harm later is refused now, and nothing has run.</summary>
public static class PackageInspector
{
    private static readonly HashSet<string> FrameworkNames = Framework();

    /// <summary>The contract's assembly, shared with every plugin.</summary>
    public static Assembly Contract { get; } = typeof(IPlugin).Assembly;

    /// <summary>True for an assembly that comes with .NET, and so from the host.</summary>
    public static bool IsFramework(string name) => FrameworkNames.Contains(name);

    /// <summary>Refuses a package that could not run: built against another contract, bringing the contract or a part of .NET along, or lacking a dependency.</summary>
    /// <exception cref="PackageException">Says which file and why.</exception>
    public static void Inspect(PluginPackage package)
    {
        ArgumentNullException.ThrowIfNull(package);
        var assemblies = package.Files.Where(f => f.Key.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)).ToArray();
        var packed = assemblies.Select(f => Path.GetFileNameWithoutExtension(f.Key)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (path, content) in assemblies) Inspect(path, content, packed);
        if (package.Files.Keys.FirstOrDefault(IsNative) is { } native)
            throw new PackageException("package.native", $"{native} is native code, which can never be unloaded; a plugin is .NET only.");
    }

    private static bool IsNative(string path) => Path.GetExtension(path).ToLowerInvariant() is ".so" or ".dylib" or ".exe";

    private static void Inspect(string path, byte[] content, HashSet<string> packed)
    {
        try
        {
            using var file = new PEReader(new MemoryStream(content, writable: false));
            if (!file.HasMetadata) throw new PackageException("package.native", $"{path} is native code, which can never be unloaded; a plugin is .NET only.");
            var metadata = file.GetMetadataReader();
            if (!metadata.IsAssembly) throw new PackageException("package.unreadable", $"{path} is no .NET assembly.");
            var name = metadata.GetString(metadata.GetAssemblyDefinition().Name);
            if (name == Contract.GetName().Name) throw new PackageException("package.contract", $"{path}: the contract comes from the host. Reference Crm.PluginSdk with ExcludeAssets=\"runtime\".");
            if (IsFramework(name)) throw new PackageException("package.framework", $"{path}: {name} is a part of .NET and comes from the host. Take it out of the package.");
            foreach (var handle in metadata.AssemblyReferences) Check(metadata.GetAssemblyReference(handle).GetAssemblyName(), name, packed);
        }
        catch (BadImageFormatException) { throw new PackageException("package.unreadable", $"{path} is no .NET assembly, or a damaged one."); }
    }

    private static void Check(AssemblyName reference, string from, HashSet<string> packed)
    {
        if (reference.Name == Contract.GetName().Name)
        {
            if (!PluginContract.Accepts(reference.Version!)) throw new PackageException("contract.version", $"{from} is built against contract {reference.Version!.ToString(2)}; this host runs {PluginContract.Version} and older minor versions of it.");
        }
        else if (!IsFramework(reference.Name!) && !packed.Contains(reference.Name!))
        {
            throw new PackageException("package.dependency", $"{from} needs {reference.Name} {reference.Version}, which is neither in the package nor a part of .NET.");
        }
    }

    /// <summary>The names of the shared framework's assemblies: what the runtime was started with that lies outside the program's own folder.</summary>
    private static HashSet<string> Framework()
    {
        var own = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        var all = ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return all.Where(path => Path.GetDirectoryName(path) != own).Select(path => Path.GetFileNameWithoutExtension(path)).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }
}
