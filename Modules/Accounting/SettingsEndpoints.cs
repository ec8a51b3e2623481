using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Accounting;

/// <summary><c>/accounting/settings</c>.</summary>
internal static class SettingsEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var settings = api.MapGroup("/accounting/settings").WithTags("accounting");
        settings.MapGet("/", GetAsync).Needs("settings:read").Documented("getAccountingSettings", "How the company works with accounting", "After how many hours a balance is stale.");
        settings.MapPatch("/", ChangeAsync).Needs("settings:write").Documented("changeAccountingSettings", "Change how the company works with accounting", "A merge patch.");
    }

    private static async Task<Answer<AccountingSettingsView>> GetAsync(Call call, IActors actors, CancellationToken ct) =>
        (await actors.ReadAsync<AccountingSettings>(call.Company, IActors.Settings, ct)).ToAnswer<AccountingSettingsView, AccountingSettings>(AccountingSettings.Entity, await actors.SettingsAsync(call.Company, ct));

    private static async Task<Answer<AccountingSettingsView>> ChangeAsync(Body<ChangeAccountingSettings> body, Call call, IActors actors, CancellationToken ct) =>
        (await actors.SendAsync(call, IActors.Settings, body.Value, ct)).ToAnswer<AccountingSettingsView, AccountingSettings>(call, "accounting/settings");
}
