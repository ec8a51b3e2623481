using Crm.Plugins.Loading;
using Crm.Plugins.Packages;

namespace Crm.Tests.Plugins;

/// <summary>The plugins of this repository, packed from what the build made of them.</summary>
internal static class BuiltPlugins
{
    /// <param name="name">The project's name after <c>Crm.Plugins.</c>, such as <c>Bizweb</c>.</param>
    public static PluginPackage Package(string name) => PluginPackage.PackFolder(Folder(name));

    /// <summary>What the build wrote.</summary>
    public static string Folder(string name) => Path.Combine(AppContext.BaseDirectory, "..", "..", $"Crm.Plugins.{name}", new DirectoryInfo(AppContext.BaseDirectory).Name);
}
