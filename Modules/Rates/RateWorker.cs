using Crm.Contracts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crm.Rates;

/// <summary>Asks for new rates some times a day, for every company that has a source. Several hosts may: a day is kept once.</summary>
internal sealed partial class RateWorker(RateFeed feed, IAccess access, IDatabase database, TimeProvider clock, ILogger<RateWorker> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1), Again = TimeSpan.FromHours(3), AfterFailure = TimeSpan.FromMinutes(30);

    private readonly Dictionary<int, DateTimeOffset> _due = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var with = await database.CompaniesWithAsync("integrations", "version > 0", stoppingToken);
                foreach (var company in (await access.CompaniesAsync(stoppingToken)).Where(c => with.Contains(c.Id))) await AskAsync(company, stoppingToken);
                await Task.Delay(Look, clock, stoppingToken);
            }
            catch (OperationCanceledException) { /* The host stops. */ }
            catch (StorageException) { await Task.Delay(Look, clock, CancellationToken.None); }
        }
    }

    private async Task AskAsync(CompanyRef company, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (_due.TryGetValue(company.Id, out var due) && due > now) return;
        // One that is switched on is asked within a minute; one that is away is left alone for a while.
        try { _due[company.Id] = now + (await feed.FetchAsync(company, ct) switch { FeedState.Told => Again, FeedState.Away => AfterFailure, _ => Look }); }
        catch (Exception bug) when (bug is not (StorageException or OperationCanceledException))
        {
            Failed(log, bug, company.Slug);
            _due[company.Id] = now + AfterFailure;
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The rates of company {Company} could not be fetched")]
    private static partial void Failed(ILogger logger, Exception exception, string company);
}
