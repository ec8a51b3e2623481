using Crm.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Accounting;

/// <summary>What is sent to accounting systems: the rules, the ledger, and why a partner is or is not there.</summary>
internal static class PushEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/accounting").WithTags("accounting");
        group.MapGet("/rules", RulesAsync).Needs("settings:read").Documented("getAccountingRules", "What is sent to accounting", "Which tags make a partner a customer where, and whose word counts for the fields that are kept the same.");
        group.MapPatch("/rules", ChangeRulesAsync).Needs("settings:write").Documented("changeAccountingRules", "Change what is sent to accounting", "Lists and maps replace the ones before. Partners that a new rule names are sent; those that no rule names any more stay what they are.");
        group.MapGet("/pushes", ListAsync).Needs("settings:read").Listed(Push.All).Documented("listAccountingPushes", "The ledger", "What was sent to accounting systems, is being sent, or waits. One entry for each partner and system.");
        group.MapGet("/pushes/{number:long}", GetAsync).Needs("settings:read").Documented("getAccountingPush", "One entry of the ledger", "With the requests and answers of its tries, without secrets.");
        group.MapPost("/pushes/{number:long}/retry", (long number, Call call, IActors actors, CancellationToken ct) => SendAsync(call, actors, number, new RetryPush(), ct)).Needs("partners:write").Documented("retryAccountingPush", "Try now", "Whether a write that nobody answered has arrived is always asked first.");
        group.MapPost("/pushes/{number:long}/abandon", (long number, Call call, IActors actors, CancellationToken ct) => SendAsync(call, actors, number, new AbandonPush(), ct)).Needs("partners:write").Documented("abandonAccountingPush", "Take it back", "It is not sent any more.");
        group.MapPost("/new-customers", NewAsync).Needs("partners:write").Creates<PushView>().Documented("createAccountingCustomer", "Make a customer in accounting first", "The customer is made in the accounting system, and becomes a partner with its number there. Until then there is no partner; the entry of the ledger says how far it is, and is tried again by itself.");
        group.MapPost("/customers/{number:long}/resolve", ResolveAsync).Needs("partners:write").Documented("resolveAccountingConflict", "Say whose word counts", "For one field that both sides have otherwise.");
        var partner = api.MapGroup("/partners/{number:long}/accounting").WithTags("accounting");
        partner.MapGet("/", ExplainAsync).Needs("partners:read").Documented("explainAccounting", "Why is the partner (not) in accounting?", "For each accounting system: whether it is there, the rule, the tries, and what comes next.");
        partner.MapPost("/{plugin}", AskAsync).Needs("partners:write").Documented("pushPartner", "Send the partner to accounting", "Whatever the rules say. It is looked for there first, and made only where it is not.");
    }

    private static async Task<Answer<PushSettingsView>> RulesAsync(Call call, IActors actors, CancellationToken ct) =>
        (await actors.ReadAsync<PushSettings>(call.Company, IActors.Settings, ct)).ToAnswer<PushSettingsView, PushSettings>(PushSettings.Entity, await actors.SettingsAsync(call.Company, ct));

    private static async Task<Answer<PushSettingsView>> ChangeRulesAsync(Body<PushSettingsFields> body, Call call, IActors actors, IPartners partners, IPlugins plugins, CancellationToken ct)
    {
        var rules = body.Value.Rules.Value ?? [];
        var (tags, systems) = (await partners.TagsAsync(call.Company, ct), (await plugins.InUseAsync(call.Company, "accounting", ct)).Select(p => p.Id).ToHashSet());
        List<Problem> unknown = [];
        for (var i = 0; i < rules.Count; i++)
        {
            if (!tags.Contains(rules[i].Tag)) unknown.Add(new($"/rules/{i}/tag", "accounting.rule.tag", "There is no tag with this key."));
            if (!systems.Contains(rules[i].Plugin)) unknown.Add(new($"/rules/{i}/plugin", "accounting.rule.plugin", "No accounting plugin with this id is switched on."));
        }
        return (await actors.SendAsync(call, IActors.Settings, new ChangePushSettings(body.Value, unknown), ct)).ToAnswer<PushSettingsView, PushSettings>(call, "accounting/rules");
    }

    private static async Task<Answer<Page<PushView>>> ListAsync(Call call, HttpRequest request, ILists lists, CancellationToken ct) => (await lists.PageAsync<Push, PushView>(call, Push.All, request.Query, ct)).ToAnswer();

    private static async Task<Answer<PushDetail>> GetAsync(long number, Call call, IActors actors, Exchanges exchanges, CancellationToken ct)
    {
        if (await actors.ReadAsync<Push>(call.Company, number, ct) is not { } row) return Refusal.NotFound(Push.Entity.Kind);
        var seen = await exchanges.OfAsync(call.Company, number, ct);
        return Answers.WithVersion(new PushDetail(PushView.Of(row), [.. seen.OrderByDescending(a => a.Key).SelectMany(a => a.Select(e => ExchangeView.Of(a.Key, e)))]), row.Version);
    }

    private static async Task<Answer<PushView>> SendAsync(Call call, IActors actors, long number, ICommand<Push> command, CancellationToken ct) =>
        (await actors.SendAsync(call, number, command, ct)).ToAnswer<PushView, Push>(call, "accounting/pushes");

    private static async Task<Answer<PushView>> NewAsync(Body<NewCustomer> body, Call call, IActors actors, IPlugins plugins, IPartnerAccounting partners, Pusher pusher, CancellationToken ct)
    {
        var wanted = body.Value;
        if ((await plugins.InUseAsync(call.Company, "accounting", ct)).All(p => p.Id != wanted.Plugin)) return Refusal.Invalid([new("/plugin", "accounting.rule.plugin", "No accounting plugin with this id is switched on.")]);
        // Nothing is sent that could not become a partner afterwards.
        var (preview, refusal) = await partners.CreateAsync(call with { DryRun = true, IfMatch = null, Idempotency = null }, wanted.Partner, wanted.Plugin, null, ct);
        if (refusal is not null) return refusal with { Problems = [.. refusal.Problems.Select(p => p with { Pointer = $"/partner{p.Pointer}" })] };
        var push = new Push { Plugin = wanted.Plugin, Draft = wanted.Partner.Clone(), Intent = $"{Guid.NewGuid():N}", Group = wanted.Group, Written = Shared.New(preview!, wanted.Group) };
        var reply = await actors.CreateAsync(call, new AskPush(push), ct);
        if (reply.Row is not { } made || call.DryRun) return reply.ToAnswer<PushView, Push>(call, "accounting/pushes");
        using (var patience = CancellationTokenSource.CreateLinkedTokenSource(ct))
        {
            patience.CancelAfter(Patience);
            try { await pusher.RunAsync(call.Company, made.Number, patience.Token); }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested) { /* It goes on by itself; the answer says how far it is. */ }
        }
        return Answers.WithVersion(PushView.Of((await actors.ReadAsync<Push>(call.Company, made.Number, ct))!), made.Version).Made(call, $"accounting/pushes/{made.Number}");
    }

    private static async Task<Answer<Page<Explanation>>> ExplainAsync(long number, Call call, Explaining explaining, CancellationToken ct) =>
        await explaining.OfAsync(call.Company, number, ct) is { } all ? new Page<Explanation>(all, null, all.Count, true) : Refusal.NotFound("partner");

    private static async Task<Answer<PushView>> AskAsync(long number, string plugin, Call call, IPlugins plugins, IPartnerAccounting partners, IActors actors, Wanted wanted, CancellationToken ct)
    {
        if ((await plugins.InUseAsync(call.Company, "accounting", ct)).All(p => p.Id != plugin)) return Refusal.NotFound("integration");
        if ((await partners.ReadAsync(call.Company, [number], ct)).SingleOrDefault() is not { IsDeleted: false } partner) return Refusal.NotFound("partner");
        var rules = (await actors.SettingsAsync(call.Company, ct)).Get<PushSettings>();
        return (await wanted.AskAsync(call, partner, plugin, rules.RuleFor(plugin, partner.Tags), ct)).ToAnswer<PushView, Push>(call, "accounting/pushes");
    }

    private static async Task<Answer<LedgerCustomerView>> ResolveAsync(long number, Body<ConflictDecision> body, Call call, Resolving resolving, CancellationToken ct) =>
        await resolving.ResolveAsync(call, number, body.Value, ct);
}
