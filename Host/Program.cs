using Crm;
using Crm.Partners;
using Crm.Host.Storage;

IModule[] modules = [new PartnersModule()];

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.WebHost.ConfigureKestrel(kestrel => (kestrel.AddServerHeader, kestrel.Limits.MaxRequestBodySize) = (false, 1 << 20));
builder.Services.ConfigureHttpJsonOptions(http => Json.Apply(http.SerializerOptions));
builder.Services.AddStorageAndActors(builder.Configuration);
foreach (var module in modules) module.Register(builder.Services);

var app = builder.Build();
app.Services.Migrate(modules);
var api = app.MapGroup("/api/v1/{company}");
var operatorApi = app.MapGroup("/api/v1/operator");
foreach (var module in modules) module.Map(api, operatorApi);
app.Run();
