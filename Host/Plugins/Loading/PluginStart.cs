using System.Runtime.CompilerServices;
using Crm.Plugins.Packages;

namespace Crm.Plugins.Loading;

/// <summary>Makes and starts a plugin, and asks for its health, before anybody is served by it.</summary>
internal static class PluginStart
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10), Grace = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs the plugin's own code on a thread of its own: what blocks or spins there takes none of the server's threads.</summary>
    /// <returns>The plugin, and why it cannot serve. There may be both: what has begun to run has to be stopped.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static async Task<(IPlugin? Plugin, PackageException? Refused)> RunAsync(PluginLoadContext context, PluginManifest manifest, TimeProvider clock)
    {
        using var limit = new CancellationTokenSource(Limit, clock);
        var token = limit.Token;
        var starting = Task.Factory.StartNew(() => ProveAsync(context, manifest, token), CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default).Unwrap();
        try { return await starting.WaitAsync(Limit + Grace, clock); }
        catch (TimeoutException)
        {
            _ = StopLateAsync(starting);
            return (null, new("plugin.start.timeout", $"It did not start within {Limit.TotalSeconds:0} seconds. If it still runs, it holds a thread until the server restarts."));
        }
    }

    /// <summary>Stops one that starts when nobody waits for it any more.</summary>
    private static async Task StopLateAsync(Task<(IPlugin? Plugin, PackageException? Refused)> starting)
    {
        try
        {
            if ((await starting).Plugin is { } late) await late.StopAsync();
        }
        catch (Exception) { /* Whether it leaves memory shows what it has left running. */ }
    }

    private static async Task<(IPlugin?, PackageException?)> ProveAsync(PluginLoadContext context, PluginManifest manifest, CancellationToken ct)
    {
        IPlugin? plugin = null;
        try
        {
            plugin = context.Create(manifest);
            await plugin.StartAsync(ct);
            var health = await plugin.CheckAsync(ct);
            return health.IsHealthy ? (plugin, null) : (plugin, new("plugin.unhealthy", $"It says that it does not work: {health.Detail}"));
        }
        catch (PackageException refused) { return (plugin, new(refused.Code, refused.Message)); }
        catch (OperationCanceledException) when (ct.IsCancellationRequested) { return (plugin, new("plugin.start.timeout", $"It did not start within {Limit.TotalSeconds:0} seconds.")); }
        catch (Exception thrown) { return (plugin, new("plugin.start", $"It failed while starting: {thrown.GetType().Name}: {thrown.Message}")); }
    }
}
