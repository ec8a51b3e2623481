using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Crm.Tests.Plugins;

/// <summary>What log lines, answers and metrics tell of plugins' calls, and what they never do.</summary>
public sealed class TellingTests : IAsyncLifetime
{
    private const string Secret = "open \"sesame\" + 1/3";

    private readonly CrmApp _app = CrmApp.With(new Dictionary<string, string> { ["Plugins:AllowUnsigned"] = "true", ["Logging:LogLevel:Default"] = "Debug" });

    public async ValueTask InitializeAsync()
    {
        await _app.InitializeAsync();
        var operators = await _app.OperatorAsync();
        foreach (var (type, version) in new[] { ("Telltale", "1.0.0"), ("V1", "2.0.0") })
        {
            var package = TestPackages.Of(type, version, m =>
            {
                m["countries"] = new JsonArray("NO");
                m["settings"] = JsonNode.Parse("""{ "properties": { "key": { "type": "string", "x-secret": true } }, "required": ["key"] }""");
                foreach (var text in m["texts"]!.AsObject()) text.Value!["settings"] = JsonNode.Parse("""{ "key": { "title": "Key" } }""");
            });
            Assert.InRange((int)(await operators.UploadAsync(package.Zip)).Status, 200, 201);
        }
        await _app.ActivateAsync("test");
        await _app.Acme.SwitchOnAsync("test", new { key = Secret });
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task A_secret_that_a_plugin_says_reaches_no_answer_and_no_log_line()
    {
        var answers = new List<string>();
        foreach (var way in new[] { "throw", "address", "body", "bug", "log" }) answers.Add((await LookupAsync(way)).Body.GetRawText());
        answers.Add((await _app.Acme.Admin.CallAsync(HttpMethod.Post, _app.Acme.Path("integrations/test/test"))).Body.GetRawText());
        answers.Add((await _app.Acme.Admin.ReadAsync(_app.Acme.Path("events"))).Body.GetRawText());
        answers.Add(await MetricsAsync());
        Assert.All(answers.Concat(_app.Log), told => Assert.DoesNotContain("sesame", told, StringComparison.Ordinal));
        Assert.Contains("The key *** is not right.", answers[0], StringComparison.Ordinal);
        Assert.Contains("/companies?key=***.", answers[1], StringComparison.Ordinal);
        Assert.Contains("It did not work with ***.", answers[5], StringComparison.Ordinal);
        Assert.Equal(3, _app.Log.Count(line => line.Contains("Asking with ***, that is ***.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_log_line_names_the_company_by_its_id_and_the_request_by_its_trace_and_nothing_that_was_asked()
    {
        var company = await CompanyAsync();
        foreach (var (way, kind) in new[] { ("bug", "bug"), ("nobody@example.com", "unauthorized") })
        {
            var trace = Guid.NewGuid().ToString("n");
            await LookupAsync(way, ("traceparent", $"00-{trace}-00f067aa0ba902b7-01"));
            var line = Assert.Single(_app.Log, l => l.Contains("gave no answer", StringComparison.Ordinal) && l.Contains(trace, StringComparison.Ordinal));
            Assert.Contains($"1.0.0 for company {company}, trace {trace}, gave no answer: {kind} after ", line, StringComparison.Ordinal);
            Assert.DoesNotContain("nobody@", line, StringComparison.Ordinal);
            Assert.Equal(kind == "bug", line.Contains("System.InvalidOperationException    at Crm.TestPlugins.Telltale.SearchAsync", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Calls_errors_versions_and_open_breakers_are_counted_by_plugin_and_version_and_no_company_is_named()
    {
        Assert.DoesNotMatch("(?m)^crm_plugin_(call|errors)", await MetricsAsync());
        foreach (var way in new[] { "throw", "log", "bug", "bug", "bug", "bug", "bug" }) await LookupAsync(way);
        var text = await MetricsAsync();
        const string Labels = "plugin=\"test\",version=\"1.0.0\"";
        Assert.Equal(7, Sample(text, $"crm_plugin_call_duration_seconds_count{{{Labels}}}"));
        Assert.Equal(7, Sample(text, $"crm_plugin_call_duration_seconds_bucket{{{Labels},le=\"+Inf\"}}"));
        Assert.Equal((5, 1), (Sample(text, $"crm_plugin_errors_total{{{Labels},kind=\"bug\"}}"), Sample(text, $"crm_plugin_errors_total{{{Labels},kind=\"unauthorized\"}}")));
        Assert.Equal((1, 1), (Sample(text, $"crm_plugin_versions{{{Labels},state=\"serving\"}}"), Sample(text, $"crm_plugin_breakers_open{{{Labels}}}")));
        _app.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(0, Sample(await MetricsAsync(), $"crm_plugin_breakers_open{{{Labels}}}"));
        await _app.ActivateAsync("test", "2.0.0");
        await LookupAsync("nord");
        text = await MetricsAsync();
        Assert.Equal((1, 1), (Sample(text, "crm_plugin_versions{plugin=\"test\",version=\"2.0.0\",state=\"serving\"}"), Sample(text, "crm_plugin_call_duration_seconds_count{plugin=\"test\",version=\"2.0.0\"}")));
        Assert.DoesNotMatch("(?m)^crm_plugin_.*(acme|company)", text);
    }

    private Task<Reply> LookupAsync(string text, params (string, string)[] headers) => _app.Acme.Seller.ReadAsync(_app.Acme.Path($"registers/lookup?country=NO&q={Uri.EscapeDataString(text)}"), headers);

    private Task<string> MetricsAsync() => _app.Anonymous().GetStringAsync("/metrics", TestContext.Current.CancellationToken);

    private static double Sample(string text, string name) => double.Parse(Regex.Match(text, $"(?m)^{Regex.Escape(name)} (.+)$").Groups[1].Value, CultureInfo.InvariantCulture);

    private async Task<long> CompanyAsync() =>
        (await (await _app.OperatorAsync()).ReadAsync("/api/v1/operator/companies")).Body.GetProperty("items").EnumerateArray().Single(c => c.GetProperty("slug").GetString() == "acme").GetProperty("number").GetInt64();
}
