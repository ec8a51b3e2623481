namespace Crm.PageTests.Shell;

/// <summary>Every page that a module brings, with the demo's rows, in both sizes: found by their module.tsx, so that a new one is looked at without being named here.</summary>
public abstract class EveryPage(Site site, int width)
{
    public static TheoryData<string> Paths { get; } =
        [.. PageLook.PathsIn("module.tsx", "").Concat(PageLook.PathsIn("settings/sections.ts", "settings/")).Where(path => !path.Contains("$section", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Paths))]
    public async Task Has_no_barrier_no_complaint_and_no_sideways_scrolling(string path)
    {
        await using var desk = await site.DemoAsync(width: width);
        await PageLook.LookAsync(desk, path, path, width);
    }
}

[TakesLong]
public sealed class EveryPageTests(Site site) : EveryPage(site, width: 1440);

[TakesLong]
public sealed class EveryNarrowPageTests(Site site) : EveryPage(site, width: 390);
