namespace Crm.PageTests.Partners;

/// <summary>From the list to cards, along it and back; deleting and restoring; the logo; history.</summary>
public sealed class WalkTests(Site site) : PageTest(site)
{
    [Fact]
    public async Task Cards_follow_the_list_that_they_were_opened_from()
    {
        foreach (var (name, stage) in new[] { ("Alfa", "prospect"), ("Beta", "lost"), ("Gamma", "prospect"), ("Delta", "prospect") }) await Desk.PartnerAsync(name, new { stage });
        await Desk.GoAsync("crm?stage=prospect&sort=name");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Alfa" }).ClickAsync();
        await HeadedAsync("Alfa");
        await Expect(Page.GetByText("1 av 3")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Nästa" }).ClickAsync();
        await HeadedAsync("Delta");
        await Page.Keyboard.PressAsync("Control+ArrowRight");
        await HeadedAsync("Gamma");
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Nästa" })).ToBeDisabledAsync();
        await Page.Keyboard.PressAsync("Control+ArrowLeft");
        await HeadedAsync("Delta");
        await Page.GoBackAsync();
        await Expect(Page).ToHaveURLAsync($"{Site.Url}/{Desk.Company}/crm?stage=prospect&sort=name");
    }

    [Fact]
    public async Task Back_leads_to_the_place_in_the_list()
    {
        await using var demo = await Site.DemoAsync();
        await demo.GoAsync("partners");
        var list = demo.Page.GetByRole(AriaRole.Grid);
        await Expect(list.GetByRole(AriaRole.Row).Nth(5)).ToBeVisibleAsync();
        await list.EvaluateAsync("e => e.scrollTop = 2000");
        var row = list.Locator("[data-index='55']");
        await row.GetByRole(AriaRole.Link).First.ClickAsync();
        await Expect(demo.Page.GetByRole(AriaRole.Tablist)).ToBeVisibleAsync();
        await demo.Page.GetByRole(AriaRole.Link, new() { Name = "Hitta partner" }).ClickAsync();
        await Expect(row).ToBeInViewportAsync();
        None(demo.Complaints);
    }

    [Fact]
    public async Task A_deleted_company_says_so_and_comes_back()
    {
        var number = await Desk.PartnerAsync("Nordvik Bygg AB");
        await Desk.OpenCardAsync(number);
        await DeleteAsync();
        await Expect(Page.GetByText($"Företag {number} är borttaget")).ToBeVisibleAsync();
        await Desk.Toast("Borttaget").GetByRole(AriaRole.Button, new() { Name = "Återställ" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Tablist)).ToBeVisibleAsync();
        await DeleteAsync();
        await Page.Locator("#main").GetByRole(AriaRole.Button, new() { Name = "Återställ" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Tablist)).ToBeVisibleAsync();

        async Task DeleteAsync()
        {
            await Page.GetByRole(AriaRole.Button, new() { Name = "Fler åtgärder" }).ClickAsync();
            await Page.GetByRole(AriaRole.Menuitem, new() { Name = "Ta bort företaget" }).ClickAsync();
            await Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Ta bort företaget" }).ClickAsync();
        }
    }

    [Fact, Trait("Requirement", "R17")]
    public async Task A_logo_is_shown_and_what_is_no_picture_is_refused_with_a_message()
    {
        var svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\"><circle cx=\"4\" cy=\"4\" r=\"4\" fill=\"#1971c2\"/></svg>"u8.ToArray();
        await Desk.OpenCardAsync(await Desk.PartnerAsync("Nordvik Bygg AB"));
        var file = Page.Locator("input[type=file]");
        await file.SetInputFilesAsync(new FilePayload { Name = "logo.png", MimeType = "image/png", Buffer = "no picture"u8.ToArray() });
        await Expect(Desk.Toast("Logotypen sparades inte")).ToContainTextAsync("Välj en bild");
        await file.SetInputFilesAsync(new FilePayload { Name = "logo.svg", MimeType = "image/svg+xml", Buffer = svg });
        var picture = Page.GetByRole(AriaRole.Img, new() { Name = "Logotyp: Nordvik Bygg AB" });
        await Expect(picture).ToBeVisibleAsync();
        Assert.True(await picture.EvaluateAsync<bool>("async e => { await e.decode(); return e.naturalWidth > 0; }"));
        await Page.GetByRole(AriaRole.Button, new() { Name = "Byt eller ta bort logotypen" }).ClickAsync();
        await Page.GetByRole(AriaRole.Menuitem, new() { Name = "Ta bort logotypen" }).ClickAsync();
        await Expect(picture).ToHaveCountAsync(0);
    }

    [Fact, Trait("Requirement", "R123")]
    public async Task The_history_tells_each_stage_by_whom_and_every_change_with_before_and_after()
    {
        var number = await Desk.PartnerAsync("Nordvik Bygg AB", new { stage = "prospect", employees = 10 });
        foreach (var stage in new[] { "active", "lost", "active" }) await Desk.PatchAsync($"partners/{number}", new { stage });
        await Desk.PatchAsync($"partners/{number}", new { employees = 12 });
        await Desk.OpenCardAsync(number, "history");
        var steps = Desk.Box("Kundstatus över tid").GetByRole(AriaRole.Row);
        await Expect(steps).ToHaveCountAsync(5);
        foreach (var (row, words) in new[] { (1, "FörloradAktivAda Admin"), (2, "AktivFörloradAda Admin"), (3, "ProspektAktivAda Admin"), (4, "Ingen statusProspektAda Admin") }) await Expect(steps.Nth(row)).ToContainTextAsync(words);
        var line = Desk.Box("Tidslinje");
        await Expect(line).ToContainTextAsync("Antal anställda");
        await Expect(line.GetByText("10", new() { Exact = true })).ToBeVisibleAsync();
        await line.GetByLabel("Visa händelser").ClickAsync();
        await Page.GetByRole(AriaRole.Option, new() { Name = "Kundstatus" }).ClickAsync();
        await Expect(line.GetByText("Uppgifter ändrade")).ToHaveCountAsync(0);
        await Expect(line.GetByText("Kundstatus ändrad")).ToHaveCountAsync(3);
    }

    private Task HeadedAsync(string name) => Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(name);
}
