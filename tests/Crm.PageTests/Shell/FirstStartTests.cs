using System.Text.RegularExpressions;
using Crm.SystemTests;

namespace Crm.PageTests.Shell;

/// <summary>The program on a machine where it never ran.</summary>
public sealed partial class FirstStartTests(Site site)
{
    [Fact]
    public async Task The_one_time_password_lets_the_operator_in_only_to_choose_another()
    {
        await using var window = await site.WindowAsync();
        var folder = Directory.CreateTempSubdirectory("crm-first-");
        try
        {
            await using var server = await Server.StartAsync(new Dictionary<string, string> { ["Storage:Data"] = folder.FullName }, demo: false, TestContext.Current.CancellationToken);
            var once = Password().Match(server.Output).Groups[1].Value;
            Assert.NotEmpty(once);
            var page = await window.NewPageAsync();
            await page.GotoAsync(server.Url.ToString());
            await page.GetByLabel("E-post").FillAsync("operator@localhost");
            await page.GetByRole(AriaRole.Textbox, new() { Name = "Lösenord" }).FillAsync(once);
            await page.Keyboard.PressAsync("Enter");
            await page.GetByRole(AriaRole.Textbox, new() { Name = "Nuvarande lösenord" }).FillAsync(once);
            await page.GetByRole(AriaRole.Textbox, new() { Name = "Nytt lösenord" }).FillAsync("operators-own-word");
            await page.Keyboard.PressAsync("Enter");
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Skapa bolag" }).First).ToBeVisibleAsync();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [GeneratedRegex(@"one-time password (\S+)")]
    private static partial Regex Password();
}
