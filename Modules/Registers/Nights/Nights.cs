using Crm.Contracts;
using Crm.Plugins.Packages;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crm.Registers;

/// <summary>Looks every few minutes in which companies it is night, and reads their registers. Several hosts may: a night is one host's.</summary>
internal sealed partial class Nights(RegisterBook book, NightReading reading, IAccess access, IActors actors, TimeProvider clock, ILogger<Nights> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(5);

    /// <summary>The company's hours in which nobody else needs the registers.</summary>
    private const int FromHour = 1, UntilHour = 5;

    /// <summary>Readings at once; each waits for its register most of the time.</summary>
    private const int AtOnce = 8;

    private readonly string _host = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";

    /// <summary>Reads all that is to be read now.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        List<(CompanyRef Company, PluginManifest Register, CompanyProfile Profile)> all = [];
        foreach (var company in await access.CompaniesAsync(ct))
        {
            // What is charged for is asked only when somebody wants it.
            var registers = (await book.ForAsync(company, null, ct)).Where(r => !r.Limits.Charged).ToArray();
            if (registers.Length > 0 && (await actors.SettingsAsync(company, ct)).Get<CompanyProfile>() is var profile) all.AddRange(registers.Select(r => (company, r, profile)));
        }
        var companies = all.GroupBy(a => a.Register.Id).ToDictionary(g => g.Key, g => g.Count());
        await Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (one, ct) =>
        {
            if (NightOf(one.Profile, clock.GetUtcNow()) is not { } day) return;
            try
            {
                var budget = NightReading.BudgetOf(one.Register.Limits, companies[one.Register.Id]);
                var asked = await reading.ReadAsync(one.Company, one.Register, day, _host, budget, () => NightOf(one.Profile, clock.GetUtcNow()) == day, ct);
                if (asked > 0) LogRead(log, one.Register.Id, asked, one.Company.Slug);
            }
            catch (Exception failed) when (failed is not OperationCanceledException) { LogFailed(log, failed, one.Register.Id, one.Company.Slug); }
        });
    }

    /// <summary>The day whose night it is where the company is; null = it is none.</summary>
    public static DateOnly? NightOf(CompanyProfile profile, DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(profile.TimeZone));
        return local.Hour is >= FromHour and < UntilHour ? DateOnly.FromDateTime(local.DateTime) : null;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try { await RunAsync(stoppingToken); }
            catch (OperationCanceledException) { /* The host stops. */ }
            catch (Exception away) { LogAway(log, away.Message); }
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Register {Register} was asked {Asked} questions for {Company}")]
    private static partial void LogRead(ILogger logger, string register, int asked, string company);

    [LoggerMessage(3, LogLevel.Error, "Register {Register} could not be read for {Company}; it is tried again in a few minutes")]
    private static partial void LogFailed(ILogger logger, Exception exception, string register, string company);

    [LoggerMessage(2, LogLevel.Warning, "The registers are read a few minutes later: the database does not answer. {Reason}")]
    private static partial void LogAway(ILogger logger, string reason);
}
