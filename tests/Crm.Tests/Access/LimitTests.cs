using System.Globalization;
using System.Net;

namespace Crm.Tests.Access;

public sealed class LimitTests
{
    [Fact]
    public async Task Over_the_limit_is_429_until_the_next_minute()
    {
        await using var app = CrmApp.With(new Dictionary<string, string> { ["Limits:RequestsPerMinute"] = "20" });
        await app.InitializeAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        app.Clock.Advance(TimeSpan.FromSeconds(61 - (app.Clock.GetUtcNow().ToUnixTimeSeconds() % 60)));
        for (var i = 1; i <= 20; i++)
        {
            var reply = await app.Acme.Reader.ReadAsync(app.Acme.Path("users"));
            Assert.Equal((HttpStatusCode.OK, "20", $"{20 - i}"), (reply.Status, reply.Header("RateLimit-Limit"), reply.Header("RateLimit-Remaining")));
        }
        var over = await app.Acme.Reader.ReadAsync(app.Acme.Path("users"));
        Assert.Equal((HttpStatusCode.TooManyRequests, "rate.limited", "0"), (over.Status, over.Code, over.Header("RateLimit-Remaining")));
        Assert.InRange(int.Parse(over.Header("Retry-After")!, CultureInfo.InvariantCulture), 1, 60);
        Assert.Equal(over.Header("Retry-After"), over.Header("RateLimit-Reset"));
        // Others have their own.
        Assert.Equal(HttpStatusCode.OK, (await app.Acme.Seller.ReadAsync(app.Acme.Path("users"))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Anonymous().ReadAsync(app.Acme.Path("users"))).Status);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await app.Acme.Reader.ReadAsync(app.Acme.Path("users"))).Status);
    }

    [Fact]
    public async Task Forged_keys_are_counted_by_address()
    {
        await using var app = CrmApp.With(new Dictionary<string, string> { ["Limits:RequestsPerMinute"] = "30" });
        var codes = new List<string?>();
        for (var i = 0; i < 70; i++) codes.Add((await app.With($"crm_c1k{i}_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").ReadAsync("/api/v1/acme/users")).Code);
        Assert.Equal("auth.invalid", codes[0]);
        Assert.Contains("rate.limited", codes);
    }

    [Fact]
    public async Task Sign_ins_are_limited_for_each_email()
    {
        await using var app = CrmApp.With(new Dictionary<string, string> { ["Limits:SignInsPerMinute"] = "2" });
        List<Reply> replies = [];
        for (var i = 0; i < 5; i++) replies.Add(await app.Browser().CallAsync(HttpMethod.Post, "/api/v1/session", new { email = "guess@acme.example", password = "a-wrong-password" }));
        Assert.Equal("auth.invalid", replies[0].Code);
        Assert.Contains(replies, r => r is { Status: HttpStatusCode.TooManyRequests, Code: "rate.limited" } && r.Header("Retry-After") is not null);
        await app.OperatorAsync();
    }
}
