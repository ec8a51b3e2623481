using System.Globalization;
using System.Net;
using System.Text.Json;
using Crm.Contracts;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(Crm.Tests.Api.OneApp))]

namespace Crm.Tests.Api;

/// <summary>One program for all tests over HTTP; every test makes a company of its own, so that none sees another's data.</summary>
public sealed class OneApp : IAsyncLifetime
{
    private readonly CrmApp _app = new();
    private int _companies;

    public IServiceProvider Services => _app.Services;

    public CrmApp App => _app;

    public ValueTask InitializeAsync() => _app.InitializeAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    public Task<TestCompany> CompanyAsync() => _app.NewCompanyAsync(string.Create(CultureInfo.InvariantCulture, $"co-{Interlocked.Increment(ref _companies)}"));

    public async Task<CompanyRef> RefAsync(TestCompany company) => (await Services.GetRequiredService<IAccess>().CompanyAsync(company.Slug, TestContext.Current.CancellationToken))!;

    /// <summary>The seq of the company's last journal entry.</summary>
    public async Task<long> JournalEndAsync(TestCompany company) =>
        (await Services.GetRequiredService<IDatabase>().QueryAsync(await RefAsync(company), "select seq from heads where company = @company", [], row => row.GetInt64(0), TestContext.Current.CancellationToken)).SingleOrDefault();
}

/// <summary>What tests over HTTP do again and again, always as an administrator.</summary>
internal static class Steps
{
    public static Task<Reply> GetAsync(this TestCompany company, string path) => company.Admin.ReadAsync(company.Path(path));

    public static Task<Reply> PostAsync(this TestCompany company, string path, object? body = null, params (string Name, string Value)[] headers) => company.Admin.CallAsync(HttpMethod.Post, company.Path(path), body, headers);

    public static Task<Reply> PatchAsync(this TestCompany company, string path, object body, params (string Name, string Value)[] headers) => company.Admin.CallAsync(HttpMethod.Patch, company.Path(path), body, headers);

    public static Task<Reply> DeleteAsync(this TestCompany company, string path, params (string Name, string Value)[] headers) => company.Admin.CallAsync(HttpMethod.Delete, company.Path(path), null, headers);

    /// <summary>Makes a partner in Sweden, a customer unless the fields (JSON without braces) say something else, and gives its number.</summary>
    public static async Task<long> PartnerAsync(this TestCompany company, string name, string fields = "")
    {
        var more = fields.Length == 0 ? "" : $", {fields}";
        var country = fields.Contains("\"country\"", StringComparison.Ordinal) && !fields.Contains("addresses", StringComparison.Ordinal) ? "" : ", \"country\": \"SE\"";
        var relations = fields.Contains("\"relations\"", StringComparison.Ordinal) ? "" : ", \"relations\": [\"customer\"]";
        var made = await company.PostAsync("partners", $"{{\"name\": {JsonSerializer.Serialize(name)}{country}{relations}{more}}}");
        Assert.True(made.Status == HttpStatusCode.Created, made.Body.ToString());
        return made.Body.GetProperty("number").GetInt64();
    }

    /// <summary>A further user of the company: the id.</summary>
    public static async Task<string> UserAsync(this TestCompany company, string name)
    {
        var made = await company.PostAsync("users", new { email = $"{Guid.NewGuid():n}@example.com", name, role = "seller" });
        Assert.Equal(HttpStatusCode.Created, made.Status);
        return made.Text("id")!;
    }

    public static async Task<string> AdminIdAsync(this TestCompany company) =>
        (await company.GetAsync("users")).Body.GetProperty("items").EnumerateArray().Single(u => u.GetProperty("email").GetString() == company.AdminEmail).GetProperty("id").GetString()!;

    public static async Task TagAsync(this TestCompany company, string key) =>
        Assert.True((await company.PostAsync("tags", new { key, name = key })).Status is HttpStatusCode.OK or HttpStatusCode.Created);

    /// <summary>The names on the first page of a list.</summary>
    public static async Task<string> NamesAsync(this TestCompany company, string path)
    {
        var page = await company.GetAsync(path);
        Assert.True(page.Status == HttpStatusCode.OK, page.Body.ToString());
        return string.Join(' ', page.Body.GetProperty("items").EnumerateArray().Select(p => p.GetProperty("name").GetString()));
    }

    /// <summary>Waits until an operation is finished.</summary>
    public static async Task<JsonElement> FinishedAsync(this TestCompany company, long operation)
    {
        for (var tries = 0; tries < 600; tries++)
        {
            var body = (await company.GetAsync($"operations/{operation}")).Body;
            if (body.GetProperty("state").GetString() is not ("queued" or "running")) return body;
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
        throw new TimeoutException($"Operation {operation} did not finish.");
    }

    /// <summary>A problem as every refusal must be: 4xx, problem+json, a code, a trace id.</summary>
    public static void AssertProblem(Reply reply, int status, string? code = null)
    {
        Assert.True((int)reply.Status == status && (code is null ? !string.IsNullOrEmpty(reply.Code) : reply.Code == code), $"{(int)reply.Status} {reply.Body}");
        Assert.NotEmpty(reply.Text("traceId")!);
        Assert.Equal($"urn:crm:{reply.Code}", reply.Text("type"));
    }
}
