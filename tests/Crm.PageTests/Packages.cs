using System.IO.Compression;
using System.Text.Json.Nodes;

namespace Crm.PageTests;

/// <summary>Packages of what the build made, signed by nobody.</summary>
internal static class Packages
{
    /// <summary>One of this repository's plugins.</summary>
    /// <param name="name">The project's name after <c>Crm.Plugins.</c>, such as <c>Bizweb</c>.</param>
    public static byte[] Built(string name) => Zip($"Crm.Plugins.{name}");

    /// <summary>A Norwegian register that misbehaves as its class says. In hits it tells its version.</summary>
    /// <param name="id">The plugin, by which the pages call it too.</param>
    /// <param name="type">Of Crm.TestPlugins, such as <c>V1</c>.</param>
    /// <param name="version">Such as 1.0.0.</param>
    /// <param name="manifest">What else plugin.json says.</param>
    public static byte[] Test(string id, string type, string version = "1.0.0", Action<JsonObject>? manifest = null)
    {
        var json = JsonNode.Parse($$"""
            { "id": "{{id}}", "version": "{{version}}", "contract": "1.0", "publisher": "acme", "licence": "MIT", "assembly": "Crm.TestPlugins.dll", "type": "Crm.TestPlugins.{{type}}",
              "capabilities": ["companyRegister"], "countries": ["NO"], "limits": { "drainSeconds": 1 }, "texts": { "sv": { "name": "Prov {{id}}" }, "da": { "name": "Prøve {{id}}" }, "en": { "name": "Test {{id}}" } } }
            """)!.AsObject();
        manifest?.Invoke(json);
        return Zip("Crm.TestPlugins", json.ToJsonString());
    }

    private static byte[] Zip(string project, string? manifest = null)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var file in Directory.GetFiles(Path.Combine(here.Parent!.Parent!.FullName, project, here.Name)).Where(f => Path.GetExtension(f) is ".dll" or ".json" && !f.EndsWith("runtimeconfig.json", StringComparison.Ordinal)))
                archive.CreateEntryFromFile(file, Path.GetFileName(file));
            if (manifest is not null)
            {
                using var written = new StreamWriter(archive.CreateEntry("plugin.json").Open());
                written.Write(manifest);
            }
        }
        return zip.ToArray();
    }
}
