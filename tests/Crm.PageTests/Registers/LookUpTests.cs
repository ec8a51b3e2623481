using System.Text.Json;
using Crm.PageTests.Partners;
using Crm.StandIns;

namespace Crm.PageTests.Registers;

/// <summary>A new company is looked up in the register of its country instead of typed.</summary>
public sealed class LookUpTests(Site site) : BizwebTest(site)
{
    private ILocator Search => Page.GetByRole(AriaRole.Combobox, new() { Name = "Sök i Brønnøysundregistrene (Bizweb)" });

    [Fact, Trait("Requirement", "R48"), Trait("Requirement", "R49"), Trait("Requirement", "R53")]
    public async Task A_company_is_found_while_typing_and_chosen_without_a_mouse_and_every_field_can_be_changed()
    {
        await OpenAsync();
        await Page.TabToAsync(Search, "Shift+Tab");
        await Page.Keyboard.TypeAsync("fjordb");
        var hit = Page.GetByRole(AriaRole.Option, new() { Name = "FJORDBLIKK HOTELL AS" });
        await Expect(hit).ToContainTextAsync("999999077 · LEIKANGER");
        await Expect(Page.GetByText("1 träff.")).ToHaveCountAsync(1);
        None(await BarriersAsync(Page));
        await Page.Keyboard.PressAsync("ArrowDown");
        await Expect(Search).ToHaveAttributeAsync("aria-activedescendant", (await hit.GetAttributeAsync("id"))!);
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Desk.Field("Partnernamn")).ToHaveValueAsync("FJORDBLIKK HOTELL AS");
        await Expect(Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Uppgifterna kommer från Brønnøysundregistrene (Bizweb), " })).ToBeVisibleAsync();
        await Expect(Desk.Field("Bransch")).ToHaveValueAsync("Hotell och restaurang");
        await Expect(Page.GetByRole(AriaRole.Group, new() { Name = "Besöksadress" }).GetByLabel("Ort")).ToHaveValueAsync("LEIKANGER");
        None(await BarriersAsync(Page));
        await Desk.FillAsync("Partnernamn", "Fjordblikk Hotell");
        await Page.Keyboard.PressAsync("Control+Enter");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Fjordblikk Hotell");
        var made = (await Desk.GetAsync("partners")).GetProperty("items")[0];
        Assert.Equal(("Fjordblikk Hotell", "999999077", 46, "i", "6863"), (Text(made, "name"), Text(made, "organisationNumber"), made.GetProperty("employees").GetInt32(), Text(made.GetProperty("industry"), "code"), Text(made.GetProperty("addresses").GetProperty("visiting"), "postalCode")));
    }

    [Fact, Trait("Requirement", "R53")]
    public async Task A_country_without_aRegister_has_no_magnifier()
    {
        await OpenAsync();
        await CountryAsync("Sverige");
        await Expect(Search).ToHaveCountAsync(0);
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Sök i registret" })).ToHaveCountAsync(0);
    }

    [Fact, Trait("Requirement", "R54")]
    public async Task The_magnifier_finds_a_number_and_a_company_in_trouble_is_told_of_in_words()
    {
        await OpenAsync();
        await Search.FillAsync("999 999 069");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sök i registret" }).ClickAsync();
        await Page.GetByRole(AriaRole.Option, new() { Name = "NORDNES BÅTBYGGERI AS" }).ClickAsync();
        await Expect(Page.GetByText("Kontrollera innan du säljer till NORDNES BÅTBYGGERI AS")).ToBeVisibleAsync();
        await Expect(Desk.Field("Organisationsnummer")).ToHaveValueAsync("999999069");
    }

    [Fact, Trait("Requirement", "R49")]
    public async Task Another_choice_takes_back_what_the_first_had_filled_and_leaves_what_was_typed()
    {
        await OpenAsync();
        await ChooseAsync("fjordb", "FJORDBLIKK HOTELL AS");
        await Expect(Desk.Field("Webbplats")).ToHaveValueAsync("www.fjordblikk.example");
        await Desk.FillAsync("Telefon", "12 34 56 78");
        await ChooseAsync("trollheimen", "TROLLHEIMEN SPORT AS");
        await Expect(Desk.Field("Partnernamn")).ToHaveValueAsync("TROLLHEIMEN SPORT AS");
        await Expect(Desk.Field("Webbplats")).ToHaveValueAsync("");
        await Expect(Desk.Field("Telefon")).ToHaveValueAsync("12 34 56 78");
    }

    [Fact, Trait("Requirement", "R50")]
    public async Task When_theRegister_knows_nothing_or_is_down_it_says_so_and_all_is_typed()
    {
        await OpenAsync();
        await Search.FillAsync("qqqq");
        await Expect(Page.GetByText("Inget företag hittades. Du kan fylla i uppgifterna själv.")).ToBeVisibleAsync();
        await Register.DisposeAsync();
        await Search.FillAsync("lofoten");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.GetByText("Brønnøysundregistrene (Bizweb) svarar inte just nu. Du kan fylla i uppgifterna själv.")).ToBeVisibleAsync();
        await Desk.FillAsync("Partnernamn", "Lofoten Fisk AS");
        await Page.Keyboard.PressAsync("Control+Enter");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Lofoten Fisk AS");
    }

    [Fact, Trait("Requirement", "R51")]
    public async Task On_a_new_case_a_customer_is_made_from_theRegister_and_chosen_and_one_that_exists_is_offered()
    {
        await Desk.PatchAsync("company", new { country = "NO" });
        await Desk.GoAsync("cases/new");
        var dialog = Page.GetByRole(AriaRole.Dialog);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Ny kund ur Brønnøysundregistrene (Bizweb)" }).ClickAsync();
        await ChooseAsync("fjordb", "FJORDBLIKK HOTELL AS");
        None(await BarriersAsync(Page));
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Skapa och välj" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(Desk.Field("Kund")).ToHaveValueAsync("FJORDBLIKK HOTELL AS");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Ny kund ur Brønnøysundregistrene (Bizweb)" }).ClickAsync();
        await ChooseAsync("fjordb", "FJORDBLIKK HOTELL AS");
        await Expect(dialog.GetByText("Kunden finns redan")).ToBeVisibleAsync();
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Skapa och välj" })).ToHaveCountAsync(0);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Välj kunden" }).Last.ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        Assert.Equal(1, (await Desk.GetAsync("partners")).GetProperty("items").GetArrayLength());
    }

    private async Task OpenAsync()
    {
        await Desk.GoAsync("partners/new");
        await CountryAsync("Norge");
    }

    /// <summary>The firm's own; its addresses have countries too.</summary>
    private async Task CountryAsync(string name)
    {
        await Desk.Field("Land").First.ClickAsync();
        await Page.GetByRole(AriaRole.Option).Filter(new() { HasText = name }).First.ClickAsync();
    }

    private async Task ChooseAsync(string typed, string name)
    {
        await Search.FillAsync(typed);
        await Page.GetByRole(AriaRole.Option, new() { Name = name }).ClickAsync();
        await Expect(Page.GetByText("Uppgifterna kommer från")).ToBeVisibleAsync();
    }

    private static string? Text(JsonElement of, string member) => of.GetProperty(member).GetString();
}
