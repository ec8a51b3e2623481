namespace Crm.PageTests.Partners;

/// <summary>Typing figures and days.</summary>
public sealed class FieldTests(Site site) : PageTest(site)
{
    [Fact]
    public async Task A_figure_is_typed_and_removed_sign_by_sign_as_any_text()
    {
        await Desk.OpenCardAsync(await Desk.PartnerAsync("Nordvik Bygg AB"));
        await Desk.EditAsync("Fakturering");
        var limit = Desk.Field("Kreditgräns");
        await limit.FocusAsync();
        foreach (var (keys, shown) in new[]
        {
            ("1234,50", "1234,50"), ("Backspace", "1234,5"), ("Backspace", "1234,"), ("05", "1234,05"), ("Backspace", "1234,0"), ("Backspace", "1234,"), ("Backspace", "1234"), ("Backspace", "123"), (",007", "123,007"),
        })
        {
            if (keys == "Backspace") await Page.Keyboard.PressAsync(keys); else await Page.Keyboard.TypeAsync(keys);
            Assert.Equal(shown, await ValueAsync());
        }
        await Page.Keyboard.PressAsync("Control+Enter");
        await Expect(Desk.Box("Fakturering")).ToContainTextAsync("123,01");

        async Task<string> ValueAsync() => string.Concat((await limit.InputValueAsync()).Where(sign => !char.IsWhiteSpace(sign)));
    }

    [Fact]
    public async Task A_day_is_taken_by_the_keys_that_save_and_one_that_is_not_understood_is_not_left_out()
    {
        var order = (await Desk.PostAsync("orders", new { partner = await Desk.PartnerAsync("Nordvik Bygg AB") })).GetProperty("number").GetInt64();
        await Desk.GoAsync($"orders/{order}");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Ändra Uppgifter" }).ClickAsync();
        var delivery = Page.GetByRole(AriaRole.Textbox, new() { Name = "Leveransdatum" });
        await delivery.FillAsync("31.2.2030");
        await Page.Keyboard.PressAsync("Control+Enter");
        await Expect(Page.GetByText("Skriv dagen som 07.03.2026")).ToBeVisibleAsync();
        await Expect(delivery).ToBeFocusedAsync();
        await Expect(delivery).ToHaveValueAsync("31.2.2030");
        await delivery.FillAsync("1.2.2030");
        await Page.Keyboard.PressAsync("Control+Enter");
        await Expect(Page.GetByRole(AriaRole.Region, new() { Name = "Uppgifter" })).ToContainTextAsync("01.02.2030");
        await Expect(delivery).ToHaveCountAsync(0);
        Assert.Equal("2030-02-01", (await Desk.GetAsync($"orders/{order}")).GetProperty("deliveryDate").GetString());
    }
}
