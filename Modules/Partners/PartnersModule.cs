using Crm.Contracts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Partners;

/// <summary>Customers, prospects and suppliers: who they are, their stage, owners, addresses, tags and contacts.</summary>
public sealed class PartnersModule : IModule
{
    /// <inheritdoc />
    public string Name => "partners";

    /// <inheritdoc />
    public string Description => "Customers, prospects and suppliers with their stages, owners, addresses, tags and contact persons.";

    /// <inheritdoc />
    public void Register(IServiceCollection services)
    {
        services.AddSingleton<IEntity>(PartnerTables.Partners);
        services.AddSingleton<IEntity>(PartnerTables.Settings).AddSingleton<IEntity>(PartnerTables.BalanceAges);
        services.AddSingleton<IUndo, PartnerUndo>().AddSingleton<IUndo, PartnerSettingsUndo>();
        services.AddSingleton(PartnerBulk.Target);
        services.AddSingleton<IImportTarget, PartnerImport>();
        services.AddSingleton<IFacet>(PartnerTables.Ages).AddSingleton<IFacet>(PartnerSalesFacet.Facet).AddSingleton<IPartnerSales, PartnerSalesFacet>();
        services.AddSingleton<IDemoData, PartnerDemo>();
        services.AddSingleton<IPartners, PartnersContract>().AddSingleton<IPartnerAccounting, PartnerAccounting>();
    }

    /// <inheritdoc />
    public void Map(RouteGroupBuilder api, RouteGroupBuilder operatorApi)
    {
        PartnerEndpoints.Map(api);
        KpiEndpoints.Map(api);
        ContactEndpoints.Map(api);
        LogoEndpoints.Map(api);
        ChoiceEndpoints.Map(api);
    }
}
