using Crm;
using Crm.Cases;
using Crm.Companies;
using Crm.Host;
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
using Crm.Registers;
using Crm.Views;

if (args is ["plugin", .. var command]) return await PluginCommands.RunAsync(command, Console.Out);

IModule[] modules = [new CompaniesModule(), new PartnersModule(), new CasesModule(), new OrdersModule(), new ImportsModule(), new OperationsModule(), new ViewsModule(), new IntegrationsModule(), new RegistersModule()];

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = Start.Arguments(args), ContentRootPath = AppContext.BaseDirectory });
builder.WebHost.ConfigureKestrel(kestrel => (kestrel.AddServerHeader, kestrel.Limits.MaxRequestBodySize) = (false, 1 << 20));
builder.Services.ConfigureHttpJsonOptions(http => Json.Apply(http.SerializerOptions));
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
var api = app.MapGroup("/api/v1/{company}").WithMetadata(Area.Company);
var operatorApi = app.MapGroup("/api/v1/operator").WithMetadata(Area.Operator);
foreach (var module in modules) module.Map(api.MapGroup("").WithTags(module.Name), operatorApi.MapGroup("").WithTags(module.Name));
api.MapEvents();
await app.RunAsync();
return 0;
