using System.Net;
using System.Security.Cryptography;
using Crm.Contracts;
using Crm.Plugins;
using Crm.Plugins.Packages;
using Crm.Tests.Api;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Plugins;

/// <summary>The operator installs, activates, tries, pins, rolls back and removes plugins over the API.</summary>
public sealed class PluginApiTests(CrmApp app) : IClassFixture<CrmApp>
{
    private const string Plugins = "/api/v1/operator/plugins", Publishers = "/api/v1/operator/publishers";

    [Fact]
    public async Task A_signed_package_is_installed_activated_and_answers_for_a_company_that_switched_it_on()
    {
        var (operators, plugin) = (await app.OperatorAsync(), await InstalledAsync("V1"));
        var activated = await operators.CallAsync(HttpMethod.Post, $"{Plugins}/{plugin}/activate", new { version = "1.0.0" });
        Assert.Equal((HttpStatusCode.OK, "1.0.0"), (activated.Status, activated.Text("active")));
        var listed = (await operators.ReadAsync(Plugins)).Body.GetProperty("items").EnumerateArray().Single(p => p.GetProperty("id").GetString() == plugin);
        Assert.Equal("Prov", listed.GetProperty("versions")[0].GetProperty("manifest").GetProperty("texts").GetProperty("sv").GetProperty("name").GetString());
        Assert.Equal("serving", activated.Body.GetProperty("inMemory")[0].GetProperty("state").GetString());
        Assert.Equal(PluginErrorKind.NotConfigured, (await SearchAsync(app.Acme, plugin)).Failure!.Kind);
        await app.Acme.SwitchOnAsync(plugin);
        Assert.Equal("one", (await SearchAsync(app.Acme, plugin)).Value![0].Name);
    }

    [Fact]
    public async Task A_package_that_nobody_signed_or_a_stranger_did_or_that_was_altered_is_refused_with_the_reason()
    {
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Equal("signature.missing", (await UploadAsync(Package("V1", "unsigned"))).Code);
        Assert.Equal("signature.untrusted", (await UploadAsync(PluginSignature.Sign(Package("V1", "strange"), stranger))).Code);
        Assert.Equal("package.unreadable", (await (await app.OperatorAsync()).UploadAsync([1, 2, 3])).Code);
        using var key = await TrustedKeyAsync();
        var files = PluginSignature.Sign(Package("V1", "altered"), key).Files.ToDictionary(f => f.Key, f => f.Value);
        files["Crm.TestPlugins.dll"] = [.. files["Crm.TestPlugins.dll"], 0];
        var altered = await UploadAsync(PluginPackage.Pack(files));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "signature.altered"), (altered.Status, altered.Code));
        Assert.Contains("Crm.TestPlugins.dll was altered", altered.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revoked_key_lets_no_new_package_in()
    {
        using var key = await TrustedKeyAsync();
        var operators = await app.OperatorAsync();
        var listed = (await operators.ReadAsync(Publishers)).Body.GetProperty("items").EnumerateArray().Single(p => p.GetProperty("keyId").GetString() == PluginSignature.KeyId(key));
        await operators.CallAsync(HttpMethod.Delete, $"{Publishers}/{listed.GetProperty("number").GetInt64()}");
        Assert.Equal("signature.untrusted", (await UploadAsync(PluginSignature.Sign(Package("V1", "revoked"), key))).Code);
    }

    [Fact]
    public async Task A_private_key_is_not_taken_as_a_publishers()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var refused = await (await app.OperatorAsync()).CallAsync(HttpMethod.Post, Publishers, new { name = "acme", publicKey = key.ExportPkcs8PrivateKeyPem() });
        Assert.Equal("publisher.key", refused.Code);
        Assert.Equal("publisher.name", (await (await app.OperatorAsync()).CallAsync(HttpMethod.Post, Publishers, new { name = "No Name", publicKey = key.ExportSubjectPublicKeyInfoPem() })).Code);
    }

    [Fact]
    public async Task The_same_version_with_other_content_is_refused_for_ever_and_the_same_content_again_changes_nothing()
    {
        var (operators, plugin) = (await app.OperatorAsync(), await InstalledAsync("V1"));
        using var key = await TrustedKeyAsync();
        Assert.Equal("plugin.version.taken", (await UploadAsync(PluginSignature.Sign(Package("V2", plugin), key))).Code);
        Assert.Equal(1, (await operators.ReadAsync($"{Plugins}/{plugin}")).Body.GetProperty("versions").GetArrayLength());
    }

    [Fact]
    public async Task A_key_that_was_used_for_another_package_is_refused_and_for_the_same_one_answers_again()
    {
        var (operators, one, two) = (await app.OperatorAsync(), Signed("repeated"), Signed("another"));
        async Task<Reply> UploadAsync(byte[] zip) => await operators.SendBytesAsync(HttpMethod.Post, Plugins, zip, "application/zip", ("Idempotency-Key", "upload"));
        Assert.Equal((HttpStatusCode.Created, "/api/v1/operator/plugins/repeated"), await UploadAsync(await one) is var first ? (first.Status, first.Header("Location")) : default);
        Assert.Equal((HttpStatusCode.Created, "true"), await UploadAsync(await one) is var again ? (again.Status, again.Header("Idempotency-Replayed")) : default);
        Assert.Equal("idempotency.mismatch", (await UploadAsync(await two)).Code);
        Assert.Equal(HttpStatusCode.NotFound, (await operators.ReadAsync($"{Plugins}/another")).Status);
        async Task<byte[]> Signed(string id)
        {
            using var key = await TrustedKeyAsync();
            return PluginSignature.Sign(Package("V1", id), key).Zip;
        }
    }

    [Fact]
    public async Task A_version_that_cannot_start_is_refused_and_the_one_before_serves_on()
    {
        var (operators, plugin) = (await app.OperatorAsync(), await InstalledAsync("V1", ("ThrowsAtStart", "2.0.0")));
        await app.ActivateAsync(plugin, "1.0.0");
        await app.Acme.SwitchOnAsync(plugin);
        var refused = await operators.CallAsync(HttpMethod.Post, $"{Plugins}/{plugin}/activate", new { version = "2.0.0" });
        Assert.Equal("plugin.start", refused.Code);
        Assert.Contains("moon", refused.Text("detail"), StringComparison.Ordinal);
        Assert.Equal("1.0.0", (await operators.ReadAsync($"{Plugins}/{plugin}")).Text("active"));
        Assert.Equal("one", (await SearchAsync(app.Acme, plugin)).Value![0].Name);
    }

    [Fact]
    public async Task Rolling_back_is_one_call()
    {
        var (operators, plugin) = (await app.OperatorAsync(), await InstalledAsync("V1", ("V2", "2.0.0")));
        Assert.Equal("plugin.noPrevious", (await operators.CallAsync(HttpMethod.Post, $"{Plugins}/{plugin}/roll-back")).Code);
        await app.ActivateAsync(plugin, "1.0.0");
        await app.ActivateAsync(plugin, "2.0.0");
        await app.Acme.SwitchOnAsync(plugin);
        Assert.Equal("two", (await SearchAsync(app.Acme, plugin)).Value![0].Name);
        Assert.Equal("1.0.0", (await operators.CallAsync(HttpMethod.Post, $"{Plugins}/{plugin}/roll-back")).Text("active"));
        Assert.Equal("one", (await SearchAsync(app.Acme, plugin)).Value![0].Name);
    }

    [Fact]
    public async Task A_version_that_serves_everybody_and_fails_goes_back_by_itself_and_one_click_does_not_bring_it_again()
    {
        var (operators, plugin) = (await app.OperatorAsync(), await InstalledAsync("V1", ("Broken", "2.0.0")));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await app.ActivateAsync(plugin, "1.0.0")).Body.GetProperty("watchedUntil").ValueKind);
        await app.Acme.SwitchOnAsync(plugin);
        Assert.Equal(System.Text.Json.JsonValueKind.String, (await app.ActivateAsync(plugin, "2.0.0")).Body.GetProperty("watchedUntil").ValueKind);
        var begin = TimeProvider.System.GetTimestamp();
        while ((await SearchAsync(app.Acme, plugin)).Failure is not null)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begin) < TimeSpan.FromSeconds(30), "it did not go back within 30 seconds");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
        Assert.Equal("1.0.0", (await operators.ReadAsync($"{Plugins}/{plugin}")).Text("active"));
        Assert.Equal("plugin.noPrevious", (await operators.CallAsync(HttpMethod.Post, $"{Plugins}/{plugin}/roll-back")).Code);
    }

    [Theory]
    [InlineData("Broken"), InlineData("Shaky")]
    public async Task A_canary_serves_its_companies_alone_and_goes_back_by_itself_when_its_calls_fail(string type)
    {
        var other = await app.NewCompanyAsync($"c{Guid.NewGuid():n}"[..12]);
        var (operators, plugin) = (await app.OperatorAsync(), await InstalledAsync("V1", (type, "2.0.0")));
        await app.ActivateAsync(plugin, "1.0.0");
        foreach (var company in new[] { app.Acme, other }) await company.SwitchOnAsync(plugin);
        var started = await operators.CallAsync(HttpMethod.Post, $"{Plugins}/{plugin}/canary", new { version = "2.0.0", companies = new[] { app.Acme.Slug } });
        Assert.Equal("2.0.0", started.Body.GetProperty("canary").GetProperty("version").GetString());
        var failed = 0;
        for (var answer = await SearchAsync(app.Acme, plugin); answer.Value?[0].Name != "one"; answer = await SearchAsync(app.Acme, plugin))
        {
            if (answer.Failure is not null) failed++;
            Assert.Equal("one", (await SearchAsync(other, plugin)).Value![0].Name);
        }
        Assert.True(failed >= 3, $"{failed} failed");
        var after = await operators.ReadAsync($"{Plugins}/{plugin}");
        Assert.Equal(System.Text.Json.JsonValueKind.Null, after.Body.GetProperty("canary").ValueKind);
        Assert.Contains("went back by itself", after.Body.GetProperty("note").GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2.0.0", 0.1, "nobody", "company.notFound"), InlineData("1.0.0", 0.1, "acme", "canary.version"), InlineData("2.0.0", 0.0, "acme", "canary.errorRate"), InlineData("2.0.0", 0.1, null, "canary.companies"), InlineData("3.0.0", 0.1, "acme", "pluginVersion.notFound")]
    public async Task A_canary_that_makes_no_sense_is_refused(string version, double errorRate, string? company, string code)
    {
        var (operators, plugin) = (await app.OperatorAsync(), await InstalledAsync("V1", ("V2", "2.0.0")));
        await app.ActivateAsync(plugin, "1.0.0");
        string[] companies = company is null ? [] : [company];
        Assert.Equal(code, (await operators.CallAsync(HttpMethod.Post, $"{Plugins}/{plugin}/canary", new { version, companies, errorRate })).Code);
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_canary_is_said_at_once()
    {
        var (operators, plugin) = (await app.OperatorAsync(), await InstalledAsync("V1", ("V2", "2.0.0")));
        var refused = await operators.CallAsync(HttpMethod.Post, $"{Plugins}/{plugin}/canary", new { version = "2.0.0", companies = new[] { app.Acme.Slug, "nobody" }, errorRate = 2 });
        Assert.Equal(["/companies/1", "/errorRate"], refused.Body.GetProperty("codes").EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public async Task A_pinned_company_stays_where_it_is_and_a_used_package_is_not_removed()
    {
        var (operators, plugin) = (await app.OperatorAsync(), await InstalledAsync("V1", ("V2", "2.0.0")));
        await app.ActivateAsync(plugin, "1.0.0");
        await app.Acme.SwitchOnAsync(plugin);
        await operators.CallAsync(HttpMethod.Put, $"{Plugins}/{plugin}/pins/{app.Acme.Slug}", new { version = "1.0.0" });
        await app.ActivateAsync(plugin, "2.0.0");
        Assert.Equal("one", (await SearchAsync(app.Acme, plugin)).Value![0].Name);
        Assert.Equal("plugin.version.used", (await operators.CallAsync(HttpMethod.Delete, $"{Plugins}/{plugin}/versions/1.0.0")).Code);
        await operators.CallAsync(HttpMethod.Delete, $"{Plugins}/{plugin}/pins/{app.Acme.Slug}");
        Assert.Equal("two", (await SearchAsync(app.Acme, plugin)).Value![0].Name);
        Assert.Equal(HttpStatusCode.OK, (await operators.CallAsync(HttpMethod.Delete, $"{Plugins}/{plugin}/versions/1.0.0")).Status);
    }

    [Fact]
    public async Task A_disabled_plugin_answers_nobody_and_keeps_the_companies_settings()
    {
        var (operators, plugin) = (await app.OperatorAsync(), await InstalledAsync("V1"));
        await app.ActivateAsync(plugin, "1.0.0");
        await app.Acme.SwitchOnAsync(plugin);
        await operators.CallAsync(HttpMethod.Post, $"{Plugins}/{plugin}/disable");
        Assert.Equal(PluginErrorKind.Unavailable, (await SearchAsync(app.Acme, plugin)).Failure!.Kind);
        var integration = await app.Acme.Admin.ReadAsync(app.Acme.Path($"integrations/{plugin}"));
        Assert.True(integration.Body.GetProperty("enabled").GetBoolean());
        await app.ActivateAsync(plugin, "1.0.0");
        Assert.Equal("one", (await SearchAsync(app.Acme, plugin)).Value![0].Name);
    }

    [Fact]
    public async Task Nobody_but_the_operator_sees_or_changes_plugins()
    {
        foreach (var client in new[] { app.Acme.Admin, app.Acme.AdminBrowser, app.Anonymous() })
        {
            Assert.InRange((int)(await client.ReadAsync(Plugins)).Status, 401, 404);
            Assert.InRange((int)(await client.CallAsync(HttpMethod.Post, $"{Plugins}/x/disable")).Status, 401, 404);
        }
    }

    private static PluginPackage Package(string type, string id, string version = "1.0.0") => TestPackages.Of(type, version, m => m["id"] = id);

    private async Task<string> InstalledAsync(string type, params (string Type, string Version)[] more)
    {
        var id = $"p{Guid.NewGuid():n}"[..12];
        foreach (var (each, version) in more.Prepend((type, "1.0.0"))) await app.InstallAsync(Package(each, id, version));
        return id;
    }

    private async Task<ECDsa> TrustedKeyAsync()
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var trusted = await (await app.OperatorAsync()).CallAsync(HttpMethod.Post, Publishers, new { name = "acme", publicKey = key.ExportSubjectPublicKeyInfoPem() });
        Assert.Equal(HttpStatusCode.Created, trusted.Status);
        return key;
    }

    private async Task<Reply> UploadAsync(PluginPackage package) => await (await app.OperatorAsync()).UploadAsync(package.Zip);

    private async Task<PluginAnswer<RegisterHit[]>> SearchAsync(TestCompany company, string plugin)
    {
        var ct = TestContext.Current.CancellationToken;
        var found = await app.Services.GetRequiredService<IAccess>().CompanyAsync(company.Slug, ct);
        return await app.Services.GetRequiredService<IPlugins>().CallAsync<ICompanyRegister, RegisterQuery, RegisterHit[]>(found!, plugin, new() { Text = "nord", Country = "NO" }, static (register, call, query, ct) => register.SearchAsync(call, query, ct), ct);
    }
}
