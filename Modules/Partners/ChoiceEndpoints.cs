using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Partners;

/// <summary><c>/stages</c>, <c>/tags</c>, <c>/industries</c> and <c>/relations</c>: four lists that work the same way.</summary>
internal static class ChoiceEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        Map(api, ChoiceKind.Stage, "stages", "Stage", "stage", "the stages of customers; active is built in");
        Map(api, ChoiceKind.Tag, "tags", "Tag", "tag", "the tags; one may carry a discount for new order lines");
        Map(api, ChoiceKind.Industry, "industries", "Industry", "industry", "the industries to choose from");
        Map(api, ChoiceKind.Relation, "relations", "Relation", "relation", "the relations that a partner can have");
    }

    private static void Map(RouteGroupBuilder api, ChoiceKind kind, string path, string one, string field, string what)
    {
        var many = char.ToUpperInvariant(path[0]) + path[1..];
        var group = api.MapGroup($"/{path}").WithTags("partners");
        group.MapGet("/", (Call call, IActors actors, IDatabase database, CancellationToken ct) => ListAsync(kind, field, call, actors, database, ct))
            .Needs("partners:read").Documented($"list{many}", $"List {path}", $"In order, {what}, each with the number of partners that have it.");
        group.MapPost("/", async (Body<PartnerChoiceFields> body, Call call, IActors actors, CancellationToken ct) => (await SendAsync(new AddChoice(kind, body.Value), call, actors, ct)).Made(call, $"{path}/{body.Value.Key.Value}"))
            .Needs("settings:write").Creates<ChoiceView>().Documented($"add{one}", $"Add a {field}", "The key is fixed; the name can be changed and translated later.");
        group.MapPatch("/{key}", (string key, Body<PartnerChoiceFields> body, Call call, IActors actors, CancellationToken ct) => SendAsync(new ChangeChoice(kind, key, body.Value), call, actors, ct))
            .Needs("settings:write").Documented($"change{one}", $"Rename, order or disable a {field}", "Merge patch. A disabled one stays where it is used and is offered no more.");
        group.MapDelete("/{key}", (string key, Call call, IActors actors, CancellationToken ct) => SendAsync(new RemoveChoice(kind, key), call, actors, ct))
            .Needs("settings:write").Documented($"remove{one}", $"Remove a {field}", "It leaves the list; partners that have it keep it. Built-in ones cannot be removed.");
    }

    private static async Task<Answer<Page<ChoiceView>>> ListAsync(ChoiceKind kind, string field, Call call, IActors actors, IDatabase database, CancellationToken ct)
    {
        var settings = (await actors.SettingsAsync(call.Company, ct)).Get<PartnerSettings>();
        var counts = (await database.QueryAsync(call.Company, kind is ChoiceKind.Stage or ChoiceKind.Industry
            ? $"select {field}, count(*) from partners where company = @company and deleted = 0 and {field} is not null group by {field}"
            : $"select value, count(*) from partner_terms where company = @company and field = '{field}' group by value", [], row => (Key: row.GetString(0), Count: row.GetInt64(1)), ct)).ToDictionary(c => c.Key, c => c.Count);
        ChoiceView[] views = [.. settings.Of(kind).Where(c => !c.Removed).Select(c => ChoiceView.Of(c, counts.GetValueOrDefault(c.Key)))];
        return new Page<ChoiceView>(views, null, views.Length, true);
    }

    private static async Task<Answer<ChoiceView>> SendAsync(ICommand<PartnerSettings> command, Call call, IActors actors, CancellationToken ct) =>
        (await actors.SendAsync(call, IActors.Settings, command, ct)).ToAnswer<ChoiceView, PartnerSettings>(call, "stages");
}
