using System.Net;
using System.Text.Json.Nodes;
using Crm.Tests.Plugins;

namespace Crm.Tests.Registers;

/// <summary>A register is asked as seldom as can be, and what it has said counts no longer than it should.</summary>
public sealed class AskedOnceTests(CrmApp app) : IClassFixture<CrmApp>
{
    [Fact]
    public async Task A_company_that_several_registers_know_is_fetched_from_one_that_costs_nothing()
    {
        await InstallAsync("a-paid", "V1", "DE", isCharged: true);
        await InstallAsync("b-free", "V1", "DE");
        var found = await app.Acme.Seller.ReadAsync(app.Acme.Path("registers/lookup?country=DE&q=berlin"));
        Assert.Equal("b-free", Assert.Single(found.Body.GetProperty("items").EnumerateArray()).GetProperty("plugin").GetString());
    }

    [Fact]
    public async Task Those_who_want_the_same_at_the_same_moment_wait_for_the_same_answer()
    {
        await InstallAsync("slow", "V1", "FR", isCharged: true);
        var read = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => app.Acme.Reader.ReadAsync(app.Acme.Path("registers/slow/500"))));
        Assert.All(read, r => Assert.Equal(HttpStatusCode.OK, r.Status));
        Assert.Equal(2, await CallsAsync("slow"));
    }

    [Fact]
    public async Task What_was_said_under_other_settings_is_asked_again()
    {
        await InstallAsync("moved", "V1", "ES");
        async Task ReadAsync() => Assert.Equal(HttpStatusCode.OK, (await app.Acme.Reader.ReadAsync(app.Acme.Path("registers/moved/1"))).Status);
        await ReadAsync();
        await ReadAsync();
        Assert.Equal(2, await CallsAsync("moved"));
        await app.Acme.SwitchOnAsync("moved", new { place = "production" });
        await ReadAsync();
        Assert.Equal(4, await CallsAsync("moved"));
    }

    [Fact]
    public async Task A_company_that_was_removed_is_not_there_any_more_and_is_forgotten_and_a_refused_number_is_the_callers()
    {
        await InstallAsync("fading", "Fading", "IT");
        Task<Reply> ReadAsync(string number) => app.Acme.Reader.ReadAsync(app.Acme.Path($"registers/fading/{number}"));
        Assert.Equal(HttpStatusCode.OK, (await ReadAsync("1")).Status);
        Assert.Equal((HttpStatusCode.NotFound, "registerCompany.notFound"), await ReadAsync("1") is var removed ? (removed.Status, removed.Code) : default);
        Assert.Equal(3, await CallsAsync("fading"));
        Assert.Equal(HttpStatusCode.NotFound, (await ReadAsync("1")).Status);
        Assert.Equal(5, await CallsAsync("fading"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "register.invalid"), await ReadAsync("01") is var refused ? (refused.Status, refused.Code) : default);
    }

    private async Task InstallAsync(string id, string type, string country, bool isCharged = false)
    {
        await app.InstallAsync(TestPackages.Of(type, manifest: m =>
        {
            (m["id"], m["countries"], m["limits"]!["cacheMinutes"], m["limits"]!["charged"]) = (id, new JsonArray(country), 60, isCharged);
            m["settings"] = JsonNode.Parse("""{ "properties": { "place": { "type": "string" } } }""");
            foreach (var text in m["texts"]!.AsObject()) text.Value!["settings"] = JsonNode.Parse("""{ "place": { "title": "Place" } }""");
        }));
        await app.ActivateAsync(id);
        await app.Acme.SwitchOnAsync(id);
    }

    private async Task<long> CallsAsync(string id) => (await (await app.OperatorAsync()).ReadAsync($"/api/v1/operator/plugins/{id}")).Body.GetProperty("inMemory")[0].GetProperty("calls").GetInt64();
}
