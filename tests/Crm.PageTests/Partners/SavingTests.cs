namespace Crm.PageTests.Partners;

/// <summary>Saving when others save too, taking back, and leaving.</summary>
public sealed class SavingTests(Site site) : PageTest(site)
{
    [Fact]
    public async Task Who_changed_the_same_is_asked_which_value_stands_and_mine_can_be_kept()
    {
        var number = await WithPhoneAsync("+46 8 1");
        await Desk.EditAsync("Kontaktuppgifter");
        await Desk.PatchAsync($"partners/{number}", new { phone = "+46 8 2" });
        await Desk.FillAsync("Telefon", "+46 8 3");
        await Page.Keyboard.PressAsync("Control+Enter");
        var dialog = Page.GetByRole(AriaRole.Dialog, new() { Name = "Nordvik Bygg AB har ändrats under tiden" });
        await Expect(dialog.GetByRole(AriaRole.Row, new() { Name = "Telefon +46 8 1 +46 8 2 +46 8 3" })).ToBeVisibleAsync();
        Assert.Equal("+46 8 2", await PhoneAsync(number));
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Behåll mina" }).ClickAsync();
        await Expect(Desk.Toast("Sparat")).ToBeVisibleAsync();
        Assert.Equal("+46 8 3", await PhoneAsync(number));
    }

    [Fact]
    public async Task The_others_value_can_be_taken_and_the_rest_of_mine_is_saved()
    {
        var number = await WithPhoneAsync("+46 8 1");
        await Desk.EditAsync("Kontaktuppgifter");
        await Desk.PatchAsync($"partners/{number}", new { phone = "+46 8 2" });
        await Desk.FillAsync("Telefon", "+46 8 3");
        await Desk.FillAsync("E-post", "info@nordvik.example");
        await Page.Keyboard.PressAsync("Control+Enter");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Ta den andras" }).ClickAsync();
        await Expect(Desk.Box("Kontaktuppgifter")).ToContainTextAsync("info@nordvik.example");
        Assert.Equal("+46 8 2", await PhoneAsync(number));
    }

    [Fact]
    public async Task Changes_of_other_fields_are_no_conflict()
    {
        var number = await WithPhoneAsync("+46 8 1");
        await Desk.EditAsync("Kontaktuppgifter");
        await Desk.PatchAsync($"partners/{number}", new { employees = 48 });
        await Desk.FillAsync("Telefon", "+46 8 3");
        await Desk.SaveAsync();
        await Expect(Desk.Box("Företag")).ToContainTextAsync("48");
        Assert.Equal("+46 8 3", await PhoneAsync(number));
    }

    [Fact]
    public async Task A_save_is_taken_back_by_its_toast_and_by_the_keyboard_and_done_again()
    {
        var number = await WithPhoneAsync("+46 8 1");
        await ChangeAsync("+46 8 2");
        await Desk.Toast("Sparat").GetByRole(AriaRole.Button, new() { Name = "Ångra" }).ClickAsync();
        await Expect(Desk.Box("Kontaktuppgifter")).ToContainTextAsync("+46 8 1");
        await ChangeAsync("+46 8 3");
        await Page.Keyboard.PressAsync("Control+z");
        await Expect(Desk.Toast("Ångrat")).ToBeVisibleAsync();
        Assert.Equal("+46 8 1", await PhoneAsync(number));
        await Page.Keyboard.PressAsync("Control+Shift+Z");
        await Expect(Desk.Toast("Gjort om")).ToBeVisibleAsync();
        Assert.Equal("+46 8 3", await PhoneAsync(number));
    }

    [Fact]
    public async Task What_somebody_has_changed_since_is_not_taken_back()
    {
        var number = await WithPhoneAsync("+46 8 1");
        await ChangeAsync("+46 8 2");
        await Desk.PatchAsync($"partners/{number}", new { phone = "+46 8 9" });
        await Page.Keyboard.PressAsync("Control+z");
        await Expect(Desk.Toast("kunde inte ångras")).ToContainTextAsync("Telefon");
        Assert.Equal("+46 8 9", await PhoneAsync(number));
    }

    [Fact]
    public async Task Leaving_with_something_typed_asks_first()
    {
        await WithPhoneAsync("+46 8 1");
        await Desk.EditAsync("Kontaktuppgifter");
        await Desk.FillAsync("Telefon", "+46 8 2");
        await Page.GetByRole(AriaRole.Link, new() { Name = "CRM-översikt" }).ClickAsync();
        var question = Page.GetByRole(AriaRole.Dialog, new() { Name = "Lämna utan att spara?" });
        await question.GetByRole(AriaRole.Button, new() { Name = "Fortsätt redigera" }).ClickAsync();
        await Expect(Desk.Field("Telefon")).ToHaveValueAsync("+46 8 2");
        await Page.GetByRole(AriaRole.Link, new() { Name = "CRM-översikt" }).ClickAsync();
        await question.GetByRole(AriaRole.Button, new() { Name = "Lämna utan att spara" }).ClickAsync();
        await Expect(Page).ToHaveURLAsync($"{Site.Url}/{Desk.Company}/crm");
    }

    [Fact]
    public async Task Keys_in_a_question_are_the_questions_and_not_the_forms_below_it()
    {
        var number = await WithPhoneAsync("+46 8 1");
        await Desk.EditAsync("Kontaktuppgifter");
        await Desk.FillAsync("Telefon", "+46 8 2");
        await Page.GetByRole(AriaRole.Link, new() { Name = "CRM-översikt" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Fortsätt redigera" })).ToBeFocusedAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Stäng" }).PressAsync("Control+Enter");
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(Desk.Field("Telefon")).ToHaveValueAsync("+46 8 2");
        Assert.Equal("+46 8 1", await PhoneAsync(number));
    }

    [Fact]
    public async Task Esc_closes_the_question_whose_value_stands_and_leaves_what_was_typed()
    {
        var number = await Desk.PartnerAsync("Nordvik Bygg AB");
        var id = (await Desk.PostAsync($"partners/{number}/contacts", new { name = "Anna Ek", title = "Inköp" })).GetProperty("id").GetInt64();
        await Desk.OpenCardAsync(number, "contacts");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Redigera Anna Ek" }).ClickAsync();
        await Desk.FillAsync("Titel", "VD");
        await Desk.PatchAsync($"partners/{number}/contacts/{id}", new { title = "Lager" });
        await Page.Keyboard.PressAsync("Control+Enter");
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Behåll mina" })).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(Desk.Field("Titel")).ToHaveValueAsync("VD");
    }

    private async Task<long> WithPhoneAsync(string phone)
    {
        var number = await Desk.PartnerAsync("Nordvik Bygg AB", new { phone });
        await Desk.OpenCardAsync(number);
        return number;
    }

    private async Task ChangeAsync(string phone)
    {
        await Desk.EditAsync("Kontaktuppgifter");
        await Desk.FillAsync("Telefon", phone);
        await Desk.SaveAsync();
        await Expect(Desk.Toast("Sparat")).ToBeVisibleAsync();
    }

    private async Task<string?> PhoneAsync(long number) => (await Desk.GetAsync($"partners/{number}")).GetProperty("phone").GetString();
}
