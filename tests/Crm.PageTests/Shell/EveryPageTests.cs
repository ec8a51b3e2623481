using System.Text.RegularExpressions;

namespace Crm.PageTests.Shell;

/// <summary>Every page that a module brings, with the demo's rows, in both sizes: found by their module.tsx, so that a new one is looked at without being named here.</summary>
public sealed partial class EveryPageTests(Site site) : PageTest(site)
{
    private static readonly string Repository = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../.."));

    public static TheoryData<string> Paths { get; } =
        [.. Directory.GetDirectories(Path.Combine(Repository, "Modules")).Select(module => Path.Combine(module, "Web", "module.tsx")).Where(File.Exists)
            .SelectMany(file => (IEnumerable<string>)[file, Path.Combine(Path.GetDirectoryName(file)!, "settings", "sections.ts")]).Where(File.Exists)
            .SelectMany(file => PagePath().Matches(File.ReadAllText(file)).Select(m => $"{(m.Groups[2].Value == "under" ? "settings/" : "")}{m.Groups[1].Value}")).Where(path => !path.Contains("$section", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Paths))]
    public async Task Has_no_barrier_no_complaint_and_no_sideways_scrolling(string path)
    {
        foreach (var width in (int[])[1440, 390])
        {
            await using var desk = await Site.DemoAsync(width: width);
            await desk.GoAsync(path.Replace("$number", path.StartsWith("cases", StringComparison.Ordinal) ? "1" : "1001", StringComparison.Ordinal));
            await Expect(desk.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            await desk.SettledAsync();
            await desk.Page.ScreenshotAsync(new() { Path = Path.Combine(Repository, "artifacts/tests/pages", $"{path.Replace('/', '-').Replace("$", "", StringComparison.Ordinal)}-{width}.png") });
            None(await BarriersAsync(desk.Page));
            None(desk.Complaints);
            Assert.Equal(width, await desk.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }
    }

    [GeneratedRegex(@"path: '([^']+)', title: '[^']+', (under|load)\b")]
    private static partial Regex PagePath();
}
