using System.Net;

namespace Crm.Tests.Access;

public sealed class ConditionTests(CrmApp app) : IClassFixture<CrmApp>
{
    private string Departments => app.Acme.Path("departments");

    private string Company => app.Acme.Path("company");

    private HttpClient Admin => app.Acme.Admin;

    [Fact]
    public async Task A_repeated_request_has_one_effect_and_the_first_answer()
    {
        var (body, key) = (new { id = "replayed", name = "Once" }, ("Idempotency-Key", "k-1"));
        var first = await Admin.CallAsync(HttpMethod.Post, Departments, body, key);
        var again = await Admin.CallAsync(HttpMethod.Post, Departments, body, key);
        Assert.Equal((first.Status, first.ETag, first.Header("Location"), first.Body.ToString()), (again.Status, again.ETag, again.Header("Location"), again.Body.ToString()));
        Assert.Null(first.Header("Idempotency-Replayed"));
        Assert.Equal("true", again.Header("Idempotency-Replayed"));
    }

    [Fact]
    public async Task The_same_key_for_another_request_is_422()
    {
        await Admin.CallAsync(HttpMethod.Post, Departments, new { id = "mismatch", name = "One" }, ("Idempotency-Key", "k-2"));
        var otherBody = await Admin.CallAsync(HttpMethod.Post, Departments, new { id = "mismatch2", name = "One" }, ("Idempotency-Key", "k-2"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "idempotency.mismatch"), (otherBody.Status, otherBody.Code));
        var otherPath = await Admin.CallAsync(HttpMethod.Patch, $"{Departments}/mismatch", new { id = "mismatch", name = "One" }, ("Idempotency-Key", "k-2"));
        Assert.NotEqual(HttpStatusCode.OK, otherPath.Status);
        Assert.Equal("department.notFound", (await Admin.ReadAsync($"{Departments}/mismatch2")).Code);
    }

    [Theory]
    [InlineData("§own")]
    [InlineData("tab\tinside")]
    public async Task An_idempotency_key_that_is_none_is_400(string key)
    {
        var reply = await Admin.CallAsync(HttpMethod.Post, Departments, new { id = "badkey", name = "X" }, ("Idempotency-Key", key));
        Assert.Equal((HttpStatusCode.BadRequest, "idempotency.key"), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task A_key_may_have_255_characters_and_not_more()
    {
        Assert.Equal(HttpStatusCode.Created, (await Admin.CallAsync(HttpMethod.Post, Departments, new { id = "long", name = "X" }, ("Idempotency-Key", new string('k', 255)))).Status);
        Assert.Equal("idempotency.key", (await Admin.CallAsync(HttpMethod.Post, Departments, new { id = "longer", name = "X" }, ("Idempotency-Key", new string('k', 256)))).Code);
    }

    [Fact]
    public async Task Keys_of_two_callers_do_not_meet()
    {
        var key = ("Idempotency-Key", "shared");
        await Admin.CallAsync(HttpMethod.Post, Departments, new { id = "callers", name = "One" }, key);
        var other = await app.Acme.AdminBrowser.CallAsync(HttpMethod.Post, Departments, new { id = "callers", name = "One" }, key);
        Assert.Equal("department.taken", other.Code);
    }

    [Fact]
    public async Task A_dry_run_answers_the_same_and_stores_nothing()
    {
        var before = await Admin.ReadAsync(Company);
        var reply = await Admin.CallAsync(HttpMethod.Patch, Company, new { name = "Only a try" }, ("Prefer", "return=representation, dry-run"));
        Assert.Equal((HttpStatusCode.OK, "Only a try", "dry-run"), (reply.Status, reply.Text("name"), reply.Header("Preference-Applied")));
        var user = await Admin.CallAsync(HttpMethod.Post, app.Acme.Path("users"), new { email = "dry@acme.example", name = "Dry", role = "reader" }, ("Prefer", "dry-run"));
        Assert.Equal((HttpStatusCode.Created, null, null), (user.Status, user.Text("id"), user.Text("invitation")));
        var key = await Admin.CallAsync(HttpMethod.Post, app.Acme.Path("api-keys"), new { name = "dry", role = "reader" }, ("Prefer", "dry-run"));
        Assert.Equal((HttpStatusCode.Created, null), (key.Status, key.Text("token")));
        Assert.Equal((before.ETag, before.Body.ToString()), (await Admin.ReadAsync(Company)) is var after ? (after.ETag, after.Body.ToString()) : default);
        Assert.Equal("apiKey.notFound", (await Admin.ReadAsync(app.Acme.Path($"api-keys/{key.Body.GetProperty("number").GetInt64()}"))).Code);
    }

    [Fact]
    public async Task A_stale_version_is_412_and_tells_the_current_one()
    {
        var read = await Admin.ReadAsync(Company);
        Assert.Equal(HttpStatusCode.OK, (await Admin.CallAsync(HttpMethod.Patch, Company, new { fiscalYearStart = 7 }, ("If-Match", read.ETag!))).Status);
        var stale = await Admin.CallAsync(HttpMethod.Patch, Company, new { fiscalYearStart = 8 }, ("If-Match", read.ETag!));
        Assert.Equal((HttpStatusCode.PreconditionFailed, "version.stale"), (stale.Status, stale.Code));
        Assert.Equal((await Admin.ReadAsync(Company)).ETag, stale.Text("currentETag"));
        Assert.Equal(HttpStatusCode.OK, (await Admin.CallAsync(HttpMethod.Patch, Company, new { fiscalYearStart = 9 }, ("If-Match", "*"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await Admin.CallAsync(HttpMethod.Patch, Company, new { fiscalYearStart = 10 })).Status);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("W/\"1\"")]
    [InlineData("\"1\", \"2\"")]
    [InlineData("\"x\"")]
    public async Task An_if_match_that_is_not_understood_matches_nothing(string etag)
    {
        var reply = await Admin.CallAsync(HttpMethod.Patch, Company, new { name = "Never" }, ("If-Match", etag));
        Assert.Equal((HttpStatusCode.PreconditionFailed, "version.stale"), (reply.Status, reply.Code));
        Assert.NotEqual("Never", (await Admin.ReadAsync(Company)).Text("name"));
    }

    [Fact]
    public async Task Settings_are_checked_all_at_once()
    {
        var reply = await Admin.CallAsync(HttpMethod.Patch, Company, new { name = "", baseCurrency = "XXX", timeZone = "Mars/Olympus", language = "tlh", country = "XX", fiscalYearStart = 13 });
        Assert.Equal("validation.failed", reply.Code);
        Assert.Equal(["/name", "/baseCurrency", "/timeZone", "/language", "/country", "/fiscalYearStart"], reply.Body.GetProperty("errors").EnumerateObject().Select(e => e.Name));
        Assert.Equal("company.baseCurrency", (await Admin.CallAsync(HttpMethod.Patch, Company, "{\"baseCurrency\":null}")).Code);
    }
}
