using Crm.Contracts;

namespace Crm.Operations;

/// <summary>The operation is no longer this host's.</summary>
internal sealed class ClaimLostException : Exception;

/// <summary>
/// Does an operation's rows a chunk at a time. A chunk and the operation's progress are one commit under the operation's version, so that every
/// row is done exactly once, whenever the host is killed and whoever goes on.
/// </summary>
internal sealed class Chunks(IActors actors, IDatabase database, IJournal journal, IFiles files, IEnumerable<IUndo> undos, string host, TimeSpan claim, Operation operation, long number, CompanyRef company)
{
    /// <summary>With more, the commits of others wait noticeably longer; with fewer, the work itself takes longer.</summary>
    private const int Rows = 40;

    private readonly Call _call = new(company, new Caller(operation.By, Role.Admin)) { Operation = number };
    private long _done = operation.Done;

    /// <summary>Does the rows of a bulk change.</summary>
    /// <returns>False = somebody stopped it.</returns>
    public async Task<bool> DoAsync(IBulkTarget target, BulkPlan plan, CancellationToken ct)
    {
        var numbers = await BulkRows.ReadAsync(files, company, plan.File, ct);
        while (_done < numbers.Length)
        {
            var sends = await target.CommandsAsync(company, operation.Action, plan.Set, numbers[(int)_done..Math.Min((int)_done + Rows, numbers.Length)], ct);
            var goOn = await CommitAsync(sends, numbers.Length, 0, ct);
            if (!goOn && _done < numbers.Length) return false;
        }
        return true;
    }

    /// <summary>Takes back the entries of the phase before, newest first.</summary>
    /// <returns>False = somebody stopped it.</returns>
    public async Task<bool> UndoAsync(CancellationToken ct)
    {
        var byKind = undos.ToDictionary(u => u.Kind);
        var (from, to) = (operation.PhaseStarts[operation.Phase - 1], operation.PhaseStarts[operation.Phase]);
        var reverted = operation.Rest ? await RevertedAsync(ct) : [];
        var total = operation.Total ?? await CountAsync(from, to, ct);
        var position = operation.Position > 0 ? operation.Position : to + 1;
        while (true)
        {
            var entries = (await journal.OfOperationAsync(company, number, position, Rows, ct)).Where(e => e.Seq > from).ToArray();
            if (entries.Length == 0) return true;
            Dictionary<(string Kind, long Number), Event> chunk = [];
            foreach (var entry in entries)
            {
                // An earlier entry of the same entity is for the next chunk, after this one's commit.
                if (byKind.ContainsKey(entry.Kind) && !reverted.Contains((entry.Kind, entry.Number)) && !chunk.TryAdd((entry.Kind, entry.Number), entry)) break;
                position = entry.Seq;
            }
            List<Send> sends = [];
            foreach (var kind in chunk.Values.GroupBy(e => e.Kind)) sends.AddRange(await byKind[kind.Key].RevertAsync(company, [.. kind], operation.Force, ct));
            if (sends.Count > 0 && !await CommitAsync(sends, total, position, ct)) return false;
        }
    }

    private async Task<bool> CommitAsync(IReadOnlyList<Send> sends, long total, long position, CancellationToken ct)
    {
        var reply = await actors.SendAsync(_call, sends, number, outcomes => new ReportOperation(host, claim, _done + sends.Count, total, outcomes.Count(o => o.Changed),
            [.. outcomes.Where(o => o.Refusal is not null).Select(o => new Skipped(o.Number, o.Refusal!.Code, o.Refusal.Detail))]) { Position = position }, ct);
        if (reply.Refusal is { Kind: RefusalKind.Unavailable } or { Code: "joint.contended" }) throw new StorageException(reply.Refusal.Detail);
        if (reply.Refusal is not null) throw new ClaimLostException();
        _done += sends.Count;
        return reply.Row!.State.CancelledAt is null;
    }

    private async Task<long> CountAsync(long from, long to, CancellationToken ct) =>
        (await database.QueryAsync(company, "select count(*) from journal where company = @company and operation = @operation and seq > @from and seq <= @to and kind <> 'operation'",
            [new("operation", number), new("from", from), new("to", to)], row => row.GetInt64(0), ct))[0];

    /// <summary>What this phase has taken back already, when it goes over what it left alone.</summary>
    private async Task<HashSet<(string, long)>> RevertedAsync(CancellationToken ct) =>
        [.. await database.QueryAsync(company, "select distinct kind, number from journal where company = @company and operation = @operation and seq > @from and kind <> 'operation'",
            [new("operation", number), new("from", operation.PhaseStarts[operation.Phase])], row => (row.GetString(0), row.GetInt64(1)), ct)];
}
