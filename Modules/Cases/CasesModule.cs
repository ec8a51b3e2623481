using Crm.Contracts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Cases;

/// <summary>CRM cases: what might be sold to whom, how likely, for how much.</summary>
public sealed class CasesModule : IModule
{
    /// <inheritdoc />
    public string Name => "cases";

    /// <inheritdoc />
    public string Description => "CRM cases with their status, probability, value and dates, and what they add up to.";

    /// <inheritdoc />
    public void Register(IServiceCollection services)
    {
        services.AddSingleton<IEntity>(CaseTables.Cases).AddSingleton<IEntity>(CaseTables.Settings);
        services.AddSingleton<CaseReading>().AddSingleton<ICaseCounts>(all => all.GetRequiredService<CaseReading>());
        services.AddSingleton(PartnerQuestions.All);
        services.AddSingleton<IFacet>(CaseSaleFacet.Facet).AddSingleton<ICaseSales, CaseSaleFacet>();
        services.AddSingleton<IUndo, CaseUndo>();
        services.AddSingleton(all => CaseBulk.Target(all.GetRequiredService<IPartners>(), all.GetRequiredService<IDatabase>()));
        services.AddSingleton<IDemoData, CaseDemo>();
    }

    /// <inheritdoc />
    public void Map(RouteGroupBuilder api, RouteGroupBuilder operatorApi)
    {
        CaseEndpoints.Map(api);
        CaseChoiceEndpoints.Map(api);
    }
}
