using static Crm.PageTests.Cases.CaseSteps;

namespace Crm.PageTests.Cases;

/// <summary>The list of cases with its charts, filters, order and sums.</summary>
public sealed class CaseListTests(Site site) : PageTest(site)
{
    private ILocator Rows => Page.GetByRole(AriaRole.Grid).Locator("[data-index]");

    private ILocator Slice(string chart, string name) => Page.GetByRole(AriaRole.Region, new() { Name = chart, Exact = true }).GetByRole(AriaRole.Button, new() { Name = name });

    [Fact, Trait("Requirement", "R3")]
    public async Task The_menu_has_CRM_activities_and_it_opens_the_list()
    {
        await Desk.CaseAsync(await Desk.PartnerAsync("Volvo"), "Nytt lager");
        await Desk.GoAsync("crm");
        await Page.GetByRole(AriaRole.Link, new() { Name = "CRM-aktiviteter" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("CRM-aktiviteter");
        await Expect(Page.Row("Nytt lager")).ToBeVisibleAsync();
    }

    [Fact, Trait("Requirement", "R79"), Trait("Requirement", "R80")]
    public async Task A_case_is_added_from_the_top_from_the_bottom_and_by_key()
    {
        await Desk.GoAsync("cases");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Lägg till ny aktivitet" }).ClickAsync();
        await Expect(Page).ToHaveURLAsync($"{Site.Url}/{Desk.Company}/cases/new");
        await Page.GoBackAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = "Ny aktivitet", Exact = true }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Ny aktivitet" })).ToBeVisibleAsync();
        await Page.GoBackAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "CRM-aktiviteter" })).ToBeVisibleAsync();
        await Page.Keyboard.PressAsync("n");
        await Expect(Page).ToHaveURLAsync($"{Site.Url}/{Desk.Company}/cases/new");
    }

    [Fact, Trait("Requirement", "R96"), Trait("Requirement", "R97")]
    public async Task A_slice_filters_to_as_many_rows_as_it_says_by_mouse_and_by_key_and_its_chip_takes_that_back()
    {
        var partner = await Desk.PartnerAsync("Volvo");
        var late = await Desk.DayAsync(-3);
        await Desk.CaseAsync(partner, "Ett", new { status = "quoteSent", followUp = late });
        await Desk.CaseAsync(partner, "Två", new { status = "quoteSent" });
        await Desk.CaseAsync(partner, "Tre", new { status = "won", followUp = late });
        await Desk.GoAsync("cases");
        await Expect(Rows).ToHaveCountAsync(3);
        await Expect(Slice("Status", "Offert lämnad")).ToHaveTextAsync("Offert lämnad2");
        await Slice("Status", "Offert lämnad").ClickAsync();
        await Expect(Rows).ToHaveCountAsync(2);
        await Expect(Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("status=quoteSent$"));
        await Page.GetByRole(AriaRole.Button, new() { Name = "Ta bort filtret Status: Offert lämnad" }).ClickAsync();
        await Expect(Rows).ToHaveCountAsync(3);

        // A won case is not late: the slice counts the cases that are worked on, and the list shows the same.
        await Expect(Slice("Uppföljning", "Försenad")).ToHaveTextAsync("Försenad1");
        await Slice("Uppföljning", "Försenad").FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Rows).ToHaveCountAsync(1);
        await Expect(Page.Row("Ett")).ToBeVisibleAsync();
        await Page.ReloadAsync();
        await Expect(Page.Row("Ett")).ToBeVisibleAsync();
        await Expect(Slice("Uppföljning", "Försenad")).ToHaveAttributeAsync("aria-pressed", "true");
        await Slice("Uppföljning", "Försenad").FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Rows).ToHaveCountAsync(3);
    }

    [Fact, Trait("Requirement", "R98")]
    public async Task A_red_clock_at_the_right_names_the_date_and_how_late_it_is_and_today_is_not_late()
    {
        var partner = await Desk.PartnerAsync("Volvo");
        var (late, today) = (await Desk.DayAsync(-3), await Desk.DayAsync(0));
        await Desk.CaseAsync(partner, "Sen", new { followUp = late });
        await Desk.CaseAsync(partner, "Dagens", new { followUp = today });
        await Desk.CaseAsync(partner, "Vunnen affär", new { followUp = late, status = "won" });
        await Desk.GoAsync("cases");
        var last = Page.Row("Sen").GetByRole(AriaRole.Gridcell).Last;
        await Expect(last.GetByRole(AriaRole.Img, new() { Name = $"Uppföljning {Shown(late)}, 3 dagar försenad" })).ToBeVisibleAsync();
        foreach (var title in new[] { "Dagens", "Vunnen affär" }) await Expect(Page.Row(title).GetByRole(AriaRole.Gridcell).Last.GetByRole(AriaRole.Img)).ToHaveCountAsync(0);
    }

    [Fact, Trait("Requirement", "R86")]
    public async Task The_foot_sums_the_filtered_cases_by_currency_and_converted()
    {
        await Desk.PatchAsync("company", new { rates = new { EUR = 10 } });
        var partner = await Desk.PartnerAsync("Volvo");
        await Desk.CaseAsync(partner, "Ett", new { value = Sek(1_000), probability = 50 });
        await Desk.CaseAsync(partner, "Två", new { value = new { amount = 200, currency = "EUR" }, probability = 25 });
        await Desk.GoAsync("cases");
        var foot = Page.GetByLabel("Summor av de filtrerade aktiviteterna");
        await Expect(foot).ToContainTextAsync("2 aktiviteter");
        await Expect(foot).ToContainTextAsync(Figure("SEKVärde 1 000,00 SEKViktat värde 500,00 SEK"));
        await Expect(foot).ToContainTextAsync(Figure("EURVärde 200,00 EURViktat värde 50,00 EUR"));
        await Expect(foot).ToContainTextAsync(Figure("OmräknatVärde 3 000,00 SEKViktat värde 1 000,00 SEK"));
        await Desk.GoAsync("cases?value.gte=1000");
        await Expect(foot).ToContainTextAsync(Figure("1 aktivitetVärde 1 000,00 SEKViktat värde 500,00 SEK"));
    }

    [Fact, Trait("Requirement", "R95"), Trait("Requirement", "R99")]
    public async Task The_list_sorts_by_its_heads_and_by_a_menu_with_more_and_what_has_no_date_comes_last()
    {
        var partner = await Desk.PartnerAsync("Volvo");
        await Desk.CaseAsync(partner, "Sist", new { followUp = "2030-05-01", value = Sek(1) });
        await Desk.CaseAsync(partner, "Utan");
        await Desk.CaseAsync(partner, "Först", new { followUp = "2030-01-01", value = Sek(2) });
        await Desk.GoAsync("cases");
        var head = Page.GetByRole(AriaRole.Columnheader, new() { Name = "Uppföljning" });
        await head.GetByRole(AriaRole.Button).ClickAsync();
        await ExpectTitlesAsync("Först", "Sist", "Utan");
        await head.GetByRole(AriaRole.Button).ClickAsync();
        await ExpectTitlesAsync("Sist", "Först", "Utan");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sortera" }).ClickAsync();
        foreach (var name in new[] { "Status", "Ansvarig", "Kund (kundnummer)", "Värde", "Skapad" }) await Expect(Page.GetByRole(AriaRole.Menuitem, new() { Name = name, Exact = true })).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Menuitem, new() { Name = "Skapad" }).ClickAsync();
        await ExpectTitlesAsync("Sist", "Utan", "Först");
        await Page.GetByRole(AriaRole.Menuitem, new() { Name = "Skapad" }).ClickAsync();
        await ExpectTitlesAsync("Först", "Utan", "Sist");
    }

    [Theory]
    [InlineData("sv"), InlineData("da"), InlineData("nb"), InlineData("fi"), InlineData("en")]
    public async Task At_1440_pixels_all_columns_stand_beside_the_filters_without_scrolling_sideways(string language)
    {
        await using var demo = await Site.DemoAsync(language: language);
        await demo.Page.AddInitScriptAsync("localStorage.setItem('crm-filters-cases', 'true')");
        await demo.GoAsync("cases");
        var list = demo.Page.GetByRole(AriaRole.Grid);
        await Expect(list.GetByRole(AriaRole.Row).Nth(5)).ToBeVisibleAsync();
        await Expect(demo.Page.GetByRole(AriaRole.Complementary)).ToBeVisibleAsync();
        await demo.SettledAsync();
        // No amount is cut off.
        Assert.Equal(0, await list.EvaluateAsync<int>("e => [...e.querySelectorAll('[data-column=value]')].filter(cell => cell.scrollWidth > cell.clientWidth).length"));
        Assert.Equal(0, await list.EvaluateAsync<int>("e => e.scrollWidth - e.clientWidth"));
        Assert.Empty(await list.EvaluateAsync<string[]>("e => [...e.querySelectorAll('[role=columnheader][data-column] span')].filter(h => h.getBoundingClientRect().right > h.closest('[role=columnheader]').getBoundingClientRect().right).map(h => h.textContent)"));
    }

    [Fact, Trait("Requirement", "R39")]
    public async Task The_status_of_ticked_cases_is_set_after_a_preview_and_undone()
    {
        var partner = await Desk.PartnerAsync("Volvo");
        foreach (var title in new[] { "Ett", "Två" }) await Desk.CaseAsync(partner, title);
        await Desk.GoAsync("cases");
        await Page.GetByRole(AriaRole.Checkbox, new() { Name = "Markera Ett" }).ClickAsync();
        await Page.GetByRole(AriaRole.Checkbox, new() { Name = "Markera Två" }).ClickAsync();
        await Page.Keyboard.PressAsync("s");
        var dialog = Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Combobox, new() { Name = "Status" }).ClickAsync();
        await Page.GetByRole(AriaRole.Option, new() { Name = "Vunnen" }).ClickAsync();
        await Expect(dialog).ToContainTextAsync("2 av 2");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Ändra" }).ClickAsync();
        await Expect(Page.Row("Ett")).ToContainTextAsync("Vunnen");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Ångra" }).ClickAsync();
        await Expect(Page.Row("Ett")).ToContainTextAsync("Ny");
    }

    [Fact, Trait("Requirement", "R38")]
    public async Task Ticks_reach_over_pages_that_were_not_read_say_when_that_fails_and_what_the_filters_leave_out()
    {
        const int many = 520;
        var partner = await Desk.PartnerAsync("Volvo");
        foreach (var some in Enumerable.Range(1, many).Chunk(20)) await Task.WhenAll(some.Select(i => Desk.CaseAsync(partner, $"Nr {i}", i == 1 ? new { status = "won" } : null)));
        await Desk.GoAsync("cases");
        await Rows.First.GetByRole(AriaRole.Checkbox).ClickAsync();
        await Page.Keyboard.PressAsync("Control+End");
        var last = Page.Locator($"[data-index='{many - 1}']").GetByRole(AriaRole.Checkbox);
        await Expect(last).ToBeVisibleAsync();
        var isBroken = true;
        await Page.RouteAsync("**/api/v1/*/cases?*", route => isBroken
            ? route.FulfillAsync(new() { Status = 409, ContentType = "application/problem+json", Body = """{"code":"test","title":"x","status":409,"detail":"Det går inte nu"}""" })
            : route.ContinueAsync());
        await last.ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await Expect(Page.GetByText("Det går inte nu").First).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Toolbar)).ToContainTextAsync("1 markerade");
        isBroken = false;
        await last.ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await Expect(Page.GetByRole(AriaRole.Toolbar)).ToContainTextAsync($"{many} markerade");

        await Desk.GoAsync("cases?sort=number");
        foreach (var row in (int[])[0, 1]) await Page.Locator($"[data-index='{row}']").GetByRole(AriaRole.Checkbox).ClickAsync();
        await Slice("Status", "Vunnen").ClickAsync();
        await Expect(Rows).ToHaveCountAsync(1);
        await Expect(Page.GetByRole(AriaRole.Toolbar)).ToContainTextAsync("2 markerade, 1 utanför filtret");
    }

    private async Task ExpectTitlesAsync(params string[] titles) => await Expect(Page.Locator("[data-index] [data-column=title]")).ToHaveTextAsync(titles);
}
