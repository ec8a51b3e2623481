using Crm.Host.Storage;

namespace Crm.Host.Telemetry;

/// <summary>Registers and maps what shows from outside how the program is: health, metrics, traces.</summary>
internal static class TelemetrySetup
{
    public static void AddTelemetry(this IServiceCollection services, IReadOnlyList<IModule> modules, IConfiguration configuration)
    {
        services.AddSingleton<Metrics>().AddHostedService(p => p.GetRequiredService<Metrics>()).AddHostedService<ActorGauges>();
        services.AddSingleton(p => new Readiness(p.GetRequiredService<IDatabase>(), p.Scripts(modules), p.GetRequiredService<TimeProvider>()));
        var otlp = configuration.GetSection("Otlp").Get<OtlpOptions>() ?? new();
        if (string.IsNullOrEmpty(otlp.Endpoint)) return;
        AppContext.SetSwitch(OtlpExport.Suppression, false);
        services.AddSingleton(otlp).AddHostedService<OtlpExport>();
    }

    /// <summary>Without credentials and limits: they are for the machines that run this one.</summary>
    public static void MapTelemetry(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("server");
        group.MapGet("/health/live", () => TypedResults.Ok(new HealthView("live"))).Documented("getLiveness", "Is the program running", "Answers as long as the program can answer at all, whatever the database does.");
        group.MapGet("/health/ready", async Task<Answer<HealthView>> (Readiness readiness, CancellationToken ct) => await readiness.CheckAsync(ct) is { } refusal ? refusal : new HealthView("ready"))
            .Documented("getReadiness", "Can requests be sent here", "The database answers within two seconds and its schema is current; otherwise 503 with health.database or health.schema.");
        group.MapGet("/metrics", (Metrics metrics) => TypedResults.Text(metrics.Read(), PrometheusText.ContentType)).Produces<string>(200, "text/plain")
            .Documented("getMetrics", "Metrics for Prometheus", "The text exposition format 0.0.4: requests, connections, the runtime, actors, commits and plugins. No company, user or address is in a label.");
    }
}

/// <summary>How the program is.</summary>
/// <param name="Status">live or ready.</param>
internal sealed record HealthView(string Status);
