using Crm.Contracts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Imports;

/// <summary>Files of rows from other systems.</summary>
public sealed class ImportsModule : IModule
{
    /// <inheritdoc />
    public string Name => "imports";

    /// <inheritdoc />
    public string Description => "CSV files from other systems: preview, import, result by row.";

    /// <inheritdoc />
    public void Register(IServiceCollection services) => services.AddSingleton<IOperationAction, ImportAction>();

    /// <inheritdoc />
    public void Map(RouteGroupBuilder api, RouteGroupBuilder operatorApi) => ImportEndpoints.Map(api);
}
