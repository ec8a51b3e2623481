namespace Crm.PageTests.Shell;

/// <summary>The main jobs without a mouse: no click anywhere, only keys (WCAG 2.2, 2.1.1). Setting a stage in bulk is among the tests of the lists.</summary>
public sealed class KeyboardTests(Site site) : PageTest(site)
{
    [Fact, Trait("Requirement", "R20")]
    public async Task A_company_is_created()
    {
        await StartAsync("crm");
        await PressAsync("n");
        await Expect(Page.GetByRole(AriaRole.Textbox, new() { Name = "Partnernamn" })).ToBeFocusedAsync();
        await Page.Keyboard.TypeAsync("Nordvik Bygg AB");
        await Page.TabToAsync(Page.GetByRole(AriaRole.Textbox, new() { Name = "Organisationsnummer" }));
        await Page.Keyboard.TypeAsync("556016-0680");
        await PressAsync("Control+Enter");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Nordvik Bygg AB");
        Assert.Equal("556016-0680", (await Desk.GetAsync("partners/1001")).GetProperty("organisationNumber").GetString());
    }

    [Fact, Trait("Requirement", "R79"), Trait("Requirement", "R90")]
    public async Task A_case_is_created_and_won()
    {
        await Desk.PartnerAsync("Volvo Lastvagnar");
        await StartAsync("crm");
        await PressAsync("g", "c");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("CRM-aktiviteter");
        await PressAsync("n");
        await Page.TabToAsync(Page.GetByRole(AriaRole.Combobox, new() { Name = "Kund" }));
        await Page.Keyboard.TypeAsync("lastv");
        await Expect(Page.GetByRole(AriaRole.Option, new() { Name = "Volvo Lastvagnar" })).ToBeVisibleAsync();
        await PressAsync("ArrowDown", "Enter");
        await Page.TabToAsync(Page.GetByRole(AriaRole.Textbox, new() { Name = "Rubrik" }));
        await Page.Keyboard.TypeAsync("Nytt lager");
        await Page.TabToAsync(Page.GetByRole(AriaRole.Textbox, new() { Name = "Värde" }));
        await Page.Keyboard.TypeAsync("100000");
        await PressAsync("Control+Enter");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Nytt lager" })).ToBeVisibleAsync();
        await Page.TabToAsync(Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "Vunnen", Exact = true }));
        await PressAsync("Enter");
        await Expect(Page.GetByRole(AriaRole.Textbox, new() { Name = "Sannolikhet" })).ToHaveValueAsync("100 %");
        await Expect(Page.GetByText("Sparat")).ToBeVisibleAsync();
        var won = await Desk.GetAsync("cases/1");
        Assert.Equal(("won", 100, 100_000m), (won.GetProperty("status").GetProperty("key").GetString(), won.GetProperty("probability").GetInt32(), won.GetProperty("weighted").GetProperty("amount").GetDecimal()));
    }

    [Fact]
    public async Task Two_keys_after_each_other_lead_from_any_page_to_any_and_a_wrong_second_one_does_nothing()
    {
        var partner = await Desk.PartnerAsync("Nordvik", new { stage = "active" });
        await Desk.PostAsync("cases", new { partner, title = "Ställage" });
        var order = (await Desk.PostAsync("orders", new { partner })).GetProperty("number").GetInt64();
        (string Key, string Path, string Title)[] pages = [("p", "partners", "Hitta partner"), ("h", "crm", "CRM-översikt"), ("o", "orders", "Order"), ("c", "cases", "CRM-aktiviteter"), ("o", "orders", "Order"), ("h", "crm", "CRM-översikt")];
        foreach (var start in (string[])["crm", "partners", "cases", "cases/board", "cases/1", $"orders/{order}", $"partners/{partner}", "settings/stages"])
        {
            await StartAsync(start);
            foreach (var (key, path, title) in pages)
            {
                await PressAsync("g", key);
                await Expect(Page).ToHaveURLAsync($"{Site.Url}/{Desk.Company}/{path}");
                await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(title);
                await Expect(Page.Locator("[data-index='0']")).ToBeVisibleAsync();
                // On a row, where o, c and others have a meaning of their own.
                await PressAsync("j");
            }
            foreach (var wrong in (string[])["x", "n", "?", "a", "e", "/"]) await PressAsync("g", wrong);
            await Expect(Page.GetByRole(AriaRole.Row, new() { Name = "Nordvik" })).ToBeFocusedAsync();
            await Expect(Page.GetByRole(AriaRole.Toolbar)).ToHaveCountAsync(0);
            await Expect(Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
            await Expect(Page).ToHaveURLAsync($"{Site.Url}/{Desk.Company}/crm");
        }
    }

    private async Task StartAsync(string path)
    {
        await Desk.GoAsync(path);
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
    }

    private async Task PressAsync(params string[] keys)
    {
        foreach (var key in keys) await Page.Keyboard.PressAsync(key);
    }
}
