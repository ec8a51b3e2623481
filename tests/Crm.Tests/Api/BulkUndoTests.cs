using System.Net;

namespace Crm.Tests.Api;

public sealed class BulkUndoTests(OneApp app)
{
    [Fact]
    [Trait("Requirement", "N1")]
    public async Task Undo_gives_the_old_values_back_leaves_alone_what_was_changed_since_and_redo_brings_the_new_ones()
    {
        var company = await app.CompanyAsync();
        var numbers = await company.PartnersAsync(260);
        await company.PatchAsync($"partners/{numbers[0]}", """{"stage":"active"}""");
        var before = await company.StatesAsync();
        var operation = await company.DoneAsync("partner.setStage", new { stage = "lost" }, new { filter = "country=SE" });
        var after = await company.StatesAsync();
        foreach (var number in numbers[10..13]) await company.PatchAsync($"partners/{number}", """{"stage":"active"}""");
        await company.PatchAsync($"partners/{numbers[20]}", """{"phone":"123"}""");

        var undone = await company.TurnAsync(operation, "undo");
        Assert.Equal(("undone", 257, 3), Bulk.Result(undone));
        Assert.Equal(("undo", 260), (undone.GetProperty("run").GetString(), undone.GetProperty("progress").GetProperty("total").GetInt64()));
        Assert.Equal(numbers[10..13], undone.GetProperty("skipped").EnumerateArray().Select(s => s.GetProperty("number").GetInt64()).Order());
        Assert.All(undone.GetProperty("skipped").EnumerateArray(), s => Assert.Equal(("partner.changedSince", "Changed since: stage."), (s.GetProperty("code").GetString(), s.GetProperty("detail").GetString())));
        Assert.Equal(numbers[10..13].Append(numbers[20]), (await company.StatesAsync()).Where(s => before[s.Key] != s.Value).Select(s => s.Key));
        var end = await app.JournalEndAsync(company);
        Assert.Equal("undone", (await company.TurnAsync(operation, "undo")).GetProperty("state").GetString());
        Assert.Equal(end, await app.JournalEndAsync(company));

        var redone = await company.TurnAsync(operation, "redo");
        Assert.Equal(("done", 257, 0, "redo"), (Bulk.Result(redone).State, Bulk.Result(redone).Changed, Bulk.Result(redone).Skipped, redone.GetProperty("run").GetString()));
        Assert.Equal(numbers[10..13].Append(numbers[20]), (await company.StatesAsync()).Where(s => after[s.Key] != s.Value).Select(s => s.Key));
    }

    [Fact]
    [Trait("Requirement", "N1")]
    public async Task Forced_it_takes_back_what_was_changed_since_too_at_once_or_afterwards_and_nothing_else()
    {
        var company = await app.CompanyAsync();
        var numbers = await company.PartnersAsync(5);
        var before = await company.StatesAsync();
        foreach (var atOnce in new[] { true, false })
        {
            var operation = await company.DoneAsync("partner.setStage", new { stage = "lost" }, new { numbers });
            await company.PatchAsync($"partners/{numbers[1]}", """{"stage":"active"}""");
            if (!atOnce)
            {
                Assert.Equal(("undone", 4, 1), Bulk.Result(await company.TurnAsync(operation, "undo")));
                // What is changed after the undo is not the undo's any more.
                await company.PatchAsync($"partners/{numbers[0]}", """{"stage":"active"}""");
            }
            Assert.Equal(("undone", atOnce ? 5 : 1, 0), Bulk.Result(await company.TurnAsync(operation, "undo?force=true")));
            Assert.Equal(atOnce ? [] : [numbers[0]], (await company.StatesAsync()).Where(s => before[s.Key] != s.Value).Select(s => s.Key));
            var end = await app.JournalEndAsync(company);
            await company.TurnAsync(operation, "undo?force=true");
            Assert.Equal(end, await app.JournalEndAsync(company));
        }
        Assert.Equal(HttpStatusCode.BadRequest, (await company.PostAsync("operations/1/undo?force=perhaps")).Status);
    }

    [Fact]
    public async Task An_undo_that_was_stopped_goes_on_and_cannot_be_redone_before()
    {
        var company = await app.CompanyAsync();
        await company.PartnersAsync(4_000);
        var operation = await company.DoneAsync("partner.setStage", new { stage = "lost" }, new { filter = "country=SE" });
        await company.PostAsync($"operations/{Bulk.Number(operation)}/undo");
        while ((await company.GetAsync($"operations/{Bulk.Number(operation)}")).Body.GetProperty("progress").GetProperty("done").GetInt64() == 0) await Task.Delay(1, TestContext.Current.CancellationToken);
        var stopped = await company.TurnAsync(operation, "cancel");
        Assert.Equal("done", stopped.GetProperty("state").GetString());
        Assert.InRange(stopped.GetProperty("changed").GetInt64(), 1, 3_999);
        Steps.AssertProblem(await company.PostAsync($"operations/{Bulk.Number(operation)}/redo"), 409, "operation.halfUndone");
        Assert.Equal(("undone", 4_000, 0), Bulk.Result(await company.TurnAsync(operation, "undo")));
        Assert.Equal(0, (await company.GetAsync("partners?stage=lost")).Body.GetProperty("count").GetInt64());
        Assert.Equal(("done", 4_000, 0), Bulk.Result(await company.TurnAsync(operation, "redo")));
    }

    [Fact]
    public async Task An_import_that_changed_one_partner_twice_is_taken_back_in_order()
    {
        var company = await app.CompanyAsync();
        await company.PartnerAsync("Volvo", "\"organisationNumber\":\"556012-5790\",\"stage\":\"active\"");
        var before = await company.StatesAsync();
        var import = await company.ImportAsync("Name;Country;Org no;Stage\nV2;SE;556012-5790;lost\nOther;SE;;\nV3;SE;556012-5790;potential\n");
        var after = await company.StatesAsync();
        await company.PostAsync($"operations/{import}/undo");
        Assert.Equal(("undone", 3, 0), Bulk.Result(await company.FinishedAsync(import)));
        Assert.Equal(before[1001], (await company.StatesAsync())[1001]);
        await company.PostAsync($"operations/{import}/redo");
        Assert.Equal(("done", 3, 0), Bulk.Result(await company.FinishedAsync(import)));
        Assert.Equal(after, await company.StatesAsync());
    }

    /// <summary>Random bulk changes, edits between them, undo and redo: a plain model of old and new values says what has to be there.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Undo_is_the_inverse_and_redo_the_way_forward_whatever_is_edited_meanwhile(int seed)
    {
        var company = await app.CompanyAsync();
        var random = new Random(seed);
        foreach (var tag in new[] { "a", "b", "c" }) await company.TagAsync(tag);
        var numbers = await company.PartnersAsync(30);
        for (var round = 0; round < 5; round++)
        {
            var rows = numbers.Where(_ => random.Next(2) == 0).DefaultIfEmpty(numbers[0]).ToArray();
            var (action, set) = Any(random);
            var before = await company.StatesAsync();
            var operation = await company.DoneAsync(action, set, new { numbers = rows });
            var after = await company.StatesAsync();
            var changed = after.Where(s => before[s.Key] != s.Value).Select(s => s.Key).ToArray();
            Assert.Empty(changed.Except(rows));
            Assert.Equal(changed.Length, operation.GetProperty("changed").GetInt32());

            // Half of the edits touch the same fields, in the other half they are apart; only the former keep a row from its old value.
            var touched = changed.Where(_ => action != "partner.delete" && random.Next(4) == 0).ToDictionary(n => n, _ => random.Next(2) == 0);
            foreach (var (number, same) in touched) await company.PatchAsync($"partners/{number}", same ? Other(action) : $$"""{"phone":"{{round}} {{seed}}"}""");
            var edited = await company.StatesAsync();
            var kept = touched.Where(t => t.Value && edited[t.Key] != after[t.Key]).Select(t => t.Key).ToHashSet();

            var undone = await company.TurnAsync(operation, "undo");
            Assert.Equal(kept.Order(), undone.GetProperty("skipped").EnumerateArray().Select(s => s.GetProperty("number").GetInt64()).Order());
            var back = await company.StatesAsync();
            Assert.All(numbers, n => Assert.Equal(kept.Contains(n) ? edited[n] : touched.ContainsKey(n) ? back[n] : before[n], back[n]));
            var redone = await company.TurnAsync(operation, "redo");
            Assert.Equal(("done", changed.Length - kept.Count, 0), Bulk.Result(redone));
            Assert.Equal(edited, await company.StatesAsync());
            if (random.Next(2) == 0) Assert.Equal(("undone", changed.Length - kept.Count, 0), Bulk.Result(await company.TurnAsync(operation, "undo")));
        }
    }

    private static (string Action, object? Set) Any(Random random) => random.Next(6) switch
    {
        0 => ("partner.setStage", new { stage = new[] { "lost", "active", null }[random.Next(3)] }),
        1 => ("partner.setTags", new { tags = new[] { "a", "b", "c" }[..random.Next(4)] }),
        2 => ("partner.addTags", new { tags = new[] { "b", "c" } }),
        3 => ("partner.setCreditLimit", new { creditLimit = new { amount = random.Next(1_000), currency = "SEK" } }),
        4 => ("partner.delete", null),
        _ => ("partner.update", new { stage = "active", tags = new[] { "c" } }),
    };

    private static string Other(string action) => action switch
    {
        "partner.setStage" => """{"stage":"potential"}""",
        "partner.setCreditLimit" => """{"creditLimit":{"amount":77777,"currency":"DKK"}}""",
        _ => """{"tags":["c","b","a"]}""",
    };
}
