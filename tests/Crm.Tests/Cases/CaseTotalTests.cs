using System.Net;
using System.Text.Json;
using Crm.Tests.Api;

namespace Crm.Tests.Cases;

/// <summary>The sums that are kept in the commit of each case.</summary>
public sealed class CaseTotalTests(OneApp app)
{
    private static readonly string[] Statuses = ["won", "lost", "new", "negotiation"];

    [Fact]
    [Trait("Requirement", "R86")]
    [Trait("Requirement", "R96")]
    public async Task The_kept_sums_are_those_that_one_gets_by_counting_the_cases_whatever_was_done_to_them()
    {
        var company = await app.CompanyAsync();
        var partner = await company.PartnerAsync("Buyer");
        var random = new Random(7);
        var today = DateOnly.FromDateTime(app.App.Clock.GetUtcNow().UtcDateTime);
        List<long> cases = [];
        for (var i = 0; i < 120; i++)
        {
            var fields = $$""" "value":{"amount":{{random.Next(1, 9_000)}}.5,"currency":"{{(random.Next(3) == 0 ? "EUR" : "SEK")}}"},"probability":{{random.Next(101)}},"followUp":"{{today.AddDays(random.Next(-20, 20)):yyyy-MM-dd}}" """;
            var number = cases.Count == 0 ? 0 : cases[random.Next(cases.Count)];
            switch (cases.Count == 0 ? 0 : random.Next(9))
            {
                case 0 or 1: cases.Add(await company.CaseAsync(partner, fields)); break;
                case 2: await company.PatchAsync($"cases/{number}", $"{{{fields}}}"); break;
                case 3: await company.PatchAsync($"cases/{number}", $$"""{"status":"{{Statuses[random.Next(4)]}}"}"""); break;
                case 4: await company.PostAsync($"cases/{number}/close"); break;
                case 5: await company.PostAsync($"cases/{number}/reopen"); break;
                case 6: await company.DeleteAsync($"cases/{number}"); break;
                case 7: await company.PostAsync($"cases/{number}/restore"); break;
                default: await company.PostAsync($"cases/{number}/convert?markWon={(random.Next(2) == 0 ? "true" : "false")}"); break;
            }
            if (i % 10 != 9) continue;
            Assert.True(JsonElement.DeepEquals((await company.GetAsync("cases/summary?number.gte=1")).Body, (await company.GetAsync("cases/summary")).Body));
            foreach (var statuses in new[] { "status=new", "status=won,negotiation", "status=unknown", "status=none", "status=any" })
                Assert.True(JsonElement.DeepEquals((await company.GetAsync($"cases/summary?{statuses}&number.gte=1")).Body, (await company.GetAsync($"cases/summary?{statuses}")).Body), statuses);
        }
        Assert.True((await company.GetAsync("cases/summary")).Body.GetProperty("count").GetInt32() > 5);
    }

    [Fact]
    [Trait("Requirement", "R86")]
    public async Task Any_status_is_every_status_and_stands_alone()
    {
        var company = await app.CompanyAsync();
        await company.CaseAsync(await company.PartnerAsync("Buyer"), """ "value":{"amount":100} """);
        var all = (await company.GetAsync("cases/summary")).Body;
        Assert.Equal(1, all.GetProperty("count").GetInt32());
        Assert.True(JsonElement.DeepEquals(all, (await company.GetAsync("cases/summary?status=any")).Body));
        Steps.AssertProblem(await company.GetAsync("cases/summary?status=new,any"), 400, "filter.any");
    }

    [Fact]
    [Trait("Requirement", "R86")]
    public async Task Sums_of_several_currencies_are_converted_at_the_stored_rates()
    {
        var company = await app.CompanyAsync();
        var partner = await company.PartnerAsync("Buyer");
        await company.CaseAsync(partner, """ "value":{"amount":100,"currency":"EUR"},"probability":50 """);
        await company.CaseAsync(partner, """ "value":{"amount":1000,"currency":"SEK"},"probability":10 """);
        Assert.Equal(JsonValueKind.Null, (await company.GetAsync("cases/summary")).Body.GetProperty("converted").ValueKind);
        Assert.Equal(HttpStatusCode.OK, (await company.PatchAsync("company", """{"rates":{"EUR":11.5}}""")).Status);
        var converted = (await company.GetAsync("cases/summary")).Body.GetProperty("converted");
        Assert.Equal(("SEK", 2_150m, 675m), (converted.GetProperty("currency").GetString(), converted.GetProperty("value").GetDecimal(), converted.GetProperty("weighted").GetDecimal()));
    }
}
