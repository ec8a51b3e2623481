using Crm.Contracts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Accounting;

/// <summary>What accounting systems know of partners: who they are there, what they owe, and their invoices.</summary>
public sealed class AccountingModule : IModule
{
    /// <inheritdoc />
    public string Name => "accounting";

    /// <inheritdoc />
    public string Description => "Connections to accounting systems: customers, balances and invoices, who of them is which partner, and partners that are sent there.";

    /// <inheritdoc />
    public void Register(IServiceCollection services)
    {
        services.AddSingleton<IEntity>(Connection.Entity).AddSingleton<IEntity>(LedgerCustomer.Entity).AddSingleton<IEntity>(Invoice.Entity);
        services.AddSingleton<IEntity>(AccountingSettings.Entity).AddSingleton<IEntity>(Push.Entity).AddSingleton<IEntity>(PushSettings.Entity);
        services.AddSingleton(Billing.OfPartners).AddSingleton<BillingSums>().AddSingleton<IInvoices>(p => p.GetRequiredService<BillingSums>());
        services.AddSingleton<CustomerPages>().AddSingleton<InvoicePages>().AddSingleton<InvoicedYears>().AddSingleton<InvoicedOrders>().AddSingleton<BalancePages>().AddSingleton<CustomerLinks>().AddSingleton<SyncWorker>();
        services.AddSingleton<Comparing>().AddSingleton<Resolving>().AddSingleton<Wanted>().AddSingleton<Pusher>().AddSingleton<Exchanges>().AddSingleton<Explaining>().AddSingleton<PushWorker>();
        services.AddHostedService(p => p.GetRequiredService<SyncWorker>());
        services.AddHostedService(p => p.GetRequiredService<PushWorker>());
    }

    /// <inheritdoc />
    public void Map(RouteGroupBuilder api, RouteGroupBuilder operatorApi)
    {
        ArgumentNullException.ThrowIfNull(api);
        AccountingEndpoints.Map(api);
        InvoiceEndpoints.Map(api);
        PushEndpoints.Map(api);
        SummaryEndpoints.Map(api);
        SettingsEndpoints.Map(api);
    }
}
