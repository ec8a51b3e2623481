using System.Net;

namespace Crm.Tests.Access;

public sealed class MemberTests(CrmApp app) : IClassFixture<CrmApp>
{
    private TestCompany Acme => app.Acme;

    [Fact]
    public async Task An_invited_user_gets_in_once_they_have_accepted()
    {
        var added = await AddAsync("eva@acme.example", "seller");
        Assert.Equal((HttpStatusCode.Created, true), (added.Status, added.Body.GetProperty("invited").GetBoolean()));
        Assert.Equal(Acme.Path($"users/{added.Text("id")}"), added.Header("Location"));
        var eva = await app.AcceptAsync(added.Text("invitation")!, "password-of-eva");
        Assert.Equal(HttpStatusCode.OK, (await eva.ReadAsync(Acme.Path("users"))).Status);
        Assert.Equal("right.missing", (await eva.ReadAsync(Acme.Path("api-keys"))).Code);
        Assert.False((await Acme.Admin.ReadAsync(Acme.Path($"users/{added.Text("id")}"))).Body.GetProperty("invited").GetBoolean());
    }

    [Fact]
    public async Task An_invitation_works_once_and_for_seven_days()
    {
        var used = (await AddAsync("once@acme.example", "seller")).Text("invitation")!;
        await app.AcceptAsync(used, "password-of-once");
        Assert.Equal("auth.invalid", (await AcceptAsync(used, "password-of-once")).Code);
        var late = (await AddAsync("late@acme.example", "seller")).Text("invitation")!;
        Assert.Equal("auth.invalid", (await AcceptAsync(late[..^4] + "AAAA", "password-of-late")).Code);
        Assert.Equal("user.password.weak", (await AcceptAsync(late, "short")).Code);
        app.Clock.Advance(TimeSpan.FromDays(8));
        Assert.Equal("auth.invalid", (await AcceptAsync(late, "password-of-late")).Code);
        var users = await Acme.Admin.ReadAsync(Acme.Path("users"));
        var id = users.Body.GetProperty("items").EnumerateArray().Single(u => u.GetProperty("email").GetString() == "late@acme.example").GetProperty("id").GetString();
        var again = await Acme.Admin.CallAsync(HttpMethod.Post, Acme.Path($"users/{id}/invitation"));
        await app.AcceptAsync(again.Text("invitation")!, "password-of-late");
        Assert.Equal("user.invitation.accepted", (await Acme.Admin.CallAsync(HttpMethod.Post, Acme.Path($"users/{id}/invitation"))).Code);
    }

    [Fact]
    public async Task Somebody_who_took_the_account_of_a_foreign_email_does_not_get_in_without_the_token()
    {
        var thief = await app.NewCompanyAsync("thief");
        var mine = await thief.Admin.CallAsync(HttpMethod.Post, thief.Path("users"), new { email = "victim@acme.example", name = "V", role = "reader" });
        var session = await app.AcceptAsync(mine.Text("invitation")!, "password-of-thief");
        var added = await AddAsync("victim@acme.example", "admin");
        Assert.Equal(HttpStatusCode.Created, added.Status);
        Assert.Equal("company.notFound", (await session.ReadAsync(Acme.Path("users"))).Code);
        // The token alone does not open an account that has a password, either.
        Assert.Equal("auth.invalid", (await AcceptAsync(added.Text("invitation")!, "password-of-admin")).Code);
        // Only who has both gets in.
        Assert.Equal(HttpStatusCode.OK, (await AcceptAsync(added.Text("invitation")!, "password-of-thief")).Status);
        Assert.Equal(HttpStatusCode.OK, (await session.ReadAsync(Acme.Path("users"))).Status);
    }

    [Fact]
    public async Task The_answer_does_not_tell_whether_another_company_knows_the_user()
    {
        var other = await app.NewCompanyAsync("elsewhere");
        await other.Admin.CallAsync(HttpMethod.Post, other.Path("users"), new { email = "known@else.example", name = "Known Elsewhere", role = "reader" });
        var known = await AddAsync("known@else.example", "reader");
        var unknown = await AddAsync("unknown@else.example", "reader");
        Assert.Equal(known.Status, unknown.Status);
        Assert.Equal(known.Body.EnumerateObject().Select(m => (m.Name, m.Value.ValueKind)), unknown.Body.EnumerateObject().Select(m => (m.Name, m.Value.ValueKind)));
        Assert.Equal("name of known@else.example", known.Text("name"));
    }

    [Fact]
    public async Task A_disabled_member_is_out_at_once_and_keeps_the_name()
    {
        var added = await AddAsync("gone@acme.example", "seller");
        var gone = await app.AcceptAsync(added.Text("invitation")!, "password-of-gone");
        var path = Acme.Path($"users/{added.Text("id")}");
        Assert.Equal(HttpStatusCode.OK, (await Acme.Admin.CallAsync(HttpMethod.Patch, path, new { disabled = true })).Status);
        Assert.Equal("company.notFound", (await gone.ReadAsync(Acme.Path("users"))).Code);
        Assert.Equal("name of gone@acme.example", (await Acme.Admin.ReadAsync(path)).Text("name"));
        Assert.Empty((await gone.ReadAsync("/api/v1/session")).Body.GetProperty("companies").EnumerateArray());
    }

    [Fact]
    public async Task The_last_administrator_stays_one()
    {
        var company = await app.NewCompanyAsync("alone");
        var id = (await company.Admin.ReadAsync(company.Path("users"))).Body.GetProperty("items")[0].GetProperty("id").GetString();
        var path = company.Path($"users/{id}");
        foreach (var patch in new object[] { new { role = "seller" }, new { disabled = true } })
        {
            var reply = await company.Admin.CallAsync(HttpMethod.Patch, path, patch);
            Assert.Equal((HttpStatusCode.Conflict, "company.lastAdmin"), (reply.Status, reply.Code));
        }
        // One who was only invited cannot take over yet.
        var second = await company.Admin.CallAsync(HttpMethod.Post, company.Path("users"), new { email = "second@alone.example", name = "Second", role = "admin" });
        Assert.Equal("company.lastAdmin", (await company.Admin.CallAsync(HttpMethod.Patch, path, new { role = "seller" })).Code);
        await app.AcceptAsync(second.Text("invitation")!, "password-of-second");
        Assert.Equal("seller", (await company.Admin.CallAsync(HttpMethod.Patch, path, new { role = "seller" })).Text("role"));
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_new_user_is_said_at_once()
    {
        var reply = await Acme.Admin.CallAsync(HttpMethod.Post, Acme.Path("users"), new { email = "no e-mail", name = " ", role = "operator", department = "none" });
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "validation.failed"), (reply.Status, reply.Code));
        Assert.Equal(["/email", "/name", "/role", "/department"], reply.Body.GetProperty("errors").EnumerateObject().Select(e => e.Name));
        await AddAsync("twice@acme.example", "reader");
        var twice = await AddAsync("Twice@Acme.example", "reader");
        Assert.Equal((HttpStatusCode.Conflict, "user.member"), (twice.Status, twice.Code));
    }

    [Fact]
    public async Task A_department_is_added_renamed_and_disabled_but_never_gone()
    {
        var path = Acme.Path("departments");
        var added = await Acme.Admin.CallAsync(HttpMethod.Post, path, new { id = "sales", name = "Försäljning" });
        Assert.Equal((HttpStatusCode.Created, $"{path}/sales"), (added.Status, added.Header("Location")));
        Assert.Equal("department.taken", (await Acme.Admin.CallAsync(HttpMethod.Post, path, new { id = "sales", name = "Again" })).Code);
        foreach (var id in new[] { "Not a key", "any", "none", "me" }) Assert.Equal("department.id", (await Acme.Admin.CallAsync(HttpMethod.Post, path, new { id, name = "X" })).Code);
        Assert.Equal("Salg", (await Acme.Admin.CallAsync(HttpMethod.Patch, $"{path}/sales", new { name = "Salg" })).Text("name"));
        Assert.True((await Acme.Admin.CallAsync(HttpMethod.Delete, $"{path}/sales")).Body.GetProperty("disabled").GetBoolean());
        Assert.Equal("Salg", (await Acme.Reader.ReadAsync($"{path}/sales")).Text("name"));
        Assert.Equal("department.notFound", (await Acme.Reader.ReadAsync($"{path}/none")).Code);
        Assert.Equal("department.unknown", (await Acme.Admin.CallAsync(HttpMethod.Post, Acme.Path("users"), new { email = "d@acme.example", name = "D", role = "reader", department = "sales" })).Code);
        Assert.Equal("right.missing", (await Acme.Seller.CallAsync(HttpMethod.Post, path, new { id = "x", name = "X" })).Code);
    }

    private Task<Reply> AddAsync(string email, string role) => Acme.Admin.CallAsync(HttpMethod.Post, Acme.Path("users"), new { email, name = $"name of {email.ToLowerInvariant()}", role });

    private Task<Reply> AcceptAsync(string token, string password) => app.Browser().CallAsync(HttpMethod.Post, "/api/v1/session/invitation", new { token, password });
}
