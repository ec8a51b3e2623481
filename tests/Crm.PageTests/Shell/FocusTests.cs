namespace Crm.PageTests.Shell;

/// <summary>Where one stands after a dialog: where one stood before it, or nearby when that is gone. Only keys (WCAG 2.2, 2.4.3).</summary>
public sealed class FocusTests(Site site) : PageTest(site)
{
    private ILocator Dialog => Page.GetByRole(AriaRole.Dialog);

    [Fact]
    public async Task Help_and_search_lead_back_to_the_row()
    {
        await Desk.PartnerAsync("Nordvik", new { stage = "active" });
        await Desk.GoAsync("crm");
        var row = Page.GetByRole(AriaRole.Row, new() { Name = "Nordvik" });
        await Expect(row).ToBeVisibleAsync();
        await Page.Keyboard.PressAsync("j");
        await Expect(row).ToBeFocusedAsync();
        foreach (var key in (string[])["?", "Control+k"])
        {
            await Page.Keyboard.PressAsync(key);
            await Expect(Dialog).ToBeVisibleAsync();
            await Page.Keyboard.PressAsync("Escape");
            await Expect(Dialog).ToHaveCountAsync(0);
            await Expect(row).ToBeFocusedAsync();
        }
    }

    [Fact]
    public async Task A_dialog_of_a_button_leads_back_to_it()
    {
        await Desk.GoAsync("settings/stages");
        await OpenWithAsync(Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "Lägg till", Exact = true }));
    }

    [Fact]
    public async Task A_dialog_of_a_menu_leads_back_to_the_menus_button()
    {
        await Desk.GoAsync("crm");
        var button = Page.GetByRole(AriaRole.Button, new() { Name = "Konto: Ada Admin" });
        await Page.TabToAsync(button);
        await Page.Keyboard.PressAsync("Enter");
        var item = Page.GetByRole(AriaRole.Menuitem, new() { Name = "Byt lösenord" });
        await Expect(item).ToBeVisibleAsync();
        for (var i = 0; i < 10 && !await item.EvaluateAsync<bool>("element => element === document.activeElement"); i++) await Page.Keyboard.PressAsync("ArrowDown");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Dialog).ToBeVisibleAsync();
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Dialog).ToHaveCountAsync(0);
        await Expect(button).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_question_leads_back_to_its_button()
    {
        var partner = await Desk.PartnerAsync("Nordvik");
        var order = (await Desk.PostAsync("orders", new { partner })).GetProperty("number").GetInt64();
        await Desk.GoAsync($"orders/{order}");
        await OpenWithAsync(Page.GetByRole(AriaRole.Button, new() { Name = "Lås", Exact = true }));
    }

    [Fact]
    public async Task A_look_beside_the_list_leads_back_to_the_row()
    {
        await Desk.PartnerAsync("Nordvik", new { stage = "active" });
        await Desk.GoAsync("crm");
        var row = Page.GetByRole(AriaRole.Row, new() { Name = "Nordvik" });
        await Expect(row).ToBeVisibleAsync();
        await Page.Keyboard.PressAsync("j");
        await Page.Keyboard.PressAsync(" ");
        await Expect(Dialog).ToBeVisibleAsync();
        await Page.Keyboard.PressAsync("Escape");
        await Expect(row).ToBeFocusedAsync();
    }

    [Fact]
    public async Task When_the_button_is_gone_one_stands_in_the_list_that_it_was_above()
    {
        await Desk.PartnerAsync("Nordvik", new { stage = "active" });
        await Desk.GoAsync("crm");
        await Expect(Page.GetByRole(AriaRole.Row, new() { Name = "Nordvik" })).ToBeVisibleAsync();
        await Page.Keyboard.PressAsync("j");
        await Page.Keyboard.PressAsync("x");
        var button = Page.GetByRole(AriaRole.Toolbar).GetByRole(AriaRole.Button, new() { Name = "Ange kundstatus" });
        await Page.TabToAsync(button, "Shift+Tab");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Dialog.GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();
        await Page.Keyboard.TypeAsync("förl");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Dialog).ToContainTextAsync("1 av 1 ändras.");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(button).ToHaveCountAsync(0);
        await Expect(Page.GetByRole(AriaRole.Row, new() { Name = "Nordvik" })).ToBeFocusedAsync();
    }

    /// <summary>By Tab to it, Enter, Escape: and there again.</summary>
    private async Task OpenWithAsync(ILocator button)
    {
        await Page.TabToAsync(button);
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Dialog).ToBeVisibleAsync();
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Dialog).ToHaveCountAsync(0);
        await Expect(button).ToBeFocusedAsync();
    }
}
