namespace Crm.PageTests.Lists;

/// <summary>What the CRM overview shows.</summary>
public sealed class OverviewTests(Site site) : ListTest(site)
{
    [Theory]
    [Trait("Requirement", "R5")]
    [Trait("Requirement", "R25")]
    [Trait("Requirement", "R27")]
    [InlineData("sv", "Nummer", "Partnernamn", "Land", "Kreditgräns", "Kundsaldo", "Ofakturerade order", "Taggar", "Senaste försälj., Lev.datum", "Ägs av", "Kundstatus")]
    [InlineData("en", "Number", "Partner name", "Country", "Credit limit", "Customer balance", "Uninvoiced orders", "Tags", "Latest sales, Del. date", "Owned by", "Customer stage")]
    public async Task A_new_user_sees_ten_columns_in_the_order_of_the_source(string language, params string[] heads)
    {
        await using var desk = await Site.NewCompanyAsync(language);
        await desk.PartnerAsync("Nordvik", new { stage = "active" });
        await desk.GoAsync("crm");
        await Expect(desk.Page.Locator("[role=columnheader][data-column]")).ToHaveTextAsync(heads);
        None(desk.Complaints);
    }

    [Fact]
    [Trait("Requirement", "R2")]
    [Trait("Requirement", "R6")]
    [Trait("Requirement", "R11")]
    [Trait("Requirement", "R23")]
    [Trait("Requirement", "R24")]
    [Trait("Requirement", "R26")]
    [Trait("Requirement", "R32")]
    [Trait("Requirement", "R33")]
    [Trait("Requirement", "R34")]
    public async Task A_row_shows_what_is_set_and_is_blank_where_nothing_is()
    {
        var me = (await Desk.GetAsync("users")).GetProperty("items")[0].GetProperty("id").GetString();
        var number = await Desk.PartnerAsync("Nordvik Bygg", new { stage = "lost", country = "DK", owner = me, creditLimit = new { amount = 1000.5, currency = "SEK" } });
        await Desk.PartnerAsync("Utan allt", new { stage = "active" });
        await Desk.PartnerAsync("Utan status");
        await Desk.PostAsync("orders", new { partner = number, deliveryDate = "2026-03-07" });
        await Desk.GoAsync("cases");
        await Page.GetByRole(AriaRole.Navigation, new() { Name = "Sidonavigering" }).Or(Page.Locator("nav")).GetByRole(AriaRole.Link, new() { Name = "Översikt" }).First.ClickAsync();
        await NamesAsync("Nordvik Bygg", "Utan allt");
        await Expect(Cell("Nordvik Bygg", "country").GetByRole(AriaRole.Img, new() { Name = "Danmark" })).ToBeVisibleAsync();
        await Expect(Cell("Nordvik Bygg", "creditLimit")).ToHaveTextAsync("1 000,50 SEK");
        await Expect(Cell("Nordvik Bygg", "latestDelivery")).ToHaveTextAsync("07.03.2026");
        await Expect(Cell("Nordvik Bygg", "owner")).ToHaveTextAsync("Ada Admin");
        await Expect(Cell("Nordvik Bygg", "stage")).ToHaveTextAsync("Aktiv");
        foreach (var column in (string[])["creditLimit", "balance", "uninvoiced", "tags", "latestDelivery", "owner"]) await Expect(Cell("Utan allt", column)).ToHaveTextAsync("");
        await Desk.PatchAsync($"partners/{number}", new { name = "Nytt namn", stage = "lost" });
        await Page.ReloadAsync();
        await NamesAsync("Nytt namn", "Utan allt");
        await Expect(Cell("Nytt namn", "stage")).ToHaveTextAsync("Förlorad");
    }

    [Fact]
    [Trait("Requirement", "R24")]
    [Trait("Requirement", "R34")]
    public async Task Stages_have_counts_filter_the_list_and_sort_it()
    {
        await PartnersAsync("Aktiv A", "Aktiv B");
        await Desk.PartnerAsync("Borta", new { stage = "lost" });
        await OpenAsync();
        var lost = Page.GetByRole(AriaRole.Group, new() { Name = "Kundstatus" }).GetByRole(AriaRole.Button, new() { Name = "Förlorad 1" });
        await lost.ClickAsync();
        await NamesAsync("Borta");
        await Expect(Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("stage=lost"));
        await Button("Rensa Kundstatus: Förlorad").ClickAsync();
        await NamesAsync("Aktiv A", "Aktiv B", "Borta");
        await Heads.Filter(new() { HasText = "Kundstatus" }).GetByRole(AriaRole.Button).DblClickAsync();
        await NamesAsync("Borta", "Aktiv B", "Aktiv A");
    }

    [Fact]
    [Trait("Requirement", "R116")]
    [Trait("Requirement", "R119")]
    [Trait("Requirement", "R120")]
    public async Task A_figure_above_the_list_opens_the_rows_that_it_counts()
    {
        var numbers = await PartnersAsync("Kund", "Prospekt", "Annan");
        await Desk.PostAsync("cases", new { title = "Vunnet", partner = numbers[0], status = "won" });
        await Desk.PostAsync("cases", new { title = "Öppet", partner = numbers[0], value = new { amount = 1000, currency = "SEK" } });
        await Desk.PostAsync("cases", new { title = "Öppet", partner = numbers[1], value = new { amount = 500, currency = "SEK" }, probability = 10 });
        await OpenAsync();
        var figures = Page.GetByRole(AriaRole.Region, new() { Name = "Nyckeltal" });
        await Expect(figures).ToContainTextAsync("Aktiva kunder2");
        await Expect(figures).ToContainTextAsync("1 500 SEK");
        await figures.GetByRole(AriaRole.Link, new() { Name = "Prospekt i pipeline" }).ClickAsync();
        await NamesAsync("Prospekt");
        await figures.GetByRole(AriaRole.Link, new() { Name = "Aktiva kunder" }).ClickAsync();
        await NamesAsync("Kund", "Prospekt");
    }

    [Fact]
    public async Task An_empty_list_says_what_can_be_done()
    {
        await Desk.GoAsync("crm");
        await Expect(Page.GetByText("Inga partner ännu")).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "Importera" })).ToBeVisibleAsync();
        await PartnersAsync("A");
        await Desk.GoAsync("crm?stage=lost");
        await Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "Rensa filter" }).ClickAsync();
        await NamesAsync("A");
    }
}
