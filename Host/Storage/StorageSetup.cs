using Crm.Host.Actors;

namespace Crm.Host.Storage;

/// <summary>The section <c>Storage</c> of appsettings.json.</summary>
internal sealed class StorageOptions
{
    /// <summary>A PostgreSQL connection string; null = the embedded database under <see cref="Data"/>.</summary>
    public string? Postgres { get; set; }

    /// <summary>The folder of everything that the program keeps on disk.</summary>
    public string Data { get; set; } = "data";
}

/// <summary>Registers the database, the commit and the actors.</summary>
internal static class StorageSetup
{
    public static void AddStorageAndActors(this IServiceCollection services, IConfiguration configuration)
    {
        var storage = configuration.GetSection("Storage").Get<StorageOptions>() ?? new();
        var actors = configuration.GetSection("Actors").Get<ActorOptions>() ?? new();
        services.AddSingleton(storage).AddSingleton(actors);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IStore>(_ => storage.Postgres is { Length: > 0 } postgres ? new PostgresStore(postgres) : new SqliteStore(Path.Combine(storage.Data, "crm.db")));
        services.AddSingleton<IDatabase>(p => p.GetRequiredService<IStore>());
        services.AddSingleton<Catalog>();
        services.AddSingleton<IJournal, JournalReader>();
        services.AddSingleton<IFiles, Files>();
        services.AddSingleton<Http.ChangeFeed>();
        services.AddSingleton<Http.HiddenRows>();
        services.AddSingleton<ILists, Lists.ListReader>();
        services.AddSingleton<FirstAnswers>();
        services.AddSingleton(p => new GroupCommit(p.GetRequiredService<IStore>(), storage.Postgres is null ? 1 : actors.Writers, actors.MaxWaitingCommits));
        services.AddSingleton(p =>
        {
            var directory = new Actors.Directory(actors.MaxActive, TimeSpan.FromSeconds(actors.IdleSeconds), p.GetRequiredService<TimeProvider>());
            directory.Start();
            return directory;
        });
        services.AddSingleton(p => new SettingsCache(p.GetRequiredService<Catalog>(), p.GetRequiredService<IStore>(), p.GetRequiredService<TimeProvider>(),
            storage.Postgres is null ? TimeSpan.MaxValue : TimeSpan.FromSeconds(actors.SettingsAgeSeconds)));
        services.AddSingleton<ActorRuntime>().AddSingleton<Housekeeping>();
        // Another host of the actors has put itself in this place already, and sees to its housekeeping.
        if (services.Any(s => s.ServiceType == typeof(IActors))) return;
        services.AddSingleton<IActors>(p => p.GetRequiredService<ActorRuntime>()).AddHostedService(p => p.GetRequiredService<Housekeeping>());
    }

    /// <summary>Brings the schema up to date.</summary>
    public static void Migrate(this IServiceProvider services, IEnumerable<IModule> modules) =>
        services.GetRequiredService<IStore>().Migrate(services.Scripts(modules), services.GetRequiredService<TimeProvider>());

    /// <summary>The scripts of the core and of the modules, and those that another host of the actors has added.</summary>
    public static IReadOnlyList<SchemaScript> Scripts(this IServiceProvider services, IEnumerable<IModule> modules) =>
        [.. SchemaScript.In(typeof(StorageSetup).Assembly, "core"), .. modules.SelectMany(m => SchemaScript.In(m.GetType().Assembly, m.Name)), .. services.GetServices<SchemaScript>()];
}
