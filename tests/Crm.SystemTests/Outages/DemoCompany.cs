using Crm.Companies;
using Crm.Partners;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.SystemTests.Outages;

/// <summary>What the demo start brings with it.</summary>
internal static class DemoCompany
{
    /// <summary>Partners and all settings, as their modules register them. Users and keys have secrets in columns that their documents do not have.</summary>
    public static IReadOnlyList<IEntity> Entities { get; } = [.. Registered(new CompaniesModule(), new PartnersModule()).Where(e => e.IsSettings || e.Kind == "partner")];

    private static IReadOnlyList<IEntity> Registered(params IModule[] modules)
    {
        var services = new ServiceCollection();
        foreach (var module in modules) module.Register(services);
        return [.. services.Where(s => s.ServiceType == typeof(IEntity) && s.ImplementationInstance is not null).Select(s => (IEntity)s.ImplementationInstance!)];
    }
}
