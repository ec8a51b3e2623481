using System.Globalization;
using Crm.Benchmarks;
using Crm.Benchmarks.Conventional;

if (args is ["serve-conventional", var url, var store, var partners, var cases])
{
    await ConventionalServer.RunAsync(url, store, int.Parse(partners, CultureInfo.InvariantCulture), int.Parse(cases, CultureInfo.InvariantCulture));
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
    if (options.Wants("commands")) await CommandsScenario.RunAsync(databases, name, options);
    if (options.Wants("overview")) await OverviewScenario.RunAsync(databases, name, options);
    if (options.Wants("bulk")) await BulkScenario.RunAsync(databases, name, options);
    if (options.Wants("import")) await ImportScenario.RunAsync(databases, name);
    if (options.Wants("cases")) await CaseCommandsScenario.RunAsync(databases, name, options);
    if (options.Wants("orders")) await OrdersScenario.RunAsync(databases, name, options);
    if (options.Wants("case-list")) await CaseListScenario.RunAsync(databases, name, options);
    if (options.Wants("first-sync")) await FirstSyncScenario.RunAsync(databases, name, options);
    if (options.Wants("many-syncs")) await ManySyncsScenario.RunAsync(databases, name, options);
    if (options.Wants("balances")) await BalancesScenario.RunAsync(databases, name, options);
    if (options.Wants("convert")) await ConvertScenario.RunAsync(databases, name, options);
}
if (options.Wants("pages")) await PagesScenario.RunAsync(databases);
if (options.Wants("plugins")) await PluginsScenario.RunAsync();
if (options.Wants("plugins-http"))
{
    foreach (var name in options.Stores) await PluginsServed.RunAsync(databases, name);
}
if (options.Wants("memory")) await MemoryScenario.RunAsync(databases);
return 0;
