using System.Net;
using System.Security.Cryptography;
using Crm.Plugins.Packages;
using Crm.Tests.Api;

namespace Crm.Tests.Plugins;

/// <summary>Installs packages as an operator does.</summary>
internal static class Installing
{
    /// <summary>Uploads a package that a trusted publisher has signed.</summary>
    public static async Task InstallAsync(this CrmApp app, PluginPackage package)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var operators = await app.OperatorAsync();
        Assert.Equal(HttpStatusCode.Created, (await operators.CallAsync(HttpMethod.Post, "/api/v1/operator/publishers", new { name = package.Manifest.Publisher, publicKey = key.ExportSubjectPublicKeyInfoPem() })).Status);
        Assert.InRange((int)(await operators.UploadAsync(PluginSignature.Sign(package, key).Zip)).Status, 200, 201);
    }

    /// <summary>Lets a version serve everybody.</summary>
    public static async Task<Reply> ActivateAsync(this CrmApp app, string plugin, string version = "1.0.0")
    {
        var reply = await (await app.OperatorAsync()).CallAsync(HttpMethod.Post, $"/api/v1/operator/plugins/{plugin}/activate", new { version });
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        return reply;
    }

    public static Task<Reply> UploadAsync(this HttpClient operators, byte[] zip) => operators.SendBytesAsync(HttpMethod.Post, "/api/v1/operator/plugins", zip, "application/zip");

    /// <summary>Switches a plugin on for a company.</summary>
    public static async Task SwitchOnAsync(this TestCompany company, string plugin, object? settings = null) =>
        Assert.Equal(HttpStatusCode.OK, (await company.Admin.CallAsync(HttpMethod.Patch, company.Path($"integrations/{plugin}"), new { enabled = true, settings = settings ?? new { } })).Status);
}
