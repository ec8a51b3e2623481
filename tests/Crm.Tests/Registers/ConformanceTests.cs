extern alias kit;

using Crm.StandIns;
using Crm.Tests.Plugins;
using kit::Crm.Plugins.Testing;
using Microsoft.AspNetCore.Builder;

namespace Crm.Tests.Registers;

/// <summary>Our own registers pass what strangers' have to, against their stand-ins.</summary>
public sealed class ConformanceTests
{
    [Fact, Trait("Requirement", "R53")]
    public Task Bizweb_keeps_the_contract() =>
        RunAsync("Bizweb", Bizweb.Map, address => $$"""{ "address": "{{address}}enhetsregisteret/api" }""", new() { Country = "NO", Text = "nord", Number = "999999018", UnknownText = "Æøå & co? 100%", UnknownNumber = "999999530" });

    [Fact, Trait("Requirement", "R53")]
    public Task Ytj_keeps_the_contract() =>
        RunAsync("Ytj", Ytj.Map, address => $$"""{ "address": "{{address}}opendata-ytj-api/v3" }""", new() { Country = "FI", Text = "pohj", Number = "0112038-9", UnknownText = "Ööää & kni 100%", UnknownNumber = "9000010-0" });

    [Fact, Trait("Requirement", "R53")]
    public Task Cvr_keeps_the_contract() =>
        RunAsync("Cvr", Cvr.Map, address => $$"""{ "virkUser": "{{Cvr.User}}", "virkPassword": "{{Cvr.Password}}", "virkAddress": "{{address}}cvr-permanent" }""", new() { Country = "DK", Text = "nordh", Number = "90000012", UnknownText = "findes ikke", UnknownNumber = "99999999" });

    [Fact, Trait("Requirement", "R53")]
    public Task Bisnode_keeps_the_contract() =>
        RunAsync("Bisnode", Bisnode.Map, address => $$"""{ "clientId": "{{Bisnode.ClientId}}", "clientSecret": "{{Bisnode.ClientSecret}}", "address": "{{address}}credit-data-companies/v2", "tokenAddress": "{{address}}as/token.oauth2" }""",
            new() { Country = "SE", Text = "norr", Number = "5599000014", UnknownText = "Siljans", UnknownNumber = "5599999999" });

    private static async Task RunAsync(string project, Action<WebApplication> map, Func<Uri, string> settings, RegisterSamples samples)
    {
        await using var standIn = await StandIn.StartAsync(map);
        using var upstream = new SocketsHttpHandler { AllowAutoRedirect = false };
        var report = await PluginConformance.RunAsync(new() { Path = BuiltPlugins.Folder(project), Upstream = upstream, Settings = settings(standIn.Address), Register = samples });
        report.ThrowIfFailed();
        Assert.Equal("unload", report.Findings[^1].Name);
    }
}
