using Crm.PageTests.Partners;
using Crm.StandIns;

namespace Crm.PageTests.Registers;

/// <summary>What the register says otherwise is decided field by field, and nothing changes before.</summary>
public sealed class DifferenceTests(Site site) : BizwebTest(site)
{
    private ILocator Card => Page.GetByRole(AriaRole.Article, new() { Name = "Fjordblikk Hotell" });

    private ILocator Decide(string what) => Card.GetByRole(AriaRole.Button, new() { Name = what, Exact = true });

    [Fact, Trait("Requirement", "R49")]
    public async Task A_value_is_taken_over_or_ours_is_kept_without_a_mouse_and_a_taken_one_is_taken_back()
    {
        var number = await HotelAsync();
        await Page.GotoAsync($"/{Desk.Company}/crm");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Ändringar i registret" }).ClickAsync();
        await Expect(Card.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Telefon" })).ToContainTextAsync("11 11 11 11");
        None(await BarriersAsync(Page));
        await Page.TabToAsync(Decide("Ta över: Telefon"));
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Decide("Ta över: Telefon")).ToHaveCountAsync(0);
        await Expect(Decide("Ta över: E-post")).ToBeFocusedAsync();
        Assert.Equal("57 65 10 00", await TextAsync(number, "phone"));
        await Decide("Behåll vår: E-post").PressAsync("Enter");
        await Expect(Decide("Behåll vår: E-post")).ToHaveCountAsync(0);
        Assert.Equal("salg@fjordblikk.example", await TextAsync(number, "email"));
        await Page.Keyboard.PressAsync("Control+z");
        await Expect(Decide("Ta över: Telefon")).ToBeVisibleAsync();
        Assert.Equal("11 11 11 11", await TextAsync(number, "phone"));
        await Decide("Ta över alla: Fjordblikk Hotell").ClickAsync();
        await Expect(Page.GetByText("Inga ändringar att ta ställning till")).ToBeVisibleAsync();
        var partner = await Desk.GetAsync($"partners/{number}");
        Assert.Equal(("FJORDBLIKK HOTELL AS", 46, "6863"), (partner.GetProperty("name").GetString(), partner.GetProperty("employees").GetInt32(), partner.GetProperty("addresses").GetProperty("visiting").GetProperty("postalCode").GetString()));
    }

    [Fact]
    public async Task What_a_colleague_has_changed_meanwhile_is_asked_about_before_theRegisters_value_stands()
    {
        var number = await HotelAsync();
        await Desk.GoAsync("registers/differences");
        await Expect(Decide("Ta över: Telefon")).ToBeVisibleAsync();
        // The page does not hear of it.
        await Page.RouteAsync("**/registers/differences*", route => route.AbortAsync());
        await Desk.PatchAsync($"partners/{number}", new { phone = "22 22 22 22" });
        await Decide("Ta över: Telefon").ClickAsync();
        var dialog = Page.GetByRole(AriaRole.Dialog, new() { Name = "Fjordblikk Hotell har ändrats under tiden" });
        await Expect(dialog.GetByRole(AriaRole.Row, new() { Name = "Telefon 11 11 11 11 22 22 22 22 57 65 10 00" })).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Ta den andras" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        Assert.Equal("22 22 22 22", await TextAsync(number, "phone"));
        Desk.Expected = "Failed to load resource: net::ERR_FAILED";
    }

    [Fact, Trait("Requirement", "R49")]
    public async Task The_card_says_what_theRegister_last_said_and_asks_it_now()
    {
        var number = await Desk.PartnerAsync("Nordnes Båtbyggeri AS", new { country = "NO", organisationNumber = "999999069" });
        await Desk.OpenCardAsync(number);
        await Expect(Page.GetByText("Ännu inte jämfört med Brønnøysundregistrene (Bizweb)")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Fråga Brønnøysundregistrene (Bizweb) nu" }).ClickAsync();
        await Expect(Page.GetByText("Registret uppger: Konkurs")).ToBeVisibleAsync();
        await Expect(Page.GetByText("Från Brønnøysundregistrene (Bizweb), ")).ToBeVisibleAsync();
        None(await BarriersAsync(Page));
        await HotelAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = "skillnader mot registret" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Article)).ToHaveCountAsync(1);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Noterat: Anmärkning i registret" }).ClickAsync();
        await Expect(Page.GetByText("Registret uppger: Konkurs")).ToHaveCountAsync(0);
        await Page.GetByRole(AriaRole.Link, new() { Name = "Visa alla ändringar" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Article)).ToHaveCountAsync(2);
    }

    [Fact, Trait("Requirement", "R49"), Trait("Requirement", "R50")]
    public async Task What_is_typed_over_while_a_customer_is_made_from_theRegister_is_no_difference()
    {
        await Desk.GoAsync("partners/new");
        await Desk.Field("Land").First.ClickAsync();
        await Page.GetByRole(AriaRole.Option).Filter(new() { HasText = "Norge" }).First.ClickAsync();
        await Page.GetByRole(AriaRole.Combobox, new() { Name = "Sök i Brønnøysundregistrene (Bizweb)" }).FillAsync("fjordb");
        await Page.GetByRole(AriaRole.Option, new() { Name = "FJORDBLIKK HOTELL AS" }).ClickAsync();
        await Expect(Desk.Field("Partnernamn")).ToHaveValueAsync("FJORDBLIKK HOTELL AS");
        await Desk.FillAsync("Partnernamn", "Fjordblikk");
        await Desk.FillAsync("Telefon", "11 11 11 11");
        await Page.Keyboard.PressAsync("Control+Enter");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Fjordblikk");
        await Expect(Page.GetByText("Stämmer med registret")).ToBeVisibleAsync();
        Assert.Equal(1, Register.Requests.Count(r => r.EndsWith("/enheter/999999077", StringComparison.Ordinal)));
    }

    private async Task<long> HotelAsync()
    {
        var number = await Desk.PartnerAsync("Fjordblikk Hotell", new { country = "NO", organisationNumber = "999999077", phone = "11 11 11 11", email = "salg@fjordblikk.example" });
        await Desk.PostAsync($"registers/answers/{number}");
        return number;
    }

    private async Task<string?> TextAsync(long number, string member) => (await Desk.GetAsync($"partners/{number}")).GetProperty(member).GetString();
}
