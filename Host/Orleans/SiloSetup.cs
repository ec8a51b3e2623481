using System.Net;
using System.Net.Sockets;
using System.Reflection;
using Crm.Host.Actors;
using Crm.Host.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Crm.Host.Grains;

/// <summary>The section <c>Cluster</c> of appsettings.json.</summary>
internal sealed class ClusterSettings
{
    /// <summary>The cluster's name: silos of one name and one database are one cluster.</summary>
    public string Name { get; set; } = "crm";

    /// <summary>The address at which the other silos reach this one. What is said there is not encrypted and nobody signs in: keep it to a network of the silos' own.</summary>
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>The port at that address; 0 = any that is free, for a silo that is alone.</summary>
    public int Port { get; set; } = 11111;

    /// <summary>The address and the port that it comes to.</summary>
    public IPEndPoint EndPoint()
    {
        var address = IPAddress.Parse(Address);
        if (Port != 0) return new(address, Port);
        using var free = new TcpListener(address, 0);
        free.Start();
        return (IPEndPoint)free.LocalEndpoint;
    }
}

/// <summary>Makes this process a silo.</summary>
internal static class SiloSetup
{
    public static void AddGrains(this WebApplicationBuilder builder, IReadOnlyList<IModule> modules)
    {
        var cluster = builder.Configuration.GetSection("Cluster").Get<ClusterSettings>() ?? new();
        var actors = builder.Configuration.GetSection("Actors").Get<ActorOptions>() ?? new();
        var postgres = builder.Configuration["Storage:Postgres"];
        // A silo tells a page of its settings at every start and each place that it finds for a grain, advises the server's garbage collector, which is worse here, and takes the time since the machine began for a hang.
        builder.Logging.AddFilter("Polly", LogLevel.Warning).AddFilter("Orleans", LogLevel.Warning).AddFilter("Orleans.Runtime.Silo", LogLevel.Error).AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
        builder.Services.AddActorsAsGrains(modules.Select(m => m.GetType().Assembly));
        builder.UseOrleans(silo => silo.UseSettings(cluster, actors, postgres));
        // A silo that is alone keeps house as the embedded host does; a cluster has a grain for it.
        if (string.IsNullOrEmpty(postgres)) builder.Services.AddHostedService(p => p.GetRequiredService<Housekeeping>());
    }

    /// <summary>The actors as grains of this silo, for whoever asks for <see cref="IActors"/>.</summary>
    public static void AddActorsAsGrains(this IServiceCollection services, IEnumerable<Assembly> commands)
    {
        services.AddSingleton(new Crossing(commands));
        services.AddSingleton<SiloState>().AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(p => p.GetRequiredService<SiloState>());
        services.AddSingleton<IActors, OrleansActors>();
    }

    /// <summary>How the silo is found, and what it holds to.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="cluster">Where it is.</param>
    /// <param name="actors">The bounds of the embedded host hold here too.</param>
    /// <param name="postgres">The database in which the silos of a cluster find each other; null or empty = this one is alone.</param>
    public static void UseSettings(this ISiloBuilder silo, ClusterSettings cluster, ActorOptions actors, string? postgres = null)
    {
        var here = cluster.EndPoint();
        if (string.IsNullOrEmpty(postgres)) silo.UseDevelopmentClustering(here);
        else silo.UsePostgres(postgres);
        silo.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (cluster.Name, "crm"));
        // Callers come over HTTP, and no Orleans client from outside: there is no gateway.
        silo.Configure<EndpointOptions>(o => (o.AdvertisedIPAddress, o.SiloPort, o.GatewayPort) = (here.Address, here.Port, 0));
        silo.Configure<GrainCollectionOptions>(o => (o.CollectionAge, o.CollectionQuantum) = (TimeSpan.FromSeconds(Math.Max(2, actors.IdleSeconds)), TimeSpan.FromSeconds(Math.Clamp(actors.IdleSeconds / 4, 1, 15))));
        silo.Configure<SiloMessagingOptions>(o =>
        {
            // A caller that gives up hears whether its command was done; one that waited too long leaves the mailbox.
            (o.WaitForCancellationAcknowledgement, o.CancelRequestOnTimeout) = (true, true);
            // A grain that was overtaken goes; what came meanwhile is sent on, and may find the next one going.
            o.MaxForwardCount = 10;
        });
        silo.Configure<ClusterMembershipOptions>(o =>
        {
            // Killed or frozen, a silo is given up after three missed probes: within 10 s also on a busy machine, and not because of a pause of a few seconds.
            (o.ProbeTimeout, o.NumMissedProbesLimit) = (TimeSpan.FromSeconds(1.5), 3);
            (o.MinProbeTimeout, o.MaxProbeTimeout) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3));
            o.TableRefreshTimeout = TimeSpan.FromSeconds(5);
            // After 15 s a row of a silo that was killed with all others keeps nobody from joining.
            (o.IAmAliveTablePublishTimeout, o.NumMissedTableIAmAliveLimit) = (TimeSpan.FromSeconds(5), 3);
        });
        silo.AddActivityPropagation();
    }

    private static void UsePostgres(this ISiloBuilder silo, string connectionString)
    {
        foreach (var script in SchemaScript.In(typeof(SiloSetup).Assembly, "cluster")) silo.Services.AddSingleton(script);
        var connection = new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "crm cluster", MaxPoolSize = 4 }.ToString();
        silo.UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = ("Npgsql", connection));
        silo.UseAdoNetReminderService(o => (o.Invariant, o.ConnectionString) = ("Npgsql", connection));
        silo.AddAdoNetGrainStorage(HousekeepingGrain.Storage, o => (o.Invariant, o.ConnectionString) = ("Npgsql", connection));
        silo.AddStartupTask(static async (services, _) =>
        {
            try { await services.GetRequiredService<IGrainFactory>().GetGrain<IHousekeepingGrain>(0).BeginAsync(); }
            catch (Exception away) when (away is OrleansException or TimeoutException) { /* The next silo that starts registers it; no silo stays away because of it. */ }
        });
    }
}
