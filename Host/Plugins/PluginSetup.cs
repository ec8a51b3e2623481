using Crm.Host.Storage;
using Crm.Plugins.Packages;

namespace Crm.Host.Plugins;

internal static class PluginSetup
{
    /// <summary>Registers the host of plugins. What an earlier start has unpacked is of no use any more: packages come from the database.</summary>
    public static void AddPlugins(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(p => new PluginOptions
        {
            Folder = Path.GetFullPath(Path.Combine(p.GetRequiredService<StorageOptions>().Data, "plugins", $"{Environment.ProcessId}")),
            AllowPrivateAddresses = configuration.GetValue("Plugins:AllowPrivateAddresses", false),
        });
        services.AddSingleton<PluginLoader>();
        services.AddSingleton<IPluginEngine, PluginEngine>();
    }
}
