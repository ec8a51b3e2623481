using Crm.Contracts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Cases;

/// <summary>CRM cases: what might be sold to whom, how likely, for how much.</summary>
public sealed class CasesModule : IModule
{
    private readonly CaseTables _tables = new(TimeProvider.System);

    /// <inheritdoc />
    public string Name => "cases";

    /// <inheritdoc />
    public string Description => "CRM cases with their status, probability, value and dates.";

    /// <inheritdoc />
    public void Register(IServiceCollection services)
    {
        services.AddSingleton(_tables);
        services.AddSingleton<IEntity>(_tables.Cases).AddSingleton<IEntity>(CaseTables.Settings);
        services.AddSingleton<IUndo, CaseUndo>();
        services.AddSingleton<IDemoData, CaseDemo>();
    }

    /// <inheritdoc />
    public void Map(RouteGroupBuilder api, RouteGroupBuilder operatorApi)
    {
        CaseEndpoints.Map(api, _tables);
        StatusEndpoints.Map(api);
    }
}

/// <summary>Takes changes of cases back, for operations.</summary>
internal sealed class CaseUndo(IActors actors) : IUndo
{
    public string Kind => "case";

    public async Task<Refusal?> RevertAsync(Call call, Event entry, CancellationToken ct) =>
        (await actors.SendAsync(call, entry.Number, new RevertCase(entry.Before, entry.After), ct)).Refusal;
}
