namespace Crm;

/// <summary>
/// A change of one entity that exists. Commands are records of plain data (they may cross hosts as JSON); a decision is pure: no I/O, no clock,
/// no other actor. The runtime loads the state, asks for the decision, commits it, and only then shows the new state to anyone.
/// </summary>
/// <typeparam name="TState">The entity's immutable state.</typeparam>
public interface ICommand<TState> where TState : class
{
    /// <summary>Decides. Must give the same answer for the same state and moment: it runs again when another host wrote first.</summary>
    Decision<TState> Decide(TState state, Moment at);
}

/// <summary>The making of an entity. It gets its number in the transaction that stores it.</summary>
/// <typeparam name="TState">The entity's immutable state.</typeparam>
public interface ICreation<TState> where TState : class
{
    /// <summary>Decides the first state.</summary>
    Decision<TState> Decide(Moment at);
}

/// <summary>All that a decision may look at besides its own entity.</summary>
/// <param name="Now">The instant of the decision, UTC.</param>
/// <param name="Call">Who asks, in which company.</param>
/// <param name="Settings">The company's committed settings.</param>
public sealed record Moment(DateTimeOffset Now, Call Call, ISettings Settings);

/// <summary>A company's settings as last committed: one record per kind (its profile, its stages and tags, …), with defaults where nothing was set.</summary>
public interface ISettings
{
    /// <summary>The settings of one kind.</summary>
    TSettings Get<TSettings>() where TSettings : class;

    /// <summary>The present instant, for what is shown as of now; decisions have their own in <see cref="Moment"/>.</summary>
    DateTimeOffset Now { get; }
}

/// <summary>What a decision answers: a no, or a new state and the fact that happened.</summary>
/// <typeparam name="TState">The entity's state.</typeparam>
public readonly struct Decision<TState> where TState : class
{
    internal Decision(Refusal? refusal, TState? state, string? fact, object? answer) =>
        (Refusal, State, Fact, Answer) = (refusal, state, fact, answer);

    /// <summary>The no; null when accepted.</summary>
    public Refusal? Refusal { get; }

    /// <summary>The new state; the old one itself when nothing changes.</summary>
    public TState? State { get; }

    /// <summary>What happened, for the journal, such as <c>partner.renamed</c>.</summary>
    public string? Fact { get; }

    /// <summary>What the caller is told instead of the entity's own view, such as one contact of a partner; null = the entity's view.</summary>
    public object? Answer { get; }

    /// <summary>How the caller is shown the entity, where the decision knows more than the entity's own view does, such as a partner's name; null = the entity's view.</summary>
    public Func<Row<TState>, ISettings, object>? View { get; private init; }

    /// <summary>Others of the same kind that are made in the same commit and may name the entity's number; null = none. The same fact is said of each.</summary>
    public Func<long, IReadOnlyList<TState>>? Followers { get; private init; }

    /// <summary>The same decision, shown in this way. The view runs once the number is known, and again never.</summary>
    public Decision<TState> ShownAs(Func<Row<TState>, ISettings, object> view) => this with { View = view };

    /// <summary>The same decision, and new entities that follow it. Their states are made in the transaction that gives the number, and anew when it is tried again.</summary>
    public Decision<TState> FollowedBy(Func<long, IReadOnlyList<TState>> followers) => this with { Followers = followers };

    /// <summary>A refusal is a decision.</summary>
    public static implicit operator Decision<TState>(Refusal refusal) => new(refusal, null, null, null);
}

/// <summary>Makes decisions.</summary>
public static class Decision
{
    /// <summary>Yes: this is the new state, and this is what happened.</summary>
    public static Decision<TState> Accept<TState>(TState state, string fact, object? answer = null) where TState : class =>
        new(null, state, fact, answer);

    /// <summary>Yes, and nothing changes: no version, no journal entry.</summary>
    public static Decision<TState> Nothing<TState>(TState state, object? answer = null) where TState : class =>
        new(null, state, null, answer);
}
