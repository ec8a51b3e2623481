namespace Crm.PageTests.Lists;

/// <summary>Changing many partners at once.</summary>
public sealed class BulkTests(Site site) : ListTest(site)
{
    [Fact]
    [Trait("Requirement", "R38")]
    [Trait("Requirement", "R39")]
    [Trait("Requirement", "R122")]
    [Trait("Requirement", "N1")]
    public async Task Ticked_partners_get_a_stage_after_a_preview_and_it_can_be_undone()
    {
        var numbers = await PartnersAsync("A", "B", "C");
        await OpenAsync();
        await Expect(Toolbar).ToHaveCountAsync(0);
        foreach (var name in (string[])["A", "B"]) await Row(name).GetByRole(AriaRole.Checkbox).CheckAsync();
        await Toolbar.GetByRole(AriaRole.Button, new() { Name = "Ange kundstatus" }).ClickAsync();
        await ChooseAsync("Kundstatus", "Förlorad");
        await Expect(Dialog).ToContainTextAsync("2 av 2 ändras.");
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Ändra" }).ClickAsync();
        await Expect(Cell("A", "stage")).ToHaveTextAsync("Förlorad");
        await Expect(Cell("B", "stage")).ToHaveTextAsync("Förlorad");
        await Expect(Cell("C", "stage")).ToHaveTextAsync("Aktiv");
        await Expect(Toolbar).ToHaveCountAsync(0);
        await Desk.PatchAsync($"partners/{numbers[1]}", new { stage = "potential" });
        await Expect(Page.GetByText("2 ändrade")).ToBeVisibleAsync();
        await Page.Keyboard.PressAsync("Control+z");
        await Expect(Cell("A", "stage")).ToHaveTextAsync("Aktiv");
        await Expect(Cell("B", "stage")).ToHaveTextAsync("Potentiell");
        await Expect(Page.GetByText("1 överhoppade")).ToBeVisibleAsync();
    }

    [Fact]
    [Trait("Requirement", "R121")]
    public async Task Owner_industry_and_tags_are_set_for_all_that_match()
    {
        await Desk.PostAsync("tags", new { key = "vip", name = "VIP" });
        await Desk.PostAsync("industries", new { key = "bygg", name = "Bygg" });
        await PartnersAsync("A", "B");
        var outside = await Desk.PartnerAsync("Utan status");
        await OpenAsync("crm?columns=name,owner,industry,tags");
        await Page.Keyboard.PressAsync("a");
        await Expect(Toolbar).ToContainTextAsync("Alla 2 som matchar är markerade");
        await Page.Keyboard.PressAsync("o");
        await ChooseAsync("Ägs av", "Ada Admin");
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Ändra" }).ClickAsync();
        await Expect(Cell("B", "owner")).ToHaveTextAsync("Ada Admin");
        await Expect(Toolbar).ToHaveCountAsync(0);

        await Page.Keyboard.PressAsync("a");
        await Page.Keyboard.PressAsync("t");
        await ChooseAsync("Taggar", "VIP");
        await Page.Keyboard.PressAsync("Escape");
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Ändra" }).ClickAsync();
        await Expect(Cell("A", "tags")).ToHaveTextAsync("VIP");
        await Expect(Toolbar).ToHaveCountAsync(0);

        await Page.Keyboard.PressAsync("a");
        await Toolbar.GetByRole(AriaRole.Button, new() { Name = "Fler" }).ClickAsync();
        await Page.GetByRole(AriaRole.Menuitem, new() { Name = "Ange bransch" }).ClickAsync();
        await ChooseAsync("Bransch", "Bygg");
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Ändra" }).ClickAsync();
        await Expect(Cell("B", "industry")).ToHaveTextAsync("Bygg");
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await Desk.GetAsync($"partners/{outside}")).GetProperty("owner").ValueKind);
    }

    [Fact]
    [Trait("Requirement", "R39")]
    public async Task All_of_it_works_by_keyboard_alone()
    {
        await PartnersAsync("A", "B", "C");
        await OpenAsync();
        await Page.Keyboard.PressAsync("j");
        await Page.Keyboard.PressAsync("x");
        await Page.Keyboard.PressAsync("j");
        await Page.Keyboard.PressAsync("Shift+X");
        await Expect(Toolbar).ToContainTextAsync("2 markerade");
        await Page.Keyboard.PressAsync("s");
        await Expect(Dialog.GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();
        await Page.Keyboard.TypeAsync("förl");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Dialog).ToContainTextAsync("2 av 2 ändras.");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Cell("B", "stage")).ToHaveTextAsync("Förlorad");
        await Expect(Cell("C", "stage")).ToHaveTextAsync("Aktiv");
    }

    [Fact]
    [Trait("Requirement", "N1")]
    public async Task Operations_tell_what_was_changed_and_lead_back_and_forth()
    {
        var numbers = await PartnersAsync("A", "B");
        await Desk.PostAsync("operations", new { action = "partner.setStage", set = new { stage = "lost" }, target = new { numbers } });
        await Desk.GoAsync("operations");
        await Expect(Rows.First).ToContainTextAsync("Kundstatus ändrad");
        await Expect(Rows.First).ToContainTextAsync("Ada Admin");
        await Rows.First.Locator("[data-column=action]").ClickAsync();
        await Expect(Dialog).ToContainTextAsync("Aktiv → Förlorad");
        None(await BarriersAsync(Page));
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Ångra" }).ClickAsync();
        await Expect(Dialog.GetByRole(AriaRole.Button, new() { Name = "Gör om" })).ToBeVisibleAsync();
        Assert.Equal("active", (await Desk.GetAsync($"partners/{numbers[0]}")).GetProperty("stage").GetProperty("key").GetString());
    }
}
