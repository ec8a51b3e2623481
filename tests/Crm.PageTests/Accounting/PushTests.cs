namespace Crm.PageTests.Accounting;

/// <summary>Partners are sent to accounting by the tags that an administrator names, and everybody sees what became of it.</summary>
public sealed class PushTests(Site site) : FortnoxTest(site)
{
    private static readonly string[] Tags = ["vip"];

    private ILocator Rules => Page.GetByRole(AriaRole.Region, new() { Name = "Vad som skickas till bokföringen" });
    private ILocator Why => Page.GetByRole(AriaRole.Region, new() { Name = "Bokföring" });
    private ILocator Dialog => Page.GetByRole(AriaRole.Dialog);

    [Fact, Trait("Requirement", "R46")]
    public async Task A_rule_is_made_without_a_mouse_and_the_ledger_has_what_was_sent_and_answered()
    {
        await ReadAsync();
        await Desk.PostAsync("tags", new { key = "vip", name = "VIP" });
        await Desk.GoAsync("settings/accounting");
        await Expect(Rules.GetByText("Ingen regel. Inget skickas av sig självt.")).ToBeVisibleAsync();
        await Rules.GetByRole(AriaRole.Button, new() { Name = "Ändra vad som skickas till bokföringen" }).PressAsync("Enter");
        await Rules.GetByRole(AriaRole.Button, new() { Name = "Lägg till regel" }).PressAsync("Enter");
        await Rules.GetByRole(AriaRole.Button, new() { Name = "Spara" }).ClickAsync();
        await Expect(Rules.GetByText("Välj en tagg.")).ToBeVisibleAsync();
        None(await BarriersAsync(Page));
        var tag = Rules.GetByRole(AriaRole.Combobox, new() { Name = "Tagg" });
        await tag.FillAsync("VIP");
        await tag.PressAsync("Enter");
        await Rules.GetByRole(AriaRole.Button, new() { Name = "Spara" }).ClickAsync();
        await Expect(Rules.GetByText("Partner med taggen VIP skickas till Fortnox")).ToBeVisibleAsync();
        var partner = await Desk.PartnerAsync("Nya Kvarnen AB", new { organisationNumber = "556036-0793", tags = Tags });
        await Desk.GoAsync("accounting/pushes");
        var row = Page.GetByRole(AriaRole.Grid).GetByRole(AriaRole.Row).Filter(new() { HasText = "Nya Kvarnen AB" });
        await Expect(row).ToContainTextAsync("Klart");
        None(await BarriersAsync(Page));
        await row.FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Dialog.GetByText("POST", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(Dialog.GetByText("Skapad")).ToBeVisibleAsync();
        None(await BarriersAsync(Page));
        await Desk.GoAsync($"partners/{partner}");
        await Expect(Why.GetByText("Kund 1061 i Fortnox")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_card_says_why_a_partner_is_not_there_and_it_is_sent_all_the_same()
    {
        await ReadAsync();
        var partner = await Desk.PartnerAsync("Gamla Kvarnen AB", new { organisationNumber = "556430-0142" });
        await Desk.GoAsync($"partners/{partner}");
        await Expect(Why.GetByText("Finns inte i Fortnox")).ToBeVisibleAsync();
        await Expect(Why.GetByText("Ingen regel skickar partner dit.")).ToBeVisibleAsync();
        None(await BarriersAsync(Page));
        await Why.GetByRole(AriaRole.Button, new() { Name = "Skicka till Fortnox" }).PressAsync("Enter");
        await Expect(Why.GetByText("Kund 1061 i Fortnox")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_ledger_without_entries_says_what_to_do_and_balances_are_stale_after_as_many_hours_as_the_company_says()
    {
        await ReadAsync();
        await Desk.GoAsync("accounting/pushes");
        await Expect(Page.GetByText("Inget har skickats ännu. Lägg till en regel under Inställningar, Bokföring.")).ToBeVisibleAsync();
        await Desk.GoAsync("settings/accounting");
        var part = Page.GetByRole(AriaRole.Region, new() { Name = "Kundsaldon" });
        await part.GetByRole(AriaRole.Button, new() { Name = "Ändra när kundsaldon är inaktuella" }).ClickAsync();
        await part.GetByLabel("Inaktuellt efter, timmar").FillAsync("9000");
        await part.GetByRole(AriaRole.Button, new() { Name = "Spara" }).ClickAsync();
        await Expect(part.GetByText("Ange 1–8 760 timmar.")).ToBeVisibleAsync();
        await part.GetByLabel("Inaktuellt efter, timmar").FillAsync("48");
        await part.GetByRole(AriaRole.Button, new() { Name = "Spara" }).ClickAsync();
        await Expect(part.GetByText("Ett saldo som är äldre än 48 timmar visas som inaktuellt.")).ToBeVisibleAsync();
        None(await BarriersAsync(Page));
    }
}
