using Crm.Host.Telemetry;

namespace Crm.Tests.Telemetry;

/// <summary>The text that Prometheus reads.</summary>
public sealed class PrometheusTextTests
{
    [Theory]
    [InlineData("http.server.request.duration", "s", false, "http_server_request_duration_seconds")]
    [InlineData("crm.commit.failures", "{batch}", true, "crm_commit_failures_total")]
    [InlineData("dotnet.gc.heap.total_allocated", "By", true, "dotnet_gc_heap_total_allocated_bytes_total")]
    [InlineData("crm.wait_seconds", "s", false, "crm_wait_seconds")]
    [InlineData("2fast.ö", null, false, "_2fast__")]
    public void Names_have_their_unit_and_only_letters_that_are_allowed(string name, string? unit, bool isCounter, string expected) =>
        Assert.Equal(expected, PrometheusText.NameOf(name, unit, isCounter));

    [Fact]
    public void Labels_are_escaped()
    {
        Assert.Equal("""a_b="x\\y\"z\n",status="200",up="true",none="" """.TrimEnd(), Labels(("a.b", "x\\y\"z\n"), ("status", 200), ("up", true), ("none", null)));
    }

    [Fact]
    public void A_label_that_is_too_long_is_told_and_not_cut()
    {
        Span<char> labels = new char[20];
        var length = 0;
        Assert.False(PrometheusText.TryAppendLabel(labels, ref length, "name", new string('x', 20)));
        Assert.Equal(0, length);
    }

    [Fact]
    public void A_histogram_counts_up_to_each_bound()
    {
        var text = new PrometheusText();
        text.Begin("crm_x_seconds", "histogram", "First\nline \\ next");
        text.Histogram("crm_x_seconds", "a=\"b\"", [0.1, 1], [2, 3, 1], 12.5);
        Assert.Equal(
            """
            # HELP crm_x_seconds First\nline \\ next
            # TYPE crm_x_seconds histogram
            crm_x_seconds_bucket{a="b",le="0.1"} 2
            crm_x_seconds_bucket{a="b",le="1"} 5
            crm_x_seconds_bucket{a="b",le="+Inf"} 6
            crm_x_seconds_sum{a="b"} 12.5
            crm_x_seconds_count{a="b"} 6

            """.ReplaceLineEndings("\n"), text.ToString());
    }

    [Fact]
    public void Numbers_that_are_none_have_names()
    {
        var text = new PrometheusText();
        text.Sample("x", "", double.NaN);
        text.Sample("x", "", double.NegativeInfinity);
        text.Sample("x", "", 1e21);
        Assert.Equal("x NaN\nx -Inf\nx 1E+21\n", text.ToString());
    }

    private static string Labels(params (string Name, object? Value)[] tags)
    {
        Span<char> labels = new char[512];
        var length = 0;
        foreach (var (name, value) in tags) Assert.True(PrometheusText.TryAppendLabel(labels, ref length, name, value));
        return labels[..length].ToString();
    }
}
