using System.Text.RegularExpressions;

namespace Crm.PageTests.Partners;

/// <summary>A customer who owes more than its limit, as the demo's accounting says: what the list, the card, orders and cases show of it. Nothing is written.</summary>
public sealed partial class OverLimitTests(Site site) : PageTest(site)
{
    private const string Words = "Över kreditgränsen";

    private Desk _demo = null!;
    private long _number;
    private string _name = "";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _demo = await Site.DemoAsync();
        // One whose name is its own, and who has an order that is not done with.
        foreach (var partner in (await _demo.GetAsync("partners?overLimit=true&limit=200")).GetProperty("items").EnumerateArray())
        {
            (_number, _name) = (partner.GetProperty("number").GetInt64(), partner.GetProperty("name").GetString()!);
            if ((await _demo.GetAsync($"orders?partner={_number}&state=draft,confirmed,delivered")).GetProperty("count").GetInt32() > 0) return;
        }
        Assert.Fail("The demo has nobody over the limit with an open order.");
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_demo is null) return;
        None(_demo.Complaints);
        await _demo.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact, Trait("Requirement", "R28")]
    public async Task The_cell_of_the_list_says_so_with_an_icon_and_in_words_and_tells_whose_figure_it_is()
    {
        await _demo.GoAsync($"crm?number={_number}");
        var cell = _demo.Page.Locator("[data-index='0'] [data-column=balance]");
        await Expect(cell).ToContainTextAsync(Words);
        await Expect(cell.Locator("svg")).ToBeVisibleAsync();
        await Expect(cell.Locator("[title]")).ToHaveAttributeAsync("title", Source());
        None(await BarriersAsync(_demo.Page));
    }

    [Fact, Trait("Requirement", "R28")]
    public async Task A_customer_within_the_limit_has_its_balance_and_neither_icon_nor_words()
    {
        var within = (await _demo.GetAsync("partners?overLimit=false&sort=-balance&limit=1")).GetProperty("items")[0].GetProperty("number").GetInt64();
        await _demo.GoAsync($"crm?number={within}");
        var cell = _demo.Page.Locator("[data-index='0'] [data-column=balance]");
        await Expect(cell).ToContainTextAsync("SEK");
        await Expect(cell).Not.ToContainTextAsync(Words);
        await Expect(cell.Locator("svg")).ToHaveCountAsync(0);
    }

    [Fact, Trait("Requirement", "R28")]
    public async Task The_card_shows_by_how_much_with_the_source_and_its_age()
    {
        await _demo.OpenCardAsync(_number);
        var figures = _demo.Box("Nyckeltal");
        await Expect(figures).ToContainTextAsync(Over());
        await Expect(figures).ToContainTextAsync(Source());
        await Expect(figures.GetByRole(AriaRole.Progressbar)).ToBeVisibleAsync();
    }

    [Fact, Trait("Requirement", "R40")]
    public async Task Its_open_orders_are_marked_in_the_list_and_on_their_pages()
    {
        await _demo.GoAsync($"orders?partner={_number}&state=draft,confirmed,delivered");
        var rows = _demo.Page.Locator("[data-index]");
        await Expect(rows.First).ToContainTextAsync(Words);
        await rows.First.GetByRole(AriaRole.Link).First.ClickAsync();
        var warning = _demo.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Kunden är över kreditgränsen" });
        await Expect(warning).ToContainTextAsync(Source());
        None(await BarriersAsync(_demo.Page));
    }

    [Fact, Trait("Requirement", "R41")]
    public async Task A_new_order_is_warned_of_as_soon_as_the_customer_is_chosen()
    {
        await _demo.GoAsync($"orders/new?partner={_number}");
        await Expect(_demo.Page.GetByRole(AriaRole.Combobox, new() { Name = "Kund" })).ToHaveValueAsync(_name);
        var warning = _demo.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Kunden är över kreditgränsen" });
        await Expect(warning).ToContainTextAsync("Ordern kan sparas ändå");
        await Expect(warning.GetByLabel("Anledning")).ToBeVisibleAsync();
    }

    [GeneratedRegex("demo")]
    private static partial Regex Source();

    [GeneratedRegex(@"[\d\s]+,\d\d SEK över")]
    private static partial Regex Over();
}
