using System.Net;
using Microsoft.Data.Sqlite;

namespace Crm.Tests.Access;

public sealed class CompanyTests(CrmApp app) : IClassFixture<CrmApp>
{
    private const string Companies = "/api/v1/operator/companies";

    [Fact]
    public async Task An_operator_makes_a_company_once()
    {
        var operators = await app.OperatorAsync();
        var key = ("Idempotency-Key", "make nordic");
        var made = await operators.CallAsync(HttpMethod.Post, Companies, New("nordic"), key);
        Assert.Equal((HttpStatusCode.Created, $"{Companies}/nordic"), (made.Status, made.Header("Location")));
        var again = await operators.CallAsync(HttpMethod.Post, Companies, New("nordic"), key);
        Assert.Equal((HttpStatusCode.Created, "true"), (again.Status, again.Header("Idempotency-Replayed")));
        Assert.Equal("company.slug.taken", (await operators.CallAsync(HttpMethod.Post, Companies, New("nordic"))).Code);
        Assert.Contains((await operators.ReadAsync(Companies)).Body.GetProperty("items").EnumerateArray(), c => c.GetProperty("slug").GetString() == "nordic");
        Assert.Equal("Bolag nordic", (await operators.ReadAsync($"{Companies}/nordic")).Text("name"));
    }

    [Theory]
    [InlineData("operator", "company.slug.reserved")]
    [InlineData("session", "company.slug.reserved")]
    [InlineData("Upper", "company.slug")]
    [InlineData("a", "company.slug")]
    [InlineData("1a", "company.slug")]
    [InlineData("å-ä", "company.slug")]
    public async Task A_slug_is_checked(string slug, string code)
    {
        var reply = await (await app.OperatorAsync()).CallAsync(HttpMethod.Post, Companies, New(slug));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, code), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task A_slug_is_fixed()
    {
        var reply = await (await app.OperatorAsync()).CallAsync(HttpMethod.Patch, $"{Companies}/acme", new { slug = "other" });
        Assert.Equal((HttpStatusCode.BadRequest, "request.member.unknown"), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task An_inactive_company_is_out_of_reach_at_once_and_comes_back()
    {
        var company = await app.NewCompanyAsync("sleeper");
        var operators = await app.OperatorAsync();
        Assert.Equal(HttpStatusCode.OK, (await company.Reader.ReadAsync(company.Path("users"))).Status);
        await operators.CallAsync(HttpMethod.Patch, $"{Companies}/sleeper", new { active = false });
        Assert.Equal("company.notFound", (await company.Reader.ReadAsync(company.Path("users"))).Code);
        Assert.Empty((await company.AdminBrowser.ReadAsync("/api/v1/session")).Body.GetProperty("companies").EnumerateArray());
        Assert.Equal("company.slug.taken", (await operators.CallAsync(HttpMethod.Post, Companies, New("sleeper"))).Code);
        await operators.CallAsync(HttpMethod.Patch, $"{Companies}/sleeper", new { active = true });
        Assert.Equal(HttpStatusCode.OK, (await company.Reader.ReadAsync(company.Path("users"))).Status);
    }

    [Fact]
    public async Task A_company_whose_making_was_broken_off_is_out_of_reach_and_goes_on_when_repeated()
    {
        // What a crash after the first commit leaves behind.
        var actors = (IActors)app.Services.GetService(typeof(IActors))!;
        await actors.CreateAsync(Call.System(CompanyRef.System), new Crm.Companies.CreateCompany("halfway", "Halfway"), TestContext.Current.CancellationToken);
        var operators = await app.OperatorAsync();
        Assert.Equal("company.notFound", (await app.Acme.Admin.ReadAsync("/api/v1/halfway/users")).Code);
        Assert.Equal("company.unfinished", (await operators.CallAsync(HttpMethod.Patch, $"{Companies}/halfway", new { active = true })).Code);
        var company = await app.NewCompanyAsync("halfway");
        Assert.Equal(HttpStatusCode.OK, (await company.Reader.ReadAsync(company.Path("users"))).Status);
    }

    [Fact]
    public async Task No_secret_is_in_a_document_the_journal_a_stored_answer_or_the_log()
    {
        var admin = app.Acme.Admin;
        var key = await admin.CallAsync(HttpMethod.Post, app.Acme.Path("api-keys"), new { name = "secret", role = "reader" }, ("Idempotency-Key", "secret key"));
        var user = await admin.CallAsync(HttpMethod.Post, app.Acme.Path("users"), new { email = "secret@acme.example", name = "S", role = "reader" }, ("Idempotency-Key", "secret user"));
        await app.AcceptAsync(user.Text("invitation")!, "a-most-secret-password");
        await app.With(key.Text("token")!).ReadAsync(app.Acme.Path("users"));
        List<string> texts = [.. app.Log];
        using (var connection = new SqliteConnection($"Data Source={app.DatabaseFile};Mode=ReadOnly;Pooling=False"))
        {
            connection.Open();
            string[] sources = ["select change from journal", "select cast(body as text) from idempotency", "select doc from users", "select doc from api_keys", "select doc from invitations", "select doc from company_profiles"];
            foreach (var sql in sources)
            {
                using var command = new SqliteCommand(sql, connection);
                using var rows = command.ExecuteReader();
                while (rows.Read()) texts.Add(rows.GetString(0));
            }
            using var hashes = new SqliteCommand("select password_hash from users where password_hash is not null union all select secret_hash from api_keys union all select secret_hash from invitations", connection);
            using var found = hashes.ExecuteReader();
            List<string> secrets = [key.Text("token")!.Split('_', 3)[2], user.Text("invitation")!.Split('_', 3)[2], "a-most-secret-password", CrmApp.AdminPassword, CrmApp.OperatorPassword];
            while (found.Read()) secrets.Add(found.GetString(0));
            Assert.True(secrets.Count > 9);
            Assert.All(secrets, secret => Assert.DoesNotContain(texts, text => text.Contains(secret, StringComparison.Ordinal)));
        }
    }

    private static object New(string slug) => new { slug, name = $"Bolag {slug}", baseCurrency = "NOK", timeZone = "Europe/Oslo", language = "nb", country = "NO", fiscalYearStart = 1 };
}
