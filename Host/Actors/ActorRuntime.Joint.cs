using System.Diagnostics.CodeAnalysis;
using Crm.Host.Storage;

namespace Crm.Host.Actors;

/// <summary>
/// Decisions over several entities. Their mailboxes are entered in the order of kind and number, whoever asks, so that no two wait for each other;
/// all that is written is one unit of a commit, each row under its own version guard.
/// </summary>
internal sealed partial class ActorRuntime
{
    public Task<Reply<TState>> CreateAsync<TState>(Call call, IJointCreation<TState> command, CancellationToken ct) where TState : class => TriedAsync<TState>(async () =>
    {
        var entity = catalog.Of<TState>();
        using var held = await HoldAsync(call.Company, command.Peers.Select(p => (catalog.EntityOf(p.Facet), p.Number)), ct);
        if (held is null) return Overloaded;
        if (await FirstAnswerAsync<TState>(call, ct) is { } known) return known;
        var at = await LoadAsync(call, held, ct);
        var peers = PeersOf(command.Peers, held, at, null);
        return await ConcludeAsync(entity, at, held, 0, null, command.Decide(peers, at), command.Peers, peers, ct);
    });

    public Task<Reply<TState>> SendAsync<TState>(Call call, long number, IJointCommand<TState> command, CancellationToken ct) where TState : class => TriedAsync<TState>(async () =>
    {
        var entity = catalog.Of<TState>();
        // Which others take part stands in the entity; it is looked at before anything is held, and again then.
        if ((TState?)directory.Peek(new(call.Company.Id, entity.Kind, number))?.State is not { } seen)
        {
            if (await ReadAsync<TState>(call.Company, number, ct) is not { } row) return Refusal.NotFound(entity.Kind);
            seen = row.State;
        }
        var others = command.PeersOf(seen);
        using var held = await HoldAsync(call.Company, others.Select(p => (catalog.EntityOf(p.Facet), p.Number)).Append((entity, number)), ct);
        if (held is null) return Overloaded;
        if (await FirstAnswerAsync<TState>(call, ct) is { } known) return known;
        var at = await LoadAsync(call, held, ct);
        var before = held.Find(entity, number);
        if (!IsThere(entity, before, at)) return Refusal.NotFound(entity.Kind);
        if (Stale(call, before) is { } stale) return stale;
        if (!command.PeersOf((TState)before.State).SequenceEqual(others)) return null;
        var peers = PeersOf(others, held, at, await command.LookAsync(store, call.Company, number, (TState)before.State, ct));
        return await ConcludeAsync(entity, at, held, number, before, command.Decide((TState)before.State, peers, at), others, peers, ct);
    });

    public Task<Reply<TLast>> SendAsync<TLast>(Call call, IReadOnlyList<Send> commands, long last, Func<IReadOnlyList<Sent>, ICommand<TLast>> then, CancellationToken ct) where TLast : class => TriedAsync<TLast>(async () =>
    {
        var entity = catalog.Of<TLast>();
        using var held = await HoldAsync(call.Company, commands.Select(c => (catalog.Of(c.StateType), c.Number)).Append((entity, last)), ct);
        if (held is null) return Overloaded;
        // Thousands that are changed once, one part after the other, must not push out of memory what people work with.
        held.LetsGoOf = (of, number) => of != entity || number != last;
        var at = await LoadAsync(call with { IfMatch = null, Idempotency = null, DryRun = false }, held, ct);
        if (held.Find(entity, last) is not { } before) return Refusal.NotFound(entity.Kind);
        List<Change> changes = [];
        var outcomes = commands.Select(c => Decide(c, held.Find(catalog.Of(c.StateType), c.Number), at, changes)).ToArray();
        return await ConcludeAsync(entity, at, held, last, before, then(outcomes).Decide((TLast)before.State, at), changes, ct);
    });

    public async Task<IReadOnlyList<Sent>> TryAsync(Call call, IReadOnlyList<Send> commands, CancellationToken ct)
    {
        var at = await MomentAsync(call with { IfMatch = null, Idempotency = null, DryRun = true }, ct);
        Dictionary<(IEntity, long), Committed?> rows = [];
        foreach (var kind in commands.GroupBy(c => catalog.Of(c.StateType)))
        {
            var stored = await store.LoadManyAsync(kind.Key, call.Company, [.. kind.Select(c => c.Number)], ct);
            foreach (var command in kind) rows[(kind.Key, command.Number)] = Writing.Read(kind.Key, call.Company, command.Number, stored.GetValueOrDefault(command.Number));
        }
        return [.. commands.Select(c => Decide(c, rows[(catalog.Of(c.StateType), c.Number)], at, []))];
    }

    /// <summary>One of many commands: what becomes of it, and what has to be written for it.</summary>
    private Sent Decide(Send command, Committed? before, Moment at, List<Change> changes)
    {
        var entity = catalog.Of(command.StateType);
        if (!IsThere(entity, before, at)) return new(command.Number, null, Refusal.NotFound(entity.Kind), false);
        // The second command for one entity goes on from the first; both are one change.
        var earlier = changes.FindIndex(c => c.Entity == entity && c.Number == command.Number);
        var known = earlier < 0 ? before.State : changes[earlier].State;
        var (refusal, state, fact) = command.Decide(known, at);
        if (refusal is null && fact is not null)
        {
            var change = new Change(entity, command.Number, before, state!, fact);
            if (earlier < 0) changes.Add(change);
            else changes[earlier] = change;
        }
        return new(command.Number, known, refusal, refusal is null && fact is not null);
    }

    /// <summary>Tries until nobody else was first; null = somebody was.</summary>
    private static async Task<Reply<TState>> TriedAsync<TState>(Func<Task<Reply<TState>?>> once) where TState : class
    {
        try
        {
            for (var attempt = 0; attempt < Tries; attempt++)
            {
                if (await once() is { } reply) return reply;
            }
            return new Refusal(RefusalKind.Conflict, "joint.contended", "Others keep changing what takes part in this at the same time. Try again.");
        }
        catch (StorageException)
        {
            return Away;
        }
    }

    /// <summary>False = there is no such row, or not for this caller.</summary>
    private static bool IsThere(IEntity entity, [NotNullWhen(true)] Committed? row, Moment at) => row is not null && entity.IsSeenBy(row.State, at.Call.Caller, at.Settings);

    private async Task<Moment> MomentAsync(Call call, CancellationToken ct)
    {
        var current = await settings.GetAsync(call.Company, ct);
        return new(Micros.Cut(clock.GetUtcNow()), call, current);
    }

    private Peers PeersOf(IReadOnlyList<Peer> peers, Holding held, Moment at, object? looked) => new(
        peers.Select(p => held.Find(catalog.EntityOf(p.Facet), p.Number) is { } there ? catalog.FacetOf(p.Facet).Get(p.Number, there.State, at.Settings) : null).OfType<object>(), looked);

    private Task<Reply<TState>?> ConcludeAsync<TState>(
        Entity<TState> entity, Moment at, Holding held, long number, Committed? before, Decision<TState> decision, IReadOnlyList<Peer> others, Peers peers, CancellationToken ct) where TState : class =>
        ConcludeAsync(entity, at, held, number, before, decision, decision.Fact is null ? [] : [.. others.Where(p => peers.Changes.ContainsKey(p.Facet)).Select(p =>
        {
            var (of, (facet, fact)) = (catalog.EntityOf(p.Facet), peers.Changes[p.Facet]);
            var there = held.Find(of, p.Number)!;
            return new Change(of, p.Number, there, catalog.FacetOf(p.Facet).Set(there.State, facet, at), fact);
        })], ct);

    /// <summary>Refuses, shows, or commits the entity's own decision with the changes of the others. Null = another host was first.</summary>
    private async Task<Reply<TState>?> ConcludeAsync<TState>(
        Entity<TState> entity, Moment at, Holding held, long number, Committed? before, Decision<TState> decision, IReadOnlyList<Change> changes, CancellationToken ct) where TState : class
    {
        var call = at.Call;
        if (decision.Refusal is { } refusal) return refusal;
        var created = before is null;
        var createdAt = created || before!.Version == 0 ? at.Now : before.CreatedAt;
        var kept = decision.Fact is null ? new Row<TState>(number, before!.Version, before.CreatedAt, before.UpdatedAt, decision.State!) : null;
        if (kept is not null && changes.Count == 0) return Shown(entity, kept, decision, at, created: false);
        if (call.DryRun) return Shown(entity, new(created ? await PeekAsync(entity, call.Company, ct) : number, (before?.Version ?? 0) + 1, createdAt, at.Now, decision.State!), decision, at, created);

        // An entity that stays as it is does not keep the others from changing.
        EntityWrite[] writes = [.. kept is null ? [Writing.Of(entity, at, number, before, decision.State!, decision.Fact!)] : Array.Empty<EntityWrite>(), .. changes.Select(c => Writing.Of(c.Entity, at, c.Number, c.Before, c.State, c.Fact))];
        // As for one entity: from here on the commit is carried through, and memory follows it.
        held.Forget();
        var reply = await CommitAsync(entity, call, at, writes, decision, createdAt, created, CancellationToken.None, kept);
        if (reply is null) held.Overtaken();
        if (reply is { Refusal: null, Replayed: null })
        {
            if (!created && kept is null) held.Remember(entity, number, new(before!.Version + 1, createdAt, at.Now, decision.State!));
            foreach (var c in changes) held.Remember(c.Entity, c.Number, new(c.Before.Version + 1, c.Before.Version == 0 ? at.Now : c.Before.CreatedAt, at.Now, c.State));
        }
        if (writes.Any(w => w.Entity.IsSettings)) settings.Forget(call.Company.Id);
        return reply;
    }

    /// <summary>Enters all of them, in the one order; null = too many wait for one of them.</summary>
    private async Task<Holding?> HoldAsync(CompanyRef company, IEnumerable<(IEntity Entity, long Number)> wanted, CancellationToken ct)
    {
        var held = new Holding(directory, company.Id);
        try
        {
            foreach (var (entity, number) in wanted.Distinct().OrderBy(w => w.Entity.Kind, StringComparer.Ordinal).ThenBy(w => w.Number))
            {
                Entry entry;
                do
                {
                    var activation = directory.Get(new(company.Id, entity.Kind, number));
                    entry = await activation.EnterAsync(options.MaxWaitingPerEntity, ct);
                    if (entry == Entry.In) held.Add(entity, number, activation);
                } while (entry == Entry.Closed);
                if (entry == Entry.Full)
                {
                    held.Dispose();
                    return null;
                }
            }
            return held;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Reads what of the held is not in memory, and says what the decision may look at.</summary>
    private async Task<Moment> LoadAsync(Call call, Holding held, CancellationToken ct)
    {
        // Some are only looked at, and no guard holds what is not written: where other hosts write too, it is read now.
        if (store.IsShared) held.Forget();
        foreach (var kind in held.Missing())
        {
            var rows = await store.LoadManyAsync(kind.Key, call.Company, [.. kind.Select(m => m.Number)], ct);
            foreach (var (_, number, activation) in kind) activation.Committed = Writing.Read(kind.Key, call.Company, number, rows.GetValueOrDefault(number));
            held.HasRead(kind);
        }
        return await MomentAsync(call, ct);
    }

    /// <summary>A new state of one of the others.</summary>
    private sealed record Change(IEntity Entity, long Number, Committed Before, object State, string Fact);

    /// <summary>Entities whose mailboxes were entered together.</summary>
    private sealed class Holding(Directory directory, int company) : IDisposable
    {
        private readonly Dictionary<(IEntity, long), Activation> _entered = [];
        private readonly List<(IEntity Entity, long Number)> _read = [];

        /// <summary>Which of those that were not in memory before leave it again; null = none.</summary>
        public Func<IEntity, long, bool>? LetsGoOf { get; set; }

        public void Add(IEntity entity, long number, Activation activation) => _entered.Add((entity, number), activation);

        public Committed? Find(IEntity entity, long number) => _entered[(entity, number)].Committed;

        public IGrouping<IEntity, (IEntity Entity, long Number, Activation Activation)>[] Missing() =>
            [.. _entered.Where(e => e.Value.Committed is null).Select(e => (Entity: e.Key.Item1, Number: e.Key.Item2, Activation: e.Value)).GroupBy(e => e.Entity)];

        /// <summary>These were not in memory before.</summary>
        public void HasRead(IEnumerable<(IEntity Entity, long Number, Activation Activation)> rows)
        {
            if (LetsGoOf is { } goes) _read.AddRange(rows.Where(r => goes(r.Entity, r.Number)).Select(r => (r.Entity, r.Number)));
        }

        public void Forget()
        {
            foreach (var activation in _entered.Values) activation.Committed = null;
        }

        /// <summary>Nobody says which of them another host has written.</summary>
        public void Overtaken()
        {
            foreach (var activation in _entered.Values) activation.WasOvertaken = true;
        }

        public void Remember(IEntity entity, long number, Committed committed) => _entered[(entity, number)].Committed = committed;

        public void Dispose()
        {
            foreach (var activation in _entered.Values) activation.Exit();
            foreach (var (entity, number) in _read) directory.Release(new(company, entity.Kind, number), _entered[(entity, number)]);
            _entered.Clear();
            _read.Clear();
        }
    }
}
