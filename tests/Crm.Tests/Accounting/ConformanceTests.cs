extern alias kit;

using Crm.StandIns;
using Crm.Tests.Plugins;
using kit::Crm.Plugins.Testing;
using Microsoft.AspNetCore.Builder;

namespace Crm.Tests.Accounting;

/// <summary>Our own accounting systems pass what strangers' have to, against their stand-ins.</summary>
public sealed class ConformanceTests
{
    [Fact, Trait("Requirement", "R28")]
    public Task Fortnox_keeps_the_contract()
    {
        var fortnox = new Fortnox(WithoutWaiting(out var clock), clock);
        fortnox.SignIn.Accept("token");
        return RunAsync("Fortnox", fortnox.MapOn, address => $$"""{ "clientId": "x", "clientSecret": "hidden", "address": "{{address}}3", "signInAddress": "{{address}}oauth-v1" }""");
    }

    [Fact, Trait("Requirement", "R28")]
    public Task Visma_keeps_the_contract()
    {
        var visma = new Visma();
        visma.SignIn.Accept("token");
        return RunAsync("Visma", visma.MapOn, address => $$"""{ "clientId": "x", "clientSecret": "hidden", "address": "{{address}}v2", "signInAddress": "{{address}}connect" }""");
    }

    [Fact, Trait("Requirement", "R28")]
    public Task Economic_keeps_the_contract() =>
        RunAsync("Economic", new Economic().MapOn, address => $$"""{ "appSecretToken": "{{Economic.AppToken}}", "agreementGrantToken": "{{Economic.GrantToken}}", "address": "{{address}}" }""");

    /// <summary>The kit paces nothing, so the outside system's clock runs faster.</summary>
    private static Books WithoutWaiting(out StandInClock clock)
    {
        clock = new() { Speed = 20 };
        return Books.Demo("SE", clock);
    }

    private static async Task RunAsync(string project, Action<WebApplication> map, Func<Uri, string> settings)
    {
        await using var standIn = await StandIn.StartAsync(map);
        using var upstream = new SocketsHttpHandler { AllowAutoRedirect = false };
        var report = await PluginConformance.RunAsync(new() { Path = BuiltPlugins.Folder(project), Upstream = upstream, Settings = settings(standIn.Address) });
        report.ThrowIfFailed();
        Assert.Equal("unload", report.Findings[^1].Name);
    }
}
