using System.Net;
using Crm.Companies;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Access;

public sealed class KeyTests(CrmApp app) : IClassFixture<CrmApp>
{
    private TestCompany Acme => app.Acme;

    [Fact]
    public async Task A_request_without_credentials_is_401_and_says_how_to_sign_in()
    {
        var reply = await app.Anonymous().ReadAsync(Acme.Path("users"));
        Assert.Equal((HttpStatusCode.Unauthorized, "auth.required"), (reply.Status, reply.Code));
        Assert.StartsWith("Bearer", reply.Header("WWW-Authenticate"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("crm_c1k1_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("crm_c1k999_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("crm_c99999999999999999999k1_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("crm_c1k1_")]
    [InlineData("crm_")]
    [InlineData("crm_c-1k1_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("crm_ck_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("inv_c1i1_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("x")]
    public async Task A_forged_key_is_401(string token)
    {
        var reply = await app.With(token).ReadAsync(Acme.Path("users"));
        Assert.Equal((HttpStatusCode.Unauthorized, "auth.invalid"), (reply.Status, reply.Code));
        Assert.Contains("invalid_token", reply.Header("WWW-Authenticate"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_with_one_character_changed_is_401()
    {
        var token = (await MakeAsync("reader")).Text("token")!;
        var last = token[^5] == 'A' ? 'B' : 'A';
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.With($"{token[..^5]}{last}{token[^4..]}").ReadAsync(Acme.Path("users"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await app.With(token).ReadAsync(Acme.Path("users"))).Status);
    }

    [Fact]
    public async Task A_foreign_company_looks_like_one_that_does_not_exist()
    {
        await app.NewCompanyAsync("foreign");
        var foreign = await Acme.Admin.ReadAsync("/api/v1/foreign/users", ("X-Request-Id", "same"));
        var unknown = await Acme.Admin.ReadAsync("/api/v1/unknown/users", ("X-Request-Id", "same"));
        Assert.Equal((HttpStatusCode.NotFound, "company.notFound"), (foreign.Status, foreign.Code));
        foreach (var member in foreign.Body.EnumerateObject().Where(m => m.Name != "traceId"))
            Assert.Equal(member.Value.ToString(), unknown.Body.GetProperty(member.Name).ToString());
        Assert.Equal(foreign.Message.Headers.Select(h => h.Key).Order(), unknown.Message.Headers.Select(h => h.Key).Order());
    }

    [Fact]
    public async Task The_operators_routes_do_not_exist_for_a_key()
    {
        var reply = await Acme.Admin.ReadAsync("/api/v1/operator/companies");
        Assert.Equal((HttpStatusCode.NotFound, "route.notFound"), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task A_role_without_the_right_is_403()
    {
        foreach (var client in new[] { Acme.Seller, Acme.Reader })
        {
            Assert.Equal("right.missing", (await client.ReadAsync(Acme.Path("api-keys"))).Code);
            var reply = await client.CallAsync(HttpMethod.Post, Acme.Path("users"), new { email = "x@y.example", name = "X", role = "admin" });
            Assert.Equal((HttpStatusCode.Forbidden, "right.missing"), (reply.Status, reply.Code));
        }
        Assert.Equal(HttpStatusCode.OK, (await Acme.Reader.ReadAsync(Acme.Path("users"))).Status);
    }

    [Fact]
    public async Task A_key_is_narrowed_by_its_scopes()
    {
        var narrow = app.With((await MakeAsync("admin", ["settings:read"])).Text("token")!);
        Assert.Equal(HttpStatusCode.OK, (await narrow.ReadAsync(Acme.Path("company"))).Status);
        Assert.Equal("right.missing", (await narrow.ReadAsync(Acme.Path("users"))).Code);
    }

    [Fact]
    public async Task A_key_never_makes_one_with_more_rights()
    {
        var maker = app.With((await MakeAsync("admin", ["keys:write", "users:read"])).Text("token")!);
        Task<Reply> TryAsync(string role, string[]? scopes = null) => maker.CallAsync(HttpMethod.Post, Acme.Path("api-keys"), new { name = "made by a key", role, scopes });
        Assert.Equal("right.missing", (await TryAsync("admin")).Code);
        Assert.Equal("right.missing", (await TryAsync("reader")).Code);
        Assert.Equal("right.missing", (await TryAsync("admin", ["users:read", "users:write"])).Code);
        Assert.Equal(HttpStatusCode.Created, (await TryAsync("admin", ["users:read"])).Status);
        Assert.Equal("apiKey.role", (await TryAsync("operator")).Code);
        Assert.Equal("apiKey.scope", (await TryAsync("admin", ["operator:write"])).Code);
    }

    [Fact]
    public async Task A_revoked_key_is_401_at_once()
    {
        var made = await MakeAsync("reader");
        var client = app.With(made.Text("token")!);
        Assert.Equal(HttpStatusCode.OK, (await client.ReadAsync(Acme.Path("users"))).Status);
        var revoked = await Acme.Admin.CallAsync(HttpMethod.Delete, Acme.Path($"api-keys/{made.Body.GetProperty("number").GetInt64()}"));
        Assert.Equal(HttpStatusCode.OK, revoked.Status);
        Assert.NotNull(revoked.Text("revokedAt"));
        Assert.Equal("auth.invalid", (await client.ReadAsync(Acme.Path("users"))).Code);
    }

    [Fact]
    public async Task An_expired_key_is_401()
    {
        var expiresAt = app.Clock.GetUtcNow().AddHours(1);
        var reply = await Acme.Admin.CallAsync(HttpMethod.Post, Acme.Path("api-keys"), new { name = "short", role = "reader", expiresAt });
        var client = app.With(reply.Text("token")!);
        Assert.Equal(HttpStatusCode.OK, (await client.ReadAsync(Acme.Path("users"))).Status);
        app.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal("auth.invalid", (await client.ReadAsync(Acme.Path("users"))).Code);
        var past = await Acme.Admin.CallAsync(HttpMethod.Post, Acme.Path("api-keys"), new { name = "late", role = "reader", expiresAt });
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "apiKey.expiresAt"), (past.Status, past.Code));
    }

    [Fact]
    public async Task When_a_key_was_last_used_is_stored_beside_the_journal()
    {
        var made = await MakeAsync("reader");
        var path = Acme.Path($"api-keys/{made.Body.GetProperty("number").GetInt64()}");
        Assert.Null((await Acme.Admin.ReadAsync(path)).Text("lastUsedAt"));
        await app.With(made.Text("token")!).ReadAsync(Acme.Path("users"));
        await app.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<KeyUses>().Single().StoreAsync(TestContext.Current.CancellationToken);
        var after = await Acme.Admin.ReadAsync(path);
        Assert.NotNull(after.Text("lastUsedAt"));
        Assert.Equal("\"1\"", after.ETag);
    }

    [Fact]
    public async Task The_token_is_shown_once()
    {
        var number = (await MakeAsync("reader")).Body.GetProperty("number").GetInt64();
        Assert.Null((await Acme.Admin.ReadAsync(Acme.Path($"api-keys/{number}"))).Text("token"));
        var list = await Acme.Admin.ReadAsync(Acme.Path("api-keys"));
        Assert.All(list.Body.GetProperty("items").EnumerateArray(), key => Assert.Null(key.GetProperty("token").GetString()));
    }

    [Fact]
    public async Task A_replay_makes_no_second_key_and_has_no_token()
    {
        var key = ("Idempotency-Key", "make one key");
        var first = await Acme.Admin.CallAsync(HttpMethod.Post, Acme.Path("api-keys"), new { name = "once", role = "reader" }, key);
        var again = await Acme.Admin.CallAsync(HttpMethod.Post, Acme.Path("api-keys"), new { name = "once", role = "reader" }, key);
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.Status, again.Status));
        Assert.Equal("true", again.Header("Idempotency-Replayed"));
        Assert.Equal(first.Body.GetProperty("number").GetInt64(), again.Body.GetProperty("number").GetInt64());
        Assert.NotNull(first.Text("token"));
        Assert.Null(again.Text("token"));
    }

    private Task<Reply> MakeAsync(string role, string[]? scopes = null) => Acme.Admin.CallAsync(HttpMethod.Post, Acme.Path("api-keys"), new { name = $"a {role}", role, scopes });
}
