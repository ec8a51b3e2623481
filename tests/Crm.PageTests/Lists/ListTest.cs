namespace Crm.PageTests.Lists;

/// <summary>A test of the partners' lists: how rows, heads and cells are found on them.</summary>
public abstract class ListTest(Site site) : PageTest(site)
{
    protected ILocator Grid => Page.GetByRole(AriaRole.Grid);

    protected ILocator Rows => Grid.Locator("[data-index]");

    protected ILocator Heads => Grid.Locator("[role=columnheader][data-column]");

    protected ILocator Toolbar => Page.GetByRole(AriaRole.Toolbar);

    protected ILocator Dialog => Page.GetByRole(AriaRole.Dialog);

    /// <summary>A partner's row.</summary>
    protected ILocator Row(string name) => Rows.Filter(new() { Has = Page.Locator("[data-column=name]").GetByText(name, new() { Exact = true }) });

    protected ILocator Cell(string name, string column) => Row(name).Locator($"[data-column={column}]");

    protected ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>The names in the order of the list.</summary>
    protected async Task NamesAsync(params string[] names)
    {
        await Expect(Rows.Locator("[data-column=name]")).ToHaveTextAsync(names);
    }

    protected async Task OpenAsync(string path = "crm")
    {
        await Desk.GoAsync(path);
        await Expect(Rows.First.Locator("[data-column]").First).ToBeVisibleAsync();
    }

    /// <summary>Partners A, B, C, … that are active.</summary>
    protected async Task<long[]> PartnersAsync(params string[] names)
    {
        List<long> numbers = [];
        foreach (var name in names) numbers.Add(await Desk.PartnerAsync(name, new { stage = "active" }));
        return [.. numbers];
    }

    /// <summary>Chooses from a field with a list.</summary>
    protected async Task ChooseAsync(string field, string option)
    {
        await Dialog.GetByRole(AriaRole.Combobox, new() { Name = field }).ClickAsync();
        await Page.GetByRole(AriaRole.Option, new() { Name = option, Exact = true }).ClickAsync();
    }
}
