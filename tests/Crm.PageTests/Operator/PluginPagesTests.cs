using System.Security.Cryptography;

namespace Crm.PageTests.Operator;

/// <summary>Who runs the server installs plugins, decides what serves whom, and whom to trust.</summary>
public sealed class PluginPagesTests(Site site) : PageTest(site)
{
    private static ILocator Dialog(IPage page) => page.GetByRole(AriaRole.Dialog);

    [Fact]
    public async Task A_package_is_uploaded_activated_kept_for_a_company_turned_off_and_removed()
    {
        await using var window = await Site.WindowAsync();
        var page = await SignInAsync(window);
        await page.GetByRole(AriaRole.Link, new() { Name = "Insticksprogram" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Insticksprogram");
        None(await BarriersAsync(page));
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "ytj.zip", MimeType = "application/zip", Buffer = Packages.Built("Ytj") });
        await Expect(page).ToHaveURLAsync($"{Site.Url}/operator/plugins/ytj");
        await Expect(page.GetByText("Ingen har signerat 1.0.0")).ToBeVisibleAsync();
        await Expect(page.GetByText("Avstängt: ingen version används.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Aktivera 1.0.0" }).ClickAsync();
        await Dialog(page).GetByRole(AriaRole.Button, new() { Name = "Aktivera" }).ClickAsync();
        await Expect(page.GetByText("Version 1.0.0 används av alla.")).ToBeVisibleAsync();
        await Expect(page.GetByText("Används av alla", new() { Exact = true })).ToBeVisibleAsync();
        None(await BarriersAsync(page));
        await page.GetByLabel("Bolag", new() { Exact = true }).First.FillAsync($"{Desk.Company} AB");
        await page.GetByRole(AriaRole.Option, new() { Name = $"{Desk.Company} AB", Exact = true }).ClickAsync();
        await page.GetByLabel("Version", new() { Exact = true }).First.ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "1.0.0" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Lås version" }).ClickAsync();
        await Expect(page.GetByText($"{Desk.Company} AB: 1.0.0")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = $"Släpp {Desk.Company} AB, som då följer de andra igen" }).ClickAsync();
        await Expect(page.GetByText($"{Desk.Company} AB: 1.0.0")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Stäng av" }).ClickAsync();
        await Dialog(page).GetByRole(AriaRole.Button, new() { Name = "Stäng av" }).ClickAsync();
        await Expect(page.GetByText("Avstängt: ingen version används.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Ta bort 1.0.0" }).ClickAsync();
        await Dialog(page).GetByRole(AriaRole.Button, new() { Name = "Ta bort" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Ta bort 1.0.0" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_is_no_package_is_refused_with_the_reason()
    {
        await using var window = await Site.WindowAsync();
        var page = await SignInAsync(window);
        await page.GotoAsync("/operator/plugins");
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "no.zip", MimeType = "application/zip", Buffer = [1, 2, 3] });
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Paketet går inte att använda");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This is no zip file");
        None(await BarriersAsync(page));
    }

    [Fact]
    public async Task A_publisher_is_trusted_by_its_public_key_and_no_longer_when_it_is_revoked()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var window = await Site.WindowAsync();
        var page = await SignInAsync(window);
        await page.GetByRole(AriaRole.Link, new() { Name = "Utgivare" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Lita på utgivare" }).ClickAsync();
        await Dialog(page).GetByLabel("Namn").FillAsync("acme");
        await Dialog(page).GetByLabel("Publik nyckel").FillAsync("nonsense");
        await Dialog(page).GetByRole(AriaRole.Button, new() { Name = "Lita på utgivare" }).ClickAsync();
        await Expect(Dialog(page).GetByText("Det är ingen publik nyckel i PEM på kurva P-256.")).ToBeVisibleAsync();
        None(await BarriersAsync(page));
        await Dialog(page).GetByLabel("Publik nyckel").FillAsync(key.ExportSubjectPublicKeyInfoPem());
        await Dialog(page).GetByRole(AriaRole.Button, new() { Name = "Lita på utgivare" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Återkalla acme" }).ClickAsync();
        await Dialog(page).GetByRole(AriaRole.Button, new() { Name = "Återkalla" }).ClickAsync();
        await Expect(page.GetByText("Återkallad ")).ToBeVisibleAsync();
        None(await BarriersAsync(page));
    }

    private async Task<IPage> SignInAsync(IBrowserContext window)
    {
        var page = await window.NewPageAsync();
        await page.GotoAsync("/");
        await page.GetByLabel("E-post").FillAsync("operator@localhost");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Lösenord" }).FillAsync(Site.OperatorPassword);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync($"{Site.Url}/operator/companies");
        return page;
    }
}
