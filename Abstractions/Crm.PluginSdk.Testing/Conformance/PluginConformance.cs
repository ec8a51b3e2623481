using System.Runtime.CompilerServices;
using Crm.Plugins.Loading;
using Crm.Plugins.Packages;

namespace Crm.Plugins.Testing;

/// <summary>Does with a plugin what a server does, and looks whether it keeps the contract: from its package to its leaving memory.</summary>
public static class PluginConformance
{
    /// <summary>Runs the suite. Takes some seconds; the plugin's code runs in this process.</summary>
    /// <param name="subject">The plugin, and what it is asked for.</param>
    public static async Task<ConformanceReport> RunAsync(ConformanceSubject subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var findings = new Findings();
        if (Package(subject, findings) is not { } package) return findings.Report;
        var root = Directory.CreateTempSubdirectory("crm-conformance-").FullName;
        try
        {
            var folder = package.Unpack(root);
            for (var load = 1; load <= Math.Max(1, subject.Loads); load++)
            {
                var context = await UseAsync(package.Manifest, folder, subject, findings, isFirst: load == 1);
                if (context is null) return findings.Report;
                if (await Unloading.GoneAsync(context, TimeProvider.System, subject.UnloadPatience)) continue;
                findings.Add("unload", "It does not leave memory when it is unloaded: something of it, such as a timer, a thread, a static event or a cache of .NET that has seen its types, still holds on to it.", "");
                return findings.Report;
            }
            findings.Add("unload", null, $"Left memory each of {Math.Max(1, subject.Loads)} times.");
        }
        finally { Delete(root); }
        return findings.Report;
    }

    private static PluginPackage? Package(ConformanceSubject subject, Findings findings)
    {
        PluginPackage package;
        try { package = Directory.Exists(subject.Path) ? PluginPackage.PackFolder(subject.Path) : PluginPackage.Read(File.ReadAllBytes(subject.Path)); }
        catch (PackageException refused)
        {
            findings.Add("package", $"{refused.Code}: {refused.Message}", "");
            return null;
        }
        findings.Add("package", null, $"{package.Manifest.Id} {package.Manifest.Version}, {package.Files.Count} files, {package.Zip.Length / 1024} KB.");
        try { PackageInspector.Inspect(package); }
        catch (PackageException refused)
        {
            findings.Add("inspection", $"{refused.Code}: {refused.Message}", "");
            return null;
        }
        findings.Add("inspection", null, "Nothing native, nothing missing, nothing that the server has.");
        var isRegister = package.Manifest.Capabilities.Contains("companyRegister");
        if (isRegister && subject.Register is null && !findings.Add("samples", "A register is asked for companies: say which in Register.", "")) return null;
        return package;
    }

    /// <summary>Loads, uses and unloads; whoever calls this has nothing of the plugin left.</summary>
    /// <returns>Tells whether it is gone; null = it did not start.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference?> UseAsync(PluginManifest manifest, string folder, ConformanceSubject subject, Findings findings, bool isFirst)
    {
        var context = new PluginLoadContext($"{manifest.Id} {manifest.Version}", folder);
        var weak = new WeakReference(context);
        try
        {
            var (plugin, refused) = await PluginStart.RunAsync(context, manifest, TimeProvider.System);
            if (isFirst || refused is not null) findings.Add("start", refused is null ? null : $"{refused.Code}: {refused.Message}", "Starts and is healthy.");
            if (plugin is null || refused is not null)
            {
                // What has begun to run before it was refused is stopped, as a server does.
                if (plugin is not null) await StopAsync(plugin, new());
                return null;
            }
            await AskAsync(plugin, manifest, subject, isFirst ? findings : new());
            await StopAsync(plugin, isFirst ? findings : new());
            return weak;
        }
        finally { context.Unload(); }
    }

    private static async Task AskAsync(IPlugin plugin, PluginManifest manifest, ConformanceSubject subject, Findings findings)
    {
        using var session = new Session(manifest, subject);
        Operation connection = new(nameof(plugin.TestConnectionAsync), gone => session.TryAsync(nameof(plugin.TestConnectionAsync), plugin.TestConnectionAsync, gone));
        var tested = await connection.TryAsync(null);
        findings.Add("connection", tested.Trouble is { } trouble ? $"It {trouble}." : tested.Value is PluginHealth { IsHealthy: true } ? null : $"It says that the connection does not work: {(tested.Value as PluginHealth)?.Detail}", "Works with the given settings.");
        List<Operation> operations = [connection];
        if (plugin is ICompanyRegister register && subject.Register is { } samples)
        {
            var checks = new RegisterChecks(session, register, samples, findings);
            await checks.RunAsync();
            operations.AddRange(checks.Operations);
        }
        if (plugin is IAccountingSystem books)
        {
            var checks = new AccountingChecks(session, books, findings);
            await checks.RunAsync();
            operations.AddRange(checks.Operations);
        }
        if (plugin is IExchangeRates rates)
        {
            var checks = new RateChecks(session, rates, findings);
            await checks.RunAsync();
            operations.AddRange(checks.Operations);
        }
        if (plugin is ICreditBureau bureau) operations.Add(new(nameof(bureau.FindAsync), gone => session.TryAsync(nameof(bureau.FindAsync), (call, ct) => bureau.FindAsync(call, new() { Country = "SE", Name = "Nordvik" }, ct), gone)));
        await ErrorChecks.RunAsync(session, operations, findings);
        findings.Add("hosts", session.RefusedHosts.Count == 0 ? null : $"It called {string.Join(", ", session.RefusedHosts)}, which neither plugin.json nor a setting marked x-host names.", "Called only what it may.");
        findings.Add("secrets", session.ToldSecret() is { } secret ? $"The value of the setting {secret} stands in a message or a log line." : null, "No secret in messages and log lines.");
    }

    private static async Task StopAsync(IPlugin plugin, Findings findings)
    {
        string? problem = null;
        try { await Task.Run(() => plugin.StopAsync().AsTask()).WaitAsync(TimeSpan.FromSeconds(5)); }
        catch (TimeoutException) { problem = "It did not stop within 5 seconds."; }
        catch (Exception thrown) { problem = $"It failed while stopping: {thrown.GetType().Name}."; }
        findings.Add("stop", problem, "Stops.");
    }

    /// <summary>Windows keeps the files of a plugin that stays loaded.</summary>
    private static void Delete(string folder)
    {
        try { Directory.Delete(folder, recursive: true); }
        catch (Exception held) when (held is IOException or UnauthorizedAccessException) { }
    }
}
