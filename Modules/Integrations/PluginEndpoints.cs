using System.Security.Cryptography;
using Crm.Contracts;
using Crm.Plugins.Packages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Crm.Integrations;

/// <summary><c>/operator/plugins</c> and <c>/operator/publishers</c>: what is installed, and whom to trust.</summary>
internal static class PluginEndpoints
{
    public static void Map(RouteGroupBuilder plugins, RouteGroupBuilder publishers)
    {
        plugins.MapGet("", ListAsync).Needs("operator:read").Documented("listPlugins", "All plugins", "Every installed plugin, its packages, what serves whom, and how its calls on this host went.");
        plugins.MapPost("", UploadAsync).Needs("operator:write").WithMetadata(new StreamedBody()).Accepts<IFormFile>("application/zip", "application/octet-stream").Creates<PluginView>().Documented("uploadPlugin", "Upload a package",
            "The body is the package, up to 32 MB. It is checked and stored, and serves nobody yet. The same package again changes nothing.");
        plugins.MapGet("/{id}", GetAsync).Needs("operator:read").Documented("getPlugin", "One plugin", "With the manifests of its packages.");
        plugins.MapPost("/{id}/activate", (string id, Body<ChosenVersion> body, PluginActions actions, Call call, CancellationToken ct) => actions.ChangeAsync(call, id, new ActivateVersion(body.Value.Version), ct))
            .Needs("operator:write").Documented("activatePlugin", "Let a version serve everybody", "The version is started and checked first; calls that run end in the version that they began in. A version that cannot serve is refused and nothing changes.");
        plugins.MapPost("/{id}/canary", CanaryAsync).Needs("operator:write").Documented("startCanary", "Let a version serve some companies first", "It goes back by itself when too many of its calls fail within five minutes.");
        plugins.MapPost("/{id}/roll-back", (string id, PluginActions actions, Call call, CancellationToken ct) => actions.ChangeAsync(call, id, new RollBack(), ct))
            .Needs("operator:write").Documented("rollBackPlugin", "Back to what served before", "Ends a canary, or else brings the version back that served before the active one.");
        plugins.MapPost("/{id}/disable", (string id, PluginActions actions, Call call, CancellationToken ct) => actions.ChangeAsync(call, id, new DisablePlugin(), ct))
            .Needs("operator:write").Documented("disablePlugin", "Turn a plugin off", "For everybody; settings and data stay.");
        plugins.MapPut("/{id}/pins/{slug}", PinAsync).Needs("operator:write").Documented("pinPlugin", "Keep a company at a version", "Whatever the others have.");
        plugins.MapDelete("/{id}/pins/{slug}", UnpinAsync).Needs("operator:write").Documented("unpinPlugin", "Let a company follow again", "It gets what everybody has.");
        plugins.MapDelete("/{id}/versions/{version}", (string id, string version, PluginActions actions, Call call, CancellationToken ct) => actions.ChangeAsync(call, id, new RemoveVersion(version), ct))
            .Needs("operator:write").Documented("removePluginVersion", "Remove a package", "One that serves nobody.");
        publishers.MapGet("", PublishersAsync).Needs("operator:read").Documented("listPublishers", "Trusted publishers", "The keys whose packages this server takes, revoked ones too.");
        publishers.MapPost("", async (Body<TrustPublisher> body, Call call, IActors actors, CancellationToken ct) => (await actors.CreateAsync(call, body.Value, ct)).ToAnswer<PublisherView, Publisher>(call, "publishers"))
            .Needs("operator:write").Creates<PublisherView>().Documented("trustPublisher", "Trust a publisher's key", "From now on packages that it signed are taken.");
        publishers.MapDelete("/{number:long}", async (long number, Call call, IActors actors, CancellationToken ct) => (await actors.SendAsync(call, number, new RevokePublisher(), ct)).ToAnswer<PublisherView, Publisher>(call, "publishers"))
            .Needs("operator:write").Documented("revokePublisher", "Trust a key no longer", "No new package that it signed is taken; versions that serve go on until they are replaced.");
    }

    private static async Task<Answer<Page<PluginView>>> ListAsync(PluginActions actions, CancellationToken ct)
    {
        var plugins = await actions.AllAsync(ct);
        return new Page<PluginView>(plugins, null, plugins.Count, true);
    }

    private static async Task<Answer<PluginView>> GetAsync(string id, PluginActions actions, CancellationToken ct) => await actions.OneAsync(id, ct);

    private static async Task<Answer<PluginView>> UploadAsync(HttpContext context, Call call, PluginActions actions, CancellationToken ct)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = PluginPackage.MaxPacked + 1;
        using var bytes = new MemoryStream();
        await context.Request.Body.CopyToAsync(bytes, ct);
        var zip = bytes.ToArray();
        if (call.Idempotency is { } key) call = call with { Idempotency = key with { Fingerprint = SHA256.HashData([.. key.Fingerprint, .. SHA256.HashData(zip)]) } };
        return await actions.UploadAsync(call, zip, ct);
    }

    private static async Task<Answer<PluginView>> CanaryAsync(string id, Body<NewCanary> body, PluginActions actions, IAccess access, Call call, CancellationToken ct)
    {
        List<int> companies = [];
        List<Problem> problems = [];
        foreach (var (slug, at) in body.Value.Companies.Select((slug, at) => (slug, at)))
        {
            if (await access.CompanyAsync(slug, ct) is { } company) companies.Add(company.Id);
            else problems.Add(new($"/companies/{at}", "company.notFound", $"There is no company {slug}."));
        }
        return await actions.ChangeAsync(call, id, new StartCanary(body.Value.Version, companies, body.Value.ErrorRate, problems), ct);
    }

    private static async Task<Answer<PluginView>> PinAsync(string id, string slug, Body<ChosenVersion> body, PluginActions actions, IAccess access, Call call, CancellationToken ct) =>
        await access.CompanyAsync(slug, ct) is { } company ? await actions.ChangeAsync(call, id, new PinCompany(company.Id, body.Value.Version), ct) : Refusal.NotFound("company");

    private static async Task<Answer<PluginView>> UnpinAsync(string id, string slug, PluginActions actions, IAccess access, Call call, CancellationToken ct) =>
        await access.CompanyAsync(slug, ct) is { } company ? await actions.ChangeAsync(call, id, new PinCompany(company.Id, null), ct) : Refusal.NotFound("company");

    private static async Task<Answer<Page<PublisherView>>> PublishersAsync(PluginActions actions, CancellationToken ct)
    {
        var publishers = await actions.PublishersAsync(ct);
        return new Page<PublisherView>([.. publishers.Select(PublisherView.Of)], null, publishers.Count, true);
    }
}
