using System.Text.Json.Nodes;

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

    [Fact]
    public async Task The_form_of_a_plugins_own_schema_is_asked_for_before_it_is_switched_on_and_trying_it_tells_what_is_wrong()
    {
        var id = $"c{Guid.NewGuid():n}"[..10];
        await Site.UploadAsync(Packages.Test(id, "Caller", manifest: m =>
        {
            m["settings"] = JsonNode.Parse("""{ "properties": { "base": { "type": "string", "format": "uri", "x-host": true, "default": "https://register.example" }, "key": { "type": "string", "x-secret": true, "minLength": 4 }, "size": { "type": "integer", "minimum": 1, "maximum": 9 }, "depth": { "type": "string", "enum": ["short", "full"], "default": "short" }, "closed": { "type": "boolean", "default": false } }, "required": ["key"] }""");
            foreach (var text in m["texts"]!.AsObject()) text.Value!["settings"] = JsonNode.Parse("""{ "base": { "title": "Adress", "help": "Dit frågorna går." }, "key": { "title": "Nyckel" }, "size": { "title": "Antal" }, "depth": { "title": "Djup" }, "closed": { "title": "Även nedlagda" } }""");
        }));
        await Site.ActivateAsync(id);
        await Page.ReloadAsync();
        var card = Page.GetByRole(AriaRole.Region, new() { Name = $"Prov {id}" });
        await Expect(card.GetByText("Behöver inställningar")).ToBeVisibleAsync();
        await card.GetByRole(AriaRole.Switch).ClickAsync(new() { Force = true });
        await Expect(Dialog.GetByText("Ingen har signerat insticksprogrammet")).ToBeVisibleAsync();
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Spara och slå på" }).ClickAsync();
        await Expect(Dialog.GetByText("Uppgiften behövs för att integrationen ska fungera.")).ToBeVisibleAsync();
        await Expect(Dialog.GetByLabel("Adress")).ToHaveAttributeAsync("placeholder", "https://register.example");
        await Expect(Dialog.GetByLabel("Antal")).ToHaveAttributeAsync("placeholder", "");
        await Dialog.GetByLabel("Antal").FillAsync("10");
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Spara och slå på" }).ClickAsync();
        await Expect(Dialog.GetByText("Ange ett heltal från 1 till 9.")).ToBeVisibleAsync();
        await Dialog.GetByLabel("Antal").FillAsync("");
        await Dialog.GetByLabel("Även nedlagda").CheckAsync();
        await Dialog.GetByRole(AriaRole.Textbox, new() { Name = "Nyckel" }).FillAsync("wrong key");
        None(await BarriersAsync(Page));
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Spara och slå på" }).ClickAsync();
        await Expect(Dialog).ToHaveCountAsync(0);
        await Expect(card.GetByText("På", new() { Exact = true })).ToBeVisibleAsync();
        await TestAsync("Inloggningen godtas inte. Kontrollera användare, lösenord och nyckel.");
        await Expect(card.GetByText("The key is not right.")).ToBeVisibleAsync();
        None(await BarriersAsync(Page));
        await card.GetByRole(AriaRole.Button, new() { Name = $"Inställningar för Prov {id}" }).ClickAsync();
        await Expect(Dialog.GetByRole(AriaRole.Textbox, new() { Name = "Nyckel" })).ToHaveValueAsync("");
        await Expect(Dialog.GetByLabel("Även nedlagda")).ToBeCheckedAsync();
        await Dialog.GetByRole(AriaRole.Textbox, new() { Name = "Nyckel" }).FillAsync("open sesame");
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Spara" }).ClickAsync();
        await Expect(Dialog).ToHaveCountAsync(0);
        await TestAsync("Anslutningen fungerar");
        None(await BarriersAsync(Page));
        var stored = await Desk.GetAsync($"integrations/{id}");
        Assert.Equal(("""{"closed":true}""", true), (stored.GetProperty("settings").GetRawText(), stored.GetProperty("secrets").TryGetProperty("key", out _)));
        await using var other = await Site.NewCompanyAsync();
        Assert.Equal("{}", (await other.GetAsync($"integrations/{id}")).GetProperty("settings").GetRawText());

        async Task TestAsync(string words)
        {
            await card.GetByRole(AriaRole.Button, new() { Name = $"Testa anslutningen till Prov {id}" }).ClickAsync();
            await Expect(card.GetByText(words)).ToBeVisibleAsync();
        }
    }

    private ILocator Password => Dialog.GetByRole(AriaRole.Textbox, new() { Name = "Lösenord hos Virk" });

    private async Task OpenAsync()
    {
        await Expect(Dialog).ToHaveCountAsync(0);
        await Card.GetByRole(AriaRole.Button, new() { Name = "Inställningar för CVR (Danmark)" }).ClickAsync();
    }
}
