using System.Net;
using System.Text.Json;

namespace Crm.Tests.Api;

public sealed class ChoiceTests(OneApp app)
{
    [Fact]
    [Trait("Requirement", "R24")]
    public async Task Stages_are_listed_in_order_with_the_number_of_partners_in_each()
    {
        var company = await app.CompanyAsync();
        await company.PartnerAsync("A", "\"stage\":\"lost\"");
        var gone = await company.PartnerAsync("B", "\"stage\":\"lost\"");
        await company.PartnerAsync("C", "\"stage\":\"active\"");
        await company.PartnerAsync("D");
        await company.DeleteAsync($"partners/{gone}");
        Assert.Equal("active 1, potential 0, prospect 0, lost 1, inactive 0", await StagesAsync(company));
    }

    [Fact]
    [Trait("Requirement", "R36")]
    public async Task A_company_makes_renames_orders_disables_and_removes_its_stages()
    {
        var company = await app.CompanyAsync();
        Assert.Equal(HttpStatusCode.Created, (await company.PostAsync("stages", """{"key":"dream","name":"Dream","names":{"sv":"Dröm"},"position":2}""")).Status);
        var number = await company.PartnerAsync("A", "\"stage\":\"dream\"");
        Assert.Equal("active 0, dream 1, potential 0, prospect 0, lost 0, inactive 0", await StagesAsync(company));
        await company.PatchAsync("stages/dream", """{"name":"Dream customer"}""");
        Assert.Equal("Dream customer", (await company.GetAsync($"partners/{number}")).Body.GetProperty("stage").GetProperty("name").GetString());
        await company.PatchAsync("stages/dream", """{"disabled":true}""");
        Steps.AssertProblem(await company.PostAsync("partners", """{"name":"B","country":"SE","relations":["customer"],"stage":"dream"}"""), 422, "partner.stage.unknown");
        Assert.Equal(HttpStatusCode.OK, (await company.PatchAsync($"partners/{number}", """{"phone":"1"}""")).Status);
        Assert.Equal(HttpStatusCode.OK, (await company.DeleteAsync("stages/dream")).Status);
        Assert.Equal("active 0, potential 0, prospect 0, lost 0, inactive 0", await StagesAsync(company));
        Assert.Equal("Dream customer", (await company.GetAsync($"partners/{number}")).Body.GetProperty("stage").GetProperty("name").GetString());
        Assert.Equal("A", await company.NamesAsync("partners/overview"));
    }

    [Fact]
    [Trait("Requirement", "R36")]
    public async Task Active_stays()
    {
        var company = await app.CompanyAsync();
        Steps.AssertProblem(await company.DeleteAsync("stages/active"), 409, "stage.builtIn");
        Steps.AssertProblem(await company.PatchAsync("stages/active", """{"disabled":true}"""), 409, "stage.builtIn");
        Steps.AssertProblem(await company.DeleteAsync("relations/customer"), 409, "relation.builtIn");
        Assert.Equal(HttpStatusCode.OK, (await company.PatchAsync("stages/active", """{"name":"Kunder"}""")).Status);
    }

    [Fact]
    public async Task What_is_wrong_with_a_choice_is_refused()
    {
        var company = await app.CompanyAsync();
        Steps.AssertProblem(await company.PostAsync("stages", """{"key":"lost","name":"Lost"}"""), 409, "stage.exists");
        Steps.AssertProblem(await company.PostAsync("stages", """{"key":"a b","name":"X"}"""), 422, "choice.key.invalid");
        Steps.AssertProblem(await company.PatchAsync("stages/lost", """{"key":"x"}"""), 422, "choice.key.immutable");
        Steps.AssertProblem(await company.PatchAsync("industries/zz", """{"name":"X"}"""), 404, "industry.notFound");
        Steps.AssertProblem(await company.DeleteAsync("tags/none-such"), 404, "tag.notFound");
        Steps.AssertProblem(await company.PatchAsync("stages/lost", """{"name":"X"}""", ("If-Match", "\"77\"")), 412, "version.stale");
    }

    [Fact]
    [Trait("Requirement", "R45")]
    [Trait("Requirement", "R44")]
    public async Task A_tag_may_carry_a_discount()
    {
        var company = await app.CompanyAsync();
        Assert.Equal(7.5m, (await company.PostAsync("tags", """{"key":"gold","name":"Gold","discountPercent":7.5}""")).Body.GetProperty("discountPercent").GetDecimal());
        await company.PartnerAsync("A", "\"tags\":[\"gold\"]");
        var tag = (await company.GetAsync("tags")).Body.GetProperty("items")[0];
        Assert.Equal(("gold", 7.5m, 1), (tag.GetProperty("key").GetString(), tag.GetProperty("discountPercent").GetDecimal(), tag.GetProperty("count").GetInt32()));
        Steps.AssertProblem(await company.PatchAsync("tags/gold", """{"discountPercent":101}"""), 422, "choice.discount.range");
        Steps.AssertProblem(await company.PatchAsync("stages/lost", """{"discountPercent":1}"""), 422, "choice.discount.tagsOnly");
    }

    [Fact]
    [Trait("Requirement", "R14")]
    [Trait("Requirement", "R19")]
    public async Task Relations_and_industries_can_be_added_to()
    {
        var company = await app.CompanyAsync();
        await company.PostAsync("relations", """{"key":"reseller","name":"Reseller"}""");
        await company.PostAsync("industries", """{"key":"62.01","name":"Programming"}""");
        var number = await company.PartnerAsync("A", "\"relations\":[\"reseller\",\"customer\"],\"industry\":\"62.01\"");
        var body = (await company.GetAsync($"partners/{number}")).Body;
        Assert.Equal(("62.01", "Programming", 2), (body.GetProperty("industry").GetProperty("code").GetString(), body.GetProperty("industry").GetProperty("name").GetString(), body.GetProperty("relations").GetArrayLength()));
        Assert.Equal("A", await company.NamesAsync("partners?relation=reseller&industry=62.01"));
    }

    private static async Task<string> StagesAsync(TestCompany company) =>
        string.Join(", ", (await company.GetAsync("stages")).Body.GetProperty("items").EnumerateArray().Select((JsonElement s) => $"{s.GetProperty("key").GetString()} {s.GetProperty("count").GetInt64()}"));
}
