using System.Reflection;
using Crm.Host.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.SystemTests;

/// <summary>The modules that the host refers to, found in its assembly so that a new one is tested without being named here.</summary>
internal static class ShippedModules
{
    public static IReadOnlyList<IModule> All { get; } =
    [
        .. typeof(IStore).Assembly.GetReferencedAssemblies().Where(a => a.Name!.StartsWith("Crm.", StringComparison.Ordinal)).Select(Assembly.Load)
            .SelectMany(a => a.GetExportedTypes()).Where(t => t.IsAssignableTo(typeof(IModule)) && t.IsClass).Select(t => (IModule)Activator.CreateInstance(t)!),
    ];

    /// <summary>The schema as the program makes it.</summary>
    public static IReadOnlyList<SchemaScript> Scripts { get; } = [.. SchemaScript.In(typeof(IStore).Assembly, "core"), .. All.SelectMany(m => SchemaScript.In(m.GetType().Assembly, m.Name))];

    /// <summary>All entities that the modules register.</summary>
    public static IReadOnlyList<IEntity> Entities { get; } = Registered();

    private static IReadOnlyList<IEntity> Registered()
    {
        var services = new ServiceCollection();
        foreach (var module in All) module.Register(services);
        return [.. services.Where(s => s.ServiceType == typeof(IEntity) && s.ImplementationInstance is not null).Select(s => (IEntity)s.ImplementationInstance!)];
    }
}
