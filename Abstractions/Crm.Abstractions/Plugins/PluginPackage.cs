using System.IO.Compression;
using System.Security.Cryptography;

namespace Crm.Plugins.Packages;

/// <summary>A package is refused; the code is stable, the message says why in plain words.</summary>
public sealed class PackageException(string code, string message) : Exception(message)
{
    /// <summary>The code when nothing is wrong with the package, but this host cannot unpack it: its disk is full, or its folder closed.</summary>
    public const string HostCode = "package.unpack";

    /// <summary>Stable, such as <c>package.path</c>.</summary>
    public string Code { get; } = code;
}

/// <summary>
/// A plugin's .zip, read once into memory: what is verified is what is loaded. Its identity is the SHA-256 of the file.
/// Layout: <c>plugin.json</c>, <c>plugin.sig</c> and the output of <c>dotnet publish</c> beside them.
/// </summary>
public sealed class PluginPackage
{
    /// <summary>Bounds that no real plugin reaches; a zip bomb does.</summary>
    public const int MaxPacked = 32 << 20, MaxUnpacked = 96 << 20, MaxFiles = 400;

    /// <summary>The manifest's and the signature's places.</summary>
    public const string ManifestFile = "plugin.json", SignatureFile = "plugin.sig";

    private PluginPackage(byte[] zip, SortedDictionary<string, byte[]> files) => (Zip, Files, Sha256, Manifest) = (zip, files, Convert.ToHexStringLower(SHA256.HashData(zip)), PluginManifest.Parse(files[ManifestFile]));

    /// <summary>The file as it came.</summary>
    public byte[] Zip { get; }
    /// <summary>Every file by its path, in ordinal order.</summary>
    public IReadOnlyDictionary<string, byte[]> Files { get; }
    /// <summary>Of <see cref="Zip"/>, in lower-case hexadecimal.</summary>
    public string Sha256 { get; }
    /// <summary>What it says of itself.</summary>
    public PluginManifest Manifest { get; }

    /// <summary>Reads a package.</summary>
    /// <exception cref="PackageException">It is too large, tries to leave its folder, or lacks something.</exception>
    public static PluginPackage Read(byte[] zip)
    {
        ArgumentNullException.ThrowIfNull(zip);
        if (zip.Length > MaxPacked) throw new PackageException("package.tooLarge", $"A package has up to {MaxPacked >> 20} MB.");
        SortedDictionary<string, byte[]> files = new(StringComparer.Ordinal);
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        try
        {
            using var archive = new ZipArchive(new MemoryStream(zip, writable: false), ZipArchiveMode.Read);
            if (archive.Entries.Count > MaxFiles) throw new PackageException("package.tooLarge", $"A package has up to {MaxFiles} files.");
            var left = MaxUnpacked;
            foreach (var entry in archive.Entries)
            {
                if (entry.FullName.EndsWith('/') && entry.Length == 0) continue;
                CheckPath(entry);
                if (!seen.Add(entry.FullName)) throw new PackageException("package.path", $"{entry.FullName} is in the package twice.");
                files.Add(entry.FullName, Unpack(entry, ref left));
            }
        }
        catch (Exception broken) when (broken is not PackageException) { throw new PackageException("package.unreadable", "This is no zip file, or a damaged one."); }
        if (!files.ContainsKey(ManifestFile)) throw new PackageException("manifest.missing", $"{ManifestFile} is missing. It stands at the top of the package, not in a folder.");
        var package = new PluginPackage(zip, files);
        return files.ContainsKey(package.Manifest.Assembly) ? package : throw new PackageException("package.incomplete", $"{package.Manifest.Assembly}, which plugin.json names, is not in the package.");
    }

    /// <summary>A name such as <c>../x</c>, <c>C:\x</c> or <c>/x</c> would be written outside the folder; a link could point there.</summary>
    private static void CheckPath(ZipArchiveEntry entry)
    {
        var (path, unixKind) = (entry.FullName, entry.ExternalAttributes >>> 28);
        var parts = path.Split('/');
        var bad = path.Length > 200 || parts.Length > 5 || unixKind is not (0 or 8)
            || parts.Any(p => p.Length == 0 || p is "." or ".." || p.EndsWith('.') || p.EndsWith(' ') || p.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-' or '_' or ' ' or '+')));
        if (bad) throw new PackageException("package.path", $"The package has a file with a name that is not taken: {new string([.. path.Take(100).Where(c => !char.IsControl(c))])}");
    }

    /// <summary>Counts what really comes out: a bomb lies about its size.</summary>
    private static byte[] Unpack(ZipArchiveEntry entry, ref int left)
    {
        using var stream = entry.Open();
        using var unpacked = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int read; (read = stream.Read(buffer)) > 0; left -= read)
        {
            if (read > left) throw new PackageException("package.tooLarge", $"Unpacked a package has up to {MaxUnpacked >> 20} MB.");
            unpacked.Write(buffer, 0, read);
        }
        return unpacked.ToArray();
    }

    /// <summary>Writes the files into a folder that appears all at once or not at all; a folder that is there already has the same content, because it is named by it.</summary>
    /// <param name="root">The folder of all unpacked packages.</param>
    /// <returns>The folder of this one.</returns>
    public string Unpack(string root)
    {
        var folder = Path.Combine(root, $"{Manifest.Id}-{Manifest.Version}-{Sha256[..16]}");
        if (Directory.Exists(folder)) return folder;
        var being = folder + "." + Guid.NewGuid().ToString("n")[..8];
        foreach (var (path, content) in Files)
        {
            var file = Path.Combine(being, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, content);
        }
        try { Directory.Move(being, folder); }
        catch (IOException) when (Directory.Exists(folder)) { Directory.Delete(being, recursive: true); }
        return folder;
    }

    /// <summary>Makes a package of files.</summary>
    /// <param name="files">Content by path; <c>plugin.json</c> among them.</param>
    /// <exception cref="PackageException">The result would be refused.</exception>
    public static PluginPackage Pack(IEnumerable<KeyValuePair<string, byte[]>> files)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, content) in files.OrderBy(f => f.Key, StringComparer.Ordinal))
            {
                var entry = archive.CreateEntry(path, CompressionLevel.Optimal);
                // The same files give the same bytes, so the same package.
                entry.LastWriteTime = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
                using var stream = entry.Open();
                stream.Write(content);
            }
        }
        return Read(zip.ToArray());
    }

    /// <summary>Packs what <c>dotnet publish</c> or a build wrote, without what a server has no use for: symbols and the settings of a program's start.</summary>
    /// <param name="folder">With <c>plugin.json</c> in it.</param>
    /// <exception cref="PackageException">The result would be refused.</exception>
    public static PluginPackage PackFolder(string folder) => Pack(Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
        .Where(f => Path.GetExtension(f) is not ".pdb" && !f.EndsWith(".runtimeconfig.json", StringComparison.Ordinal))
        .Select(f => KeyValuePair.Create(Path.GetRelativePath(folder, f).Replace('\\', '/'), File.ReadAllBytes(f))));
}
