namespace Crm.PageTests.Settings;

/// <summary>The lists that a company keeps for itself.</summary>
public sealed class ChoiceTests(Site site) : PageTest(site)
{
    [Fact, Trait("Requirement", "R36")]
    public async Task Stages_are_added_named_in_every_language_ordered_and_closed_and_active_stays()
    {
        await Desk.GoAsync("settings/stages");
        await Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "Lägg till", Exact = true }).ClickAsync();
        var dialog = Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Namn").FillAsync("Nyckelkund");
        await dialog.GetByLabel("English").FillAsync("Key account");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Spara" }).ClickAsync();
        var rows = Page.GetByRole(AriaRole.Table, new() { Name = "Kundstatusar" }).GetByRole(AriaRole.Row);
        await Expect(rows.Last).ToContainTextAsync("Nyckelkund");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Flytta upp Nyckelkund" }).ClickAsync();
        await Expect(rows.Nth(5)).ToContainTextAsync("Nyckelkund");
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Flytta upp Nyckelkund" })).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Alt+ArrowUp");
        await Expect(rows.Nth(4)).ToContainTextAsync("Nyckelkund");
        await Page.GetByRole(AriaRole.Switch, new() { Name = "Nyckelkund kan väljas" }).ClickAsync(new() { Force = true });
        await Expect(rows.Nth(4)).ToContainTextAsync("Nej");
        var active = rows.Filter(new() { HasText = "Aktiv" }).First;
        await Expect(active).ToContainTextAsync("Inbyggd");
        await Expect(active.GetByRole(AriaRole.Switch)).ToHaveCountAsync(0);
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Ta bort Aktiv", Exact = true })).ToHaveCountAsync(0);
        None(await BarriersAsync(Page));
        await Desk.UntilAsync("stages", stages => stages.GetProperty("items").EnumerateArray().Any(stage =>
            ("nyckelkund", "Nyckelkund", true) == (stage.GetProperty("key").GetString(), stage.GetProperty("name").GetString(), stage.GetProperty("disabled").GetBoolean()) && stage.GetProperty("names").GetProperty("en").GetString() == "Key account"));
    }

    [Fact, Trait("Requirement", "R88"), Trait("Requirement", "R89")]
    public async Task A_used_status_is_closed_instead_of_removed_and_won_and_lost_keep_their_probability()
    {
        await Desk.PostAsync("cases", new { partner = await Desk.PartnerAsync("Nordvik Bygg AB"), title = "Ställage", status = "quoteSent" });
        await Desk.GoAsync("settings/case-statuses");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Ta bort Offert lämnad" }).ClickAsync();
        var asked = Page.GetByRole(AriaRole.Dialog);
        await asked.GetByRole(AriaRole.Button, new() { Name = "Ta bort" }).ClickAsync();
        await Expect(asked.GetByRole(AriaRole.Alert)).ToContainTextAsync("används av aktiviteter");
        await asked.GetByRole(AriaRole.Button, new() { Name = "Stäng av i stället" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Offert lämnad" })).ToContainTextAsync("Nej");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Ta bort Förhandling" }).ClickAsync();
        await asked.GetByRole(AriaRole.Button, new() { Name = "Ta bort" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Förhandling" })).ToHaveCountAsync(0);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Ändra Vunnen" }).ClickAsync();
        var dialog = Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByLabel("Sannolikhet")).ToBeDisabledAsync();
        await dialog.GetByLabel("Svenska").FillAsync("Hemma");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Spara" }).ClickAsync();
        var won = Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Hemma" });
        await Expect(won).ToContainTextAsync("100 %");
        await Expect(won).ToContainTextAsync("Inbyggd");
        None(await BarriersAsync(Page));
    }

    [Fact, Trait("Requirement", "R88")]
    public async Task A_new_status_has_a_probability_and_comes_before_won()
    {
        await Desk.GoAsync("settings/case-statuses");
        await Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "Lägg till", Exact = true }).ClickAsync();
        var dialog = Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Namn").FillAsync("Muntligt ja");
        await dialog.GetByLabel("Sannolikhet").FillAsync("90");
        await Page.Keyboard.PressAsync("Control+Enter");
        await Expect(Page.GetByRole(AriaRole.Row).Nth(5)).ToContainTextAsync("Muntligt ja");
        await Expect(Page.GetByRole(AriaRole.Row).Nth(5)).ToContainTextAsync("90 %");
        await Expect(Page.GetByRole(AriaRole.Row).Nth(6)).ToContainTextAsync("Vunnen");
    }
}
