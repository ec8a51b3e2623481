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

    [Fact, Trait("Requirement", "R4")]
    public async Task Add_new_offers_what_can_be_made_from_any_page_and_Customer_opens_its_form()
    {
        await Desk.GoAsync("orders");
        await Page.GetByRole(AriaRole.Banner).GetByRole(AriaRole.Button, new() { Name = "Lägg till" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Menuitem)).ToContainTextAsync(["Kund", "CRM-aktivitet", "Order"]);
        await Page.GetByRole(AriaRole.Menuitem, new() { Name = "Kund" }).First.ClickAsync();
        await Expect(Page).ToHaveURLAsync($"{Site.Url}/{Desk.Company}/partners/new");
        await Expect(Page.GetByRole(AriaRole.Textbox, new() { Name = "Partnernamn" })).ToBeFocusedAsync();
        await Desk.GoAsync("crm");
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "Skapa företag" }).First).ToHaveAttributeAsync("href", $"/{Desk.Company}/partners/new");
    }
}
