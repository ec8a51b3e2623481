using Crm.Plugins;
using Crm.StandIns;

namespace Crm.Tests.Accounting;

/// <summary>Fortnox's limits, tokens of service accounts, and answers that are not as the documentation says.</summary>
public sealed class FortnoxAnswerTests : IAsyncLifetime
{
    private readonly Fortnox _fortnox = new();
    private readonly AccountingBench _bench;

    public FortnoxAnswerTests() => _bench = FortnoxTests.Bench(_fortnox, new ConnectedTokens(_fortnox.SignIn));

    public async ValueTask InitializeAsync() => await _bench.StartAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task Twenty_five_requests_in_five_seconds_pass_the_next_waits_and_half_a_window_later_half_pass()
    {
        using var client = new HttpClient { BaseAddress = _bench.StandIn.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", _fortnox.SignIn.Connect().Access);
        client.DefaultRequestHeaders.Accept.Add(new("application/json"));
        _fortnox.Clock.Speed = 0;
        for (var i = 0; i < 25; i++)
        {
            _fortnox.Clock.Ahead = TimeSpan.FromMilliseconds(i * 100);
            Assert.Equal(200, await AskAsync());
        }
        Assert.Equal(429, await AskAsync());
        _fortnox.Clock.Ahead = TimeSpan.FromSeconds(5.5);
        Assert.Equal(200, await AskAsync());

        async Task<int> AskAsync()
        {
            using var answer = await client.GetAsync(new Uri("3/customers?limit=1", UriKind.Relative), TestContext.Current.CancellationToken);
            return (int)answer.StatusCode;
        }
    }

    [Fact]
    public async Task The_plugin_stays_below_the_limit_by_itself()
    {
        var calls = Enumerable.Range(0, 30).Select(_ => _bench.TryAsync((system, call, ct) => system.CustomerAsync(call, "1001", ct)));
        Assert.All(await Task.WhenAll(calls), answer => Assert.Null(answer.Failure));
        Assert.Equal(30, _bench.StandIn.Requests.Count);
    }

    [Fact]
    public async Task A_refusal_for_too_many_requests_is_waited_out_and_if_it_stays_told_with_the_wait()
    {
        _bench.Next(429, """{"message":"Too Many Requests"}""");
        Assert.NotNull(await _bench.CustomerAsync("1001"));
        _bench.Next(429, "", retryAfter: "90", times: 3);
        var failure = await _bench.FailAsync((system, call, ct) => system.CustomerAsync(call, "1001", ct));
        Assert.Equal(PluginErrorKind.RateLimited, failure.Kind);
        Assert.InRange(failure.RetryAfter!.Value.TotalSeconds, 80, 90);
    }

    [Theory]
    [InlineData(400, """{"ErrorInformation":{"error":1,"message":"Ogiltigt filter","code":2000587}}""", PluginErrorKind.Invalid), InlineData(400, """{"ErrorInformation":{"Error":1,"Message":"Kan ej logga in","Code":2000310}}""", PluginErrorKind.Unauthorized)]
    [InlineData(400, """{"ErrorInformation":{"error":"1","message":"Saknar licens","code":"2001101"}}""", PluginErrorKind.Forbidden), InlineData(403, """{"ErrorInformation":{"error":1,"message":"Behörighet saknas","code":2000663}}""", PluginErrorKind.Forbidden)]
    [InlineData(500, """{"ErrorInformation":{"error":1,"message":"Systemfel","code":1000003}}""", PluginErrorKind.Unavailable), InlineData(400, "<html>Bad request</html>", PluginErrorKind.Invalid), InlineData(503, "", PluginErrorKind.Unavailable), InlineData(400, "{}", PluginErrorKind.Invalid)]
    public async Task Errors_in_both_spellings_are_understood(int status, string body, PluginErrorKind kind)
    {
        _bench.Next(status, body, times: 3);
        Assert.Equal(kind, (await _bench.FailAsync((system, call, ct) => system.CustomersAsync(call, new(), ct))).Kind);
    }

    public static TheoryData<string, string, string> Shapes => new()
    {
        { "numbers as texts", """{"Invoices":[{"DocumentNumber":7,"CustomerNumber":1001,"InvoiceDate":"2026-01-02","DueDate":"","Total":"1250.00","Balance":"600","Currency":"SEK","CurrencyRate":"1","CurrencyUnit":"1","Booked":"true","Sent":"false","Cancelled":false}],"MetaInformation":{"@TotalResources":"1","@TotalPages":"1","@CurrentPage":"1"}}""", "7 1001 2026-01-02  1250.00 600 True" },
        { "missing members", """{"Invoices":[{"DocumentNumber":"8","CustomerNumber":"1001","InvoiceDate":"2026-01-02"}]}""", "8 1001 2026-01-02  0 0 False" },
        { "dates with times", """{"Invoices":[{"DocumentNumber":"9","CustomerNumber":"1001","InvoiceDate":"2026-01-02T00:00:00","DueDate":"2026-02-01T00:00:00Z","Total":1,"Balance":1,"Booked":true,"CurrencyRate":11.25}],"MetaInformation":{"@TotalResources":1,"@TotalPages":1,"@CurrentPage":1}}""", "9 1001 2026-01-02 2026-02-01 1 1 True" },
        { "a credit told by a word", """{"Invoices":[{"DocumentNumber":"10","CustomerNumber":"1001","InvoiceDate":"2026-01-02","Total":100,"Balance":100,"Booked":true,"Credit":"true"}]}""", "10 1001 2026-01-02  -100 -100 True" },
        { "rows that are none", """{"Invoices":[{"DocumentNumber":"","CustomerNumber":"1001"},{"DocumentNumber":"11","InvoiceDate":"2026-01-02"},{}],"Unknown":{"a":[1]}}""", "" },
        { "an empty page", """{"MetaInformation":{"@TotalResources":0,"@TotalPages":0,"@CurrentPage":1},"Invoices":[]}""", "" },
        { "no list at all", """{"MetaInformation":{"@TotalResources":0,"@TotalPages":1,"@CurrentPage":1}}""", "" },
        { "a null list", """{"Invoices":null}""", "" },
    };

    [Theory, MemberData(nameof(Shapes))]
    public async Task Recorded_and_possible_shapes_are_read(string shape, string body, string expected)
    {
        // What the answer calls itself does not matter.
        _bench.Next(200, body, shape.Length % 2 == 0 ? "text/html" : "application/json");
        Assert.Equal(expected, string.Join("; ", (await _bench.InvoicesAsync()).Select(i => FormattableString.Invariant($"{i.Id} {i.CustomerId} {i.Date:yyyy-MM-dd} {i.DueDate:yyyy-MM-dd} {i.Gross} {i.Balance} {i.IsBooked}"))));
    }

    [Theory, InlineData("""{"Invoices":"""), InlineData("null"), InlineData("<html></html>"), InlineData(""), InlineData("""{"Invoices":[{"DocumentNumber":"1","InvoiceDate":"tomorrow"}]}"""), InlineData("""{"Invoices":[{"Total":"a lot"}]}"""), InlineData("""{"Invoices":{}}"""), InlineData("""{"Invoices":[{"Total":1e400}]}""")]
    public async Task Nonsense_is_told_and_not_guessed_at(string body)
    {
        _bench.Next(200, body);
        Assert.Equal(PluginErrorKind.Unavailable, (await _bench.FailAsync((system, call, ct) => system.InvoicesAsync(call, new(), ct))).Kind);
    }

    [Fact]
    public async Task A_service_account_has_tokens_without_anybodys_consent()
    {
        _bench.Set($$"""{ "tenantId": "{{OAuthServer.Tenant}}" }""");
        Assert.NotNull(await _bench.CustomerAsync("1001"));
        Assert.NotNull(await _bench.CustomerAsync("1002"));
        Assert.Single(_bench.StandIn.Requests, r => r == "POST /oauth-v1/token");
        _fortnox.SignIn.EndAccess();
        Assert.NotNull(await _bench.CustomerAsync("1003"));
        Assert.Equal(2, _bench.StandIn.Requests.Count(r => r == "POST /oauth-v1/token"));
        _bench.Set("""{ "tenantId": "another" }""");
        Assert.Equal(PluginErrorKind.Unauthorized, (await _bench.FailAsync((system, call, ct) => system.CustomerAsync(call, "1001", ct))).Kind);
    }

    [Fact]
    public async Task A_cursor_of_somebody_elses_is_refused_and_a_slow_answer_can_be_left()
    {
        foreach (var cursor in new[] { "x", "-1", "{}", "{\"Page\":2,\"Total\":1,\"Customer\":null,\"Sums\":null}" })
        {
            Assert.Equal(PluginErrorKind.Invalid, (await _bench.FailAsync((system, call, ct) => system.CustomersAsync(call, new() { Cursor = cursor }, ct))).Kind);
            Assert.Equal(PluginErrorKind.Invalid, (await _bench.FailAsync((system, call, ct) => system.BalancesAsync(call, new() { Cursor = cursor }, ct))).Kind);
        }
        using var gone = new CancellationTokenSource();
        _bench.StandIn.Next(async context =>
        {
            await gone.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        });
        // The call is left by its own token; the host says that nobody answered.
        Assert.NotNull((await _bench.TryAsync((system, call, _) => system.CustomerAsync(call, "1001", gone.Token))).Failure);
    }
}
