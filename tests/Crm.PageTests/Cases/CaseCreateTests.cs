using static Crm.PageTests.Cases.CaseSteps;

namespace Crm.PageTests.Cases;

/// <summary>The form for a new case.</summary>
public sealed class CaseCreateTests(Site site) : PageTest(site)
{
    [Fact, Trait("Requirement", "R81")]
    public async Task Without_a_customer_and_a_title_the_fields_say_so_and_nothing_is_saved()
    {
        await Desk.GoAsync("cases/new");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Spara" }).ClickAsync();
        await Expect(Page.GetByText("Välj en kund.")).ToBeVisibleAsync();
        await Expect(Page.GetByText("Ange en rubrik.")).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Combobox, new() { Name = "Kund" })).ToBeFocusedAsync();
        Assert.Equal(0, (await Desk.GetAsync("cases")).GetProperty("count").GetInt64());
    }

    [Fact, Trait("Requirement", "R82"), Trait("Requirement", "R83"), Trait("Requirement", "R84"), Trait("Requirement", "R85"), Trait("Requirement", "R94")]
    public async Task A_case_is_made_for_a_customer_found_by_name_and_its_weighted_value_is_shown_while_it_is_written()
    {
        await Desk.PartnerAsync("Saab AB");
        await Desk.PartnerAsync("Volvo Lastvagnar");
        await Desk.GoAsync("cases/new");
        await Page.GetByRole(AriaRole.Combobox, new() { Name = "Kund" }).FillAsync("lastv");
        await Page.GetByRole(AriaRole.Option, new() { Name = "Volvo Lastvagnar" }).ClickAsync();
        await Page.GetByRole(AriaRole.Textbox, new() { Name = "Rubrik" }).FillAsync("Nytt lager");
        await Page.GetByLabel("Sannolikhet").FillAsync("35");
        await Page.GetByRole(AriaRole.Textbox, new() { Name = "Värde" }).FillAsync("100000");
        await Expect(Page.GetByLabel("Viktat värde")).ToContainTextAsync(Figure("35 000,00 SEK"));
        await Page.GetByRole(AriaRole.Group, new() { Name = "Uppföljning" }).GetByRole(AriaRole.Button, new() { Name = "+1 dag" }).ClickAsync();
        await Page.GetByLabel("Förväntat avslut").First.FillAsync("1.2.2030");
        await Page.Keyboard.PressAsync("Control+Enter");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Nytt lager" })).ToBeVisibleAsync();
        var made = await Desk.GetAsync("cases/1");
        Assert.Equal(("Volvo Lastvagnar", 35, 35_000m, "2030-02-01"),
            (made.GetProperty("partner").GetProperty("name").GetString(), made.GetProperty("probability").GetInt32(), made.GetProperty("weighted").GetProperty("amount").GetDecimal(), made.GetProperty("expectedClose").GetString()));
        Assert.DoesNotContain(DateOnly.Parse(made.GetProperty("followUp").GetString()!, System.Globalization.CultureInfo.InvariantCulture).DayOfWeek, new[] { DayOfWeek.Saturday, DayOfWeek.Sunday });
    }

    [Fact, Trait("Requirement", "R82")]
    public async Task From_a_customer_the_customer_is_chosen_already_and_the_probability_goes_with_the_status()
    {
        var partner = await Desk.PartnerAsync("Volvo");
        await Desk.GoAsync($"cases/new?partner={partner}");
        await Expect(Page.GetByRole(AriaRole.Combobox, new() { Name = "Kund" })).ToHaveValueAsync("Volvo");
        await Expect(Page.GetByLabel("Sannolikhet")).ToHaveValueAsync("10 %");
        await Page.GetByRole(AriaRole.Combobox, new() { Name = "Status" }).ClickAsync();
        await Page.GetByRole(AriaRole.Option, new() { Name = "Offert lämnad" }).ClickAsync();
        await Expect(Page.GetByLabel("Sannolikhet")).ToHaveValueAsync("50 %");
    }

    [Fact]
    public async Task The_same_content_is_sent_under_the_same_key_and_changed_content_under_another()
    {
        var partner = await Desk.PartnerAsync("Volvo");
        List<(string Title, string Key)> sent = [];
        await Page.RouteAsync("**/cases", async route =>
        {
            if (route.Request.Method != "POST") { await route.ContinueAsync(); return; }
            sent.Add((System.Text.Json.JsonDocument.Parse(route.Request.PostData!).RootElement.GetProperty("title").GetString()!, await route.Request.HeaderValueAsync("Idempotency-Key") ?? ""));
            await route.FulfillAsync(new() { Status = 422, ContentType = "application/problem+json", Body = """{"code":"case.invalid","detail":"Not now."}""" });
        });
        await Desk.GoAsync($"cases/new?partner={partner}");
        var title = Page.GetByRole(AriaRole.Textbox, new() { Name = "Rubrik" });
        await title.FillAsync("Lager");
        for (var i = 0; i < 2; i++) await SaveAsync(i + 1);
        await title.PressAsync("End");
        await title.PressSequentiallyAsync("n");
        await SaveAsync(3);
        await title.PressAsync("End");
        await title.PressAsync("Backspace");
        await SaveAsync(4);
        Assert.Equal(["Lager", "Lager", "Lagern", "Lager"], sent.Select(s => s.Title));
        Assert.Equal([sent[0].Key, sent[0].Key, sent[2].Key, sent[0].Key], sent.Select(s => s.Key));
        Assert.NotEqual(sent[0].Key, sent[2].Key);

        async Task SaveAsync(int count)
        {
            await Page.RunAndWaitForResponseAsync(() => Page.GetByRole(AriaRole.Button, new() { Name = "Spara" }).ClickAsync(), answer => answer.Request.Method == "POST");
            await Expect(Page.GetByText("Not now.")).ToBeVisibleAsync();
            Assert.Equal(count, sent.Count);
        }
    }

    [Fact]
    public async Task A_customer_in_the_address_that_cannot_be_read_is_told_of_and_another_can_be_chosen()
    {
        await Desk.PartnerAsync("Volvo");
        await Desk.GoAsync("cases/new?partner=4711");
        await Expect(Page.GetByText("Kund 4711 kunde inte läsas")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Combobox, new() { Name = "Kund" }).FillAsync("Volvo");
        await Page.GetByRole(AriaRole.Option, new() { Name = "Volvo" }).ClickAsync();
        await Page.GetByRole(AriaRole.Textbox, new() { Name = "Rubrik" }).FillAsync("Nytt lager");
        await Page.Keyboard.PressAsync("Control+Enter");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Nytt lager" })).ToBeVisibleAsync();
    }
}
