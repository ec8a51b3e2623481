using System.Net;
using System.Text.Json;

namespace Crm.Tests.Api;

/// <summary>Bulk changes under way: preview, one effect, progress, stop, overlap, what is told of the rows.</summary>
public sealed class BulkRunTests(OneApp app)
{
    [Fact]
    [Trait("Requirement", "N1")]
    [Trait("Requirement", "N3")]
    public async Task A_dry_run_says_what_the_run_then_does_and_stores_nothing()
    {
        var company = await app.CompanyAsync();
        await company.PartnersAsync(4);
        await company.PartnersAsync(3, "active");
        var lost = await company.PartnersAsync(2, "lost");
        await company.PartnerAsync("None");
        await company.DeleteAsync($"partners/{lost[0]}");
        var (before, end) = (await company.StatesAsync(), await app.JournalEndAsync(company));
        object target = new { numbers = before.Keys.Append(4711).ToArray() };
        var reply = await company.BulkAsync("partner.setStage", new { stage = "lost" }, target, ("Prefer", "dry-run"));
        Assert.Equal((HttpStatusCode.Accepted, "dry-run", null), (reply.Status, reply.Header("Preference-Applied"), reply.Message.Headers.Location));
        Assert.Equal("""{"total":11,"changed":8,"unchanged":1,"skipped":2,"byCurrent":[{"value":"potential","count":4},{"value":"active","count":3},{"value":null,"count":1},{"value":"lost","count":1}]}""", reply.Body.GetProperty("preview").GetRawText());
        Assert.Equal(["partner.deleted", "partner.notFound"], reply.Body.GetProperty("skipped").EnumerateArray().Select(s => s.GetProperty("code").GetString()));
        Assert.Equal((end, 0), (await app.JournalEndAsync(company), await FilesAsync(company)));
        Assert.Equal(before, await company.StatesAsync());

        var done = await company.DoneAsync("partner.setStage", new { stage = "lost" }, target);
        Assert.Equal(("done", 8, 2), Bulk.Result(done));
        Assert.Equal(reply.Body.GetProperty("number").GetInt64(), Bulk.Number(done));
        Assert.Equal(JsonValueKind.Null, done.GetProperty("preview").ValueKind);
    }

    [Fact]
    public async Task A_preview_counts_by_what_each_action_would_overwrite()
    {
        var company = await app.CompanyAsync();
        await company.TagAsync("one");
        await company.PartnerAsync("A", "\"tags\":[\"one\"],\"stage\":\"active\",\"creditLimit\":{\"amount\":1.5,\"currency\":\"SEK\"}");
        long[] numbers = [1001];
        string[] tags = ["one"];
        async Task<string?> ValueAsync(string action, object? set) => (await company.BulkAsync($"partner.{action}", set, new { numbers }, ("Prefer", "dry-run"))).Body.GetProperty("preview").GetProperty("byCurrent")[0].GetProperty("value").GetString();
        Assert.Equal("one", await ValueAsync("addTags", new { tags }));
        Assert.Equal("1.5 SEK", await ValueAsync("setCreditLimit", new { creditLimit = (object?)null }));
        Assert.Null(await ValueAsync("setIndustry", new { industry = (string?)null }));
        Assert.Equal("not deleted", await ValueAsync("delete", null));
        Assert.Equal("stage=active, owner=", await ValueAsync("update", new { stage = "lost", owner = (string?)null }));
    }

    [Fact]
    [Trait("Requirement", "N12")]
    public async Task Five_starts_with_one_key_are_one_operation()
    {
        var company = await app.CompanyAsync();
        var numbers = await company.PartnersAsync(20);
        var replies = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => company.BulkAsync("partner.setStage", new { stage = "lost" }, new { numbers }, ("Idempotency-Key", "once"))));
        Assert.All(replies, r => Assert.True(r.Status == HttpStatusCode.Accepted, r.Body.ToString()));
        Assert.Equal(4, replies.Count(r => r.Header("Idempotency-Replayed") == "true"));
        var number = replies.Select(r => r.Body.GetProperty("number").GetInt64()).Distinct().Single();
        Assert.Equal(("done", 20, 0), Bulk.Result(await company.FinishedAsync(number)));
        Assert.Equal(1, await FilesAsync(company));
        Assert.True((await company.StatesAsync()).Count == 20 && (await company.GetAsync("partners?limit=500")).Body.GetProperty("items").EnumerateArray().All(p => p.GetProperty("version").GetInt64() == 2));
        Steps.AssertProblem(await company.BulkAsync("partner.setStage", new { stage = "active" }, new { numbers }, ("Idempotency-Key", "once")), 422, "idempotency.mismatch");
    }

    [Fact]
    public async Task Two_over_the_same_rows_are_refused_by_name_until_the_first_is_finished()
    {
        var company = await app.CompanyAsync();
        var numbers = await company.PartnersAsync(4);
        var earlier = await company.DoneAsync("partner.setStage", new { stage = "active" }, new { numbers });
        var letGo = await app.BlockAsync(company);
        var first = (await company.BulkAsync("partner.setStage", new { stage = "lost" }, new { numbers = numbers[..2] })).Body;
        foreach (var headers in new (string, string)[][] { [], [("Prefer", "dry-run")] })
        {
            var reply = await company.BulkAsync("partner.delete", null, new { filter = "country=SE" }, headers);
            Steps.AssertProblem(reply, 409, "operation.overlaps");
            Assert.Contains($"Operation {Bulk.Number(first)} (partner.setStage)", reply.Text("detail"), StringComparison.Ordinal);
        }
        Steps.AssertProblem(await company.PostAsync($"operations/{Bulk.Number(earlier)}/undo"), 409, "operation.overlaps");
        var other = await company.BulkAsync("partner.delete", null, new { numbers = numbers[2..] });
        Assert.Equal(HttpStatusCode.Accepted, other.Status);
        Assert.Equal("queued", (await company.GetAsync($"operations/{Bulk.Number(other.Body)}")).Text("state"));
        await letGo();
        Assert.Equal(("done", 2, 0), Bulk.Result(await company.FinishedAsync(Bulk.Number(first))));
        Assert.Equal(("done", 2, 0), Bulk.Result(await company.FinishedAsync(Bulk.Number(other.Body))));
        Assert.Equal(("done", 2, 0), Bulk.Result(await company.DoneAsync("partner.setStage", new { stage = "active" }, new { filter = "country=SE" })));
    }

    [Fact]
    public async Task The_rows_are_fixed_when_it_starts()
    {
        var company = await app.CompanyAsync();
        var numbers = await company.PartnersAsync(3);
        var letGo = await app.BlockAsync(company);
        var operation = (await company.BulkAsync("partner.setStage", new { stage = "lost" }, new { filter = "stage=potential" })).Body;
        await company.PartnerAsync("Later", "\"stage\":\"potential\"");
        await company.PatchAsync($"partners/{numbers[0]}", """{"stage":"active"}""");
        await letGo();
        Assert.Equal(("done", 3, 0), Bulk.Result(await company.FinishedAsync(Bulk.Number(operation))));
        Assert.Equal(new Dictionary<string, int> { ["lost"] = 3, ["potential"] = 1 }, await company.StagesAsync());
    }

    [Fact]
    public async Task One_that_waits_is_stopped_at_once_and_has_done_nothing()
    {
        var company = await app.CompanyAsync();
        var numbers = await company.PartnersAsync(3);
        var letGo = await app.BlockAsync(company);
        var operation = (await company.BulkAsync("partner.setStage", new { stage = "lost" }, new { numbers })).Body;
        var stopped = await company.PostAsync($"operations/{Bulk.Number(operation)}/cancel");
        Assert.Equal((HttpStatusCode.Accepted, "done"), (stopped.Status, stopped.Text("state")));
        Assert.NotEqual(JsonValueKind.Null, stopped.Body.GetProperty("cancelledAt").ValueKind);
        await letGo();
        Assert.Equal(HttpStatusCode.Accepted, (await company.PostAsync($"operations/{Bulk.Number(operation)}/cancel")).Status);
        var done = await company.DoneAsync("partner.setStage", new { stage = "active" }, new { numbers = numbers[..1] });
        Steps.AssertProblem(await company.PostAsync($"operations/{Bulk.Number(done)}/cancel"), 409, "operation.finished");
        Steps.AssertProblem(await company.PostAsync("operations/99/cancel"), 404, "operation.notFound");
        Assert.Equal(new Dictionary<string, int> { ["active"] = 1, ["potential"] = 2 }, await company.StagesAsync());
    }

    [Fact]
    public async Task One_that_runs_stops_between_two_chunks_and_what_it_did_stays_and_can_be_undone()
    {
        var company = await app.CompanyAsync();
        await company.PartnersAsync(4_000);
        var operation = (await company.BulkAsync("partner.setStage", new { stage = "lost" }, new { filter = "country=SE" })).Body;
        while ((await company.GetAsync($"operations/{Bulk.Number(operation)}")).Body.GetProperty("progress").GetProperty("done").GetInt64() == 0) await Task.Delay(1, TestContext.Current.CancellationToken);
        var stopped = await company.TurnAsync(operation, "cancel");
        var changed = stopped.GetProperty("changed").GetInt64();
        Assert.InRange(changed, 1, 3_999);
        Assert.NotEqual(JsonValueKind.Null, stopped.GetProperty("cancelledAt").ValueKind);
        Assert.Equal(changed, (await company.GetAsync("partners?stage=lost&count=exact")).Body.GetProperty("count").GetInt64());
        Assert.Equal(("undone", changed, 0), Bulk.Result(await company.TurnAsync(operation, "undo")));
        Assert.Equal(0, (await company.GetAsync("partners?stage=lost&count=exact")).Body.GetProperty("count").GetInt64());
    }

    [Fact]
    public async Task A_stream_tells_the_progress_until_the_end()
    {
        var company = await app.CompanyAsync();
        await company.PartnersAsync(1_500);
        var operation = (await company.BulkAsync("partner.setStage", new { stage = "lost" }, new { filter = "country=SE" })).Body;
        var text = await company.Admin.GetStringAsync(new Uri(company.Path($"operations/{Bulk.Number(operation)}/stream"), UriKind.Relative), TestContext.Current.CancellationToken);
        var told = text.Split('\n').Where(l => l.StartsWith("data: ", StringComparison.Ordinal)).Select(l => { using var json = JsonDocument.Parse(l[6..]); return (State: json.RootElement.GetProperty("state").GetString(), Done: json.RootElement.GetProperty("progress").GetProperty("done").GetInt64(), Total: json.RootElement.GetProperty("progress").GetProperty("total").GetInt64()); }).ToArray();
        Assert.Equal(("done", 1_500, 1_500), told[^1]);
        Assert.Equal(told.OrderBy(t => t.Done), told);
        Assert.All(told, t => Assert.Equal(1_500, t.Total));
    }

    [Fact]
    public async Task Every_changed_row_and_every_skipped_row_can_be_read_page_by_page_and_is_the_starters()
    {
        var company = await app.CompanyAsync();
        var numbers = await company.PartnersAsync(230);
        var deleted = await company.DoneAsync("partner.delete", null, new { numbers = numbers[..170] });
        var done = await company.DoneAsync("partner.setStage", new { stage = "lost" }, new { numbers });
        Assert.Equal(("done", 60, 170), Bulk.Result(done));
        Assert.Equal(100, done.GetProperty("skipped").GetArrayLength());
        foreach (var limit in new[] { 7, 50, 100, 170, 200 })
        {
            var skipped = await company.AllAsync($"operations/{Bulk.Number(done)}/skipped", limit);
            Assert.Equal(numbers[..170], skipped.Select(s => s.GetProperty("number").GetInt64()).Order());
            Assert.All(skipped, s => Assert.Equal("partner.deleted", s.GetProperty("code").GetString()));
        }
        var changes = await company.AllAsync($"operations/{Bulk.Number(done)}/changes", 25);
        Assert.Equal(numbers[170..].Reverse(), changes.Select(c => c.GetProperty("number").GetInt64()));
        Assert.All(changes, c => Assert.Equal(("partner", "partner.stageSet", """{"stage":"potential"}""", """{"stage":"lost"}"""), (c.GetProperty("kind").GetString(), c.GetProperty("fact").GetString(), c.GetProperty("before").GetRawText(), c.GetProperty("after").GetRawText())));
        var mine = (await company.GetAsync("events?limit=1000")).Body.GetProperty("items").EnumerateArray().Where(e => e.GetProperty("operation").ValueKind == JsonValueKind.Number && e.GetProperty("operation").GetInt64() == Bulk.Number(done)).ToArray();
        Assert.Equal((60, 6), (mine.Count(e => e.GetProperty("kind").GetString() == "partner"), mine.Count(e => e.GetProperty("fact").GetString() == "operation.progressed")));
        Assert.All(mine, e => Assert.Equal("key:1", e.GetProperty("caller").GetString()));
        Assert.Equal(("done", 170, 0), Bulk.Result(deleted));
        Assert.Empty(await company.AllAsync($"operations/{Bulk.Number(deleted)}/skipped", 50));
    }

    private async Task<int> FilesAsync(TestCompany company) =>
        (await Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<IDatabase>(app.Services).QueryAsync(
            await app.RefAsync(company), "select distinct name from files where company = @company and name like 'bulk/%'", [], row => row.GetString(0), TestContext.Current.CancellationToken)).Count;
}
