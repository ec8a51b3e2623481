namespace Crm.PageTests.Shell;

/// <summary>What colleagues do shows without a reload.</summary>
public sealed class LiveTests(Site site) : PageTest(site)
{
    [Fact]
    public async Task A_colleagues_change_shows_on_the_open_list_and_card()
    {
        var number = await Desk.PartnerAsync("Nordvik", new { stage = "potential" });
        await using var colleague = await Site.NewColleagueAsync(Desk, "Bo Berg");
        await Desk.GoAsync("crm");
        await Expect(Page.GetByRole(AriaRole.Row, new() { Name = "Nordvik" })).ToContainTextAsync("Potentiell");
        await colleague.PatchAsync($"partners/{number}", new { stage = "lost", name = "Nordvik AB" });
        await Expect(Page.GetByRole(AriaRole.Row, new() { Name = "Nordvik AB" })).ToContainTextAsync("Förlorad");
        await Desk.GoAsync($"partners/{number}");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Nordvik AB");
        await colleague.PatchAsync($"partners/{number}", new { name = "Sydvik AB" });
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Sydvik AB");
    }

    [Fact]
    public async Task New_rows_of_others_show_on_the_open_list()
    {
        await Desk.GoAsync("crm");
        await using var colleague = await Site.NewColleagueAsync(Desk, "Bo Berg");
        await Expect(Page.GetByText("Inga partner ännu")).ToBeVisibleAsync();
        await colleague.PartnerAsync("Ny Kund AB", new { stage = "prospect" });
        await Expect(Page.GetByRole(AriaRole.Row, new() { Name = "Ny Kund AB" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_session_that_has_ended_asks_for_the_password_and_the_page_goes_on()
    {
        await Desk.PartnerAsync("Nordvik", new { stage = "potential" });
        await Desk.GoAsync("crm");
        await Expect(Page.GetByRole(AriaRole.Row, new() { Name = "Nordvik" })).ToBeVisibleAsync();
        await Page.Context.ClearCookiesAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = "Nordvik" }).ClickAsync();
        await Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Textbox, new() { Name = "Lösenord" }).FillAsync("a-long-enough-word");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Nordvik");
    }
}
