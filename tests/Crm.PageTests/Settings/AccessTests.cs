using System.Text.RegularExpressions;

namespace Crm.PageTests.Settings;

/// <summary>Users, keys and who may what.</summary>
public sealed partial class AccessTests(Site site) : PageTest(site)
{
    [Fact]
    public async Task An_API_key_is_shown_once_works_and_is_revoked()
    {
        await Desk.GoAsync("settings/api-keys");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Skapa nyckel" }).ClickAsync();
        var dialog = Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Namn").FillAsync("Rapporter");
        await dialog.GetByRole(AriaRole.Switch, new() { Name = "Begränsa rättigheterna" }).ClickAsync(new() { Force = true });
        await dialog.GetByRole(AriaRole.Checkbox, new() { Name = "Partner: läsa" }).CheckAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Skapa nyckel" }).ClickAsync();
        var token = await dialog.GetByRole(AriaRole.Textbox, new() { Name = "Nyckel" }).InputValueAsync();
        Assert.StartsWith("crm_", token);
        None(await BarriersAsync(Page));
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Klar" }).ClickAsync();
        var row = Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Rapporter" });
        await Expect(row).ToContainTextAsync("partners:read");
        await Expect(Page.GetByText(token)).ToHaveCountAsync(0);
        using var program = new HttpClient { BaseAddress = new Uri(Site.Url), DefaultRequestHeaders = { { "Authorization", $"Bearer {token}" } } };
        Assert.Equal((200, 403), (await StatusAsync("partners"), await StatusAsync("orders")));
        await row.GetByRole(AriaRole.Button, new() { Name = "Spärra Rapporter" }).ClickAsync();
        await Page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = "Spärra" }).ClickAsync();
        await Expect(row).ToContainTextAsync("Spärrad");
        Assert.Equal(401, await StatusAsync("partners"));

        async Task<int> StatusAsync(string path)
        {
            using var answer = await program.GetAsync(new Uri($"/api/v1/{Desk.Company}/{path}", UriKind.Relative), TestContext.Current.CancellationToken);
            return (int)answer.StatusCode;
        }
    }

    [Fact]
    public async Task Somebody_is_invited_by_a_link_that_is_shown_once_and_signs_in_with_it()
    {
        await Desk.GoAsync("settings/users");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Bjud in användare" }).ClickAsync();
        var dialog = Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Namn").FillAsync("Sara Berg");
        await dialog.GetByLabel("E-post").FillAsync("inte en adress");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Skapa inbjudan" }).ClickAsync();
        await Expect(dialog.GetByText("Det är ingen e-postadress.")).ToBeVisibleAsync();
        None(await BarriersAsync(Page));
        await dialog.GetByLabel("E-post").FillAsync($"sara@{Desk.Company}.example");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Skapa inbjudan" }).ClickAsync();
        var link = await dialog.GetByRole(AriaRole.Textbox, new() { Name = "Länk" }).InputValueAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Klar" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Sara Berg" })).ToContainTextAsync("Inbjuden");
        await Expect(dialog).ToHaveCountAsync(0);
        None(await BarriersAsync(Page));

        await using var window = await Site.WindowAsync();
        var page = await window.NewPageAsync();
        await page.GotoAsync(link);
        None(await BarriersAsync(page));
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Lösenord" }).FillAsync("a-word-of-saras-own");
        await page.GetByRole(AriaRole.Button, new() { Name = "Tacka ja" }).ClickAsync();
        await Expect(page).ToHaveURLAsync($"{Site.Url}/{Desk.Company}/crm");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Konto: Sara Berg" })).ToBeVisibleAsync();
        // A seller is not offered the settings, and is told so where a link leads there.
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Inställningar" })).ToHaveCountAsync(0);
        await page.GotoAsync($"/{Desk.Company}/settings/users");
        await Expect(page.GetByText("Bara administratörer")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_last_administrator_stays_one()
    {
        await Desk.GoAsync("settings/users");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Ändra Ada Admin" }).ClickAsync();
        var dialog = Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Switch, new() { Name = "Kan logga in" }).ClickAsync(new() { Force = true });
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Spara" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("minst en administratör");
    }

    [Fact]
    public async Task The_own_password_is_changed_in_the_users_menu()
    {
        await using var seller = await Site.NewColleagueAsync(Desk, "Sara Berg");
        await seller.GoAsync("cases");
        await seller.Page.GetByRole(AriaRole.Button, new() { Name = "Konto: Sara Berg" }).ClickAsync();
        await seller.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Byt lösenord" }).ClickAsync();
        var dialog = seller.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Textbox, new() { Name = "Nuvarande lösenord" }).FillAsync("not the password");
        await dialog.GetByRole(AriaRole.Textbox, new() { Name = "Nytt lösenord" }).FillAsync("another-long-word");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Byt lösenord" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("stämmer inte");
        await dialog.GetByRole(AriaRole.Textbox, new() { Name = "Nuvarande lösenord" }).FillAsync("a-long-enough-word");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Byt lösenord" }).ClickAsync();
        await Expect(seller.Page.GetByText("Lösenordet är bytt")).ToBeVisibleAsync();
        // Still signed in here.
        await seller.GoAsync("cases");
        await Expect(seller.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("CRM-aktiviteter");
    }

    [Fact]
    public async Task The_operator_makes_a_company_whose_administrator_signs_in_and_can_close_it()
    {
        await using var window = await Site.WindowAsync();
        var page = await window.NewPageAsync();
        await page.GotoAsync("/");
        await page.GetByLabel("E-post").FillAsync("operator@localhost");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Lösenord" }).FillAsync(Site.OperatorPassword);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync($"{Site.Url}/operator/companies");
        await page.GetByRole(AriaRole.Button, new() { Name = "Skapa bolag" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Namn").First.FillAsync("Ålands Båtvarv");
        await Expect(dialog.GetByLabel("Adressnamn")).ToHaveValueAsync("alands-batvarv");
        await dialog.GetByLabel("Namn").Last.FillAsync("Åsa Skarv");
        await dialog.GetByLabel("E-post").FillAsync("asa@batvarv.example");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Skapa bolag" }).ClickAsync();
        var link = await dialog.GetByRole(AriaRole.Textbox, new() { Name = "Länk" }).InputValueAsync();
        Assert.Matches(Link(), link);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Klar" }).ClickAsync();
        None(await BarriersAsync(page));
        await page.GetByRole(AriaRole.Link, new() { Name = "Ålands Båtvarv" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Stäng av bolaget" }).ClickAsync();
        await page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = "Stäng av bolaget" }).ClickAsync();
        await Expect(page.GetByText("Avstängt").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Öppna bolaget" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Stäng av bolaget" })).ToBeVisibleAsync();
        None(await BarriersAsync(page));
    }

    [Fact]
    public async Task To_others_the_operators_pages_do_not_exist()
    {
        await Page.GotoAsync("/operator/companies");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Sidan finns inte");
    }

    [GeneratedRegex("/invitation#inv_")]
    private static partial Regex Link();
}
