using System.Text.Json;
using static Crm.PageTests.Cases.CaseSteps;

namespace Crm.PageTests.Cases;

/// <summary>What is typed on a case's page: kept when it is not saved, saved once, and never over a colleague's change unasked.</summary>
public sealed class CaseEditTests(Site site) : PageTest(site)
{
    private ILocator Dialog => Page.GetByRole(AriaRole.Dialog);

    private ILocator Reference => Page.GetByLabel("Er referens");

    private ILocator TitleField => Page.GetByRole(AriaRole.Textbox, new() { Name = "Rubrik" });

    [Fact, Trait("Requirement", "R84")]
    public async Task What_is_refused_stays_in_its_field_with_the_reason()
    {
        await OpenAsync("Lager", new { probability = 20 });
        var probability = Page.GetByLabel("Sannolikhet", new() { Exact = true });
        await probability.FillAsync("140");
        await probability.PressAsync("Enter");
        await Expect(Page.GetByText("Ange ett heltal från 0 till 100.")).ToBeVisibleAsync();
        await Expect(probability).ToHaveValueAsync("140 %");
        await Reference.FillAsync("Karin Ek");
        await Reference.PressAsync("Enter");
        await Expect(Page.GetByText("Sparat")).ToBeVisibleAsync();
        await Expect(Page.GetByText("Ange ett heltal från 0 till 100.")).ToBeVisibleAsync();
        await probability.PressAsync("Escape");
        await Expect(probability).ToHaveValueAsync("20 %");
        await Expect(Page.GetByText("Ange ett heltal från 0 till 100.")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_could_not_be_sent_stays_in_its_field_and_is_sent_by_the_next_Enter()
    {
        var number = await OpenAsync("Lager");
        Desk.Expected = "net::ERR";
        await Page.RouteAsync($"**/cases/{number}", route => route.Request.Method == "PATCH" ? route.AbortAsync() : route.ContinueAsync());
        var start = Page.GetByLabel("Startdatum").First;
        foreach (var (field, words) in new[] { (Reference, "Karin Ek"), (start, "1.2.2030") })
        {
            await field.FillAsync(words);
            await field.PressAsync("Enter");
            await Expect(Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        }
        await Expect(Reference).ToHaveValueAsync("Karin Ek");
        await Expect(start).ToHaveValueAsync("01.02.2030");
        await Page.UnrouteAllAsync();
        foreach (var field in new[] { Reference, start }) await field.PressAsync("Enter");
        await Desk.UntilAsync($"cases/{number}", c => c.GetProperty("customer") is { ValueKind: JsonValueKind.Object } customer
            && (customer.GetProperty("reference").GetString(), customer.GetProperty("startDate").GetString()) == ("Karin Ek", "2030-02-01"));
    }

    [Fact]
    public async Task A_title_that_a_colleague_changed_meanwhile_asks_whose_stands_and_is_sent_only_once()
    {
        var number = await OpenAsync("Lager");
        var sent = 0;
        Page.Request += (_, request) => { if (request.Method == "PATCH") sent++; };
        await Page.Keyboard.PressAsync("F2");
        await TitleField.FillAsync("Nytt lager");
        await Desk.PatchAsync($"cases/{number}", new { title = "Stort lager", probability = 70 });
        await Expect(Page.GetByLabel("Sannolikhet", new() { Exact = true })).ToHaveValueAsync("70 %");
        await TitleField.PressAsync("Enter");
        await Expect(Dialog.GetByRole(AriaRole.Row, new() { Name = "Rubrik Lager Stort lager Nytt lager" })).ToBeVisibleAsync();
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Behåll mina" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Nytt lager");
        await Expect(Dialog).ToHaveCountAsync(0);
        Assert.Equal(("Nytt lager", 2), ((await Desk.GetAsync($"cases/{number}")).GetProperty("title").GetString(), sent));
    }

    [Fact]
    public async Task A_field_that_a_colleague_changed_while_it_was_typed_asks_whose_stands()
    {
        var number = await OpenAsync("Lager", new { customer = new { reference = "Bo Ek" } });
        await Reference.FillAsync("Karin Ek");
        await Desk.PatchAsync($"cases/{number}", new { customer = new { reference = "Ulla Ek" }, probability = 70 });
        await Expect(Page.GetByLabel("Sannolikhet", new() { Exact = true })).ToHaveValueAsync("70 %");
        await Expect(Reference).ToHaveValueAsync("Karin Ek");
        await Reference.PressAsync("Enter");
        await Expect(Dialog.GetByRole(AriaRole.Row, new() { Name = "Bo Ek Ulla Ek Karin Ek" })).ToBeVisibleAsync();
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Dialog).ToHaveCountAsync(0);
        await Expect(Reference).ToHaveValueAsync("Karin Ek");
        Assert.Equal("Ulla Ek", (await Desk.GetAsync($"cases/{number}")).GetProperty("customer").GetProperty("reference").GetString());
    }

    [Fact, Trait("Requirement", "R92")]
    public async Task A_status_that_a_colleague_changed_while_the_reason_was_typed_asks_whose_stands()
    {
        var number = await OpenAsync("Lager");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Förlorad", Exact = true }).ClickAsync();
        await Dialog.GetByLabel("Med egna ord").FillAsync("För dyrt");
        await Desk.PatchAsync($"cases/{number}", new { status = "quoteSent", probability = 70 });
        await Expect(Page.GetByLabel("Sannolikhet", new() { Exact = true })).ToHaveValueAsync("70 %");
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Förlorad och avsluta" }).ClickAsync();
        await Expect(Dialog.Last).ToContainTextAsync("Offert lämnad");
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Dialog.GetByLabel("Med egna ord")).ToHaveValueAsync("För dyrt");
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Förlorad och avsluta" }).ClickAsync();
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Ta den andras" }).ClickAsync();
        await Expect(Dialog).ToHaveCountAsync(0);
        var left = await Desk.GetAsync($"cases/{number}");
        Assert.Equal(("quoteSent", false), (left.GetProperty("status").GetProperty("key").GetString(), left.GetProperty("closed").GetBoolean()));
    }

    [Theory, Trait("Requirement", "R92")]
    [InlineData("cases/{0}"), InlineData("cases/board")]
    public async Task A_reason_that_could_not_be_saved_stays_until_it_is(string page)
    {
        var number = await OpenAsync("Lager");
        await Desk.GoAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, page, number));
        Desk.Expected = "net::ERR";
        await Page.RouteAsync($"**/cases/{number}", route => route.Request.Method == "PATCH" ? route.AbortAsync() : route.ContinueAsync());
        if (page.EndsWith("board", StringComparison.Ordinal))
        {
            await Page.GetByRole(AriaRole.Button, new() { Name = "Flytta Lager" }).ClickAsync();
            await Page.GetByRole(AriaRole.Menuitem, new() { Name = "Förlorad" }).ClickAsync();
        }
        else
        {
            await Page.GetByRole(AriaRole.Button, new() { Name = "Förlorad", Exact = true }).ClickAsync();
        }
        await Dialog.GetByLabel("Med egna ord").FillAsync("För dyrt");
        var lost = Dialog.GetByRole(AriaRole.Button, new() { Name = "Förlorad", Exact = true });
        await lost.ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Alert).First).ToBeVisibleAsync();
        await Expect(Dialog.GetByLabel("Med egna ord")).ToHaveValueAsync("För dyrt");
        await Page.UnrouteAsync($"**/cases/{number}");
        await lost.ClickAsync();
        await Expect(Dialog).ToHaveCountAsync(0);
        Assert.Equal("För dyrt", (await Desk.GetAsync($"cases/{number}")).GetProperty("lostReason").GetProperty("text").GetString());
    }

    private async Task<long> OpenAsync(string title, object? more = null)
    {
        var number = await Desk.CaseAsync(await Desk.PartnerAsync("Volvo"), title, more);
        await Desk.GoAsync($"cases/{number}");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(title);
        return number;
    }
}
