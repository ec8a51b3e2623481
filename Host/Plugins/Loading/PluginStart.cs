using System.Runtime.CompilerServices;
using Crm.Plugins.Packages;

namespace Crm.Plugins.Loading;

/// <summary>Makes and starts a plugin, and asks for its health, before anybody is served by it.</summary>
internal static class PluginStart
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10), Grace = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs the plugin's own code on a thread of its own: what blocks or spins there takes none of the server's threads.</summary>
    /// <returns>The plugin, or why there is none.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static async Task<(IPlugin? Plugin, PackageException? Refused)> RunAsync(PluginLoadContext context, PluginManifest manifest, TimeProvider clock)
    {
        using var limit = new CancellationTokenSource(Limit, clock);
        var token = limit.Token;
        var starting = Task.Factory.StartNew(() => ProveAsync(context, manifest, token), CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default).Unwrap();
        try { return await starting.WaitAsync(Limit + Grace, clock); }
        catch (TimeoutException) { return (null, new("plugin.start.timeout", $"It did not start within {Limit.TotalSeconds:0} seconds. If it still runs, it holds a thread until the server restarts.")); }
    }

    private static async Task<(IPlugin?, PackageException?)> ProveAsync(PluginLoadContext context, PluginManifest manifest, CancellationToken ct)
    {
        try
        {
            var plugin = context.Create(manifest);
            await plugin.StartAsync(ct);
            var health = await plugin.CheckAsync(ct);
            return health.IsHealthy ? (plugin, null) : (null, new("plugin.unhealthy", $"It says that it does not work: {health.Detail}"));
        }
        catch (PackageException refused) { return (null, new(refused.Code, refused.Message)); }
        catch (OperationCanceledException) when (ct.IsCancellationRequested) { return (null, new("plugin.start.timeout", $"It did not start within {Limit.TotalSeconds:0} seconds.")); }
        catch (Exception thrown) { return (null, new("plugin.start", $"It failed while starting: {thrown.GetType().Name}: {thrown.Message}")); }
    }
}
