namespace Crm.PageTests.Partners;

/// <summary>A new company, typed by hand.</summary>
public sealed class CreateTests(Site site) : PageTest(site)
{
    [Fact, Trait("Requirement", "R20"), Trait("Requirement", "R47"), Trait("Requirement", "R50")]
    public async Task A_company_is_typed_and_saving_leads_to_its_card()
    {
        await Desk.GoAsync("crm");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Skapa företag" }).First.ClickAsync();
        await Expect(Desk.Field("Partnernamn")).ToBeFocusedAsync();
        await Desk.FillAsync("Partnernamn", "Nordvik Bygg AB");
        await Desk.FillAsync("Organisationsnummer", "556016-0680");
        await SectionAsync("Adress");
        await Page.GetByRole(AriaRole.Group, new() { Name = "Besöksadress" }).GetByLabel("Ort").FillAsync("Lund");
        await SectionAsync("E-faktura");
        await Desk.PickAsync("Typ av adress", "0007");
        await Desk.FillAsync("E-fakturaadress", "5560160680");
        await SectionAsync("Fakturering");
        await Desk.PickAsync("Fakturatyp", "Pappersfaktura");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Spara" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Nordvik Bygg AB");
        await Expect(Page.Locator("#main").GetByText("Nr ")).ToBeVisibleAsync();
        var made = (await Desk.GetAsync("partners")).GetProperty("items")[0];
        await Expect(Page).ToHaveURLAsync($"{Site.Url}/{Desk.Company}/partners/{made.GetProperty("number")}");
        Assert.Equal(("556016-0680", "Lund", "0007"), (made.GetProperty("organisationNumber").GetString(), made.GetProperty("addresses").GetProperty("visiting").GetProperty("city").GetString(), made.GetProperty("invoicing").GetProperty("eInvoice").GetProperty("scheme").GetString()));
    }

    [Fact, Trait("Requirement", "R20"), Trait("Requirement", "R21")]
    public async Task Everything_that_is_wrong_is_said_at_its_field_at_once()
    {
        await Desk.GoAsync("partners/new");
        await Desk.FillAsync("Organisationsnummer", "556016-0681");
        await SectionAsync("E-faktura");
        await Desk.FillAsync("E-fakturaadress", "5560160680");
        await SectionAsync("E-faktura");
        await Page.Keyboard.PressAsync("Control+Enter");
        await Expect(Page.GetByText("Ange företagets namn.")).ToBeVisibleAsync();
        await Expect(Page.GetByText("Organisationsnumret stämmer inte för landet.")).ToBeVisibleAsync();
        await Expect(Page.GetByText("Adressen stämmer inte med sin typ.")).ToBeVisibleAsync();
        await Expect(Desk.Field("Partnernamn")).ToBeFocusedAsync();
        None(await BarriersAsync(Page));
    }

    [Fact]
    public async Task Companies_alike_are_hinted_at_and_do_not_stop_a_save()
    {
        var number = await Desk.PartnerAsync("Nordvik Bygg AB", new { organisationNumber = "556016-0680" });
        await Desk.GoAsync("partners/new");
        await Desk.FillAsync("Partnernamn", "Nordvik Byggnads");
        await Expect(Page.GetByText("Finns kanske redan")).ToHaveCountAsync(0);
        await Desk.FillAsync("Organisationsnummer", "5560160680");
        await Expect(Page.GetByRole(AriaRole.Status).GetByRole(AriaRole.Link, new() { Name = "Nordvik Bygg AB" })).ToHaveAttributeAsync("href", $"/{Desk.Company}/partners/{number}");
        await Desk.FillAsync("Organisationsnummer", "");
        await Desk.FillAsync("Partnernamn", "Nordvik Bygg");
        await Expect(Page.GetByRole(AriaRole.Status).GetByRole(AriaRole.Link, new() { Name = "Nordvik Bygg AB" })).ToBeVisibleAsync();
        await Page.Keyboard.PressAsync("Control+Enter");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Nordvik Bygg");
    }

    [Fact]
    public async Task A_branch_is_made_from_its_parents_card_and_both_lead_to_each_other()
    {
        var parent = await Desk.PartnerAsync("Nordvik Bygg AB");
        await Desk.OpenCardAsync(parent, "branches");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Lägg till filial" }).ClickAsync();
        await Desk.FillAsync("Partnernamn", "Nordvik Bygg Lund");
        await Desk.FillAsync("Arbetsställenummer", "19001234");
        await Page.Keyboard.PressAsync("Control+Enter");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Nordvik Bygg AB" }).ClickAsync();
        await Page.GetByRole(AriaRole.Tab, new() { Name = "Filialer (1)" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "Nordvik Bygg Lund" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_parent_in_the_address_that_cannot_be_read_is_told_of_and_the_company_is_made_without_it()
    {
        await Desk.GoAsync("partners/new?parent=4711");
        await Expect(Page.GetByText("Partner 4711 kunde inte läsas")).ToBeVisibleAsync();
        await Desk.FillAsync("Partnernamn", "Nordvik Bygg Lund");
        await Page.Keyboard.PressAsync("Control+Enter");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Nordvik Bygg Lund");
    }

    private Task SectionAsync(string name) => Page.Locator("#main").GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();
}
