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
        await TabToAsync(Page.GetByRole(AriaRole.Textbox, new() { Name = "Organisationsnummer" }));
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
        await TabToAsync(Page.GetByRole(AriaRole.Combobox, new() { Name = "Kund" }));
        await Page.Keyboard.TypeAsync("lastv");
        await Expect(Page.GetByRole(AriaRole.Option, new() { Name = "Volvo Lastvagnar" })).ToBeVisibleAsync();
        await PressAsync("ArrowDown", "Enter");
        await TabToAsync(Page.GetByRole(AriaRole.Textbox, new() { Name = "Rubrik" }));
        await Page.Keyboard.TypeAsync("Nytt lager");
        await TabToAsync(Page.GetByRole(AriaRole.Textbox, new() { Name = "Värde" }));
        await Page.Keyboard.TypeAsync("100000");
        await PressAsync("Control+Enter");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Nytt lager" })).ToBeVisibleAsync();
        await TabToAsync(Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "Vunnen", Exact = true }));
        await PressAsync("Enter");
        await Expect(Page.GetByLabel("Sannolikhet")).ToHaveValueAsync("100 %");
        var won = await Desk.GetAsync("cases/1");
        Assert.Equal(("won", 100, 100_000m), (won.GetProperty("status").GetProperty("key").GetString(), won.GetProperty("probability").GetInt32(), won.GetProperty("weighted").GetProperty("amount").GetDecimal()));
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

    /// <summary>Tab until something has the focus, as somebody without a mouse does.</summary>
    private async Task TabToAsync(ILocator wanted)
    {
        await Expect(wanted).ToBeVisibleAsync();
        for (var i = 0; i < 80; i++)
        {
            if (await wanted.EvaluateAsync<bool>("element => element === document.activeElement")) return;
            await Page.Keyboard.PressAsync("Tab");
        }
        Assert.Fail($"{wanted} is not reached by Tab.");
    }
}
