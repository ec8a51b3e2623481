namespace Crm.PageTests.Accounting;

/// <summary>What the CRM and the accounting system have otherwise is shown with both values, and somebody says which counts.</summary>
public sealed class ConflictTests(Site site) : FortnoxTest(site)
{
    private const string Customer = """
        { "items": [ { "number": 7, "plugin": "fortnox", "externalNumber": "1001", "name": "Snickeriet i Luleå AB", "organisationNumber": "5599000006", "city": "Luleå", "partner": 1001, "review": null, "ignored": false, "open": [],
          "conflicts": [ { "field": "phone", "ours": "0920-11 11 11", "theirs": "0920-22 22 22", "winner": null, "at": "2026-01-15T09:30:00Z" } ], "readAt": "2026-01-15T09:30:01Z", "version": 3, "partnerName": "Snickeriet i Luleå",
          "contact": { "vatNumber": null, "street": null, "postalCode": null, "country": null, "email": null, "invoiceEmail": null, "phone": "0920-22 22 22", "website": null } } ], "next": null, "count": 1, "countIsExact": true }
        """;

    [Fact]
    public async Task Both_values_are_there_with_a_button_each_and_the_answer_is_sent()
    {
        // Two sides that differ take two systems' changes in one moment; the page only shows what the API tells of them.
        await Page.RouteAsync("**/accounting/customers?*", route => route.FulfillAsync(new() { ContentType = "application/json", Body = Customer }));
        string? sent = null;
        await Page.RouteAsync("**/accounting/customers/7/resolve", route =>
        {
            sent = route.Request.PostData;
            return route.FulfillAsync(new() { Status = 409, ContentType = "application/problem+json", Body = """{ "code": "accounting.conflict.noRule", "detail": "No rule" }""" });
        });
        Desk.Expected = "409";
        await Desk.GoAsync("accounting/customers/all");
        await Expect(Page.GetByRole(AriaRole.Img, new() { Name = "1 uppgift skiljer sig från bokföringen" })).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Grid).GetByRole(AriaRole.Row).Nth(1).FocusAsync();
        await Page.Keyboard.PressAsync("Enter");
        var phone = Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Group, new() { Name = "Telefon" });
        await Expect(phone.GetByText("0920-11 11 11")).ToBeVisibleAsync();
        await Expect(phone.GetByText("0920-22 22 22")).ToBeVisibleAsync();
        None(await BarriersAsync(Page));
        await phone.GetByRole(AriaRole.Button, new() { Name = "Telefon: Här ska gälla" }).PressAsync("Enter");
        await Expect(Page.GetByText("Ingen regel skickar partnern dit, så CRM:s uppgift kan inte skrivas där.")).ToBeVisibleAsync();
        Assert.Equal("""{"field":"phone","take":"crm"}""", sent);
    }
}
