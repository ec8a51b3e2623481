using System.Net;

namespace Crm.Tests.Api;

[Trait("Requirement", "R65")]
public sealed class ContactTests(OneApp app)
{
    [Fact]
    public async Task Contacts_are_added_read_changed_made_inactive_and_removed()
    {
        var company = await app.CompanyAsync();
        var path = $"partners/{await company.PartnerAsync("Volvo")}/contacts";
        var eva = await company.PostAsync(path, """{"name":"Eva Å","title":"CEO","email":"eva@example.com","phone":"08-1","primary":true}""");
        Assert.Equal((HttpStatusCode.Created, "\"1\"", $"/api/v1/{company.Slug}/{path}/1"), (eva.Status, eva.ETag, eva.Message.Headers.Location?.ToString()));
        Assert.Equal(eva.Body.ToString(), (await company.GetAsync($"{path}/1")).Body.ToString());
        await company.PostAsync(path, """{"name":"Bo","primary":true}""");
        var list = (await company.GetAsync(path)).Body.GetProperty("items").EnumerateArray().Select(c => (c.GetProperty("name").GetString(), c.GetProperty("primary").GetBoolean()));
        Assert.Equal([("Eva Å", false), ("Bo", true)], list);
        var changed = await company.PatchAsync($"{path}/1", """{"title":null,"active":false}""");
        Assert.Equal(("\"3\"", System.Text.Json.JsonValueKind.Null, false), (changed.ETag, changed.Body.GetProperty("title").ValueKind, changed.Body.GetProperty("active").GetBoolean()));
        Assert.Equal("eva@example.com", changed.Text("email"));
        Assert.Equal(HttpStatusCode.OK, (await company.DeleteAsync($"{path}/1")).Status);
        Steps.AssertProblem(await company.GetAsync($"{path}/1"), 404, "contact.notFound");
        Assert.Equal(3, (await company.PostAsync(path, """{"name":"Third"}""")).Body.GetProperty("id").GetInt32());
    }

    [Fact]
    public async Task If_Match_is_about_the_contact_and_not_about_the_partner()
    {
        var company = await app.CompanyAsync();
        var number = await company.PartnerAsync("Volvo");
        var path = $"partners/{number}/contacts/1";
        await company.PostAsync($"partners/{number}/contacts", """{"name":"Eva"}""");
        await company.PatchAsync($"partners/{number}", """{"stage":"lost"}""");
        Assert.Equal("\"2\"", (await company.PatchAsync(path, """{"title":"CEO"}""", ("If-Match", "\"1\""))).ETag);
        var stale = await company.PatchAsync(path, """{"title":"CFO"}""", ("If-Match", "\"1\""));
        Steps.AssertProblem(stale, 412, "version.stale");
        Assert.Equal("\"2\"", stale.ETag);
        Steps.AssertProblem(await company.DeleteAsync(path, ("If-Match", "\"1\"")), 412, "version.stale");
        Assert.Equal(HttpStatusCode.OK, (await company.DeleteAsync(path, ("If-Match", "\"2\""))).Status);
    }

    [Fact]
    public async Task What_is_wrong_with_a_contact_is_refused()
    {
        var company = await app.CompanyAsync();
        var path = $"partners/{await company.PartnerAsync("Volvo")}/contacts";
        Steps.AssertProblem(await company.PostAsync(path, "{}"), 422, "contact.name.required");
        Steps.AssertProblem(await company.PostAsync(path, """{"name":"Eva","email":"x"}"""), 422, "email.invalid");
        Steps.AssertProblem(await company.PostAsync(path, """{"name":"Eva","primary":true,"active":false}"""), 422, "contact.primary.inactive");
        Steps.AssertProblem(await company.PatchAsync($"{path}/9", """{"name":"Eva"}"""), 404, "contact.notFound");
        Steps.AssertProblem(await company.PostAsync("partners/999/contacts", """{"name":"Eva"}"""), 404, "partner.notFound");
        Steps.AssertProblem(await company.GetAsync("partners/999/contacts"), 404, "partner.notFound");
    }

    [Fact]
    public async Task Contacts_of_all_partners_are_one_list_in_pages()
    {
        var company = await app.CompanyAsync();
        for (var i = 0; i < 5; i++)
        {
            var number = await company.PartnerAsync($"P{i}");
            if (i == 2) continue;
            await company.PostAsync($"partners/{number}/contacts", $$"""{"name":"A{{i}}","email":"a{{i}}@example.com"}""");
            await company.PostAsync($"partners/{number}/contacts", $$"""{"name":"B{{i}}"}""");
        }
        Assert.Equal("A0 B0 A1 B1 A3 B3 A4 B4", await company.NamesAsync("contacts"));
        Assert.Equal("A3 B3", await company.NamesAsync("contacts?q=a3@EXAMPLE"));
        var first = (await company.GetAsync("contacts?limit=3")).Body;
        Assert.Equal("A4 B4", await company.NamesAsync($"contacts?limit=3&cursor={first.GetProperty("next").GetString()}"));
        Steps.AssertProblem(await company.GetAsync("contacts?name=x"), 400, "filter.unknown");
        Steps.AssertProblem(await company.GetAsync("contacts?cursor=abc"), 400, "cursor.invalid");
    }
}
