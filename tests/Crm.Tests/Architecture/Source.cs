namespace Crm.Tests.Architecture;

/// <summary>The repository as the tests see it: what is there by folder, nothing by list.</summary>
internal static class Source
{
    private static readonly string[] NotOurs = ["obj", "bin", "artifacts", "node_modules", "wwwroot", "dist", ".git", ".vite"];

    public static readonly string Root = Find(AppContext.BaseDirectory);

    public static readonly string[] Folders = [.. Below(Root)];

    public static readonly string[] Files = [.. Folders.Prepend(Root).SelectMany(Directory.GetFiles)];

    /// <summary>The C# files below a folder of the root.</summary>
    public static IEnumerable<string> Code(string folder) => Files.Where(f => f.EndsWith(".cs", StringComparison.Ordinal) && Relative(f).StartsWith($"{folder}/", StringComparison.Ordinal));

    /// <summary>The C# files that test; those of Host/Orleans are beside it.</summary>
    public static IEnumerable<string> Tests => Files.Where(f => f.EndsWith(".cs", StringComparison.Ordinal) && $"/{Relative(f)}".Contains("/tests/", StringComparison.Ordinal));

    public static string[] Modules => [.. Directory.GetDirectories(Path.Combine(Root, "Modules")).Where(d => Directory.GetFiles(d, "*.csproj").Length > 0).Select(d => Path.GetFileName(d))];

    public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static string Find(string folder) => File.Exists(Path.Combine(folder, "Crm.sln")) ? folder : Find(Path.GetDirectoryName(folder)!);

    private static IEnumerable<string> Below(string folder) =>
        Directory.GetDirectories(folder).Where(d => !NotOurs.Contains(Path.GetFileName(d)) && File.GetAttributes(d) is var a && !a.HasFlag(FileAttributes.ReparsePoint)).SelectMany(d => Below(d).Prepend(d));
}
