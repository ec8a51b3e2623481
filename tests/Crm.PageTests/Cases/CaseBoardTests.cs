using static Crm.PageTests.Cases.CaseSteps;

namespace Crm.PageTests.Cases;

/// <summary>The board: cases moved between statuses by mouse, by keys and by menu.</summary>
public sealed class CaseBoardTests(Site site) : PageTest(site)
{
    private ILocator Column(string status) => Page.Locator($"[data-column={status}]");

    private ILocator Card(string status, long number) => Column(status).Locator($"[data-card='{number}']");

    [Fact, Trait("Requirement", "R87")]
    public async Task A_card_is_dragged_with_a_preview_of_its_probability_and_taken_back_with_the_probability_it_had()
    {
        var number = await Desk.CaseAsync(await Desk.PartnerAsync("Volvo"), "Lager", new { value = Sek(1_000), probability = 10 });
        await Desk.GoAsync("cases/board");
        await Expect(Column("new")).ToContainTextAsync(Figure("Värde1 000,00 SEKViktat100,00 SEK"));
        var (from, to) = (await BoxAsync(Card("new", number)), await BoxAsync(Column("quoteSent")));
        await Page.Mouse.MoveAsync(from.X + 40, from.Y + 40);
        await Page.Mouse.DownAsync();
        await Page.Mouse.MoveAsync(from.X + 60, from.Y + 45, new() { Steps = 3 });
        await Page.Mouse.MoveAsync(to.X + 80, to.Y + 200, new() { Steps = 6 });
        await Expect(Page.Locator("[data-ghost]")).ToContainTextAsync("Offert lämnad · 50 %");
        await Page.Mouse.UpAsync();
        await Expect(Card("quoteSent", number)).ToBeVisibleAsync();
        await Expect(Page.GetByText("Lager flyttades till Offert lämnad")).ToHaveCountAsync(1);
        await Expect(Column("quoteSent")).ToContainTextAsync(Figure("Viktat500,00 SEK"));
        await Page.GetByRole(AriaRole.Button, new() { Name = "Ångra" }).ClickAsync();
        await Expect(Card("new", number)).ToBeVisibleAsync();
        Assert.Equal(10, (await Desk.GetAsync($"cases/{number}")).GetProperty("probability").GetInt32());
    }

    [Fact, Trait("Requirement", "R87")]
    public async Task A_card_is_moved_by_keys_and_keeps_the_focus_and_the_probability_that_somebody_set()
    {
        var number = await Desk.CaseAsync(await Desk.PartnerAsync("Volvo"), "Lager", new { probability = 42 });
        await Desk.GoAsync("cases/board");
        await Card("new", number).FocusAsync();
        await Page.Keyboard.PressAsync("Control+Shift+ArrowRight");
        await Expect(Card("quoteMissing", number)).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("m");
        await Page.GetByRole(AriaRole.Menuitem, new() { Name = "Förhandling" }).PressAsync("Enter");
        await Expect(Card("negotiation", number)).ToBeFocusedAsync();
        await Expect(Page.GetByText("Lager flyttades till Förhandling")).ToHaveCountAsync(1);
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.GetByLabel("Sannolikhet", new() { Exact = true })).ToHaveValueAsync("42 %");
    }

    [Fact, Trait("Requirement", "R92"), Trait("Requirement", "R106")]
    public async Task Lost_asks_why_and_won_offers_the_order()
    {
        var partner = await Desk.PartnerAsync("Volvo");
        var (lost, won) = (await Desk.CaseAsync(partner, "Lager"), await Desk.CaseAsync(partner, "Butik"));
        await Desk.GoAsync("cases/board");
        await MoveAsync("Lager", "Förlorad");
        var dialog = Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Med egna ord").FillAsync("För dyrt");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Förlorad", Exact = true }).ClickAsync();
        await Expect(Column("lost")).ToContainTextAsync("Denna månad1");
        await MoveAsync("Butik", "Vunnen");
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Konvertera till order" })).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Inte nu" }).ClickAsync();
        await Column("won").GetByRole(AriaRole.Button, new() { Name = "Visa", Exact = true }).ClickAsync();
        await Expect(Card("won", won)).ToBeVisibleAsync();
        Assert.Equal("För dyrt", (await Desk.GetAsync($"cases/{lost}")).GetProperty("lostReason").GetProperty("text").GetString());
    }

    [Fact, Trait("Requirement", "R106")]
    public async Task What_is_offered_after_winning_is_what_the_server_would_do_with_the_case_by_now()
    {
        var number = await Desk.CaseAsync(await Desk.PartnerAsync("Volvo"), "Butik");
        await Desk.GoAsync("cases/board");
        await MoveAsync("Butik", "Vunnen");
        var dialog = Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Konvertera till order" })).ToBeVisibleAsync();
        await Desk.PatchAsync($"cases/{number}", new { status = "negotiation" });
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Markera som vunnen och konvertera" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Order 1001");
    }

    [Fact]
    public async Task A_move_that_is_refused_is_put_back_with_the_reason()
    {
        var number = await Desk.CaseAsync(await Desk.PartnerAsync("Volvo"), "Lager");
        await Desk.GoAsync("cases/board");
        await Expect(Card("new", number)).ToBeVisibleAsync();
        await Page.RouteAsync($"**/cases/{number}", route => route.Request.Method == "PATCH" ? route.FulfillAsync(new() { Status = 409, ContentType = "application/problem+json", Body = """{"code":"case.closed","detail":"The case is closed. Reopen it first."}""" }) : route.ContinueAsync());
        await Card("new", number).FocusAsync();
        await Page.Keyboard.PressAsync("Control+Shift+ArrowRight");
        await Expect(Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Aktiviteten är avslutad. Öppna den igen först." })).ToBeVisibleAsync();
        await Expect(Card("new", number)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_refused_move_puts_back_its_own_card_only()
    {
        var partner = await Desk.PartnerAsync("Volvo");
        var (refused, moved) = (await Desk.CaseAsync(partner, "Lager"), await Desk.CaseAsync(partner, "Butik"));
        await Desk.GoAsync("cases/board");
        await Expect(Card("new", refused)).ToBeVisibleAsync();
        TaskCompletionSource answer = new(), lists = new();
        await Page.RouteAsync($"**/cases/{refused}", async route =>
        {
            if (route.Request.Method != "PATCH") { await route.ContinueAsync(); return; }
            await answer.Task;
            await route.FulfillAsync(new() { Status = 409, ContentType = "application/problem+json", Body = """{"code":"case.closed","detail":"The case is closed. Reopen it first."}""" });
        });
        // What the lists say later would hide what the refusal did.
        await Page.RouteAsync("**/cases?*", async route => { await lists.Task; await route.ContinueAsync(); });
        await MoveAsync("Lager", "Offert saknas");
        await Expect(Card("quoteMissing", refused)).ToBeVisibleAsync();
        await MoveAsync("Butik", "Offert saknas");
        await Expect(Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Sparat" })).ToBeVisibleAsync();
        answer.SetResult();
        await Expect(Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Lager kunde inte flyttas" })).ToBeVisibleAsync();
        await Expect(Card("new", refused)).ToBeVisibleAsync();
        await Expect(Card("quoteMissing", refused)).ToHaveCountAsync(0);
        await Expect(Card("quoteMissing", moved)).ToBeVisibleAsync();
        await Expect(Card("new", moved)).ToHaveCountAsync(0);
        lists.SetResult();
        await Expect(Card("quoteMissing", moved)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_column_shows_twenty_cards_and_more_when_it_is_scrolled()
    {
        var partner = await Desk.PartnerAsync("Volvo");
        for (var i = 0; i < 23; i++) await Desk.CaseAsync(partner, $"Lager {i}");
        await Desk.GoAsync("cases/board?owner=me");
        await Expect(Column("new").Locator("[data-card]")).ToHaveCountAsync(20);
        await Column("new").Locator("[data-card]").Last.ScrollIntoViewIfNeededAsync();
        await Column("new").GetByRole(AriaRole.List).EvaluateAsync("list => list.scrollTo(0, list.scrollHeight)");
        await Expect(Column("new").Locator("[data-card]")).ToHaveCountAsync(23);
        await Page.GetByRole(AriaRole.Link, new() { Name = "Lista" }).ClickAsync();
        await Expect(Page).ToHaveURLAsync($"{Site.Url}/{Desk.Company}/cases?owner=me");
    }

    private async Task MoveAsync(string title, string status)
    {
        await Page.GetByRole(AriaRole.Button, new() { Name = $"Flytta {title}" }).ClickAsync();
        await Page.GetByRole(AriaRole.Menuitem, new() { Name = status }).ClickAsync();
    }

    private static async Task<LocatorBoundingBoxResult> BoxAsync(ILocator locator)
    {
        await Expect(locator).ToBeVisibleAsync();
        return (await locator.BoundingBoxAsync())!;
    }
}
