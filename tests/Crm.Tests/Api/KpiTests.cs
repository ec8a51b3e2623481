using System.Text.Json;
using Crm.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Api;

/// <summary>The figures above the overview, and the filters behind them.</summary>
public sealed class KpiTests(OneApp app)
{
    [Fact]
    [Trait("Requirement", "R116")]
    [Trait("Requirement", "R119")]
    [Trait("Requirement", "R120")]
    public async Task Customers_and_prospects_are_told_by_their_cases()
    {
        var company = await app.CompanyAsync();
        var (none, open, both, won, closed, gone) = (await company.PartnerAsync("None"), await company.PartnerAsync("Open"), await company.PartnerAsync("Both"), await company.PartnerAsync("Won"), await company.PartnerAsync("Closed"), await company.PartnerAsync("Gone"));
        Assert.True(none > 0);
        for (var i = 0; i < 2; i++) await CaseAsync(company, open, ",\"probability\":50,\"value\":{\"amount\":100.01,\"currency\":\"SEK\"}");
        await CaseAsync(company, both, ",\"probability\":10,\"value\":{\"amount\":1000,\"currency\":\"SEK\"}");
        await CaseAsync(company, both, ",\"status\":\"won\"");
        await CaseAsync(company, won, ",\"status\":\"won\"");
        await company.PostAsync($"cases/{await CaseAsync(company, closed, "")}/close");
        await CaseAsync(company, gone, "");
        await company.DeleteAsync($"partners/{gone}");

        var figures = (await company.GetAsync("partners/overview/kpis")).Body;
        Assert.Equal((2, 1), (Count(figures, "activeCustomers"), Count(figures, "prospectsInPipeline")));
        Assert.Equal("Open Both", await company.NamesAsync($"partners?{Filter(figures, "activeCustomers")}"));
        Assert.Equal("Open", await company.NamesAsync($"partners?{Filter(figures, "prospectsInPipeline")}"));
        Assert.Equal("None Won Closed", await company.NamesAsync("partners?openCases=false"));
        Assert.Equal("Both Won", await company.NamesAsync("partners?wonCases=true"));
        var cases = figures.GetProperty("openCases");
        Assert.Equal((4, 1200.02m, 200.02m), (cases.GetProperty("count").GetInt32(), cases.GetProperty("value").GetProperty("amount").GetDecimal(), cases.GetProperty("weighted").GetProperty("amount").GetDecimal()));
    }

    [Fact]
    [Trait("Requirement", "R116")]
    public async Task A_case_without_a_rate_leaves_the_sum_unknown_instead_of_wrong()
    {
        var company = await app.CompanyAsync();
        await CaseAsync(company, await company.PartnerAsync("A"), ",\"value\":{\"amount\":5,\"currency\":\"USD\"}");
        var cases = (await company.GetAsync("partners/overview/kpis")).Body.GetProperty("openCases");
        Assert.Equal((1, JsonValueKind.Null, JsonValueKind.Null), (cases.GetProperty("count").GetInt32(), cases.GetProperty("value").ValueKind, cases.GetProperty("weighted").ValueKind));
    }

    [Theory]
    [InlineData(1000, "SEK", 1000, "SEK", false)]
    [InlineData(1000, "SEK", 1000.01, "SEK", true)]
    [InlineData(0, "SEK", 0.01, "SEK", true)]
    [InlineData(100, "EUR", 1125, "SEK", false)]
    [InlineData(100, "EUR", 1125.05, "SEK", false)]
    [InlineData(100, "EUR", 1125.06, "SEK", true)]
    [InlineData(1125, "SEK", 100, "EUR", false)]
    [InlineData(1124.99, "SEK", 100, "EUR", true)]
    [InlineData(100, "SEK", 1000, "USD", false)]
    [Trait("Requirement", "R27")]
    [Trait("Requirement", "R40")]
    public async Task The_filter_finds_exactly_those_whom_the_warning_names(decimal limit, string of, decimal balance, string inCurrency, bool isOver)
    {
        var company = await app.CompanyAsync();
        await company.PatchAsync("company", """{"rates":{"EUR":11.25}}""");
        var number = await company.PartnerAsync("A", FormattableString.Invariant($"\"creditLimit\":{{\"amount\":{limit},\"currency\":\"{of}\"}}"));
        await company.PartnerAsync("No limit");
        await app.Services.GetRequiredService<IActors>().SendAsync(Call.System(await app.RefAsync(company)), number, new Crm.Partners.SetBalance(new Balance(balance, inCurrency, "test", DateTimeOffset.UnixEpoch)), TestContext.Current.CancellationToken);
        var warned = (await company.GetAsync($"partners/{number}")).Body.GetProperty("warnings").EnumerateArray().Any(w => w.GetProperty("code").GetString() == "credit.limit.exceeded");
        Assert.Equal((isOver, isOver ? "A" : ""), (warned, await company.NamesAsync("partners?overLimit=true")));
        Assert.Equal(isOver ? "No limit" : "A No limit", await company.NamesAsync("partners?overLimit=false"));
        Assert.Equal(isOver ? 1 : 0, Count((await company.GetAsync("partners/overview/kpis")).Body, "overLimit"));
    }

    [Fact]
    public async Task The_filter_follows_the_companys_policy_as_soon_as_that_changes()
    {
        var company = await app.CompanyAsync();
        var number = await company.PartnerAsync("A", "\"creditLimit\":{\"amount\":1000,\"currency\":\"SEK\"}");
        await app.Services.GetRequiredService<IActors>().SendAsync(Call.System(await app.RefAsync(company)), number, new Crm.Partners.SetBalance(new Balance(1100, "SEK", "test", DateTimeOffset.UnixEpoch)), TestContext.Current.CancellationToken);
        Assert.Equal("A", await company.NamesAsync("partners?overLimit=true"));
        await company.PatchAsync("company", """{"credit":{"marginPercent":10}}""");
        Assert.Equal("", await company.NamesAsync("partners?overLimit=true"));
        await company.PatchAsync("company", """{"credit":{"marginPercent":9.99,"counts":"balanceAndUninvoiced"}}""");
        Assert.Equal("A", await company.NamesAsync("partners?overLimit=true"));
    }

    [Fact]
    [Trait("Requirement", "R24")]
    public async Task Stages_are_counted_under_the_filters()
    {
        var company = await app.CompanyAsync();
        await company.PartnerAsync("A", "\"stage\":\"active\"");
        await company.PartnerAsync("B", "\"stage\":\"active\",\"country\":\"DK\"");
        await company.PartnerAsync("C", "\"stage\":\"lost\"");
        await company.PartnerAsync("D");
        async Task<string> CountsAsync(string query) => string.Join(' ', (await company.GetAsync($"partners/stages{query}")).Body.GetProperty("items").EnumerateArray().Select(s => $"{s.GetProperty("stage").GetString() ?? "none"}:{s.GetProperty("count")}").Order(StringComparer.Ordinal));
        Assert.Equal("active:2 lost:1 none:1", await CountsAsync(""));
        Assert.Equal("active:1", await CountsAsync("?country=DK"));
        Steps.AssertProblem(await company.GetAsync("partners/stages?colour=red"), 400, "filter.unknown");
    }

    [Theory]
    [InlineData("partners?stage=any", "A")]
    [InlineData("partners?tag=any", "B")]
    [InlineData("partners?creditLimit=any", "")]
    [InlineData("partners?owner=any", "")]
    public async Task Any_finds_the_rows_that_have_a_value(string query, string names)
    {
        var company = await app.CompanyAsync();
        await company.TagAsync("vip");
        await company.PartnerAsync("A", "\"stage\":\"active\"");
        await company.PartnerAsync("B", "\"tags\":[\"vip\"]");
        Assert.Equal(names, await company.NamesAsync(query));
    }

    [Theory]
    [InlineData("openCases=perhaps", "filter.value")]
    [InlineData("openCases=true,false", "filter.value")]
    [InlineData("overLimit.gt=true", "filter.operator")]
    [InlineData("sort=openCases", "sort.unknown")]
    public async Task A_question_is_answered_by_true_or_false_alone(string query, string code) => Steps.AssertProblem(await (await app.CompanyAsync()).GetAsync($"partners?{query}"), 400, code);

    [Theory]
    [InlineData("name")]
    [InlineData("-name")]
    [InlineData("stage")]
    [InlineData("-creditLimit,name")]
    public async Task An_answer_can_begin_at_any_row_of_the_order(string sort)
    {
        var company = await app.CompanyAsync();
        for (var i = 0; i < 9; i++) await company.PartnerAsync($"P{i}", i % 3 == 0 ? "\"stage\":\"lost\"" : i % 3 == 1 ? "\"stage\":\"active\",\"creditLimit\":{\"amount\":5}" : "");
        var all = (await company.NamesAsync($"partners?sort={sort}")).Split(' ');
        for (var from = 0; from < 11; from++) Assert.Equal(string.Join(' ', all.Skip(from).Take(2)), await company.NamesAsync($"partners?sort={sort}&from={from}&limit=2"));
        var page = await company.GetAsync($"partners?sort={sort}&from=3&limit=2");
        Assert.Equal(string.Join(' ', all.Skip(5)), await company.NamesAsync($"partners?sort={sort}&cursor={page.Text("next")}"));
        Steps.AssertProblem(await company.GetAsync($"partners?sort={sort}&from=1&cursor={page.Text("next")}"), 400, "filter.value");
    }

    [Fact]
    [Trait("Requirement", "R116")]
    public async Task Figures_about_cases_need_the_right_to_read_cases()
    {
        var company = await app.CompanyAsync();
        await CaseAsync(company, await company.PartnerAsync("A"), ",\"value\":{\"amount\":5}");
        var key = (await company.AdminBrowser.CallAsync(HttpMethod.Post, company.Path("api-keys"), new { name = "narrow", role = "seller", scopes = Narrow })).Text("token")!;
        var narrow = app.App.With(key);
        // Nor is it told by filters and counts in the list.
        foreach (var question in new[] { "openCases", "wonCases" }) Assert.Equal("filter.unknown", (await narrow.ReadAsync(company.Path($"partners?{question}=true"))).Code);
        foreach (var (client, count) in new[] { (narrow, JsonValueKind.Null), (company.Reader, JsonValueKind.Number) })
        {
            Assert.Equal(count, (await client.ReadAsync(company.Path("partners"))).Body.GetProperty("items")[0].GetProperty("counts").GetProperty("openCases").ValueKind);
            Assert.Equal(count, (await client.ReadAsync(company.Path("partners/1001"))).Body.GetProperty("counts").GetProperty("openCases").ValueKind);
        }
        var figures = (await narrow.ReadAsync(company.Path("partners/overview/kpis"))).Body;
        Assert.All(["activeCustomers", "prospectsInPipeline", "openCases"], name => Assert.Equal(JsonValueKind.Null, figures.GetProperty(name).ValueKind));
        Assert.Equal(0, Count(figures, "overLimit"));
        Assert.Equal(1, Count((await company.GetAsync("partners/overview/kpis")).Body, "activeCustomers"));
    }

    [Theory]
    [InlineData("name")]
    [InlineData("-stage,name")]
    [InlineData("-creditLimit")]
    public async Task So_it_can_far_down_a_long_list_and_the_rows_are_those_that_walking_gives(string sort)
    {
        var company = await app.CompanyAsync();
        await company.ImportAsync("Name;Country;Stage;Credit limit;Currency\n" + string.Concat(Enumerable.Range(0, 1_300).Select(i => $"Firm {i % 70};SE;{(i % 3 == 0 ? "" : i % 3 == 1 ? "lost" : "active")};{(i % 4 == 0 ? "" : $"{i % 5}")};SEK\n")));
        List<long> walked = [];
        for (string? cursor = "", next = null; cursor is not null; cursor = next is null ? null : $"&cursor={next}")
        {
            var page = (await company.GetAsync($"partners?sort={sort}&limit=500{cursor}")).Body;
            walked.AddRange(Numbers(page));
            next = page.GetProperty("next").GetString();
        }
        Assert.Equal(1_300, walked.Distinct().Count());
        foreach (var from in new[] { 0, 431, 866, 999, 1_000, 1_001, 1_157, 1_298, 1_300 })
            Assert.Equal(walked.Skip(from).Take(7), Numbers((await company.GetAsync($"partners?sort={sort}&from={from}&limit=7")).Body));
    }

    private static readonly string[] Narrow = ["partners:read"];

    private static IEnumerable<long> Numbers(JsonElement page) => page.GetProperty("items").EnumerateArray().Select(p => p.GetProperty("number").GetInt64());

    private static async Task<long> CaseAsync(TestCompany company, long partner, string more)
    {
        var made = await company.PostAsync("cases", $$"""{"title":"T","partner":{{partner}}{{more}}}""");
        Assert.True(made.Status == System.Net.HttpStatusCode.Created, made.Body.ToString());
        return made.Body.GetProperty("number").GetInt64();
    }

    private static int Count(JsonElement figures, string name) => figures.GetProperty(name).GetProperty("count").GetInt32();

    private static string Filter(JsonElement figures, string name) => figures.GetProperty(name).GetProperty("filter").GetString()!;
}
