using Crm.Companies;
using Crm.Host.Http;
using Crm.Host.Storage;

namespace Crm.Benchmarks;

/// <summary>The program's own pipeline, problems, sign-in, limits and calls included, in front of an endpoint that does nothing: what HTTP alone costs.</summary>
internal static class EmptyServer
{
    public static async Task RunAsync(string[] args)
    {
        IModule[] modules = [new CompaniesModule(), new EmptyModule()];
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.ConfigureHttpJsonOptions(http => Json.Apply(http.SerializerOptions));
        builder.Services.AddStorageAndActors(builder.Configuration);
        builder.Services.AddAccess(builder.Configuration);
        foreach (var module in modules) module.Register(builder.Services);
        await using var app = builder.Build();
        app.UseProblems();
        app.UseSignIn();
        app.UseRateLimits();
        app.UseCalls();
        var api = app.MapGroup("/api/v1/{company}").WithMetadata(Area.Company);
        foreach (var module in modules) module.Map(api.MapGroup(""), app.MapGroup("/api/v1/operator").WithMetadata(Area.Operator));
        await ServerProcess.ServeAsync(app);
    }

    private sealed class EmptyModule : IModule
    {
        public string Name => "empty";

        public string Description => "Nothing.";

        public void Register(IServiceCollection services)
        {
        }

        public void Map(RouteGroupBuilder api, RouteGroupBuilder operatorApi) =>
            api.MapPatch("/partners/{number:long}", (long number, Call call) => TypedResults.Ok()).Needs("partners:write");
    }
}
