using System.Text.Json.Nodes;
using Crm.PageTests.Partners;
using Crm.StandIns;

namespace Crm.PageTests.Registers;

/// <summary>The register's branches of a chosen company are made with it, those that are ticked and no others.</summary>
public sealed class BranchTests(Site site) : BizwebTest(site)
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Desk.PatchAsync("company", new { country = "NO" });
    }

    private ILocator Branches => Page.GetByRole(AriaRole.Group, new() { Name = "Filialer enligt registret" });
    private ILocator Ticks => Branches.GetByRole(AriaRole.Checkbox);

    [Fact, Trait("Requirement", "R55")]
    public async Task Branches_stand_at_the_bottom_and_the_ticked_ones_are_made_with_the_company_and_no_others()
    {
        await ChooseAsync("nordfjord", "NORDFJORD ENERGI ASA");
        await Expect(Page.GetByText("Registret har 2 filialer.")).ToBeVisibleAsync();
        await Expect(Ticks).ToHaveCountAsync(2);
        await Expect(Branches.GetByText("999999409 · Strandavegen 3, 6900 FLORØ")).ToBeVisibleAsync();
        await Expect(Branches.GetByText("0 av 2 valda")).ToBeVisibleAsync();
        await AddAllAsync();
        await Page.TabToAsync(Branches.GetByRole(AriaRole.Checkbox, new() { Name = "NORDFJORD ENERGI ASA AVD STRYN" }));
        await Page.Keyboard.PressAsync("Space");
        await Expect(Branches.GetByText("1 av 2 valda")).ToBeVisibleAsync();
        None(await BarriersAsync(Page));
        await Page.GetByRole(AriaRole.Button, new() { Name = "Spara med 1 filial" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("NORDFJORD ENERGI ASA");
        await Page.GetByRole(AriaRole.Tab, new() { Name = "Filialer (1)" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "NORDFJORD ENERGI ASA AVD FLORØ" })).ToBeVisibleAsync();
        var made = (await Desk.GetAsync("partners?sort=number")).GetProperty("items").EnumerateArray().ToArray();
        Assert.Equal(2, made.Length);
        Assert.Equal((made[0].GetProperty("number").GetInt64(), "999999409", 31, "6900"),
            (made[1].GetProperty("parent").GetInt64(), made[1].GetProperty("branchNumber").GetString(), made[1].GetProperty("employees").GetInt32(), made[1].GetProperty("addresses").GetProperty("visiting").GetProperty("postalCode").GetString()));
    }

    [Fact, Trait("Requirement", "R55")]
    public async Task A_chain_is_searched_and_no_more_are_chosen_than_are_made_at_once()
    {
        await ChooseAsync("nordlys", "NORDLYS KAFFE AS");
        await Expect(Branches.GetByText("0 av 127 valda")).ToBeVisibleAsync();
        await Branches.GetByRole(AriaRole.Searchbox, new() { Name = "Sök bland filialerna" }).FillAsync("alta 1");
        await Branches.GetByRole(AriaRole.Checkbox, new() { Name = "NORDLYS KAFFE AS AVD ALTA 1", Exact = true }).CheckAsync();
        await Branches.GetByRole(AriaRole.Searchbox).FillAsync("bergen");
        await Expect(Branches.GetByRole(AriaRole.Checkbox, new() { Name = "NORDLYS KAFFE AS AVD ALTA 1", Exact = true })).ToHaveCountAsync(0);
        var found = await Ticks.CountAsync();
        await Branches.GetByRole(AriaRole.Button, new() { Name = "Lägg till träffarna" }).ClickAsync();
        await Expect(Branches.GetByText($"{found + 1} av 127 valda")).ToBeVisibleAsync();
        await Branches.GetByRole(AriaRole.Searchbox).FillAsync("nowhere");
        await Expect(Branches.GetByText("Ingen filial hittades.")).ToBeVisibleAsync();
        await Branches.GetByRole(AriaRole.Searchbox).FillAsync("");
        await Branches.GetByRole(AriaRole.Button, new() { Name = "Lägg till de första 100" }).ClickAsync();
        await Expect(Branches.GetByText("100 av 127 valda · Högst 100 kan skapas samtidigt.")).ToBeVisibleAsync();
        await Expect(Branches.GetByRole(AriaRole.Checkbox, new() { Checked = false }).First).ToBeDisabledAsync();
        await Branches.GetByRole(AriaRole.Button, new() { Name = "Ta bort alla" }).ClickAsync();
        await Expect(Branches.GetByText("0 av 127 valda")).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Spara", Exact = true })).ToBeVisibleAsync();
    }

    [Fact, Trait("Requirement", "R55")]
    public async Task What_is_wrong_with_a_branch_stands_at_it_and_nothing_is_made_until_it_is_left_out()
    {
        await Page.RouteAsync("**/registers/bizweb/999999018*", async route =>
        {
            var told = JsonNode.Parse(await (await route.FetchAsync()).TextAsync())!;
            (told["branches"]![1]!["email"], told["branches"]![0]!["isMain"]) = ("no address", true);
            await route.FulfillAsync(new() { Status = 200, ContentType = "application/json", Body = told.ToJsonString() });
        });
        await ChooseAsync("nordfjord", "NORDFJORD ENERGI ASA");
        await Expect(Branches.GetByRole(AriaRole.Checkbox, new() { Name = "NORDFJORD ENERGI ASA AVD FLORØ Huvudkontor" })).ToBeVisibleAsync();
        await AddAllAsync();
        await Page.Keyboard.PressAsync("Control+Enter");
        var wrong = Branches.GetByRole(AriaRole.Checkbox, new() { Name = "NORDFJORD ENERGI ASA AVD STRYN" });
        await Expect(wrong).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(wrong).ToBeFocusedAsync();
        await Expect(Branches.GetByText("e-postadress")).ToBeVisibleAsync();
        None(await BarriersAsync(Page));
        Assert.Equal(0, (await Desk.GetAsync("partners")).GetProperty("items").GetArrayLength());
        await Page.Keyboard.PressAsync("Space");
        await Page.Keyboard.PressAsync("Control+Enter");
        await Expect(Page.GetByRole(AriaRole.Tab, new() { Name = "Filialer (1)" })).ToBeVisibleAsync();
    }

    [Fact, Trait("Requirement", "R55")]
    public async Task Another_company_has_its_own_branches_and_one_without_has_none()
    {
        await ChooseAsync("nordfjord", "NORDFJORD ENERGI ASA");
        await AddAllAsync();
        await SearchAsync("oslo byggteknikk", "OSLO BYGGTEKNIKK AS");
        await Expect(Branches.GetByText("0 av 1 valda")).ToBeVisibleAsync();
        await SearchAsync("fjordb", "FJORDBLIKK HOTELL AS");
        await Expect(Branches).ToHaveCountAsync(0);
        await Page.Keyboard.PressAsync("Control+Enter");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("FJORDBLIKK HOTELL AS");
        Assert.Equal(1, (await Desk.GetAsync("partners")).GetProperty("items").GetArrayLength());
    }

    /// <summary>By keyboard: above it sections open at that moment, and what moves under a mouse is missed.</summary>
    private async Task AddAllAsync()
    {
        await Branches.GetByRole(AriaRole.Button, new() { Name = "Lägg till alla" }).PressAsync("Enter");
        await Expect(Branches.GetByText("2 av 2 valda")).ToBeVisibleAsync();
    }

    private async Task ChooseAsync(string typed, string name)
    {
        await Desk.GoAsync("partners/new");
        await SearchAsync(typed, name);
    }

    private async Task SearchAsync(string typed, string name)
    {
        await Page.GetByRole(AriaRole.Combobox, new() { Name = "Sök i Brønnøysundregistrene (Bizweb)" }).FillAsync(typed);
        await Page.GetByRole(AriaRole.Option, new() { Name = name }).ClickAsync();
        await Expect(Desk.Field("Partnernamn")).ToHaveValueAsync(name);
    }
}
