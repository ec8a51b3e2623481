namespace Crm.PageTests.Shell;

/// <summary>The keys that a page has, and that the help tells of them and of no others.</summary>
public sealed class HelpTests(Site site) : PageTest(site)
{
    private ILocator Help => Page.GetByRole(AriaRole.Dialog);

    [Fact]
    public async Task Help_lists_the_keys_of_the_open_page_and_no_others()
    {
        var partner = await Desk.PartnerAsync("Nordvik", new { stage = "active" });
        await Desk.PostAsync("cases", new { partner, title = "Ställage" });
        await Desk.GoAsync("crm");
        await Expect(Page.GetByRole(AriaRole.Row, new() { Name = "Nordvik" })).ToBeVisibleAsync();
        string[] list = ["j", "k", "ArrowDown", "ArrowUp", "PageDown", "PageUp", "mod+Home", "mod+End", "ArrowLeft", "ArrowRight", "Enter", "x", "shift+x", "a", "Escape", "mod+z", "mod+shift+z", "f"];
        string[] overview = [.. list, " ", "e", "F2", "shift+ArrowLeft", "shift+ArrowRight"];
        await KeysAsync(overview);
        await Page.Keyboard.PressAsync("j");
        await KeysAsync([.. overview, "s", "o", "t"]);
        await Page.Keyboard.PressAsync("g");
        await Page.Keyboard.PressAsync("c");
        await Expect(Page.GetByRole(AriaRole.Row, new() { Name = "Ställage" })).ToBeVisibleAsync();
        await KeysAsync([.. list, "n"]);
        await Page.Keyboard.PressAsync("a");
        await KeysAsync([.. list.Except(["f"]), "n", "s", "o", "f"]);
        await Desk.GoAsync($"partners/{partner}");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Nordvik");
        await KeysAsync("e", "1", "2", "3", "4", "5", "6", "7", "s", "o", "t", "mod+z", "mod+shift+z");
        await Desk.GoAsync("cases/1");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Ställage");
        await KeysAsync("e", "F2", "1", "2", "3", "s", "o", "f", "mod+z", "mod+shift+z");
    }

    [Fact]
    public async Task F_goes_to_the_filters_and_to_the_follow_up_of_a_case_O_to_the_owner_T_to_the_tags()
    {
        var partner = await Desk.PartnerAsync("Nordvik", new { stage = "active" });
        await Desk.PostAsync("cases", new { partner, title = "Ställage" });
        await Desk.GoAsync("crm");
        await Expect(Page.GetByRole(AriaRole.Row, new() { Name = "Nordvik" })).ToBeVisibleAsync();
        await Page.Keyboard.PressAsync("f");
        await Expect(Page.GetByRole(AriaRole.Search).GetByLabel("Namn")).ToBeFocusedAsync();
        await Page.Keyboard.TypeAsync("f");
        await Expect(Page.GetByRole(AriaRole.Search).GetByLabel("Namn")).ToHaveValueAsync("f");

        await Desk.GoAsync($"partners/{partner}");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Nordvik");
        await Page.Keyboard.PressAsync("o");
        await Expect(Page.GetByRole(AriaRole.Combobox, new() { Name = "Välj medarbetare" })).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Escape");
        await Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).ClickAsync();
        await Page.Keyboard.PressAsync("t");
        await Expect(Page.GetByRole(AriaRole.Combobox, new() { Name = "Taggar" })).ToBeFocusedAsync();

        await Desk.GoAsync("cases/1");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Ställage");
        foreach (var (key, role, name) in new[] { ("f", AriaRole.Textbox, "Uppföljning"), ("o", AriaRole.Combobox, "Ansvarig") })
        {
            await Page.Keyboard.PressAsync(key);
            await Expect(Page.GetByRole(role, new() { Name = name, Exact = true })).ToBeFocusedAsync();
            await Page.Keyboard.PressAsync("Escape");
            await Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).ClickAsync();
        }
        await Page.Keyboard.PressAsync("s");
        await Expect(Page.Locator("[aria-current=step]")).ToBeFocusedAsync();
    }

    /// <summary>What the help says of the page itself, in whatever order.</summary>
    private async Task KeysAsync(params string[] names)
    {
        await Page.Keyboard.PressAsync("?");
        var table = Help.GetByRole(AriaRole.Table, new() { Name = "På den här sidan" });
        await Expect(table).ToBeVisibleAsync();
        var listed = await table.Locator("[data-key]").EvaluateAllAsync<string[]>("all => all.map(one => one.dataset.key)");
        Assert.Equal(names.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Help).ToHaveCountAsync(0);
    }
}
