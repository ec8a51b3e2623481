using System.Net;
using System.Text.Json;
using Crm.Tests.Partners;

namespace Crm.Tests.Api;

public sealed class PartnerTests(OneApp app)
{
    [Fact]
    [Trait("Requirement", "R7")]
    [Trait("Requirement", "R20")]
    public async Task A_new_partner_gets_a_number_a_place_and_an_ETag()
    {
        var company = await app.CompanyAsync();
        var made = await company.PostAsync("partners", """{"name":"Volvo","country":"SE","relations":["customer"]}""");
        Assert.Equal((HttpStatusCode.Created, "\"1\""), (made.Status, made.ETag));
        var number = made.Body.GetProperty("number").GetInt64();
        Assert.Equal($"/api/v1/{company.Slug}/partners/{number}", made.Message.Headers.Location?.ToString());
        var read = await company.Admin.ReadAsync(made.Message.Headers.Location!.ToString());
        // What other modules count comes with a read, not with the answer to a write.
        Assert.Equal(made.Body.ToString().Replace("\"openCases\":null", "\"openCases\":0", StringComparison.Ordinal), read.Body.ToString());
        Assert.Equal(made.ETag, read.ETag);
    }

    [Fact]
    [Trait("Requirement", "R7")]
    [Trait("Requirement", "R8")]
    public async Task A_number_is_refused_on_every_way_in()
    {
        var company = await app.CompanyAsync();
        var number = await company.PartnerAsync("Volvo");
        Steps.AssertProblem(await company.PostAsync("partners", """{"number":7,"name":"X","country":"SE","relations":["customer"]}"""), 422, "partner.number.immutable");
        Steps.AssertProblem(await company.PatchAsync($"partners/{number}", """{"number":7}"""), 422, "partner.number.immutable");
        Steps.AssertProblem(await company.PatchAsync($"partners/{number}", $$"""{"number":{{number}}}"""), 422, "partner.number.immutable");
        Steps.AssertProblem(await company.Admin.CallAsync(HttpMethod.Put, company.Path($"partners/{number}"), """{"number":7}"""), 405, "method.notAllowed");
        Assert.Equal(number, (await company.GetAsync($"partners/{number}")).Body.GetProperty("number").GetInt64());
    }

    [Fact]
    [Trait("Requirement", "R9")]
    public async Task Numbers_are_unique_and_rise_in_the_order_of_the_journal_under_a_hundred_creates_at_once()
    {
        var company = await app.CompanyAsync();
        var first = await company.PartnerAsync("First");
        var numbers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => company.PartnerAsync($"P{i}")));
        Assert.Equal(100, numbers.Distinct().Count());
        Assert.All(numbers, n => Assert.True(n > first));
        var last = await company.PartnerAsync("Last");
        Assert.True(last > numbers.Max());
        var created = (await company.GetAsync("events?limit=1000")).Body.GetProperty("items").EnumerateArray().Where(e => e.GetProperty("fact").GetString() == "partner.created").Select(e => e.GetProperty("number").GetInt64()).ToArray();
        Assert.Equal(102, created.Length);
        Assert.Equal(created.Order(), created);
    }

    [Fact]
    [Trait("Requirement", "R10")]
    public async Task The_number_of_a_deleted_partner_is_not_used_again()
    {
        var company = await app.CompanyAsync();
        var number = await company.PartnerAsync("Gone");
        Assert.Equal(HttpStatusCode.OK, (await company.DeleteAsync($"partners/{number}")).Status);
        var next = await company.PartnerAsync("Next");
        Assert.True(next > number);
        Assert.Equal(HttpStatusCode.OK, (await company.PostAsync($"partners/{number}/restore")).Status);
        Assert.True(await company.PartnerAsync("Third") > next);
    }

    [Fact]
    [Trait("Requirement", "R18")]
    public async Task A_deleted_partner_leaves_the_lists_refuses_changes_and_comes_back_as_it_was()
    {
        var company = await app.CompanyAsync();
        var number = await company.PartnerAsync("Back", "\"stage\":\"lost\"");
        var before = (await company.GetAsync($"partners/{number}")).Body;
        await company.DeleteAsync($"partners/{number}");
        Steps.AssertProblem(await company.GetAsync($"partners/{number}"), 404, "partner.deleted");
        Steps.AssertProblem(await company.PatchAsync($"partners/{number}", """{"name":"X"}"""), 409, "partner.deleted");
        Assert.Equal("", await company.NamesAsync("partners"));
        Assert.Equal("", await company.NamesAsync("partners/overview"));
        Assert.Equal("Back", await company.NamesAsync("partners?deleted=true"));
        var answer = (await company.PostAsync($"partners/{number}/restore")).Body;
        foreach (var member in before.EnumerateObject().Where(m => m.Name is not ("version" or "updatedAt" or "counts"))) Assert.Equal(member.Value.ToString(), answer.GetProperty(member.Name).ToString());
        var restored = (await company.GetAsync($"partners/{number}")).Body;
        foreach (var member in before.EnumerateObject().Where(m => m.Name is not ("version" or "updatedAt"))) Assert.Equal(member.Value.ToString(), restored.GetProperty(member.Name).ToString());
        Assert.Equal("Back", await company.NamesAsync("partners/overview"));
    }

    [Fact]
    [Trait("Requirement", "R18")]
    [Trait("Requirement", "R15")]
    [Trait("Requirement", "R21")]
    [Trait("Requirement", "R64")]
    public async Task Every_field_is_written_read_changed_and_cleared()
    {
        var company = await app.CompanyAsync();
        var (user, other) = (await company.AdminIdAsync(), await company.UserAsync("Bo"));
        await company.TagAsync("vip");
        await company.PostAsync("departments", new { id = "sales", name = "Sales" });
        var full = Samples.Full.Replace("\"u1\"", $"\"{user}\"", StringComparison.Ordinal).Replace("\"u2\"", $"\"{other}\"", StringComparison.Ordinal);
        var made = await company.PostAsync("partners", full);
        Assert.Equal(HttpStatusCode.Created, made.Status);
        var body = made.Body;
        Assert.Equal(("556012-5790", "prospect", "Prospect"), (body.GetProperty("organisationNumber").GetString(), body.GetProperty("stage").GetProperty("key").GetString(), body.GetProperty("stage").GetProperty("name").GetString()));
        Assert.Equal((1050.50m, "SEK"), (body.GetProperty("creditLimit").GetProperty("amount").GetDecimal(), body.GetProperty("creditLimit").GetProperty("currency").GetString()));
        Assert.Equal((user, "Bo", "Sales", "Manufacturing"), (body.GetProperty("owner").GetProperty("id").GetString(), body.GetProperty("coOwners")[0].GetProperty("name").GetString(), body.GetProperty("department").GetProperty("name").GetString(), body.GetProperty("industry").GetProperty("name").GetString()));
        Assert.Equal(("Ystad", "Oslo", "Umeå"), (City(body, "visiting"), City(body, "postal"), City(body, "invoice")));
        Assert.Equal(("emailLink", 20, "0088"), (body.GetProperty("invoicing").GetProperty("type").GetString(), body.GetProperty("invoicing").GetProperty("creditDays").GetInt32(), body.GetProperty("invoicing").GetProperty("eInvoice").GetProperty("scheme").GetString()));
        var path = $"partners/{body.GetProperty("number").GetInt64()}";
        var cleared = (await company.PatchAsync(path, """{"stage":null,"creditLimit":null,"owner":null,"coOwners":[],"addresses":null,"invoicing":null,"department":null,"industry":null,"employees":null,"tags":null}""")).Body;
        foreach (var name in new[] { "stage", "creditLimit", "owner", "invoicing", "department", "industry", "employees" }) Assert.Equal(JsonValueKind.Null, cleared.GetProperty(name).ValueKind);
        Assert.Equal((0, 0), (cleared.GetProperty("coOwners").GetArrayLength(), cleared.GetProperty("tags").GetArrayLength()));
        Assert.Equal(("Full AB", "+46 8 123"), (cleared.GetProperty("name").GetString(), cleared.GetProperty("phone").GetString()));
        Assert.Equal(JsonValueKind.Null, cleared.GetProperty("addresses").GetProperty("postal").ValueKind);
    }

    [Fact]
    [Trait("Requirement", "R26")]
    [Trait("Requirement", "R28")]
    public async Task What_is_unknown_is_null_and_never_zero()
    {
        var company = await app.CompanyAsync();
        var body = (await company.GetAsync($"partners/{await company.PartnerAsync("Blank")}")).Body;
        foreach (var name in new[] { "stage", "creditLimit", "balance", "uninvoiced", "latestDelivery", "owner", "organisationNumber", "employees", "parent", "credit", "invoicedThisYear", "logo", "deletedAt" })
            Assert.Equal(JsonValueKind.Null, body.GetProperty(name).ValueKind);
    }

    [Fact]
    public async Task A_patch_that_changes_nothing_makes_no_version_and_no_entry()
    {
        var company = await app.CompanyAsync();
        var path = $"partners/{await company.PartnerAsync("Same", "\"tags\":[]")}";
        var end = await app.JournalEndAsync(company);
        foreach (var body in new[] { "{}", """{"name":"Same"}""", """{"name":" Same ","relations":["customer"],"stage":null}""" })
            Assert.Equal((HttpStatusCode.OK, "\"1\""), await company.PatchAsync(path, body) is var r ? (r.Status, r.ETag) : default);
        Assert.Equal(end, await app.JournalEndAsync(company));
    }

    [Fact]
    [Trait("Requirement", "R20")]
    public async Task All_broken_rules_come_back_at_once_by_pointer()
    {
        var company = await app.CompanyAsync();
        var reply = await company.PostAsync("partners", """{"country":"XX","relations":[],"organisationNumber":"1","parent":99,"email":"x"}""");
        Steps.AssertProblem(reply, 422, "validation.failed");
        Assert.Equal(["/country", "/email", "/name", "/parent", "/relations"], reply.Body.GetProperty("errors").EnumerateObject().Select(e => e.Name).Order(StringComparer.Ordinal));
        Assert.Equal("partner.parent.unknown", reply.Body.GetProperty("codes").GetProperty("/parent")[0].GetString());
    }

    [Fact]
    [Trait("Requirement", "R33")]
    public async Task A_former_user_is_still_named_as_owner()
    {
        var company = await app.CompanyAsync();
        var user = await company.UserAsync("Karin Å");
        var path = $"partners/{await company.PartnerAsync("Owned", $"\"owner\":\"{user}\",\"stage\":\"active\"")}";
        Assert.Equal(HttpStatusCode.OK, (await company.PatchAsync($"users/{user}", new { disabled = true })).Status);
        var owner = (await company.GetAsync("partners/overview")).Body.GetProperty("items")[0].GetProperty("owner");
        Assert.Equal(("Karin Å", true), (owner.GetProperty("name").GetString(), owner.GetProperty("disabled").GetBoolean()));
        Steps.AssertProblem(await company.PostAsync("partners", $$"""{"name":"X","country":"SE","relations":["customer"],"owner":"{{user}}"}"""), 422, "partner.owner.unknown");
        Assert.Equal(HttpStatusCode.OK, (await company.PatchAsync(path, new { name = "Renamed" })).Status);
    }

    [Fact]
    public async Task A_reader_reads_and_a_seller_writes()
    {
        var company = await app.CompanyAsync();
        var number = await company.PartnerAsync("Volvo");
        Assert.Equal(HttpStatusCode.OK, (await company.Reader.ReadAsync(company.Path($"partners/{number}"))).Status);
        Steps.AssertProblem(await company.Reader.CallAsync(HttpMethod.Patch, company.Path($"partners/{number}"), "{}"), 403, "right.missing");
        Assert.Equal(HttpStatusCode.OK, (await company.Seller.CallAsync(HttpMethod.Patch, company.Path($"partners/{number}"), """{"stage":"lost"}""")).Status);
        Steps.AssertProblem(await company.Seller.CallAsync(HttpMethod.Post, company.Path("stages"), """{"key":"x","name":"X"}"""), 403, "right.missing");
    }

    private static string? City(JsonElement partner, string which) => partner.GetProperty("addresses").GetProperty(which).GetProperty("city").GetString();
}
