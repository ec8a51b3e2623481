using Crm.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Companies;

/// <summary>Our companies, their settings, and who may come in: users, departments and API keys.</summary>
public sealed class CompaniesModule : IModule
{
    /// <inheritdoc />
    public string Name => "companies";

    /// <inheritdoc />
    public string Description => "Companies, their settings, users, departments and API keys.";

    /// <inheritdoc />
    public void Register(IServiceCollection services)
    {
        services.AddSingleton<ICompanyRates, CompanyRates>();
        services.AddSingleton<IEntity>(Company.Entity).AddSingleton<IEntity>(Profile.Entity).AddSingleton<IEntity>(User.Entity);
        services.AddSingleton<IEntity>(Invitation.Entity).AddSingleton<IEntity>(ApiKey.Entity);
        services.AddSingleton<CompaniesTables>().AddSingleton<Passwords>().AddSingleton<Access>().AddSingleton<Invitations>().AddSingleton<CompanyMaking>();
        services.AddSingleton<IAccess>(p => p.GetRequiredService<Access>());
        services.AddSingleton<IDemoCompanies, Demo>();
        services.AddHostedService<KeyUses>();
    }

    /// <inheritdoc />
    public void Map(RouteGroupBuilder api, RouteGroupBuilder operatorApi)
    {
        ArgumentNullException.ThrowIfNull(api);
        ArgumentNullException.ThrowIfNull(operatorApi);
        OperatorEndpoints.Map(operatorApi.MapGroup("/companies"));
        ProfileEndpoints.Map(api.MapGroup("/company"), api.MapGroup("/departments"));
        UserEndpoints.Map(api.MapGroup("/users"));
        ApiKeyEndpoints.Map(api.MapGroup("/api-keys"));
    }
}
