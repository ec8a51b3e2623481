namespace Crm.PageTests.Shell;

/// <summary>Search, help, outages.</summary>
public sealed class ShellTests(Site site) : PageTest(site)
{
    [Fact, Trait("Requirement", "R22")]
    public async Task The_palette_finds_partners_and_pages_by_keyboard_alone()
    {
        var number = await Desk.PartnerAsync("Nordvik Bygg AB");
        await Desk.GoAsync("crm");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await Page.Keyboard.PressAsync("Control+k");
        await Expect(Page.GetByRole(AriaRole.Combobox, new() { Name = "Sök partner eller sida" })).ToBeFocusedAsync();
        await Page.Keyboard.TypeAsync("nordvik");
        await Expect(Page.GetByRole(AriaRole.Option)).ToContainTextAsync(["Nordvik Bygg AB"]);
        None(await BarriersAsync(Page));
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page).ToHaveURLAsync($"{Site.Url}/{Desk.Company}/partners/{number}");
        await Page.Keyboard.PressAsync("g");
        await Page.Keyboard.PressAsync("c");
        await Expect(Page).ToHaveURLAsync($"{Site.Url}/{Desk.Company}/cases");
    }

    [Fact]
    public async Task Help_shows_the_keys_and_single_ones_can_be_switched_off()
    {
        await Desk.GoAsync("crm");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await Page.Keyboard.PressAsync("?");
        var help = Page.GetByRole(AriaRole.Dialog);
        await Expect(help).ToContainTextAsync("Ångra den senaste egna ändringen");
        None(await BarriersAsync(Page));
        await help.GetByLabel("Enkla tangenter").UncheckAsync(new() { Force = true });
        await Page.Keyboard.PressAsync("Escape");
        await Expect(help).ToHaveCountAsync(0);
        await Page.Keyboard.PressAsync("?");
        await Page.Keyboard.PressAsync("Control+k");
        await Expect(Page.GetByRole(AriaRole.Combobox, new() { Name = "Sök partner eller sida" })).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Without_a_network_the_page_says_so_and_goes_on_when_it_is_back()
    {
        // What the page asks for meanwhile, such as what has changed, cannot be had.
        Desk.Expected = "ERR_INTERNET_DISCONNECTED";
        await Desk.PartnerAsync("Nordvik", new { stage = "potential" });
        await Desk.GoAsync("crm");
        await Expect(Page.GetByText("Nordvik")).ToBeVisibleAsync();
        await Page.Context.SetOfflineAsync(true);
        await Expect(Page.GetByText("Ingen anslutning.")).ToBeVisibleAsync();
        await Page.Context.SetOfflineAsync(false);
        await Expect(Page.GetByText("Ingen anslutning.")).ToHaveCountAsync(0);
        await Expect(Page.GetByText("Nordvik")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_page_that_cannot_be_fetched_without_a_network_is_there_when_it_is_back()
    {
        Desk.Expected = "ERR_INTERNET_DISCONNECTED | Failed to fetch | Unable to preload";
        await Desk.GoAsync("crm");
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "Skapa företag" }).First).ToBeVisibleAsync();
        await Page.Context.SetOfflineAsync(true);
        await Page.GetByRole(AriaRole.Link, new() { Name = "Skapa företag" }).First.ClickAsync();
        await Expect(Page.GetByText("Ingen anslutning.")).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Försök igen" })).ToBeVisibleAsync();
        await Page.Context.SetOfflineAsync(false);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Försök igen" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Skapa företag" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_the_server_could_not_do_has_a_number_for_support_and_a_way_to_try_again()
    {
        var isBroken = true;
        Desk.Expected = "status of 500";
        await Page.RouteAsync("**/api/v1/*/partners/1001", route => isBroken
            ? route.FulfillAsync(new() { Status = 500, ContentType = "application/problem+json", Body = """{"code":"internal","title":"x","status":500,"traceId":"4bf92f3577b34da6a3ce929d0e0e4736"}""" })
            : route.ContinueAsync());
        await Desk.PartnerAsync("Nordvik");
        await Desk.GoAsync("partners/1001");
        await Expect(Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("4bf92f3577b34da6a3ce929d0e0e4736", new() { Timeout = 15_000 });
        None(await BarriersAsync(Page));
        isBroken = false;
        await Page.GetByRole(AriaRole.Button, new() { Name = "Försök igen" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Nordvik");
    }
}
