namespace Crm.PageTests.Partners;

/// <summary>Those who look after the partner, and the partner's own people.</summary>
public sealed class PeopleTests(Site site) : PageTest(site)
{
    [Fact, Trait("Requirement", "R56")]
    public async Task Any_number_of_owners_is_added_and_removed_and_nobody_twice()
    {
        await Desk.PostAsync("users", new { email = "bo@firm.example", name = "Bo Holm", role = "seller" });
        await Desk.PostAsync("users", new { email = "cia@firm.example", name = "Cia Dahl", role = "seller" });
        await Desk.OpenCardAsync(await Desk.PartnerAsync("Nordvik Bygg AB"));
        var owners = Desk.Box("Ansvariga");
        await AddAsync("Bo Holm");
        await Expect(owners.GetByRole(AriaRole.Listitem)).ToHaveTextAsync(["Bo HolmHuvudansvarig"]);
        await AddAsync("Cia Dahl");
        await AddAsync("Ada Admin");
        await Expect(owners.GetByRole(AriaRole.Listitem)).ToHaveTextAsync(["Bo HolmHuvudansvarig", "Cia Dahl", "Ada Admin"]);
        await AddAsync("Cia Dahl");
        await Expect(owners.GetByText("Är redan ansvarig")).ToBeVisibleAsync();
        await Expect(owners.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(3);
        await owners.GetByRole(AriaRole.Button, new() { Name = "Gör Cia Dahl till huvudansvarig" }).ClickAsync();
        await Expect(owners.GetByRole(AriaRole.Listitem).First).ToHaveTextAsync("Cia DahlHuvudansvarig");
        await owners.GetByRole(AriaRole.Button, new() { Name = "Ta bort Ada Admin" }).ClickAsync();
        await Expect(owners.GetByRole(AriaRole.Listitem)).ToHaveTextAsync(["Cia DahlHuvudansvarig", "Bo Holm"]);

        async Task AddAsync(string name)
        {
            await owners.GetByLabel("Välj medarbetare").ClickAsync();
            await Page.GetByRole(AriaRole.Option, new() { Name = name }).ClickAsync();
            await owners.GetByRole(AriaRole.Button, new() { Name = "Lägg till" }).ClickAsync();
        }
    }

    [Fact, Trait("Requirement", "R65")]
    public async Task A_contact_person_is_added_changed_made_inactive_and_found_again()
    {
        var number = await Desk.PartnerAsync("Nordvik Bygg AB");
        await Desk.OpenCardAsync(number, "contacts");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Lägg till kontaktperson" }).ClickAsync();
        await Page.Keyboard.PressAsync("Control+Enter");
        await Expect(Page.GetByText("Ange ett namn.")).ToBeVisibleAsync();
        await Desk.FillAsync("Namn", "Anna Nyström");
        await Desk.FillAsync("Titel", "Inköp");
        await Desk.FillAsync("E-post", "anna@nordvik.example");
        await Desk.FillAsync("Telefon", "+46 70 1");
        await Desk.Field("Huvudkontakt").CheckAsync();
        await Desk.SaveAsync();
        await Expect(Page.GetByRole(AriaRole.Tab, new() { Name = "Kontakter (1)" })).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Redigera Anna Nyström" }).ClickAsync();
        await Desk.FillAsync("Titel", "VD");
        await Desk.SaveAsync();
        await Expect(Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Anna Nyström" })).ToContainTextAsync("VD");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Fler åtgärder för Anna Nyström" }).ClickAsync();
        await Page.GetByRole(AriaRole.Menuitem, new() { Name = "Gör inaktiv" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Tab, new() { Name = "Kontakter (0)" })).ToBeVisibleAsync();
        await Page.GetByLabel("Visa 1 inaktiv").CheckAsync();
        await Expect(Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Anna Nyström" })).ToContainTextAsync("Inaktiv");
        var contact = (await Desk.GetAsync($"partners/{number}/contacts")).GetProperty("items")[0];
        Assert.Equal(("VD", "anna@nordvik.example", "+46 70 1", false), (contact.GetProperty("title").GetString(), contact.GetProperty("email").GetString(), contact.GetProperty("phone").GetString(), contact.GetProperty("active").GetBoolean()));
    }
}
