namespace Crm.PageTests.Shell;

/// <summary>Somebody who works for two companies.</summary>
public sealed class CompanySwitchTests(Site site) : PageTest(site)
{
    [Fact]
    public async Task Nothing_of_one_company_shows_while_the_other_ones_rows_are_on_their_way()
    {
        await Desk.PartnerAsync("Hemlig Kund AB", new { stage = "potential" });
        await using var other = await Site.NewCompanyAsync();
        await other.PartnerAsync("Annan Kund AB", new { stage = "potential" });
        var invited = await other.PostAsync("users", new { email = $"admin@{Desk.Company}.example", name = "Ada Admin", role = "seller" });
        await Page.APIRequest.PostAsync("/api/v1/session/invitation", new() { DataObject = new { token = invited.GetProperty("invitation").GetString(), password = "a-long-enough-word" } });

        TaskCompletionSource answer = new();
        await Page.RouteAsync($"**/api/v1/{other.Company}/partners/**", async route =>
        {
            await answer.Task;
            await route.ContinueAsync();
        });
        await Desk.GoAsync("crm");
        await Expect(Page.GetByRole(AriaRole.Row, new() { Name = "Hemlig Kund AB" })).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Bolag" }).ClickAsync();
        await Page.GetByRole(AriaRole.Menuitem, new() { Name = $"{other.Company} AB" }).ClickAsync();
        await Expect(Page).ToHaveURLAsync($"{Site.Url}/{other.Company}/crm");
        await Expect(Page.GetByText("Hemlig Kund AB")).ToHaveCountAsync(0);
        answer.SetResult();
        await Expect(Page.GetByRole(AriaRole.Row, new() { Name = "Annan Kund AB" })).ToBeVisibleAsync();
        await Expect(Page.GetByText("Hemlig Kund AB")).ToHaveCountAsync(0);
    }
}
