using Crm.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Cases;

/// <summary><c>/cases</c>.</summary>
internal static class CaseEndpoints
{
    public static void Map(RouteGroupBuilder api, CaseTables tables)
    {
        var group = api.MapGroup("/cases").WithTags("cases");
        group.MapGet("/", ListAsync).Needs("cases:read").Listed(tables.All).Documented("listCases", "List cases", "With filters by field name, free text in the title (q), sort and cursor paging. deleted=true lists the deleted ones.");
        group.MapGet("/summary", SummaryAsync).Needs("cases:read").Listed(tables.All).Documented("summarizeCases", "Sum up cases", "Count, value and weighted value by status and currency, and open cases by follow-up and expected close, for the same filters as the list.");
        group.MapPost("/", CreateAsync).Needs("cases:write").Creates<CaseView>().Documented("createCase", "Create a case", "A title and a partner are required. Without a status it gets the first open one, and that status's probability.");
        group.MapGet("/{number:long}", GetAsync).Needs("cases:read").Documented("getCase", "Read a case", "The whole case with its ETag. A deleted one is 404 with the code case.deleted.");
        group.MapPatch("/{number:long}", ChangeAsync).Needs("cases:write").Documented("changeCase", "Change a case", "Merge patch. Won sets the probability to 100, lost to 0; back to open restores the one before.");
        group.MapDelete("/{number:long}", DeleteAsync).Needs("cases:write").Documented("deleteCase", "Delete a case", "Its trace stays in the journal and it can be restored. A lost case is better set to lost and closed.");
        group.MapPost("/{number:long}/restore", RestoreAsync).Needs("cases:write").Documented("restoreCase", "Restore a deleted case", "It comes back as it was.");
        group.MapPost("/{number:long}/close", CloseAsync).Needs("cases:write").Documented("closeCase", "Close a case", "Nothing on it changes until it is reopened.");
        group.MapPost("/{number:long}/reopen", ReopenAsync).Needs("cases:write").Documented("reopenCase", "Reopen a closed case", "A case that has become an order stays locked.");
        api.MapGet("/partners/{number:long}/cases", OfPartnerAsync).WithTags("cases").Needs("cases:read").Listed(tables.All).Documented("listPartnerCases", "List a partner's cases", "Closed ones too; with the filters of the list.");
    }

    private static async Task<Answer<Page<CaseView>>> ListAsync(Call call, HttpRequest request, ILists lists, CaseTables tables, IPartners partners, CancellationToken ct) =>
        await NamedAsync(await lists.PageAsync<Case, CaseView>(call, tables.All, request.Query, ct), call, partners, ct);

    private static async Task<Answer<CaseSummary>> SummaryAsync(Call call, HttpRequest request, ILists lists, IActors actors, CaseTables tables, TimeProvider clock, CancellationToken ct)
    {
        var settings = await actors.SettingsAsync(call.Company, ct);
        var (refusal, summary) = await CaseSummary.ReadAsync(call, request.Query, lists, tables, settings.Get<CaseSettings>(), settings.Get<CompanyProfile>(), clock.GetUtcNow(), ct);
        return refusal is not null ? refusal : summary!;
    }

    private static async Task<Answer<CaseView>> CreateAsync(Body<CaseFields> body, Call call, IActors actors, IPartners partners, CancellationToken ct) =>
        await PartnerProblemAsync(body.Value, call, partners, ct) is { } wrong ? wrong
        : await ShownAsync(await actors.CreateAsync(call, new CreateCase(body.Value, call.Caller.UserId), ct), call, partners, ct);

    private static async Task<Answer<CaseView>> GetAsync(long number, Call call, IActors actors, CaseTables tables, IPartners partners, CancellationToken ct)
    {
        if (await actors.ReadAsync<Case>(call.Company, number, ct) is not { } row) return Refusal.NotFound("case");
        if (row.State.IsDeleted) return new Refusal(RefusalKind.NotFound, "case.deleted", "The case is deleted; POST to its restore brings it back.");
        var view = (CaseView)tables.Cases.View(row, await actors.SettingsAsync(call.Company, ct));
        return Answers.WithVersion(await NamedAsync(view, call, partners, ct), row.Version);
    }

    private static async Task<Answer<CaseView>> ChangeAsync(long number, Body<CaseFields> body, Call call, IActors actors, IPartners partners, CancellationToken ct) =>
        await PartnerProblemAsync(body.Value, call, partners, ct) is { } wrong ? wrong : await SendAsync(number, new ChangeCase(body.Value), call, actors, partners, ct);

    private static Task<Answer<CaseView>> DeleteAsync(long number, Call call, IActors actors, IPartners partners, CancellationToken ct) => SendAsync(number, new DeleteCase(), call, actors, partners, ct);

    private static Task<Answer<CaseView>> RestoreAsync(long number, Call call, IActors actors, IPartners partners, CancellationToken ct) => SendAsync(number, new RestoreCase(), call, actors, partners, ct);

    private static Task<Answer<CaseView>> CloseAsync(long number, Call call, IActors actors, IPartners partners, CancellationToken ct) => SendAsync(number, new CloseCase(), call, actors, partners, ct);

    private static Task<Answer<CaseView>> ReopenAsync(long number, Call call, IActors actors, IPartners partners, CancellationToken ct) => SendAsync(number, new ReopenCase(), call, actors, partners, ct);

    private static async Task<Answer<Page<CaseView>>> OfPartnerAsync(long number, Call call, HttpRequest request, ILists lists, CaseTables tables, IPartners partners, CancellationToken ct)
    {
        if (await partners.FindAsync(call.Company, number, ct) is null) return Refusal.NotFound("partner");
        var query = new QueryCollection(new Dictionary<string, Microsoft.Extensions.Primitives.StringValues>(request.Query) { ["partner"] = $"{number}" });
        return await NamedAsync(await lists.PageAsync<Case, CaseView>(call, tables.All, query, ct), call, partners, ct);
    }

    private static async Task<Answer<CaseView>> SendAsync(long number, ICommand<Case> command, Call call, IActors actors, IPartners partners, CancellationToken ct) =>
        await ShownAsync(await actors.SendAsync(call, number, command, ct), call, partners, ct);

    /// <summary>The rule that needs another entity: the partner is there and not deleted (R81, R82).</summary>
    private static async Task<Refusal?> PartnerProblemAsync(CaseFields fields, Call call, IPartners partners, CancellationToken ct) =>
        fields.Partner.Value is { } partner && await partners.FindAsync(call.Company, partner, ct) is null
            ? Refusal.Invalid([new("/partner", "case.partner.unknown", "There is no partner with this number.")]) : null;

    private static async Task<Answer<CaseView>> ShownAsync(Reply<Case> reply, Call call, IPartners partners, CancellationToken ct) =>
        (reply is { Answer: CaseView view } ? reply with { Answer = await NamedAsync(view, call, partners, ct) } : reply).ToAnswer<CaseView, Case>(call, "cases");

    /// <summary>Names come with the read, so that a renamed partner shows at once.</summary>
    private static async Task<CaseView> NamedAsync(CaseView view, Call call, IPartners partners, CancellationToken ct) =>
        view with { Partner = view.Partner with { Name = (await partners.NamesAsync(call.Company, [view.Partner.Number], ct)).GetValueOrDefault(view.Partner.Number) } };

    private static async Task<Answer<Page<CaseView>>> NamedAsync((Refusal? Refusal, Page<CaseView>? Page) result, Call call, IPartners partners, CancellationToken ct)
    {
        if (result.Refusal is { } refusal) return refusal;
        var names = await partners.NamesAsync(call.Company, [.. result.Page!.Items.Select(c => c.Partner.Number).Distinct()], ct);
        return result.Page with { Items = [.. result.Page.Items.Select(c => c with { Partner = c.Partner with { Name = names.GetValueOrDefault(c.Partner.Number) } })] };
    }
}
