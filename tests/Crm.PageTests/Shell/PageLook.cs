using System.Text.RegularExpressions;

namespace Crm.PageTests.Shell;

/// <summary>A look at any page: nobody is kept out by it, nothing complains, and nothing hangs over its edge.</summary>
internal static partial class PageLook
{
    private static readonly string Repository = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../.."));

    /// <summary>What stands for a parameter, by the page's path up to it.</summary>
    private static readonly Dictionary<string, string> Parameters = new() { ["cases/$number"] = "1", ["operator/plugins/$id"] = "bizweb", ["operator/companies/$slug"] = "svea" };

    /// <param name="desk">Whose pages.</param>
    /// <param name="path">Below the desk's.</param>
    /// <param name="named">As its module names it.</param>
    /// <param name="width">Of the window.</param>
    public static async Task LookAsync(Desk desk, string path, string named, int width)
    {
        await desk.GoAsync(Parameter().Replace(path, parameter => Parameters.GetValueOrDefault(named[..(named.Length - path.Length + parameter.Index + parameter.Length)], "1001")));
        await Expect(desk.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await desk.SettledAsync();
        await desk.Page.ScreenshotAsync(new() { Path = Path.Combine(Repository, "artifacts/tests/pages", $"{named.Replace('/', '-').Replace("$", "", StringComparison.Ordinal)}-{width}.png") });
        PageTest.None(await PageTest.BarriersAsync(desk.Page));
        PageTest.None(desk.Complaints);
        Assert.Equal(width, await desk.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    /// <summary>The paths that a file of the modules names, such as module.tsx.</summary>
    public static IEnumerable<string> PathsIn(string file, string below) =>
        Directory.GetDirectories(Path.Combine(Repository, "Modules")).Select(module => Path.Combine(module, "Web", file)).Where(File.Exists).SelectMany(found => PagePath().Matches(File.ReadAllText(found))).Select(match => below + match.Groups[1].Value);

    [GeneratedRegex(@"path: '([^']+)', title: '[^']+', (?:under|load|menu)\b")]
    private static partial Regex PagePath();

    [GeneratedRegex(@"\$\w+")]
    private static partial Regex Parameter();
}
