using System.Net;
using System.Text.Json;
using Crm.Contracts;
using Crm.Imports;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Api;

public sealed class OperationTests(OneApp app)
{
    [Fact]
    public async Task Operations_are_listed_newest_first_and_read_by_number()
    {
        var company = await app.CompanyAsync();
        var one = await company.ImportAsync("Name;Country\nOne;SE\n");
        var two = await company.ImportAsync("Name;Country\nTwo;SE\n");
        await company.PostAsync($"operations/{one}/undo");
        await company.FinishedAsync(one);
        var items = (await company.GetAsync("operations")).Body.GetProperty("items").EnumerateArray().Select(o => (o.GetProperty("number").GetInt64(), o.GetProperty("state").GetString()));
        Assert.Equal([(two, "done"), (one, "undone")], items);
        Assert.Equal(one, (await company.GetAsync("operations?state=undone")).Body.GetProperty("items").EnumerateArray().Single().GetProperty("number").GetInt64());
        var read = await company.GetAsync($"operations/{two}");
        Assert.Equal(($"\"{read.Body.GetProperty("version").GetInt64()}\"", "import", "key:1"), (read.ETag, read.Text("action"), read.Text("by")));
        Assert.Equal(TimeSpan.FromDays(30), read.Body.GetProperty("undoUntil").GetDateTimeOffset() - read.Body.GetProperty("updatedAt").GetDateTimeOffset());
        foreach (var path in new[] { "operations/99", "operations/99/stream" }) Steps.AssertProblem(await company.GetAsync(path), 404, "operation.notFound");
        foreach (var path in new[] { "operations/99/undo", "operations/99/redo" }) Steps.AssertProblem(await company.PostAsync(path), 404, "operation.notFound");
    }

    [Fact]
    [Trait("Requirement", "N12")]
    public async Task Undo_five_times_at_once_is_one_undo()
    {
        var company = await app.CompanyAsync();
        var import = await company.ImportAsync("Name;Country\nOne;SE\nTwo;SE\n");
        var replies = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => company.PostAsync($"operations/{import}/undo", null, ("Idempotency-Key", "undo"))));
        Assert.All(replies, r => Assert.True(r.Status == HttpStatusCode.Accepted, r.Body.ToString()));
        Assert.Equal(("undone", 2), await company.FinishedAsync(import) is var o ? (o.GetProperty("state").GetString(), o.GetProperty("changed").GetInt32()) : default);
        var facts = (await company.GetAsync("events?limit=1000")).Body.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("fact").GetString()).ToArray();
        Assert.Equal((1, 2), (facts.Count(f => f == "operation.undoStarted"), facts.Count(f => f == "partner.deleted")));
        Assert.Equal(HttpStatusCode.Accepted, (await company.PostAsync($"operations/{import}/undo")).Status);
        Assert.Equal("undone", (await company.FinishedAsync(import)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Who_may_not_import_may_not_take_an_import_back()
    {
        var company = await app.CompanyAsync();
        var import = await company.ImportAsync("Name;Country\nOne;SE\n");
        foreach (var turn in new[] { "undo", "redo" })
            Steps.AssertProblem(await company.Seller.CallAsync(HttpMethod.Post, company.Path($"operations/{import}/{turn}")), 403, "right.missing");
        Assert.Equal("done", (await company.FinishedAsync(import)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Undo_redo_undo_ends_where_undo_ended()
    {
        var company = await app.CompanyAsync();
        var import = await company.ImportAsync("Name;Country;Org no\nVolvo;SE;556012-5790\n");
        foreach (var (turn, names) in new[] { ("undo", ""), ("redo", "Volvo"), ("undo", ""), ("redo", "Volvo") })
        {
            await company.PostAsync($"operations/{import}/{turn}");
            var done = await company.FinishedAsync(import);
            Assert.Equal((0, names), (done.GetProperty("skippedCount").GetInt32(), await company.NamesAsync("partners")));
        }
    }

    [Fact]
    public async Task An_operation_that_cannot_go_on_fails_says_so_and_has_no_result()
    {
        var company = await app.CompanyAsync();
        var call = Call.System(await app.RefAsync(company));
        var plan = new ImportPlan("partners", "import/gone", 1, new("utf-8", ';', true, true), new Dictionary<string, int> { ["name"] = 0 }, []);
        var started = await app.Services.GetRequiredService<IOperations>().StartAsync(call, ImportAction.Name, plan.ToJson(), TestContext.Current.CancellationToken);
        Assert.False(started.IsRefused);
        var failed = await company.FinishedAsync(1);
        Assert.Equal(("failed", JsonValueKind.Null), (failed.GetProperty("state").GetString(), failed.GetProperty("undoUntil").ValueKind));
        Assert.NotEmpty(failed.GetProperty("error").GetString()!);
        Steps.AssertProblem(await company.GetAsync("imports/1/result"), 409, "import.notStarted");
    }

    [Fact]
    public async Task A_stream_tells_every_state_and_ends_with_the_last()
    {
        var company = await app.CompanyAsync();
        var import = (await company.UploadAsync(System.Text.Encoding.UTF8.GetBytes("Name;Country\n" + string.Concat(Enumerable.Range(0, 300).Select(i => $"N{i};SE\n"))))).Body.GetProperty("number").GetInt64();
        using var response = await company.Admin.GetAsync(new Uri(company.Path($"operations/{import}/stream"), UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var states = text.Split('\n').Where(l => l.StartsWith("data: ", StringComparison.Ordinal)).Select(l => { using var json = JsonDocument.Parse(l[6..]); return (json.RootElement.GetProperty("state").GetString(), json.RootElement.GetProperty("changed").GetInt64()); }).ToArray();
        Assert.Equal(("done", 300), states[^1]);
        Assert.All(states.SkipLast(1), s => Assert.Contains(s.Item1, (string[])["queued", "running"]));
    }

    [Fact]
    public async Task Every_row_of_an_operation_is_in_its_starters_name_and_marked_with_the_operation()
    {
        var company = await app.CompanyAsync();
        var import = await company.ImportAsync("Name;Country;Tags\nOne;SE;fresh\n");
        var mine = (await company.GetAsync("events?limit=1000")).Body.GetProperty("items").EnumerateArray().Where(e => e.GetProperty("operation").ValueKind == JsonValueKind.Number).ToArray();
        Assert.Equal(["tag.added", "partner.created"], mine.Select(e => e.GetProperty("fact").GetString()));
        Assert.All(mine, e => Assert.Equal((import, "key:1"), (e.GetProperty("operation").GetInt64(), e.GetProperty("caller").GetString())));
        Assert.Equal(import, (await company.GetAsync("partners/1001/timeline")).Body.GetProperty("items")[0].GetProperty("operation").GetInt64());
    }
}
