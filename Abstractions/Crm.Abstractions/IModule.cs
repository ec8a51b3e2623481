using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm;

/// <summary>
/// One part of the program that a user can name. Removing a module is removing its folder and its name in <c>CrmServer.cs</c>.
/// Life: constructed → <see cref="Register"/> → its schema scripts run → <see cref="Map"/> → requests.
/// </summary>
public interface IModule
{
    /// <summary>Tag in OpenAPI and name of its schema's version, such as <c>partners</c>.</summary>
    string Name { get; }

    /// <summary>One sentence on what it is for, shown in OpenAPI.</summary>
    string Description { get; }

    /// <summary>Adds its entities and what only this module uses.</summary>
    void Register(IServiceCollection services);

    /// <summary>Maps its routes.</summary>
    /// <param name="api">The group <c>/api/v1/{company}</c>: signed in, the company checked.</param>
    /// <param name="operatorApi">The group <c>/api/v1/operator</c>.</param>
    void Map(RouteGroupBuilder api, RouteGroupBuilder operatorApi);
}
