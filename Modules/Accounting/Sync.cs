using Crm.Contracts;
using Crm.Plugins;

namespace Crm.Accounting;

/// <summary>
/// One run for one company: reads page after page and stores each in one commit with the cursor that leads to the next. The next page is on its way
/// while one is stored, so that the system's rate limit, and not our disk, says how long it takes.
/// </summary>
internal sealed class Sync(IActors actors, IPlugins plugins, CustomerPages customers, InvoicePages invoices, InvoicedYears years, BalancePages balances, TimeProvider clock, CompanyRef company, long number, string host, TimeSpan claim)
{
    /// <summary>So many customers are asked for by themselves in one run.</summary>
    private const int MostAlone = 2_000;

    private readonly Call _call = Call.System(company);
    private DateTimeOffset? _claimedUntil;
    private int _alone;

    /// <summary>Goes on with the run of a connection that this host has claimed, until its end.</summary>
    /// <exception cref="SyncFailedException">The system cannot be read now.</exception>
    /// <exception cref="ClaimLostException">Another host has it, or somebody has paused it.</exception>
    public async Task RunAsync(Connection connection, CancellationToken ct)
    {
        var run = connection.Run!;
        _claimedUntil = connection.HostUntil;
        // Known to whoever has read a step from its first page; a run that was broken off in the middle of it does not know.
        HashSet<string>? invoiced = null, told = null;
        var isPartial = false;
        if (connection.IsToVerify && run.Step != SyncStep.Account) run = await VerifiedAsync(connection, run, run, ct);
        while (true)
        {
            var query = new AccountingQuery { ChangedSince = run.Whole ? null : connection.ReadTo, Currency = connection.Account?.Currency };
            switch (run.Step)
            {
                case SyncStep.Account:
                    run = await AccountAsync(connection, run, ct);
                    break;
                case SyncStep.Customers:
                    run = await PagesAsync(connection.Plugin, run, query, static (system, call, query, ct) => system.CustomersAsync(call, query, ct), (page, rows, ct) => customers.StoreAsync(page, rows, (id, ct) => WholeAsync(connection.Plugin, id, ct), ct), (r, rows) => r with { Customers = r.Customers + rows }, SyncStep.Invoices, ct);
                    break;
                case SyncStep.Invoices:
                    invoiced = run.Cursor is null ? [] : null;
                    run = await PagesAsync(connection.Plugin, run, run.Whole ? query : query with { Unpaid = await invoices.UnpaidAsync(company, connection.Plugin, ct) }, static (system, call, query, ct) => system.InvoicesAsync(call, query, ct), invoices.StoreAsync, (r, rows) => r with { Invoices = r.Invoices + rows }, SyncStep.Balances, ct,
                        page => invoiced?.UnionWith(page.Items.Select(i => i.CustomerId)));
                    break;
                case SyncStep.Balances:
                    (told, isPartial) = ([], false);
                    if (!run.Whole) invoiced?.UnionWith(await balances.NeverToldAsync(company, connection.Plugin, ct));
                    run = await PagesAsync(connection.Plugin, run with { Cursor = null, Done = 0, Balances = 0 }, query with { Customers = run.Whole || invoiced is null ? null : [.. invoiced] }, static (system, call, query, ct) => system.BalancesAsync(call, query, ct), balances.StoreAsync, (r, rows) => r with { Balances = r.Balances + rows }, SyncStep.Rest, ct,
                        page => { told.UnionWith(page.Items.Select(b => b.CustomerId)); isPartial |= page.IsPartial; });
                    break;
                case SyncStep.Rest when told is null:
                    run = run with { Step = SyncStep.Balances };
                    break;
                case SyncStep.Rest:
                    run = await balances.ClearUntoldAsync(new(company, connection.Plugin, run, run, SaveAsync), told, isPartial, ct);
                    if (run.Whole && connection.WholeOn is { } last && last.Year != (await actors.SettingsAsync(company, ct)).Get<CompanyProfile>().Today(run.StartedAt).Year) await years.TurnAsync(new(company, connection.Plugin, run, run, SaveAsync), ct);
                    await HeldAsync(actors.SendAsync(_call, [Send.To(IActors.Settings, new SayBalancesRead(connection.Plugin, run.StartedAt))], number, _ => new EndRun(host), ct));
                    return;
            }
        }
    }

    /// <summary>Sees first whom the credentials lead to: another company's customers must not be mixed with these.</summary>
    private async Task<SyncRun> AccountAsync(Connection connection, SyncRun run, CancellationToken ct)
    {
        if (!run.Whole && !connection.IsToVerify) return run with { Step = SyncStep.Customers };
        return await VerifiedAsync(connection, run, run with { Step = SyncStep.Customers }, ct);
    }

    private async Task<SyncRun> VerifiedAsync(Connection connection, SyncRun run, SyncRun next, CancellationToken ct)
    {
        var there = await AskAsync(connection.Plugin, 0, static (system, call, _, ct) => system.CompanyAsync(call, ct), ct);
        var found = new Account(there.Id, there.Name, there.OrganisationNumber, there.Currency);
        if (connection.Account is { } known && known.Id != found.Id)
        {
            await HeldAsync(actors.SendAsync(_call, number, new RefuseAccount(host, found), ct));
            throw new ClaimLostException();
        }
        next = next with { Calls = run.Calls + 1 };
        await HeldAsync(actors.SendAsync(_call, number, new AdvanceRun(host, claim, next) { Account = found }, ct));
        return next;
    }

    private async Task<SyncRun> PagesAsync<T>(
        string plugin, SyncRun run, AccountingQuery query, Func<IAccountingSystem, IPluginCall, AccountingQuery, CancellationToken, ValueTask<AccountingPage<T>>> read,
        Func<Page, IReadOnlyList<T>, CancellationToken, Task<SyncRun>> store, Func<SyncRun, int, SyncRun> count, SyncStep next, CancellationToken ct, Action<AccountingPage<T>>? look = null)
    {
        Task<AccountingPage<T>>? asked = AskAsync(plugin, query with { Cursor = run.Cursor }, read, ct);
        while (true)
        {
            var page = await HeldMeanwhileAsync(asked, run, ct);
            asked = page.Cursor is null ? null : AskAsync(plugin, query with { Cursor = page.Cursor }, read, ct);
            look?.Invoke(page);
            var before = run;
            run = count(run with { Calls = run.Calls + 1, Done = run.Done + page.Items.Length, Total = page.Total }, page.Items.Length);
            run = asked is null ? run with { Step = next, Cursor = null, Done = 0, Total = null } : run with { Cursor = page.Cursor };
            // A page without rows leaves no trace: most readings of what changed find nothing.
            if (page.Items.Length > 0) run = await store(new(company, plugin, before, run, SaveAsync), page.Items, ct);
            if (asked is null) return run;
        }
    }

    /// <summary>
    /// All of one customer. Null = the system does not tell it now, or was asked for enough of them in this run: then what the list told has to do until a later run
    /// asks again, for no single customer holds up all others, and balances come the same day.
    /// </summary>
    private async Task<AccountingCustomer?> WholeAsync(string plugin, string id, CancellationToken ct)
    {
        if (_alone == MostAlone) return null;
        _alone++;
        var answer = await plugins.CallAsync<IAccountingSystem, string, AccountingCustomer?>(company, plugin, id, static (system, call, id, ct) => system.CustomerAsync(call, id, ct), ct);
        return answer.Failure is { Kind: PluginErrorKind.RateLimited or PluginErrorKind.Unauthorized or PluginErrorKind.NotConfigured } all ? throw new SyncFailedException(all) : answer.Value;
    }

    /// <summary>Waits for a page. The claim is renewed when half of it is over, for nothing else does that while pages are without rows or long in coming.</summary>
    private async Task<T> HeldMeanwhileAsync<T>(Task<T> asked, SyncRun run, CancellationToken ct)
    {
        while (true)
        {
            if (clock.GetUtcNow() >= _claimedUntil - (claim / 2)) await SaveAsync([], run, ct);
            try { return await asked.WaitAsync(claim / 4, clock, ct); }
            catch (TimeoutException) { /* It is still on its way. */ }
        }
    }

    private async Task<T> AskAsync<TArgument, T>(string plugin, TArgument argument, Func<IAccountingSystem, IPluginCall, TArgument, CancellationToken, ValueTask<T>> read, CancellationToken ct)
    {
        var answer = await plugins.CallAsync(company, plugin, argument, read, ct);
        return answer.Failure is { } failure ? throw new SyncFailedException(failure) : answer.Value!;
    }

    /// <summary>Stores a part of a page and, with the last part, how far the run is.</summary>
    private async Task SaveAsync(IReadOnlyList<Send> commands, SyncRun run, CancellationToken ct)
    {
        var advance = new AdvanceRun(host, claim, run);
        await HeldAsync(commands.Count == 0 ? actors.SendAsync(_call, number, advance, ct) : actors.SendAsReadAsync(_call, commands, number, advance, ct));
    }

    private async Task HeldAsync(Task<Reply<Connection>> sent)
    {
        var reply = await sent;
        if (reply.Refusal is { Kind: RefusalKind.Unavailable } away) throw new StorageException(away.Detail);
        if (reply.Refusal is { Code: not "accounting.taken" } refusal) throw new SyncFailedException(new(PluginErrorKind.Bug, refusal.Detail));
        if (reply.Refusal is not null || reply.Row?.State is { Run: not null, State: not ConnectionState.Active }) throw new ClaimLostException();
        _claimedUntil = reply.Row?.State.HostUntil;
    }
}

/// <summary>The accounting system gives no answer that the run can go on with.</summary>
internal sealed class SyncFailedException(PluginFailure failure) : Exception
{
    public PluginFailure Failure => failure;
}

/// <summary>Another host has the run, or somebody has stopped it.</summary>
internal sealed class ClaimLostException : Exception;
