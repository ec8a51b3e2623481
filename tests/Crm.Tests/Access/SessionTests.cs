using System.Net;
using Crm.Companies;
using Crm.Contracts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Access;

public sealed class SessionTests(CrmApp app) : IClassFixture<CrmApp>
{
    private const string Session = "/api/v1/session";

    [Fact]
    public async Task A_session_knows_its_user_and_companies()
    {
        var reply = await app.Acme.AdminBrowser.ReadAsync(Session);
        Assert.Equal("admin@acme.example", reply.Body.GetProperty("user").GetProperty("email").GetString());
        var company = Assert.Single(reply.Body.GetProperty("companies").EnumerateArray());
        Assert.Equal(("acme", "admin"), (company.GetProperty("slug").GetString(), company.GetProperty("role").GetString()));
        Assert.Equal("auth.required", (await app.Browser().ReadAsync(Session)).Code);
    }

    [Fact]
    public async Task The_cookie_is_closed_to_scripts_and_other_sites()
    {
        var reply = await app.Anonymous().CallAsync(HttpMethod.Post, Session, new { email = app.Acme.AdminEmail, password = CrmApp.AdminPassword });
        var cookie = reply.Message.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("crm-session=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_write_with_a_cookie_needs_the_antiforgery_token_and_a_read_does_not()
    {
        var browser = await app.SignInAsync(app.Acme.AdminEmail, CrmApp.AdminPassword);
        var token = browser.DefaultRequestHeaders.GetValues("X-CSRF-Token").Single();
        browser.DefaultRequestHeaders.Remove("X-CSRF-Token");
        Assert.Equal(HttpStatusCode.OK, (await browser.ReadAsync(app.Acme.Path("company"))).Status);
        var patch = new { name = "By a foreign page" };
        var without = await browser.CallAsync(HttpMethod.Patch, app.Acme.Path("company"), patch);
        Assert.Equal((HttpStatusCode.Forbidden, "auth.antiforgery"), (without.Status, without.Code));
        Assert.Equal("auth.antiforgery", (await browser.CallAsync(HttpMethod.Patch, app.Acme.Path("company"), patch, ("X-CSRF-Token", "made up"))).Code);
        Assert.Equal("auth.antiforgery", (await browser.CallAsync(HttpMethod.Delete, Session)).Code);
        Assert.Equal(HttpStatusCode.OK, (await browser.CallAsync(HttpMethod.Patch, app.Acme.Path("company"), patch, ("X-CSRF-Token", token))).Status);
    }

    [Fact]
    public async Task Nobody_gets_in_with_the_antiforgery_token_of_somebody_else()
    {
        var browser = await app.SignInAsync(app.Acme.AdminEmail, CrmApp.AdminPassword);
        var other = await app.OperatorAsync();
        browser.DefaultRequestHeaders.Remove("X-CSRF-Token");
        var reply = await browser.CallAsync(HttpMethod.Patch, app.Acme.Path("company"), new { name = "X" }, ("X-CSRF-Token", other.DefaultRequestHeaders.GetValues("X-CSRF-Token").Single()));
        Assert.Equal("auth.antiforgery", reply.Code);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_in_the_browser()
    {
        var browser = await app.SignInAsync(app.Acme.AdminEmail, CrmApp.AdminPassword);
        Assert.Equal(HttpStatusCode.NoContent, (await browser.CallAsync(HttpMethod.Delete, Session)).Status);
        Assert.Equal("auth.required", (await browser.ReadAsync(Session)).Code);
    }

    [Fact]
    public async Task A_broken_cookie_is_401()
    {
        var reply = await app.Anonymous().ReadAsync(Session, ("Cookie", "crm-session=CfDJ8forged"));
        Assert.Equal(HttpStatusCode.Unauthorized, reply.Status);
        Assert.StartsWith("auth.", reply.Code, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_password_signs_out_everywhere_else()
    {
        var email = await MemberAsync("changer", "the-first-password");
        var (here, there) = (await app.SignInAsync(email, "the-first-password"), await app.SignInAsync(email, "the-first-password"));
        var weak = await here.CallAsync(HttpMethod.Post, $"{Session}/password", new { current = "the-first-password", @new = "short" });
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "user.password.weak"), (weak.Status, weak.Code));
        Assert.Equal("user.password.same", (await here.CallAsync(HttpMethod.Post, $"{Session}/password", new { current = "the-first-password", @new = "the-first-password" })).Code);
        Assert.Equal("auth.invalid", (await here.CallAsync(HttpMethod.Post, $"{Session}/password", new { current = "not-the-password", @new = "the-second-password" })).Code);
        Assert.Equal(HttpStatusCode.OK, (await here.CallAsync(HttpMethod.Post, $"{Session}/password", new { current = "the-first-password", @new = "the-second-password" })).Status);
        Assert.Equal(HttpStatusCode.OK, (await here.ReadAsync(Session)).Status);
        Assert.Equal("auth.invalid", (await there.ReadAsync(Session)).Code);
        Assert.Equal("auth.invalid", (await app.Browser().CallAsync(HttpMethod.Post, Session, new { email, password = "the-first-password" })).Code);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_user_get_the_same_answer_and_are_locked_alike()
    {
        var email = await MemberAsync("locked", "the-right-password");
        foreach (var name in new[] { email, "nobody@acme.example" })
        {
            for (var i = 0; i < 5; i++)
            {
                var wrong = await TryAsync(name, "a-wrong-password");
                Assert.Equal((HttpStatusCode.Unauthorized, "auth.invalid", "The e-mail or the password is wrong."), (wrong.Status, wrong.Code, wrong.Text("detail")));
            }
            Assert.Equal((HttpStatusCode.TooManyRequests, "auth.locked"), (await TryAsync(name, "the-right-password")) is var locked ? (locked.Status, locked.Code) : default);
        }
        app.Clock.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal(HttpStatusCode.OK, (await TryAsync(email, "the-right-password")).Status);
        Assert.Equal("auth.invalid", (await TryAsync("nobody@acme.example", "the-right-password")).Code);
    }

    [Fact]
    public async Task Many_guesses_at_once_count_each()
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => TryAsync("guessed@acme.example", "a-wrong-password")));
        Assert.Equal(5, replies.Count(r => r.Code == "auth.invalid"));
        Assert.Equal(15, replies.Count(r => r.Code == "auth.locked"));
    }

    [Fact]
    public async Task A_key_learns_who_it_is_and_has_no_password()
    {
        var reply = await app.Acme.Reader.ReadAsync(Session);
        Assert.Equal("acme", Assert.Single(reply.Body.GetProperty("companies").EnumerateArray()).GetProperty("slug").GetString());
        Assert.Equal("right.missing", (await app.Acme.Reader.CallAsync(HttpMethod.Post, $"{Session}/password", new { current = "x", @new = "y" })).Code);
    }

    [Fact]
    public async Task Users_who_are_no_operators_do_not_see_the_operators_routes()
    {
        Assert.Equal("route.notFound", (await app.Acme.AdminBrowser.ReadAsync("/api/v1/operator/companies")).Code);
        Assert.Equal("auth.required", (await app.Anonymous().ReadAsync("/api/v1/operator/companies")).Code);
    }

    [Fact]
    public async Task An_operator_has_no_company()
    {
        Assert.Equal("company.notFound", (await (await app.OperatorAsync()).ReadAsync(app.Acme.Path("company"))).Code);
    }

    [Fact]
    public async Task A_printed_password_has_to_be_changed_before_anything_else()
    {
        var actors = app.Services.GetRequiredService<IActors>();
        var hash = new PasswordHasher<User>().HashPassword(null!, "the-printed-password");
        await actors.CreateAsync(Call.System(CompanyRef.System), new CreateOperator("second@localhost", "Second", hash, MustChange: true), TestContext.Current.CancellationToken);
        var browser = await app.SignInAsync("second@localhost", "the-printed-password");
        Assert.True((await browser.ReadAsync(Session)).Body.GetProperty("mustChangePassword").GetBoolean());
        var refused = await browser.ReadAsync("/api/v1/operator/companies");
        Assert.Equal((HttpStatusCode.Forbidden, "auth.password.change"), (refused.Status, refused.Code));
        var changed = await browser.CallAsync(HttpMethod.Post, $"{Session}/password", new { current = "the-printed-password", @new = "my-own-password-2" });
        Assert.False(changed.Body.GetProperty("mustChangePassword").GetBoolean());
        Assert.Equal(HttpStatusCode.OK, (await browser.ReadAsync("/api/v1/operator/companies")).Status);
    }

    [Fact]
    public async Task The_first_operator_is_made_once_and_the_password_printed_is_not_logged()
    {
        await using var fresh = CrmApp.With(new Dictionary<string, string> { ["Setup:OperatorPassword"] = "" });
        var access = fresh.Services.GetRequiredService<IAccess>();
        Assert.False(await access.MakeFirstOperatorAsync("another-password", mustChange: true, TestContext.Current.CancellationToken));
        Assert.True((await access.UserAsync(CrmApp.OperatorEmail, TestContext.Current.CancellationToken))!.MustChangePassword);
        Assert.DoesNotContain(fresh.Log, line => line.Contains("one-time password", StringComparison.Ordinal));
    }

    private Task<Reply> TryAsync(string email, string password) => app.Browser().CallAsync(HttpMethod.Post, Session, new { email, password });

    private async Task<string> MemberAsync(string name, string password)
    {
        var email = $"{name}@acme.example";
        var added = await app.Acme.Admin.CallAsync(HttpMethod.Post, app.Acme.Path("users"), new { email, name, role = "seller" });
        await app.AcceptAsync(added.Text("invitation")!, password);
        return email;
    }
}
