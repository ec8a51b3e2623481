using Crm;
using Crm.Cases;
using Crm.Companies;
using Crm.Host;
using Crm.Host.Http;
using Crm.Host.Storage;
using Crm.Imports;
using Crm.Operations;
using Crm.Partners;

IModule[] modules = [new CompaniesModule(), new PartnersModule(), new CasesModule(), new ImportsModule(), new OperationsModule()];

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = Start.Arguments(args), ContentRootPath = AppContext.BaseDirectory });
builder.WebHost.ConfigureKestrel(kestrel => (kestrel.AddServerHeader, kestrel.Limits.MaxRequestBodySize) = (false, 1 << 20));
builder.Services.ConfigureHttpJsonOptions(http => Json.Apply(http.SerializerOptions));
builder.Services.AddStorageAndActors(builder.Configuration);
builder.Services.AddAccess(builder.Configuration);
foreach (var module in modules) module.Register(builder.Services);

var app = builder.Build();
app.Services.Migrate(modules);
await app.MakeFirstOperatorAsync();
var demo = await app.FillDemoAsync();

app.UseProblems();
app.UseSignIn();
app.UseRateLimits();
app.UseCalls();

app.MapSession();
var api = app.MapGroup("/api/v1/{company}").WithMetadata(Area.Company);
var operatorApi = app.MapGroup("/api/v1/operator").WithMetadata(Area.Operator);
foreach (var module in modules) module.Map(api.MapGroup("").WithTags(module.Name), operatorApi.MapGroup("").WithTags(module.Name));
api.MapEvents();
app.Announce(demo);
await app.RunAsync();
