using Crm.Host.Storage;
using Crm.Plugins.Packages;

namespace Crm.Host.Plugins;

internal static class PluginSetup
{
    /// <summary>Registers the host of plugins. Packages come from the database; where they are unpacked is this process's alone.</summary>
    public static void AddPlugins(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(p =>
        {
            var folder = Path.GetFullPath(Path.Combine(p.GetRequiredService<StorageOptions>().Data, "plugins", $"{Environment.ProcessId}"));
            PluginLoader.RemoveLeftFolders(folder);
            return new PluginOptions { Folder = folder, AllowPrivateAddresses = configuration.GetValue("Plugins:AllowPrivateAddresses", false) };
        });
        services.AddSingleton<IOutsideHttp, OutsideHttp>();
        services.AddSingleton<PluginLoader>().AddSingleton<PluginMetrics>();
        services.AddSingleton<IPluginEngine, PluginEngine>();
    }
}
