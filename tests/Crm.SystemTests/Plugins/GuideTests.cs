using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Crm.SystemTests.OpenApi;

namespace Crm.SystemTests.Plugins;

/// <summary>docs/plugins.md does what it says: its commands are run as they stand there, in an empty folder and without a network.</summary>
[TakesLong]
public sealed partial class GuideTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crm-guide-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_stranger_who_follows_the_guide_has_a_register_that_answers_in_a_server()
    {
        var commands = Blocks().Matches(await File.ReadAllTextAsync(Path.Combine(NodeTools.Repository, "docs", "plugins.md"), TestContext.Current.CancellationToken)).Select(m => m.Groups[1].Value).ToArray();
        Assert.True(commands.Length >= 8, $"{commands.Length} blocks");
        // What is not in this machine's cache of packages already, and is not made here, is a dependency that the guide does not tell of.
        await WriteAsync("nuget.config", "<configuration><packageSources><clear /></packageSources></configuration>");
        await WriteAsync("guide.sh", $"set -euo pipefail\ntrap 'kill $(jobs -p) 2> /dev/null || true' EXIT\n{string.Join('\n', commands)}");

        Assert.True(await RunAsync() == 0, Log());

        Assert.Matches(@"Passed!\s+- Failed:\s+0, Passed:\s+2", Log());
        Assert.Matches("signed by nordvik, key [0-9a-f]{16}\nnordvik 1.0.0 starts and is healthy\n", Log());
        Assert.Equal(["Nordvik AS", "Nordlys AS"], Answer("lookup.json").GetProperty("items").EnumerateArray().Select(hit => hit.GetProperty("name").GetString()));
        Assert.Equal("Bergen", Answer("company.json").GetProperty("company").GetProperty("visiting").GetProperty("city").GetString());
        Assert.Equal(("1.0.0", "1.1.0"), (Answer("rolled-back.json").GetProperty("active").GetString(), Answer("rolled-back.json").GetProperty("previous").GetString()));
    }

    private async Task<int> RunAsync()
    {
        // Into a file: whatever a build leaves running would hold a pipe open.
        var start = new ProcessStartInfo("bash", ["-c", "exec bash guide.sh > guide.log 2>&1"]) { WorkingDirectory = _folder };
        // The tests' own build must not tell the guide's builds what they are.
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || k is "Configuration" or "Platform").ToArray()) start.Environment.Remove(name);
        var cache = start.Environment.TryGetValue("NUGET_PACKAGES", out var packages) && packages is not null ? packages : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["CRM"] = NodeTools.Repository, ["PORT"] = $"{FreePort()}", ["REGISTER_PORT"] = $"{FreePort()}",
            ["NUGET_PACKAGES"] = Path.Combine(_folder, "nuget"), ["NUGET_FALLBACK_PACKAGES"] = cache, ["DOTNET_CLI_HOME"] = Path.Combine(_folder, "home"),
            ["DOTNET_NOLOGO"] = "1", ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1", ["MSBUILDDISABLENODEREUSE"] = "1", ["UseSharedCompilation"] = "false",
        }) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(5));
        try
        {
            await process.WaitForExitAsync(patience.Token);
            return process.ExitCode;
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private string Log() => File.ReadAllText(Path.Combine(_folder, "guide.log"));

    private JsonElement Answer(string file) => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_folder, "Nordvik.Register", file))).RootElement;

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(_folder, name), text, TestContext.Current.CancellationToken);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex("^```bash\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Blocks();
}
