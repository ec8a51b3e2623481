using Crm.Contracts;
using Crm.Plugins;
using Microsoft.Extensions.Configuration;

namespace Crm.Accounting;

/// <summary>
/// Carries out one push so that the customer is there once, whatever happens in between: stores what it is about to do, asks whether the customer is there,
/// writes it where it is not, and stores what came of it. A write without an answer is never repeated before the system has been asked.
/// </summary>
internal sealed class Pusher(IActors actors, IDatabase database, IPlugins plugins, IPartnerAccounting partners, CustomerPages customers, Comparing comparing, Exchanges exchanges, IConfiguration configuration, TimeProvider clock)
{
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(1);

    private readonly string _host = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";

    /// <summary>How long one call may take.</summary>
    private readonly TimeSpan _patience = TimeSpan.FromSeconds(configuration.GetValue("Accounting:CallSeconds", 25));

    /// <summary>How long a write that nobody answered may still be on its way.</summary>
    private readonly TimeSpan _settle = TimeSpan.FromSeconds(configuration.GetValue("Accounting:SettleSeconds", 30));

    /// <summary>How long a try may take in all: asking may need many pages.</summary>
    private readonly TimeSpan _try = TimeSpan.FromSeconds(configuration.GetValue("Accounting:TrySeconds", 120));

    /// <summary>Works on one push now, if it is due and nobody else does.</summary>
    public async Task RunAsync(CompanyRef company, long number, CancellationToken ct)
    {
        var call = Call.System(company);
        if (await actors.ReadAsync<Push>(company, number, ct) is not { State: var push } || push.DueAt is not { } due || due > clock.GetUtcNow()) return;
        if (await WaitsForAsync(company, push.Plugin, ct) is { } reason)
        {
            await EndedAsync(actors.SendAsync(call, number, new PostponePush(Later, reason), ct));
            return;
        }
        var (partner, refusal) = await PartnerAsync(call, push, ct);
        if (partner is null or { IsDeleted: true } && refusal is null && !push.IsUnknown && push.State != PushState.Sending)
        {
            await EndedAsync(actors.SendAsync(call, number, new WithdrawPush(), ct));
            return;
        }
        var begun = await actors.SendAsync(call, number, new BeginPush(_host, _try + _patience + _settle, push.Kind == PushKind.Create && partner is not null && (push.Written is null || !(push.IsUnknown || push.State == PushState.Sending)) ? Shared.New(partner, push.Group) : null), ct);
        if (begun.Row?.State is not { } mine) return;
        var until = clock.GetUtcNow() + _try;
        var seen = new List<PluginExchange>();
        var asking = new Asking(plugins, company, mine.Plugin, seen, _patience);
        EndPush end;
        try
        {
            end = refusal is not null && !mine.IsUnknown ? new(_host, "refused") { Problem = refusal.Code, Detail = refusal.Detail }
                : partner is null ? new(_host, "refused") { Problem = "partner.notFound", Detail = "The partner is gone." }
                : mine.Kind == PushKind.Create ? await CreateAsync(company, mine, asking, until, ct) : await UpdateAsync(call, number, mine, partner, asking, ct);
        }
        catch (AskFailedException failed)
        {
            // Only asked: nothing can have arrived that had not before.
            end = Failed(mine, failed.Failure);
        }
        await exchanges.KeepAsync(company, number, mine.AttemptCount, seen, ct);
        await StoreAsync(call, number, mine, end, ct);
    }

    private async Task<EndPush> CreateAsync(CompanyRef company, Push push, Asking asking, DateTimeOffset until, CancellationToken ct)
    {
        var written = push.Written!;
        var found = await TheirsAsync(company, push, asking, ct);
        if (found.Length > 1) return new(_host, "review") { Problem = "severalCustomers", Detail = $"Several customers there have this organisation number: {string.Join(", ", found.Select(f => f.Number ?? f.Id).Take(5))}." };
        if (found is [var there])
        {
            var known = (await database.FindAsync<LedgerCustomer>(company, "accounting_customers", [LedgerCustomer.KeyOf(push.Plugin, there.Id!)], ct)).Values.FirstOrDefault().State;
            return known?.Partner is { } other && other != push.Partner
                ? new(_host, "review") { Problem = "partnerTaken", Detail = $"Customer {there.Number ?? there.Id} there has this organisation number, and is partner {other}." }
                : new(_host, "linked") { There = there };
        }
        // The claim must outlast the call, and everything that may still be on its way after it.
        if (clock.GetUtcNow() > until) return new(_host, "failed") { Problem = "unavailable", Detail = "Asking took too long.", After = BackOff.After(push.FailuresInARow, null) };
        var answer = await asking.AskAsync<AccountingCustomer, AccountingCustomer>(written, static (system, call, customer, ct) => system.CreateCustomerAsync(call, customer, ct), ct, push.Intent);
        if (answer.Failure is not { } failure) return Written("created", answer.Value!);
        return failure.Kind switch
        {
            PluginErrorKind.Invalid or PluginErrorKind.Unsupported or PluginErrorKind.NotFound => new(_host, "refused") { Problem = failure.Code, Detail = failure.Detail },
            PluginErrorKind.RateLimited or PluginErrorKind.Unauthorized or PluginErrorKind.Forbidden or PluginErrorKind.NotConfigured => Failed(push, failure) with { Outcome = "failed" },
            _ => new(_host, "unknown") { Problem = failure.Code, Detail = failure.Detail, After = _settle },
        };
    }

    /// <summary>The customers there that are this one: by the organisation number, or, after a write of unknown outcome, what was made since exactly as it was written.</summary>
    private async Task<AccountingCustomer[]> TheirsAsync(CompanyRef company, Push push, Asking asking, CancellationToken ct)
    {
        if (push.Written!.OrganisationNumber is { } organisationNumber)
            return (await asking.AskAsync<string, AccountingCustomer[]>(organisationNumber, static (system, call, number, ct) => system.FindCustomersAsync(call, number, ct), ct)).OrThrow();
        if (!push.IsUnknown) return [];
        var since = (push.UnknownSince ?? push.Attempts.Min(a => a.At)) - Connection.Overlap;
        List<AccountingCustomer> found = [];
        for (var query = new AccountingQuery { ChangedSince = since }; ;)
        {
            var page = (await asking.AskAsync<AccountingQuery, AccountingPage<AccountingCustomer>>(query, static (system, call, query, ct) => system.CustomersAsync(call, query, ct), ct)).OrThrow();
            found.AddRange(page.Items.Where(c => c.Id is not null && IsAsWritten(c, push.Written)));
            if (page.Cursor is null) break;
            query = query with { Cursor = page.Cursor };
        }
        var known = await database.FindAsync<LedgerCustomer>(company, "accounting_customers", [.. found.Select(c => LedgerCustomer.KeyOf(push.Plugin, c.Id!))], ct);
        return [.. found.Where(c => known.GetValueOrDefault(LedgerCustomer.KeyOf(push.Plugin, c.Id!)).State?.Partner is null)];
    }

    /// <summary>True = everything that the list tells is what was written.</summary>
    private static bool IsAsWritten(AccountingCustomer there, AccountingCustomer written)
    {
        var (theirs, ours) = (Shared.Of(there), Shared.Of(written));
        return theirs[SharedField.Name].Key == ours[SharedField.Name].Key
            && ours.Where(o => o.Key is not (SharedField.CreditLimit or SharedField.Website)).All(o => theirs[o.Key].Key == o.Value.Key || (there.IsShort && theirs[o.Key].Key.Length == 0));
    }

    private async Task<EndPush> UpdateAsync(Call call, long number, Push push, PartnerAccount partner, Asking asking, CancellationToken ct)
    {
        var row = (await database.FindAsync<LedgerCustomer>(call.Company, "accounting_customers", "partner", [partner.Number], ct)).Values.FirstOrDefault(c => c.State.Plugin == push.Plugin);
        if (row.State is null) return new(_host, "failed") { Problem = "notRead", Detail = "The customer has not been read yet.", After = Later };
        var there = (await asking.AskAsync<string, AccountingCustomer?>(row.State.There.Id!, static (system, call, id, ct) => system.CustomerAsync(call, id, ct), ct)).OrThrow();
        if (there is null) return new(_host, "review") { Problem = "notFound", Detail = $"Customer {row.State.There.Number ?? row.State.There.Id} is there no longer." };
        await customers.StoreAsync(OneOf(call, push.Plugin, number), [there], null, ct);
        var rules = (await actors.SettingsAsync(call.Company, ct)).Get<PushSettings>();
        var found = await comparing.OfAsync(call, rules, partner, mayPush: true, row.State with { There = there }, ct);
        if (found.Push.Count == 0) return new(_host, "nothing") { There = there };
        var change = Shared.Changed(partner, there.Id!, found.Push);
        // Another change under the same intent is another write: a system that knows keys would answer it with what became of the first.
        var key = $"{push.Intent}-{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(change, Json.State)).AsSpan(0, 8))}";
        var answer = await asking.AskAsync<AccountingCustomer, AccountingCustomer>(change, static (system, call, customer, ct) => system.UpdateCustomerAsync(call, customer, ct), ct, key);
        if (answer.Failure is { } failure) return failure.Kind is PluginErrorKind.Invalid or PluginErrorKind.Unsupported ? new(_host, "refused") { Problem = failure.Code, Detail = failure.Detail } : Failed(push, failure);
        var ours = Shared.Of(partner);
        var tried = new Dictionary<SharedField, string>(found.Memory.Tried);
        // What is to be taken is taken at the next look.
        foreach (var field in found.Take) tried.Remove(field);
        foreach (var field in found.Push) tried[field] = SharedMemory.Try(isOurs: true, ours[field].Key);
        _ = await comparing.TakeAsync(call, partner, (row.Number, row.State), [], found.Memory with { Tried = tried }, ct);
        return Written("updated", answer.Value!, string.Join(", ", found.Push.Select(ConnectionView.Word)));
    }

    /// <summary>What was not taken is told, and is no part of the customer.</summary>
    private EndPush Written(string outcome, AccountingCustomer there, string? what = null) =>
        new(_host, outcome) { There = there with { LeftOut = null }, Detail = (what, there.LeftOut) is ({ } w, { } left) ? $"{w}. {left}" : what ?? there.LeftOut };

    private async Task StoreAsync(Call call, long number, Push push, EndPush end, CancellationToken ct)
    {
        if (end.There is not { Id: not null } there)
        {
            await EndedAsync(actors.SendAsync(call, number, end, ct));
            return;
        }
        var external = there.Number ?? there.Id;
        if (push.Partner is null)
        {
            // Made once, however often this is tried: the key is the intent's, and after its time the number there is known (R52).
            var made = (await partners.WithExternalAsync(call.Company, push.Plugin, [external], ct))[external].Cast<long?>().FirstOrDefault();
            if (made is null)
            {
                var (partner, refusal) = await partners.CreateAsync(call with { Idempotency = new(push.Intent, System.Text.Encoding.UTF8.GetBytes(push.Intent)) }, push.Draft!.Value, push.Plugin, external, ct);
                if (refusal is { Kind: RefusalKind.Unavailable } away) throw new StorageException(away.Detail);
                if (partner is null) end = end with { Outcome = "refused", Problem = refusal!.Code, Detail = refusal.Detail };
                made = partner?.Number;
            }
            await EndedAsync(actors.SendAsync(call, number, end with { Made = made }, ct));
        }
        else await EndedAsync(actors.SendAsync(call, [partners.SetExternal(push.Partner.Value, push.Plugin, external)], number, _ => end, ct));
        await customers.StoreAsync(OneOf(call, push.Plugin, number), [there], null, ct);
    }

    private async Task<(PartnerAccount? Partner, Refusal? Refusal)> PartnerAsync(Call call, Push push, CancellationToken ct) => push.Partner is { } partner
        ? ((await partners.ReadAsync(call.Company, [partner], ct)).SingleOrDefault(), null)
        : await partners.CreateAsync(call with { DryRun = true }, push.Draft!.Value, push.Plugin, null, ct);

    /// <summary>Why nothing can be sent now, by the connection; null = it can.</summary>
    private async Task<string?> WaitsForAsync(CompanyRef company, string plugin, CancellationToken ct)
    {
        if ((await plugins.InUseAsync(company, "accounting", ct)).All(p => p.Id != plugin)) return "notConfigured";
        var connection = await database.QueryAsync(company, "select doc from accounting_connections where company = @company and plugin = @plugin", [new("plugin", plugin)], row => System.Text.Json.JsonSerializer.Deserialize<Connection>(row.GetString(0), Json.State)!, ct);
        return connection.SingleOrDefault() is { IsToVerify: true } ? "notRead" : connection.SingleOrDefault()?.State switch { null or ConnectionState.Active => null, var state => ConnectionView.Word(state.Value) };
    }

    private EndPush Failed(Push push, PluginFailure failure) => new(_host, "failed") { Problem = failure.Code, Detail = failure.Detail, After = BackOff.After(push.FailuresInARow, failure.RetryAfter) };

    /// <summary>A page of one customer, which belongs to no run.</summary>
    private Page OneOf(Call call, string plugin, long number)
    {
        var none = new SyncRun { Number = 0, Whole = false, StartedAt = clock.GetUtcNow() };
        return new(call.Company, plugin, none, none, async (commands, _, ct) =>
        {
            if (commands.Count > 0) await actors.SendAsReadAsync(call, commands, number, new LeavePush(), ct);
        });
    }

    private static async Task EndedAsync(Task<Reply<Push>> sent)
    {
        if ((await sent).Refusal is { Kind: RefusalKind.Unavailable } away) throw new StorageException(away.Detail);
    }
}
