using Crm.Contracts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Orders;

/// <summary>What partners have ordered, and what that does to them: stage, sums and credit warnings.</summary>
public sealed class OrdersModule : IModule
{
    /// <inheritdoc />
    public string Name => "orders";

    /// <inheritdoc />
    public string Description => "Sales and production orders with lines, states and credit warnings, and the conversion of won cases.";

    /// <inheritdoc />
    public void Register(IServiceCollection services)
    {
        services.AddSingleton<IEntity>(OrderTables.Orders).AddSingleton<IEntity>(OrderTables.Settings);
        services.AddSingleton<IOrders, OrdersContract>().AddSingleton<IOrderInvoicing, OrderInvoicing>();
        services.AddSingleton<IDemoData, OrderDemo>();
    }

    /// <inheritdoc />
    public void Map(RouteGroupBuilder api, RouteGroupBuilder operatorApi) => OrderEndpoints.Map(api);
}
