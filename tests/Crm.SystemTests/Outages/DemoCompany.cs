using Crm.Companies;
using Crm.Partners;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.SystemTests.Outages;

/// <summary>What the demo start brings with it.</summary>
internal static class DemoCompany
{
    /// <summary>The entities of the modules that a demo company uses, as the modules register them.</summary>
    public static IReadOnlyList<IEntity> Entities { get; } = Registered(new CompaniesModule(), new PartnersModule());

    private static IReadOnlyList<IEntity> Registered(params IModule[] modules)
    {
        var services = new ServiceCollection();
        foreach (var module in modules) module.Register(services);
        return [.. services.Where(s => s.ServiceType == typeof(IEntity) && s.ImplementationInstance is not null).Select(s => (IEntity)s.ImplementationInstance!)];
    }
}
