using System.Net;
using System.Text.Json;
using Crm.Cases;
using Crm.Contracts;
using Crm.Tests.Api;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Cases;

public sealed class CaseApiTests(OneApp app)
{
    [Fact]
    [Trait("Requirement", "R83")]
    [Trait("Requirement", "R94")]
    public async Task A_case_is_made_with_its_partner_and_read_back_whole()
    {
        var company = await app.CompanyAsync();
        var partner = await company.PartnerAsync("Volvo");
        var made = await company.AdminBrowser.CallAsync(HttpMethod.Post, company.Path("cases"), $$$"""
            {"title":"Lager","partner":{{{partner}}},"status":"quoteSent","probability":35,"value":{"amount":100000},"followUp":"2026-03-07","expectedClose":"2026-04-01","description":"a\nb",
             "customer":{"reference":"Eva","startDate":"2026-05-01","deliveryDate":"2026-05-02"}}
            """);
        Assert.Equal((HttpStatusCode.Created, $"/api/v1/{company.Slug}/cases/1", "\"1\""), (made.Status, made.Message.Headers.Location?.ToString(), made.ETag));
        var read = await company.GetAsync("cases/1");
        Assert.Equal("\"1\"", read.ETag);
        var c = read.Body;
        Assert.Equal(("Lager", "Volvo", "Quote sent", "open"), (c.GetProperty("title").GetString(), c.GetProperty("partner").GetProperty("name").GetString(), c.GetProperty("status").GetProperty("name").GetString(), c.GetProperty("status").GetProperty("kind").GetString()));
        Assert.Equal((35, 35_000m, "SEK"), (c.GetProperty("probability").GetInt32(), c.GetProperty("weighted").GetProperty("amount").GetDecimal(), c.GetProperty("weighted").GetProperty("currency").GetString()));
        Assert.Equal((await company.AdminIdAsync(), "2026-05-02"), (c.GetProperty("owner").GetProperty("id").GetString(), c.GetProperty("customer").GetProperty("deliveryDate").GetString()));
        Assert.Equal(JsonValueKind.Null, c.GetProperty("order").ValueKind);
        await company.PatchAsync($"partners/{partner}", """{"name":"Volvo Cars"}""");
        Assert.Equal("Volvo Cars", (await company.ReadCaseAsync(1)).GetProperty("partner").GetProperty("name").GetString());
    }

    [Theory]
    [Trait("Requirement", "R81")]
    [InlineData("""{"title":"T"}""", "/partner", "case.partner.required")]
    [InlineData("""{"title":"T","partner":null}""", "/partner", "case.partner.required")]
    [InlineData("""{"title":"T","partner":999999}""", "/partner", "case.partner.unknown")]
    [InlineData("""{"title":"T","partner":-1}""", "/partner", "case.partner.unknown")]
    [InlineData("""{"title":"T","partner":1002}""", "/partner", "case.partner.unknown")]
    [InlineData("""{"title":"T","partner":1001,"status":"x"}""", "/status", "case.status.unknown")]
    [InlineData("""{"title":"T","partner":1001,"probability":101}""", "/probability", "case.probability.range")]
    [InlineData("""{"title":"T","partner":1001,"value":{"amount":-1}}""", "/value/amount", "case.value.negative")]
    [InlineData("""{"title":"T","partner":1001,"value":{"amount":1,"currency":"ABC"}}""", "/value", "money.invalid")]
    [InlineData("""{"title":"T","partner":1001,"followUp":"1899-12-31"}""", "/followUp", "date.range")]
    public async Task What_is_wrong_with_a_new_case_is_refused_and_nothing_is_stored(string body, string pointer, string code)
    {
        var company = await app.CompanyAsync();
        await company.PartnerAsync("Volvo");
        await company.DeleteAsync($"partners/{await company.PartnerAsync("Gone")}");
        await (await app.CompanyAsync()).PartnerAsync("Foreign");
        var end = await app.JournalEndAsync(company);
        var reply = await company.PostAsync("cases", body);
        Steps.AssertProblem(reply, 422, code);
        Assert.True(reply.Body.GetProperty("errors").TryGetProperty(pointer, out _), reply.Body.ToString());
        Assert.Equal(end, await app.JournalEndAsync(company));
    }

    [Fact]
    public async Task All_that_is_wrong_is_said_at_once_the_unknown_partner_too()
    {
        var company = await app.CompanyAsync();
        var reply = await company.PostAsync("cases", """{"partner":5,"probability":-1,"value":{"amount":-1},"owner":"u999","customer":{"startDate":"2026-05-02","deliveryDate":"2026-05-01"}}""");
        Steps.AssertProblem(reply, 422, "validation.failed");
        Assert.Equal(["/customer/deliveryDate", "/owner", "/partner", "/probability", "/title", "/value/amount"], reply.Body.GetProperty("errors").EnumerateObject().Select(e => e.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    [Trait("Requirement", "R90")]
    [Trait("Requirement", "R91")]
    public async Task Won_and_lost_fix_the_probability_and_open_brings_it_back()
    {
        var company = await app.CompanyAsync();
        var number = await company.CaseAsync(await company.PartnerAsync("Volvo"), "\"probability\":42,\"value\":{\"amount\":1000.01}");
        var won = (await company.PatchAsync($"cases/{number}", """{"status":"won"}""")).Body;
        Assert.Equal((100, 1000.01m), (won.GetProperty("probability").GetInt32(), won.GetProperty("weighted").GetProperty("amount").GetDecimal()));
        Steps.AssertProblem(await company.PatchAsync($"cases/{number}", """{"probability":50}"""), 422, "case.probability.fixed");
        var lost = (await company.PatchAsync($"cases/{number}", """{"status":"lost","lostReason":{"key":"price","text":"Too dear"}}""")).Body;
        Assert.Equal((0, 0m, "Price"), (lost.GetProperty("probability").GetInt32(), lost.GetProperty("weighted").GetProperty("amount").GetDecimal(), lost.GetProperty("lostReason").GetProperty("name").GetString()));
        var open = (await company.PatchAsync($"cases/{number}", """{"status":"new"}""")).Body;
        Assert.Equal((42, JsonValueKind.Null), (open.GetProperty("probability").GetInt32(), open.GetProperty("lostReason").ValueKind));
        Assert.Equal(["case.created", "case.statusSet", "case.statusSet", "case.statusSet"], (await company.GetAsync("events?limit=1000")).Body.GetProperty("items").EnumerateArray().Where(e => e.GetProperty("kind").GetString() == "case").Select(e => e.GetProperty("fact").GetString()));
    }

    [Fact]
    [Trait("Requirement", "R92")]
    [Trait("Requirement", "R93")]
    public async Task A_case_is_closed_reopened_deleted_with_its_trace_and_restored()
    {
        var company = await app.CompanyAsync();
        var number = await company.CaseAsync(await company.PartnerAsync("Volvo"), "\"status\":\"lost\"");
        var path = $"cases/{number}";
        Assert.True((await company.PostAsync($"{path}/close")).Body.GetProperty("closed").GetBoolean());
        Steps.AssertProblem(await company.PatchAsync(path, """{"title":"X"}"""), 409, "case.closed");
        Assert.False((await company.PostAsync($"{path}/reopen")).Body.GetProperty("closed").GetBoolean());
        await company.PostAsync($"{path}/close");
        Assert.Equal(HttpStatusCode.OK, (await company.DeleteAsync(path)).Status);
        Steps.AssertProblem(await company.GetAsync(path), 404, "case.deleted");
        foreach (var reply in new[] { await company.PatchAsync(path, """{"title":"X"}"""), await company.PostAsync($"{path}/close"), await company.PostAsync($"{path}/reopen") }) Steps.AssertProblem(reply, 409, "case.deleted");
        Assert.Equal(("", "Warehouse"), (await company.TitlesAsync("cases"), await company.TitlesAsync("cases?deleted=true")));
        Assert.True((await company.PostAsync($"{path}/restore")).Body.GetProperty("closed").GetBoolean());
        var facts = (await company.GetAsync("events?limit=1000")).Body.GetProperty("items").EnumerateArray().Where(e => e.GetProperty("kind").GetString() == "case").Select(e => e.GetProperty("fact").GetString());
        Assert.Equal(["case.created", "case.closed", "case.reopened", "case.closed", "case.deleted", "case.restored"], facts);
        foreach (var action in new[] { "", "/close", "/reopen", "/restore" }) Steps.AssertProblem(action.Length == 0 ? await company.GetAsync("cases/99") : await company.PostAsync($"cases/99{action}"), 404, "case.notFound");
    }

    [Fact]
    [Trait("Requirement", "R93")]
    public async Task A_cases_timeline_tells_who_set_which_status_when_in_pages_and_outlives_deletion()
    {
        var company = await app.CompanyAsync();
        var number = await company.CaseAsync(await company.PartnerAsync("Volvo"), "\"status\":\"new\"");
        foreach (var status in new[] { "quoteSent", "lost" }) await company.AdminBrowser.CallAsync(HttpMethod.Patch, company.Path($"cases/{number}"), $$"""{"status":"{{status}}"}""");
        await company.PostAsync($"cases/{number}/close");
        await company.DeleteAsync($"cases/{number}");
        var first = (await company.GetAsync($"cases/{number}/timeline?limit=3")).Body;
        var second = (await company.GetAsync($"cases/{number}/timeline?limit=3&before={first.GetProperty("next").GetString()}")).Body;
        var items = first.GetProperty("items").EnumerateArray().Concat(second.GetProperty("items").EnumerateArray()).ToArray();
        Assert.Equal(["case.deleted", "case.closed", "case.statusSet", "case.statusSet", "case.created"], items.Select(i => i.GetProperty("fact").GetString()));
        Assert.Equal(["quoteSent>lost", "new>quoteSent"], items[2..4].Select(i => $"{i.GetProperty("before").GetProperty("status").GetString()}>{i.GetProperty("after").GetProperty("status").GetString()}"));
        Assert.All(items[2..4], i => Assert.Equal($"Admin {company.Slug}", i.GetProperty("by").GetProperty("name").GetString()));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);
        Steps.AssertProblem(await company.GetAsync($"cases/{number}/timeline?limit=201"), 400, "filter.value");
        Steps.AssertProblem(await company.GetAsync("cases/99/timeline"), 404, "case.notFound");
    }

    [Fact]
    public async Task A_case_of_a_deleted_partner_can_be_closed_deleted_and_moved_and_nothing_else()
    {
        var company = await app.CompanyAsync();
        var (gone, other) = (await company.PartnerAsync("Gone"), await company.PartnerAsync("Other"));
        var (moved, closed, deleted) = (await company.CaseAsync(gone), await company.CaseAsync(gone), await company.CaseAsync(gone));
        await company.DeleteAsync($"partners/{gone}");
        Assert.Equal("Gone", (await company.ReadCaseAsync(moved)).GetProperty("partner").GetProperty("name").GetString());
        Steps.AssertProblem(await company.PatchAsync($"cases/{moved}", """{"title":"X"}"""), 409, "partner.deleted");
        Steps.AssertProblem(await company.PatchAsync($"cases/{moved}", $$"""{"partner":{{gone}}}"""), 422, "case.partner.unknown");
        Assert.Equal("Other", (await company.PatchAsync($"cases/{moved}", $$"""{"partner":{{other}},"title":"X"}""")).Body.GetProperty("partner").GetProperty("name").GetString());
        Assert.Equal(HttpStatusCode.OK, (await company.PostAsync($"cases/{closed}/close")).Status);
        Steps.AssertProblem(await company.PostAsync($"cases/{closed}/reopen"), 409, "partner.deleted");
        Assert.Equal(HttpStatusCode.OK, (await company.DeleteAsync($"cases/{deleted}")).Status);
        Steps.AssertProblem(await company.PostAsync($"cases/{deleted}/restore"), 409, "partner.deleted");
        Steps.AssertProblem(await company.GetAsync($"partners/{gone}/cases"), 404, "partner.notFound");
        await company.PostAsync($"partners/{gone}/restore");
        Assert.Equal(HttpStatusCode.OK, (await company.PostAsync($"cases/{deleted}/restore")).Status);
    }

    [Fact]
    [Trait("Requirement", "R107")]
    public async Task A_converted_case_is_locked_whatever_is_asked_of_it()
    {
        var company = await app.CompanyAsync();
        var number = await company.CaseAsync(await company.PartnerAsync("Volvo"), "\"status\":\"won\"");
        await app.Services.GetRequiredService<IActors>().SendAsync(Call.System(await app.RefAsync(company)), number, new Convert(), TestContext.Current.CancellationToken);
        var end = await app.JournalEndAsync(company);
        var path = $"cases/{number}";
        foreach (var reply in new[] { await company.PatchAsync(path, """{"status":"new"}"""), await company.PostAsync($"{path}/close"), await company.PostAsync($"{path}/reopen"), await company.DeleteAsync(path) }) Steps.AssertProblem(reply, 409, "case.converted");
        Assert.Equal(end, await app.JournalEndAsync(company));
        Assert.Equal(("Warehouse", ""), (await company.TitlesAsync("cases?converted=true"), await company.TitlesAsync("cases?converted=false")));
        Assert.NotEqual(JsonValueKind.Null, (await company.ReadCaseAsync(number)).GetProperty("convertedAt").ValueKind);
    }

    [Fact]
    [Trait("Requirement", "R100")]
    [Trait("Requirement", "R101")]
    [Trait("Requirement", "R102")]
    [Trait("Requirement", "R104")]
    public async Task A_case_tells_how_many_others_its_partner_has_and_the_partner_lists_them_with_the_closed_ones_marked()
    {
        var company = await app.CompanyAsync();
        var (partner, other) = (await company.PartnerAsync("Volvo"), await company.PartnerAsync("Scania"));
        var alone = await company.CaseAsync(other, title: "Alone");
        List<long> cases = [];
        foreach (var title in new[] { "A", "B", "C", "D", "E" }) cases.Add(await company.CaseAsync(partner, title: title));
        await company.PostAsync($"cases/{cases[1]}/close");
        await company.DeleteAsync($"cases/{cases[4]}");
        Assert.Equal((3, 0), Related(await company.ReadCaseAsync(cases[0])));
        Assert.Equal((0, 0), Related(await company.ReadCaseAsync(alone)));
        var page = (await company.GetAsync($"partners/{partner}/cases?sort=title&partner={other}")).Body.GetProperty("items").EnumerateArray().ToArray();
        Assert.Equal(["A False", "B True", "C False", "D False"], page.Select(c => $"{c.GetProperty("title").GetString()} {c.GetProperty("closed").GetBoolean()}"));
        Assert.All(page, c => Assert.Equal((JsonValueKind.Null, "Volvo"), (c.GetProperty("related").ValueKind, c.GetProperty("partner").GetProperty("name").GetString())));
        Assert.Equal("D", await company.TitlesAsync($"partners/{partner}/cases?closed=false&limit=1"));
        Steps.AssertProblem(await company.GetAsync("partners/999/cases"), 404, "partner.notFound");

        static (long, int) Related(JsonElement c) => (c.GetProperty("related").GetProperty("cases").GetInt64(), c.GetProperty("related").GetProperty("orders").GetInt32());
    }

    [Fact]
    public async Task A_partner_shows_how_many_cases_are_open_alone_and_in_lists()
    {
        var company = await app.CompanyAsync();
        var (volvo, scania) = (await company.PartnerAsync("Volvo", "\"stage\":\"active\""), await company.PartnerAsync("Scania", $"\"parent\":{1001}"));
        foreach (var status in new[] { "new", "negotiation", "won", "lost" }) await company.CaseAsync(volvo, $"\"status\":\"{status}\"");
        await company.PostAsync($"cases/{await company.CaseAsync(volvo)}/close");
        await company.DeleteAsync($"cases/{await company.CaseAsync(volvo)}");
        Assert.Equal(2, Open((await company.GetAsync($"partners/{volvo}")).Body));
        Assert.Equal([2, 0], (await company.GetAsync("partners")).Body.GetProperty("items").EnumerateArray().Select(Open));
        Assert.Equal([2], (await company.GetAsync("partners/overview")).Body.GetProperty("items").EnumerateArray().Select(Open));
        Assert.Equal([0], (await company.GetAsync($"partners/{volvo}/branches")).Body.GetProperty("items").EnumerateArray().Select(Open));
        var counts = await app.Services.GetRequiredService<ICaseCounts>().OpenAsync(await app.RefAsync(company), [volvo, scania, 4711], TestContext.Current.CancellationToken);
        Assert.Equal([(volvo, 2)], counts.Select(c => (c.Key, c.Value)));
        Assert.Empty(await app.Services.GetRequiredService<ICaseCounts>().OpenAsync(await app.RefAsync(company), [], TestContext.Current.CancellationToken));

        static int Open(JsonElement partner) => partner.GetProperty("counts").GetProperty("openCases").GetInt32();
    }

    [Fact]
    public async Task Readers_read_sellers_write_and_administrators_set_up()
    {
        var company = await app.CompanyAsync();
        var number = await company.CaseAsync(await company.PartnerAsync("Volvo"));
        Assert.Equal(HttpStatusCode.OK, (await company.Reader.ReadAsync(company.Path("cases/summary"))).Status);
        Steps.AssertProblem(await company.Reader.CallAsync(HttpMethod.Patch, company.Path($"cases/{number}"), """{"title":"X"}"""), 403, "right.missing");
        Assert.Equal(HttpStatusCode.OK, (await company.Seller.CallAsync(HttpMethod.Post, company.Path($"cases/{number}/close"))).Status);
        foreach (var list in new[] { "case-statuses", "lost-reasons" })
        {
            Assert.Equal(HttpStatusCode.OK, (await company.Reader.ReadAsync(company.Path(list))).Status);
            Steps.AssertProblem(await company.Seller.CallAsync(HttpMethod.Post, company.Path(list), """{"key":"k","name":"K"}"""), 403, "right.missing");
        }
    }

    [Fact]
    public async Task The_same_request_with_the_same_key_makes_one_case_and_gives_the_first_answer_with_names()
    {
        var company = await app.CompanyAsync();
        var partner = await company.PartnerAsync("Volvo");
        var body = $$"""{"title":"Once","partner":{{partner}},"followUp":"2026-01-01"}""";
        var replies = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => company.PostAsync("cases", body, ("Idempotency-Key", "once"))));
        Assert.Single(replies.Select(r => (r.Status, r.Body.ToString(), r.ETag)).Distinct());
        Assert.Equal((HttpStatusCode.Created, "Volvo", 4), (replies[0].Status, replies[0].Body.GetProperty("partner").GetProperty("name").GetString(), replies.Count(r => r.Header("Idempotency-Replayed") == "true")));
        Steps.AssertProblem(await company.PostAsync("cases", body.Replace("Once", "Twice", StringComparison.Ordinal), ("Idempotency-Key", "once")), 422, "idempotency.mismatch");
        var patched = await company.PatchAsync("cases/1", """{"status":"won"}""", ("Idempotency-Key", "won"));
        await company.DeleteAsync($"partners/{partner}");
        Assert.Equal(replies[0].Body.ToString(), (await company.PostAsync("cases", body, ("Idempotency-Key", "once"))).Body.ToString());
        Assert.Equal(patched.Body.ToString(), (await company.PatchAsync("cases/1", """{"status":"won"}""", ("Idempotency-Key", "won"))).Body.ToString());
        Assert.Equal("Once", await company.TitlesAsync("cases"));
    }

    [Fact]
    public async Task Conditions_and_dry_runs_hold_for_cases()
    {
        var company = await app.CompanyAsync();
        var partner = await company.PartnerAsync("Volvo");
        var number = await company.CaseAsync(partner);
        await company.PatchAsync($"cases/{number}", """{"title":"Second"}""", ("If-Match", "\"1\""));
        foreach (var stale in new[] { await company.PatchAsync($"cases/{number}", """{"title":"X"}""", ("If-Match", "\"1\"")), await company.PostAsync($"cases/{number}/close", null, ("If-Match", "\"1\"")), await company.DeleteAsync($"cases/{number}", ("If-Match", "\"1\"")) })
        {
            Steps.AssertProblem(stale, 412, "version.stale");
            Assert.Equal("\"2\"", stale.ETag);
        }
        var end = await app.JournalEndAsync(company);
        foreach (var (method, path, body) in new[]
        {
            (HttpMethod.Post, "cases", $$"""{"title":"New","partner":{{partner}}}"""), (HttpMethod.Patch, $"cases/{number}", """{"status":"won"}"""), (HttpMethod.Post, $"cases/{number}/close", null), (HttpMethod.Post, $"cases/{number}/reopen", null),
            (HttpMethod.Delete, $"cases/{number}", null), (HttpMethod.Post, $"cases/{number}/restore", null), (HttpMethod.Post, "case-statuses", """{"key":"k","name":"K"}"""), (HttpMethod.Patch, "case-statuses/won", """{"name":"W"}"""),
            (HttpMethod.Delete, "case-statuses/negotiation", null), (HttpMethod.Post, "lost-reasons", """{"key":"k","name":"K"}"""), (HttpMethod.Delete, "lost-reasons/price", null),
        })
        {
            var reply = await company.Admin.CallAsync(method, company.Path(path), body, ("Prefer", "dry-run"));
            Assert.True((int)reply.Status is 200 or 201 && reply.Header("Preference-Applied") == "dry-run", $"{method} {path}: {reply.Body}");
        }
        Assert.Equal(end, await app.JournalEndAsync(company));
        Steps.AssertProblem(await company.PostAsync("cases", """{"title":"New","partner":5}""", ("Prefer", "dry-run")), 422, "case.partner.unknown");
    }

    [Fact]
    public async Task An_operation_takes_changes_of_cases_back()
    {
        var company = await app.CompanyAsync();
        var id = await app.RefAsync(company);
        var (volvo, scania) = (await company.PartnerAsync("Volvo"), await company.PartnerAsync("Scania"));
        var number = await company.CaseAsync(volvo, "\"probability\":42");
        await company.PatchAsync($"cases/{number}", """{"status":"won"}""");
        await company.PatchAsync($"cases/{number}", $$"""{"partner":{{scania}}}""");
        var entries = await app.Services.GetRequiredService<IJournal>().OfEntityAsync(id, "case", number, null, 10, TestContext.Current.CancellationToken);
        var undo = app.Services.GetServices<IUndo>().Single(u => u.Kind == "case");
        await company.DeleteAsync($"partners/{volvo}");
        var (actors, call, ct) = (app.Services.GetRequiredService<IActors>(), Call.System(id), TestContext.Current.CancellationToken);
        async Task<Refusal?> RefusedAsync(Event entry) => (await actors.TryAsync(call, await undo.RevertAsync(id, [entry], false, ct), ct)).Single().Refusal;
        Assert.Equal("partner.deleted", (await RefusedAsync(entries[0]))?.Code);
        await company.PostAsync($"partners/{volvo}/restore");
        foreach (var entry in entries)
        {
            Assert.Null(await RefusedAsync(entry));
            await actors.SendAsync<Case>(call, number, entry.Version == 1 ? new UndoCreateCase(entry.After) : new RevertCase(entry.Before, entry.After), ct);
        }
        Steps.AssertProblem(await company.GetAsync($"cases/{number}"), 404, "case.deleted");
        var restored = (await company.PostAsync($"cases/{number}/restore")).Body;
        Assert.Equal((42, "new", volvo), (restored.GetProperty("probability").GetInt32(), restored.Key("status"), restored.GetProperty("partner").GetProperty("number").GetInt64()));
    }
}
