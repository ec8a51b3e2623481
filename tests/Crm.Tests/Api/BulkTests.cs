using System.Net;
using System.Text.Json;

namespace Crm.Tests.Api;

public sealed class BulkTests(OneApp app)
{
    [Fact]
    [Trait("Requirement", "R38")]
    [Trait("Requirement", "R39")]
    public async Task A_stage_is_set_on_exactly_the_named_ones_and_the_result_says_how_many_and_why_not()
    {
        var company = await app.CompanyAsync();
        var numbers = await company.PartnersAsync(6);
        await company.DeleteAsync($"partners/{numbers[2]}");
        await company.PatchAsync($"partners/{numbers[3]}", """{"stage":"lost"}""");
        var before = await company.StatesAsync();
        var done = await company.DoneAsync("partner.setStage", new { stage = "lost" }, new { numbers = new[] { numbers[0], numbers[2], numbers[3], numbers[0], 4711 } });
        Assert.Equal(("done", 1, 2), Bulk.Result(done));
        Assert.Equal((4, 4), (done.GetProperty("progress").GetProperty("done").GetInt32(), done.GetProperty("progress").GetProperty("total").GetInt32()));
        Assert.Equal([(numbers[2], "partner.deleted"), (4711, "partner.notFound")], done.GetProperty("skipped").EnumerateArray().Select(s => (s.GetProperty("number").GetInt64(), s.GetProperty("code").GetString()!)));
        Assert.Equal((null, 4, "lost", "work"), (done.GetProperty("target").GetProperty("filter").GetString(), done.GetProperty("target").GetProperty("count").GetInt32(), done.GetProperty("set").GetProperty("stage").GetString(), done.GetProperty("run").GetString()));
        var after = await company.StatesAsync();
        Assert.Equal([numbers[0]], after.Where(s => before[s.Key] != s.Value).Select(s => s.Key));
        Assert.Contains("\"lost\"", after[numbers[0]], StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Requirement", "R121")]
    [InlineData("setStage", """{"stage":null}""", """{"stage":null}""")]
    [InlineData("setOwner", """{"owner":"{user}"}""", """{"owner":"{user}"}""")]
    [InlineData("setIndustry", """{"industry":null}""", """{"industry":null}""")]
    [InlineData("setDepartment", """{"department":"sales"}""", """{"department":"sales"}""")]
    [InlineData("setCreditLimit", """{"creditLimit":{"amount":5000,"currency":"DKK"}}""", """{"creditLimit":{"amount":5000,"currency":"DKK"}}""")]
    [InlineData("setTags", """{"tags":["two"]}""", """{"tags":["two"]}""")]
    [InlineData("addTags", """{"tags":["one","two"]}""", """{"tags":["one","two"]}""")]
    [InlineData("removeTags", """{"tags":["one"]}""", """{"tags":[]}""")]
    [InlineData("update", """{"stage":"lost","department":"sales","tags":["two"]}""", """{"stage":"lost","department":"sales","tags":["two"]}""")]
    public async Task Every_action_changes_what_a_patch_of_the_same_would(string action, string set, string patch)
    {
        var company = await app.CompanyAsync();
        var user = await company.UserAsync("Bo");
        await company.PostAsync("departments", new { id = "sales", name = "Sales" });
        await company.TagAsync("one");
        await company.TagAsync("two");
        long[] numbers = [await company.PartnerAsync("A", "\"tags\":[\"one\"],\"stage\":\"active\",\"creditLimit\":{\"amount\":1,\"currency\":\"SEK\"}"), await company.PartnerAsync("A", "\"tags\":[\"one\"],\"stage\":\"active\",\"creditLimit\":{\"amount\":1,\"currency\":\"SEK\"}")];
        using var json = JsonDocument.Parse(set.Replace("{user}", user, StringComparison.Ordinal));
        var done = await company.DoneAsync($"partner.{action}", json.RootElement, new { numbers = new[] { numbers[0] } });
        Assert.Equal(0, done.GetProperty("skippedCount").GetInt32());
        await company.PatchAsync($"partners/{numbers[1]}", patch.Replace("{user}", user, StringComparison.Ordinal));
        var states = await company.StatesAsync();
        Assert.Equal(states[numbers[1]].Replace($"{numbers[1]}", $"{numbers[0]}", StringComparison.Ordinal), states[numbers[0]]);
    }

    [Fact]
    public async Task Many_are_deleted_and_restored_by_filter()
    {
        var company = await app.CompanyAsync();
        await company.PartnersAsync(5, "lost");
        var kept = await company.PartnerAsync("Kept");
        Assert.Equal(("done", 5, 0), Bulk.Result(await company.DoneAsync("partner.delete", null, new { filter = "stage=lost" })));
        Assert.Equal("Kept", await company.NamesAsync("partners"));
        Assert.Equal(("done", 5, 0), Bulk.Result(await company.DoneAsync("partner.restore", new { }, new { filter = "deleted=true&stage=lost" })));
        Assert.Equal(6, (await company.GetAsync("partners")).Body.GetProperty("count").GetInt32());
        Assert.Equal(1, (await company.GetAsync($"partners/{kept}")).Body.GetProperty("version").GetInt32());
    }

    [Theory]
    [InlineData("name=O'Brien", 1)]
    [InlineData("name=100%25", 1)]
    [InlineData("name=_", 1)]
    [InlineData("name=%25", 1)]
    [InlineData("name=*", 0)]
    [InlineData("name=' or '1'='1", 0)]
    [InlineData("q=%25", 0)]
    [InlineData("q=' or 1=1 --", 0)]
    [InlineData("stage=' or 1=1 --", 0)]
    [InlineData("country=SE' or 'a'='a", 0)]
    [InlineData("tag=%25", 0)]
    [InlineData("owner=me", 0)]
    [InlineData("number=1001;delete from partners", 400)]
    [InlineData("1 or 1=1", 400)]
    [InlineData("nosuch=1", 400)]
    [InlineData("stage=active&nosuch=1", 400)]
    [InlineData("stage", 400)]
    [InlineData("stage=", 400)]
    [InlineData("q=", 400)]
    [InlineData("q=%20", 400)]
    [InlineData("country=SE&q=", 400)]
    [InlineData("sort=name", 400)]
    [InlineData("country=SE&limit=1", 400)]
    [InlineData("country=SE&cursor=x", 400)]
    [InlineData("country=SE&count=exact", 400)]
    [InlineData("deleted=maybe", 400)]
    [InlineData("balance.gt=none", 400)]
    [InlineData("=", 400)]
    [InlineData("", 422)]
    [InlineData("?", 422)]
    [InlineData("&&", 422)]
    public async Task A_hostile_filter_finds_what_the_list_finds_or_is_refused_and_never_widens(string filter, int expected)
    {
        var company = await app.CompanyAsync();
        foreach (var name in new[] { "O'Brien", "100% Bio", "under_score", "Plain" }) await company.PartnerAsync(name, "\"stage\":\"active\"");
        var before = await company.StatesAsync();
        var reply = await company.BulkAsync("partner.setStage", new { stage = "lost" }, new { filter });
        if (expected >= 400)
        {
            Steps.AssertProblem(reply, expected);
            Assert.Equal(before, await company.StatesAsync());
            return;
        }
        Assert.True(reply.Status == HttpStatusCode.Accepted, reply.Body.ToString());
        // What the list finds by the same words; the bulk change reads them no other way.
        var listed = (await company.GetAsync($"partners?{filter}")).Body.GetProperty("count").GetInt64();
        var done = await company.FinishedAsync(reply.Body.GetProperty("number").GetInt64());
        Assert.Equal(listed, done.GetProperty("changed").GetInt64());
        Assert.True(listed <= expected, $"{listed} rows");
        Assert.Equal(filter, done.GetProperty("target").GetProperty("filter").GetString());
        Assert.Equal(listed, (await company.StatesAsync()).Count(s => before[s.Key] != s.Value));
    }

    [Theory]
    [InlineData("""{"action":"partner.explode","target":{"numbers":[1001]}}""", 422, "operation.action.unknown", "/action")]
    [InlineData("""{"action":"import","target":{"numbers":[1001]}}""", 422, "operation.action.unknown", "/action")]
    [InlineData("""{"action":"partner.setStage","set":{"stage":"lost"},"target":{}}""", 422, "operation.target.one", "/target")]
    [InlineData("""{"action":"partner.setStage","set":{"stage":"lost"},"target":{"numbers":[1001],"filter":"country=SE"}}""", 422, "operation.target.one", "/target")]
    [InlineData("""{"action":"partner.setStage","set":{"stage":"lost"},"target":{"numbers":[]}}""", 422, "operation.target.empty", "/target/numbers")]
    [InlineData("""{"action":"partner.setStage","set":{"stage":"lost"},"target":{"filter":""}}""", 422, "operation.target.empty", "/target/filter")]
    [InlineData("""{"action":"partner.setStage","set":{"stage":"nowhere"},"target":{"numbers":[1001]}}""", 422, "partner.stage.unknown", "/set/stage")]
    [InlineData("""{"action":"partner.setStage","set":{"stage":7},"target":{"numbers":[1001]}}""", 400, "request.type", "/set/stage")]
    [InlineData("""{"action":"partner.setStage","set":{"owner":"u1","stage":"lost"},"target":{"numbers":[1001]}}""", 400, "request.member.unknown", "/set/owner")]
    [InlineData("""{"action":"partner.setStage","set":{"zzz":"u1","stage":"lost"},"target":{"numbers":[1001]}}""", 400, "request.member.unknown", "/set/zzz")]
    [InlineData("""{"action":"partner.setStage","set":{},"target":{"numbers":[1001]}}""", 400, "request.member.missing", "/set/stage")]
    [InlineData("""{"action":"partner.setStage","target":{"numbers":[1001]}}""", 400, "request.member.missing", "/set/stage")]
    [InlineData("""{"action":"partner.update","set":{},"target":{"numbers":[1001]}}""", 400, "request.member.missing", "/set")]
    [InlineData("""{"action":"partner.update","set":{"name":"X"},"target":{"numbers":[1001]}}""", 400, "request.member.unknown", "/set/name")]
    [InlineData("""{"action":"partner.setStage","set":[],"target":{"numbers":[1001]}}""", 400, "request.type", "/set")]
    [InlineData("""{"action":"partner.delete","set":{"stage":"lost"},"target":{"numbers":[1001]}}""", 400, "request.member.unknown", "/set/stage")]
    [InlineData("""{"action":"partner.addTags","set":{"tags":[]},"target":{"numbers":[1001]}}""", 422, "partner.tags.required", "/set/tags")]
    [InlineData("""{"action":"partner.removeTags","set":{"tags":["never"]},"target":{"numbers":[1001]}}""", 422, "partner.tags.unknown", "/set/tags/0")]
    [InlineData("""{"action":"partner.setCreditLimit","set":{"creditLimit":{"amount":-1}},"target":{"numbers":[1001]}}""", 422, "partner.creditLimit.negative", "/set/creditLimit/amount")]
    [InlineData("""{"action":"partner.setOwner","set":{"owner":"u999"},"target":{"numbers":[1001]}}""", 422, "partner.owner.unknown", "/set/owner")]
    [InlineData("""{"action":"partner.setStage","set":{"stage":"lost"},"target":{"filter":"nosuch=1"}}""", 400, "filter.unknown", "/target/filter")]
    public async Task What_cannot_be_done_is_refused_by_its_code_and_place_in_a_dry_run_too(string body, int status, string code, string pointer)
    {
        var company = await app.CompanyAsync();
        await company.PartnerAsync("One");
        var end = await app.JournalEndAsync(company);
        foreach (var headers in new (string, string)[][] { [], [("Prefer", "dry-run")] })
        {
            var reply = await company.PostAsync("operations", body, headers);
            Steps.AssertProblem(reply, status, code);
            Assert.Equal([pointer], reply.Body.GetProperty("errors").EnumerateObject().Select(e => e.Name));
        }
        Assert.Equal(end, await app.JournalEndAsync(company));
    }

    [Fact]
    public async Task All_that_is_wrong_is_said_at_once()
    {
        var company = await app.CompanyAsync();
        var reply = await company.PostAsync("operations", """{"action":"partner.update","set":{"stage":"nowhere","owner":"u999"},"target":{"numbers":[]}}""");
        Steps.AssertProblem(reply, 422, "validation.failed");
        Assert.Equal(["/set/owner", "/set/stage", "/target/numbers"], reply.Body.GetProperty("errors").EnumerateObject().Select(e => e.Name).Order());
    }

    [Fact]
    public async Task More_than_half_a_million_rows_are_too_many()
    {
        var company = await app.CompanyAsync();
        var reply = await company.PostAsync("operations", $$$"""{"action":"partner.delete","target":{"numbers":[{{{string.Join(',', Enumerable.Repeat('7', 500_001))}}}]}}""");
        Steps.AssertProblem(reply, 422, "operation.target.tooMany");
    }

    [Fact]
    public async Task Whoever_may_not_do_it_to_one_may_not_do_it_to_many_nor_stop_or_see_it()
    {
        var company = await app.CompanyAsync();
        var numbers = await company.PartnersAsync(2);
        var body = new { action = "partner.setStage", set = new { stage = "lost" }, target = new { numbers } };
        string[] scopes = ["operations:read", "operations:write"];
        var token = (await company.AdminBrowser.CallAsync(HttpMethod.Post, company.Path("api-keys"), new { name = "narrow", role = "admin", scopes })).Text("token")!;
        using var narrow = app.App.With(token);
        foreach (var client in new[] { company.Reader, narrow }) Steps.AssertProblem(await client.CallAsync(HttpMethod.Post, company.Path("operations"), body), 403, "right.missing");
        var made = await company.Seller.CallAsync(HttpMethod.Post, company.Path("operations"), body);
        Assert.Equal(HttpStatusCode.Accepted, made.Status);
        var operation = await company.FinishedAsync(made.Body.GetProperty("number").GetInt64());
        foreach (var turn in new[] { "undo", "redo", "cancel" })
        {
            foreach (var client in new[] { company.Reader, narrow }) Steps.AssertProblem(await client.CallAsync(HttpMethod.Post, company.Path($"operations/{Bulk.Number(operation)}/{turn}")), 403, "right.missing");
        }
        foreach (var list in new[] { "changes", "skipped" })
        {
            Steps.AssertProblem(await narrow.ReadAsync(company.Path($"operations/{Bulk.Number(operation)}/{list}")), 403, "right.missing");
            Assert.Equal(HttpStatusCode.OK, (await company.Reader.ReadAsync(company.Path($"operations/{Bulk.Number(operation)}/{list}"))).Status);
            Steps.AssertProblem(await company.GetAsync($"operations/99/{list}"), 404, "operation.notFound");
            Steps.AssertProblem(await company.GetAsync($"operations/{Bulk.Number(operation)}/{list}?limit=0"), 400, "filter.value");
            foreach (var cursor in new[] { "x", "1-x", "1-2-3", "-", "99999999999999999999" }) Steps.AssertProblem(await company.GetAsync($"operations/{Bulk.Number(operation)}/{list}?cursor={cursor}"), 400, "cursor.invalid");
        }
    }
}
