using System.Net;

namespace Crm.Tests.Api;

/// <summary>ETags, If-Match, dry runs and idempotency keys, for partners and what belongs to them.</summary>
public sealed class VersionTests(OneApp app)
{
    [Fact]
    public async Task A_stale_If_Match_is_412_with_the_ETag_of_now()
    {
        var company = await app.CompanyAsync();
        var path = $"partners/{await company.PartnerAsync("Volvo")}";
        Assert.Equal("\"2\"", (await company.PatchAsync(path, """{"stage":"lost"}""", ("If-Match", "\"1\""))).ETag);
        foreach (var stale in new[] { await company.PatchAsync(path, """{"stage":"active"}""", ("If-Match", "\"1\"")), await company.DeleteAsync(path, ("If-Match", "\"1\"")), await company.PostAsync($"{path}/restore", null, ("If-Match", "\"9\"")) })
        {
            Steps.AssertProblem(stale, 412, "version.stale");
            Assert.Equal(("\"2\"", "\"2\""), (stale.ETag, stale.Text("currentETag")));
        }
        Steps.AssertProblem(await company.PatchAsync(path, """{"stage":"active"}""", ("If-Match", "W/\"2\"")), 412, "version.stale");
        Assert.Equal(HttpStatusCode.OK, (await company.PatchAsync(path, """{"stage":"active"}""", ("If-Match", "*"))).Status);
    }

    [Fact]
    public async Task Without_If_Match_the_last_write_wins_for_each_field()
    {
        var company = await app.CompanyAsync();
        var path = $"partners/{await company.PartnerAsync("Volvo")}";
        await Task.WhenAll(company.PatchAsync(path, """{"stage":"lost"}"""), company.PatchAsync(path, """{"phone":"1"}"""), company.PatchAsync(path, """{"employees":7}"""));
        var body = (await company.GetAsync(path)).Body;
        Assert.Equal(("lost", "1", 7, 4), (body.GetProperty("stage").GetProperty("key").GetString(), body.GetProperty("phone").GetString(), body.GetProperty("employees").GetInt32(), body.GetProperty("version").GetInt32()));
    }

    [Fact]
    public async Task Of_twenty_writers_with_the_same_version_one_wins()
    {
        var company = await app.CompanyAsync();
        var path = $"partners/{await company.PartnerAsync("Volvo")}";
        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => company.PatchAsync(path, $$"""{"employees":{{i}}}""", ("If-Match", "\"1\""))));
        Assert.Single(replies, r => r.Status == HttpStatusCode.OK);
        Assert.Equal(19, replies.Count(r => r.Status == HttpStatusCode.PreconditionFailed));
    }

    [Fact]
    [Trait("Requirement", "N3")]
    public async Task A_dry_run_of_any_write_stores_nothing_and_says_so()
    {
        var company = await app.CompanyAsync();
        var number = await company.PartnerAsync("Volvo");
        var contact = (await company.PostAsync($"partners/{number}/contacts", new { name = "Eva" })).Body.GetProperty("id").GetInt32();
        await company.PostAsync("departments", new { id = "old", name = "Old" });
        var user = await company.UserAsync("Bo");
        await company.TagAsync("old");
        await company.PutLogoAsync(number, Pictures.Png);
        var import = await company.ImportAsync("Name;Country\nOld AB;SE\n");
        var before = await app.JournalEndAsync(company);
        (HttpMethod Method, string Path, object? Body)[] writes =
        [
            (HttpMethod.Post, "partners", """{"name":"New","country":"SE","relations":["customer"]}"""), (HttpMethod.Patch, $"partners/{number}", """{"stage":"lost"}"""), (HttpMethod.Delete, $"partners/{number}", null),
            (HttpMethod.Post, $"partners/{number}/restore", null), (HttpMethod.Post, $"partners/{number}/contacts", """{"name":"New"}"""), (HttpMethod.Patch, $"partners/{number}/contacts/{contact}", """{"title":"CEO"}"""),
            (HttpMethod.Delete, $"partners/{number}/contacts/{contact}", null), (HttpMethod.Delete, $"partners/{number}/logo", null),
            (HttpMethod.Post, "stages", """{"key":"new","name":"New"}"""), (HttpMethod.Patch, "stages/lost", """{"name":"X"}"""), (HttpMethod.Delete, "stages/lost", null), (HttpMethod.Post, "tags", """{"key":"new","name":"New"}"""),
            (HttpMethod.Delete, "tags/old", null), (HttpMethod.Post, "industries", """{"key":"new","name":"New"}"""), (HttpMethod.Post, "relations", """{"key":"new","name":"New"}"""),
            (HttpMethod.Patch, "company", """{"name":"Other AB"}"""), (HttpMethod.Post, "departments", """{"id":"new","name":"New"}"""), (HttpMethod.Patch, "departments/old", """{"name":"X"}"""), (HttpMethod.Delete, "departments/old", null),
            (HttpMethod.Post, "users", """{"email":"new@example.com","name":"New","role":"reader"}"""), (HttpMethod.Patch, $"users/{user}", """{"name":"X"}"""), (HttpMethod.Post, $"users/{user}/invitation", null),
            (HttpMethod.Post, "api-keys", """{"name":"New","role":"reader"}"""), (HttpMethod.Delete, "api-keys/3", null),
            (HttpMethod.Post, $"operations/{import}/undo", null), (HttpMethod.Post, $"operations/{import}/redo", null),
        ];
        foreach (var (method, path, body) in writes)
        {
            var reply = await company.Admin.CallAsync(method, company.Path(path), body, ("Prefer", "dry-run"));
            Assert.True((int)reply.Status is >= 200 and < 300, $"{method} {path}: {reply.Body}");
            Assert.True(reply.Header("Preference-Applied") == "dry-run", $"{method} {path}");
            Assert.Null(reply.Message.Headers.Location is { } place && method == HttpMethod.Post && !path.StartsWith("operations", StringComparison.Ordinal) ? place : null);
        }
        var logo = await company.PutLogoAsync(number, Pictures.Svg, ("Prefer", "dry-run"));
        Assert.True(logo.Header("Preference-Applied") == "dry-run", logo.Body.ToString());
        Assert.Equal(before, await app.JournalEndAsync(company));
        var partner = (await company.GetAsync($"partners/{number}")).Body;
        Assert.Equal(("image/png", System.Text.Json.JsonValueKind.Null), (partner.GetProperty("logo").GetProperty("contentType").GetString(), partner.GetProperty("stage").ValueKind));
        Assert.Equal("done", (await company.FinishedAsync(import)).GetProperty("state").GetString());
        Assert.DoesNotContain("new@example.com", (await company.GetAsync("users")).Body.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_shows_what_would_be_and_refuses_what_would_be_refused()
    {
        var company = await app.CompanyAsync();
        var number = await company.PartnerAsync("Volvo");
        var would = await company.PostAsync("partners", """{"name":"New","country":"DK","relations":["customer"],"organisationNumber":"28504798"}""", ("Prefer", "dry-run"));
        Assert.Equal((HttpStatusCode.Created, number + 1), (would.Status, would.Body.GetProperty("number").GetInt64()));
        Assert.Equal("partner.organisationNumber.checkDigit", would.Body.GetProperty("warnings")[0].GetProperty("code").GetString());
        Assert.Equal("lost", (await company.PatchAsync($"partners/{number}", """{"stage":"lost"}""", ("Prefer", "dry-run"))).Body.GetProperty("stage").GetProperty("key").GetString());
        Steps.AssertProblem(await company.PatchAsync($"partners/{number}", """{"name":null}""", ("Prefer", "dry-run")), 422, "partner.name.required");
        Steps.AssertProblem(await company.PatchAsync($"partners/{number}", """{"name":"X"}""", ("Prefer", "dry-run"), ("If-Match", "\"7\"")), 412, "version.stale");
        Assert.Equal(number + 1, await company.PartnerAsync("Next"));
    }

    [Fact]
    [Trait("Requirement", "N12")]
    public async Task The_same_request_with_the_same_key_has_one_effect_and_one_answer()
    {
        var company = await app.CompanyAsync();
        var number = await company.PartnerAsync("Volvo");
        (HttpMethod Method, string Path, string Body, int Status)[] writes =
        [
            (HttpMethod.Post, "partners", """{"name":"Once","country":"SE","relations":["customer"]}""", 201), (HttpMethod.Patch, $"partners/{number}", """{"stage":"lost"}""", 200),
            (HttpMethod.Post, $"partners/{number}/contacts", """{"name":"Eva"}""", 201), (HttpMethod.Post, "tags", """{"key":"once","name":"Once"}""", 201),
        ];
        foreach (var (method, path, body, status) in writes)
        {
            var end = await app.JournalEndAsync(company);
            var replies = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => company.Admin.CallAsync(method, company.Path(path), body, ("Idempotency-Key", $"key {path}"))));
            Assert.All(replies, r => Assert.True((int)r.Status == status, $"{path}: {(int)r.Status} {r.Body}"));
            Assert.Single(replies.Select(r => (r.Body.ToString(), r.ETag, r.Message.Headers.Location)).Distinct());
            Assert.Equal(4, replies.Count(r => r.Header("Idempotency-Replayed") == "true"));
            Assert.Equal(end + 1, await app.JournalEndAsync(company));
            Steps.AssertProblem(await company.Admin.CallAsync(method, company.Path(path), body.Replace("}", ""","name":"Other"}""", StringComparison.Ordinal).Replace("""{"name":"Eva",""", "{", StringComparison.Ordinal).Replace("""{"name":"Once",""", "{", StringComparison.Ordinal)
                .Replace("""{"key":"once","name":"Once",""", """{"key":"once",""", StringComparison.Ordinal), ("Idempotency-Key", $"key {path}")), 422, "idempotency.mismatch");
        }
    }

    [Fact]
    [Trait("Requirement", "N12")]
    public async Task A_first_answer_is_given_again_even_when_the_request_would_be_refused_by_now()
    {
        var company = await app.CompanyAsync();
        var parent = await company.PartnerAsync("Parent");
        var body = $$"""{"name":"Child","country":"SE","relations":["customer"],"parent":{{parent}}}""";
        var first = await company.PostAsync("partners", body, ("Idempotency-Key", "child"));
        await company.DeleteAsync($"partners/{parent}");
        var again = await company.PostAsync("partners", body, ("Idempotency-Key", "child"));
        Assert.Equal((HttpStatusCode.Created, "true", first.Body.ToString()), (again.Status, again.Header("Idempotency-Replayed"), again.Body.ToString()));
    }
}
