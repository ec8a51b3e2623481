namespace Crm.PageTests.Lists;

/// <summary>Where one stands in a list stays the same row, whatever comes and goes around it.</summary>
public sealed class StandingTests(Site site) : ListTest(site)
{
    [Fact]
    public async Task A_field_that_is_open_stays_with_its_row_when_a_colleague_adds_one_above()
    {
        var number = (await PartnersAsync("M"))[0];
        await OpenAsync();
        await Cell("M", "creditLimit").DblClickAsync();
        var field = Cell("M", "creditLimit").GetByRole(AriaRole.Textbox);
        await Expect(field).ToBeFocusedAsync();
        await Page.Keyboard.TypeAsync("25");
        await Desk.PartnerAsync("A", new { stage = "active" });
        await NamesAsync("A", "M");
        await Expect(field).ToBeFocusedAsync();
        await Page.Keyboard.TypeAsync("00");
        await Page.Keyboard.PressAsync("Enter");
        await Expect(Cell("M", "creditLimit")).ToHaveTextAsync("2 500,00 SEK");
        await Expect(Cell("A", "creditLimit")).ToHaveTextAsync("");
        await Expect(Page.GetByText("Sparat")).ToBeVisibleAsync();
        Assert.Equal(2_500, (await Desk.GetAsync($"partners/{number}")).GetProperty("creditLimit").GetProperty("amount").GetInt32());
    }

    [Fact]
    public async Task A_field_that_is_open_stays_when_its_row_leaves_the_list_and_saves()
    {
        var number = (await PartnersAsync("A", "M"))[0];
        await OpenAsync("crm?stage=active");
        await NamesAsync("A", "M");
        await Cell("A", "creditLimit").DblClickAsync();
        await Expect(Cell("A", "creditLimit").GetByRole(AriaRole.Textbox)).ToBeFocusedAsync();
        await Page.Keyboard.TypeAsync("2500");
        await Desk.PatchAsync($"partners/{number}", new { stage = "lost" });
        await Expect(Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "1 partner" })).ToBeVisibleAsync();
        await Page.Keyboard.PressAsync("Enter");
        await NamesAsync("M");
        await Expect(Page.GetByText("Sparat")).ToBeVisibleAsync();
        Assert.Equal(2_500, (await Desk.GetAsync($"partners/{number}")).GetProperty("creditLimit").GetProperty("amount").GetInt32());
    }

    [Fact]
    public async Task The_row_that_one_stands_on_is_still_it_after_one_has_come_above()
    {
        await PartnersAsync("K", "M");
        await OpenAsync();
        await Page.Keyboard.PressAsync("j");
        await Page.Keyboard.PressAsync("j");
        await Expect(Row("M")).ToBeFocusedAsync();
        await Desk.PartnerAsync("A", new { stage = "active" });
        await NamesAsync("A", "K", "M");
        await Expect(Row("M")).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("x");
        await Expect(Row("M").GetByRole(AriaRole.Checkbox)).ToBeCheckedAsync();
        await Page.Keyboard.PressAsync("k");
        await Expect(Row("K")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_list_of_choices_that_is_opened_right_after_another_field_has_ended_stays_open()
    {
        await PartnersAsync("A");
        await OpenAsync();
        await Cell("A", "owner").DblClickAsync();
        await Expect(Cell("A", "owner").GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();
        // Faster than any hand, so that nothing is drawn in between; then two frames, in which whatever was put off happens.
        await Page.EvaluateAsync("""
            async () => {
              const cell = column => document.querySelector(`[data-index="0"] [data-column=${column}]`);
              cell('owner').querySelector('input').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
              await new Promise(done => queueMicrotask(() => queueMicrotask(done)));
              cell('stage').dispatchEvent(new MouseEvent('dblclick', { bubbles: true }));
              for (let i = 0; i < 3; i++) await new Promise(done => requestAnimationFrame(done));
            }
            """);
        await Page.GetByRole(AriaRole.Option, new() { Name = "Förlorad" }).ClickAsync();
        await Expect(Cell("A", "stage")).ToHaveTextAsync("Förlorad");
    }

    [Fact]
    public async Task A_stage_whose_name_is_still_on_its_way_shows_nothing_instead_of_its_key()
    {
        await PartnersAsync("A");
        TaskCompletionSource named = new();
        await Page.RouteAsync("**/api/v1/*/stages", async route => { await named.Task; await route.ContinueAsync(); });
        await OpenAsync();
        await Expect(Cell("A", "number")).ToBeVisibleAsync();
        Assert.Equal("", await Cell("A", "stage").TextContentAsync());
        named.SetResult();
        await Expect(Cell("A", "stage")).ToHaveTextAsync("Aktiv");
    }

    [Fact]
    public async Task Changes_as_fast_as_one_can_are_each_seen_once_and_none_of_the_values_before_comes_back()
    {
        var number = (await PartnersAsync("A"))[0];
        await OpenAsync();
        await Expect(Cell("A", "stage")).ToHaveTextAsync("Aktiv");
        await Page.EvaluateAsync("""
            () => {
              const cell = document.querySelector('[data-index="0"] [data-column=stage]');
              window.seen = [cell.textContent];
              new MutationObserver(() => { if (!cell.querySelector('input') && cell.textContent && window.seen.at(-1) !== cell.textContent) window.seen.push(cell.textContent); })
                .observe(cell, { subtree: true, childList: true, characterData: true, attributes: true });
            }
            """);
        List<string> chosen = ["Aktiv"];
        for (var i = 0; i < 8; i++)
        {
            chosen.Add(i % 2 == 0 ? "Förlorad" : "Potentiell");
            await Cell("A", "stage").DblClickAsync();
            await Page.GetByRole(AriaRole.Option, new() { Name = chosen[^1] }).ClickAsync();
            await Expect(Cell("A", "stage")).ToHaveTextAsync(chosen[^1]);
        }
        await Expect(Page.GetByText("Sparat")).ToBeVisibleAsync();
        await Page.WaitForFunctionAsync("async path => (await (await fetch(path)).json()).stage.key === 'potential'", $"/api/v1/{Desk.Company}/partners/{number}");
        await Expect(Cell("A", "stage")).ToHaveTextAsync("Potentiell");
        Assert.Equal(chosen, await Page.EvaluateAsync<string[]>("window.seen"));
    }

    [Fact]
    public async Task A_list_that_was_being_read_does_not_bring_back_the_value_from_before_a_change()
    {
        var numbers = await PartnersAsync("A", "B");
        TaskCompletionSource read = new(), isRead = new(), saved = new();
        var isHeld = false;
        await Page.RouteAsync("**/api/v1/*/partners/overview?*", async route =>
        {
            if (!isHeld) { await route.ContinueAsync(); return; }
            var answer = await route.FetchAsync();
            isRead.TrySetResult();
            await read.Task;
            await route.FulfillAsync(new() { Response = answer });
        });
        await Page.RouteAsync($"**/api/v1/*/partners/{numbers[0]}", async route =>
        {
            if (route.Request.Method == "PATCH") await saved.Task;
            await route.ContinueAsync();
        });
        await OpenAsync();
        await Cell("A", "stage").DblClickAsync();
        await Expect(Page.GetByRole(AriaRole.Option, new() { Name = "Förlorad" })).ToBeVisibleAsync();
        isHeld = true;
        await Desk.PatchAsync($"partners/{numbers[1]}", new { name = "B AB" });
        await isRead.Task;
        await Page.GetByRole(AriaRole.Option, new() { Name = "Förlorad" }).ClickAsync();
        await Expect(Cell("A", "stage")).ToHaveTextAsync("Förlorad");
        read.SetResult();
        await Expect(Row("B AB")).ToBeVisibleAsync();
        Assert.Equal("Förlorad", await Cell("A", "stage").TextContentAsync());
        saved.SetResult();
        await Expect(Page.GetByText("Sparat")).ToBeVisibleAsync();
        await Expect(Cell("A", "stage")).ToHaveTextAsync("Förlorad");
    }
}
