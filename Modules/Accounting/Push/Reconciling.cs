namespace Crm.Accounting;

/// <summary>
/// Says, field by field, what is to become of what the CRM and an accounting system have otherwise. Who changed a field is known from the value that both
/// had last; where only one has changed it, that one's word counts, unless the rules say whose always does. What is not taken is kept in a conflict.
/// </summary>
internal static class Reconciling
{
    /// <param name="ours">The CRM's values, as <see cref="Shared"/> has them.</param>
    /// <param name="theirs">The accounting system's.</param>
    /// <param name="memory">What is known from before.</param>
    /// <param name="wins">The fields that are kept the same.</param>
    /// <param name="isOursNewer">Whether the CRM's value is the later one; null = nobody knows.</param>
    /// <param name="mayPush">False = nothing may be written there: no rule asks for it.</param>
    /// <param name="now">For the conflicts.</param>
    public static Reconciled Of(
        IReadOnlyDictionary<SharedField, SharedValue> ours, IReadOnlyDictionary<SharedField, SharedValue> theirs, SharedMemory memory, IReadOnlyDictionary<SharedField, Wins> wins, Func<SharedField, bool?> isOursNewer, bool mayPush, DateTimeOffset now)
    {
        List<SharedField> take = [], push = [];
        Dictionary<SharedField, string> agreed = new(memory.Agreed), tried = new(memory.Tried);
        Dictionary<SharedField, Side> said = new(memory.Said);
        List<Conflict> conflicts = [.. memory.Conflicts.Where(c => wins.ContainsKey(c.Field))];
        foreach (var (field, winner) in wins.OrderBy(w => w.Key))
        {
            var (mine, other, old) = (ours[field].Key, theirs[field].Key, memory.Agreed.GetValueOrDefault(field));
            if (mine == other)
            {
                agreed[field] = mine;
                tried.Remove(field);
                said.Remove(field);
                // What somebody has to decide is decided by being the same; what was decided stays to be seen.
                conflicts.RemoveAll(c => c.Field == field && c.Winner is null);
                continue;
            }
            var isAsked = conflicts.Any(c => c.Field == field && c.Winner is null && c.Ours == ours[field].Shown && c.Theirs == theirs[field].Shown);
            // Who was unknown may have become a user since.
            if (isAsked && !said.ContainsKey(field) && field != SharedField.Owner) continue;
            var (hasOurs, hasTheirs) = (old is null ? mine.Length > 0 : mine != old, old is null ? other.Length > 0 : other != old);
            bool? oursCounts = (hasOurs, hasTheirs, winner) switch
            {
                (true, false, Wins.Accounting) when old is not null => false,
                (true, false, _) => true,
                (false, true, Wins.Crm) when old is not null => true,
                (false, true, _) => false,
                (_, _, Wins.Accounting) => false,
                (_, _, Wins.Crm) => true,
                _ => old is null ? null : isOursNewer(field),
            };
            if (said.TryGetValue(field, out var side)) oursCounts = side == Side.Crm;
            // Neither guessed nor cleared: somebody has to say.
            if (oursCounts is false && !theirs[field].CanBeTaken) oursCounts = null;
            // Where nothing may be written both keep what they have.
            if (oursCounts is true && !mayPush) continue;
            // Tried before, and it did not become the same: one side writes it otherwise, or refuses it.
            if (oursCounts is { } ourWord && tried.GetValueOrDefault(field) == SharedMemory.Try(ourWord, ourWord ? mine : other)) oursCounts = null;
            // What somebody has said is not told to them again.
            if (oursCounts is null || (!said.ContainsKey(field) && (oursCounts is true ? hasTheirs : hasOurs)))
            {
                var conflict = new Conflict(field, ours[field].Shown, theirs[field].Shown, oursCounts switch { true => Side.Crm, false => Side.Accounting, _ => null }, now);
                if (!conflicts.Any(c => conflict with { At = c.At } == c))
                {
                    conflicts.RemoveAll(c => c.Field == field);
                    conflicts.Add(conflict);
                }
            }
            if (oursCounts is true) push.Add(field);
            if (oursCounts is false)
            {
                tried[field] = SharedMemory.Try(false, other);
                take.Add(field);
            }
        }
        return new(take, push, new() { Agreed = agreed, Tried = tried, Said = said, Conflicts = conflicts });
    }
}

/// <summary>What is to be done.</summary>
/// <param name="Take">Fields whose values go into the partner.</param>
/// <param name="Push">Fields whose values go to the accounting system.</param>
/// <param name="Memory">What to know the next time.</param>
internal sealed record Reconciled(IReadOnlyList<SharedField> Take, IReadOnlyList<SharedField> Push, SharedMemory Memory);

/// <summary>What is remembered of the fields that both sides have.</summary>
internal sealed record SharedMemory
{
    /// <summary>What both last had.</summary>
    public IReadOnlyDictionary<SharedField, string> Agreed { get; init; } = new Dictionary<SharedField, string>();

    /// <summary>What was last written to make them the same, as <see cref="Try"/> has it.</summary>
    public IReadOnlyDictionary<SharedField, string> Tried { get; init; } = new Dictionary<SharedField, string>();

    /// <summary>Whose word somebody said counts, until both are the same.</summary>
    public IReadOnlyDictionary<SharedField, Side> Said { get; init; } = new Dictionary<SharedField, Side>();

    /// <summary>One for each field at most.</summary>
    public IReadOnlyList<Conflict> Conflicts { get; init; } = [];

    /// <summary>A value that was written into one side.</summary>
    public static string Try(bool isOurs, string value) => isOurs ? $">{value}" : $"<{value}";

    public bool IsSameAs(SharedMemory other) => Same(Agreed, other.Agreed) && Same(Tried, other.Tried) && Same(Said, other.Said) && Conflicts.SequenceEqual(other.Conflicts);

    private static bool Same<T>(IReadOnlyDictionary<SharedField, T> one, IReadOnlyDictionary<SharedField, T> other) where T : notnull => one.Count == other.Count && one.All(o => other.TryGetValue(o.Key, out var value) && value.Equals(o.Value));
}

/// <summary>A field that both sides have otherwise.</summary>
/// <param name="Field">Which.</param>
/// <param name="Ours">What the CRM had.</param>
/// <param name="Theirs">What the accounting system had.</param>
/// <param name="Winner">Whose word counted; null = somebody has to say.</param>
/// <param name="At">When it was seen.</param>
internal sealed record Conflict(SharedField Field, string Ours, string Theirs, Side? Winner, DateTimeOffset At);

/// <summary>One of the two sides.</summary>
internal enum Side
{
    /// <summary>The accounting system.</summary>
    Accounting,
    /// <summary>The CRM.</summary>
    Crm,
}
