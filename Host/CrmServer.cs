using Crm.Accounting;
using Crm.Cases;
using Crm.Companies;
using Crm.Host.Http;
using Crm.Host.Http.OpenApi;
using Crm.Host.Plugins;
using Crm.Host.Storage;
using Crm.Host.Telemetry;
using Crm.Imports;
using Crm.Integrations;
using Crm.Operations;
using Crm.Orders;
using Crm.Partners;
using Crm.Rates;
using Crm.Registers;
using Crm.Views;

namespace Crm.Host;

/// <summary>What the program is made of, whichever host its actors have: the list of modules, the services, the pipeline.</summary>
internal static class CrmServer
{
    /// <summary>Runs the program until it is told to stop; answers its exit code.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="host">Adds another host of the actors; null = they run in this process. What it adds starts before all else and stops after it.</param>
    public static async Task<int> RunAsync(string[] args, Action<WebApplicationBuilder, IReadOnlyList<IModule>>? host = null)
    {
        if (args is ["plugin", .. var command]) return await PluginCommands.RunAsync(command, Console.Out);

        IModule[] modules =
        [
            new CompaniesModule(), new PartnersModule(), new CasesModule(), new OrdersModule(), new ImportsModule(), new OperationsModule(), new ViewsModule(), new IntegrationsModule(),
            new RegistersModule(), new AccountingModule(), new RatesModule(),
        ];

        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = Start.Arguments(args), ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.ConfigureKestrel(kestrel => (kestrel.AddServerHeader, kestrel.Limits.MaxRequestBodySize) = (false, 1 << 20));
        builder.Services.ConfigureHttpJsonOptions(http => Json.Apply(http.SerializerOptions));
        host?.Invoke(builder, modules);
        builder.Services.AddStorageAndActors(builder.Configuration);
        builder.Services.AddPlugins(builder.Configuration);
        builder.Services.AddAccess(builder.Configuration);
        builder.Services.AddTelemetry(modules, builder.Configuration);
        foreach (var module in modules) module.Register(builder.Services);
        builder.Services.AddApiDocument(modules, builder.Configuration);

        var app = builder.Build();
        // While the build reads the API document from the routes there is no database, so nothing may ask for one.
        if (!OpenApiSetup.IsBuild)
        {
            app.Services.Migrate(modules);
            await app.MakeFirstOperatorAsync();
            app.Announce(await app.FillDemoAsync());
            app.UseProblems();
            app.UsePages();
            app.UseSignIn();
            app.UseRateLimits();
            app.UseCalls();
        }

        app.MapApiDocument();
        app.MapTelemetry();
        app.MapSession();
        app.MapOAuthReturn();
        var api = app.MapGroup("/api/v1/{company}").WithMetadata(Area.Company);
        var operatorApi = app.MapGroup("/api/v1/operator").WithMetadata(Area.Operator);
        foreach (var module in modules) module.Map(api.MapGroup("").WithTags(module.Name), operatorApi.MapGroup("").WithTags(module.Name));
        api.MapEvents();
        await app.RunAsync();
        return 0;
    }
}
