namespace Crm.Tests.Api;

/// <summary>What is refused about companies, users, departments and keys.</summary>
public sealed class SettingsTests(OneApp app)
{
    [Theory]
    [InlineData("POST", "api-keys", """{"name":" ","role":"reader"}""", "apiKey.name")]
    [InlineData("POST", "departments", """{"id":"a","name":""}""", "department.name")]
    [InlineData("PATCH", "departments/sales", """{"disabled":null}""", "department.disabled")]
    [InlineData("POST", "users", """{"email":"nobody","name":"N","role":"reader"}""", "user.email")]
    [InlineData("POST", "users", """{"email":"a@example.com","name":" ","role":"reader"}""", "user.name")]
    [InlineData("POST", "users", """{"email":"a@example.com","name":"N","role":"operator"}""", "user.role")]
    [InlineData("PATCH", "users/{me}", """{"disabled":null}""", "user.disabled")]
    [InlineData("PATCH", "company", """{"name":null}""", "company.name")]
    [InlineData("PATCH", "company", """{"name":" "}""", "company.name")]
    public async Task What_breaks_a_rule_is_refused_by_its_code(string method, string path, string body, string code)
    {
        var company = await app.CompanyAsync();
        await company.PostAsync("departments", new { id = "sales", name = "Sales" });
        var end = await app.JournalEndAsync(company);
        var place = path.Replace("{me}", await company.AdminIdAsync(), StringComparison.Ordinal);
        Steps.AssertProblem(await company.Admin.CallAsync(new HttpMethod(method), company.Path(place), body), 422, code);
        Assert.Equal(end, await app.JournalEndAsync(company));
    }

    [Fact]
    public async Task A_company_is_active_or_not_and_nothing_between()
    {
        var company = await app.CompanyAsync();
        var browser = await app.App.OperatorAsync();
        Steps.AssertProblem(await browser.CallAsync(HttpMethod.Patch, $"/api/v1/operator/companies/{company.Slug}", """{"active":null}"""), 422, "company.active");
    }
}
