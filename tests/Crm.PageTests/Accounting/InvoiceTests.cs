namespace Crm.PageTests.Accounting;

/// <summary>What accounting has sent out: a list for all, and on each customer's card.</summary>
public sealed class InvoiceTests(Site site) : FortnoxTest(site)
{
    private long _partner;

    private ILocator Rows => Page.GetByRole(AriaRole.Grid, new() { Name = "Fakturor" }).GetByRole(AriaRole.Row);

    protected override async ValueTask BeforeReadingAsync() => _partner = await Desk.PartnerAsync("Snickeriet i Luleå", new { organisationNumber = "559900-0006" });

    [Fact]
    public async Task They_are_listed_filtered_by_what_is_overdue_and_lead_to_the_customers_card()
    {
        await ReadAsync();
        await Desk.GoAsync("invoices");
        await Expect(Page.GetByText("240 fakturor")).ToBeVisibleAsync();
        await Expect(Rows.First).ToContainTextAsync("Kvar att betala");
        None(await BarriersAsync(Page));
        await Page.Keyboard.PressAsync("f");
        await Page.GetByRole(AriaRole.Combobox, new() { Name = "Förfallet" }).ClickAsync();
        await Page.GetByRole(AriaRole.Option, new() { Name = "Förfallen" }).ClickAsync();
        await Expect(Page.GetByText("240 fakturor")).ToHaveCountAsync(0);
        await Expect(Rows.Nth(1)).ToContainTextAsync("Förfallen");
        None(await BarriersAsync(Page));
        await Desk.GoAsync($"invoices?partner={_partner}");
        await Expect(Rows.Nth(1)).ToContainTextAsync("Snickeriet i Luleå");
        await Rows.Nth(1).FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.GetByRole(AriaRole.Tab, new() { Name = "Fakturor (4)" })).ToHaveAttributeAsync("aria-selected", "true");
        await Expect(Page.GetByRole(AriaRole.Table, new() { Name = "Fakturor" }).GetByRole(AriaRole.Row)).ToHaveCountAsync(5);
        None(await BarriersAsync(Page));
    }

    [Fact, Trait("Requirement", "R28")]
    public async Task A_balance_is_shown_with_who_said_it_and_when()
    {
        await ReadAsync();
        await Desk.GoAsync($"partners/{_partner}");
        await Expect(Page.GetByRole(AriaRole.Region, new() { Name = "Nyckeltal" }).GetByText("Fortnox, för", new() { Exact = false })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_customer_without_any_has_an_empty_list_that_says_so()
    {
        var other = await Desk.PartnerAsync("Utan fakturor");
        await Desk.GoAsync($"partners/{other}?tab=invoices");
        await Expect(Page.GetByText("Inga fakturor från bokföringen.")).ToBeVisibleAsync();
    }
}
