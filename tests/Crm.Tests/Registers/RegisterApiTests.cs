using System.Net;
using System.Text.Json.Nodes;
using Crm.Tests.Plugins;

namespace Crm.Tests.Registers;

/// <summary>Companies are looked up over the API, in whatever registers are switched on.</summary>
public sealed class RegisterApiTests(CrmApp app) : IClassFixture<CrmApp>, IAsyncLifetime
{
    private static readonly string[] Both = ["NO", "SE"];

    public async ValueTask InitializeAsync()
    {
        if ((await RegistersAsync()).Length > 0) return;
        foreach (var (id, type, countries, minutes) in new[] { ("one", "V1", Both, 60), ("two", "V2", ["NO"], 0), ("broken", "Broken", ["SE"], 0) })
        {
            await app.InstallAsync(TestPackages.Of(type, manifest: m => (m["id"], m["countries"], m["limits"]!["cacheMinutes"]) = (id, new JsonArray([.. countries.Select(c => JsonValue.Create(c))]), minutes)));
            await app.ActivateAsync(id);
            await app.Acme.SwitchOnAsync(id);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact, Trait("Requirement", "R53")]
    public async Task The_registers_that_are_switched_on_are_listed_with_their_countries()
    {
        Assert.Equal(["broken", "one", "two"], await RegistersAsync());
        var other = await app.NewCompanyAsync($"c{Guid.NewGuid():n}"[..12]);
        Assert.Empty((await other.Admin.ReadAsync(other.Path("registers"))).Body.GetProperty("items").EnumerateArray());
    }

    [Fact, Trait("Requirement", "R48"), Trait("Requirement", "R54")]
    public async Task Hits_of_all_registers_of_the_country_come_once_each()
    {
        var found = await LookupAsync("NO", "nord");
        Assert.Equal(HttpStatusCode.OK, found.Status);
        Assert.Equal(["one"], found.Body.GetProperty("items").EnumerateArray().Select(h => h.GetProperty("plugin").GetString()));
        Assert.Equal(["one", "two"], found.Body.GetProperty("asked").EnumerateArray().Select(a => a.GetProperty("plugin").GetString()));
    }

    [Fact, Trait("Requirement", "R50")]
    public async Task A_register_that_fails_is_named_and_the_others_hits_are_shown()
    {
        var found = await LookupAsync("SE", "nord");
        Assert.Single(found.Body.GetProperty("items").EnumerateArray());
        var failed = found.Body.GetProperty("asked").EnumerateArray().Single(a => a.GetProperty("plugin").GetString() == "broken");
        Assert.Equal("bug", failed.GetProperty("problem").GetString());
    }

    [Fact, Trait("Requirement", "R53")]
    public async Task A_country_without_a_register_has_no_hits_and_nobody_was_asked()
    {
        var found = await LookupAsync("DE", "nord");
        Assert.Equal((0, 0), (found.Body.GetProperty("items").GetArrayLength(), found.Body.GetProperty("asked").GetArrayLength()));
    }

    [Theory]
    [InlineData("no", "nord", "country.unknown"), InlineData("NO", "n", "register.query"), InlineData("NO", "  ", "register.query")]
    public async Task A_question_that_cannot_be_asked_is_refused(string country, string text, string code) => Assert.Equal(code, (await LookupAsync(country, text)).Code);

    [Fact]
    public async Task Why_a_register_tells_nothing_of_a_company_has_a_code_of_its_own()
    {
        await app.InstallAsync(TestPackages.Of("Refusing", manifest: m => (m["id"], m["countries"]) = ("refusing", new JsonArray("NO"))));
        await app.ActivateAsync("refusing");
        var company = await app.NewCompanyAsync($"c{Guid.NewGuid():n}"[..12]);
        await company.SwitchOnAsync("refusing");
        (string Number, HttpStatusCode Status, string Code)[] expected =
        [
            ("RateLimited", HttpStatusCode.ServiceUnavailable, "register.rateLimited"), ("NotConfigured", HttpStatusCode.ServiceUnavailable, "register.notSetUp"), ("Unauthorized", HttpStatusCode.ServiceUnavailable, "register.notSetUp"),
            ("Forbidden", HttpStatusCode.ServiceUnavailable, "register.notSetUp"), ("NotFound", HttpStatusCode.NotFound, "registerCompany.notFound"), ("Invalid", HttpStatusCode.UnprocessableEntity, "register.invalid"),
            ("Unavailable", HttpStatusCode.ServiceUnavailable, "register.unavailable"),
        ];
        foreach (var (number, status, code) in expected)
        {
            var read = await company.Reader.ReadAsync(company.Path($"registers/refusing/{number}"));
            Assert.Equal((number, status, code), (number, read.Status, read.Code));
        }
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_question_is_said_at_once() =>
        Assert.Equal(["/country", "/q"], (await LookupAsync("no", "n")).Body.GetProperty("codes").EnumerateObject().Select(p => p.Name));

    [Fact, Trait("Requirement", "R49")]
    public async Task One_company_is_read_with_where_and_when_it_was_said()
    {
        var read = await app.Acme.Reader.ReadAsync(app.Acme.Path("registers/two/7"));
        Assert.Equal(("two", 12), (read.Text("plugin"), read.Body.GetProperty("company").GetProperty("employees").GetInt32()));
        Assert.True(read.Body.TryGetProperty("at", out _));
        Assert.Equal("country.unknown", (await app.Acme.Reader.ReadAsync(app.Acme.Path("registers/one/7"))).Code);
        Assert.Equal(HttpStatusCode.OK, (await app.Acme.Reader.ReadAsync(app.Acme.Path("registers/one/7?country=SE"))).Status);
        Assert.Equal("register.notFound", (await app.Acme.Reader.ReadAsync(app.Acme.Path("registers/none/7"))).Code);
    }

    private Task<Reply> LookupAsync(string country, string text) => app.Acme.Seller.ReadAsync(app.Acme.Path($"registers/lookup?country={country}&q={Uri.EscapeDataString(text)}"));

    private async Task<string[]> RegistersAsync() =>
        [.. (await app.Acme.Admin.ReadAsync(app.Acme.Path("registers"))).Body.GetProperty("items").EnumerateArray().Select(r => r.GetProperty("plugin").GetString()!)];
}
