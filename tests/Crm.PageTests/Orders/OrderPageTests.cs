namespace Crm.PageTests.Orders;

/// <summary>The list of orders and an order's own page.</summary>
public sealed class OrderPageTests(Site site) : PageTest(site)
{
    [Fact, Trait("Requirement", "R40")]
    public async Task Open_orders_of_a_customer_over_the_limit_are_marked_in_the_list_and_on_their_pages_older_ones_too()
    {
        var partner = await Desk.LimitedCustomerAsync();
        var open = await Desk.OrderAsync(partner);
        var done = await Desk.OrderAsync(partner, 100, new { state = "invoiced" });
        await Desk.GoAsync("orders?sort=number");
        await Expect(Page.GetByRole(AriaRole.Row)).ToHaveCountAsync(3);
        await Expect(Page.GetByText("Över kreditgränsen")).ToHaveCountAsync(0);
        await Desk.OrderAsync(partner, 700);
        await Page.ReloadAsync();
        await Expect(Page.GetByRole(AriaRole.Row).Filter(new() { HasText = $"{open}" })).ToContainTextAsync("Över kreditgränsen");
        await Expect(Page.GetByRole(AriaRole.Row).Filter(new() { HasText = $"{done}" })).Not.ToContainTextAsync("Över kreditgränsen");
        await Page.GetByRole(AriaRole.Link, new() { Name = $"{open}", Exact = true }).ClickAsync();
        await Expect(Page.GetByText("Kunden är över kreditgränsen")).ToBeVisibleAsync();
        None(await BarriersAsync(Page));
    }

    [Fact]
    public async Task The_list_is_filtered_and_sorted_by_what_stands_in_the_address_bar()
    {
        var partner = await Desk.PartnerAsync("Nordvik Bygg AB");
        foreach (var (price, state) in new[] { (300m, "draft"), (100m, "confirmed"), (200m, "confirmed") }) await Desk.OrderAsync(partner, price, new { state });
        await Desk.GoAsync("orders?state=confirmed");
        await Expect(Page.GetByRole(AriaRole.Row)).ToHaveCountAsync(3);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Netto" }).ClickAsync();
        await Expect(Page).ToHaveURLAsync($"{Site.Url}/{Desk.Company}/orders?state=confirmed&sort=net");
        await Expect(Page.GetByRole(AriaRole.Row).Nth(1)).ToContainTextAsync("1002");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Filter (1)" }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Rensa filter" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Row)).ToHaveCountAsync(4);
    }

    [Fact]
    public async Task An_order_goes_through_its_states_is_locked_cancelled_and_reopened()
    {
        var number = await Desk.OrderAsync(await Desk.PartnerAsync("Nordvik Bygg AB"));
        await Desk.GoAsync($"orders/{number}");
        var states = Page.GetByRole(AriaRole.List, new() { Name = "Läge" });
        await states.GetByRole(AriaRole.Button, new() { Name = "Bekräftad" }).ClickAsync();
        await Expect(states.Locator("[aria-current=step]")).ToHaveTextAsync("Bekräftad");
        await ConfirmAsync("Lås");
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Ändra Rader" })).ToHaveCountAsync(0);
        await ConfirmAsync("Lås upp");
        await ConfirmAsync("Makulera");
        await Expect(states).ToHaveCountAsync(0);
        await ConfirmAsync("Öppna igen");
        await Expect(states.Locator("[aria-current=step]")).ToHaveTextAsync("Utkast");
        await Expect(Page.GetByRole(AriaRole.Region, new() { Name = "Tidslinje" }).GetByText("Öppnad igen")).ToBeVisibleAsync();
        None(await BarriersAsync(Page));

        async Task ConfirmAsync(string action)
        {
            await Page.GetByRole(AriaRole.Button, new() { Name = action, Exact = true }).ClickAsync();
            await Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = action, Exact = true }).ClickAsync();
            await Expect(Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        }
    }

    [Fact]
    public async Task Lines_are_written_in_place_saved_and_taken_back()
    {
        var number = await Desk.OrderAsync(await Desk.PartnerAsync("Nordvik Bygg AB"));
        await Desk.GoAsync($"orders/{number}");
        var lines = Page.GetByRole(AriaRole.Region, new() { Name = "Rader" });
        await lines.GetByRole(AriaRole.Button, new() { Name = "Ändra Rader" }).ClickAsync();
        await Page.GetByLabel("Antal, rad 1").FillAsync("3");
        await lines.GetByRole(AriaRole.Button, new() { Name = "Lägg till rad" }).ClickAsync();
        await Page.GetByLabel("Benämning, rad 2").FillAsync("Frakt");
        await Page.Keyboard.PressAsync("Control+Enter");
        await Expect(lines.GetByRole(AriaRole.Row)).ToHaveCountAsync(4);
        await Page.GetByRole(AriaRole.Alert).GetByRole(AriaRole.Button, new() { Name = "Ångra" }).ClickAsync();
        await Expect(lines.GetByRole(AriaRole.Row)).ToHaveCountAsync(3);
        await Expect(Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Ångrat" })).ToBeVisibleAsync();
        Assert.Equal(400, (await Desk.GetAsync($"orders/{number}")).GetProperty("net").GetProperty("amount").GetDecimal());
    }

    [Fact]
    public async Task O_leads_to_who_looks_after_it()
    {
        await Desk.GoAsync($"orders/{await Desk.OrderAsync(await Desk.PartnerAsync("Nordvik Bygg AB"))}");
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Ändra Uppgifter" })).ToBeVisibleAsync();
        await Page.Keyboard.PressAsync("o");
        await Expect(Page.GetByRole(AriaRole.Combobox, new() { Name = "Ägs av" })).ToBeFocusedAsync();
    }

    [Fact]
    public async Task What_is_shown_stays_when_reading_it_again_fails()
    {
        var number = await Desk.OrderAsync(await Desk.PartnerAsync("Nordvik Bygg AB"));
        await Desk.GoAsync($"orders/{number}");
        var lines = Page.GetByRole(AriaRole.Region, new() { Name = "Rader" });
        await lines.GetByRole(AriaRole.Button, new() { Name = "Ändra Rader" }).ClickAsync();
        await Page.GetByLabel("Antal, rad 1").FillAsync("3");
        Desk.Expected = "status of 503";
        await Page.RouteAsync($"**/orders/{number}", route => route.Request.Method != "GET" ? route.ContinueAsync() : route.FulfillAsync(new() { Status = 503, ContentType = "application/problem+json", Body = """{"code":"storage.unavailable","detail":"Try again."}""" }));
        // It is asked for twice more before the page gives up.
        var refused = 0;
        await Page.RunAndWaitForResponseAsync(() => Desk.PatchAsync($"orders/{number}", new { note = "Ring först" }), answer => answer.Status == 503 && ++refused == 3);
        await Page.UnrouteAllAsync();
        await Desk.PatchAsync($"orders/{number}", new { note = "Ring igen" });
        await Expect(Page.GetByRole(AriaRole.Region, new() { Name = "Uppgifter" })).ToContainTextAsync("Ring igen");
        await Expect(Page.GetByLabel("Antal, rad 1")).ToHaveValueAsync("3");
    }

    [Fact]
    public async Task Going_from_one_order_to_another_takes_no_open_form_along()
    {
        var partner = await Desk.PartnerAsync("Nordvik Bygg AB");
        var (first, second) = (await Desk.OrderAsync(partner), await Desk.OrderAsync(partner, 700));
        await Desk.GoAsync($"orders/{second}");
        await FindAsync(first);
        await Page.Keyboard.PressAsync("l");
        await Expect(Page.GetByLabel("Antal, rad 1")).ToHaveValueAsync("1");
        await FindAsync(second);
        await Expect(Page.GetByLabel("Antal, rad 1")).ToHaveCountAsync(0);

        async Task FindAsync(long number)
        {
            await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Ändra Rader" }).Or(Page.GetByLabel("Antal, rad 1"))).ToBeVisibleAsync();
            await Page.Keyboard.PressAsync("Control+k");
            await Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Combobox).FillAsync($"{number}");
            await Page.GetByRole(AriaRole.Option).Filter(new() { HasText = $"{number} · Nordvik" }).ClickAsync();
            await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync($"Order {number}");
        }
    }

    [Fact]
    public async Task The_timeline_of_an_order_can_be_read_to_its_beginning()
    {
        var number = await Desk.OrderAsync(await Desk.PartnerAsync("Nordvik Bygg AB"));
        for (var i = 0; i < 110; i++) await Desk.PatchAsync($"orders/{number}", new { note = $"{i}" });
        await Desk.GoAsync($"orders/{number}");
        var timeline = Page.GetByRole(AriaRole.Region, new() { Name = "Tidslinje" });
        await Expect(timeline.GetByText("Uppgifter ändrade").First).ToBeVisibleAsync();
        await Expect(timeline.GetByText("Order skapad")).ToHaveCountAsync(0);
        await timeline.GetByRole(AriaRole.Button, new() { Name = "Visa äldre" }).ClickAsync();
        await Expect(timeline.GetByText("Order skapad")).ToBeVisibleAsync();
        await Expect(timeline.GetByRole(AriaRole.Button, new() { Name = "Visa äldre" })).ToHaveCountAsync(0);
    }

    [Fact, Trait("Requirement", "R107"), Trait("Requirement", "R108")]
    public async Task A_converted_cases_order_is_filled_as_the_settings_say_and_leads_back_to_the_case()
    {
        await Desk.GoAsync("settings/orders");
        await Page.GetByRole(AriaRole.Combobox, new() { Name = "Kundens referens" }).ClickAsync();
        await Page.GetByRole(AriaRole.Option, new() { Name = "Aktivitetens rubrik" }).ClickAsync();
        // Choosing what is chosen takes it away.
        await Page.GetByRole(AriaRole.Combobox, new() { Name = "Anteckning" }).ClickAsync();
        await Page.GetByRole(AriaRole.Option, new() { Name = "Aktivitetens beskrivning" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Combobox, new() { Name = "Anteckning" })).ToHaveValueAsync("");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Spara" }).ClickAsync();
        await Expect(Page.GetByText("Sparat")).ToBeVisibleAsync();
        var made = (await Desk.PostAsync("cases", new { partner = await Desk.PartnerAsync("Nordvik Bygg AB"), title = "Ställage till Lund", description = "Internt", status = "won", value = new { amount = 5_000, currency = "SEK" } })).GetProperty("number").GetInt64();
        var order = (await Desk.PostAsync($"cases/{made}/convert")).GetProperty("number").GetInt64();
        await Desk.GoAsync($"orders/{order}");
        var details = Page.GetByRole(AriaRole.Region, new() { Name = "Uppgifter" });
        await Expect(details).ToContainTextAsync("Ställage till Lund");
        await Expect(details).Not.ToContainTextAsync("Internt");
        await Page.GetByRole(AriaRole.Link, new() { Name = $"Från aktivitet {made}" }).ClickAsync();
        await Expect(Page).ToHaveURLAsync($"{Site.Url}/{Desk.Company}/cases/{made}");
    }
}
