namespace Crm;

/// <summary>
/// A decision that concerns an entity and others besides it, all of it in one commit: a new order sets its partner's stage. The others are held as
/// facets, so that the deciding module needs to know no more of them than their owner shows.
/// </summary>
/// <typeparam name="TState">The state of the entity that the command is sent to.</typeparam>
public interface IJointCommand<TState> where TState : class
{
    /// <summary>The others that take part, as the entity names them. Asked again once all are held: it has to be the same answer then.</summary>
    IReadOnlyList<Peer> PeersOf(TState state);

    /// <summary>Reads what else the decision needs, such as the next latest order, while every peer is held; null = nothing.</summary>
    Task<object?> LookAsync(IDatabase database, CompanyRef company, long number, TState state, CancellationToken ct) => Task.FromResult<object?>(null);

    /// <summary>Decides. Pure, as <see cref="ICommand{TState}.Decide"/>; what it changes of the others goes into <paramref name="peers"/>.</summary>
    Decision<TState> Decide(TState state, Peers peers, Moment at);
}

/// <summary>The making of an entity that concerns others besides it. It gets its number in the transaction, after the decision.</summary>
/// <typeparam name="TState">The state of the new entity.</typeparam>
public interface IJointCreation<TState> where TState : class
{
    /// <summary>The others that take part.</summary>
    IReadOnlyList<Peer> Peers { get; }

    /// <summary>Decides the first state; what it changes of the others goes into <paramref name="peers"/>.</summary>
    Decision<TState> Decide(Peers peers, Moment at);
}

/// <summary>An entity that takes part in another's decision.</summary>
/// <param name="Facet">The type of the facet that is shown of it.</param>
/// <param name="Number">Its number.</param>
public readonly record struct Peer(Type Facet, long Number)
{
    /// <summary>The entity with this number, seen as a facet.</summary>
    public static Peer Of<TFacet>(long number) where TFacet : class => new(typeof(TFacet), number);
}

/// <summary>The others in a joint decision: one of each facet at most.</summary>
public sealed class Peers
{
    private readonly Dictionary<Type, object> _facets;
    private readonly Dictionary<Type, (object Facet, string Fact)> _changes = [];

    /// <summary>Made by the runtime for each decision anew.</summary>
    /// <param name="facets">What is shown, by its type; a missing one does not exist.</param>
    /// <param name="looked">What <see cref="IJointCommand{TState}.LookAsync"/> found.</param>
    public Peers(IEnumerable<object> facets, object? looked) => (_facets, Looked) = (facets.ToDictionary(f => f.GetType()), looked);

    /// <summary>What <see cref="IJointCommand{TState}.LookAsync"/> found.</summary>
    public object? Looked { get; }

    /// <summary>What was changed, with the fact for the journal.</summary>
    public IReadOnlyDictionary<Type, (object Facet, string Fact)> Changes => _changes;

    /// <summary>One of the others; null = there is none with the number that was named.</summary>
    public TFacet? Find<TFacet>() where TFacet : class => _facets.TryGetValue(typeof(TFacet), out var facet) ? (TFacet)facet : null;

    /// <summary>Changes one of the others, in the same commit.</summary>
    /// <param name="facet">As it is to be.</param>
    /// <param name="fact">What happened to it, for the journal, such as <c>partner.orderPlaced</c>.</param>
    public void Change<TFacet>(TFacet facet, string fact) where TFacet : class => _changes[typeof(TFacet)] = (facet, fact);
}

/// <summary>
/// What a module shows of its entities to joint decisions of other modules, and lets them change. Registered by the module that owns the entity.
/// </summary>
public interface IFacet
{
    /// <summary>The facet's type, a record in Contracts.</summary>
    Type Type { get; }

    /// <summary>The state that it is a part of.</summary>
    Type StateType { get; }

    /// <summary>Shows it.</summary>
    object Get(long number, object state, ISettings settings);

    /// <summary>The state with the facet's changes; the owner's rules hold here too.</summary>
    object Set(object state, object facet, Moment at);
}

/// <summary>The usual <see cref="IFacet"/>.</summary>
/// <param name="get">Shows the facet of a state.</param>
/// <param name="set">Takes the facet's changes over into the state.</param>
public sealed class Facet<TState, TFacet>(Func<long, TState, ISettings, TFacet> get, Func<TState, TFacet, Moment, TState> set) : IFacet
    where TState : class where TFacet : class
{
    /// <inheritdoc />
    public Type Type => typeof(TFacet);

    /// <inheritdoc />
    public Type StateType => typeof(TState);

    /// <inheritdoc />
    public object Get(long number, object state, ISettings settings) => get(number, (TState)state, settings);

    /// <inheritdoc />
    public object Set(object state, object facet, Moment at) => set((TState)state, (TFacet)facet, at);
}

/// <summary>One of many commands that are committed together, whatever the kinds of their entities.</summary>
public abstract record Send(long Number)
{
    /// <summary>The entity's state.</summary>
    public abstract Type StateType { get; }

    /// <summary>The command's decision on a state.</summary>
    public abstract (Refusal? Refusal, object? State, string? Fact) Decide(object state, Moment at);

    /// <summary>A command for one entity.</summary>
    public static Send To<TState>(long number, ICommand<TState> command) where TState : class => new One<TState>(number, command);

    private sealed record One<TState>(long Number, ICommand<TState> Command) : Send(Number) where TState : class
    {
        public override Type StateType => typeof(TState);

        public override (Refusal? Refusal, object? State, string? Fact) Decide(object state, Moment at)
        {
            var decision = Command.Decide((TState)state, at);
            return (decision.Refusal, decision.State, decision.Fact);
        }
    }
}

/// <summary>What became of one of many commands.</summary>
/// <param name="Number">The entity.</param>
/// <param name="Before">Its state before; null = there is no such entity.</param>
/// <param name="Refusal">Why it was left alone; null = it was not.</param>
/// <param name="Changed">False = it is so already, or refused.</param>
public sealed record Sent(long Number, object? Before, Refusal? Refusal, bool Changed);
