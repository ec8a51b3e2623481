using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Contracts;
using Crm.Plugins;
using Crm.Plugins.Packages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Plugins;

/// <summary>A company switches a plugin on, sets it up and tries it; its secrets are written and never read.</summary>
public sealed class IntegrationApiTests : IAsyncLifetime
{
    private const string Secret = "open sesame";
    private readonly CrmApp _app = CrmApp.With(new Dictionary<string, string> { ["Plugins:AllowUnsigned"] = "true", ["Plugins:AllowPrivateAddresses"] = "true" });
    private TestCompany _acme = null!;

    public async ValueTask InitializeAsync()
    {
        _acme = await _app.NewCompanyAsync("acme");
        var operators = await _app.OperatorAsync();
        Assert.Equal(HttpStatusCode.Created, (await operators.UploadAsync(Package("1.0.0", "size").Zip)).Status);
        await _app.ActivateAsync("test");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task What_a_company_can_use_is_listed_with_the_schema_of_its_form()
    {
        var listed = Assert.Single((await _acme.Admin.ReadAsync(_acme.Path("integrations"))).Body.GetProperty("items").EnumerateArray());
        Assert.Equal(("test", "1.0.0", false), (listed.GetProperty("plugin").GetString(), listed.GetProperty("available").GetString(), listed.GetProperty("enabled").GetBoolean()));
        Assert.True(listed.GetProperty("schema").GetProperty("properties").GetProperty("key").GetProperty("x-secret").GetBoolean());
    }

    [Fact]
    public async Task One_that_the_operator_turned_off_keeps_its_name_and_one_that_nobody_signed_says_so()
    {
        var changed = await ChangeAsync(new { enabled = true, settings = new { key = Secret } });
        Assert.False(changed.Body.GetProperty("signed").GetBoolean());
        await (await _app.OperatorAsync()).CallAsync(HttpMethod.Post, "/api/v1/operator/plugins/test/disable");
        var listed = Assert.Single((await _acme.Admin.ReadAsync(_acme.Path("integrations"))).Body.GetProperty("items").EnumerateArray());
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null, "Prov"), (listed.GetProperty("available").ValueKind, listed.GetProperty("signed").ValueKind, listed.GetProperty("texts").GetProperty("sv").GetProperty("name").GetString()));
    }

    [Fact]
    public async Task A_plugin_is_not_switched_on_without_what_it_requires_and_every_wrong_setting_is_told()
    {
        var refused = await ChangeAsync(new { enabled = true, settings = new { size = 10, @base = "no address", other = 1 } });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal(["/settings/base", "/settings/key", "/settings/other", "/settings/size"], refused.Body.GetProperty("errors").EnumerateObject().Select(p => p.Name).Order());
        Assert.Equal("integration.setting", (await ChangeAsync(new { settings = new { key = "abc" } })).Code);
        Assert.Equal("integration.setting.required", (await ChangeAsync(new { enabled = true })).Code);
        Assert.Equal(HttpStatusCode.OK, (await ChangeAsync(new { settings = new { size = 3 } })).Status);
    }

    [Fact]
    public async Task A_secret_is_told_by_when_it_was_set_and_stands_nowhere_in_words()
    {
        var changed = await ChangeAsync(new { enabled = true, settings = new { key = Secret } });
        Assert.Equal(HttpStatusCode.OK, changed.Status);
        Assert.True(changed.Body.GetProperty("secrets").TryGetProperty("key", out _));
        var events = await _acme.Admin.ReadAsync(_acme.Path("events"));
        foreach (var told in new[] { changed, await _acme.Admin.ReadAsync(_acme.Path("integrations/test")), events }) Assert.DoesNotContain(Secret, told.Body.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(_app.Log, line => line.Contains(Secret, StringComparison.Ordinal));
        Assert.DoesNotContain(Secret, string.Concat(await StoredAsync()), StringComparison.Ordinal);
        Assert.False((await ChangeAsync(new { enabled = false, settings = new { key = (string?)null } })).Body.GetProperty("secrets").TryGetProperty("key", out _));
        Assert.Empty(await StoredAsync());
    }

    [Fact]
    public async Task A_refused_change_leaves_the_secret_as_it_was()
    {
        await ChangeAsync(new { settings = new { key = Secret } });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ChangeAsync(new { settings = new { key = "another one", size = 99 } })).Status);
        Assert.True((await TestAsync()).Body.GetProperty("works").GetBoolean());
    }

    [Fact]
    public async Task The_connection_can_be_tried_before_the_plugin_is_switched_on()
    {
        Assert.Equal("notConfigured", (await TestAsync()).Text("kind"));
        await ChangeAsync(new { settings = new { key = "wrong key" } });
        var wrong = await TestAsync();
        Assert.Equal(("unauthorized", "The key is not right."), (wrong.Text("kind"), wrong.Text("detail")));
        await ChangeAsync(new { settings = new { key = Secret } });
        Assert.True((await TestAsync()).Body.GetProperty("works").GetBoolean());
    }

    [Fact]
    public async Task A_plugin_calls_the_host_of_its_setting_and_keeps_things_apart_by_company()
    {
        await using var outside = await OutsideAsync();
        var other = await _app.NewCompanyAsync("other");
        foreach (var company in new[] { _acme, other }) await company.Admin.CallAsync(HttpMethod.Patch, company.Path("integrations/test"), new { enabled = true, settings = new { key = Secret, @base = outside.Urls.Single() } });
        await SearchAsync(_acme, "first");
        var second = (await SearchAsync(_acme, "second")).Value![0];
        Assert.Equal(("from outside", "first"), (second.Name, second.City));
        Assert.Null((await SearchAsync(other, "third")).Value![0].City);
        await ChangeAsync(new { settings = new { @base = "http://localhost:1", key = Secret } });
        Assert.Equal(PluginErrorKind.Unavailable, (await SearchAsync(_acme, "fourth")).Failure!.Kind);
    }

    [Fact]
    public async Task What_a_plugin_keeps_and_what_a_company_has_set_outlive_the_next_version_and_the_way_back()
    {
        await using var outside = await OutsideAsync();
        await ChangeAsync(new { enabled = true, settings = new { key = Secret, @base = outside.Urls.Single(), size = 3 } });
        await SearchAsync(_acme, "first");
        var operators = await _app.OperatorAsync();
        await operators.UploadAsync(Package("2.0.0", "width").Zip);
        await _app.ActivateAsync("test", "2.0.0");
        Assert.Equal(HttpStatusCode.OK, (await ChangeAsync(new { settings = new { width = 5 } })).Status);
        Assert.Equal("first", (await SearchAsync(_acme, "second")).Value![0].City);
        Assert.Equal("1.0.0", (await operators.CallAsync(HttpMethod.Post, "/api/v1/operator/plugins/test/roll-back")).Text("active"));
        Assert.Equal("second", (await SearchAsync(_acme, "third")).Value![0].City);
        Assert.True((await TestAsync()).Body.GetProperty("works").GetBoolean());
        Assert.Equal(3, (await _acme.Admin.ReadAsync(_acme.Path("integrations/test"))).Body.GetProperty("settings").GetProperty("size").GetInt32());
    }

    [Fact]
    public async Task Only_an_administrator_changes_integrations()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await _acme.Seller.CallAsync(HttpMethod.Patch, _acme.Path("integrations/test"), new { enabled = true })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await _acme.Seller.CallAsync(HttpMethod.Post, _acme.Path("integrations/test/test"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _acme.Admin.CallAsync(HttpMethod.Patch, _acme.Path("integrations/nothing"), new { enabled = true })).Status);
    }

    /// <summary>A version with an address, a secret that it requires, and a number of some name.</summary>
    private static PluginPackage Package(string version, string number) => TestPackages.Of("Caller", version, m =>
    {
        m["countries"] = new JsonArray("NO");
        m["settings"] = JsonNode.Parse($$"""{ "properties": { "base": { "type": "string", "format": "uri", "x-host": true, "default": "https://register.example" }, "key": { "type": "string", "x-secret": true, "minLength": 4 }, "{{number}}": { "type": "integer", "minimum": 1, "maximum": 9 } }, "required": ["key"] }""");
        foreach (var text in m["texts"]!.AsObject()) text.Value!["settings"] = JsonNode.Parse($$"""{ "base": { "title": "Base" }, "key": { "title": "Key" }, "{{number}}": { "title": "Number" } }""");
    });

    private Task<Reply> ChangeAsync(object change) => _acme.Admin.CallAsync(HttpMethod.Patch, _acme.Path("integrations/test"), change);

    private Task<Reply> TestAsync() => _acme.Admin.CallAsync(HttpMethod.Post, _acme.Path("integrations/test/test"));

    private async Task<PluginAnswer<RegisterHit[]>> SearchAsync(TestCompany company, string text)
    {
        var ct = TestContext.Current.CancellationToken;
        var found = await _app.Services.GetRequiredService<IAccess>().CompanyAsync(company.Slug, ct);
        return await _app.Services.GetRequiredService<IPlugins>().CallAsync<ICompanyRegister, RegisterQuery, RegisterHit[]>(found!, "test", new() { Text = text, Country = "NO" }, static (register, call, query, ct) => register.SearchAsync(call, query, ct), ct);
    }

    /// <summary>An outside system that always says the same.</summary>
    private static async Task<WebApplication> OutsideAsync()
    {
        var outside = WebApplication.CreateSlimBuilder().Build();
        outside.Urls.Add("http://127.0.0.1:0");
        outside.Run(context => context.Response.WriteAsync("from outside"));
        await outside.StartAsync(TestContext.Current.CancellationToken);
        return outside;
    }

    private async Task<List<string>> StoredAsync()
    {
        await using var database = new SqliteConnection($"Data Source={_app.DatabaseFile};Mode=ReadOnly");
        await database.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = database.CreateCommand();
        command.CommandText = "select value from integration_secrets";
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        List<string> values = [];
        while (await reader.ReadAsync(TestContext.Current.CancellationToken)) values.Add(reader.GetString(0));
        return values;
    }
}
