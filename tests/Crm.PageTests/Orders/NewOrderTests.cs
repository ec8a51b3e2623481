using System.Text.RegularExpressions;

namespace Crm.PageTests.Orders;

/// <summary>Making an order.</summary>
public sealed partial class NewOrderTests(Site site) : PageTest(site)
{
    [Fact, Trait("Requirement", "R41"), Trait("Requirement", "R42")]
    public async Task The_credit_warning_comes_before_saving_as_soon_as_the_lines_reach_the_limit_and_blocks_nothing()
    {
        var partner = await Desk.LimitedCustomerAsync();
        await Desk.GoAsync("orders/new");
        await Page.GetByRole(AriaRole.Combobox, new() { Name = "Kund" }).FillAsync("Nordvik");
        await Page.GetByRole(AriaRole.Option, new() { Name = "Nordvik Bygg AB" }).ClickAsync();
        await Page.GetByLabel("Benämning, rad 1").FillAsync("Pallställ");
        await Page.GetByLabel("À-pris, rad 1").FillAsync("1000");
        await Expect(Page.GetByText("Summa exkl. moms")).ToContainTextAsync(Thousand());
        await Expect(Page.GetByText("Kunden är över kreditgränsen")).ToHaveCountAsync(0);
        await Page.GetByLabel("Antal, rad 1").FillAsync("2");
        var warning = Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Kunden är över kreditgränsen" });
        await Expect(warning).ToContainTextAsync(TwoOfOneThousand());
        None(await BarriersAsync(Page));
        await warning.GetByLabel("Anledning").FillAsync("Betalar kontant");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Skapa order" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Order 1001");
        var decision = Page.GetByRole(AriaRole.Region, new() { Name = "Taget över kreditgränsen" });
        await Expect(decision).ToContainTextAsync("Ada Admin");
        await Expect(decision).ToContainTextAsync("Betalar kontant");
        var order = await Desk.GetAsync("orders/1001");
        Assert.Equal((partner, 2_000m, "credit.limit.exceeded"), (order.GetProperty("partner").GetProperty("number").GetInt64(), order.GetProperty("net").GetProperty("amount").GetDecimal(), order.GetProperty("creditDecisions")[0].GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_customer_in_the_address_that_cannot_be_read_is_told_of_and_another_can_be_chosen()
    {
        await Desk.PartnerAsync("Nordvik Bygg AB");
        await Desk.GoAsync("orders/new?partner=4711");
        await Expect(Page.GetByText("Kund 4711 kunde inte läsas")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Combobox, new() { Name = "Kund" }).FillAsync("Nordvik");
        await Page.GetByRole(AriaRole.Option, new() { Name = "Nordvik Bygg AB" }).ClickAsync();
        await Page.GetByLabel("Benämning, rad 1").FillAsync("Pallställ");
        await Page.GetByLabel("À-pris, rad 1").FillAsync("100");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Skapa order" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Order 1001");
    }

    [Fact, Trait("Requirement", "R42")]
    public async Task A_customer_without_a_limit_is_never_warned_of()
    {
        await Desk.PatchAsync("company", new { credit = new { counts = "balanceUninvoicedAndOrder" } });
        var partner = await Desk.PartnerAsync("Nordvik Bygg AB");
        await Desk.GoAsync($"orders/new?partner={partner}");
        await Page.GetByLabel("Benämning, rad 1").FillAsync("Pallställ");
        await Page.GetByLabel("À-pris, rad 1").FillAsync("999999");
        await Page.RunAndWaitForResponseAsync(() => Page.GetByLabel("Antal, rad 1").FillAsync("9"), answer => answer.Url.EndsWith("/orders", StringComparison.Ordinal) && answer.Request.Headers["prefer"] == "dry-run");
        await Expect(Page.GetByText("Kunden är över kreditgränsen")).ToHaveCountAsync(0);
    }

    [Fact, Trait("Requirement", "R43")]
    public async Task The_customers_owner_looks_after_the_order_unless_somebody_else_is_chosen()
    {
        await using var seller = await Site.NewColleagueAsync(Desk, "Sara Berg");
        var id = (await Desk.GetAsync("users")).GetProperty("items").EnumerateArray().Single(u => u.GetProperty("name").GetString() == "Sara Berg").GetProperty("id").GetString();
        var partner = await Desk.PartnerAsync("Nordvik Bygg AB", new { owner = id });
        await Desk.GoAsync($"orders/new?partner={partner}");
        await Expect(Page.GetByRole(AriaRole.Combobox, new() { Name = "Ägs av" })).ToHaveValueAsync("Sara Berg");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Skapa order" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Order 1001");
        await Desk.PatchAsync($"partners/{partner}", new { owner = (string?)null });
        await Page.ReloadAsync();
        await Expect(Page.GetByRole(AriaRole.Region, new() { Name = "Uppgifter" })).ToContainTextAsync("Sara Berg");
    }

    [Fact]
    public async Task Lines_are_added_moved_and_removed_by_keyboard_and_what_is_missing_is_said_at_its_field()
    {
        var partner = await Desk.PartnerAsync("Nordvik Bygg AB");
        await Desk.GoAsync($"orders/new?partner={partner}");
        await Page.GetByLabel("Benämning, rad 1").FillAsync("Pallställ");
        await Page.GetByLabel("À-pris, rad 1").FillAsync("100");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.GetByLabel("Benämning, rad 2")).ToBeFocusedAsync();
        await Page.GetByLabel("À-pris, rad 2").FillAsync("50");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Skapa order" }).ClickAsync();
        await Expect(Page.GetByText("Skriv vad raden gäller.")).ToBeVisibleAsync();
        await Page.GetByLabel("Benämning, rad 2").FillAsync("Frakt");
        await Page.Keyboard.PressAsync("Alt+ArrowUp");
        await Expect(Page.GetByLabel("Benämning, rad 1")).ToHaveValueAsync("Frakt");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Ta bort rad 2" }).ClickAsync();
        await Page.Keyboard.PressAsync("Control+Enter");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Order 1001");
        Assert.Equal("Frakt", string.Join(' ', (await Desk.GetAsync("orders/1001")).GetProperty("lines").EnumerateArray().Select(l => l.GetProperty("text").GetString())));
    }

    [GeneratedRegex(@"1\s000,00")]
    private static partial Regex Thousand();

    [GeneratedRegex(@"1\s000,00[\s\S]*2\s000,00")]
    private static partial Regex TwoOfOneThousand();
}
