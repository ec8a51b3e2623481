using Crm.Contracts;
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
    public string Description => "Company registers: search while typing, all that a register tells about one company and its places of business, and every night what it says of our partners otherwise than we have it.";

    /// <inheritdoc />
    public void Register(IServiceCollection services)
    {
        services.AddSingleton<IEntity>(RegisterAnswer.Entity).AddSingleton<IEntity>(RegisterNight.Entity);
        services.AddSingleton<RegisterBook>().AddSingleton<AnswerBook>().AddSingleton<NightReading>().AddSingleton<Nights>();
        services.AddSingleton<IDemoData, RegisterDemo>();
        services.AddHostedService(p => p.GetRequiredService<Nights>());
    }

    /// <inheritdoc />
    public void Map(RouteGroupBuilder api, RouteGroupBuilder operatorApi)
    {
        ArgumentNullException.ThrowIfNull(api);
        var group = api.MapGroup("/registers");
        RegisterEndpoints.Map(group);
        AnswerEndpoints.Map(group);
    }
}
