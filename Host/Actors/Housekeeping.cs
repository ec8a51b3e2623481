using Crm.Contracts;

namespace Crm.Host.Actors;

/// <summary>Once an hour, forgets the idempotency keys that need not be kept any more, company by company. Several hosts doing so at once do no harm.</summary>
internal sealed partial class Housekeeping(FirstAnswers answers, IAccess access, TimeProvider clock, ILogger<Housekeeping> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var hourly = new PeriodicTimer(TimeSpan.FromHours(1), clock);
        while (await hourly.WaitForNextTickAsync(stoppingToken)) await KeepAsync(stoppingToken);
    }

    /// <summary>Does it now.</summary>
    public async Task KeepAsync(CancellationToken ct)
    {
        try
        {
            foreach (var company in await access.CompaniesAsync(ct)) await answers.ForgetOldAsync(company, ct);
            await answers.ForgetOldAsync(CompanyRef.System, ct);
        }
        catch (StorageException away)
        {
            LogAway(log, away);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Old idempotency keys are forgotten an hour later: the database does not answer")]
    private static partial void LogAway(ILogger logger, Exception exception);
}
