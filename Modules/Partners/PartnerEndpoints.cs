using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Crm.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Partners;

/// <summary><c>/partners</c> and the overview.</summary>
internal static class PartnerEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/partners").WithTags("partners");
        group.MapGet("/", ListAsync).Needs("partners:read").Listed(PartnerTables.All)
            .Documented("listPartners", "List partners", "All partners that are not deleted, with filters by field name, free text (q), sort and cursor paging. deleted=true lists the deleted ones, overLimit=true those above their credit limit, staleBalance=true those whose balance is older than the company trusts one.");
        group.MapGet("/overview", OverviewAsync).Needs("partners:read").Listed(PartnerTables.Overview)
            .Documented("listOverview", "The CRM overview", "Partners that have a stage, with the same filters and sorts as the list.");
        group.MapPost("/", CreateAsync).Needs("partners:write").Creates<PartnerView>()
            .Documented("createPartner", "Create a partner", "The number is assigned in the order of creation and never used again. Name, country and at least one relation are required. Branches are made with it, all or none; their numbers follow.");
        group.MapGet("/{number:long}", GetAsync).Needs("partners:read").Documented("getPartner", "Read a partner", "The whole partner with its ETag. A deleted one is 404 with the code partner.deleted.");
        group.MapPatch("/{number:long}", ChangeAsync).Needs("partners:write").Documented("changePartner", "Change a partner", "Merge patch (RFC 7396): what is named is set, null clears, the rest stays. The number never changes.");
        group.MapDelete("/{number:long}", DeleteAsync).Needs("partners:write").Documented("deletePartner", "Delete a partner", "It leaves the lists and can be restored; its number is not used again.");
        group.MapPost("/{number:long}/restore", RestoreAsync).Needs("partners:write").Documented("restorePartner", "Restore a deleted partner", "It comes back as it was.");
        group.MapGet("/{number:long}/branches", BranchesAsync).Needs("partners:read").Listed(PartnerTables.All).Documented("listBranches", "List a partner's branches", "Partners whose parent this is.");
        group.MapGet("/{number:long}/timeline", TimelineAsync).Needs("partners:read").Documented("getTimeline", "Read a partner's timeline", "What happened to the partner, newest first: changes of fields and stages, with before and after. limit is 1 to 200; give next as before for older entries.");
    }

    private static async Task<Answer<Page<PartnerView>>> ListAsync(Call call, HttpRequest request, ILists lists, IEnumerable<ICaseCounts> cases, CancellationToken ct) =>
        await (await lists.PageAsync<Partner, PartnerView>(call, PartnerTables.All, request.Query, ct)).CountedAsync(cases, call, ct);

    private static async Task<Answer<Page<PartnerView>>> OverviewAsync(Call call, HttpRequest request, ILists lists, IEnumerable<ICaseCounts> cases, CancellationToken ct) =>
        await (await lists.PageAsync<Partner, PartnerView>(call, PartnerTables.Overview, request.Query, ct)).CountedAsync(cases, call, ct);

    private static async Task<Answer<PartnerView>> CreateAsync(Body<NewPartner> body, Call call, IActors actors, CancellationToken ct) =>
        (await actors.CreateAsync(call, new CreatePartner(body.Value, await Parents.ProblemAsync(actors, call, null, body.Value, ct), body.Value.Branches.Value), ct)).ToAnswer<PartnerView, Partner>(call, "partners");

    private static async Task<Answer<PartnerView>> GetAsync(long number, Call call, IActors actors, IEnumerable<ICaseCounts> cases, CancellationToken ct)
    {
        if (await actors.ReadAsync<Partner>(call.Company, number, ct) is not { } row) return Refusal.NotFound("partner");
        if (row.State.IsDeleted) return Gone;
        return Answers.WithVersion(await PartnerView.Of(row, await actors.SettingsAsync(call.Company, ct)).CountedAsync(cases, call, ct), row.Version);
    }

    private static async Task<Answer<PartnerView>> ChangeAsync(long number, Body<PartnerFields> body, Call call, IActors actors, CancellationToken ct) =>
        (await actors.SendAsync(call, number, new ChangePartner(body.Value, await Parents.ProblemAsync(actors, call, number, body.Value, ct)), ct)).ToAnswer<PartnerView, Partner>(call, "partners");

    private static async Task<Answer<PartnerView>> DeleteAsync(long number, Call call, IActors actors, CancellationToken ct) =>
        (await actors.SendAsync(call, number, new DeletePartner(), ct)).ToAnswer<PartnerView, Partner>(call, "partners");

    private static async Task<Answer<PartnerView>> RestoreAsync(long number, Call call, IActors actors, CancellationToken ct) =>
        (await actors.SendAsync(call, number, new RestorePartner(), ct)).ToAnswer<PartnerView, Partner>(call, "partners");

    private static async Task<Answer<Page<PartnerView>>> BranchesAsync(long number, Call call, HttpRequest request, IActors actors, ILists lists, IEnumerable<ICaseCounts> cases, CancellationToken ct)
    {
        if (await actors.ReadAsync<Partner>(call.Company, number, ct) is null or { State.IsDeleted: true }) return Refusal.NotFound("partner");
        var query = new QueryCollection(new Dictionary<string, Microsoft.Extensions.Primitives.StringValues>(request.Query) { ["parent"] = $"{number}" });
        return await (await lists.PageAsync<Partner, PartnerView>(call, PartnerTables.All, query, ct)).CountedAsync(cases, call, ct);
    }

    private static async Task<Answer<Page<TimelineEntry>>> TimelineAsync(long number, Call call, IActors actors, IJournal journal,
        [Description("Entries in one answer, 1 to 200; 50 unless given."), Range(1, 200)] int? limit, [Description("Only entries before this one: next of the answer before.")] long? before, CancellationToken ct) =>
        await actors.ReadAsync<Partner>(call.Company, number, ct) is null ? Refusal.NotFound("partner") : await TimelineEntry.PageAsync(journal, actors, call.Company, ("partner", number), limit, before, ct);

    private static Refusal Gone { get; } = new(RefusalKind.NotFound, "partner.deleted", "The partner is deleted; POST to its restore brings it back.");
}

/// <summary>The one rule that needs another partner: a parent exists, and nobody is their own ancestor.</summary>
internal static class Parents
{
    private const int Deepest = 20;

    /// <param name="actors">Reads the parents.</param>
    /// <param name="call">In which company.</param>
    /// <param name="number">The partner itself; null = it is being made.</param>
    /// <param name="fields">May name a parent.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<Problem?> ProblemAsync(IActors actors, Call call, long? number, PartnerFields fields, CancellationToken ct)
    {
        var next = fields.Parent.Value;
        for (var depth = 0; next is { } parent; depth++)
        {
            if (parent == number || depth == Deepest) return new("/parent", "partner.parent.cycle", "A partner cannot be a branch of itself.");
            if (await actors.ReadAsync<Partner>(call.Company, parent, ct) is not { State.IsDeleted: false } row) return depth > 0 ? null : new("/parent", "partner.parent.unknown", "There is no partner with this number.");
            next = row.State.Parent;
        }
        return null;
    }
}
