using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Host.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Api;

/// <summary>The timeline of a partner and the events of a company.</summary>
public sealed class HistoryTests(OneApp app)
{
    [Fact]
    [Trait("Requirement", "R123")]
    public async Task A_partner_goes_from_prospect_to_active_to_lost_and_back_and_the_timeline_tells_who_when_from_and_to()
    {
        var company = await app.CompanyAsync();
        var number = await company.PartnerAsync("Volvo", "\"stage\":\"prospect\"");
        foreach (var stage in new[] { "active", "lost", "active" })
            await company.AdminBrowser.CallAsync(HttpMethod.Patch, company.Path($"partners/{number}"), $$"""{"stage":"{{stage}}"}""");
        var items = (await company.GetAsync($"partners/{number}/timeline")).Body.GetProperty("items").EnumerateArray().ToArray();
        Assert.Equal(["partner.stageSet", "partner.stageSet", "partner.stageSet", "partner.created"], items.Select(i => i.GetProperty("fact").GetString()));
        Assert.Equal(["lost>active", "active>lost", "prospect>active"], items.Take(3).Select(i => $"{i.GetProperty("before").GetProperty("stage").GetString()}>{i.GetProperty("after").GetProperty("stage").GetString()}"));
        Assert.All(items.Take(3), i => Assert.Equal($"Admin {company.Slug}", i.GetProperty("by").GetProperty("name").GetString()));
        Assert.Equal((JsonValueKind.Null, "key:1"), (items[3].GetProperty("by").ValueKind, items[3].GetProperty("caller").GetString()));
        Assert.Equal(items.Select(i => i.GetProperty("at").GetDateTimeOffset()).OrderDescending(), items.Select(i => i.GetProperty("at").GetDateTimeOffset()));
    }

    [Fact]
    public async Task A_timeline_has_pages_and_outlives_deletion()
    {
        var company = await app.CompanyAsync();
        var number = await company.PartnerAsync("Volvo");
        for (var i = 1; i <= 5; i++) await company.PatchAsync($"partners/{number}", $$"""{"employees":{{i}}}""");
        await company.DeleteAsync($"partners/{number}");
        List<string?> facts = [];
        string? before = null;
        do
        {
            var page = (await company.GetAsync($"partners/{number}/timeline?limit=3{(before is null ? "" : $"&before={before}")}")).Body;
            facts.AddRange(page.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("fact").GetString()));
            before = page.GetProperty("next").GetString();
        }
        while (before is not null);
        Assert.Equal(["partner.deleted", .. Enumerable.Repeat("partner.changed", 5), "partner.created"], facts);
        Steps.AssertProblem(await company.GetAsync($"partners/{number}/timeline?limit=0"), 400, "filter.value");
        Steps.AssertProblem(await company.GetAsync($"partners/{number}/timeline?limit=x"), 400);
        Steps.AssertProblem(await company.GetAsync("partners/999/timeline"), 404, "partner.notFound");
    }

    [Fact]
    public async Task Events_are_gap_free_in_order_and_chained_so_that_a_follower_can_check_them()
    {
        var company = await app.CompanyAsync();
        var id = await app.RefAsync(company);
        var number = await company.PartnerAsync("Åkers & <Söner> \"AB\" 😀", "\"creditLimit\":{\"amount\":1000.50},\"stage\":\"lost\"");
        await company.PatchAsync($"partners/{number}", """{"stage":null,"addresses":{"visiting":{"city":"Ystad"}}}""");
        await company.PostAsync($"partners/{number}/contacts", """{"name":"Eva\nB"}""");
        await company.ImportAsync("Name;Country;Tags\nNew AB;SE;fresh\n");
        await company.DeleteAsync($"partners/{number}");
        var (hash, seq, after) = (JournalEntry.FirstHash, 0L, (string?)"0");
        do
        {
            var page = (await company.GetAsync($"events?after={after}&limit=4")).Body;
            foreach (var e in page.GetProperty("items").EnumerateArray())
            {
                Assert.Equal(++seq, e.GetProperty("seq").GetInt64());
                var change = $"{{\"before\":{e.GetProperty("before").GetRawText()},\"after\":{e.GetProperty("after").GetRawText()}}}";
                hash = JournalEntry.HashOf(hash, id.Id, seq, e.GetProperty("at").GetDateTimeOffset(), e.GetProperty("caller").GetString()!, e.GetProperty("operation").ValueKind == JsonValueKind.Null ? null : e.GetProperty("operation").GetInt64(),
                    e.GetProperty("kind").GetString()!, e.GetProperty("number").GetInt64(), e.GetProperty("version").GetInt64(), e.GetProperty("fact").GetString()!, change);
                Assert.Equal(Convert.ToHexStringLower(hash), e.GetProperty("hash").GetString());
            }
            after = page.GetProperty("next").GetString();
        }
        while (after is not null);
        Assert.Equal(await app.JournalEndAsync(company), seq);
    }

    [Fact]
    public async Task Replaying_the_events_gives_every_document_of_the_company()
    {
        var company = await app.CompanyAsync();
        var number = await company.PartnerAsync("Volvo", "\"stage\":\"lost\"");
        await company.PatchAsync($"partners/{number}", """{"stage":null,"phone":"1","invoicing":{"type":"paper"}}""");
        await company.PostAsync("tags", """{"key":"vip","name":"VIP"}""");
        await company.PatchAsync($"partners/{number}", """{"tags":["vip"],"phone":null}""");
        await company.ImportAsync("Name;Country\nNew AB;SE\n");
        Dictionary<(string, long), JsonObject> documents = [];
        foreach (var e in (await company.GetAsync("events?limit=1000")).Body.GetProperty("items").EnumerateArray())
        {
            var key = (e.GetProperty("kind").GetString()!, e.GetProperty("number").GetInt64());
            if (!documents.TryGetValue(key, out var document)) documents[key] = document = [];
            Documents.Replay(document, e.GetProperty("after"));
        }
        Dictionary<string, string> tables = new() { ["partner"] = "partners", ["partnerSettings"] = "partner_settings", ["companyProfile"] = "company_profiles", ["operation"] = "operations", ["apiKey"] = "api_keys", ["invitation"] = "invitations" };
        var database = app.Services.GetRequiredService<IDatabase>();
        foreach (var ((kind, entity), replayed) in documents)
        {
            var stored = await database.QueryAsync(await app.RefAsync(company), $"select doc from {tables[kind]} where company = @company and number = @number", [new("number", entity)], row => row.GetString(0), TestContext.Current.CancellationToken);
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(stored.Single()), replayed), $"{kind} {entity}: {stored[0]} is not {replayed.ToJsonString()}");
        }
        Assert.Contains(("partner", number), documents.Keys);
    }

    [Fact]
    public async Task Limits_of_the_feed_are_checked()
    {
        var company = await app.CompanyAsync();
        foreach (var query in new[] { "after=-1", "limit=0", "limit=1001", "limit=x", "after=x", "after=99999999999999999999" }) Steps.AssertProblem(await company.GetAsync($"events?{query}"), 400);
        var end = await app.JournalEndAsync(company);
        var last = (await company.GetAsync($"events?after={end}")).Body;
        Assert.Equal((0, JsonValueKind.Null), (last.GetProperty("items").GetArrayLength(), last.GetProperty("next").ValueKind));
        Assert.Equal(HttpStatusCode.OK, (await company.Reader.ReadAsync(company.Path("events"))).Status);
    }
}
