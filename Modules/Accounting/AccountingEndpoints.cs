using System.ComponentModel;
using System.Text.Json.Serialization;
using Crm.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Accounting;

/// <summary><c>/accounting</c>: the connections, and the customers there that wait for somebody to say which partner they are.</summary>
internal static class AccountingEndpoints
{
    /// <summary>No partner has this number: whoever names none is told so, and does not say by that that it is none of ours.</summary>
    private const long NoPartner = 0;

    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/accounting").WithTags("accounting");
        group.MapGet("/", ListAsync).Needs("settings:read").Documented("listConnections", "Connections to accounting systems", "One for each accounting plugin that was switched on: what it is doing, how its last runs went, and when the next is due.");
        group.MapGet("/{number:long}", GetAsync).Needs("settings:read").Documented("getConnection", "One connection", "With its last twenty runs.");
        group.MapPatch("/{number:long}", ChangeAsync).Needs("settings:write").Documented("changeConnection", "Pause, resume, or set how often", "Paused, nothing is read; what was read stays.");
        group.MapPost("/{number:long}/run", RunAsync).Needs("settings:write").Documented("runConnection", "Read now", "Begins within seconds. With whole=true everything is read, and not only what has changed.");
        group.MapGet("/systems", SystemsAsync).Needs("partners:read").Documented("listAccountingSystems", "Accounting systems in use", "Those that this company has switched on, by name: what stands as the source of a balance or an invoice is the id.");
        var customers = group.MapGroup("/customers");
        customers.MapGet("/", CustomersAsync).Needs("partners:read").Listed(LedgerCustomer.All).Documented("listAccountingCustomers", "Customers of accounting systems", "With the partner that each is. Those that wait for a decision have the reason in review.");
        customers.MapPost("/{number:long}/link", LinkAsync).Needs("partners:write").Documented("linkAccountingCustomer", "Say which partner it is", "The partner gets its balance and its invoices at once.");
        customers.MapPost("/{number:long}/ignore", (long number, Call call, CustomerLinks links, CancellationToken ct) => links.LinkAsync(call, number, null, ct))
            .Needs("partners:write").Documented("ignoreAccountingCustomer", "Say that it is no partner", "It is not asked about again.");
    }

    private static async Task<Answer<Page<ConnectionView>>> ListAsync(Call call, IActors actors, IDatabase database, CancellationToken ct)
    {
        var numbers = await database.QueryAsync(call.Company, "select number from accounting_connections where company = @company order by plugin", [], row => row.GetInt64(0), ct);
        List<ConnectionView> views = [];
        foreach (var number in numbers) views.Add(ConnectionView.Of((await actors.ReadAsync<Connection>(call.Company, number, ct))!));
        return new Page<ConnectionView>(views, null, views.Count, true);
    }

    private static async Task<Answer<ConnectionView>> GetAsync(long number, Call call, IActors actors, CancellationToken ct) =>
        (await actors.ReadAsync<Connection>(call.Company, number, ct)).ToAnswer<ConnectionView, Connection>(Connection.Entity, await actors.SettingsAsync(call.Company, ct));

    private static async Task<Answer<ConnectionView>> ChangeAsync(long number, Body<ConnectionChange> body, Call call, IActors actors, CancellationToken ct) =>
        (await actors.SendAsync(call, number, new ChangeConnection(body.Value.Paused, body.Value.EveryMinutes), ct)).ToAnswer<ConnectionView, Connection>(call, "accounting");

    private static async Task<Answer<ConnectionView>> RunAsync(long number, [Description("True = everything is read, and not only what has changed.")] bool? whole, Call call, IActors actors, SyncWorker worker, CancellationToken ct)
    {
        var asked = await actors.SendAsync(call, number, new RunNow(whole == true), ct);
        worker.LookNow();
        return asked.ToAnswer<ConnectionView, Connection>(call, "accounting");
    }

    private static async Task<Answer<Page<AccountingSystemView>>> SystemsAsync(Call call, IPlugins plugins, CancellationToken ct)
    {
        var used = await plugins.InUseAsync(call.Company, "accounting", ct);
        return new Page<AccountingSystemView>([.. used.Select(m => new AccountingSystemView(m.Id, m.Texts.ToDictionary(t => t.Key, t => t.Value.Name)))], null, used.Count, true);
    }

    private static async Task<Answer<Page<LedgerCustomerView>>> CustomersAsync(Call call, HttpRequest request, ILists lists, IPartners partners, CancellationToken ct)
    {
        var (refusal, page) = await lists.PageAsync<LedgerCustomer, LedgerCustomerView>(call, LedgerCustomer.All, request.Query, ct);
        if (refusal is not null) return refusal;
        var names = await partners.NamesAsync(call.Company, [.. page!.Items.Select(c => c.Partner).OfType<long>().Distinct()], ct);
        return page with { Items = [.. page.Items.Select(c => c with { PartnerName = c.Partner is { } partner ? names.GetValueOrDefault(partner) : null })] };
    }

    private static Task<Answer<LedgerCustomerView>> LinkAsync(long number, Body<ChosenPartner> body, Call call, CustomerLinks links, CancellationToken ct) => links.LinkAsync(call, number, body.Value.Partner.Value ?? NoPartner, ct);
}

/// <summary>What an administrator changes of a connection.</summary>
/// <param name="Paused">True = nothing is read; absent = as it is.</param>
/// <param name="EveryMinutes">How often what changed is read, 5 to 1,440; absent = as it is.</param>
internal sealed record ConnectionChange(bool? Paused = null, int? EveryMinutes = null);

/// <summary>Which partner is meant.</summary>
internal sealed record ChosenPartner
{
    /// <summary>Its number; required.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<long?> Partner { get; init; }
}
