using System.Globalization;
using Crm.Benchmarks;
using Crm.Benchmarks.Conventional;

if (args is ["serve-conventional", var url, var store, var partners])
{
    await ConventionalServer.RunAsync(url, store, int.Parse(partners, CultureInfo.InvariantCulture));
    return 0;
}
if (args is ["serve-empty", .. var settings])
{
    await EmptyServer.RunAsync(settings);
    return 0;
}
if (Options.Of(args) is not { } options)
{
    Console.Error.WriteLine(Options.Usage);
    return 2;
}
await using var databases = new Databases(options);
foreach (var name in options.Stores)
{
    if (options.Scenario is "commands" or "all") await CommandsScenario.RunAsync(databases, name, options);
    if (options.Scenario is "overview" or "all") await OverviewScenario.RunAsync(databases, name, options);
    if (options.Scenario is "bulk" or "all") await BulkScenario.RunAsync(databases, name, options);
    if (options.Scenario is "import" or "all") await ImportScenario.RunAsync(databases, name);
}
if (options.Scenario is "memory" or "all") await MemoryScenario.RunAsync(databases);
return 0;
