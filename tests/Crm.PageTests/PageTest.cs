using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace Crm.PageTests;

/// <summary>A test with a company and a window of its own; when it fails, its last sight is kept in artifacts/tests/pages.</summary>
public abstract class PageTest(Site site) : IAsyncLifetime
{
    /// <summary>The administrator of a company without rows.</summary>
    protected Desk Desk { get; private set; } = null!;

    protected Site Site => site;

    protected IPage Page => Desk.Page;

    /// <summary>The language of the pages, such as sv.</summary>
    protected virtual string Language => "sv";

    public virtual async ValueTask InitializeAsync() => Desk = await site.NewCompanyAsync(Language);

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Desk is null) return;
        var failed = TestContext.Current.TestState?.Result == TestResult.Failed;
        if (failed) await Page.ScreenshotAsync(new() { Path = Path.Combine(AppContext.BaseDirectory, "../../../tests/pages", $"{TestContext.Current.TestMethod?.MethodName}.png") });
        await Desk.DisposeAsync();
        if (!failed) None(Desk.Complaints);
    }

    /// <summary>Fails with all of them in full, where there are any.</summary>
    internal static void None(IEnumerable<string> complaints)
    {
        string[] all = [.. complaints.Distinct()];
        Assert.True(all.Length == 0, string.Join('\n', all));
    }

    /// <summary>What axe finds serious or critical on the page as it stands.</summary>
    internal static async Task<IEnumerable<string>> BarriersAsync(IPage page)
    {
        var found = await page.RunAxe();
        return found.Violations.Where(v => v.Impact is "serious" or "critical").SelectMany(v => v.Nodes.Select(n => $"{v.Id}: {v.Help} at {n.Target} {n.Html}"));
    }
}
