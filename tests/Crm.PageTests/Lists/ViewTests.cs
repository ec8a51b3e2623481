using System.Text.RegularExpressions;

namespace Crm.PageTests.Lists;

/// <summary>Columns, and views that are saved.</summary>
public sealed partial class ViewTests(Site site) : ListTest(site)
{
    [Fact]
    [Trait("Requirement", "R25")]
    public async Task Columns_are_chosen_moved_and_made_wider_without_a_mouse_and_come_back_next_time()
    {
        await Desk.PartnerAsync("A", new { stage = "active", email = "a@example.com" });
        await OpenAsync();
        await Button("Kolumner").FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
        var menu = Page.GetByRole(AriaRole.Dialog, new() { Name = "Kolumner" });
        await menu.GetByRole(AriaRole.Checkbox, new() { Name = "E-post" }).PressAsync("Space");
        await menu.GetByRole(AriaRole.Checkbox, new() { Name = "Land" }).PressAsync("Space");
        await menu.GetByRole(AriaRole.Button, new() { Name = "Flytta Partnernamn uppåt" }).PressAsync("Enter");
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Heads.First).ToHaveTextAsync("Partnernamn");
        await Expect(Cell("A", "email")).ToHaveTextAsync("a@example.com");
        await Expect(Cell("A", "country")).ToHaveCountAsync(0);
        var head = Heads.First;
        var before = (await head.BoundingBoxAsync())!.Width;
        await head.GetByRole(AriaRole.Button).PressAsync("Shift+ArrowRight");
        await Expect(Page).ToHaveURLAsync(Widened());
        await Expect(head).ToHaveCSSAsync("width", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{before + 16}px"));
        await Desk.GoAsync("crm");
        await Expect(Heads.First).ToHaveTextAsync("Partnernamn");
        await Button("Kolumner").ClickAsync();
        await menu.GetByRole(AriaRole.Button, new() { Name = "Återställ" }).ClickAsync();
        await Expect(Heads.First).ToHaveTextAsync("Nummer");
    }

    [Fact]
    public async Task A_view_is_saved_shared_changed_reset_and_deleted()
    {
        await Desk.PartnerAsync("Aktiv", new { stage = "active" });
        await Desk.PartnerAsync("Borta", new { stage = "lost" });
        await OpenAsync("crm?stage=lost");
        await Button("Spara som vy").ClickAsync();
        await Dialog.GetByLabel("Namn").FillAsync("Att vinna tillbaka");
        await Dialog.GetByLabel("Hela företaget").CheckAsync();
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Spara" }).ClickAsync();
        await Expect(Page).ToHaveURLAsync($"{Site.Url}/{Desk.Company}/crm?view=1");
        var tab = Page.GetByRole(AriaRole.Navigation, new() { Name = "Vyer" }).GetByRole(AriaRole.Link, new() { Name = "Att vinna tillbaka" });
        await Expect(tab).ToHaveAttributeAsync("aria-current", "page");
        var dot = Page.GetByRole(AriaRole.Img, new() { Name = "Ändringar som inte är sparade" });
        await Expect(dot).ToHaveCountAsync(0);

        await Heads.Filter(new() { HasText = "Nummer" }).GetByRole(AriaRole.Button).ClickAsync();
        await Expect(dot).ToBeVisibleAsync();
        await Button("Släng ändringarna").ClickAsync();
        await Expect(dot).ToHaveCountAsync(0);

        await using var colleague = await Site.NewColleagueAsync(Desk, "Bo Holm");
        await colleague.GoAsync("crm?view=1");
        await Expect(colleague.Page.Locator("[data-index] [data-column=name]")).ToHaveTextAsync(["Borta"]);
        None(colleague.Complaints);

        await Button("Vyn Att vinna tillbaka").ClickAsync();
        await Page.GetByRole(AriaRole.Menuitem, new() { Name = "Ta bort vyn" }).ClickAsync();
        await NamesAsync("Aktiv", "Borta");
        await Page.GetByRole(AriaRole.Alert).GetByRole(AriaRole.Button, new() { Name = "Ångra" }).ClickAsync();
        await NamesAsync("Borta");
        await Expect(tab).ToBeVisibleAsync();
        None(await BarriersAsync(Page));
    }

    [Fact]
    public async Task A_long_list_holds_what_is_looked_at_and_the_scroll_bar_reaches_its_end()
    {
        var lines = string.Join('\n', Enumerable.Range(1, 1_500).Select(i => $"Partner {i:0000};SE;active"));
        await Desk.GoAsync("import");
        await Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "partner.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes($"Name;Country;Stage\n{lines}\n") });
        await Button("Importera 1 500 företag").ClickAsync();
        await Expect(Page.GetByText("1 500 ändrade")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await OpenAsync();
        await Expect(Page.GetByText("1 500 partner")).ToBeVisibleAsync();
        await Grid.EvaluateAsync("grid => { grid.scrollTop = grid.scrollHeight; }");
        await Expect(Row("Partner 1500")).ToBeVisibleAsync();
        await Expect(Row("Partner 1500")).ToHaveAttributeAsync("aria-rowindex", "1501");
        await Expect(Row("Partner 0001")).ToHaveCountAsync(0);
    }

    [GeneratedRegex(@"columns=name\.\d+")]
    private static partial Regex Widened();
}
