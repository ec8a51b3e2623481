using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Registers;

/// <summary>Looks companies up in the public registers that a company has switched on.</summary>
public sealed class RegistersModule : IModule
{
    /// <inheritdoc />
    public string Name => "registers";

    /// <inheritdoc />
    public string Description => "Company registers: search while typing, and all that a register tells about one company and its places of business.";

    /// <inheritdoc />
    public void Register(IServiceCollection services) => services.AddSingleton<RegisterBook>();

    /// <inheritdoc />
    public void Map(RouteGroupBuilder api, RouteGroupBuilder operatorApi)
    {
        ArgumentNullException.ThrowIfNull(api);
        RegisterEndpoints.Map(api.MapGroup("/registers"));
    }
}
