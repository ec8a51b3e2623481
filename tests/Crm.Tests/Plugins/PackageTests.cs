using System.IO.Compression;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Plugins.Loading;
using Crm.Plugins.Packages;

namespace Crm.Tests.Plugins;

/// <summary>What a package must be before any of its code is loaded.</summary>
public sealed class PackageTests
{
    [Fact]
    public void A_package_is_the_same_bytes_whenever_it_is_packed() => Assert.Equal(TestPackages.Of("V1").Sha256, TestPackages.Of("V1").Sha256);

    [Fact]
    public void A_package_of_the_build_output_passes_inspection_with_its_private_dependency()
    {
        var package = TestPackages.Of("V2");
        PackageInspector.Inspect(package);
        Assert.Contains("CsvHelper.dll", package.Files.Keys);
        Assert.DoesNotContain("Crm.PluginSdk.dll", package.Files.Keys);
    }

    [Theory]
    [InlineData("../escape.dll"), InlineData("/etc/passwd"), InlineData("C:/x.dll"), InlineData("a\\..\\b.dll"), InlineData("a//b.dll"), InlineData("a/./b.dll"), InlineData("a/b/c/d/e/f.dll"), InlineData("trailing. "), InlineData("new\nline")]
    public void A_file_that_could_leave_the_folder_is_refused(string path) => Refuses("package.path", Zip((path, [1])));

    [Fact]
    public void The_same_file_in_two_spellings_is_refused() => Refuses("package.path", Zip(("a.dll", [1]), ("A.dll", [2])));

    [Fact]
    public void A_link_is_refused()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            var entry = zip.CreateEntry("plugin.json");
            entry.ExternalAttributes = unchecked((int)0xA1FF0000);
            using var stream = entry.Open();
            stream.Write("/etc/passwd"u8);
        }
        Refuses("package.path", bytes.ToArray());
    }

    [Fact]
    public void A_bomb_is_refused_before_it_fills_the_memory() => Refuses("package.tooLarge", Zip(("zeros.bin", new byte[PluginPackage.MaxUnpacked + 1])));

    [Fact]
    public void Too_many_files_are_refused() => Refuses("package.tooLarge", Zip([.. Enumerable.Range(0, PluginPackage.MaxFiles + 1).Select(i => ($"{i}.txt", Array.Empty<byte>()))]));

    [Fact]
    public void What_is_no_zip_is_refused() => Refuses("package.unreadable", Encoding.UTF8.GetBytes("no zip"));

    [Fact]
    public void A_damaged_zip_is_refused()
    {
        var bytes = TestPackages.Of("V1").Zip;
        Refuses("package.unreadable", bytes[..(bytes.Length / 2)]);
    }

    [Fact]
    public void A_package_without_a_manifest_or_without_its_assembly_is_refused()
    {
        Refuses("manifest.missing", Zip(("a.dll", [1])));
        Refuses("package.incomplete", Zip(("plugin.json", Encoding.UTF8.GetBytes(TestPackages.Manifest("V1")))));
    }

    [Fact]
    public void A_manifest_tells_all_that_is_wrong_with_it_at_once()
    {
        var refused = Assert.Throws<PackageException>(() => PluginManifest.Parse(Encoding.UTF8.GetBytes(TestPackages.Manifest("V1", "one", m =>
        {
            m["id"] = "Not An Id";
            m["capabilities"] = new JsonArray("flying");
            m["hosts"] = new JsonArray("https://x");
            m["texts"]!.AsObject().Remove("da");
        }))));
        Assert.Equal("manifest.invalid", refused.Code);
        foreach (var part in new[] { "id has", "version is", "flying", "https://x", "lacks da" }) Assert.Contains(part, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_manifest_with_a_member_that_nobody_knows_is_refused_so_that_a_typing_error_in_a_limit_is_seen() =>
        Assert.Equal("manifest.unreadable", Assert.Throws<PackageException>(() => PluginManifest.Parse(Encoding.UTF8.GetBytes(TestPackages.Manifest("V1", change: m => m["limit"] = 1)))).Code);

    [Theory]
    [InlineData("hosts", "[null]"), InlineData("capabilities", "[null]"), InlineData("countries", "[null]"), InlineData("texts", """{ "sv": null, "da": null, "en": null }""")]
    [InlineData("settings", """{ "properties": { "key": null } }"""), InlineData("settings", """{ "required": [null] }"""), InlineData("settings", """{ "properties": { "key": { "type": "string", "enum": [null] } } }""")]
    [InlineData("texts", """{ "sv": { "name": "Prov", "settings": { "key": null } }, "da": { "name": "Prov" }, "en": { "name": "Prov" } }""")]
    public void A_manifest_with_null_for_one_of_several_is_refused(string member, string json) =>
        Assert.Equal("manifest.invalid", Assert.Throws<PackageException>(() => PluginManifest.Parse(Encoding.UTF8.GetBytes(TestPackages.Manifest("V1", change: m => m[member] = JsonNode.Parse(json))))).Code);

    [Theory]
    [InlineData("2.0"), InlineData("1.7"), InlineData("0.9")]
    public void A_manifest_for_another_contract_is_refused(string contract) =>
        Assert.Contains("contract", Assert.Throws<PackageException>(() => TestPackages.Of("V1", manifest: m => m["contract"] = contract)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_manifest_says_how_a_company_lets_the_plugin_in()
    {
        var auth = PluginManifest.Parse(Encoding.UTF8.GetBytes(WithAuth(_ => { }))).Auth!;
        Assert.Equal(("login", "oauth/auth", "oauth/token", null, "basic", false, "clientId", "clientSecret"), (auth.Address, auth.Authorize, auth.Token, auth.Revoke, auth.Client, auth.Pkce, auth.ClientId, auth.ClientSecret));
        Assert.Equal("offline", auth.Parameters["access_type"]);
    }

    [Theory]
    [InlineData("type", "\"password\"", "auth.type"), InlineData("client", "\"url\"", "auth.client"), InlineData("address", "\"clientId\"", "auth.address"), InlineData("clientId", "\"nobody\"", "auth.clientId")]
    [InlineData("clientSecret", "\"clientId\"", "auth.clientSecret"), InlineData("token", "\"/token\"", "auth.token"), InlineData("token", "\"https://other.example/token\"", "auth.token"), InlineData("authorize", "\"../auth\"", "auth.authorize")]
    [InlineData("revoke", "\"\"", "auth.revoke"), InlineData("scopes", "[\"two words\"]", "auth.scopes"), InlineData("parameters", "{ \"state\": \"x\" }", "auth.parameters")]
    public void A_way_in_that_leads_elsewhere_or_shows_a_secret_is_refused(string member, string value, string told) =>
        Assert.Contains(told, Assert.Throws<PackageException>(() => PluginManifest.Parse(Encoding.UTF8.GetBytes(WithAuth(auth => auth[member] = JsonNode.Parse(value))))).Message, StringComparison.Ordinal);

    private static string WithAuth(Action<JsonObject> change) => TestPackages.Manifest("V1", change: m =>
    {
        var auth = JsonNode.Parse("""{ "type": "oauth2-code", "address": "login", "authorize": "oauth/auth", "token": "oauth/token", "scopes": ["customer"], "parameters": { "access_type": "offline" } }""")!.AsObject();
        change(auth);
        m["auth"] = auth;
        m["settings"] = JsonNode.Parse("""{ "properties": { "login": { "type": "string", "format": "uri", "x-host": true }, "clientId": { "type": "string" }, "clientSecret": { "type": "string", "x-secret": true } } }""");
        foreach (var text in m["texts"]!.AsObject()) text.Value!["settings"] = JsonNode.Parse("""{ "login": { "title": "Login" }, "clientId": { "title": "Id" }, "clientSecret": { "title": "Secret" } }""");
    });

    [Fact]
    public void An_assembly_built_against_another_contract_is_refused_whatever_its_manifest_says()
    {
        var sdk = new AssemblyName("Crm.PluginSdk") { Version = new(2, 0, 0, 0) };
        RefusesFile("contract.version", "Crm.TestPlugins.dll", Assembled("Crm.TestPlugins", sdk));
    }

    [Fact]
    public void A_missing_dependency_is_refused_by_name()
    {
        var files = TestPackages.Files("V2");
        files.Remove("CsvHelper.dll");
        var refused = Assert.Throws<PackageException>(() => PackageInspector.Inspect(PluginPackage.Pack(files)));
        Assert.Equal("package.dependency", refused.Code);
        Assert.Contains("CsvHelper", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_contract_a_part_of_dotnet_native_code_and_rubbish_are_refused()
    {
        RefusesFile("package.contract", "Crm.PluginSdk.dll", File.ReadAllBytes(typeof(Crm.Plugins.IPlugin).Assembly.Location));
        RefusesFile("package.framework", "System.Text.Json.dll", File.ReadAllBytes(typeof(System.Text.Json.JsonSerializer).Assembly.Location));
        RefusesFile("package.native", "libthing.so", [1, 2, 3]);
        RefusesFile("package.unreadable", "text.dll", Encoding.UTF8.GetBytes("text"));
    }

    [Fact]
    public void A_signed_package_of_a_trusted_publisher_is_taken()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var signed = PluginSignature.Sign(TestPackages.Of("V1"), key);
        Assert.Equal("acme", PluginSignature.Verify(signed, (publisher, id) => publisher == "acme" && id == PluginSignature.KeyId(key) ? key.ExportSubjectPublicKeyInfoPem() : null)!.Publisher);
        Assert.Null(PluginSignature.Verify(TestPackages.Of("V1"), (_, _) => null));
    }

    [Theory]
    [InlineData("Crm.TestPlugins.dll", "signature.altered"), InlineData("plugin.json", "signature.altered"), InlineData("added.txt", "signature.altered"), InlineData("-CsvHelper.dll", "signature.altered")]
    public void A_package_altered_after_signing_is_refused(string change, string code)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var files = PluginSignature.Sign(TestPackages.Of("V1"), key).Files.ToDictionary(f => f.Key, f => f.Value);
        if (change[0] == '-') files.Remove(change[1..]);
        else files[change] = change == "plugin.json" ? Encoding.UTF8.GetBytes(TestPackages.Manifest("V2")) : [.. files.GetValueOrDefault(change, []), 0];
        Assert.Equal(code, Assert.Throws<PackageException>(() => PluginSignature.Verify(PluginPackage.Pack(files), (_, _) => key.ExportSubjectPublicKeyInfoPem())).Code);
    }

    [Fact]
    public void A_signature_of_another_key_of_another_publisher_or_over_other_hashes_is_refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var signed = PluginSignature.Sign(TestPackages.Of("V1"), key);
        Refused("signature.untrusted", signed, null);
        Refused("signature.wrong", signed, other.ExportSubjectPublicKeyInfoPem());
        Refused("signature.publisher", Resigned(s => s["publisher"] = "emca"), key.ExportSubjectPublicKeyInfoPem());
        Refused("signature.wrong", Resigned(s => s["files"]!["plugin.json"] = new string('0', 64)), key.ExportSubjectPublicKeyInfoPem());
        Refused("signature.wrong", Resigned(s => s["signature"] = "%"), key.ExportSubjectPublicKeyInfoPem());
        Refused("signature.unreadable", Resigned(s => s["more"] = 1), key.ExportSubjectPublicKeyInfoPem());
        foreach (var member in new[] { "publisher", "key", "files", "signature" }) Refused("signature.unreadable", Resigned(s => s[member] = null), key.ExportSubjectPublicKeyInfoPem());

        PluginPackage Resigned(Action<JsonNode> change)
        {
            var files = signed.Files.ToDictionary(f => f.Key, f => f.Value);
            var signature = JsonNode.Parse(files["plugin.sig"])!;
            change(signature);
            files["plugin.sig"] = Encoding.UTF8.GetBytes(signature.ToJsonString());
            return PluginPackage.Pack(files);
        }

        static void Refused(string code, PluginPackage package, string? pem) => Assert.Equal(code, Assert.Throws<PackageException>(() => PluginSignature.Verify(package, (_, _) => pem)).Code);
    }

    [Fact]
    public void The_settings_schema_tells_every_value_that_is_wrong()
    {
        var schema = PluginManifest.Parse(Encoding.UTF8.GetBytes(TestPackages.Manifest("V1", change: m =>
        {
            m["settings"] = JsonNode.Parse("""{ "properties": { "base": { "type": "string", "format": "uri", "x-host": true, "default": "https://api.example.com" }, "key": { "type": "string", "x-secret": true, "minLength": 4 }, "size": { "type": "integer", "minimum": 1, "maximum": 9 } }, "required": ["key"] }""");
            foreach (var text in m["texts"]!.AsObject()) text.Value!["settings"] = JsonNode.Parse("""{ "base": { "title": "Base" }, "key": { "title": "Key" }, "size": { "title": "Size" } }""");
        }))).Settings;
        Assert.Equal(["base", "size", "x", "key"], schema.Refuses(JsonNode.Parse("""{ "base": "ftp://x", "size": 10, "x": 1 }""")!.Deserialize<JsonElement>()).Select(p => p.Name));
        Assert.Empty(schema.Refuses(JsonNode.Parse("""{ "key": "abcd", "size": null }""")!.Deserialize<JsonElement>()));
        Assert.Equal("https://api.example.com", schema.WithDefaults(JsonNode.Parse("""{ "key": "abcd" }""")!.Deserialize<JsonElement>()).GetProperty("base").GetString());
    }

    private static void Refuses(string code, byte[] zip) => Assert.Equal(code, Assert.Throws<PackageException>(() => PluginPackage.Read(zip)).Code);

    private static void RefusesFile(string code, string name, byte[] content)
    {
        var files = TestPackages.Files("V1");
        files[name] = content;
        Assert.Equal(code, Assert.Throws<PackageException>(() => PackageInspector.Inspect(PluginPackage.Pack(files))).Code);
    }

    private static byte[] Zip(params (string Path, byte[] Content)[] files)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, content) in files)
            {
                using var stream = zip.CreateEntry(path).Open();
                stream.Write(content);
            }
        }
        return bytes.ToArray();
    }

    /// <summary>An assembly whose one type has a base in another assembly's version.</summary>
    private static byte[] Assembled(string name, AssemblyName reference)
    {
        using var bytes = new MemoryStream();
        var metadata = new MetadataBuilder();
        metadata.AddModule(0, metadata.GetOrAddString(name + ".dll"), metadata.GetOrAddGuid(Guid.NewGuid()), default, default);
        metadata.AddAssembly(metadata.GetOrAddString(name), new(1, 0, 0, 0), default, default, default, AssemblyHashAlgorithm.None);
        metadata.AddAssemblyReference(metadata.GetOrAddString(reference.Name!), reference.Version!, default, default, default, default);
        metadata.AddTypeDefinition(default, default, metadata.GetOrAddString("<Module>"), default, MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
        var blob = new BlobBuilder();
        new ManagedPEBuilder(new(imageCharacteristics: Characteristics.Dll), new(metadata), new()).Serialize(blob);
        blob.WriteContentTo(bytes);
        return bytes.ToArray();
    }
}
