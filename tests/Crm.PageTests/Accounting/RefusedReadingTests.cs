namespace Crm.PageTests.Accounting;

/// <summary>A system that nobody has let the CRM into yet.</summary>
public sealed class RefusedReadingTests(Site site) : FortnoxTest(site)
{
    protected override bool IsServiceAccount => false;

    [Fact]
    public async Task Why_nothing_is_read_is_said_in_words_with_the_way_to_where_it_is_put_right()
    {
        await Desk.UntilAsync("accounting", all => all.GetProperty("items") is var items && items.GetArrayLength() == 1 && items[0].GetProperty("running") is { ValueKind: System.Text.Json.JsonValueKind.Object } run && run.GetProperty("problem").GetString() is not null);
        await Desk.GoAsync("settings/accounting");
        var card = Page.GetByRole(AriaRole.Region, new() { Name = "Fortnox" });
        await Expect(card.GetByText("Fortnox är inte ansluten ännu")).ToBeVisibleAsync();
        await Expect(card.GetByText("Inte läst ännu")).ToBeVisibleAsync();
        None(await BarriersAsync(Page));
        await card.GetByRole(AriaRole.Link, new() { Name = "Till Fortnox under Integrationer" }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Anslut Fortnox" }).ClickAsync();
        Desk.Expected = $"It asked another host: {StandIn.Address}oauth-v1/auth";
        await Page.GetByRole(AriaRole.Link, new() { Name = "Fortsätt till Fortnox" }).ClickAsync();
        // Once somebody has let it in, it is read by itself.
        await Page.GetByRole(AriaRole.Link, new() { Name = "Följ läsningen under Bokföring" }).ClickAsync();
        await Expect(card.GetByRole(AriaRole.Table).GetByRole(AriaRole.Row)).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task A_list_that_cannot_be_read_says_so_and_is_read_on_request()
    {
        await Page.RouteAsync("**/invoices?*", route => route.FulfillAsync(new() { Status = 503, ContentType = "application/problem+json", Body = """{"code":"storage.unavailable"}""" }));
        Desk.Expected = "503";
        await Desk.GoAsync("invoices");
        await Expect(Page.GetByText("Databasen svarar inte. Försök igen om en stund.")).ToBeVisibleAsync();
        None(await BarriersAsync(Page));
        await Page.UnrouteAsync("**/invoices?*");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Försök igen" }).ClickAsync();
        await Expect(Page.GetByText("Inga fakturor har lästs från bokföringen ännu.")).ToBeVisibleAsync();
    }
}
