using Crm.Host.Actors;
using Crm.Host.Storage;

namespace Crm.Benchmarks;

/// <summary>Writes invented rows through the real commit, in large batches: documents, columns, terms, totals, journal and sequences are what the program itself would have written.</summary>
internal static class BulkSeed
{
    private const int Batch = 1_000;

    /// <summary>Answers the number of the first row; the others follow.</summary>
    /// <param name="of">The state of a row, counted from 1.</param>
    public static long Write<TState>(IStore store, CompanyRef company, Entity<TState> entity, string fact, int count, Func<int, TState> of, ISettings settings) where TState : class
    {
        var at = new Moment(SeedData.At, Call.System(company), settings);
        var first = 0L;
        for (var done = 0; done < count; done += Batch)
        {
            CommitUnit[] units =
            [
                .. Enumerable.Range(done + 1, Math.Min(Batch, count - done))
                    .Select(number => new CommitUnit { Call = at.Call, At = at.Now, Writes = [Writing.Of(entity, at, 0, null, of(number), fact)] }),
            ];
            Commit.Run(store, units);
            if (units.FirstOrDefault(u => !u.Done.Task.IsCompletedSuccessfully) is { } failed) throw new InvalidOperationException("A row could not be written.", failed.Done.Task.Exception);
            if (done == 0) first = units[0].Writes[0].Number;
        }
        return first;
    }
}
