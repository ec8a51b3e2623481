using static Crm.PageTests.Cases.CaseSteps;

namespace Crm.PageTests.Cases;

/// <summary>The page of one case.</summary>
public sealed partial class CasePageTests(Site site) : PageTest(site)
{
    private ILocator Tab(string name) => Page.GetByRole(AriaRole.Tab, new() { Name = name });

    private ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private ILocator Step(string status) => Page.GetByRole(AriaRole.List, new() { Name = "Status" }).GetByRole(AriaRole.Button, new() { Name = status });

    [Fact, Trait("Requirement", "R84"), Trait("Requirement", "R85"), Trait("Requirement", "R90")]
    public async Task Probability_and_value_are_changed_where_they_stand_taken_back_and_locked_when_it_is_won()
    {
        var number = await Desk.CaseAsync(await Desk.PartnerAsync("Volvo"), "Lager", new { value = Sek(1_000), probability = 20 });
        await Desk.GoAsync($"cases/{number}");
        var probability = Page.GetByLabel("Sannolikhet", new() { Exact = true });
        await probability.FillAsync("40");
        await probability.PressAsync("Enter");
        await Expect(Page.GetByLabel("Viktat värde")).ToContainTextAsync("400,00");
        await Button("Ångra").ClickAsync();
        await Expect(probability).ToHaveValueAsync("20 %");
        await probability.FillAsync("140");
        await probability.PressAsync("Enter");
        await Expect(Page.GetByText("Ange ett heltal från 0 till 100.")).ToBeVisibleAsync();
        await Button("Vunnen").ClickAsync();
        await Expect(probability).ToHaveValueAsync("100 %");
        await Expect(probability).Not.ToBeEditableAsync();
        await Expect(Page.GetByText("Låst: en vunnen aktivitet har alltid 100 %")).ToBeVisibleAsync();
        await Expect(Step("Vunnen")).ToHaveAttributeAsync("aria-current", "step");
    }

    [Fact, Trait("Requirement", "R91"), Trait("Requirement", "R92")]
    public async Task Lost_asks_why_offers_to_close_and_a_closed_case_is_locked_until_it_is_opened_again()
    {
        var number = await Desk.CaseAsync(await Desk.PartnerAsync("Volvo"), "Lager");
        await Desk.GoAsync($"cases/{number}");
        await Button("Förlorad").ClickAsync();
        var dialog = Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Combobox, new() { Name = "Orsak" }).ClickAsync();
        await Page.GetByRole(AriaRole.Option, new() { Name = "Pris" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Förlorad och avsluta" }).ClickAsync();
        await Expect(Page.GetByText("Aktiviteten är avslutad. Öppna den igen för att ändra den.")).ToBeVisibleAsync();
        await Expect(Step("Ny")).ToBeDisabledAsync();
        var lost = await Desk.GetAsync($"cases/{number}");
        Assert.Equal(("price", 0, true), (lost.GetProperty("lostReason").GetProperty("key").GetString(), lost.GetProperty("probability").GetInt32(), lost.GetProperty("closed").GetBoolean()));
        await Button("Öppna igen").ClickAsync();
        await Expect(Page.GetByText("En förlorad aktivitet bör avslutas.")).ToBeVisibleAsync();
        await Expect(Step("Ny")).ToBeEnabledAsync();
    }

    [Fact, Trait("Requirement", "R93")]
    public async Task Deleting_warns_of_the_lost_trace_offers_lost_and_closed_and_can_be_taken_back()
    {
        var number = await Desk.CaseAsync(await Desk.PartnerAsync("Volvo"), "Lager");
        await Desk.GoAsync($"cases/{number}");
        await Button("Fler åtgärder").ClickAsync();
        await Page.GetByRole(AriaRole.Menuitem, new() { Name = "Ta bort" }).ClickAsync();
        var dialog = Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("förloras spårbarheten");
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Sätt till Förlorad och avsluta" })).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Ta bort" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "CRM-aktiviteter" })).ToBeVisibleAsync();
        await Desk.GoAsync($"cases/{number}");
        await Button("Återställ").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Lager" })).ToBeVisibleAsync();
    }

    [Fact, Trait("Requirement", "R100"), Trait("Requirement", "R101"), Trait("Requirement", "R102"), Trait("Requirement", "R103"), Trait("Requirement", "R104")]
    public async Task What_else_the_customer_has_is_a_tab_with_its_number_and_there_is_none_when_there_is_nothing()
    {
        var (partner, lonely) = (await Desk.PartnerAsync("Volvo"), await Desk.PartnerAsync("Ensam"));
        var number = await Desk.CaseAsync(partner, "Lager");
        var closed = await Desk.CaseAsync(partner, "Avslutad offert", new { status = "lost" });
        await Desk.PostAsync($"cases/{closed}/close");
        await Desk.CaseAsync(partner, "Öppen offert", new { value = Sek(500) });
        await Desk.PostAsync("orders", new { partner, startDate = "2030-01-02", deliveryDate = "2030-02-03", lines = new[] { new { text = "Hylla", quantity = 1, unitPrice = Sek(100) } } });
        var alone = await Desk.CaseAsync(lonely, "Först");

        await Desk.GoAsync($"cases/{number}");
        await Expect(Page.GetByRole(AriaRole.Tab)).ToHaveTextAsync(["Kund", "Tidslinje", "Samma kund (2)", "Order (1)", "Historik"]);
        await Page.Keyboard.PressAsync("3");
        await Expect(Page.Row("Avslutad offert")).ToContainTextAsync("FörloradAvslutad");
        await Expect(Page.Row("Öppen offert")).ToContainTextAsync("Öppen");
        await Tab("Order (1)").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Table).GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync(new System.Text.RegularExpressions.Regex("02\\.01\\.2030.*03\\.02\\.2030.*Öppen"));
        await Page.Keyboard.PressAsync("3");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Öppen offert" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Öppen offert" })).ToBeVisibleAsync();

        await Desk.GoAsync($"cases/{alone}");
        await Expect(Page.GetByRole(AriaRole.Tab)).ToHaveTextAsync(["Kund", "Tidslinje", "Historik"]);
    }

    [Fact, Trait("Requirement", "R105"), Trait("Requirement", "R106"), Trait("Requirement", "R107")]
    public async Task A_won_case_becomes_an_order_with_what_stands_under_Customer_and_is_locked_with_a_link_to_it()
    {
        var number = await Desk.CaseAsync(await Desk.PartnerAsync("Volvo"), "Lager", new { value = Sek(1_000) });
        await Desk.GoAsync($"cases/{number}");
        await Expect(Button("Konvertera till order")).ToHaveCountAsync(0);
        await Page.GetByLabel("Er referens").FillAsync("Karin Ek");
        await Page.GetByLabel("Er referens").PressAsync("Enter");
        await Expect(Page.GetByText("Sparat")).ToBeVisibleAsync();
        await Button("Vunnen").ClickAsync();
        await Button("Konvertera till order").ClickAsync();
        await Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Konvertera till order" }).ClickAsync();
        await Expect(Page).ToHaveURLAsync(OrderPage());
        var made = Page.Url.Split('/')[^1];
        var order = await Desk.GetAsync($"orders/{made}");
        Assert.Equal(("Karin Ek", number), (order.GetProperty("reference").GetString(), order.GetProperty("case").GetInt64()));
        await Desk.GoAsync($"cases/{number}");
        await Expect(Page.GetByText("Aktiviteten har blivit en order och är låst.")).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = $"Order {made}" })).ToHaveAttributeAsync("href", $"/{Desk.Company}/orders/{made}");
        await Expect(Button("Konvertera till order")).ToHaveCountAsync(0);
        await Tab("Historik").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Table).GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync("Ada AdminNyVunnen");
    }

    [Fact, Trait("Requirement", "R106"), Trait("Requirement", "R107")]
    public async Task A_case_that_was_made_won_is_converted_as_any_won_case_and_not_while_it_is_closed()
    {
        var number = await Desk.CaseAsync(await Desk.PartnerAsync("Volvo"), "Lager", new { status = "won", value = Sek(1_000) });
        await Desk.GoAsync($"cases/{number}");
        await Expect(Button("Konvertera till order")).ToBeVisibleAsync();
        await Button("Avsluta").ClickAsync();
        await Expect(Button("Öppna igen")).ToBeVisibleAsync();
        await Expect(Button("Konvertera till order")).ToHaveCountAsync(0);
        await Button("Öppna igen").ClickAsync();
        await Button("Konvertera till order").ClickAsync();
        await Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Konvertera till order" }).ClickAsync();
        await Expect(Page).ToHaveURLAsync(OrderPage());
        await Page.GoBackAsync();
        await Expect(Page.GetByText("Aktiviteten har blivit en order och är låst.")).ToBeVisibleAsync();
        await Expect(Button("Konvertera till order")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_history_of_a_case_can_be_read_to_its_beginning()
    {
        var number = await Desk.CaseAsync(await Desk.PartnerAsync("Volvo"), "Lager");
        await Desk.PatchAsync($"cases/{number}", new { status = "quoteSent" });
        for (var i = 0; i < 210; i++) await Desk.PatchAsync($"cases/{number}", new { description = $"{i}" });
        await Desk.GoAsync($"cases/{number}?tab=activity");
        var older = Page.GetByRole(AriaRole.Button, new() { Name = "Visa äldre" });
        for (var i = 0; i < 2; i++) await older.ClickAsync();
        await Expect(Page.GetByText("Skapad", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(older).ToHaveCountAsync(0);
        await Page.ReloadAsync();
        await Tab("Historik").ClickAsync();
        for (var i = 0; i < 2; i++) await older.ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Table).GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync("NyOffert lämnad");
    }

    [Fact, Trait("Requirement", "R41"), Trait("Requirement", "R107")]
    public async Task An_open_case_is_won_and_converted_at_once_and_what_the_order_is_warned_of_is_told_before()
    {
        await Desk.PatchAsync("company", new { credit = new { counts = "balanceUninvoicedAndOrder" } });
        var partner = await Desk.PartnerAsync("Volvo", new { creditLimit = Sek(10) });
        var number = await Desk.CaseAsync(partner, "Lager", new { value = Sek(1_000) });
        await Desk.GoAsync($"cases/{number}");
        await Button("Fler åtgärder").ClickAsync();
        await Page.GetByRole(AriaRole.Menuitem, new() { Name = "Markera som vunnen och konvertera" }).ClickAsync();
        var dialog = Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync(Figure("Med allt som räknas, 1 000,00 SEK, är kunden över kreditgränsen 10,00 SEK"));
        Assert.Equal("new", (await Desk.GetAsync($"cases/{number}")).GetProperty("status").GetProperty("key").GetString());
        await dialog.GetByLabel("Varför ordern tas ändå").FillAsync("Betalar i förskott");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Markera som vunnen och konvertera" }).ClickAsync();
        await Expect(Page).ToHaveURLAsync(OrderPage());
        var order = await Desk.GetAsync($"orders/{Page.Url.Split('/')[^1]}");
        Assert.Equal("Betalar i förskott", order.GetProperty("creditDecisions")[0].GetProperty("reason").GetString());
        var made = await Desk.GetAsync($"cases/{number}");
        Assert.Equal(("won", order.GetProperty("number").GetInt64()), (made.GetProperty("status").GetProperty("key").GetString(), made.GetProperty("order").GetInt64()));
    }

    [Fact]
    public async Task The_title_is_changed_where_it_stands_and_Esc_leaves_it_as_it_was()
    {
        var number = await Desk.CaseAsync(await Desk.PartnerAsync("Volvo"), "Lager");
        await Desk.GoAsync($"cases/{number}");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Lager");
        await Page.Keyboard.PressAsync("F2");
        await Page.GetByRole(AriaRole.Textbox, new() { Name = "Rubrik" }).FillAsync("Fel");
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Lager");
        await Page.Keyboard.PressAsync("F2");
        await Page.GetByRole(AriaRole.Textbox, new() { Name = "Rubrik" }).FillAsync("Nytt lager");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Nytt lager");
        Assert.Equal("Nytt lager", (await Desk.GetAsync($"cases/{number}")).GetProperty("title").GetString());
    }

    [System.Text.RegularExpressions.GeneratedRegex(@"/orders/\d+$")]
    private static partial System.Text.RegularExpressions.Regex OrderPage();
}
