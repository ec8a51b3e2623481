extern alias kit;

using System.Text.Json.Nodes;
using kit::Crm.Plugins.Testing;

namespace Crm.Tests.Plugins;

/// <summary>The kit for plugin authors finds what is wrong with a plugin, and nothing else.</summary>
[TakesLong]
public sealed class ConformanceTests
{
    private const string Secret = "open sesame";

    private static readonly RegisterSamples Samples = new() { Country = "NO", Text = "nord", Number = "999888777", UnknownText = "zzzz", UnknownNumber = "999888776" };

    [Fact]
    public async Task A_plugin_that_keeps_the_contract_passes_everything()
    {
        var report = await RunAsync("Polite");
        report.ThrowIfFailed();
        Assert.Equal(
            ["package", "inspection", "start", "connection", "search", "search.number", "search.none", "search.short", "search.limit", "get", "get.unknown", "branches", "branches.unknown", "changes",
             "error.401", "error.403", "error.429", "error.429.date", "error.500", "error.brokenJson", "error.noJson", "error.connection", "cancellation", "hosts", "secrets", "stop", "unload"],
            report.Findings.Select(f => f.Name));
    }

    [Theory]
    [InlineData("IgnoresTheLimit", "search.limit"), InlineData("ThrowsForTheUnknown", "get.unknown"), InlineData("LetsErrorsOut", "error.401 error.403 error.429 error.429.date error.500")]
    [InlineData("HidesErrors", "error.401 error.403 error.429 error.429.date error.500 error.brokenJson error.noJson"), InlineData("GoesOnWhenCancelled", "cancellation")]
    [InlineData("LogsTheSecret", "secrets"), InlineData("CallsElsewhere", "hosts"), InlineData("NeverAnswers", "search search.number search.none search.short search.limit cancellation"), InlineData("StaysInMemory", "unload")]
    public async Task A_plugin_that_breaks_one_thing_fails_in_that_and_nothing_else(string type, string expected) =>
        Assert.Equal(expected, string.Join(' ', (await RunAsync(type)).Failures.Select(f => f.Name)));

    [Theory]
    [InlineData("ThrowsAtStart", "start", "moon"), InlineData("ThrowsWhenMade", "start", "plugin.constructor"), InlineData("Unhealthy", "start", "cold"), InlineData("NoPlugin", "start", "plugin.type"), InlineData("Greedy", "start", "plugin.start.timeout")]
    public async Task A_plugin_that_does_not_start_is_told_with_the_reason(string type, string finding, string why)
    {
        var failure = Assert.Single((await RunAsync(type)).Failures);
        Assert.Equal(finding, failure.Name);
        Assert.Contains(why, failure.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_that_a_server_would_refuse_is_refused_with_the_servers_reason()
    {
        var files = Files("Polite");
        files.Remove("CsvHelper.dll");
        Assert.StartsWith("package.dependency", Assert.Single((await RunAsync(files)).Failures).Why, StringComparison.Ordinal);
        files["plugin.json"] = "{}"u8.ToArray();
        Assert.StartsWith("manifest.unreadable", Assert.Single((await RunAsync(files)).Failures).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_can_be_asserted_and_read()
    {
        var report = await RunAsync("IgnoresTheLimit");
        Assert.Equal("search.limit: It answered 2 hits where 1 were wanted.", Assert.Throws<ConformanceException>(report.ThrowIfFailed).Message);
        Assert.Contains("FAIL search.limit", report.ToString(), StringComparison.Ordinal);
    }

    private static Dictionary<string, byte[]> Files(string type) => TestPackages.Files(type, manifest: m =>
    {
        m["settings"] = JsonNode.Parse("""{ "properties": { "address": { "type": "string", "format": "uri", "x-host": true, "default": "https://register.example" }, "key": { "type": "string", "x-secret": true } } }""");
        foreach (var text in m["texts"]!.AsObject()) text.Value!["settings"] = JsonNode.Parse("""{ "address": { "title": "Address" }, "key": { "title": "Key" } }""");
    });

    private static Task<ConformanceReport> RunAsync(string type) => RunAsync(Files(type));

    private static async Task<ConformanceReport> RunAsync(Dictionary<string, byte[]> files)
    {
        var folder = Directory.CreateTempSubdirectory("crm-kit-").FullName;
        try
        {
            foreach (var (name, content) in files) await File.WriteAllBytesAsync(Path.Combine(folder, name), content);
            using var upstream = new CannedUpstream()
                .Json("GET /companies?name=zzzz", """{ "items": [] }""")
                .Json("GET /companies?name=*", """{ "items": [{ "number": "999888777", "name": "Nordvik AS" }, { "number": "999888769", "name": "Nordlys AS" }] }""")
                .Json("GET /companies/999888777", """{ "number": "999888777", "name": "Nordvik AS" }""");
            return await PluginConformance.RunAsync(new()
            {
                Path = folder, Upstream = upstream, Settings = $$"""{ "key": "{{Secret}}" }""", Register = Samples,
                Patience = TimeSpan.FromSeconds(4), UnloadPatience = TimeSpan.FromSeconds(files["plugin.json"].AsSpan().IndexOf("StaysInMemory"u8) >= 0 ? 3 : 15),
            });
        }
        finally { Directory.Delete(folder, recursive: true); }
    }
}
