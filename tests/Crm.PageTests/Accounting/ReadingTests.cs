namespace Crm.PageTests.Accounting;

/// <summary>An administrator sees how reading from the accounting system goes, and has it read now, seldom, or not at all.</summary>
public sealed class ReadingTests(Site site) : FortnoxTest(site)
{
    private ILocator Card => Page.GetByRole(AriaRole.Region, new() { Name = "Fortnox" });
    private ILocator Runs => Card.GetByRole(AriaRole.Table, new() { Name = "De senaste läsningarna från Fortnox" }).GetByRole(AriaRole.Row);

    [Fact]
    public async Task The_runs_are_listed_with_what_they_read_and_another_is_begun_without_a_mouse()
    {
        await ReadAsync();
        await Desk.GoAsync("settings/accounting");
        await Expect(Card.GetByText("Aktiv", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(Card.GetByText("Svea Maskin AB · 5599000014 · SEK")).ToBeVisibleAsync();
        await Expect(Runs).ToHaveCountAsync(2);
        await Expect(Runs.Nth(1)).ToContainTextAsync("Allt");
        await Expect(Runs.Nth(1)).ToContainTextAsync("240");
        None(await BarriersAsync(Page));
        await Card.GetByRole(AriaRole.Button, new() { Name = "Läs nu från Fortnox" }).PressAsync("Enter");
        await Expect(Runs).ToHaveCountAsync(3);
        await Expect(Runs.Nth(1)).ToContainTextAsync("Ändringar");
    }

    [Fact]
    public async Task While_it_reads_a_bar_says_how_far_it_is_and_the_steps_are_told_aloud()
    {
        await ReadAsync();
        await Desk.GoAsync("settings/accounting");
        var gate = new TaskCompletionSource();
        // An answer that takes its time, and is none in the end.
        StandIn.Next(async context => { await gate.Task; context.Response.StatusCode = 503; });
        await Card.GetByRole(AriaRole.Button, new() { Name = "Läs allt från Fortnox" }).ClickAsync();
        await Expect(Card.GetByRole(AriaRole.Progressbar, new() { Name = "Läsning från Fortnox" })).ToBeVisibleAsync();
        await Expect(Card.GetByRole(AriaRole.Status).Filter(new() { HasText = "Fortnox: företaget" })).ToHaveCountAsync(1);
        None(await BarriersAsync(Page));
        gate.SetResult();
        await Expect(Runs).ToHaveCountAsync(3);
        await Expect(Card.GetByRole(AriaRole.Progressbar)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task It_is_paused_resumed_and_read_more_seldom()
    {
        var number = await ReadAsync();
        await Desk.GoAsync("settings/accounting");
        await Card.GetByRole(AriaRole.Button, new() { Name = "Pausa läsningen från Fortnox" }).ClickAsync();
        await Expect(Card.GetByText("Pausad", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(Card.GetByRole(AriaRole.Button, new() { Name = "Läs nu från Fortnox" })).ToBeDisabledAsync();
        None(await BarriersAsync(Page));
        await Card.GetByRole(AriaRole.Button, new() { Name = "Återuppta läsningen från Fortnox" }).ClickAsync();
        await Expect(Card.GetByText("Aktiv", new() { Exact = true })).ToBeVisibleAsync();
        await Card.GetByRole(AriaRole.Combobox, new() { Name = "Läs ändringar från Fortnox" }).ClickAsync();
        await Page.GetByRole(AriaRole.Option, new() { Name = "var 2:e timme" }).ClickAsync();
        await Desk.UntilAsync($"accounting/{number}", connection => connection.GetProperty("everyMinutes").GetInt32() == 120);
    }
}
