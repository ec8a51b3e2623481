using System.Net;
using System.Text.Json;

namespace Crm.Tests.Api;

public sealed class OverviewTests(OneApp app)
{
    [Fact]
    [Trait("Requirement", "R23")]
    [Trait("Requirement", "R11")]
    [Trait("Requirement", "R31")]
    [Trait("Requirement", "R33")]
    [Trait("Requirement", "R34")]
    public async Task What_is_set_on_a_partner_shows_on_the_overview_at_the_next_read()
    {
        var company = await app.CompanyAsync();
        await company.TagAsync("vip");
        var owner = await company.UserAsync("Bo");
        var number = await company.PartnerAsync("Old name");
        Assert.Equal("", await company.NamesAsync("partners/overview"));
        await company.PatchAsync($"partners/{number}", $$$"""{"name":"New name","stage":"potential","tags":["vip"],"owner":"{{{owner}}}","creditLimit":{"amount":1000.01}}""");
        var row = (await company.GetAsync("partners/overview")).Body.GetProperty("items").EnumerateArray().Single();
        Assert.Equal((number, "New name", "SE"), (row.GetProperty("number").GetInt64(), row.GetProperty("name").GetString(), row.GetProperty("country").GetString()));
        Assert.Equal((1000.01m, "SEK"), (row.GetProperty("creditLimit").GetProperty("amount").GetDecimal(), row.GetProperty("creditLimit").GetProperty("currency").GetString()));
        Assert.Equal(("vip", "Bo", "Potential"), (row.GetProperty("tags")[0].GetString(), row.GetProperty("owner").GetProperty("name").GetString(), row.GetProperty("stage").GetProperty("name").GetString()));
        foreach (var column in new[] { "balance", "uninvoiced", "latestDelivery" }) Assert.Equal(JsonValueKind.Null, row.GetProperty(column).ValueKind);
    }

    [Theory]
    [Trait("Requirement", "R37")]
    [InlineData("country=SE", "A B")]
    [InlineData("country=se,DK", "A B C")]
    [InlineData("country=SE&stage=lost", "B")]
    [InlineData("stage=lost,active", "A B C")]
    [InlineData("stage=none", "D")]
    [InlineData("stage=none,active", "A D")]
    [InlineData("relation=prospect", "B C")]
    [InlineData("relation.all=customer,prospect", "C")]
    [InlineData("relation.none=customer", "B")]
    [InlineData("industry=c", "A")]
    [InlineData("industry=none", "B C D")]
    [InlineData("city=yst", "A C")]
    [InlineData("city=ystad&city=oslo", "A C D")]
    [InlineData("name=a&country=SE", "A")]
    [InlineData("name=b&name=c", "B C")]
    [InlineData("creditLimit.gt=1000", "B")]
    [InlineData("creditLimit.gte=1000", "A B")]
    [InlineData("creditLimit.lt=1000.01", "A C")]
    [InlineData("creditLimit.lte=1000.01&creditLimit.gt=0", "A B")]
    [InlineData("creditLimit=1000.01", "B")]
    [InlineData("creditLimit=none", "D")]
    [InlineData("employees.gte=10", "A")]
    [InlineData("organisationNumber=5560125790", "A")]
    [InlineData("organisationNumber=556012-5790", "A")]
    [InlineData("number=77", "")]
    [InlineData("latestDelivery.lt=2026-01-01", "")]
    [InlineData("balance.gt=0", "")]
    public async Task Filters_intersect_and_several_values_of_one_are_any_of_them(string query, string names)
    {
        var company = await Filtered.Value;
        Assert.Equal(names, await company.NamesAsync($"partners?{query}"));
    }

    [Theory]
    [Trait("Requirement", "R44")]
    [Trait("Requirement", "R31")]
    [InlineData("tag=vip", "A B")]
    [InlineData("tag=vip,nordic", "A B C")]
    [InlineData("tag.all=vip,nordic", "A")]
    [InlineData("tag.none=vip", "C D")]
    [InlineData("tag.none=vip,nordic", "D")]
    [InlineData("tag=none", "D")]
    [InlineData("tag=none,vip", "A B D")]
    [InlineData("tag=unheard-of", "")]
    public async Task Tags_filter_by_any_all_or_none(string query, string names) => Assert.Equal(names, await (await Filtered.Value).NamesAsync($"partners?{query}"));

    [Fact]
    [Trait("Requirement", "R57")]
    [Trait("Requirement", "R56")]
    public async Task Mine_are_exactly_those_that_the_user_owns_alone_or_with_others()
    {
        var company = await app.CompanyAsync();
        var (me, other) = (await company.AdminIdAsync(), await company.UserAsync("Bo"));
        await company.PartnerAsync("Main", $"\"owner\":\"{me}\"");
        await company.PartnerAsync("Co", $"\"owner\":\"{other}\",\"coOwners\":[\"{me}\"]");
        await company.PartnerAsync("Other", $"\"owner\":\"{other}\"");
        await company.PartnerAsync("Nobody");
        var mine = await company.AdminBrowser.ReadAsync(company.Path("partners?owner=me"));
        Assert.Equal(["Main", "Co"], mine.Body.GetProperty("items").EnumerateArray().Select(p => p.GetProperty("name").GetString()));
        Assert.Equal("Nobody", await company.NamesAsync("partners?owner=none"));
        Assert.Equal("Co Other", await company.NamesAsync($"partners?owner={other}"));
        Assert.Equal("Main Co Nobody", await company.NamesAsync($"partners?owner={me},none"));
        Assert.Equal("", await company.NamesAsync("partners?owner=me"));
        Assert.Equal(HttpStatusCode.OK, (await company.PatchAsync("partners/1002", """{"coOwners":[]}""")).Status);
        Assert.Equal("Main Nobody", await company.NamesAsync($"partners?owner={me},none"));
    }

    [Theory]
    [Trait("Requirement", "R22")]
    [InlineData("q=%25")]
    [InlineData("q=%22%27%3B")]
    [InlineData("name=%25_")]
    [InlineData("city=***")]
    public async Task Words_of_signs_alone_find_nothing_instead_of_everything(string filter)
    {
        var company = await app.CompanyAsync();
        await company.PartnerAsync("Volvo");
        Assert.Equal("", await company.NamesAsync($"partners?{filter}"));
    }

    [Fact]
    [Trait("Requirement", "R58")]
    public async Task A_partner_belongs_to_a_department()
    {
        var company = await app.CompanyAsync();
        await company.PostAsync("departments", new { id = "sales", name = "Sales" });
        await company.PostAsync("departments", new { id = "care", name = "Care" });
        await company.PartnerAsync("S", "\"department\":\"sales\"");
        await company.PartnerAsync("C", "\"department\":\"care\"");
        await company.PartnerAsync("N");
        Assert.Equal(("S", "S C", "N"), (await company.NamesAsync("partners?department=sales"), await company.NamesAsync("partners?department=sales,care"), await company.NamesAsync("partners?department=none")));
        Assert.Equal("S C N", await company.NamesAsync("partners?sort=department"));
    }

    [Theory]
    [Trait("Requirement", "R22")]
    [InlineData("volv", "AB Volvo")]
    [InlineData("VOLVO ab", "")]
    [InlineData("ab volvo", "AB Volvo")]
    [InlineData("1001", "AB Volvo")]
    [InlineData("556012-5790", "AB Volvo")]
    [InlineData("5560125790", "AB Volvo")]
    [InlineData("0125", "AB Volvo")]
    [InlineData("göteborg", "AB Volvo")]
    [InlineData("goteborg", "AB Volvo")]
    [InlineData("eva svens", "AB Volvo")]
    [InlineData("eva@volvo", "AB Volvo")]
    [InlineData("info@", "AB Volvo Ørsted")]
    [InlineData("ørsted", "Ørsted")]
    [InlineData("orsted", "Ørsted")]
    [InlineData("   ", "AB Volvo Ørsted")]
    [InlineData("no such firm", "")]
    [InlineData("vo%vo", "")]
    [InlineData("vol_o", "")]
    public async Task Part_of_a_name_number_organisation_number_city_contact_or_email_finds_the_partner(string text, string names)
    {
        var company = await app.CompanyAsync();
        var number = await company.PartnerAsync("AB Volvo", "\"organisationNumber\":\"556012-5790\",\"email\":\"info@volvo.example\",\"addresses\":{\"visiting\":{\"city\":\"Göteborg\"}}");
        await company.PostAsync($"partners/{number}/contacts", """{"name":"Eva Svensson","email":"eva@volvo.example"}""");
        await company.PartnerAsync("Ørsted", "\"invoicing\":{\"type\":\"emailPdf\",\"email\":\"info@orsted.example\"}");
        Assert.Equal(names, await company.NamesAsync($"partners?q={Uri.EscapeDataString(text)}"));
    }

    [Fact]
    public async Task Branches_are_partners_of_their_own_below_their_parent()
    {
        var company = await app.CompanyAsync();
        var parent = await company.PartnerAsync("Head");
        var branch = await company.PartnerAsync("Branch", $"\"parent\":{parent},\"branchNumber\":\"12\"");
        await company.PartnerAsync("Other");
        Assert.Equal("Branch", await company.NamesAsync($"partners/{parent}/branches"));
        Assert.Equal("Branch", await company.NamesAsync($"partners?parent={parent}"));
        Steps.AssertProblem(await company.PatchAsync($"partners/{parent}", $$"""{"parent":{{branch}}}"""), 422, "partner.parent.cycle");
        Steps.AssertProblem(await company.PatchAsync($"partners/{parent}", $$"""{"parent":{{parent}}}"""), 422, "partner.parent.cycle");
        Steps.AssertProblem(await company.PatchAsync($"partners/{parent}", """{"parent":99}"""), 422, "partner.parent.unknown");
        Steps.AssertProblem(await company.GetAsync("partners/99/branches"), 404, "partner.notFound");
        var other = await app.CompanyAsync();
        for (var i = 0; i < 4; i++) await other.PartnerAsync($"Theirs {i}");
        Steps.AssertProblem(await company.PatchAsync($"partners/{branch}", """{"parent":1004}"""), 422, "partner.parent.unknown");
        await company.PatchAsync($"partners/{branch}", """{"parent":null}""");
        Assert.Equal("", await company.NamesAsync($"partners/{parent}/branches"));
    }

    /// <summary>One company for all the filters.</summary>
    private Lazy<Task<TestCompany>> Filtered => Companies.GetValue(app, a => new(() => FillAsync(a)));

    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<OneApp, Lazy<Task<TestCompany>>> Companies = [];

    private static async Task<TestCompany> FillAsync(OneApp app)
    {
        var company = await app.CompanyAsync();
        await company.TagAsync("vip");
        await company.TagAsync("nordic");
        await company.PostAsync("partners", """{"name":"A","country":"SE","stage":"active","relations":["customer"],"tags":["vip","nordic"],"industry":"c","employees":10,"creditLimit":{"amount":1000},"organisationNumber":"556012-5790","addresses":{"visiting":{"city":"Ystad"}}}""");
        await company.PostAsync("partners", """{"name":"B","country":"SE","stage":"lost","relations":["prospect"],"tags":["vip"],"employees":9,"creditLimit":{"amount":1000.01}}""");
        await company.PostAsync("partners", """{"name":"C","country":"DK","stage":"lost","relations":["customer","prospect"],"tags":["nordic"],"creditLimit":{"amount":0},"addresses":{"postal":{"city":"Ystad"}}}""");
        await company.PostAsync("partners", """{"name":"D","country":"NO","relations":["customer"],"addresses":{"visiting":{"city":"Oslo"}}}""");
        return company;
    }
}
