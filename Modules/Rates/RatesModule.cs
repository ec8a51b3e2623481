using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Rates;

/// <summary>What currencies are worth, told every day by a source that the company has switched on, and kept.</summary>
public sealed class RatesModule : IModule
{
    /// <inheritdoc />
    public string Name => "rates";

    /// <inheritdoc />
    public string Description => "Daily exchange rates of a source that the company has switched on, kept day by day.";

    /// <inheritdoc />
    public void Register(IServiceCollection services)
    {
        services.AddSingleton<IEntity>(RateDay.Entity).AddSingleton<RateFeed>();
        services.AddHostedService<RateWorker>();
    }

    /// <inheritdoc />
    public void Map(RouteGroupBuilder api, RouteGroupBuilder operatorApi) => RateEndpoints.Map(api);
}
