namespace Crm.PageTests.Accounting;

/// <summary>An administrator goes to the accounting system from the settings, consents there, and is told on the way back what came of it.</summary>
public sealed class ConnectTests(Site site) : FortnoxTest(site)
{
    protected override bool IsServiceAccount => false;

    private ILocator Card => Page.GetByRole(AriaRole.Region, new() { Name = "Fortnox" });
    private ILocator Dialog => Page.GetByRole(AriaRole.Dialog);

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Desk.Expected = $"It asked another host: {StandIn.Address}oauth-v1/auth";
        await Desk.GoAsync("settings/integrations");
    }

    [Fact]
    public async Task It_is_connected_told_once_and_disconnected()
    {
        await Expect(Card.GetByText("Ingen användare har godkänt anslutningen.")).ToBeVisibleAsync();
        await Press("Anslut Fortnox");
        await Expect(Dialog.GetByLabel("Omdirigeringsadress (redirect URI)")).ToHaveValueAsync($"{Site.Url}/oauth/callback");
        None(await BarriersAsync(Page));
        await Dialog.GetByRole(AriaRole.Link, new() { Name = "Fortsätt till Fortnox" }).PressAsync("Enter");
        await Expect(Outcome("Fortnox är ansluten")).ToBeFocusedAsync();
        await Expect(Page).ToHaveURLAsync($"{Site.Url}/{Desk.Company}/settings/integrations");
        await Expect(Card.GetByText("Ansluten", new() { Exact = false }).Last).ToBeVisibleAsync();
        None(await BarriersAsync(Page));
        await Page.ReloadAsync();
        await Expect(Card.GetByRole(AriaRole.Button, new() { Name = "Koppla från Fortnox" })).ToBeVisibleAsync();
        await Expect(Outcome("Fortnox är ansluten")).ToHaveCountAsync(0);
        await Press("Koppla från Fortnox");
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Koppla från" }).ClickAsync();
        await Expect(Card.GetByText("Ingen användare har godkänt anslutningen.")).ToBeVisibleAsync();
        Assert.Contains("POST /oauth-v1/revoke", StandIn.Requests);
    }

    [Fact]
    public async Task A_no_there_and_a_way_back_that_took_too_long_are_told_with_what_to_do()
    {
        Fortnox.SignIn.Consents = false;
        await GoThereAsync();
        await Expect(Outcome("Anslutningen till Fortnox godkändes inte")).ToBeFocusedAsync();
        None(await BarriersAsync(Page));
        await Card.GetByRole(AriaRole.Button, new() { Name = "Stäng" }).ClickAsync();
        await Expect(Outcome("Anslutningen till Fortnox godkändes inte")).ToHaveCountAsync(0);
        await Desk.GoAsync("settings/integrations?plugin=&connection=expired");
        await Expect(Outcome("Det gick för lång tid innan du kom tillbaka")).ToBeFocusedAsync();
        await Expect(Card.GetByText("Ingen användare har godkänt anslutningen.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_the_system_accepts_no_longer_is_connected_again_at_once()
    {
        // As the server says after the system has refused to renew the token, which it does after an hour.
        var isRefused = true;
        await Page.RouteAsync("**/api/v1/*/integrations", async route =>
        {
            var answer = await route.FetchAsync();
            await route.FulfillAsync(new() { Response = answer, Body = isRefused ? (await answer.TextAsync()).Replace("\"state\":\"notConnected\"", "\"state\":\"reconnectNeeded\"", StringComparison.Ordinal) : await answer.TextAsync() });
        });
        await Page.ReloadAsync();
        await Expect(Card.GetByText("Fortnox måste anslutas igen")).ToBeVisibleAsync();
        None(await BarriersAsync(Page));
        // Where it leads back to is known there since the first time.
        isRefused = false;
        await Press("Anslut igen: Fortnox");
        await Expect(Outcome("Fortnox är ansluten")).ToBeFocusedAsync();
        await Expect(Card.GetByText("Fortnox måste anslutas igen")).ToHaveCountAsync(0);
    }

    private ILocator Outcome(string title) => Page.GetByRole(AriaRole.Status).Or(Page.GetByRole(AriaRole.Alert)).Filter(new() { HasText = title });

    private Task Press(string button) => Card.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();

    private async Task GoThereAsync()
    {
        await Press("Anslut Fortnox");
        await Dialog.GetByRole(AriaRole.Link, new() { Name = "Fortsätt till Fortnox" }).ClickAsync();
    }
}
