namespace Crm.PageTests.Lists;

/// <summary>Find partner, with its filters at the left.</summary>
public sealed class FilterTests(Site site) : ListTest(site)
{
    [Fact]
    [Trait("Requirement", "R31")]
    [Trait("Requirement", "R37")]
    [Trait("Requirement", "R44")]
    [Trait("Requirement", "R57")]
    [Trait("Requirement", "R75")]
    public async Task Filters_narrow_alone_and_together_and_a_tag_in_a_row_is_one()
    {
        var me = (await Desk.GetAsync("users")).GetProperty("items")[0].GetProperty("id").GetString();
        await Desk.PostAsync("tags", new { key = "vip", name = "VIP" });
        await Desk.PostAsync("industries", new { key = "bygg", name = "Bygg" });
        await Desk.PartnerAsync("Alfa", new { industry = "bygg", addresses = new { visiting = new { city = "Ystad" } } });
        await Desk.PartnerAsync("Beta", new { country = "DK", industry = "bygg", tags = (string[])["vip"], owner = me });
        await Desk.PartnerAsync("Gamma", new { relations = (string[])["productSupplier"], tags = (string[])["vip"], addresses = new { visiting = new { city = "Oslo" } } });
        await OpenAsync("partners");
        await NamesAsync("Alfa", "Beta", "Gamma");
        var filters = Page.GetByRole(AriaRole.Search);

        await filters.GetByLabel("Ort").FillAsync("yst");
        await NamesAsync("Alfa");
        await filters.GetByRole(AriaRole.Button, new() { Name = "Rensa filter" }).ClickAsync();
        await PickAsync("Bransch", "Bygg");
        await NamesAsync("Alfa", "Beta");
        await PickAsync("Land", "Danmark");
        await NamesAsync("Beta");
        await filters.GetByRole(AriaRole.Button, new() { Name = "Rensa filter" }).ClickAsync();
        await PickAsync("Ägs av", "Mina");
        await NamesAsync("Beta");
        await filters.GetByRole(AriaRole.Button, new() { Name = "Rensa filter" }).ClickAsync();
        await Cell("Gamma", "tags").GetByRole(AriaRole.Button, new() { Name = "Visa bara VIP" }).ClickAsync();
        await NamesAsync("Beta", "Gamma");
        await Page.ReloadAsync();
        await NamesAsync("Beta", "Gamma");

        async Task PickAsync(string field, string option)
        {
            await filters.GetByRole(AriaRole.Combobox, new() { Name = field }).ClickAsync();
            await Page.GetByRole(AriaRole.Option, new() { Name = option, Exact = true }).ClickAsync();
            await Page.Keyboard.PressAsync("Escape");
        }
    }

    [Fact]
    [Trait("Requirement", "R38")]
    public async Task What_is_ticked_stays_ticked_when_filters_leave_it_out_and_the_bar_says_so()
    {
        await PartnersAsync("Alfa", "Beta");
        await Desk.PartnerAsync("Gamma", new { stage = "lost" });
        await OpenAsync();
        foreach (var name in (string[])["Alfa", "Gamma"]) await Row(name).GetByRole(AriaRole.Checkbox).CheckAsync();
        await Expect(Toolbar).ToContainTextAsync("2 markerade");
        await Heads.Filter(new() { HasText = "Nummer" }).GetByRole(AriaRole.Button).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Förlorad 1" }).ClickAsync();
        await NamesAsync("Gamma");
        await Expect(Toolbar).ToContainTextAsync("2 markerade, 1 utanför filtret");
        await Expect(Row("Gamma").GetByRole(AriaRole.Checkbox)).ToBeCheckedAsync();
    }

    [Fact]
    public async Task On_a_narrow_screen_the_filters_are_in_a_drawer_with_one_title()
    {
        await PartnersAsync("Alfa", "Beta");
        await Page.SetViewportSizeAsync(390, 844);
        await Desk.GoAsync("partners");
        await Expect(Rows).ToHaveCountAsync(2);
        await Button("Filter").ClickAsync();
        await Expect(Dialog.GetByText("Filter", new() { Exact = true })).ToHaveCountAsync(1);
        await Dialog.GetByLabel("Namn").FillAsync("bet");
        await Expect(Rows).ToHaveCountAsync(1);
        None(await BarriersAsync(Page));
    }
}
