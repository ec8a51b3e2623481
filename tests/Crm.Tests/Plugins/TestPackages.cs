using System.Text;
using System.Text.Json.Nodes;
using Crm.Plugins.Loading;
using Crm.Plugins.Packages;

namespace Crm.Tests.Plugins;

/// <summary>Packs the built test plugins, as an author would.</summary>
internal static class TestPackages
{
    public static PluginPackage Of(string type, string version = "1.0.0", Action<JsonObject>? manifest = null) => PluginPackage.Pack(Files(type, version, manifest));

    /// <summary>The output of the build with a manifest beside it.</summary>
    public static Dictionary<string, byte[]> Files(string type, string version = "1.0.0", Action<JsonObject>? manifest = null)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        var folder = Path.Combine(AppContext.BaseDirectory, "..", "..", "Crm.TestPlugins", configuration);
        var files = Directory.GetFiles(folder).Where(f => Path.GetExtension(f) is ".dll" or ".json" && !f.EndsWith("runtimeconfig.json", StringComparison.Ordinal)).ToDictionary(f => Path.GetFileName(f), File.ReadAllBytes);
        files["plugin.json"] = Encoding.UTF8.GetBytes(Manifest(type, version, manifest));
        return files;
    }

    public static string Manifest(string type, string version = "1.0.0", Action<JsonObject>? change = null)
    {
        var manifest = JsonNode.Parse($$"""
            { "id": "test", "version": "{{version}}", "contract": "1.0", "publisher": "acme", "licence": "MIT", "assembly": "Crm.TestPlugins.dll", "type": "Crm.TestPlugins.{{type}}",
              "capabilities": ["companyRegister"], "limits": { "drainSeconds": 5, "concurrency": 1000, "requestsPerSecond": 1000, "burst": 1000 },
              "texts": { "sv": { "name": "Prov" }, "da": { "name": "Prøve" }, "en": { "name": "Test" } } }
            """)!.AsObject();
        change?.Invoke(manifest);
        return manifest.ToJsonString();
    }
}
