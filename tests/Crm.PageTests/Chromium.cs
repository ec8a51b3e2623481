namespace Crm.PageTests;

/// <summary>The browser of the tests: the one of the machine, because Debian's package is what these pages are tested with.</summary>
internal static class Chromium
{
    // The one without windows first: it starts a page in half the time.
    private static readonly string[] Names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"];

    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run", "--disable-sync", "--disable-quic"];

    /// <summary>Set to 1 where there can be no browser: these tests are then skipped, and say so.</summary>
    public static bool IsOff => Environment.GetEnvironmentVariable("CRM_TEST_NO_BROWSER") == "1" || Environment.GetEnvironmentVariable("CRM_TEST_NO_NODE") == "1";

    public static async Task<IBrowser> StartAsync(IPlaywright playwright)
    {
        var program = Environment.GetEnvironmentVariable("CRM_TEST_CHROMIUM") ?? (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("Chromium was not found. Install it (Debian: apt-get install chromium-headless-shell), or name it in CRM_TEST_CHROMIUM, or set CRM_TEST_NO_BROWSER=1 to go without.");
        return await playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = Arguments });
    }
}
