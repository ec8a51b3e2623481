namespace Crm.Host.Storage;

/// <summary>A sum's change in one transaction.</summary>
internal sealed record TotalChange(int Company, string Kind, Total Total, long Count)
{
    /// <summary>What a write adds to the sums of its kind: the new state's share less the old one's.</summary>
    public static IReadOnlyList<TotalChange> Between(int company, IEntity entity, object? before, object after)
    {
        IReadOnlyList<Total> old = before is null ? [] : entity.Totals(before), now = entity.Totals(after);
        if (old.SequenceEqual(now)) return [];
        return [.. old.Select(t => new TotalChange(company, entity.Kind, t with { Amount = -t.Amount, Weighted = -t.Weighted }, -1)), .. now.Select(t => new TotalChange(company, entity.Kind, t, 1))];
    }

    /// <summary>The changes of many writes, one for each sum, always in the same order so that two hosts touch them alike.</summary>
    public static IReadOnlyList<TotalChange> Sum(IEnumerable<TotalChange> changes) =>
    [
        .. changes.GroupBy(c => (c.Company, c.Kind, c.Total.Name, c.Total.Key)).OrderBy(g => g.Key)
            .Select(g => new TotalChange(g.Key.Company, g.Key.Kind, new(g.Key.Name, g.Key.Key, g.Sum(c => c.Total.Amount), g.Sum(c => c.Total.Weighted)), g.Sum(c => c.Count)))
            .Where(c => c is not { Count: 0, Total: { Amount: 0, Weighted: 0 } }),
    ];
}
