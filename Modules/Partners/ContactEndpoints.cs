using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Partners;

/// <summary><c>/partners/{n}/contacts</c>, and <c>/contacts</c> over all partners.</summary>
internal static class ContactEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/partners/{number:long}/contacts").WithTags("partners");
        group.MapGet("/", ListAsync).Needs("partners:read").Documented("listPartnerContacts", "List a partner's contacts", "All of them, active or not.");
        group.MapPost("/", AddAsync).Needs("partners:write").Creates<ContactView>().Documented("addContact", "Add a contact person", "A new primary contact takes over from the old one.");
        group.MapGet("/{id:int}", GetAsync).Needs("partners:read").Documented("getContact", "Read a contact person", "With its ETag.");
        group.MapPatch("/{id:int}", ChangeAsync).Needs("partners:write").Documented("changeContact", "Change a contact person", "Merge patch. active=false keeps the contact and its history.");
        group.MapDelete("/{id:int}", RemoveAsync).Needs("partners:write").Documented("removeContact", "Remove a contact person", "The journal keeps what it was.");
        api.MapGet("/contacts", AllAsync).WithTags("partners").Needs("partners:read").Documented("listContacts", "List contact persons of all partners", "By partner number and contact id; q finds partners by name, city, number or contact. limit is 1 to 500.");
    }

    private static async Task<Answer<Page<ContactView>>> ListAsync(long number, Call call, IActors actors, CancellationToken ct)
    {
        if (await actors.ReadAsync<Partner>(call.Company, number, ct) is not { State.IsDeleted: false } row) return Refusal.NotFound("partner");
        return new Page<ContactView>([.. row.State.Contacts.Select(c => ContactView.Of(c, number, row.State.Name))], null, row.State.Contacts.Count, true);
    }

    private static async Task<Answer<ContactView>> AddAsync(long number, Body<ContactFields> body, Call call, IActors actors, CancellationToken ct) =>
        Shown(await actors.SendAsync(call with { IfMatch = null }, number, new AddContact(body.Value, number), ct), call, number, created: true);

    private static async Task<Answer<ContactView>> GetAsync(long number, int id, Call call, IActors actors, CancellationToken ct) =>
        await actors.ReadAsync<Partner>(call.Company, number, ct) is { State.IsDeleted: false } row && row.State.Contacts.FirstOrDefault(c => c.Id == id) is { } contact
            ? Answers.WithVersion(ContactView.Of(contact, number, row.State.Name), contact.Version) : Refusal.NotFound("contact");

    private static async Task<Answer<ContactView>> ChangeAsync(long number, int id, Body<ContactFields> body, Call call, IActors actors, CancellationToken ct) =>
        Shown(await actors.SendAsync(call with { IfMatch = null }, number, new ChangeContact(id, body.Value, call.IfMatch, number), ct), call, number, created: false);

    private static async Task<Answer<ContactView>> RemoveAsync(long number, int id, Call call, IActors actors, CancellationToken ct) =>
        Shown(await actors.SendAsync(call with { IfMatch = null }, number, new RemoveContact(id, call.IfMatch, number), ct), call, number, created: false);

    private static async Task<Answer<Page<ContactView>>> AllAsync(Call call, HttpRequest request, IActors actors, ILists lists, int? limit, string? cursor, string? q, CancellationToken ct)
    {
        Dictionary<string, Microsoft.Extensions.Primitives.StringValues> query = [];
        if (limit is not null) query["limit"] = $"{limit}";
        if (cursor is not null) query["cursor"] = cursor;
        if (q is not null) query["q"] = q;
        if (request.Query.Keys.FirstOrDefault(k => k is not ("limit" or "cursor" or "q")) is { } unknown) return Refusal.Malformed("filter.unknown", $"There is no filter '{unknown}'. Known: q, limit, cursor.");
        var (refusal, page) = await lists.PageAsync<Partner, PartnerContacts>(call, PartnerTables.WithContacts, new QueryCollection(query), ct);
        return refusal is not null ? refusal : new Page<ContactView>([.. page!.Items.SelectMany(p => p.Contacts)], page.Next, page.Count, false);
    }

    private static Answer<ContactView> Shown(Reply<Partner> reply, Call call, long number, bool created) =>
        reply.ToAnswerOfPart<ContactView, Partner>(call, v => v.Version, created ? v => $"partners/{number}/contacts/{v.Id}" : null);
}
