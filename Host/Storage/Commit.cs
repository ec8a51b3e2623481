namespace Crm.Host.Storage;

/// <summary>
/// The order of a commit, the same on both databases: lock the companies' journals, number what is new, write the rows under their version
/// guards, chain the journal, make it durable. A unit that cannot be is taken out and the rest is written without it, so no unit fails for its neighbours.
/// </summary>
internal static class Commit
{
    /// <summary>Commits a batch; every unit gets its own outcome.</summary>
    /// <exception cref="StorageException">The database does not answer: nothing is known of the whole batch.</exception>
    public static void Run(IStore store, IReadOnlyList<CommitUnit> units)
    {
        List<CommitUnit> twins = [];
        for (var left = units; left.Count > 0;)
        {
            IReadOnlyList<(CommitUnit Unit, CommitStatus Status)> failed;
            try
            {
                failed = TryAll(store, left);
            }
            catch (Exception fault) when (fault is not StorageException)
            {
                // One unit's data or answer is at fault and nobody says whose: each on its own.
                if (left.Count == 1) Settle(left[0], fault);
                else foreach (var unit in left) Run(store, [unit]);
                break;
            }
            if (failed.Count == 0)
            {
                foreach (var unit in left) unit.End(new CommitOutcome(CommitStatus.Done));
                break;
            }
            foreach (var (unit, status) in failed)
            {
                if (status == CommitStatus.Replay && HasTwinBefore(unit, left, failed)) twins.Add(unit);
                else unit.End(new CommitOutcome(status));
            }
            left = [.. left.Except(failed.Select(f => f.Unit))];
        }
        if (twins.Count > 0) Run(store, twins);
    }

    /// <summary>
    /// True when the key is that of an earlier unit of the same batch: there is no stored answer to replay before that one is durable, and none at
    /// all if it fails.
    /// </summary>
    private static bool HasTwinBefore(CommitUnit unit, IReadOnlyList<CommitUnit> units, IReadOnlyList<(CommitUnit Unit, CommitStatus Status)> failed) =>
        units.TakeWhile(other => other != unit).Any(other =>
            other.Call.Idempotency?.Key == unit.Call.Idempotency!.Key && other.Call.Company.Id == unit.Call.Company.Id && other.Call.Caller.Name == unit.Call.Caller.Name
            && !failed.Contains((other, CommitStatus.Replay)));

    private static IReadOnlyList<(CommitUnit, CommitStatus)> TryAll(IStore store, IReadOnlyList<CommitUnit> units)
    {
        List<int> companies = [];
        List<(int, string)> kinds = [];
        foreach (var unit in units)
        {
            foreach (var write in unit.Writes)
            {
                if (!companies.Contains(write.Company)) companies.Add(write.Company);
                if (write.IsInsert && !write.Entity.IsSettings && !kinds.Contains((write.Company, write.Entity.Kind))) kinds.Add((write.Company, write.Entity.Kind));
            }
        }
        // Every host locks in the same order, so that no two wait for each other.
        companies.Sort();
        Dictionary<int, Head> heads = [];
        Dictionary<(int, string), long> sequences = [];

        using var batch = store.Begin();
        batch.Lock(companies, kinds, heads, sequences);
        void Number(EntityWrite write)
        {
            if (!write.IsInsert || write.Entity.IsSettings) return;
            var key = (write.Company, write.Entity.Kind);
            write.Number = sequences.TryGetValue(key, out var next) ? next : write.Entity.FirstNumber;
            sequences[key] = write.Number + 1;
        }
        foreach (var unit in units)
        {
            Number(unit.Writes[0]);
            // Anew at every try: the number may be another one than before.
            if (unit.Following is { } following) unit.Writes = [unit.Writes[0], .. following(unit.Writes[0].Number)];
            for (var i = 1; i < unit.Writes.Count; i++) Number(unit.Writes[i]);
        }
        var failed = batch.Write(units);
        if (failed.Count > 0) return failed;

        List<JournalEntry> entries = new(units.Count);
        foreach (var unit in units)
        {
            foreach (var write in unit.Writes)
            {
                var head = heads.TryGetValue(write.Company, out var last) ? last : new Head(write.Company, 0, JournalEntry.FirstHash);
                var (seq, version) = (head.Seq + 1, write.ExpectedVersion + 1);
                var hash = JournalEntry.HashOf(head.Hash, write.Company, seq, unit.At, unit.Call.Caller.Name, unit.Call.Operation, write.Entity.Kind, write.Number, version, write.Fact, write.Change);
                entries.Add(new(write.Company, seq, unit.At, unit.Call.Caller.Name, unit.Call.Operation, write.Entity.Kind, write.Number, version, write.Fact, write.Change, hash));
                heads[write.Company] = new(write.Company, seq, hash);
            }
        }
        batch.Commit(entries, heads.Values, [.. sequences.Select(s => new Sequence(s.Key.Item1, s.Key.Item2, s.Value))], TotalChange.Sum(units.SelectMany(u => u.Writes).SelectMany(w => w.Totals)));
        return [];
    }

    private static void Settle(CommitUnit unit, Exception fault)
    {
        foreach (var write in unit.Writes)
        {
            foreach (var (column, code) in write.Entity.Unique)
            {
                if ((fault as StatementException)?.IsTaken(write.Entity.Table, column) != true) continue;
                unit.End(new CommitOutcome(CommitStatus.Taken, code));
                return;
            }
        }
        unit.Fail(fault);
    }
}
