namespace Crm.PageTests.Accounting;

/// <summary>Customers of the accounting system that are not known by their organisation number wait until somebody says which partner they are.</summary>
public sealed class CustomerTests(Site site) : FortnoxTest(site)
{
    private long _same, _alike;

    private ILocator Rows => Page.GetByRole(AriaRole.Grid).GetByRole(AriaRole.Row);
    private ILocator Dialog => Page.GetByRole(AriaRole.Dialog);

    protected override async ValueTask BeforeReadingAsync()
    {
        _same = await Desk.PartnerAsync("Snickeriet i Luleå", new { organisationNumber = "559900-0006" });
        _alike = await Desk.PartnerAsync("Bageriet i Sundsvall");
    }

    [Fact]
    public async Task One_is_linked_to_the_partner_that_is_suggested_without_a_mouse()
    {
        await OpenAsync();
        await Expect(Page.GetByText("59 kunder")).ToBeVisibleAsync();
        None(await BarriersAsync(Page));
        var row = Rows.Filter(new() { HasText = "Bageriet i Sundsvall" });
        await Expect(row).ToContainTextAsync("Ingen partner har numret");
        await row.FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Dialog.GetByText("Org.nr: 5599000022")).ToBeVisibleAsync();
        None(await BarriersAsync(Page));
        await Page.TabToAsync(Dialog.GetByRole(AriaRole.Button, new() { Name = "Koppla till Bageriet i Sundsvall" }));
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Dialog).ToHaveCountAsync(0);
        await Expect(Page.GetByText("58 kunder")).ToBeVisibleAsync();
        await Expect(row).ToHaveCountAsync(0);
        await Desk.UntilAsync($"partners/{_alike}", partner => partner.GetProperty("external")[0].GetProperty("system").GetString() == "fortnox");
    }

    [Fact]
    public async Task One_is_made_a_partner_with_what_is_known_of_it_and_another_is_none()
    {
        await OpenAsync("?name=Snickeriet i Falun");
        await Rows.Filter(new() { HasText = "Snickeriet i Falun" }).ClickAsync();
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Ny partner av kunden" }).ClickAsync();
        await Expect(Page.GetByLabel("Partnernamn")).ToHaveValueAsync("Snickeriet i Falun AB");
        await Expect(Page.GetByLabel("Organisationsnummer")).ToHaveValueAsync("5599000048");
        None(await BarriersAsync(Page));
        await Page.GetByRole(AriaRole.Button, new() { Name = "Spara" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Snickeriet i Falun AB" })).ToBeVisibleAsync();
        await Desk.GoAsync("accounting/customers?name=Plåtslageriet i Umeå");
        await Rows.Filter(new() { HasText = "Plåtslageriet i Umeå" }).ClickAsync();
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Ingen av våra" }).ClickAsync();
        await Expect(Dialog).ToHaveCountAsync(0);
        await Desk.GoAsync("accounting/customers");
        await Expect(Page.GetByText("57 kunder")).ToBeVisibleAsync();
        await Page.GetByText("Alla", new() { Exact = true }).ClickAsync();
        await Expect(Page.GetByText("60 kunder")).ToBeVisibleAsync();
        await Desk.GoAsync("accounting/customers/all?name=Plåtslageriet i Umeå");
        await Expect(Rows.Filter(new() { HasText = "Plåtslageriet i Umeå" })).ToContainTextAsync("Ingen av våra partner");
        None(await BarriersAsync(Page));
    }

    [Fact]
    public async Task A_partner_that_is_another_customer_already_is_refused_in_words()
    {
        await OpenAsync("?name=Snickeriet i Falun");
        await Rows.Filter(new() { HasText = "Snickeriet i Falun" }).ClickAsync();
        await Dialog.GetByRole(AriaRole.Combobox, new() { Name = "En annan partner" }).FillAsync("Snickeriet i Luleå");
        await Page.GetByRole(AriaRole.Option, new() { Name = "Snickeriet i Luleå" }).ClickAsync();
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Koppla", Exact = true }).ClickAsync();
        await Expect(Dialog.GetByText("Partnern är redan en annan kund i bokföringen.")).ToBeVisibleAsync();
        None(await BarriersAsync(Page));
        Assert.Equal("1001", (await Desk.GetAsync($"partners/{_same}")).GetProperty("external")[0].GetProperty("id").GetString());
    }

    private async Task OpenAsync(string filter = "")
    {
        await ReadAsync();
        await Desk.GoAsync($"accounting/customers{filter}");
    }
}
