using System.Text.RegularExpressions;

namespace Crm.PageTests.Shell;

/// <summary>The way in, and what stands in the way.</summary>
public sealed partial class SignInTests(Site site) : PageTest(site)
{
    [Fact]
    public async Task Somebody_without_a_session_signs_in_and_comes_to_the_page_that_was_asked_for()
    {
        await using var window = await Site.WindowAsync();
        var page = await window.NewPageAsync();
        await page.GotoAsync($"/{Desk.Company}/cases");
        await Expect(page).ToHaveURLAsync(SignInPage());
        await page.GetByLabel("E-post").FillAsync($"admin@{Desk.Company}.example");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Lösenord" }).FillAsync("not the password");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("stämmer inte");
        None(await BarriersAsync(page));
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Lösenord" }).FillAsync("a-long-enough-word");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync($"{Site.Url}/{Desk.Company}/cases");
    }

    [Fact]
    public async Task A_company_one_is_no_member_of_is_a_page_that_does_not_exist()
    {
        await Page.GotoAsync("/svea/crm");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Sidan finns inte");
        None(await BarriersAsync(Page));
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_what_was_shown_is_gone()
    {
        await Desk.PartnerAsync("Nordvik", new { stage = "potential" });
        await Desk.GoAsync("crm");
        await Expect(Page.GetByText("Nordvik")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Banner).GetByRole(AriaRole.Button, new() { Name = "Ada Admin" }).ClickAsync();
        await Page.GetByRole(AriaRole.Menuitem, new() { Name = "Logga ut" }).ClickAsync();
        await Expect(Page).ToHaveURLAsync(SignInPage());
        await Page.GoBackAsync();
        await Expect(Page).ToHaveURLAsync(SignInPage());
        await Expect(Page.GetByText("Nordvik")).ToHaveCountAsync(0);
    }

    [Fact, Trait("Requirement", "R5")]
    public async Task The_language_is_chosen_at_the_door_and_kept()
    {
        await using var window = await Site.WindowAsync("en");
        var page = await window.NewPageAsync();
        await page.GotoAsync("/sign-in");
        await Expect(page.GetByLabel("E-mail")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Language" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Dansk" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Adgangskode" })).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Adgangskode" })).ToBeVisibleAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "da");
    }

    [GeneratedRegex("/sign-in")]
    private static partial Regex SignInPage();
}
