using Crm.Plugins;
using Crm.Plugins.Packages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;

namespace Crm.Integrations;

/// <summary>Connecting a plugin whose system wants somebody's consent: there, back, and apart again.</summary>
internal static class ConnectionEndpoints
{
    /// <summary>Where every system sends users back to; it leads on to the company's own address, which knows who is signed in.</summary>
    public const string Return = "/oauth/callback";

    public static void Map(RouteGroupBuilder group)
    {
        group.MapPost("/{plugin}/connect", ConnectAsync).Needs("settings:write").Documented("connectIntegration", "Connect", "Answers the address at the outside system to send the user's browser to. After consenting the user comes back to the settings.");
        group.MapPost("/{plugin}/disconnect", DisconnectAsync).Needs("settings:write").Documented("disconnectIntegration", "Disconnect", "Takes the consent back at the outside system and forgets the tokens.");
        group.MapGet("/callback", ReturnAsync).Needs("settings:read").Documented("returnFromConsent", "Back from a consent", "For browsers: where the user comes after consenting at the outside system. Leads on to the settings.").ExcludeFromDescription();
    }

    private static async Task<Answer<ConnectionStart>> ConnectAsync(string plugin, Call call, HttpRequest request, IConfiguration configuration, Connections connections, Consents consents, CancellationToken ct)
    {
        var (at, manifest, refused) = await connections.SignInAsync(call.Company, plugin, ct);
        if (refused is { Kind: RefusalKind.NotFound }) return refused;
        if (call.Caller.UserId is not { } user) return Refusal.Forbidden("Somebody who is signed in connects, not an API key.");
        if (refused is not null) return refused;
        var redirect = $"{(configuration["PublicAddress"] ?? $"{request.Scheme}://{request.Host}").TrimEnd('/')}{Return}";
        return new ConnectionStart((await consents.StartAsync(call.Company, user, manifest!, at!, redirect, ct)).AbsoluteUri, redirect);
    }

    private static async Task<Answer<IntegrationView>> DisconnectAsync(string plugin, Call call, IActors actors, IntegrationReading reading, Connections connections, Consents consents, CancellationToken ct)
    {
        var (at, _, refused) = await connections.SignInAsync(call.Company, plugin, ct);
        if (refused is { Kind: RefusalKind.NotFound }) return refused;
        await consents.DisconnectAsync(call.Company, plugin, at, ct);
        return await NotedAsync(plugin, call, isConnected: false, actors, reading, ct);
    }

    /// <summary>The user's browser comes here; whatever happened, it goes on to our own settings page.</summary>
    private static async Task<IResult> ReturnAsync(string? code, string? state, string? error, Call call, IActors actors, IntegrationReading reading, Connections connections, Consents consents, CancellationToken ct)
    {
        // A GET, because a browser comes back by one; what it changes is guarded by the state, and by the right all the same.
        if (!call.Caller.May("settings:write") || call.Caller.UserId is not { } user || state is null || await consents.TakeAsync(call.Company, user, state, ct) is not { } returned) return Page(call.Company, "", "expired");
        if (code is null) return Page(call.Company, returned.Plugin, error == "access_denied" ? "denied" : "failed");
        if ((await connections.SignInAsync(call.Company, returned.Plugin, ct)).At is not { } at) return Page(call.Company, returned.Plugin, "failed");
        if (await consents.ConnectAsync(call.Company, returned, at, code, ct) is not null) return Page(call.Company, returned.Plugin, "failed");
        _ = await NotedAsync(returned.Plugin, call, isConnected: true, actors, reading, ct);
        return Page(call.Company, returned.Plugin, "connected");
    }

    private static async Task<Answer<IntegrationView>> NotedAsync(string plugin, Call call, bool isConnected, IActors actors, IntegrationReading reading, CancellationToken ct)
    {
        var reply = await actors.SendAsync(call, IActors.Settings, new NoteConnection(plugin, isConnected), ct);
        if (reply.Refusal is { } refusal) return refusal;
        var row = reply.Row ?? (await actors.ReadAsync<Integrations>(call.Company, IActors.Settings, ct))!;
        return Answers.WithVersion(await reading.ViewAsync(call.Company, plugin, row.State.Of(plugin), ct), row.Version);
    }

    private static IResult Page(CompanyRef company, string plugin, string outcome) => Results.Redirect($"/{company.Slug}/settings/integrations?plugin={Uri.EscapeDataString(plugin)}&connection={outcome}");
}

/// <summary>Where to go to consent.</summary>
/// <param name="Address">At the outside system; for the browser of the user who asked, for ten minutes.</param>
/// <param name="RedirectUri">What has to be registered there as the address to come back to.</param>
internal sealed record ConnectionStart(string Address, string RedirectUri);

/// <summary>Whether a company's plugin is let in.</summary>
internal enum ConnectionState
{
    /// <summary>Nobody has consented.</summary>
    NotConnected,
    /// <summary>It is.</summary>
    Connected,
    /// <summary>It was, and the system does not accept it any more: somebody has to consent again.</summary>
    ReconnectNeeded,
}

/// <summary>How a plugin is connected with its system.</summary>
/// <param name="State">Whether it is let in.</param>
/// <param name="Since">Since when; null = nobody ever connected it.</param>
internal sealed record ConsentView(ConnectionState State, DateTimeOffset? Since);

/// <summary>Notes in the journal that somebody connected or disconnected a plugin.</summary>
internal sealed record NoteConnection(string Plugin, bool IsConnected) : ICommand<Integrations>
{
    public Decision<Integrations> Decide(Integrations all, Moment at)
    {
        var before = all.Of(Plugin) ?? new();
        return Decision.Accept(all with { Plugins = new Dictionary<string, Integration>(all.Plugins) { [Plugin] = before with { ConnectedAt = IsConnected ? at.Now : null, Dropped = [] } } }, IsConnected ? "integration.connected" : "integration.disconnected");
    }
}
