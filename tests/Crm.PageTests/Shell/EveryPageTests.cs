using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Crm.PageTests.Shell;

/// <summary>Every page that a module brings, with the demo's rows, in both sizes: found by their module.tsx, so that a new one is looked at without being named here.</summary>
public sealed partial class EveryPageTests(Site site) : PageTest(site)
{
    private static readonly string Repository = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../.."));

    /// <summary>What stands for a parameter, by the page's path up to it.</summary>
    private static readonly Dictionary<string, string> Parameters = new() { ["cases/$number"] = "1", ["operator/plugins/$id"] = "bizweb", ["operator/companies/$slug"] = "svea" };

    public static TheoryData<string> Paths { get; } = [.. PathsIn("module.tsx", "").Concat(PathsIn("settings/sections.ts", "settings/")).Where(path => !path.Contains("$section", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    public static TheoryData<string> OperatorPaths { get; } = [.. PathsIn("operator/pages.ts", "operator/").Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Paths))]
    public async Task Has_no_barrier_no_complaint_and_no_sideways_scrolling(string path)
    {
        foreach (var width in (int[])[1440, 390])
        {
            await using var desk = await Site.DemoAsync(width: width);
            await LookAsync(desk, path, path, width);
        }
    }

    [Theory, MemberData(nameof(OperatorPaths))]
    public async Task Of_the_operator_has_no_barrier_no_complaint_and_no_sideways_scrolling(string path)
    {
        await Site.InstallAsync("Bizweb");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using (var before = await Site.OperatorAsync()) await before.PostAsync("publishers", new { name = "nordvik-plugins", publicKey = key.ExportSubjectPublicKeyInfoPem() });
        foreach (var (width, scheme) in ((int, ColorScheme)[])[(1440, ColorScheme.Light), (390, ColorScheme.Light), (1440, ColorScheme.Dark)])
        {
            await using var desk = await Site.OperatorAsync(width, scheme);
            await LookAsync(desk, path["operator/".Length..], path, width);
        }
    }

    private static async Task LookAsync(Desk desk, string path, string named, int width)
    {
        await desk.GoAsync(Parameter().Replace(path, parameter => Parameters.GetValueOrDefault(named[..(named.Length - path.Length + parameter.Index + parameter.Length)], "1001")));
        await Expect(desk.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await desk.SettledAsync();
        await desk.Page.ScreenshotAsync(new() { Path = Path.Combine(Repository, "artifacts/tests/pages", $"{named.Replace('/', '-').Replace("$", "", StringComparison.Ordinal)}-{width}.png") });
        None(await BarriersAsync(desk.Page));
        None(desk.Complaints);
        Assert.Equal(width, await desk.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    private static IEnumerable<string> PathsIn(string file, string below) =>
        Directory.GetDirectories(Path.Combine(Repository, "Modules")).Select(module => Path.Combine(module, "Web", file)).Where(File.Exists).SelectMany(found => PagePath().Matches(File.ReadAllText(found))).Select(match => below + match.Groups[1].Value);

    [GeneratedRegex(@"path: '([^']+)', title: '[^']+', (?:under|load|menu)\b")]
    private static partial Regex PagePath();

    [GeneratedRegex(@"\$\w+")]
    private static partial Regex Parameter();
}
