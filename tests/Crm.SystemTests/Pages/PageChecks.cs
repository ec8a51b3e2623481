using System.IO.Compression;
using Crm.SystemTests.OpenApi;

namespace Crm.SystemTests.Pages;

/// <summary>The pages as they were built together with this program.</summary>
public sealed partial class PageChecks
{
    /// <summary>The budget of issue 4: what a browser fetches before it shows the first page.</summary>
    private const int FirstPageKilobytes = 250;

    private const string Off = "CRM_TEST_NO_NODE=1 or SkipWeb=true: the pages are not built here.";

    private static string Folder => Path.Combine(NodeTools.Repository, "Host", "Web");

    [Fact, Trait("Requirement", "R5")]
    public async Task Every_text_is_there_in_every_language_and_none_is_left_over()
    {
        Assert.SkipWhen(NodeTools.IsOff, Off);
        await NodeTools.InstallAsync(Folder);
        var (code, output) = await NodeTools.RunInAsync(Folder, "vitest", "run");
        Assert.True(code == 0, output);
    }

    [Fact]
    public void The_overview_needs_no_more_script_than_the_budget()
    {
        Assert.SkipWhen(NodeTools.IsOff || Environment.GetEnvironmentVariable("SkipWeb") == "true", Off);
        var pages = Path.Combine(NodeTools.Repository, "artifacts", "web", "pages");
        var manifest = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Path.Combine(pages, ".vite", "manifest.json"))).RootElement;
        HashSet<string> files = [], seen = [];
        foreach (var script in ScriptOfPage().Matches(File.ReadAllText(Path.Combine(pages, "index.html"))).Select(m => m.Groups[1].Value)) files.Add(script);
        Take("../../Modules/Partners/Web/OverviewPage.tsx");
        foreach (var texts in manifest.EnumerateObject().Where(e => e.Name.EndsWith("texts/sv.json", StringComparison.Ordinal))) Take(texts.Name);
        var kilobytes = files.Sum(f => Compressed(Path.Combine(pages, f))) / 1024;
        Assert.InRange(kilobytes, 100, FirstPageKilobytes);

        void Take(string entry)
        {
            if (!seen.Add(entry)) return;
            var chunk = manifest.GetProperty(entry);
            files.Add(chunk.GetProperty("file").GetString()!);
            if (chunk.TryGetProperty("imports", out var imports)) foreach (var import in imports.EnumerateArray()) Take(import.GetString()!);
        }
    }

    [System.Text.RegularExpressions.GeneratedRegex("(?:src|href)=\"/(assets/[^\"]+\\.js)\"")]
    private static partial System.Text.RegularExpressions.Regex ScriptOfPage();

    private static long Compressed(string file)
    {
        using var bytes = new MemoryStream();
        using (var brotli = new BrotliStream(bytes, CompressionLevel.SmallestSize, leaveOpen: true)) brotli.Write(File.ReadAllBytes(file));
        return bytes.Length;
    }
}
