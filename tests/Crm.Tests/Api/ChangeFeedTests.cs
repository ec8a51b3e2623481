using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Crm.Tests.Api;

/// <summary>Which rows have changed, while one looks at them.</summary>
public sealed class ChangeFeedTests(OneApp app)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tells_of_a_change_to_whoever_listens_in_that_company_and_to_nobody_else()
    {
        var (acme, other) = (await app.CompanyAsync(), await app.CompanyAsync());
        await using var mine = await Listener.StartAsync(acme.Reader, acme.Path("events/stream"));
        await using var theirs = await Listener.StartAsync(other.Reader, other.Path("events/stream"));
        var number = await NewAsync(acme, "Nordvik");
        await acme.Seller.CallAsync(HttpMethod.Patch, acme.Path($"partners/{number}"), new { phone = "+46 8 123 45 67" });

        var told = await mine.UntilAsync(changes => changes.GetProperty("rows").EnumerateArray().Any(r => r.GetProperty("version").GetInt64() == 2));
        Assert.Equal("partner", Assert.Single(told.GetProperty("kinds").EnumerateArray()).GetString());
        Assert.All(told.GetProperty("rows").EnumerateArray(), row => Assert.Equal(number, row.GetProperty("number").GetInt64()));

        await NewAsync(other, "Sydvik");
        var first = await theirs.UntilAsync(changes => changes.GetProperty("kinds").GetArrayLength() > 0);
        Assert.Equal(1, Assert.Single(first.GetProperty("rows").EnumerateArray()).GetProperty("version").GetInt64());
    }

    [Fact]
    public async Task One_who_was_away_is_told_to_read_again_and_one_who_missed_nothing_is_not()
    {
        var acme = await app.CompanyAsync();
        await NewAsync(acme, "Before");
        long seq;
        await using (var listener = await Listener.StartAsync(acme.Reader, acme.Path("events/stream"))) seq = (await listener.NextAsync()).GetProperty("seq").GetInt64();
        await using (var again = await Listener.StartAsync(acme.Reader, acme.Path($"events/stream?after={seq}"))) Assert.Equal(0, (await again.NextAsync()).GetProperty("kinds").GetArrayLength());
        await NewAsync(acme, "Meanwhile");
        await using var back = await Listener.StartAsync(acme.Reader, acme.Path("events/stream"), ("Last-Event-ID", $"{seq}"));
        Assert.Equal(JsonValueKind.Null, (await back.NextAsync()).GetProperty("kinds").ValueKind);
    }

    [Fact]
    public async Task One_who_has_just_read_is_told_what_changed_since_and_nothing_older()
    {
        await using var own = CrmApp.With();
        var acme = await own.NewCompanyAsync("acme");
        await NewAsync(acme, "Long ago");
        own.Clock.Advance(TimeSpan.FromMinutes(1));
        await using (var quiet = await Listener.StartAsync(acme.Reader, acme.Path("events/stream?within=30"))) Assert.Equal(0, (await quiet.NextAsync()).GetProperty("kinds").GetArrayLength());
        var number = await NewAsync(acme, "Just now");
        await using var listener = await Listener.StartAsync(acme.Reader, acme.Path("events/stream?within=30"));
        Assert.Equal(number, Assert.Single((await listener.NextAsync()).GetProperty("rows").EnumerateArray()).GetProperty("number").GetInt64());
    }

    [Fact]
    public async Task Too_many_rows_are_not_named()
    {
        var acme = await app.CompanyAsync();
        await using var listener = await Listener.StartAsync(acme.Reader, acme.Path("events/stream"));
        await listener.NextAsync();
        await acme.PartnersAsync(1_000);
        var told = await listener.UntilAsync(changes => changes.GetProperty("rows").ValueKind == JsonValueKind.Null);
        Assert.Contains("partner", told.GetProperty("kinds").EnumerateArray().Select(k => k.GetString()));
    }

    [Fact]
    public async Task Needs_the_right_to_read_events_and_a_place_that_is_a_number()
    {
        var acme = await app.CompanyAsync();
        var key = (await acme.AdminBrowser.CallAsync(HttpMethod.Post, acme.Path("api-keys"), new { name = "narrow", role = "seller", scopes = Narrow })).Text("token")!;
        Assert.Equal(HttpStatusCode.Forbidden, (await app.App.With(key).ReadAsync(acme.Path("events/stream"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await acme.Reader.ReadAsync("/api/v1/nowhere/events/stream")).Status);
        foreach (var wrong in new[] { "after=-1", "within=0", "within=301" }) Assert.Equal("filter.value", (await acme.Reader.ReadAsync(acme.Path($"events/stream?{wrong}"))).Body.GetProperty("code").GetString());
    }

    private static readonly string[] Narrow = ["partners:read"];

    private static async Task<long> NewAsync(TestCompany company, string name) =>
        (await company.Seller.CallAsync(HttpMethod.Post, company.Path("partners"), new { name, country = "SE", relations = Customer })).Body.GetProperty("number").GetInt64();

    private static readonly string[] Customer = ["customer"];

    /// <summary>Somebody who reads the stream.</summary>
    private sealed class Listener(HttpResponseMessage response, IAsyncEnumerator<SseItem<string>> items) : IAsyncDisposable
    {
        public static async Task<Listener> StartAsync(HttpClient client, string path, params (string Name, string Value)[] headers)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            foreach (var (name, value) in headers) request.Headers.Add(name, value);
            var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
            return new(response, SseParser.Create(await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(Ct)).EnumerateAsync(Ct).GetAsyncEnumerator(Ct));
        }

        public async Task<JsonElement> NextAsync()
        {
            Assert.True(await items.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60), Ct));
            Assert.Equal("changes", items.Current.EventType);
            return JsonDocument.Parse(items.Current.Data).RootElement;
        }

        public async Task<JsonElement> UntilAsync(Func<JsonElement, bool> isIt)
        {
            for (; ; )
            {
                var next = await NextAsync();
                if (isIt(next)) return next;
            }
        }

        public ValueTask DisposeAsync()
        {
            response.Dispose();
            return default;
        }
    }
}
