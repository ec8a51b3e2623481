namespace Crm.PageTests.Integrations;

/// <summary>An administrator switches a plugin on, sets it up and tries it.</summary>
public sealed class IntegrationTests(Site site) : PageTest(site)
{
    private ILocator Card => Page.GetByRole(AriaRole.Region, new() { Name = "CVR (Danmark)" });
    private ILocator Dialog => Page.GetByRole(AriaRole.Dialog);

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Site.InstallAsync("Cvr");
        await Desk.GoAsync("settings/integrations");
    }

    [Fact]
    public async Task It_is_switched_on_and_off_and_trying_it_says_in_words_what_is_missing()
    {
        await Expect(Card.GetByText("Av", new() { Exact = true })).ToBeVisibleAsync();
        await Card.GetByRole(AriaRole.Switch, new() { Name = "Använd CVR (Danmark)" }).ClickAsync(new() { Force = true });
        await Expect(Card.GetByText("På", new() { Exact = true })).ToBeVisibleAsync();
        await Card.GetByRole(AriaRole.Button, new() { Name = "Testa anslutningen till CVR (Danmark)" }).ClickAsync();
        await Expect(Card.GetByText("Det saknas inställningar")).ToBeVisibleAsync();
        None(await BarriersAsync(Page));
        await Card.GetByRole(AriaRole.Switch).ClickAsync(new() { Force = true });
        await Expect(Card.GetByText("Av", new() { Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Settings_are_typed_by_their_schema_and_what_is_wrong_stands_at_its_field()
    {
        await OpenAsync();
        await Dialog.GetByLabel("Rader per hämtning från Virk").FillAsync("5");
        await Dialog.GetByLabel("Adress till cvrapi.dk").FillAsync("ftp://cvr");
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Spara" }).ClickAsync();
        await Expect(Dialog.GetByText("Ange ett heltal från 10 till 3000.")).ToBeVisibleAsync();
        await Expect(Dialog.GetByText("Skriv en webbadress som https://api.exempel.se/v1.")).ToBeVisibleAsync();
        None(await BarriersAsync(Page));
        await Dialog.GetByLabel("Rader per hämtning från Virk").FillAsync("50");
        await Dialog.GetByLabel("Adress till cvrapi.dk").FillAsync("");
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Spara" }).ClickAsync();
        await Expect(Dialog).ToHaveCountAsync(0);
        Assert.Equal("""{"pageSize":50}""", (await Desk.GetAsync("integrations/cvr")).GetProperty("settings").GetRawText());
    }

    [Fact]
    public async Task A_secret_is_written_never_shown_again_and_can_be_taken_away()
    {
        await OpenAsync();
        await Password.FillAsync("open sesame");
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Spara" }).ClickAsync();
        await OpenAsync();
        await Expect(Dialog.GetByText("Visas aldrig.")).ToBeVisibleAsync();
        await Expect(Password).ToHaveValueAsync("");
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Ta bort Lösenord hos Virk" }).ClickAsync();
        await Expect(Password).ToBeDisabledAsync();
        None(await BarriersAsync(Page));
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Spara" }).ClickAsync();
        await Expect(Dialog).ToHaveCountAsync(0);
        Assert.Empty((await Desk.GetAsync("integrations/cvr")).GetProperty("secrets").EnumerateObject());
    }

    private ILocator Password => Dialog.GetByRole(AriaRole.Textbox, new() { Name = "Lösenord hos Virk" });

    private async Task OpenAsync()
    {
        await Expect(Dialog).ToHaveCountAsync(0);
        await Card.GetByRole(AriaRole.Button, new() { Name = "Inställningar för CVR (Danmark)" }).ClickAsync();
    }
}
