using System.Globalization;
using System.Text.Json;
using Crm.PageTests;

namespace Crm.Benchmarks;

/// <summary>The overview of a company with 100,000 partners in headless Chromium: until it can be read, while it is scrolled, when a stage is changed.</summary>
internal static class PagesScenario
{
    private const int Partners = 100_000, Loads = 15, Steps = 200, Changes = 20;

    /// <summary>Notes when the first row with words has been painted: a task after the frame that has it.</summary>
    private const string WatchPaint = """
        const seen = setInterval(() => {
          if (!document.querySelector('[role="row"][data-index="0"] a')) return;
          clearInterval(seen);
          requestAnimationFrame(() => { const after = new MessageChannel(); after.port1.onmessage = () => { window.useful = performance.now(); }; after.port2.postMessage(0); });
        }, 4);
        """;

    /// <summary>Looks at every frame whether a row that can be seen still waits for its words.</summary>
    private const string WatchScrolling = """
        () => {
          const grid = document.querySelector('[role="grid"]');
          window.scrolling = { waited: 0, longest: 0, frame: 0, frames: 0 };
          let before = performance.now(), since = null;
          const look = now => {
            const s = window.scrolling, box = grid.getBoundingClientRect();
            s.frame = Math.max(s.frame, now - before); s.frames++; before = now;
            const waits = [...grid.querySelectorAll('[role="rowgroup"] > [aria-hidden]')].some(row => { const r = row.getBoundingClientRect(); return r.bottom > box.top + 41 && r.top < box.bottom; });
            if (waits) since ??= now; else since = null;
            if (since !== null) s.longest = Math.max(s.longest, now - since);
            if (!window.stopped) requestAnimationFrame(look);
          };
          requestAnimationFrame(look);
        }
        """;

    private const string WatchChange = """
        wanted => {
          window.change = new Promise(done => addEventListener('click', event => {
            const look = () => {
              const cell = document.querySelector('[data-index="0"] [data-column="stage"]');
              if (cell.querySelector('input') || cell.textContent !== wanted) return setTimeout(look, 1);
              requestAnimationFrame(() => { const after = new MessageChannel(); after.port1.onmessage = () => done(performance.now() - event.timeStamp); after.port2.postMessage(0); });
            };
            look();
          }, { once: true, capture: true }));
        }
        """;

    public static async Task RunAsync(Databases databases)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\npages, sqlite: the overview of {Partners} partners in Chromium"));
        await using var ours = await OurServer.StartAsync(databases.Folder("pages"), null);
        var (company, key) = await ours.MakeCompanyAsync("pages");
        await ours.SeedAsync(company, Partners);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.StartAsync(playwright);
        var session = await SignInAsync(playwright, ours.Process.Url);
        BrowserNewContextOptions window = new() { BaseURL = ours.Process.Url, StorageState = session, Locale = "sv", ViewportSize = new() { Width = 1440, Height = 900 } };

        await LoadAsync(browser, window);
        await ScrollAsync(browser, window);
        await ChangeAsync(browser, window);
    }

    private static async Task LoadAsync(IBrowser browser, BrowserNewContextOptions window)
    {
        List<double> first = [], again = [], image = [];
        long script = 0;
        for (var i = 0; i < Loads; i++)
        {
            await using var context = await browser.NewContextAsync(window);
            var page = await context.NewPageAsync();
            List<IResponse> scripts = [];
            page.Response += (_, response) => { if (response.Request.ResourceType == "script") scripts.Add(response); };
            image.Add(await TimeAsync(page, "/icon.svg"));
            await page.AddInitScriptAsync(WatchPaint);
            first.Add(await UsefulAsync(page));
            script = 0;
            foreach (var response in scripts.ToArray()) script += (await response.Request.SizesAsync()).ResponseBodySize;
            again.Add(await UsefulAsync(page));
        }
        Report("an image of the same server", image);
        Report("first row painted, nothing in the cache", first);
        Report("first row painted, second visit", again);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  script fetched until then: {script / 1024.0:N0} KB compressed"));
    }

    private static async Task ScrollAsync(IBrowser browser, BrowserNewContextOptions window)
    {
        await using var context = await browser.NewContextAsync(window);
        var page = await context.NewPageAsync();
        await page.AddInitScriptAsync(WatchPaint);
        await UsefulAsync(page);
        var grid = page.GetByRole(AriaRole.Grid);
        await grid.HoverAsync();
        await page.EvaluateAsync(WatchScrolling);
        for (var i = 0; i < Steps; i++)
        {
            await page.Mouse.WheelAsync(0, 1_200);
            await page.WaitForTimeoutAsync(50);
        }
        var seen = await page.EvaluateAsync<JsonElement>("() => { window.stopped = true; return { ...window.scrolling, row: Number(document.querySelectorAll('[role=\"row\"][data-index]')[0]?.dataset.index) } }");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  scrolled to row {seen.GetProperty("row").GetDouble():N0}: a row waited {seen.GetProperty("longest").GetDouble():N0} ms at most for its words, longest frame {seen.GetProperty("frame").GetDouble():N0} ms of {seen.GetProperty("frames").GetDouble():N0}"));
    }

    /// <summary>From the click on another stage until the cell has been painted with it.</summary>
    private static async Task ChangeAsync(IBrowser browser, BrowserNewContextOptions window)
    {
        await using var context = await browser.NewContextAsync(window);
        var page = await context.NewPageAsync();
        await page.AddInitScriptAsync(WatchPaint);
        await UsefulAsync(page);
        // The lists of choices are there, and nothing else is under way.
        await page.WaitForTimeoutAsync(2_000);
        var cell = page.Locator("[data-index='0'] [data-column=stage]");
        List<double> times = [];
        for (var i = 0; i < Changes; i++)
        {
            var stage = i % 2 == 0 ? "Förlorad" : "Potentiell";
            await cell.DblClickAsync();
            var option = page.GetByRole(AriaRole.Option, new() { Name = stage });
            await option.WaitForAsync();
            await page.EvaluateAsync(WatchChange, stage);
            await option.ClickAsync();
            times.Add(await page.EvaluateAsync<double>("window.change"));
        }
        Report("another stage shown", times);
    }

    private static async Task<double> UsefulAsync(IPage page)
    {
        await page.GotoAsync("/pages/crm", new() { WaitUntil = WaitUntilState.Commit });
        await page.WaitForFunctionAsync("() => window.useful !== undefined");
        return await page.EvaluateAsync<double>("window.useful");
    }

    private static async Task<double> TimeAsync(IPage page, string path)
    {
        await page.GotoAsync(path);
        return await page.EvaluateAsync<double>("performance.now()");
    }

    private static async Task<string> SignInAsync(IPlaywright playwright, string url)
    {
        await using var requests = await playwright.APIRequest.NewContextAsync(new() { BaseURL = url });
        var answer = await requests.PostAsync("/api/v1/session", new() { DataObject = new { email = "admin@pages.example", password = OurServer.Password } });
        return answer.Ok ? await requests.StorageStateAsync() : throw new InvalidOperationException(await answer.TextAsync());
    }

    private static void Report(string what, List<double> times)
    {
        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what,-42} median {times[times.Count / 2],6:N0} ms, longest {times[^1],6:N0} ms of {times.Count}"));
    }
}
