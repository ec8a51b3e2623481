using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Cases;

/// <summary><c>/case-statuses</c>.</summary>
internal static class StatusEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/case-statuses").WithTags("cases");
        group.MapGet("/", ListAsync).Needs("cases:read").Documented("listCaseStatuses", "List the statuses of cases", "In order; won and lost are always there.");
        group.MapPost("/", AddAsync).Needs("settings:write").Creates<CaseStatus>().Documented("addCaseStatus", "Add a status", "An open one, before won and lost unless a position is given.");
        group.MapPatch("/{key}", ChangeAsync).Needs("settings:write").Documented("changeCaseStatus", "Rename, translate, order or disable a status", "Merge patch. Won and lost can be renamed, not disabled.");
        group.MapDelete("/{key}", RemoveAsync).Needs("settings:write").Documented("removeCaseStatus", "Remove a status", "Only one that no case has; a used one can be disabled.");
    }

    private static async Task<Answer<Page<CaseStatus>>> ListAsync(Call call, IActors actors, CancellationToken ct)
    {
        var statuses = (await actors.SettingsAsync(call.Company, ct)).Get<CaseSettings>().Statuses;
        return new Page<CaseStatus>(statuses, null, statuses.Count, true);
    }

    private static async Task<Answer<CaseStatus>> AddAsync(Body<StatusFields> body, Call call, IActors actors, CancellationToken ct) =>
        (await actors.SendAsync(call, IActors.Settings, new AddStatus(body.Value), ct)).ToAnswer<CaseStatus, CaseSettings>(call, "case-statuses").Made(call, $"case-statuses/{body.Value.Key.Value}");

    private static async Task<Answer<CaseStatus>> ChangeAsync(string key, Body<StatusFields> body, Call call, IActors actors, CancellationToken ct) =>
        (await actors.SendAsync(call, IActors.Settings, new ChangeStatus(key, body.Value), ct)).ToAnswer<CaseStatus, CaseSettings>(call, "case-statuses");

    private static async Task<Answer<CaseStatus>> RemoveAsync(string key, Call call, IActors actors, IDatabase database, CancellationToken ct)
    {
        var used = await database.QueryAsync(call.Company, "select number from cases where company = @company and status = @status limit 1", [new("status", key)], row => row.GetInt64(0), ct);
        return (await actors.SendAsync(call, IActors.Settings, new RemoveStatus(key, used.Count > 0), ct)).ToAnswer<CaseStatus, CaseSettings>(call, "case-statuses");
    }
}
