using System.Globalization;
using System.Net;
using System.Text.Json;
using Crm.Tests.Api;

namespace Crm.Tests.Cases;

/// <summary>Lists of cases, what they add up to, and the companies' statuses and reasons.</summary>
public sealed class CaseListTests(OneApp app)
{
    [Fact]
    [Trait("Requirement", "R95")]
    [Trait("Requirement", "R99")]
    public async Task Every_sort_has_its_empty_values_last_both_ways()
    {
        var company = await app.CompanyAsync();
        var partner = await company.PartnerAsync("Volvo");
        await company.CaseAsync(partner, "\"followUp\":\"2026-02-01\",\"expectedClose\":\"2026-01-01\",\"value\":{\"amount\":5},\"probability\":90", "A");
        await company.CaseAsync(partner, "\"followUp\":\"2026-01-01\",\"status\":\"lost\"", "B");
        await company.CaseAsync(partner, "\"expectedClose\":\"2026-02-01\",\"status\":\"quoteSent\",\"value\":{\"amount\":7}", "Å");
        await company.PatchAsync("cases/1", """{"status":"quoteMissing"}""");
        foreach (var (sort, titles) in new[]
        {
            ("followUp", "B A Å"), ("-followUp", "A B Å"), ("expectedClose", "A Å B"), ("-expectedClose", "Å A B"), ("createdAt", "A B Å"), ("-createdAt", "Å B A"), ("statusChangedAt", "B Å A"), ("-statusChangedAt", "A Å B"),
            ("status", "A Å B"), ("-status", "B Å A"), ("value", "A Å B"), ("-value", "Å A B"), ("probability", "B Å A"), ("-title", "Å B A"), ("partner,-number", "Å B A"), ("weighted", "Å A B"),
        })
            Assert.Equal((sort, titles), (sort, await company.TitlesAsync($"cases?sort={sort}")));
        Assert.Equal("Å B A", await company.TitlesAsync("cases"));
        Steps.AssertProblem(await company.GetAsync("cases?sort=color"), 400, "sort.unknown");
    }

    [Fact]
    public async Task Filters_find_by_every_field_and_by_words_without_accents()
    {
        var company = await app.CompanyAsync();
        var partner = await company.PartnerAsync("Volvo");
        var me = await company.AdminIdAsync();
        await company.CaseAsync(partner, $"\"owner\":\"{me}\",\"followUp\":\"2026-02-01\",\"value\":{{\"amount\":5,\"currency\":\"EUR\"}}", "Tjänst");
        await company.CaseAsync(partner, "\"status\":\"lost\",\"lostReason\":{\"key\":\"price\"}", "Lager");
        foreach (var (query, titles) in new[]
        {
            ("q=tjanst", "Tjänst"), ("q=2", "Lager"), ("title=lag", "Lager"), ("status=lost,won", "Lager"), ("kind=open", "Tjänst"), ("currency=EUR", "Tjänst"), ("lostReason=price", "Lager"), ($"owner={me}", "Tjänst"), ("owner=none", "Lager"),
            ("followUp.lt=2026-02-02", "Tjänst"), ("followUp=none", "Lager"), ("closed=true", ""), ("value.gte=5", "Tjänst"), ("createdAt.gte=2020-01-01", "Lager Tjänst"), ("createdAt.lt=2020-01-01T00:00:00Z", ""), ("statusChangedAt.lte=2199-12-31", "Lager Tjänst"),
            ($"partner={partner}", "Lager Tjänst"), ("partner=1", ""), ("q=%25", ""),
        })
            Assert.Equal((query, titles), (query, await company.TitlesAsync($"cases?{query}")));
        Assert.Equal("Tjänst", string.Join(' ', (await company.AdminBrowser.ReadAsync(company.Path("cases?owner=me"))).Body.GetProperty("items").EnumerateArray().Select(c => c.GetProperty("title").GetString())));
        foreach (var (query, code) in new[] { ("color=red", "filter.unknown"), ("createdAt=2026-01-01", "filter.operator"), ("createdAt.gt=yesterday", "filter.value"), ("createdAt.gt=0001-01-01", "filter.value"), ("followUp.gt=2026-02-30", "filter.value"), ("closed=perhaps", "filter.value"), ("order=5", "filter.unknown") })
        {
            Steps.AssertProblem(await company.GetAsync($"cases?{query}"), 400, code);
            Steps.AssertProblem(await company.GetAsync($"cases/summary?{query}"), 400, code);
        }
    }

    [Fact]
    public async Task Pages_of_a_thousand_and_more_cases_follow_every_index_without_a_gap()
    {
        var company = await app.CompanyAsync();
        var partner = await company.PartnerAsync("Volvo");
        await Task.WhenAll(Enumerable.Range(0, 1_050).Select(i => company.CaseAsync(partner, i % 3 == 0 ? $"\"followUp\":\"2026-01-{1 + (i % 28):00}\"" : "")));
        foreach (var sort in new[] { "followUp", "-createdAt", "statusChangedAt", "status,title" })
        {
            List<long> seen = [];
            string? next = null;
            do
            {
                var page = (await company.GetAsync($"cases?limit=500&createdAt.gte=2020-01-01&sort={sort}{(next is null ? "" : $"&cursor={next}")}")).Body;
                seen.AddRange(page.GetProperty("items").EnumerateArray().Select(c => c.GetProperty("number").GetInt64()));
                next = page.GetProperty("next").GetString();
            }
            while (next is not null);
            Assert.Equal((1_050, 1_050), (seen.Count, seen.Distinct().Count()));
        }
    }

    [Fact]
    [Trait("Requirement", "R86")]
    [Trait("Requirement", "R96")]
    [Trait("Requirement", "R97")]
    public async Task Sums_are_the_sums_of_the_rows_by_currency_and_every_slice_has_as_many_rows_as_it_says()
    {
        var company = await app.CompanyAsync();
        var partners = new[] { await company.PartnerAsync("Volvo"), await company.PartnerAsync("Scania") };
        var random = new Random(7);
        string[] statuses = ["new", "quoteMissing", "quoteSent", "negotiation", "won", "lost"], currencies = ["SEK", "EUR", "ISK"];
        for (var i = 0; i < 120; i++)
        {
            var (status, currency) = (statuses[random.Next(6)], currencies[random.Next(3)]);
            var value = random.Next(5) == 0 ? "null" : $"{{\"amount\":{(currency == "ISK" ? random.Next(100_000) : random.Next(10_000_000) / 100m).ToString(CultureInfo.InvariantCulture)},\"currency\":\"{currency}\"}}";
            var number = await company.CaseAsync(partners[i % 2], $"\"status\":\"{status}\",\"value\":{value}{(status is "won" or "lost" ? "" : $",\"probability\":{random.Next(101)}")},\"followUp\":{(i % 3 == 0 ? "null" : $"\"{DateTimeOffset.UnixEpoch.AddDays(random.Next(40_000)):yyyy-MM-dd}\"")}");
            if (i % 11 == 0) await company.PostAsync($"cases/{number}/close");
            if (i % 13 == 0) await company.DeleteAsync($"cases/{number}");
        }
        foreach (var filter in new[] { "", $"partner={partners[0]}", "kind=open&closed=false", "status=won,lost", "deleted=true", "value.gt=5000&currency=EUR,ISK", "q=nothing" })
        {
            var rows = (await company.GetAsync($"cases?limit=500&{filter}")).Body.GetProperty("items").EnumerateArray().ToArray();
            var summary = (await company.GetAsync($"cases/summary?{filter}")).Body;
            Assert.Equal(rows.Length, summary.GetProperty("count").GetInt32());
            Assert.Equal(Sums(rows), Totals(summary));
            foreach (var slice in summary.GetProperty("byStatus").EnumerateArray())
            {
                var mine = rows.Where(r => r.Key("status") == slice.GetProperty("key").GetString()).ToArray();
                Assert.Equal((mine.Length, Sums(mine)), (slice.GetProperty("count").GetInt32(), Totals(slice)));
            }
            Assert.Equal(statuses, summary.GetProperty("byStatus").EnumerateArray().Select(s => s.GetProperty("key").GetString()));
            var working = rows.Count(r => !r.GetProperty("closed").GetBoolean() && r.GetProperty("status").GetProperty("kind").GetString() == "open");
            foreach (var dates in new[] { "byFollowUp", "byExpectedClose" })
            {
                Assert.Equal(["overdue", "today", "next7Days", "later", "none"], summary.GetProperty(dates).EnumerateArray().Select(b => b.GetProperty("bucket").GetString()));
                Assert.Equal(working, summary.GetProperty(dates).EnumerateArray().Sum(b => b.GetProperty("count").GetInt32()));
            }
            Assert.Equal(rows.Count(r => r.GetProperty("overdue").GetProperty("followUp").GetBoolean()), summary.GetProperty("byFollowUp")[0].GetProperty("count").GetInt32());
        }

        static string Totals(JsonElement of) => string.Join(' ', of.GetProperty("totals").EnumerateArray().Select(t => FormattableString.Invariant($"{t.GetProperty("currency").GetString()} {t.GetProperty("value").GetDecimal():0.00} {t.GetProperty("weighted").GetDecimal():0.00}")));
        static string Sums(IEnumerable<JsonElement> rows) => string.Join(' ', rows.Where(r => r.GetProperty("value").ValueKind != JsonValueKind.Null).GroupBy(r => r.GetProperty("value").GetProperty("currency").GetString()).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => FormattableString.Invariant($"{g.Key} {g.Sum(r => r.GetProperty("value").GetProperty("amount").GetDecimal()):0.00} {g.Sum(r => r.GetProperty("weighted").GetProperty("amount").GetDecimal()):0.00}")));
    }

    [Fact]
    public async Task The_largest_values_add_up()
    {
        var company = await app.CompanyAsync();
        var partner = await company.PartnerAsync("Volvo");
        for (var i = 0; i < 3; i++) await company.CaseAsync(partner, "\"status\":\"won\",\"value\":{\"amount\":99999999999.99}");
        var total = (await company.GetAsync("cases/summary")).Body.GetProperty("totals")[0];
        Assert.Equal((299_999_999_999.97m, 299_999_999_999.97m), (total.GetProperty("value").GetDecimal(), total.GetProperty("weighted").GetDecimal()));
    }

    [Fact]
    [Trait("Requirement", "R88")]
    [Trait("Requirement", "R89")]
    public async Task A_company_makes_renames_translates_orders_disables_and_removes_its_statuses()
    {
        var company = await app.CompanyAsync();
        var made = await company.PostAsync("case-statuses", """{"key":"demo","name":"Demo","names":{"da":"Fremvisning"},"probability":60,"position":2}""");
        Assert.Equal((HttpStatusCode.Created, $"/api/v1/{company.Slug}/case-statuses/demo"), (made.Status, made.Message.Headers.Location?.ToString()));
        var number = await company.CaseAsync(await company.PartnerAsync("Volvo"), "\"status\":\"demo\"");
        Assert.Equal(60, (await company.ReadCaseAsync(number)).GetProperty("probability").GetInt32());
        Assert.Equal("new 0, demo 1, quoteMissing 0, quoteSent 0, negotiation 0, won 0, lost 0", await ListAsync(company, "case-statuses"));
        await company.PatchAsync("case-statuses/demo", """{"name":"Shown","position":1}""");
        Assert.Equal("Shown", (await company.ReadCaseAsync(number)).GetProperty("status").GetProperty("name").GetString());
        Assert.StartsWith("demo 1, new 0", await ListAsync(company, "case-statuses"), StringComparison.Ordinal);
        Steps.AssertProblem(await company.DeleteAsync("case-statuses/demo"), 409, "caseStatus.used");
        await company.DeleteAsync($"cases/{number}");
        Steps.AssertProblem(await company.DeleteAsync("case-statuses/demo"), 409, "caseStatus.used");
        await company.PostAsync($"cases/{number}/restore");
        await company.PatchAsync("case-statuses/demo", """{"disabled":true}""");
        Assert.Equal(HttpStatusCode.OK, (await company.PatchAsync($"cases/{number}", """{"title":"Still"}""")).Status);
        Steps.AssertProblem(await company.PostAsync("cases", """{"title":"T","partner":1001,"status":"demo"}"""), 422, "case.status.unknown");
        await company.PatchAsync($"cases/{number}", """{"status":"new"}""");
        Assert.Equal(HttpStatusCode.OK, (await company.DeleteAsync("case-statuses/demo")).Status);
        Steps.AssertProblem(await company.DeleteAsync("case-statuses/demo"), 404, "caseStatus.notFound");
        Assert.DoesNotContain("demo", await ListAsync(company, "case-statuses"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Created, (await company.PostAsync("case-statuses", """{"key":"demo","name":"Again"}""")).Status);
        foreach (var key in new[] { "won", "lost" }) Steps.AssertProblem(await company.DeleteAsync($"case-statuses/{key}"), 409, "caseStatus.fixed");
        Steps.AssertProblem(await company.PatchAsync("case-statuses/won", """{"disabled":true}"""), 409, "caseStatus.fixed");
        Assert.Equal("Vundet", (await company.PatchAsync("case-statuses/won", """{"name":"Vundet"}""")).Text("name"));
        Steps.AssertProblem(await company.PatchAsync("case-statuses/won", """{"name":"X"}""", ("If-Match", "\"77\"")), 412, "version.stale");
        Steps.AssertProblem(await company.PatchAsync("case-statuses/new", """{"names":{"sv":null}}"""), 400, "request.null");
    }

    [Fact]
    public async Task A_company_keeps_its_own_lost_reasons()
    {
        var company = await app.CompanyAsync();
        await company.PostAsync("lost-reasons", """{"key":"weather","name":"Weather","position":1}""");
        var number = await company.CaseAsync(await company.PartnerAsync("Volvo"), "\"status\":\"lost\",\"lostReason\":{\"key\":\"weather\"}");
        Assert.StartsWith("weather 1, price 0", await ListAsync(company, "lost-reasons"), StringComparison.Ordinal);
        await company.PatchAsync("lost-reasons/weather", """{"name":"Rain","names":{"sv":"Regn"}}""");
        Assert.Equal(HttpStatusCode.OK, (await company.DeleteAsync("lost-reasons/weather")).Status);
        Assert.Equal("Rain", (await company.ReadCaseAsync(number)).GetProperty("lostReason").GetProperty("name").GetString());
        foreach (var reason in new[] { "weather", "other" })
        {
            await company.PatchAsync("lost-reasons/other", """{"disabled":true}""");
            Steps.AssertProblem(await company.PostAsync("cases", $$$"""{"title":"T","partner":1001,"status":"lost","lostReason":{"key":"{{{reason}}}"}}"""), 422, "case.lostReason.unknown");
        }
        Steps.AssertProblem(await company.PostAsync("lost-reasons", """{"key":"price","name":"Price"}"""), 409, "lostReason.exists");
        Steps.AssertProblem(await company.DeleteAsync("lost-reasons/none-such"), 404, "lostReason.notFound");
        var item = (await company.GetAsync("lost-reasons")).Body.GetProperty("items")[0];
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (item.GetProperty("kind").ValueKind, item.GetProperty("probability").ValueKind));
    }

    private static async Task<string> ListAsync(TestCompany company, string path) =>
        string.Join(", ", (await company.GetAsync(path)).Body.GetProperty("items").EnumerateArray().Select(s => $"{s.GetProperty("key").GetString()} {s.GetProperty("count").GetInt64()}"));
}
