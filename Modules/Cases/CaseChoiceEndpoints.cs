using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Cases;

/// <summary><c>/case-statuses</c> and <c>/lost-reasons</c>: two lists that work the same way.</summary>
internal static class CaseChoiceEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        Map(api, CaseList.CaseStatus, "case-statuses", "CaseStatus", "CaseStatuses", "status", "statuses", "Won and lost are always there.", "Won and lost can be renamed and moved, not disabled.", "Only one that no case has; a used one can be disabled. Won and lost stay.");
        Map(api, CaseList.LostReason, "lost-reasons", "LostReason", "LostReasons", "lost reason", "lost reasons", "Why cases are lost.", "A disabled one stays where it is used and is offered no more.", "It leaves the list; cases that have it keep it and its name.");
    }

    private static void Map(RouteGroupBuilder api, CaseList list, string path, string one, string many, string word, string words, string about, string change, string remove)
    {
        var group = api.MapGroup($"/{path}").WithTags("cases");
        group.MapGet("/", (Call call, IActors actors, IDatabase database, CancellationToken ct) => ListAsync(list, call, actors, database, ct))
            .Needs("cases:read").Documented($"list{many}", $"List {words}", $"In order, each with the number of cases that have it. {about}");
        group.MapPost("/", async (Body<CaseChoiceFields> body, Call call, IActors actors, CancellationToken ct) => (await SendAsync(new AddCaseChoice(list, body.Value), path, call, actors, ct)).Made(call, $"{path}/{body.Value.Key.Value}"))
            .Needs("settings:write").Creates<CaseChoiceView>().Documented($"add{one}", $"Add a {word}", "The key is fixed; the name can be changed and translated later. The key of a removed one brings it back.");
        group.MapPatch("/{key}", (string key, Body<CaseChoiceFields> body, Call call, IActors actors, CancellationToken ct) => SendAsync(new ChangeCaseChoice(list, key, body.Value), path, call, actors, ct))
            .Needs("settings:write").Documented($"change{one}", $"Rename, translate, order or disable a {word}", $"Merge patch. {change}");
        group.MapDelete("/{key}", (string key, Call call, IActors actors, IDatabase database, CancellationToken ct) => RemoveAsync(list, key, path, call, actors, database, ct))
            .Needs("settings:write").Documented($"remove{one}", $"Remove a {word}", remove);
    }

    private static string Column(CaseList list) => list == CaseList.CaseStatus ? "status" : "lost_reason";

    private static async Task<Answer<Page<CaseChoiceView>>> ListAsync(CaseList list, Call call, IActors actors, IDatabase database, CancellationToken ct)
    {
        var settings = (await actors.SettingsAsync(call.Company, ct)).Get<CaseSettings>();
        var column = Column(list);
        var counts = (await database.QueryAsync(call.Company, $"select {column}, count(*) from cases where company = @company and deleted = 0 and {column} is not null group by {column}", [], row => (Key: row.GetString(0), Count: row.GetInt64(1)), ct))
            .ToDictionary(c => c.Key, c => c.Count);
        CaseChoiceView[] views = [.. settings.Of(list).Where(c => !c.Removed).Select(c => CaseChoiceView.Of(list, c, counts.GetValueOrDefault(c.Key)))];
        return new Page<CaseChoiceView>(views, null, views.Length, true);
    }

    private static async Task<Answer<CaseChoiceView>> RemoveAsync(CaseList list, string key, string path, Call call, IActors actors, IDatabase database, CancellationToken ct)
    {
        // A deleted case counts: it can be restored.
        var known = (await actors.SettingsAsync(call.Company, ct)).Get<CaseSettings>().Find(list, key) is not null;
        var used = known && (await database.QueryAsync(call.Company, $"select number from cases where company = @company and {Column(list)} = @key limit 1", [new("key", key)], row => row.GetInt64(0), ct)).Count > 0;
        return await SendAsync(new RemoveCaseChoice(list, key, used), path, call, actors, ct);
    }

    private static async Task<Answer<CaseChoiceView>> SendAsync(ICommand<CaseSettings> command, string path, Call call, IActors actors, CancellationToken ct) =>
        (await actors.SendAsync(call, IActors.Settings, command, ct)).ToAnswer<CaseChoiceView, CaseSettings>(call, path);
}
