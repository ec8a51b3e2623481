using Crm.Contracts;
using Crm.Plugins;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crm.Accounting;

/// <summary>
/// Runs what is due, on whichever host claims it. A company waits for its own accounting system and for nobody else's: runs of different companies go on
/// beside each other, and each system's limits hold per company in the plugin host.
/// </summary>
internal sealed partial class SyncWorker(IActors actors, IDatabase database, IAccess access, IPlugins plugins, CustomerPages customers, InvoicePages invoices, InvoicedYears years, BalancePages balances, TimeProvider clock, ILogger<SyncWorker> log) : BackgroundService
{
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(2), Look = TimeSpan.FromSeconds(2), LookForNew = TimeSpan.FromSeconds(30);

    private readonly string _host = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";

    /// <summary>Runs wait for answers most of the time; what they do with an answer is little. Each may hold two pages.</summary>
    private readonly SemaphoreSlim _places = new(128);
    private readonly HashSet<(int, long)> _mine = [];
    private readonly Dictionary<int, long> _settings = [];
    private DateTimeOffset _lookedForNew;
    private volatile TaskCompletionSource _asked = new();

    /// <summary>Looks at once for what is due. Other hosts look every two seconds.</summary>
    public void LookNow() => _asked.TrySetResult();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            // Made anew before it looks: who asks meanwhile is not missed.
            var asked = _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
            try
            {
                await OpenNewAsync(stoppingToken);
                foreach (var due in await DueAsync(stoppingToken))
                {
                    lock (_mine) if (!_mine.Add(due)) continue;
                    await _places.WaitAsync(stoppingToken);
                    _ = InPlaceAsync(due.Company, due.Number, stoppingToken);
                }
                await Task.WhenAny(asked.Task, Task.Delay(Look, clock, stoppingToken));
            }
            catch (OperationCanceledException) { /* The host stops. */ }
            catch (StorageException) { await Task.Delay(Look, clock, CancellationToken.None); }
            catch (Exception bug)
            {
                // One company's broken settings must not end the reading of all.
                LookFailed(log, bug);
                await Task.Delay(Look, clock, CancellationToken.None);
            }
        }
    }

    /// <summary>Works on one connection now, if it is due and nobody else does.</summary>
    public async Task RunAsync(CompanyRef company, long number, CancellationToken ct)
    {
        var call = Call.System(company);
        if ((await actors.SendAsync(call, number, new ClaimRun(_host, Claim), ct)).Row?.State is not { } connection) return;
        // Switched off since: it stays as it is until it is switched on again.
        var failure = (await plugins.InUseAsync(company, "accounting", ct)).All(p => p.Id != connection.Plugin) ? new PluginFailure(PluginErrorKind.NotConfigured, "The plugin is switched off.") : null;
        try
        {
            if (failure is null) await new Sync(actors, plugins, customers, invoices, years, balances, clock, company, number, _host, Claim).RunAsync(connection, ct);
        }
        catch (ClaimLostException) { return; }
        catch (SyncFailedException failed) { failure = failed.Failure; }
        catch (Exception bug) when (bug is not (StorageException or OperationCanceledException))
        {
            Failed(log, bug, company.Slug, connection.Plugin);
            failure = new(PluginErrorKind.Bug, "It stopped because of an unexpected error.");
        }
        if (failure is not null) await actors.SendAsync(call, number, new FailRun(_host, failure.Kind, failure.Detail, BackOff.After(connection.FailuresInARow, failure.RetryAfter)), CancellationToken.None);
    }

    private async Task InPlaceAsync(int company, long number, CancellationToken ct)
    {
        try
        {
            if ((await access.CompaniesAsync(ct)).FirstOrDefault(c => c.Id == company) is { } found) await RunAsync(found, number, ct);
        }
        catch (Exception away) when (away is OperationCanceledException or StorageException) { /* The claim runs out, and the run goes on where its cursor is. */ }
        catch (Exception bug) { LookFailed(log, bug); }
        finally
        {
            lock (_mine) _mine.Remove((company, number));
            _places.Release();
        }
    }

    private async Task<List<(int Company, long Number)>> DueAsync(CancellationToken ct)
    {
        var now = Micros.Of(clock.GetUtcNow());
        List<(int, long)> due = [];
        foreach (var company in await database.CompaniesWithAsync("accounting_connections", $"due_at <= {now}", ct))
        {
            due.AddRange(await database.QueryAsync(new(company, ""), "select number from accounting_connections where company = @company and due_at <= @now order by due_at", [new("now", now)], row => (company, row.GetInt64(0)), ct));
        }
        return due;
    }

    /// <summary>
    /// Makes a connection for every accounting plugin that a company has switched on: of all companies now and then, and at once of those that have changed
    /// their integrations. What was refused there before is tried again, for somebody may just have put it right.
    /// </summary>
    private async Task OpenNewAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var all = now >= _lookedForNew + LookForNew;
        // A change is stored a little later than it is dated.
        var with = await database.CompaniesWithAsync("integrations", all ? "version > 0" : $"updated_at >= {Micros.Of(now - (5 * Look))}", ct);
        if (all) _lookedForNew = now;
        if (with.Count == 0) return;
        foreach (var company in (await access.CompaniesAsync(ct)).Where(c => with.Contains(c.Id)))
        {
            var settings = (await database.QueryAsync(company, "select version from integrations where company = @company", [], row => row.GetInt64(0), ct)).Sum();
            var isChanged = _settings.TryGetValue(company.Id, out var known) && known != settings;
            if (!all && known == settings) continue;
            _settings[company.Id] = settings;
            if (await plugins.InUseAsync(company, "accounting", ct) is not { Count: > 0 } used) continue;
            var there = await database.QueryAsync(company, "select number, plugin from accounting_connections where company = @company", [], row => (Number: row.GetInt64(0), Plugin: row.GetString(1)), ct);
            foreach (var plugin in used.Where(p => there.All(t => t.Plugin != p.Id))) await actors.CreateAsync(Call.System(company), new OpenConnection(plugin.Id), ct);
            if (!isChanged) continue;
            foreach (var (number, _) in there) await actors.SendAsync(Call.System(company), number, new VerifyAccount(), ct);
            foreach (var (number, _) in there) if (await actors.ReadAsync<Connection>(company, number, ct) is { State.IsRefused: true }) await actors.SendAsync(Call.System(company), number, new RunNow(false), ct);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The run of company {Company} with {Plugin} stopped")]
    private static partial void Failed(ILogger logger, Exception exception, string company, string plugin);

    [LoggerMessage(2, LogLevel.Error, "A look for what is to be read stopped")]
    private static partial void LookFailed(ILogger logger, Exception exception);
}
