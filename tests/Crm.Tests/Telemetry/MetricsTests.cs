using System.Diagnostics.Metrics;
using System.Net;
using System.Text.RegularExpressions;
using Crm.Host.Telemetry;

namespace Crm.Tests.Telemetry;

/// <summary>What <c>/metrics</c> shows.</summary>
public sealed partial class MetricsTests(CrmApp app) : IClassFixture<CrmApp>
{
    private static readonly string[] Customer = ["customer"];

    [Fact]
    public async Task Requests_actors_and_commits_are_shown_without_credentials_and_without_names()
    {
        await app.Acme.Seller.CallAsync(HttpMethod.Post, app.Acme.Path("partners"), new { name = "Metric AB", country = "SE", relations = Customer });
        var answer = await app.Anonymous().GetAsync("/metrics", TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, "text/plain"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.All(text.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(Line(), line));
        Assert.Contains("http_route=\"/api/v1/{company}/partners/\"", text, StringComparison.Ordinal);
        Assert.Matches("(?m)^crm_actors_active [1-9]", text);
        Assert.Matches("(?m)^crm_mailbox_waiting 0", text);
        Assert.Matches("(?m)^crm_commit_waiting 0", text);
        Assert.Matches("(?m)^crm_commit_duration_seconds_count [1-9]", text);
        Assert.Matches("(?m)^dotnet_gc_collections_total", text);
        Assert.DoesNotContain("acme", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Metric AB", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_kind_of_instrument_is_kept_in_its_way()
    {
        using var factory = new Factory();
        using var metrics = new Metrics(factory);
        using var meter = new Meter("Crm.Test.Kinds");
        metrics.StartAsync(TestContext.Current.CancellationToken);
        var counter = meter.CreateCounter<long>("kinds.counter", "{thing}", "Things");
        var level = meter.CreateUpDownCounter<int>("kinds.level");
        var gauge = meter.CreateGauge<double>("kinds.gauge");
        var observed = 7;
        meter.CreateObservableGauge("kinds.observed", () => observed);
        counter.Add(2, new KeyValuePair<string, object?>("a", "x"));
        counter.Add(3, new KeyValuePair<string, object?>("a", "x"));
        counter.Add(1, new KeyValuePair<string, object?>("a", "y"));
        level.Add(4);
        level.Add(-1);
        gauge.Record(1);
        gauge.Record(2.5);
        Assert.Equal("kinds_counter_total{a=\"x\"} 5\nkinds_counter_total{a=\"y\"} 1\nkinds_gauge 2.5\nkinds_level 3\nkinds_observed 7", Samples(metrics, "kinds_"));
        observed = 8;
        Assert.Contains("kinds_observed 8", Samples(metrics, "kinds_"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_number_of_label_sets_is_bounded()
    {
        using var factory = new Factory();
        using var metrics = new Metrics(factory);
        using var meter = new Meter("Crm.Test.Bound");
        metrics.StartAsync(TestContext.Current.CancellationToken);
        var counter = meter.CreateCounter<long>("bound.counter");
        for (var i = 0; i < 1_500; i++) counter.Add(1, new KeyValuePair<string, object?>("i", i));
        counter.Add(1, new KeyValuePair<string, object?>("i", new string('x', 5_000)));
        var samples = Samples(metrics, "bound_").Split('\n');
        Assert.Equal(1_001, samples.Length);
        Assert.Contains("bound_counter_total{overflow=\"true\"} 501", samples);
    }

    [Fact]
    public void Meters_of_others_are_left_alone()
    {
        using var ours = new Factory();
        using var theirs = new Factory();
        using var metrics = new Metrics(ours);
        metrics.StartAsync(TestContext.Current.CancellationToken);
        theirs.Create(new MeterOptions("Crm.Test.Foreign")).CreateCounter<long>("foreign.counter").Add(1);
        using var library = new Meter("Some.Library");
        library.CreateCounter<long>("foreign.library").Add(1);
        Assert.Empty(Samples(metrics, "foreign_"));
    }

    private static string Samples(Metrics metrics, string prefix) => string.Join('\n', metrics.Read().Split('\n').Where(line => line.StartsWith(prefix, StringComparison.Ordinal)));

    [GeneratedRegex("""^(# (HELP|TYPE) [a-zA-Z_][a-zA-Z0-9_]* .+|[a-zA-Z_][a-zA-Z0-9_]*(\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\]|\\["\\n])*",?)+\})? (-?[0-9.E+-]+|NaN|[+-]Inf))$""")]
    private static partial Regex Line();

    private sealed class Factory : IMeterFactory
    {
        public Meter Create(MeterOptions options)
        {
            options.Scope = this;
            return new Meter(options);
        }

        public void Dispose() { }
    }
}
