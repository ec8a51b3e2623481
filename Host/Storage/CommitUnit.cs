using System.Diagnostics.CodeAnalysis;

namespace Crm.Host.Storage;

/// <summary>One row that a decision writes: the document, its columns and terms, guarded by the version it was decided on.</summary>
internal sealed class EntityWrite
{
    public required IEntity Entity { get; init; }
    public required int Company { get; init; }

    /// <summary>0 = take the next number of the kind inside the transaction; the store fills it in.</summary>
    public required long Number { get; set; }

    /// <summary>The version decided on; 0 = there is no row yet.</summary>
    public required long ExpectedVersion { get; init; }
    public required string Document { get; init; }

    /// <summary>Indexes into <see cref="IEntity.ColumnTypes"/> of the columns that change, and their new values in the same places.</summary>
    public required int[] Changed { get; init; }
    public required object?[] Values { get; init; }
    public IReadOnlyList<Term> TermsAdded { get; init; } = [];
    public IReadOnlyList<Term> TermsRemoved { get; init; } = [];

    /// <summary>What the row adds to the sums of its kind.</summary>
    public IReadOnlyList<TotalChange> Totals { get; init; } = [];

    /// <summary>The journal's words: what happened, and before and after as JSON.</summary>
    public required string Fact { get; init; }
    public required string Change { get; init; }

    public bool IsInsert => ExpectedVersion == 0;
}

/// <summary>What must become durable together: the rows of one decision, their journal entries and the idempotency key.</summary>
internal sealed class CommitUnit
{
    private int _taken;

    public required Call Call { get; init; }
    public required DateTimeOffset At { get; init; }
    public required IReadOnlyList<EntityWrite> Writes { get; set; }

    /// <summary>More new rows of the first one's kind, which name its number and so are made in the transaction; null = none.</summary>
    public Func<long, IReadOnlyList<EntityWrite>>? Following { get; init; }

    /// <summary>Renders the answer once the number is known; only for calls with an idempotency key.</summary>
    public Func<byte[]>? Body { get; init; }

    /// <summary>Called when the writer is through with the unit, also when its caller was sent away before that.</summary>
    public Action? Ended { get; init; }

    /// <summary>What the caller waits for; ended by the writer, or earlier when its patience is over.</summary>
    public TaskCompletionSource<CommitOutcome> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The writer's word on the unit.</summary>
    public void End(CommitOutcome outcome)
    {
        Ended?.Invoke();
        Done.TrySetResult(outcome);
    }

    /// <summary>The writer has no word on the unit.</summary>
    public void Fail(Exception unknown)
    {
        Ended?.Invoke();
        Done.TrySetException(unknown);
    }

    /// <summary>The writer begins with the unit, or its caller withdraws it: whoever is first.</summary>
    public bool TryTake() => Interlocked.Exchange(ref _taken, 1) == 0;
}

internal enum CommitStatus
{
    /// <summary>Durable.</summary>
    Done,
    /// <summary>Another host wrote the row first: load and decide again.</summary>
    Stale,
    /// <summary>The idempotency key was used meanwhile: its stored answer is the answer.</summary>
    Replay,
    /// <summary>A unique value is taken; <see cref="CommitOutcome.Detail"/> is the refusal's code.</summary>
    Taken,
    /// <summary>It waited too long and was taken back before a writer began with it: nothing is done.</summary>
    Withdrawn,
    /// <summary>A writer has it and the database does not answer in time: nothing is known.</summary>
    Unanswered,
}

/// <summary>How a commit ended, when the database gave an answer. No answer is a <see cref="StorageException"/>.</summary>
internal readonly record struct CommitOutcome(CommitStatus Status, string? Detail = null);

/// <summary>A statement was refused by the database because of its data; the other units of the batch are not to blame.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Only the stores throw it, with all that it carries.")]
internal sealed class StatementException(string message, string? uniqueConstraint, Exception inner) : Exception(message, inner)
{
    /// <summary>True when a value of this column is there already. PostgreSQL names the index (table_column_key by our own rule), SQLite the columns.</summary>
    public bool IsTaken(string table, string column) =>
        uniqueConstraint == $"{table}_{column}_key" || uniqueConstraint?.Split([' ', ',', '\'']).Contains($"{table}.{column}") == true;
}
