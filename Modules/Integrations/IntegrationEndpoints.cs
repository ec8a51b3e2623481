using System.Text.Json;
using Crm.Contracts;
using Crm.Plugins;
using Crm.Plugins.Packages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Integrations;

/// <summary><c>/integrations</c>: the plugins that a company can use, its settings, and whether they work.</summary>
internal static class IntegrationEndpoints
{
    public static void Map(RouteGroupBuilder group)
    {
        ConnectionEndpoints.Map(group);
        group.MapGet("", ListAsync).Needs("settings:read").Documented("listIntegrations", "Integrations", "The plugins that this company can use or has used, with its settings. Secrets are never answered, only when they were set.");
        group.MapGet("/{plugin}", GetAsync).Needs("settings:read").Documented("getIntegration", "One integration", "With the schema that its settings form is drawn from.");
        group.MapPatch("/{plugin}", ChangeAsync).Needs("settings:write").Documented("changeIntegration", "Change an integration", "Switches it on or off and writes settings: a merge patch, null clears. Secrets are written in the same way and never read back; with another address they have to be given again.");
        group.MapPost("/{plugin}/test", TestAsync).Needs("settings:write").Documented("testIntegration", "Test the connection", "Asks the outside system with the settings that are stored; also while the integration is off.");
    }

    private static async Task<Answer<Page<IntegrationView>>> ListAsync(Call call, IActors actors, PluginActions actions, IntegrationReading reading, CancellationToken ct)
    {
        var mine = (await actors.SettingsAsync(call.Company, ct)).Get<Integrations>();
        var ids = (await actions.AllAsync(ct)).Select(p => p.Id).Union(mine.Plugins.Keys).Order(StringComparer.Ordinal);
        List<IntegrationView> views = [];
        foreach (var id in ids) views.Add(await reading.ViewAsync(call.Company, id, mine.Of(id), ct));
        views.RemoveAll(v => v.Available is null && !v.Enabled);
        return new Page<IntegrationView>(views, null, views.Count, true);
    }

    private static async Task<Answer<IntegrationView>> GetAsync(string plugin, Call call, IActors actors, IntegrationReading reading, CancellationToken ct)
    {
        var row = (await actors.ReadAsync<Integrations>(call.Company, IActors.Settings, ct))!;
        var view = await reading.ViewAsync(call.Company, plugin, row.State.Of(plugin), ct);
        return view.Available is null && row.State.Of(plugin) is null ? Refusal.NotFound("integration") : Answers.WithVersion(view, row.Version);
    }

    private static async Task<Answer<IntegrationView>> ChangeAsync(string plugin, Body<IntegrationChange> body, Call call, PluginKeeper keeper, IntegrationWriting writing, CancellationToken ct) =>
        keeper.ManifestFor(plugin, call.Company) is { } manifest ? (await writing.ChangeAsync(call, manifest, body.Value, ct)).ToAnswer<IntegrationView, Integrations>(call, "integrations") : Refusal.NotFound("integration");

    private static async Task<Answer<ConnectionTest>> TestAsync(string plugin, Call call, IActors actors, PluginKeeper keeper, CompanyPlugins plugins, CancellationToken ct)
    {
        if (keeper.ManifestFor(plugin, call.Company) is null) return Refusal.NotFound("integration");
        var integration = (await actors.SettingsAsync(call.Company, ct)).Get<Integrations>().Of(plugin) ?? new();
        var answer = await plugins.CallAsync<IPlugin, object?, PluginHealth>(call.Company, plugin, integration, null, static (tested, context, _, ct) => tested.TestConnectionAsync(context, ct), ct);
        return answer.Failure is { } failure ? new ConnectionTest(false, failure.Code, failure.Detail) : new ConnectionTest(answer.Value!.IsHealthy, null, answer.Value.Detail);
    }
}

/// <summary>What to change of an integration.</summary>
internal sealed record IntegrationChange
{
    /// <summary>True = it is asked; absent = as it is.</summary>
    public bool? Enabled { get; init; }

    /// <summary>Settings by name, secrets too; null clears one, and what is not named stays.</summary>
    public JsonElement? Settings { get; init; }
}

/// <summary>Whether the outside system can be reached with the stored settings.</summary>
/// <param name="Works">True = it can.</param>
/// <param name="Kind">Why not, such as unauthorized; null = it works, or says of itself that it does not.</param>
/// <param name="Detail">What was found; null = nothing to add.</param>
internal sealed record ConnectionTest(bool Works, string? Kind, string? Detail);
