extern alias kit;

using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Crm.Plugins;
using kit::Crm.Plugins.Testing;
using SetClock = kit::Crm.Plugins.Testing.TestClock;

namespace Crm.Tests.Plugins;

/// <summary>What an outside system's answers mean, for every plugin alike.</summary>
public sealed partial class HttpAnswersTests
{
    private static readonly Uri Address = new("https://register.example/thing");
    private readonly SetClock _clock = new(new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(400, PluginErrorKind.Invalid), InlineData(401, PluginErrorKind.Unauthorized), InlineData(403, PluginErrorKind.Forbidden), InlineData(409, PluginErrorKind.Conflict), InlineData(410, PluginErrorKind.NotFound)]
    [InlineData(412, PluginErrorKind.Conflict), InlineData(422, PluginErrorKind.Invalid), InlineData(429, PluginErrorKind.RateLimited), InlineData(451, PluginErrorKind.NotFound), InlineData(302, PluginErrorKind.Unavailable), InlineData(503, PluginErrorKind.Unavailable)]
    public void A_status_has_one_meaning(int status, PluginErrorKind kind)
    {
        using var answer = new HttpResponseMessage((HttpStatusCode)status);
        Assert.Equal(kind, Assert.Throws<PluginException>(() => HttpAnswers.Check(answer, "The register", _clock)).Kind);
    }

    [Fact]
    public void A_wait_is_passed_on_whether_told_in_seconds_or_by_a_date_and_never_below_nothing()
    {
        Assert.Equal(TimeSpan.FromSeconds(90), WaitOf(new(TimeSpan.FromSeconds(90))));
        Assert.Equal(TimeSpan.FromMinutes(2), WaitOf(new(_clock.Now.AddMinutes(2))));
        Assert.Equal(TimeSpan.Zero, WaitOf(new(_clock.Now.AddMinutes(-2))));
        Assert.Null(WaitOf(null));

        TimeSpan? WaitOf(RetryConditionHeaderValue? header)
        {
            using var answer = new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
            answer.Headers.RetryAfter = header;
            return Assert.Throws<PluginException>(() => HttpAnswers.Check(answer, "The register", _clock)).RetryAfter;
        }
    }

    [Fact]
    public async Task A_refusal_is_told_in_the_systems_own_words_where_the_plugin_finds_them()
    {
        Assert.Equal("register.example refuses what was asked: no such field", (await FailureAsync(400, "no such field", body => body)).Message);
        Assert.Equal("register.example refuses what was asked.", (await FailureAsync(422, "broken", _ => throw new JsonException())).Message);
        Assert.Equal(300, (await FailureAsync(400, new string('z', 900), body => body)).Message.Count(c => c == 'z'));
        Assert.DoesNotContain("inner", (await FailureAsync(500, "inner", body => body)).Message, StringComparison.Ordinal);
    }

    [Theory, InlineData("{ \"name\": ", "application/json"), InlineData("null", "application/json"), InlineData("{ \"name\": {} }", "application/json"), InlineData("{ \"name\": \"x\" }", "text/html")]
    public async Task What_cannot_be_read_is_no_answer(string body, string type) => Assert.Equal(PluginErrorKind.Unavailable, (await FailureAsync(200, body, null, type)).Kind);

    [Theory, InlineData("\" x \"", "x"), InlineData("\" \"", null), InlineData("800", "800"), InlineData("1.5", "1.5"), InlineData("false", null), InlineData("null", null)]
    public async Task Texts_are_read_however_they_are_written(string json, string? text)
    {
        using var call = new FakePluginCall(Answering(200, $$"""{ "name": {{json}} }""", "application/problem+json"));
        Assert.Equal(text, (await call.GetJsonAsync(Address, ThingJson.Default.Thing, null, TestContext.Current.CancellationToken))!.Name);
    }

    [Fact]
    public async Task What_is_not_there_is_null_or_where_it_must_be_a_wrong_address()
    {
        using var call = new FakePluginCall(new CannedUpstream());
        Assert.Null(await call.GetJsonAsync(Address, ThingJson.Default.Thing, null, TestContext.Current.CancellationToken));
        var missing = await Assert.ThrowsAsync<PluginException>(async () => await call.RequireJsonAsync(Address, ThingJson.Default.Thing, null, TestContext.Current.CancellationToken));
        Assert.Contains("/thing; check the address", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_sees_everything_that_a_plugin_does_with_its_call()
    {
        var manifest = kit::Crm.Plugins.Packages.PluginManifest.Parse(Encoding.UTF8.GetBytes(TestPackages.Manifest("V1")));
        using var upstream = new CannedUpstream();
        using var call = new FakePluginCall(upstream, manifest);
        IPluginCall seen = call;
        var ct = TestContext.Current.CancellationToken;
        Assert.Equal(PluginErrorKind.Forbidden, (await Assert.ThrowsAsync<PluginException>(() => seen.Http.GetAsync(Address, ct))).Kind);
        Assert.Equal("register.example", Assert.Single(call.RefusedHosts));
        Assert.Empty(upstream.Requests);
        await seen.Store.SetAsync("cursor", "7", ct);
        Assert.Equal("7", call.Store.Values["cursor"]);
        await Assert.ThrowsAsync<PluginException>(async () => await seen.Store.SetAsync("long", new string('x', 65_537), ct));
        await seen.Store.SetAsync("cursor", null, ct);
        Assert.Empty(call.Store.Values);
        seen.Log.Warning("Slow.");
        Assert.Equal("Warning: Slow.", Assert.Single(call.Log.Lines));
        seen.Progress.Report(new() { Done = 3 });
        Assert.Equal(3, Assert.Single(call.Reported).Done);
        call.Clock.Now += TimeSpan.FromHours(1);
        Assert.Equal(13, seen.Clock.GetUtcNow().Hour);
        Assert.Throws<ArgumentException>(() => new FakePluginCall(upstream, manifest, """{ "nothing": 1 }"""));
    }

    private static CannedUpstream Answering(int status, string body, string type) =>
        new CannedUpstream().Answer(_ => true, () => new((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, type) });

    private static async Task<PluginException> FailureAsync(int status, string body, Func<string, string?>? explain, string type = "application/json")
    {
        using var upstream = Answering(status, body, type);
        using var call = new FakePluginCall(upstream);
        return await Assert.ThrowsAsync<PluginException>(async () => await call.GetJsonAsync(Address, ThingJson.Default.Thing, explain, TestContext.Current.CancellationToken));
    }

    internal sealed record Thing(string? Name);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(LooseText)]), JsonSerializable(typeof(Thing))]
    internal sealed partial class ThingJson : JsonSerializerContext;
}
