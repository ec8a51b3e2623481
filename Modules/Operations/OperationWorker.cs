using System.Threading.Channels;
using Crm.Contracts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crm.Operations;

/// <summary>
/// Runs operations. New ones are told to it at once; once a second it looks for those that another host left behind. A claim on the operation,
/// guarded by its version, decides which host works.
/// </summary>
internal sealed partial class OperationWorker(
    IActors actors, IDatabase database, IJournal journal, IFiles files, IEnumerable<IOperationAction> actions, IEnumerable<IBulkTarget> targets, IEnumerable<IUndo> undos, TimeProvider clock, ILogger<OperationWorker> log) : BackgroundService
{
    private static readonly TimeSpan Claim = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly string _host = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";
    private readonly Channel<(int Company, long Number)> _new = Channel.CreateBounded<(int, long)>(1_000);
    private readonly SemaphoreSlim _places = new(4);

    /// <summary>Says that there is work; without it the work is found a second later.</summary>
    public void Tell(int company, long number) => _new.Writer.TryWrite((company, number));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        HashSet<(int, long)> mine = [];
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (var (company, number) in await OpenAsync(stoppingToken))
                {
                    lock (mine) if (!mine.Add((company, number))) continue;
                    await _places.WaitAsync(stoppingToken);
                    _ = RunAsync(company, number, () => { lock (mine) mine.Remove((company, number)); }, stoppingToken);
                }
                using var pause = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                pause.CancelAfter(Look);
                if (await _new.Reader.WaitToReadAsync(pause.Token)) while (_new.Reader.TryRead(out _)) { }
            }
            catch (OperationCanceledException) { /* A second has passed, or the host stops. */ }
            catch (StorageException)
            {
                // The database will be back; commands tell their callers meanwhile.
                await Task.Delay(Look, clock, CancellationToken.None);
            }
        }
    }

    private async Task<List<(int Company, long Number)>> OpenAsync(CancellationToken ct)
    {
        List<(int, long)> open = [];
        foreach (var company in await database.CompaniesWithAsync("operations", "is_open = 1", ct))
        {
            var numbers = await database.QueryAsync(new(company, ""), "select number from operations where company = @company and is_open = 1 order by number", [], row => row.GetInt64(0), ct);
            // One at a time in a company: two imports of the same firms must not race.
            if (numbers.Count > 0) open.Add((company, numbers[0]));
        }
        return open;
    }

    private async Task RunAsync(int company, long number, Action release, CancellationToken ct)
    {
        var call = Call.System(new CompanyRef(company, ""));
        var isMine = false;
        try
        {
            var end = await database.QueryAsync(call.Company, "select seq from heads where company = @company", [], row => row.GetInt64(0), ct);
            var claimed = await actors.SendAsync(call, number, new ClaimOperation(_host, Claim, end.Count == 0 ? 0 : end[0]), ct);
            if (claimed.Row?.State is not { } operation) return;
            isMine = true;
            var (error, whole) = ((string?)null, false);
            try
            {
                whole = operation.CancelledAt is null && await WorkAsync(operation, number, new CompanyRef(company, operation.Slug), ct);
            }
            catch (ClaimLostException) { return; }
            catch (Exception bug) when (bug is not (StorageException or OperationCanceledException) || (bug is OperationCanceledException && !ct.IsCancellationRequested))
            {
                LogFailed(log, bug, company, number);
                error = "It stopped because of an unexpected error. What was done is done, and can be undone.";
            }
            await actors.SendAsync(call, number, new FinishOperation(_host, error, whole), CancellationToken.None);
        }
        catch (OperationCanceledException) { /* The host stops; the claim runs out, and another goes on where the last report was. */ }
        catch (StorageException)
        {
            // Found again, where the last report was.
            await Task.Delay(Look, clock, CancellationToken.None);
        }
        finally
        {
            release();
            _places.Release();
            // What another host works on is looked at again in its time.
            if (isMine) _new.Writer.TryWrite((company, number));
        }
    }

    /// <summary>Does the phase's work; false = somebody stopped it.</summary>
    private async Task<bool> WorkAsync(Operation operation, long number, CompanyRef company, CancellationToken ct)
    {
        var chunks = new Chunks(actors, database, journal, files, undos, _host, Claim, operation, number, company);
        if (operation.Phase > 0) return await chunks.UndoAsync(ct);
        if (operation.Bulk is { } plan) return await chunks.DoAsync(targets.First(t => t.Actions.Contains(operation.Action)), plan, ct);
        var run = new Run(actors, clock, _host, operation, number, company);
        try
        {
            await actions.First(a => a.Action == operation.Action).RunAsync(run, ct);
            await run.FlushAsync(ct);
            return true;
        }
        catch (StoppedException)
        {
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Operation {Number} of company {Company} stopped")]
    private static partial void LogFailed(ILogger logger, Exception exception, int company, long number);

    private sealed class StoppedException : Exception;

    private sealed class Run(IActors actors, TimeProvider clock, string host, Operation operation, long number, CompanyRef company) : OperationRun
    {
        private readonly List<Skipped> _skipped = [];
        private long _done = operation.Done, _changed, _reported;
        private long? _total = operation.Total;

        public override Call Call { get; } = new(company, new Caller(operation.By, Role.Admin)) { Operation = number };
        public override System.Text.Json.JsonElement Parameters => operation.Parameters!.Value;
        public override long Done => operation.Done;

        public override async Task ReportAsync(long done, long? total, long changed, IReadOnlyList<Skipped> skipped, CancellationToken ct)
        {
            (_done, _total, _changed) = (done, total, _changed + changed);
            _skipped.AddRange(skipped);
            // Each report is a journal entry: one a second tells enough.
            if (clock.GetElapsedTime(_reported) >= TimeSpan.FromSeconds(1)) await FlushAsync(ct);
        }

        public async Task FlushAsync(CancellationToken ct)
        {
            var reply = await actors.SendAsync(Call.System(company), number, new ReportOperation(host, Claim, _done, _total, _changed, [.. _skipped]), ct);
            if (reply.Refusal is { Kind: RefusalKind.Unavailable } away) throw new StorageException(away.Detail);
            if (reply.Refusal is not null) throw new ClaimLostException();
            _skipped.Clear();
            (_changed, _reported) = (0, clock.GetTimestamp());
            if (reply.Row!.State.CancelledAt is not null) throw new StoppedException();
        }
    }
}
