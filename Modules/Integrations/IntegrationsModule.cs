using Crm.Contracts;
using Crm.Plugins.Packages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Integrations;

/// <summary>Plugins: which are installed, which version serves whom, and each company's settings for them.</summary>
public sealed class IntegrationsModule : IModule
{
    /// <inheritdoc />
    public string Name => "integrations";

    /// <inheritdoc />
    public string Description => "Plugins that connect accounting systems, registers and credit bureaus: installed by the operator, switched on and set up by each company.";

    /// <inheritdoc />
    public void Register(IServiceCollection services)
    {
        services.AddSingleton<IEntity>(InstalledPlugin.Entity).AddSingleton<IEntity>(Publisher.Entity).AddSingleton<IEntity>(Integrations.Entity);
        services.AddSingleton(p => new PackageTrust(p.GetRequiredService<IDatabase>(), p.GetRequiredService<IConfiguration>().GetValue("Plugins:AllowUnsigned", false)));
        services.AddSingleton<Tokens>().AddSingleton<TokenServer>().AddSingleton<TokenKeeper>().AddSingleton<Consents>().AddSingleton<Connections>();
        services.AddSingleton<Secrets>().AddSingleton<PackageStore>().AddSingleton<PluginActions>().AddSingleton<PluginKeeper>().AddSingleton<CompanyPlugins>().AddSingleton<IntegrationReading>().AddSingleton<IntegrationWriting>().AddSingleton<RequestLedger>();
        services.AddSingleton<IRequestLedger>(p => p.GetRequiredService<RequestLedger>());
        services.AddSingleton<IPlugins>(p => p.GetRequiredService<CompanyPlugins>());
        services.AddHostedService(p => p.GetRequiredService<PluginKeeper>());
        services.AddSingleton<IDemoData, IntegrationDemo>();
        services.AddSingleton(p => WatchOptions.Of(p.GetRequiredService<IConfiguration>().GetSection("Plugins:Watch"))).AddSingleton<WatchedFolders>();
        services.AddHostedService(p => p.GetRequiredService<WatchedFolders>());
    }

    /// <inheritdoc />
    public void Map(RouteGroupBuilder api, RouteGroupBuilder operatorApi)
    {
        ArgumentNullException.ThrowIfNull(api);
        ArgumentNullException.ThrowIfNull(operatorApi);
        PluginEndpoints.Map(operatorApi.MapGroup("/plugins"), operatorApi.MapGroup("/publishers"));
        IntegrationEndpoints.Map(api.MapGroup("/integrations"));
    }
}
