namespace Crm.SystemTests.OpenApi;

/// <summary>
/// Others judge the API document: a linter with every rule on, and a compiler. They read Host/openapi.json, which a test of Crm.Tests holds to be what
/// the program serves.
/// </summary>
public sealed class ApiDocumentChecks : IClassFixture<NodeTools>
{
    private const string Off = "CRM_TEST_NO_NODE=1: Node.js cannot be used here.";

    private static string Document => Path.Combine(NodeTools.Repository, "Host", "openapi.json");

    [Fact]
    public async Task The_linter_has_nothing_to_say()
    {
        Assert.SkipWhen(NodeTools.IsOff, Off);
        var (code, output) = await NodeTools.RunAsync("spectral", "lint", "--ruleset=ruleset.yaml", "--fail-severity=hint", Document);
        Assert.True(code == 0, output);
        Assert.Contains("No results with a severity of 'hint' or higher found!", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_linter_finds_what_is_wrong()
    {
        Assert.SkipWhen(NodeTools.IsOff, Off);
        var broken = Path.Combine(Path.GetTempPath(), $"crm-openapi-{Guid.NewGuid():n}.json");
        try
        {
            var text = await File.ReadAllTextAsync(Document, TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(broken, text.Replace("\"operationId\": \"createPartner\"", "\"operationId\": \"listPartners\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);
            var (code, output) = await NodeTools.RunAsync("spectral", "lint", "--ruleset=ruleset.yaml", "--fail-severity=hint", broken);
            Assert.NotEqual(0, code);
            Assert.Contains("operation-operationId-unique", output, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(broken);
        }
    }

    [Fact]
    public async Task A_TypeScript_client_made_from_it_compiles_with_a_program_that_uses_it()
    {
        Assert.SkipWhen(NodeTools.IsOff, Off);
        var (made, madeOutput) = await NodeTools.RunAsync("openapi-typescript", Document, "--output", "../../artifacts/openapi/client.ts");
        Assert.True(made == 0, madeOutput);
        var (compiled, compiledOutput) = await NodeTools.RunAsync("tsc", "--project", ".");
        Assert.True(compiled == 0, compiledOutput);
    }
}
