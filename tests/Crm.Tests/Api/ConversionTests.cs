using System.Net;
using System.Text.Json;

namespace Crm.Tests.Api;

[Trait("Requirement", "R106")]
public sealed class ConversionTests(OneApp app)
{
    private static async Task<long> CaseAsync(TestCompany company, string fields)
    {
        var made = await company.PostAsync("cases", $$"""{"title":"A sale",{{fields}}}""");
        Assert.True(made.Status == HttpStatusCode.Created, made.Body.ToString());
        return made.Body.GetProperty("number").GetInt64();
    }

    [Fact]
    [Trait("Requirement", "R107")]
    [Trait("Requirement", "R108")]
    public async Task A_won_case_becomes_an_order_with_its_fields_and_is_locked()
    {
        var company = await app.CompanyAsync();
        var partner = await company.PartnerAsync("Buyer", """ "invoicing":{"email":"a@example.com","creditDays":14} """);
        var number = await CaseAsync(company, $$"""
            "partner":{{partner}},"status":"won","value":{"amount":1234.50},"description":"As agreed",
            "customer":{"reference":"Ref","requisition":"R-7","contact":"Åsa","deliveryStreet":"Gatan 1","deliveryCity":"Umeå","deliveryCountry":"se","startDate":"2026-12-01","deliveryDate":"2026-12-24"}
            """);
        var converted = await company.PostAsync($"cases/{number}/convert");
        Assert.Equal(HttpStatusCode.Created, converted.Status);
        var order = converted.Body;
        Assert.Equal(("Ref", "R-7", "Åsa", "As agreed", "2026-12-01", "2026-12-24", 14, number, 1234.50m, "sales"),
            (order.GetProperty("reference").GetString(), order.GetProperty("requisition").GetString(), order.GetProperty("contact").GetString(), order.GetProperty("note").GetString(), order.GetProperty("startDate").GetString(),
            order.GetProperty("deliveryDate").GetString(), order.GetProperty("creditDays").GetInt32(), order.GetProperty("case").GetInt64(), order.GetProperty("net").GetProperty("amount").GetDecimal(), order.GetProperty("kind").GetString()));
        Assert.Equal(("Gatan 1", "Umeå", "SE"), (order.GetProperty("delivery").GetProperty("street").GetString(), order.GetProperty("delivery").GetProperty("city").GetString(), order.GetProperty("delivery").GetProperty("country").GetString()));
        Assert.Equal(order.GetProperty("number").GetInt64(), (await company.GetAsync($"cases/{number}")).Body.GetProperty("order").GetInt64());
        Steps.AssertProblem(await company.PatchAsync($"cases/{number}", """{"title":"x"}"""), 409, "case.converted");
        Steps.AssertProblem(await company.PostAsync($"cases/{number}/reopen"), 409, "case.converted");
        Steps.AssertProblem(await company.DeleteAsync($"cases/{number}"), 409, "case.converted");
        var again = await company.PostAsync($"cases/{number}/convert");
        Assert.Equal((HttpStatusCode.OK, order.ToString()), (again.Status, again.Body.ToString()));
        Assert.Equal("active", (await company.GetAsync($"partners/{partner}")).Body.GetProperty("stage").GetProperty("key").GetString());
    }

    [Fact]
    public async Task An_open_case_is_refused_unless_it_is_won_in_the_same_commit()
    {
        var company = await app.CompanyAsync();
        var partner = await company.PartnerAsync("Buyer");
        var number = await CaseAsync(company, $$""" "partner":{{partner}},"value":{"amount":100} """);
        var end = await app.JournalEndAsync(company);
        Steps.AssertProblem(await company.PostAsync($"cases/{number}/convert"), 409, "case.not.won");
        var dry = await company.PostAsync($"cases/{number}/convert?markWon=true", null, ("Prefer", "dry-run"));
        Assert.Equal((HttpStatusCode.Created, end), (dry.Status, await app.JournalEndAsync(company)));
        Assert.Equal(HttpStatusCode.Created, (await company.PostAsync($"cases/{number}/convert?markWon=true")).Status);
        var won = (await company.GetAsync($"cases/{number}")).Body;
        Assert.Equal(("won", 100, 100m), (won.GetProperty("status").GetProperty("key").GetString(), won.GetProperty("probability").GetInt32(), won.GetProperty("weighted").GetProperty("amount").GetDecimal()));
        Assert.Equal(end + 3, await app.JournalEndAsync(company));
    }

    [Fact]
    public async Task What_cannot_be_converted_says_why()
    {
        var company = await app.CompanyAsync();
        var partner = await company.PartnerAsync("Buyer");
        Steps.AssertProblem(await company.PostAsync("cases/999/convert"), 404, "case.notFound");
        var closed = await CaseAsync(company, $$""" "partner":{{partner}},"status":"won" """);
        await company.PostAsync($"cases/{closed}/close");
        Steps.AssertProblem(await company.PostAsync($"cases/{closed}/convert"), 409, "case.closed");
        var deleted = await CaseAsync(company, $$""" "partner":{{partner}},"status":"won" """);
        await company.DeleteAsync($"cases/{deleted}");
        Steps.AssertProblem(await company.PostAsync($"cases/{deleted}/convert"), 409, "case.deleted");
        var orphan = await CaseAsync(company, $$""" "partner":{{partner}},"status":"won" """);
        await company.DeleteAsync($"partners/{partner}");
        Steps.AssertProblem(await company.PostAsync($"cases/{orphan}/convert"), 409, "partner.deleted");
        Steps.AssertProblem(await company.Reader.CallAsync(HttpMethod.Post, company.Path($"cases/{orphan}/convert")), 403);
        Assert.Equal(0, (await company.GetAsync("orders")).Body.GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task A_key_for_orders_only_cannot_convert_a_case()
    {
        var company = await app.CompanyAsync();
        var partner = await company.PartnerAsync("Buyer");
        var number = await CaseAsync(company, $$""" "partner":{{partner}},"status":"won" """);
        var key = (await company.AdminBrowser.CallAsync(HttpMethod.Post, company.Path("api-keys"), """{"name":"orders","role":"seller","scopes":["orders:write","cases:read"]}""")).Text("token")!;
        Steps.AssertProblem(await app.App.With(key).CallAsync(HttpMethod.Post, company.Path($"cases/{number}/convert")), 403);
    }

    [Fact]
    [Trait("Requirement", "R107")]
    public async Task However_many_convert_at_once_each_case_becomes_one_order()
    {
        var company = await app.CompanyAsync();
        var partner = await company.PartnerAsync("Buyer");
        long[] cases = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => CaseAsync(company, $$""" "partner":{{partner}},"status":"won","value":{"amount":10} """)));
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).SelectMany(_ => cases).Select(async c => (Case: c, Reply: await company.PostAsync($"cases/{c}/convert"))));
        Assert.Equal(40, answers.Count(a => a.Reply.Status == HttpStatusCode.Created));
        Assert.Equal(280, answers.Count(a => a.Reply.Status == HttpStatusCode.OK));
        foreach (var one in answers.GroupBy(a => a.Case)) Assert.Single(one.Select(a => a.Reply.Body.GetProperty("number").GetInt64()).Distinct());
        Assert.Equal(400, (await company.GetAsync($"partners/{partner}")).Body.GetProperty("uninvoiced").GetProperty("amount").GetDecimal());
        Assert.Equal(40, (await company.GetAsync("orders")).Body.GetProperty("count").GetInt32());
    }

    [Fact]
    [Trait("Requirement", "R108")]
    public async Task The_company_says_what_a_case_becomes_and_which_fields_go_along()
    {
        var company = await app.CompanyAsync();
        var partner = await company.PartnerAsync("Buyer", """ "stage":"lost" """);
        var settings = await company.PatchAsync("order-settings", """{"convertTo":"production","keepManualStage":true,"mapping":{"note":"title","reference":null,"line":null}}""");
        Assert.Equal((HttpStatusCode.OK, "production", false), (settings.Status, settings.Text("convertTo"), settings.Body.GetProperty("mapping").TryGetProperty("reference", out _)));
        Assert.Equal(settings.ETag, (await company.GetAsync("order-settings")).ETag);
        var problem = await company.PatchAsync("order-settings", """{"mapping":{"colour":"title","note":"value"}}""");
        Steps.AssertProblem(problem, 422);
        Assert.Equal(["order.mapping.unknown", "order.mapping.unknown"], problem.Body.GetProperty("codes").EnumerateObject().Select(c => c.Value[0].GetString()));
        var number = await CaseAsync(company, $$""" "partner":{{partner}},"status":"won","value":{"amount":10},"customer":{"reference":"Ref"} """);
        var order = (await company.PostAsync($"cases/{number}/convert")).Body;
        Assert.Equal(("production", "A sale", JsonValueKind.Null, 0), (order.GetProperty("kind").GetString(), order.GetProperty("note").GetString(), order.GetProperty("reference").ValueKind, order.GetProperty("lines").GetArrayLength()));
        Assert.Equal("lost", (await company.GetAsync($"partners/{partner}")).Body.GetProperty("stage").GetProperty("key").GetString());
    }

    [Fact]
    public async Task Rates_and_the_rule_for_credit_are_settings_of_the_company()
    {
        var company = await app.CompanyAsync();
        var changed = await company.PatchAsync("company", """{"rates":{"EUR":11.25,"NOK":0.98},"credit":{"counts":"balanceAndUninvoiced","marginPercent":5}}""");
        Assert.Equal((HttpStatusCode.OK, "balanceAndUninvoiced"), (changed.Status, changed.Body.GetProperty("credit").GetProperty("counts").GetString()));
        Assert.Equal("""{"EUR":11.25}""", (await company.PatchAsync("company", """{"rates":{"NOK":null}}""")).Body.GetProperty("rates").ToString());
        Assert.Equal(5, (await company.PatchAsync("company", """{"credit":{"counts":"balance"}}""")).Body.GetProperty("credit").GetProperty("marginPercent").GetDecimal());
        foreach (var (body, code) in new[] { ("""{"rates":{"XXY":1}}""", "company.rates"), ("""{"rates":{"EUR":0}}""", "company.rates"), ("""{"rates":{"SEK":1}}""", "company.rates"), ("""{"credit":{"marginPercent":-1}}""", "company.credit") })
            Steps.AssertProblem(await company.PatchAsync("company", body), 422, code);
        var end = await app.JournalEndAsync(company);
        await company.PatchAsync("company", """{"rates":{"EUR":11.25}}""");
        Assert.Equal(end, await app.JournalEndAsync(company));
    }
}
