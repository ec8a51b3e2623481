using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Crm.Host.Telemetry;

/// <summary>The section <c>Otlp</c> of appsettings.json.</summary>
internal sealed class OtlpOptions
{
    /// <summary>A collector that takes OTLP over http/protobuf, such as <c>http://collector:4318</c>; null = nothing is sent.</summary>
    public string? Endpoint { get; set; }

    /// <summary>Headers for the collector, as <c>name=value,name=value</c>.</summary>
    public string? Headers { get; set; }

    /// <summary>How many of the traces that begin here are sent, 0 to 1.</summary>
    public double TraceRatio { get; set; } = 1;

    /// <summary>Seconds between two deliveries of metrics.</summary>
    public int MetricSeconds { get; set; } = 60;
}

/// <summary>Sends traces and metrics to a collector. A collector that does not answer costs the program nothing but what is then thrown away.</summary>
internal sealed class OtlpExport(OtlpOptions options) : IHostedService
{
    /// <summary>ASP.NET leaves the address and the status out of its traces unless this is off; it asks when the host is built.</summary>
    public const string Suppression = "Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData";

    private const int Patience = 5_000;

    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var who = ResourceBuilder.CreateDefault().AddService("crm", serviceVersion: typeof(OtlpExport).Assembly.GetName().Version?.ToString(3));
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(who).AddSource("Microsoft.AspNetCore", "System.Net.Http", "Npgsql", "Crm.*", "Microsoft.Orleans.Application")
            .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(options.TraceRatio)))
            .AddOtlpExporter(exporter => Set(exporter, "v1/traces")).Build();
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(who).AddMeter("Crm.*", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
            .AddOtlpExporter((exporter, reader) =>
            {
                Set(exporter, "v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = options.MetricSeconds * 1_000;
            }).Build();
        return Task.CompletedTask;
    }

    /// <summary>Sends what is left. The library waits in its own way, so a thread of the pool waits for it.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(() =>
    {
        _traces?.Shutdown(Patience);
        _metrics?.Shutdown(Patience);
        _traces?.Dispose();
        _metrics?.Dispose();
    }, CancellationToken.None);

    private void Set(OtlpExporterOptions exporter, string path) =>
        (exporter.Protocol, exporter.Endpoint, exporter.Headers) = (OtlpExportProtocol.HttpProtobuf, new Uri($"{options.Endpoint!.TrimEnd('/')}/{path}"), options.Headers);
}
