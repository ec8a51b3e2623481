namespace Crm.PageTests.Shell;

/// <summary>What is around every page: menus, search, help, sign-in.</summary>
public sealed class MenuTests(Site site) : PageTest(site)
{
    [Fact, Trait("Requirement", "R1")]
    public async Task The_top_menu_Partners_has_Find_partner_and_CRM()
    {
        await Desk.PartnerAsync("Nordvik", new { stage = "potential" });
        await Desk.GoAsync("cases");
        await Page.GetByRole(AriaRole.Banner).GetByRole(AriaRole.Button, new() { Name = "Partner" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Menuitem)).ToHaveTextAsync(["Hitta partner", "CRM"]);
        await Page.GetByRole(AriaRole.Menuitem, new() { Name = "CRM" }).ClickAsync();
        await Expect(Page).ToHaveURLAsync($"{Site.Url}/{Desk.Company}/crm");
        await Expect(Page.GetByRole(AriaRole.Grid)).ToBeVisibleAsync();
    }
}
