using Crm.Contracts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crm.Accounting;

/// <summary>
/// Looks for what has to be written, and writes what is due, on whichever host comes first to it. A company waits for its own accounting system and for
/// nobody else's.
/// </summary>
internal sealed partial class PushWorker(Wanted wanted, Pusher pusher, Exchanges exchanges, IDatabase database, IAccess access, TimeProvider clock, ILogger<PushWorker> log) : BackgroundService
{
    private const string Behind = """
        version > 0 and not exists (select 1 from accounting_marks m join heads h on h.company = m.company
        where m.company = accounting_rules.company and m.rules = accounting_rules.version and m.seq >= h.seq)
        """;

    /// <summary>So many of one company's are on their way at once: a system's limit is reached with a few.</summary>
    private const int AtOnce = 4, Together = 100;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1), Clean = TimeSpan.FromHours(6);

    private readonly SemaphoreSlim _places = new(32);
    private readonly HashSet<(int Company, bool IsLooking)> _busy = [];
    private DateTimeOffset _cleaned;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var now = clock.GetUtcNow();
                var behind = await database.CompaniesWithAsync("accounting_rules", Behind, stoppingToken);
                var due = await database.CompaniesWithAsync("accounting_pushes", $"due_at <= {Micros.Of(now)}", stoppingToken);
                if (behind.Count > 0 || due.Count > 0 || now > _cleaned + Clean)
                {
                    var companies = await access.CompaniesAsync(stoppingToken);
                    foreach (var company in companies.Where(c => behind.Contains(c.Id))) await BesideAsync(company, isLooking: true, stoppingToken);
                    foreach (var company in companies.Where(c => due.Contains(c.Id))) await BesideAsync(company, isLooking: false, stoppingToken);
                    if (now > _cleaned + Clean) await exchanges.ForgetAsync(companies, stoppingToken);
                    if (now > _cleaned + Clean) _cleaned = now;
                }
                await Task.Delay(Look, clock, stoppingToken);
            }
            catch (OperationCanceledException) { /* The host stops. */ }
            catch (StorageException) { await Task.Delay(Look, clock, CancellationToken.None); }
            catch (Exception bug)
            {
                Failed(log, bug, "all");
                await Task.Delay(Look, clock, CancellationToken.None);
            }
        }
    }

    /// <summary>Begins a company's work, unless it is under way.</summary>
    private async Task BesideAsync(CompanyRef company, bool isLooking, CancellationToken ct)
    {
        lock (_busy) if (!_busy.Add((company.Id, isLooking))) return;
        await _places.WaitAsync(ct);
        _ = Task.Run(async () =>
        {
            try
            {
                if (isLooking) while (await wanted.LookAsync(company, ct)) { }
                else await SendDueAsync(company, ct);
            }
            catch (Exception away) when (away is OperationCanceledException or StorageException) { /* The next look comes to the same. */ }
            catch (Exception bug) { Failed(log, bug, company.Slug); }
            finally
            {
                _places.Release();
                lock (_busy) _busy.Remove((company.Id, isLooking));
            }
        }, CancellationToken.None);
    }

    private async Task SendDueAsync(CompanyRef company, CancellationToken ct)
    {
        while (true)
        {
            var due = await database.QueryAsync(company, $"select number, plugin from accounting_pushes where company = @company and due_at <= @now order by due_at, number limit {Together}",
                [new("now", Micros.Of(clock.GetUtcNow()))], row => (Number: row.GetInt64(0), Plugin: row.GetString(1)), ct);
            if (due.Count == 0) return;
            // Of two systems one may be slow: they do not wait for each other longer than this round.
            await Task.WhenAll(due.GroupBy(d => d.Plugin).Select(of => Parallel.ForEachAsync(of, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (push, stop) => await pusher.RunAsync(company, push.Number, stop))));
            if (due.Count < Together) return;
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Sending to the accounting system of company {Company} stopped")]
    private static partial void Failed(ILogger logger, Exception exception, string company);
}
