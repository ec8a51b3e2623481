using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Crm.Tests.Architecture;

public sealed partial class LayoutTests
{
    [Fact]
    public void Modules_refer_to_the_abstractions_and_to_nothing_else_of_ours()
    {
        Assert.NotEmpty(Source.Modules);
        foreach (var module in Source.Modules) Assert.Equal(["Crm.Abstractions"], References($"Modules/{module}"));
        Assert.Equal(["Crm.PluginSdk"], References("Abstractions/Crm.Abstractions"));
        Assert.Empty(References("Abstractions/Crm.PluginSdk"));
        Assert.All(References("Host"), r => Assert.True(r == "Crm.Abstractions" || r == "*", r));
    }

    [Fact]
    public void Modules_and_abstractions_know_no_database_by_name()
    {
        foreach (var folder in Source.Modules.Select(m => $"Modules/{m}").Append("Abstractions/Crm.Abstractions"))
        {
            Assert.DoesNotContain(Packages(folder), p => p.Contains("Sqlite", StringComparison.OrdinalIgnoreCase) || p.Contains("Npgsql", StringComparison.OrdinalIgnoreCase) || p.Contains("EntityFramework", StringComparison.OrdinalIgnoreCase) || p.Contains("Dapper", StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain(Source.Code(folder), f => Connections().IsMatch(File.ReadAllText(f)));
        }
    }

    [Fact]
    public void Every_module_stands_once_in_the_composition_and_the_composition_is_short()
    {
        var program = File.ReadAllLines(Path.Combine(Source.Root, "Host/CrmServer.cs"));
        Assert.True(program.Length < 100, $"{program.Length} lines");
        foreach (var module in Source.Modules)
        {
            Assert.True(File.Exists(Path.Combine(Source.Root, $"Modules/{module}/{module}Module.cs")), module);
            Assert.Single(Regex.Matches(string.Join('\n', program), $@"new {module}Module\("));
        }
        Assert.Equal(Source.Modules.Length, Regex.Count(string.Join('\n', program), @"new \w+Module\("));
    }

    [Fact]
    public void No_file_has_more_than_three_hundred_lines()
    {
        var long_ = Source.Files.Where(f => Path.GetExtension(f) is ".cs" or ".sql" or ".ts" or ".tsx" or ".css").Select(f => (File: Source.Relative(f), Lines: File.ReadAllLines(f).Length)).Where(f => f.Lines > 300);
        Assert.Empty(long_);
    }

    [Fact]
    public void Folders_are_named_for_what_is_in_them()
    {
        string[] empty = ["Common", "Utils", "Util", "Utilities", "Helpers", "Helper", "Services", "Dtos", "Dto", "Interfaces", "Handlers", "Managers", "Misc", "Shared", "Models", "Base", "Core.Common"];
        var code = Source.Folders.Where(d => Directory.GetFiles(d, "*.cs").Length > 0 || Directory.GetFiles(d, "*.ts*").Length > 0);
        Assert.DoesNotContain(code, d => empty.Contains(Path.GetFileName(d), StringComparer.OrdinalIgnoreCase));
        Assert.DoesNotContain(Source.Files, f => Path.GetExtension(f) == ".cs" && EmptyNames().IsMatch(Path.GetFileNameWithoutExtension(f)));
    }

    [Fact]
    public void Nothing_is_put_off_and_no_clock_is_read_but_the_one_that_is_given()
    {
        var later = new Regex(string.Join('|', new[] { "TO" + "DO", "FIX" + "ME", "HA" + "CK:", "XX" + "X:" }));
        var clock = new Regex(@"\bDateTime(Offset)?\.(Utc)?No" + @"w\b|\bDateTime\.Tod" + "ay");
        foreach (var file in Source.Files.Where(f => Path.GetExtension(f) is ".cs" or ".ts" or ".tsx" or ".sql"))
        {
            var text = File.ReadAllText(file);
            Assert.False(later.IsMatch(text), Source.Relative(file));
            Assert.False(clock.IsMatch(text), Source.Relative(file));
        }
    }

    [Fact]
    public void No_test_is_skipped_and_no_rule_of_the_compiler_is_switched_off_without_a_reason()
    {
        foreach (var file in Source.Files.Where(f => Path.GetExtension(f) == ".cs"))
        {
            var lines = File.ReadAllLines(file);
            for (var i = 0; i < lines.Length; i++)
            {
                Assert.False(Skips().IsMatch(lines[i]), $"{Source.Relative(file)}:{i + 1}");
                Assert.False(lines[i].Contains("#pragma warning dis" + "able", StringComparison.Ordinal) && !lines[i].Contains("//", StringComparison.Ordinal), $"{Source.Relative(file)}:{i + 1}");
            }
        }
    }

    [Fact]
    public void Files_that_the_documents_name_exist()
    {
        List<string> missing = [];
        foreach (var document in new[] { "README.md", "CONTRIBUTING.md", "DECISIONS.md" })
        {
            var path = Path.Combine(Source.Root, document);
            if (!File.Exists(path)) { missing.Add(document); continue; }
            foreach (Match match in InBackticks().Matches(File.ReadAllText(path)))
            {
                var name = match.Groups[1].Value;
                if (FileName().IsMatch(name) && !Source.Files.Any(f => Source.Relative(f) == name || Source.Relative(f).EndsWith($"/{name}", StringComparison.Ordinal))) missing.Add($"{document}: {name}");
                if (FolderName().IsMatch(name) && !Directory.Exists(Path.Combine(Source.Root, name))) missing.Add($"{document}: {name}");
            }
        }
        Assert.Empty(missing);
    }

    private static string[] References(string folder) => [.. Project(folder).Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')))];

    private static string[] Packages(string folder) => [.. Project(folder).Descendants("PackageReference").Select(r => r.Attribute("Include")!.Value)];

    private static XDocument Project(string folder) => XDocument.Load(Directory.GetFiles(Path.Combine(Source.Root, folder), "*.csproj").Single());

    [GeneratedRegex(@"\b(DbConnection|DbCommand|DbTransaction|SqliteConnection|NpgsqlConnection)\b")]
    private static partial Regex Connections();

    [GeneratedRegex("(Manager|Helper|Helpers|Utils|Util|Impl)$")]
    private static partial Regex EmptyNames();

    [GeneratedRegex(@"\bSkip\s*=\s*""")]
    private static partial Regex Skips();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex InBackticks();

    [GeneratedRegex(@"^(?!/)[A-Za-z0-9_./-]+\.(cs|csproj|sql|json|md|sln|props|targets|ts|tsx|txt|css)\z")]
    private static partial Regex FileName();

    [GeneratedRegex(@"^(Abstractions|Modules|Host|Plugins|tests)(/[A-Za-z0-9_.-]+)*/?\z(?<!\.(cs|json|md|txt|sql))")]
    private static partial Regex FolderName();
}
