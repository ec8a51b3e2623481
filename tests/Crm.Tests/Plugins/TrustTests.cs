using System.Net;
using System.Security.Cryptography;
using Crm.Plugins.Packages;

namespace Crm.Tests.Plugins;

/// <summary>A plugin is its publisher's, and a version begins to serve only while its key is trusted.</summary>
public sealed class TrustTests(CrmApp app) : IClassFixture<CrmApp>
{
    private const string Plugins = "/api/v1/operator/plugins", Publishers = "/api/v1/operator/publishers";
    private static readonly string[] Acme = ["acme"];

    [Fact]
    public async Task Another_publisher_adds_nothing_to_a_plugin()
    {
        var operators = await app.OperatorAsync();
        await InstallAsync("owned", "1.0.0");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await operators.CallAsync(HttpMethod.Post, Publishers, new { name = "emca", publicKey = key.ExportSubjectPublicKeyInfoPem() });
        var refused = await operators.UploadAsync(PluginSignature.Sign(TestPackages.Of("V2", "2.0.0", m => (m["id"], m["publisher"]) = ("owned", "emca")), key).Zip);
        Assert.Equal((HttpStatusCode.Conflict, "plugin.publisher"), (refused.Status, refused.Code));
        Assert.Equal(1, (await operators.ReadAsync($"{Plugins}/owned")).Body.GetProperty("versions").GetArrayLength());
        await InstallAsync("owned", "2.0.0");
    }

    [Fact]
    public async Task A_version_whose_key_was_revoked_serves_on_and_never_begins_to_serve_again()
    {
        var operators = await app.OperatorAsync();
        var first = await InstallAsync("revoked", "1.0.0");
        await InstallAsync("revoked", "2.0.0");
        await app.ActivateAsync("revoked");
        await RevokeAsync(first);
        // It serves already, so nothing begins.
        Assert.Equal(HttpStatusCode.OK, (await operators.CallAsync(HttpMethod.Post, $"{Plugins}/revoked/canary", new { version = "2.0.0", companies = Acme })).Status);
        Assert.Equal(HttpStatusCode.OK, (await operators.CallAsync(HttpMethod.Post, $"{Plugins}/revoked/roll-back")).Status);
        await app.ActivateAsync("revoked", "2.0.0");
        Assert.Equal("signature.untrusted", (await operators.CallAsync(HttpMethod.Post, $"{Plugins}/revoked/roll-back")).Code);
        Assert.Equal("signature.untrusted", (await operators.CallAsync(HttpMethod.Post, $"{Plugins}/revoked/activate", new { version = "1.0.0" })).Code);
        Assert.Equal("signature.untrusted", (await operators.CallAsync(HttpMethod.Post, $"{Plugins}/revoked/canary", new { version = "1.0.0", companies = Acme })).Code);
        Assert.Equal("signature.untrusted", (await operators.CallAsync(HttpMethod.Put, $"{Plugins}/revoked/pins/acme", new { version = "1.0.0" })).Code);
        Assert.Equal("2.0.0", (await operators.ReadAsync($"{Plugins}/revoked")).Text("active"));
    }

    private async Task<string> InstallAsync(string id, string version)
    {
        await app.InstallAsync(TestPackages.Of("V1", version, m => m["id"] = id));
        return (await (await app.OperatorAsync()).ReadAsync($"{Plugins}/{id}")).Body.GetProperty("versions").EnumerateArray().Last().GetProperty("signedBy").GetString()!;
    }

    private async Task RevokeAsync(string key)
    {
        var operators = await app.OperatorAsync();
        var number = (await operators.ReadAsync(Publishers)).Body.GetProperty("items").EnumerateArray().Single(p => p.GetProperty("keyId").GetString() == key).GetProperty("number").GetInt64();
        Assert.Equal(HttpStatusCode.OK, (await operators.CallAsync(HttpMethod.Delete, $"{Publishers}/{number}")).Status);
    }
}
