using System.ComponentModel;
using System.Diagnostics;

namespace Crm.SystemTests.OpenApi;

/// <summary>Checks that are programs for Node.js: those of tests/openapi and those of the pages. Installed once, from the lock file.</summary>
public sealed class NodeTools : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Set to 1 where Node.js cannot be: the tests are then skipped, and say so.</summary>
    public static bool IsOff => Environment.GetEnvironmentVariable("CRM_TEST_NO_NODE") == "1";

    /// <summary>The folder of the repository.</summary>
    public static string Repository { get; } = FindRepository();

    private static string OpenApi { get; } = Path.Combine(Repository, "tests", "openapi");

    public async ValueTask InitializeAsync()
    {
        if (!IsOff) await InstallAsync(OpenApi);
    }

    /// <summary>Installs what a folder's lock file names, unless it is there.</summary>
    public static async Task InstallAsync(string folder)
    {
        await StartAsync(folder, "node", "--version");
        // What npm writes last: a folder without it was left half-way.
        if (File.Exists(Path.Combine(folder, "node_modules", ".package-lock.json"))) return;
        var (code, output) = await StartAsync(folder, "npm", "ci", "--no-audit", "--no-fund");
        if (code != 0) throw new InvalidOperationException($"npm ci in {folder} failed:\n{output}");
    }

    public ValueTask DisposeAsync() => default;

    /// <summary>Runs a tool of tests/openapi in that folder.</summary>
    /// <returns>Its exit code and everything that it wrote.</returns>
    public static Task<(int Code, string Output)> RunAsync(string tool, params string[] arguments) => RunInAsync(OpenApi, tool, arguments);

    /// <summary>Runs a tool that is installed in a folder, there.</summary>
    /// <returns>Its exit code and everything that it wrote.</returns>
    public static Task<(int Code, string Output)> RunInAsync(string folder, string tool, params string[] arguments) => StartAsync(folder, Path.Combine(folder, "node_modules", ".bin", tool), arguments);

    private static async Task<(int Code, string Output)> StartAsync(string folder, string program, params string[] arguments)
    {
        using var process = new Process { StartInfo = new(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true } };
        try
        {
            process.Start();
        }
        catch (Win32Exception missing)
        {
            throw new InvalidOperationException(
                "Node.js 20 or newer with npm is needed here (Debian and Ubuntu: apt-get install nodejs npm; macOS: brew install node). CRM_TEST_NO_NODE=1 leaves these tests out.", missing);
        }
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience);
            return (process.ExitCode, await output + await errors);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Crm.sln"))) folder = folder.Parent;
        return folder.FullName;
    }
}
