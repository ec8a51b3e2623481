using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crm.Companies;

/// <summary>Writes once a minute which keys were used, beside the requests and beside the journal.</summary>
internal sealed partial class KeyUses(Access access, CompaniesTables tables, TimeProvider clock, ILogger<KeyUses> logger) : BackgroundService
{
    public async Task StoreAsync(CancellationToken ct)
    {
        foreach (var ((company, number), use) in access.Uses)
        {
            var at = use.At;
            if (at == use.Stored) continue;
            await tables.UsedAsync(company, number, new DateTimeOffset(at, TimeSpan.Zero), ct);
            use.Stored = at;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await TryStoreAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The program stops: what the last minute has seen is stored now.
            await TryStoreAsync(CancellationToken.None);
        }
    }

    private async Task TryStoreAsync(CancellationToken ct)
    {
        try { await StoreAsync(ct); }
        catch (StorageException away) { Log.NotStored(logger, away.Message); }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "When API keys were last used could not be stored; it is tried again in a minute. {Reason}")]
        public static partial void NotStored(ILogger logger, string reason);
    }
}
