using Crm.Host.Storage;

namespace Crm.Host.Telemetry;

/// <summary>Whether this host can serve requests: the database answers, and its schema is the one that this program knows.</summary>
/// <param name="database">Is asked one small question.</param>
/// <param name="known">The schema scripts of this program.</param>
/// <param name="clock">Measures its patience.</param>
internal sealed class Readiness(IDatabase database, IReadOnlyList<SchemaScript> known, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2), Fresh = TimeSpan.FromSeconds(1);
    private static readonly Refusal Away = new(RefusalKind.Unavailable, "health.database", "The database does not answer.");
    private static readonly Refusal Behind = new(RefusalKind.Unavailable, "health.schema", "The database's schema is not the one that this version of the program knows.");

    private readonly Lock _lock = new();
    private Task<Refusal?>? _probe;
    private long _begun;

    /// <summary>Null = ready. Asks the database at most once a second, and never twice at a time, however often and from wherever it is asked itself.</summary>
    public async Task<Refusal?> CheckAsync(CancellationToken ct)
    {
        Task<Refusal?> probe;
        lock (_lock)
        {
            if (_probe is null || (_probe.IsCompleted && clock.GetElapsedTime(_begun) > Fresh)) (_probe, _begun) = (Task.Run(ProbeAsync, CancellationToken.None), clock.GetTimestamp());
            probe = _probe;
        }
        try
        {
            return await probe.WaitAsync(Patience, clock, ct);
        }
        catch (TimeoutException)
        {
            return Away;
        }
    }

    private async Task<Refusal?> ProbeAsync()
    {
        try
        {
            var applied = await database.QueryAsync(CompanyRef.System, "select module, number from schema_scripts where @company = 0", [], row => (Module: row.GetString(0), Number: (int)row.GetInt64(1)), CancellationToken.None);
            return known.GroupBy(s => s.Module).All(m => m.Max(s => s.Number) == applied.Where(a => a.Module == m.Key).Select(a => a.Number).DefaultIfEmpty().Max()) ? null : Behind;
        }
        catch (StorageException)
        {
            return Away;
        }
    }
}
