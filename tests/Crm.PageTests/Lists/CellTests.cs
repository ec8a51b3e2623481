namespace Crm.PageTests.Lists;

/// <summary>Changing a cell where it stands.</summary>
public sealed class CellTests(Site site) : ListTest(site)
{
    [Fact]
    public async Task Arrows_go_to_a_cell_F2_changes_it_Tab_goes_on_and_Escape_leaves_it()
    {
        await PartnersAsync("A");
        await OpenAsync();
        await Page.Keyboard.PressAsync("j");
        for (var i = 0; i < 4; i++) await Page.Keyboard.PressAsync("ArrowRight");
        await Expect(Cell("A", "creditLimit")).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("F2");
        await Expect(Cell("A", "creditLimit").GetByRole(AriaRole.Textbox)).ToBeFocusedAsync();
        await Page.Keyboard.TypeAsync("2500");
        await Page.Keyboard.PressAsync("Tab");
        await Expect(Cell("A", "creditLimit")).ToHaveTextAsync("2 500,00 SEK");
        await Expect(Cell("A", "tags").GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Cell("A", "tags")).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Control+z");
        await Expect(Cell("A", "creditLimit")).ToHaveTextAsync("");
    }

    [Fact]
    [Trait("Requirement", "R23")]
    public async Task A_double_click_changes_the_stage_and_the_card_has_it_too()
    {
        var number = (await PartnersAsync("A"))[0];
        await OpenAsync();
        await Cell("A", "stage").DblClickAsync();
        await Page.GetByRole(AriaRole.Option, new() { Name = "Förlorad" }).ClickAsync();
        await Expect(Cell("A", "stage")).ToHaveTextAsync("Förlorad");
        await Expect(Page.GetByText("Sparat")).ToBeVisibleAsync();
        Assert.Equal("lost", (await Desk.GetAsync($"partners/{number}")).GetProperty("stage").GetProperty("key").GetString());
    }

    [Fact]
    public async Task Changes_one_right_after_the_other_are_no_conflict_of_ones_own_even_when_the_first_is_slow()
    {
        var number = (await PartnersAsync("A"))[0];
        var (isFirst, ct) = (true, TestContext.Current.CancellationToken);
        await Page.RouteAsync($"**/api/v1/*/partners/{number}", async route =>
        {
            if (route.Request.Method == "PATCH" && isFirst)
            {
                isFirst = false;
                await Task.Delay(1_000, ct);
            }
            await route.ContinueAsync();
        });
        await OpenAsync();
        foreach (var stage in (string[])["Förlorad", "Potentiell"])
        {
            await Cell("A", "stage").DblClickAsync();
            await Page.GetByRole(AriaRole.Option, new() { Name = stage }).ClickAsync();
        }
        await Expect(Page.GetByText("Sparat")).ToBeVisibleAsync();
        await Expect(Cell("A", "stage")).ToHaveTextAsync("Potentiell");
        // The first one's toast looks the same as the second's.
        await Desk.UntilAsync($"partners/{number}", partner => partner.GetProperty("stage").GetProperty("key").GetString() == "potential");
        await Expect(Dialog).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Somebody_elses_change_of_the_same_asks_whose_value_stands()
    {
        var number = (await PartnersAsync("A"))[0];
        await OpenAsync();
        await Cell("A", "stage").DblClickAsync();
        await Expect(Page.GetByRole(AriaRole.Option, new() { Name = "Förlorad" })).ToBeVisibleAsync();
        await Desk.PatchAsync($"partners/{number}", new { stage = "potential" });
        await Page.GetByRole(AriaRole.Option, new() { Name = "Förlorad" }).ClickAsync();
        await Expect(Dialog).ToContainTextAsync("Potentiell");
        None(await BarriersAsync(Page));
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Behåll mina" }).ClickAsync();
        await Expect(Cell("A", "stage")).ToHaveTextAsync("Förlorad");
    }

    [Fact]
    public async Task Space_shows_the_partner_beside_the_list()
    {
        await PartnersAsync("A");
        await OpenAsync();
        await Page.Keyboard.PressAsync("j");
        await Page.Keyboard.PressAsync(" ");
        await Expect(Dialog).ToContainTextAsync("Kundstatus");
        None(await BarriersAsync(Page));
        await Page.Keyboard.PressAsync("Escape");
        await Expect(Row("A")).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "A", Exact = true })).ToBeVisibleAsync();
    }
}
