using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Crm.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Cases;

/// <summary><c>/cases</c> and a partner's cases.</summary>
internal static class CaseEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/cases").WithTags("cases");
        group.MapGet("/", ListAsync).Needs("cases:read").Listed(CaseTables.All)
            .Documented("listCases", "List cases", "With filters by field name, free text in the title (q), sort and cursor paging. What is overdue: kind=open&closed=false and followUp.lt or expectedClose.lt with the company's day. deleted=true lists the deleted ones.");
        group.MapGet("/summary", SummaryAsync).Needs("cases:read").Listed(CaseTables.All)
            .Documented("summarizeCases", "Sum up cases", "Count, value and weighted value by status and currency, and open cases by follow-up and expected close, for the same filters as the list. Sums are sums of the rows, to the minor unit.");
        group.MapPost("/", CreateAsync).Needs("cases:write").Creates<CaseView>().Documented("createCase", "Create a case", "A title and a partner are required. Without a status it gets the first open one, and that status's probability.");
        group.MapGet("/{number:long}", GetAsync).Needs("cases:read").Documented("getCase", "Read a case", "The whole case with its ETag, and how many other cases and orders its partner has. A deleted one is 404 with the code case.deleted.");
        group.MapPatch("/{number:long}", ChangeAsync).Needs("cases:write")
            .Documented("changeCase", "Change a case", "Merge patch (RFC 7396). Won sets the probability to 100, lost to 0; back to open restores the one before. A probability that nobody set goes with the status. Closed, deleted and converted cases are locked; a case of a deleted partner can only be moved to another.");
        group.MapDelete("/{number:long}", DeleteAsync).Needs("cases:write").Documented("deleteCase", "Delete a case", "Its trace stays in the journal and it can be restored. A lost case is better set to lost and closed: then it counts in the statistics.");
        group.MapPost("/{number:long}/restore", RestoreAsync).Needs("cases:write").Documented("restoreCase", "Restore a deleted case", "It comes back as it was, closed if it was closed.");
        group.MapPost("/{number:long}/close", CloseAsync).Needs("cases:write").Documented("closeCase", "Close a case", "Nothing on it changes until it is reopened.");
        group.MapPost("/{number:long}/reopen", ReopenAsync).Needs("cases:write").Documented("reopenCase", "Reopen a closed case", "A case that has become an order stays locked.");
        group.MapGet("/{number:long}/timeline", TimelineAsync).Needs("cases:read").Documented("getCaseTimeline", "Read a case's timeline", "What happened to the case, newest first, with before and after: its statuses, its dates, its conversion. It outlives deletion. limit is 1 to 200; give next as before for older entries.");
        api.MapGet("/partners/{number:long}/cases", OfPartnerAsync).WithTags("cases").Needs("cases:read").Listed(CaseTables.All).Documented("listPartnerCases", "List a partner's cases", "Closed ones too; with the filters of the list.");
    }

    private static async Task<Answer<Page<CaseView>>> ListAsync(Call call, HttpRequest request, ILists lists, CaseReading reading, CancellationToken ct) =>
        await reading.ToAnswerAsync(await lists.PageAsync<Case, CaseView>(call, CaseTables.All, request.Query, ct), call.Company, ct);

    private static async Task<Answer<CaseSummary>> SummaryAsync(Call call, HttpRequest request, ILists lists, IDatabase database, IActors actors, TimeProvider clock, CancellationToken ct)
    {
        var settings = await actors.SettingsAsync(call.Company, ct);
        return CaseTotals.StatusesOf(request.Query) is { } statuses ? await CaseTotals.ReadAsync(call.Company, statuses, database, settings, clock.GetUtcNow(), ct) : await CaseSums.ReadAsync(call, request.Query, lists, settings, clock.GetUtcNow(), ct);
    }

    private static async Task<Answer<CaseView>> CreateAsync(Body<CaseFields> body, Call call, IActors actors, IPartners partners, CaseReading reading, CancellationToken ct) =>
        await reading.ToAnswerAsync(await actors.CreateAsync(call, new CreateCase(body.Value, call.Caller.UserId, await WrongPartnerAsync(body.Value, call, partners, ct)), ct), call, ct);

    private static async Task<Answer<CaseView>> GetAsync(long number, Call call, IActors actors, CaseReading reading, CancellationToken ct)
    {
        if (await actors.ReadAsync<Case>(call.Company, number, ct) is not { } row) return Refusal.NotFound("case");
        if (row.State.IsDeleted) return new Refusal(RefusalKind.NotFound, "case.deleted", "The case is deleted; POST to its restore brings it back.");
        return Answers.WithVersion(await reading.WholeAsync(call.Company, row, ct), row.Version);
    }

    private static async Task<Answer<CaseView>> ChangeAsync(long number, Body<CaseFields> body, Call call, IActors actors, IDatabase database, IPartners partners, CaseReading reading, CancellationToken ct)
    {
        if (body.Value.Partner.IsSet) return await reading.ToAnswerAsync(await actors.SendAsync(call, number, new ChangeCase(body.Value, await WrongPartnerAsync(body.Value, call, partners, ct)), ct), call, ct);
        // The partner was just read: its name need not be read again for the answer.
        var (known, partner) = await PartnerOfAsync(number, call, database, partners, ct);
        return await reading.ToAnswerAsync(await actors.SendAsync(call, number, new ChangeCase(body.Value, PartnerIsDeleted: known && partner is null), ct), call, ct, partner);
    }

    private static async Task<Answer<CaseView>> DeleteAsync(long number, Call call, IActors actors, CaseReading reading, CancellationToken ct) =>
        await reading.ToAnswerAsync(await actors.SendAsync(call, number, new DeleteCase(), ct), call, ct);

    private static async Task<Answer<CaseView>> RestoreAsync(long number, Call call, IActors actors, IDatabase database, IPartners partners, CaseReading reading, CancellationToken ct) =>
        await reading.ToAnswerAsync(await actors.SendAsync(call, number, new RestoreCase(await PartnerOfAsync(number, call, database, partners, ct) is (true, null)), ct), call, ct);

    private static async Task<Answer<CaseView>> CloseAsync(long number, Call call, IActors actors, CaseReading reading, CancellationToken ct) =>
        await reading.ToAnswerAsync(await actors.SendAsync(call, number, new CloseCase(), ct), call, ct);

    private static async Task<Answer<CaseView>> ReopenAsync(long number, Call call, IActors actors, IDatabase database, IPartners partners, CaseReading reading, CancellationToken ct) =>
        await reading.ToAnswerAsync(await actors.SendAsync(call, number, new ReopenCase(await PartnerOfAsync(number, call, database, partners, ct) is (true, null)), ct), call, ct);

    private static async Task<Answer<Page<TimelineEntry>>> TimelineAsync(long number, Call call, IActors actors, IJournal journal,
        [Description("Entries in one answer, 1 to 200; 50 unless given."), Range(1, 200)] int? limit, [Description("Only entries before this one: next of the answer before.")] long? before, CancellationToken ct) =>
        await actors.ReadAsync<Case>(call.Company, number, ct) is null ? Refusal.NotFound("case") : await TimelineEntry.PageAsync(journal, actors, call.Company, ("case", number), limit, before, ct);

    private static async Task<Answer<Page<CaseView>>> OfPartnerAsync(long number, Call call, HttpRequest request, ILists lists, IPartners partners, CaseReading reading, CancellationToken ct)
    {
        if (await partners.FindAsync(call.Company, number, ct) is null) return Refusal.NotFound("partner");
        var query = new QueryCollection(new Dictionary<string, Microsoft.Extensions.Primitives.StringValues>(request.Query) { ["partner"] = $"{number}" });
        return await reading.ToAnswerAsync(await lists.PageAsync<Case, CaseView>(call, CaseTables.All, query, ct), call.Company, ct);
    }

    /// <summary>The rule that needs another entity: the partner that the fields name is there and not deleted (R81, R82).</summary>
    private static async Task<Problem?> WrongPartnerAsync(CaseFields fields, Call call, IPartners partners, CancellationToken ct) =>
        fields.Partner.Value is { } partner && await partners.FindAsync(call.Company, partner, ct) is null
            ? new("/partner", "case.partner.unknown", "There is no partner with this number.") : null;

    /// <summary>The partner of a case, unless it is deleted; and whether there is such a case at all.</summary>
    private static async Task<(bool IsKnown, PartnerBrief? Partner)> PartnerOfAsync(long number, Call call, IDatabase database, IPartners partners, CancellationToken ct)
    {
        var of = await database.QueryAsync(call.Company, "select partner from cases where company = @company and number = @number", [new("number", number)], row => row.GetInt64(0), ct);
        return of.Count == 0 ? default : (true, await partners.FindAsync(call.Company, of[0], ct));
    }
}
