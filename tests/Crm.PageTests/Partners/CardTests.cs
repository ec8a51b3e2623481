namespace Crm.PageTests.Partners;

/// <summary>The customer card: every section is read and changed where it stands.</summary>
public sealed class CardTests(Site site) : PageTest(site)
{
    [Fact, Trait("Requirement", "R8")]
    public async Task The_number_is_shown_and_no_field_holds_it()
    {
        var number = await Desk.PartnerAsync("Nordvik Bygg AB");
        await Desk.OpenCardAsync(number);
        await Expect(Page.GetByText($"Nr {number}")).ToBeVisibleAsync();
        foreach (var section in new[] { "Företag", "Fakturering", "Kontaktuppgifter", "Adresser" }) await Desk.EditAsync(section);
        await Expect(Page.Locator("#main form")).ToHaveCountAsync(4);
        foreach (var field in await Page.Locator("#main input, #main textarea").AllAsync()) Assert.NotEqual($"{number}", await field.InputValueAsync());
        await Expect(Page.GetByLabel("Nummer", new() { Exact = true })).ToHaveCountAsync(0);
    }

    [Fact, Trait("Requirement", "R18")]
    public async Task Every_field_of_the_create_form_can_be_changed_on_the_card()
    {
        var number = await Desk.PartnerAsync("Nordvik Bygg AB");
        await Desk.OpenCardAsync(number);
        await Desk.EditAsync("Företag");
        await Desk.FillAsync("Partnernamn", "Nordvik Anläggning AB");
        await Desk.FillAsync("Organisationsnummer", "556016-0680");
        await Desk.FillAsync("Momsregistreringsnummer", "SE556016068001");
        await Desk.PickAsync("Kundstatus", "Prospekt");
        await Desk.PickAsync("Bransch", "Bygg och anläggning");
        await Desk.FillAsync("Antal anställda", "48");
        await Desk.FillAsync("Bolagsform", "AB");
        await Desk.PickAsync("Språk", "Svenska");
        await Desk.SaveAsync();
        await Desk.EditAsync("Kontaktuppgifter");
        await Desk.FillAsync("Telefon", "+46 8 123 456 78");
        await Desk.FillAsync("E-post", "info@nordvik.example");
        await Desk.FillAsync("Webbplats", "www.nordvik.example");
        await Desk.SaveAsync();
        await Desk.EditAsync("Fakturering");
        await Desk.FillAsync("Kredittid", "20");
        await Desk.FillAsync("Kreditgräns", "250000");
        await Desk.FillAsync("Faktura e-post", "faktura@nordvik.example");
        await Desk.SaveAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Nordvik Anläggning AB");
        var partner = await Desk.GetAsync($"partners/{number}");
        Assert.Equal(
            ["Nordvik Anläggning AB", "556016-0680", "SE556016068001", "prospect", "48", "AB", "sv", "+46 8 123 456 78", "info@nordvik.example", "www.nordvik.example", "20", "250000"],
            new[]
            {
                partner.GetProperty("name"), partner.GetProperty("organisationNumber"), partner.GetProperty("vatNumber"), partner.GetProperty("stage").GetProperty("key"), partner.GetProperty("employees"), partner.GetProperty("legalForm"),
                partner.GetProperty("language"), partner.GetProperty("phone"), partner.GetProperty("email"), partner.GetProperty("website"), partner.GetProperty("invoicing").GetProperty("creditDays"), partner.GetProperty("creditLimit").GetProperty("amount"),
            }.Select(value => value.ToString()));
    }

    [Fact, Trait("Requirement", "R12")]
    public async Task The_flag_says_the_country_in_words()
    {
        await Desk.OpenCardAsync(await Desk.PartnerAsync("Havnens ApS", new { country = "DK" }));
        await Expect(Page.Locator("#main header").GetByRole(AriaRole.Img, new() { Name = "Danmark" })).ToBeVisibleAsync();
    }

    [Fact, Trait("Requirement", "R13")]
    public async Task The_head_has_one_flag_and_every_place_stands_on_the_card()
    {
        var number = await Desk.PartnerAsync("Nordvik Bygg AB", new { addresses = new { visiting = new { city = "Lund", country = "SE" }, postal = new { city = "Oslo", country = "NO" }, invoice = new { city = "Turku", country = "FI" } } });
        await Desk.OpenCardAsync(number);
        await Expect(Page.Locator("#main header svg[role=img]")).ToHaveCountAsync(1);
        var addresses = Desk.Box("Adresser");
        foreach (var place in new[] { "Lund", "Norge", "Finland" }) await Expect(addresses).ToContainTextAsync(place);
    }

    [Fact, Trait("Requirement", "R15"), Trait("Requirement", "R16")]
    public async Task The_postal_address_is_copied_in_one_step_and_later_edits_leave_the_copy_alone()
    {
        var number = await Desk.PartnerAsync("Nordvik Bygg AB", new { addresses = new { visiting = new { street = "Storgatan 1", city = "Lund" }, postal = new { street = "Box 3", postalCode = "211 20", city = "Malmö", country = "SE" } } });
        await Desk.OpenCardAsync(number);
        await Desk.EditAsync("Adresser");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Kopiera postadressen hit" }).ClickAsync();
        var (postal, invoice) = (Page.GetByRole(AriaRole.Group, new() { Name = "Postadress" }), Page.GetByRole(AriaRole.Group, new() { Name = "Fakturaadress" }));
        await postal.GetByLabel("Gatuadress").FillAsync("Box 99");
        await Expect(invoice.GetByLabel("Gatuadress")).ToHaveValueAsync("Box 3");
        await Expect(invoice.GetByLabel("Land", new() { Exact = true })).ToHaveValueAsync("Sverige");
        await Desk.SaveAsync();
        var addresses = (await Desk.GetAsync($"partners/{number}")).GetProperty("addresses");
        Assert.Equal(("Storgatan 1", "Box 99", "Box 3", "211 20", "Malmö"), (Street("visiting"), Street("postal"), Street("invoice"), addresses.GetProperty("invoice").GetProperty("postalCode").GetString(), addresses.GetProperty("invoice").GetProperty("city").GetString()));
        string? Street(string kind) => addresses.GetProperty(kind).GetProperty("street").GetString();
    }

    [Fact, Trait("Requirement", "R59"), Trait("Requirement", "R63"), Trait("Requirement", "R64")]
    public async Task Invoices_have_three_ways_an_address_of_their_own_and_days_until_due()
    {
        var number = await Desk.PartnerAsync("Nordvik Bygg AB");
        await Desk.OpenCardAsync(number);
        await Desk.EditAsync("Fakturering");
        await Desk.Field("Fakturatyp").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Option)).ToHaveTextAsync(["E-postfaktura med spårningslänk", "E-postfaktura med bilaga (PDF)", "Pappersfaktura"]);
        await Page.GetByRole(AriaRole.Option, new() { Name = "E-postfaktura med spårningslänk" }).ClickAsync();
        await Desk.FillAsync("Kredittid", "20");
        await Page.Keyboard.PressAsync("Control+Enter");
        await Expect(Page.GetByText("E-postfaktura kräver en e-postadress.")).ToBeVisibleAsync();
        await Desk.FillAsync("Faktura e-post", "inte en adress");
        await Page.Keyboard.PressAsync("Control+Enter");
        await Expect(Page.GetByText("Det är ingen e-postadress.")).ToBeVisibleAsync();
        await Desk.FillAsync("Faktura e-post", "faktura@nordvik.example");
        await Desk.SaveAsync();
        await Expect(Desk.Box("Fakturering")).ToContainTextAsync("20 dagar");
        var invoicing = (await Desk.GetAsync($"partners/{number}")).GetProperty("invoicing");
        Assert.Equal(("emailLink", "faktura@nordvik.example", 20), (invoicing.GetProperty("type").GetString(), invoicing.GetProperty("email").GetString(), invoicing.GetProperty("creditDays").GetInt32()));
    }

    [Fact, Trait("Requirement", "R21")]
    public async Task An_electronic_address_is_kept_and_a_wrong_one_is_refused_at_its_field()
    {
        var number = await Desk.PartnerAsync("Nordvik Bygg AB", new { invoicing = new { type = "paper" } });
        await Desk.OpenCardAsync(number);
        await Desk.EditAsync("Fakturering");
        await Desk.PickAsync("Typ av adress", "0088");
        await Desk.FillAsync("E-fakturaadress", "7080000000006");
        await Page.Keyboard.PressAsync("Control+Enter");
        await Expect(Page.GetByText("Adressen stämmer inte med sin typ.")).ToBeVisibleAsync();
        await Desk.FillAsync("E-fakturaadress", "7080000000005");
        await Desk.SaveAsync();
        await Expect(Page.GetByText("0088:7080000000005")).ToBeVisibleAsync();
    }

    [Fact, Trait("Requirement", "R58")]
    public async Task The_department_can_be_chosen_where_there_are_two_and_is_hidden_where_there_is_one()
    {
        var number = await Desk.PartnerAsync("Nordvik Bygg AB");
        await Desk.PostAsync("departments", new { id = "sales", name = "Försäljning" });
        await Desk.OpenCardAsync(number);
        await Expect(Desk.Box("Ansvariga")).ToBeVisibleAsync();
        await Expect(Desk.Field("Avdelning")).ToHaveCountAsync(0);
        await Desk.PostAsync("departments", new { id = "export", name = "Export" });
        await Page.ReloadAsync();
        await Desk.PickAsync("Avdelning", "Export");
        await Expect(Desk.Toast("Sparat")).ToBeVisibleAsync();
        Assert.Equal("export", (await Desk.GetAsync($"partners/{number}")).GetProperty("department").GetProperty("id").GetString());
    }

    [Fact, Trait("Requirement", "R36")]
    public async Task S_sets_the_stage_and_E_opens_the_form()
    {
        var number = await Desk.PartnerAsync("Nordvik Bygg AB");
        await Desk.OpenCardAsync(number);
        await Page.Keyboard.PressAsync("s");
        await Page.GetByRole(AriaRole.Menuitem, new() { Name = "Förlorad" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Kundstatus: Förlorad. Ändra" })).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Menuitem)).ToHaveCountAsync(0);
        await Page.Keyboard.PressAsync("e");
        await Expect(Desk.Field("Partnernamn")).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Desk.Field("Partnernamn")).ToHaveCountAsync(0);
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Redigera: Företag" })).ToBeFocusedAsync();
    }

    [Fact]
    public async Task What_belongs_to_a_company_can_be_read_to_its_end()
    {
        var number = await Desk.PartnerAsync("Nordvik Bygg AB");
        for (var i = 1; i <= 53; i++) await Desk.PostAsync("cases", new { partner = number, title = $"Lager {i}" });
        await Desk.OpenCardAsync(number);
        await Page.GetByRole(AriaRole.Tab, new() { Name = "Aktiviteter (53)" }).ClickAsync();
        var rows = Page.GetByRole(AriaRole.Table, new() { Name = "Aktiviteter" }).GetByRole(AriaRole.Row);
        await Expect(rows).ToHaveCountAsync(51);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Visa fler" }).ClickAsync();
        await Expect(rows).ToHaveCountAsync(54);
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Visa fler" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_card_in_both_states_has_no_barrier()
    {
        await Desk.OpenCardAsync(await Desk.PartnerAsync("Nordvik Bygg AB", new { stage = "prospect", email = "info@nordvik.example", tags = Array.Empty<string>() }));
        await Desk.SettledAsync();
        None(await BarriersAsync(Page));
        foreach (var section in new[] { "Företag", "Fakturering", "Kontaktuppgifter", "Adresser" }) await Desk.EditAsync(section);
        await Expect(Page.Locator("#main form")).ToHaveCountAsync(4);
        None(await BarriersAsync(Page));
        foreach (var tab in new[] { "contacts", "cases", "orders", "branches", "history" })
        {
            await Page.GotoAsync($"{Page.Url.Split('?')[0]}?tab={tab}");
            await Expect(Page.GetByRole(AriaRole.Tabpanel)).ToBeVisibleAsync();
            await Desk.SettledAsync();
            None(await BarriersAsync(Page));
        }
    }
}
