using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Crm.Tests.Telemetry;

/// <summary>Traces and metrics for a collector, which here is a server of the test's own.</summary>
public sealed class OtlpExportTests
{
    [Fact]
    public async Task Traces_and_metrics_reach_the_collector_before_the_program_ends()
    {
        ConcurrentDictionary<string, string> received = new();
        await using var collector = Collector(received);
        await collector.StartAsync(TestContext.Current.CancellationToken);
        // The real server ends a request's trace before it stops; the in-process one may answer before the trace is there.
        await using (var app = CrmApp.Listening(new Dictionary<string, string> { ["Otlp:Endpoint"] = collector.Urls.First(), ["Otlp:Headers"] = "x-tenant=tests" }))
        {
            await app.Anonymous().GetAsync("/health/live?secret=Astrid", TestContext.Current.CancellationToken);
        }
        Assert.Equal(["/v1/metrics x-tenant=tests", "/v1/traces x-tenant=tests"], received.Keys.Order(StringComparer.Ordinal));
        var (metrics, traces) = (received["/v1/metrics x-tenant=tests"], received["/v1/traces x-tenant=tests"]);
        Assert.Contains("http.server.request.duration", metrics, StringComparison.Ordinal);
        Assert.Contains("crm.actors.active", metrics, StringComparison.Ordinal);
        Assert.Contains("service.name", traces, StringComparison.Ordinal);
        Assert.Contains("url.path", traces, StringComparison.Ordinal);
        Assert.Contains("/health/live", traces, StringComparison.Ordinal);
        Assert.DoesNotContain("Astrid", traces, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_collector_that_is_away_does_not_hold_the_program_up()
    {
        await using var app = CrmApp.With(new Dictionary<string, string> { ["Otlp:Endpoint"] = "http://127.0.0.1:9" });
        var answer = await app.Anonymous().ReadAsync("/health/ready");
        Assert.Equal("ready", answer.Text("status"));
    }

    private static WebApplication Collector(ConcurrentDictionary<string, string> received)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var collector = builder.Build();
        collector.MapPost("/v1/{signal}", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            received.AddOrUpdate($"{request.Path} x-tenant={request.Headers["x-tenant"]}", _ => Text(body), (_, before) => before + Text(body));
        });
        return collector;
    }

    /// <summary>Names and texts stand in protobuf as they are.</summary>
    private static string Text(MemoryStream body) => Encoding.Latin1.GetString(body.ToArray());
}
