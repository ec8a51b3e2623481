using System.Text.Json;
using Crm.Tests.Api;

namespace Crm.Tests.Cases;

public sealed class CaseBulkTests(OneApp app)
{
    [Fact]
    public async Task Won_is_100_percent_and_lost_0_in_bulk_too_and_undo_gives_the_probability_back()
    {
        var company = await app.CompanyAsync();
        var partner = await company.PartnerAsync("Volvo");
        long[] numbers = [await company.CaseAsync(partner, "\"probability\":33"), await company.CaseAsync(partner), await company.CaseAsync(partner)];
        await company.PostAsync($"cases/{numbers[2]}/close");
        var lost = await company.DoneAsync("case.update", new { status = "lost", lostReason = new { key = "price" } }, new { numbers });
        Assert.Equal(("done", 2, 1), Bulk.Result(lost));
        Assert.Equal("case.closed", lost.GetProperty("skipped")[0].GetProperty("code").GetString());
        var read = await company.ReadCaseAsync(numbers[0]);
        Assert.Equal(("lost", 0), (read.Key("status"), read.GetProperty("probability").GetInt32()));
        var won = await company.DoneAsync("case.setStatus", new { status = "won" }, new { filter = "status=lost" });
        Assert.Equal(("done", 2, 0), Bulk.Result(won));
        Assert.Equal(100, (await company.ReadCaseAsync(numbers[1])).GetProperty("probability").GetInt32());
        Assert.Equal(("undone", 2, 0), Bulk.Result(await company.TurnAsync(won, "undo")));
        Assert.Equal(("undone", 2, 0), Bulk.Result(await company.TurnAsync(lost, "undo")));
        var probabilities = await Task.WhenAll(numbers.Select(async n => (await company.ReadCaseAsync(n)).GetProperty("probability").GetInt32()));
        Assert.Equal([33, 10, 10], probabilities);
    }

    [Theory]
    [InlineData("setOwner", """{"owner":null}""", "owner")]
    [InlineData("setFollowUp", """{"followUp":"2027-01-15"}""", "followUp")]
    [InlineData("setExpectedClose", """{"expectedClose":"2027-02-15"}""", "expectedClose")]
    [InlineData("close", null, "closed")]
    [InlineData("reopen", null, "closed")]
    [InlineData("delete", null, "")]
    [InlineData("restore", null, "")]
    public async Task Every_action_does_to_many_what_it_does_to_one(string action, string? set, string member)
    {
        var company = await app.CompanyAsync();
        var partner = await company.PartnerAsync("Volvo");
        var owner = await company.AdminIdAsync();
        long[] numbers = [await company.CaseAsync(partner, $"\"owner\":\"{owner}\""), await company.CaseAsync(partner, $"\"owner\":\"{owner}\"")];
        foreach (var number in numbers)
        {
            if (action == "reopen") await company.PostAsync($"cases/{number}/close");
            if (action == "restore") await company.DeleteAsync($"cases/{number}");
        }
        using var json = JsonDocument.Parse(set ?? "{}");
        Assert.Equal(("done", 2, 0), Bulk.Result(await company.DoneAsync($"case.{action}", json.RootElement, new { filter = $"partner={partner}{(action == "restore" ? "&deleted=true" : "")}" })));
        Assert.Equal(action == "delete" ? 0 : 2, (await company.GetAsync("cases")).Body.GetProperty("count").GetInt32());
        if (member.Length == 0) return;
        var value = (await company.ReadCaseAsync(numbers[0])).GetProperty(member);
        if (member == "closed") Assert.Equal(action == "close", value.GetBoolean());
        else if (member == "owner") Assert.Equal(JsonValueKind.Null, value.ValueKind);
        else Assert.Equal(json.RootElement.GetProperty(member).GetString(), value.GetString());
    }

    [Fact]
    public async Task Cases_of_a_deleted_partner_are_skipped_and_what_no_case_can_have_is_refused_at_once()
    {
        var company = await app.CompanyAsync();
        var (gone, there) = (await company.PartnerAsync("Gone"), await company.PartnerAsync("There"));
        long[] numbers = [await company.CaseAsync(gone), await company.CaseAsync(there)];
        await company.DeleteAsync($"partners/{gone}");
        var preview = (await company.BulkAsync("case.setStatus", new { status = "won" }, new { numbers }, ("Prefer", "dry-run"))).Body.GetProperty("preview");
        Assert.Equal("""{"total":2,"changed":1,"unchanged":0,"skipped":1,"byCurrent":[{"value":"new","count":1}]}""", preview.GetRawText());
        var done = await company.DoneAsync("case.setStatus", new { status = "won" }, new { numbers });
        Assert.Equal([(numbers[0], "partner.deleted")], done.GetProperty("skipped").EnumerateArray().Select(s => (s.GetProperty("number").GetInt64(), s.GetProperty("code").GetString()!)));
        Steps.AssertProblem(await company.BulkAsync("case.setStatus", new { status = "nowhere" }, new { numbers }), 422, "case.status.unknown");
        Steps.AssertProblem(await company.BulkAsync("case.update", new { lostReason = new { key = "price" } }, new { numbers }), 422, "case.lostReason.notLost");
        Steps.AssertProblem(await company.BulkAsync("case.setStatus", new { status = "won" }, new { filter = "stage=lost" }), 400, "filter.unknown");
    }

    [Fact]
    public async Task Cases_and_partners_with_the_same_numbers_do_not_stand_in_each_others_way()
    {
        var company = await app.CompanyAsync();
        var partner = await company.PartnerAsync("Volvo", "\"stage\":\"active\"");
        await company.CaseAsync(partner);
        var letGo = await app.BlockAsync(company);
        var one = (await company.BulkAsync("partner.setStage", new { stage = "lost" }, new { numbers = new[] { partner, 1 } })).Body;
        var other = (await company.BulkAsync("case.setStatus", new { status = "won" }, new { numbers = new[] { partner, 1 } })).Body;
        await letGo();
        Assert.Equal((("done", 1, 1), ("done", 1, 1)), (Bulk.Result(await company.FinishedAsync(Bulk.Number(one))), Bulk.Result(await company.FinishedAsync(Bulk.Number(other)))));
    }
}
