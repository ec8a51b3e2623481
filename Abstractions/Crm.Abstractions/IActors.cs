namespace Crm;

/// <summary>
/// The one way to change anything. Every entity is an actor: its commands run one at a time, different entities' in parallel. The answer comes
/// after the commit is durable. The key of an actor is (company, kind, number); the kind follows from the state's type.
/// </summary>
public interface IActors
{
    /// <summary>Makes an entity with the next number of its kind in the company.</summary>
    Task<Reply<TState>> CreateAsync<TState>(Call call, ICreation<TState> command, CancellationToken ct) where TState : class;

    /// <summary>Sends a command to an entity that exists.</summary>
    /// <param name="call">Who asks, and under what conditions.</param>
    /// <param name="number">The entity's number in the call's company; <see cref="Settings"/> for settings.</param>
    /// <param name="command">What to do.</param>
    /// <param name="ct">Gives up waiting for the mailbox. Once the commit has begun it is carried through and answered.</param>
    Task<Reply<TState>> SendAsync<TState>(Call call, long number, ICommand<TState> command, CancellationToken ct) where TState : class;

    /// <summary>Makes an entity and changes others in the same commit.</summary>
    Task<Reply<TState>> CreateAsync<TState>(Call call, IJointCreation<TState> command, CancellationToken ct) where TState : class;

    /// <summary>Changes an entity and others in the same commit. All of them are held meanwhile, always in the order of kind and number.</summary>
    Task<Reply<TState>> SendAsync<TState>(Call call, long number, IJointCommand<TState> command, CancellationToken ct) where TState : class;

    /// <summary>
    /// Sends some commands and, depending on what became of them, one more to another entity, and commits all of it at once: a piece of a bulk
    /// operation and the operation's progress. A command that is refused leaves the others alone; if the last one is, nothing is done at all.
    /// </summary>
    /// <param name="call">In whose name. Conditions of the call (If-Match, Idempotency-Key) play no part.</param>
    /// <param name="commands">For different entities, a few hundred at most: they are held until the commit.</param>
    /// <param name="last">The number of the last one's entity.</param>
    /// <param name="then">Makes the last command.</param>
    /// <param name="ct">Gives up before the commit has begun.</param>
    Task<Reply<TLast>> SendAsync<TLast>(Call call, IReadOnlyList<Send> commands, long last, Func<IReadOnlyList<Sent>, ICommand<TLast>> then, CancellationToken ct) where TLast : class;

    /// <summary>What would become of some commands now. Nothing is stored, nothing is held.</summary>
    Task<IReadOnlyList<Sent>> TryAsync(Call call, IReadOnlyList<Send> commands, CancellationToken ct);

    /// <summary>Reads one entity as last committed. Null when there is none.</summary>
    Task<Row<TState>?> ReadAsync<TState>(CompanyRef company, long number, CancellationToken ct) where TState : class;

    /// <summary>The company's committed settings.</summary>
    ValueTask<ISettings> SettingsAsync(CompanyRef company, CancellationToken ct);

    /// <summary>The number of every settings entity: there is one of each kind in a company.</summary>
    const long Settings = 1;
}

/// <summary>An entity as it stands in the database.</summary>
/// <param name="Number">Assigned, unique in the company and kind, never reused.</param>
/// <param name="Version">1 for a new row, one more for every change; 0 for settings that were never changed.</param>
/// <param name="CreatedAt">When it was made, UTC.</param>
/// <param name="UpdatedAt">When it last changed, UTC.</param>
/// <param name="State">The state.</param>
public sealed record Row<TState>(long Number, long Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, TState State) where TState : class;

/// <summary>The answer to a command.</summary>
/// <typeparam name="TState">The entity's state.</typeparam>
public sealed record Reply<TState> where TState : class
{
    /// <summary>The no; null when done.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>The row after the command; null when refused or replayed.</summary>
    public Row<TState>? Row { get; init; }

    /// <summary>What the caller is told: the decision's answer or the entity's view.</summary>
    public object? Answer { get; init; }

    /// <summary>The stored first answer, when the idempotency key was used before.</summary>
    public StoredAnswer? Replayed { get; init; }

    /// <summary>True when something was changed (or would be, in a dry run); false when it is so already.</summary>
    public bool Changed { get; init; }

    /// <summary>True when this command made the entity.</summary>
    public bool Created { get; init; }

    /// <summary>A refusal is a reply.</summary>
    public static implicit operator Reply<TState>(Refusal refusal) => new() { Refusal = refusal };
}

/// <summary>The answer that was given, and stored in the same transaction as its effect, when an idempotency key was first used.</summary>
/// <param name="Created">True for 201.</param>
/// <param name="Number">The entity's number.</param>
/// <param name="Version">The entity's version then, for the ETag.</param>
/// <param name="Body">The answer as JSON, UTF-8.</param>
public sealed record StoredAnswer(bool Created, long Number, long Version, ReadOnlyMemory<byte> Body);
