using System.Text.Json;

namespace Crm.Contracts;

/// <summary>Starts work that is too long for one request: bulk changes, imports.</summary>
public interface IOperations
{
    /// <summary>Stores an operation that will run soon, on whichever host takes it.</summary>
    /// <param name="call">Who starts it; every row is written in this caller's name and as a part of the operation.</param>
    /// <param name="action">The name of an <see cref="IOperationAction"/>.</param>
    /// <param name="parameters">What the action needs, as it will read it back.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The operation's view, or a refusal.</returns>
    Task<Answer<OperationView>> StartAsync(Call call, string action, JsonElement parameters, CancellationToken ct);

    /// <summary>One operation; null when there is none in the company.</summary>
    Task<OperationView?> FindAsync(CompanyRef company, long number, CancellationToken ct);

    /// <summary>What an operation was started with; null when there is none.</summary>
    Task<JsonElement?> ParametersAsync(CompanyRef company, long number, CancellationToken ct);
}

/// <summary>One kind of long work. Registered by the module that does it.</summary>
public interface IOperationAction
{
    /// <summary>Its name on the wire, such as <c>partner.import</c>.</summary>
    string Action { get; }

    /// <summary>The right that starting it needs, and so undoing and redoing it.</summary>
    string Right { get; }

    /// <summary>
    /// Does the work, or goes on with it after the host that did it is gone: start at <see cref="OperationRun.Done"/>, and give every write an
    /// idempotency key of its row, so that no row is done twice.
    /// </summary>
    Task RunAsync(OperationRun run, CancellationToken ct);
}

/// <summary>Takes journal entries of one kind of entity back.</summary>
public interface IUndo
{
    /// <summary>The kind, such as <c>partner</c>.</summary>
    string Kind { get; }

    /// <summary>The commands that take entries of different entities back.</summary>
    /// <param name="company">The company.</param>
    /// <param name="entries">The entries.</param>
    /// <param name="force">True = also what was changed since; false = that is refused, by name.</param>
    /// <param name="ct">Cancels.</param>
    Task<IReadOnlyList<Send>> RevertAsync(CompanyRef company, IReadOnlyList<Event> entries, bool force, CancellationToken ct);
}

/// <summary>An operation under way.</summary>
public abstract class OperationRun
{
    /// <summary>The call for every write: the starter's name, the company, the operation.</summary>
    public abstract Call Call { get; }

    /// <summary>What the operation was started with.</summary>
    public abstract JsonElement Parameters { get; }

    /// <summary>How much was reported as done before, in the action's own unit.</summary>
    public abstract long Done { get; }

    /// <summary>Says how far it is, keeps the host's claim on it, and stores what was skipped.</summary>
    /// <param name="done">All that is done now, in rows.</param>
    /// <param name="total">All there is; null = not known yet.</param>
    /// <param name="changed">Rows changed since the last report.</param>
    /// <param name="skipped">Rows skipped since the last report.</param>
    /// <param name="ct">Cancels.</param>
    public abstract Task ReportAsync(long done, long? total, long changed, IReadOnlyList<Skipped> skipped, CancellationToken ct);

    /// <summary>The first character of the program's own idempotency keys; a caller's key never begins with it.</summary>
    public const char KeyMark = '§';

    /// <summary>The call for one row's write, with its own idempotency key.</summary>
    public Call CallFor(long row, byte[] fingerprint) => Call with { Idempotency = new($"{KeyMark}operation/{Call.Operation}/{row}", fingerprint) { KeepAnswer = false } };
}

/// <summary>A row that an operation left alone.</summary>
/// <param name="Number">The entity's number, or the row of the file.</param>
/// <param name="Code">Stable code.</param>
/// <param name="Detail">Why.</param>
public sealed record Skipped(long Number, string Code, string Detail);

/// <summary>An operation as callers read it.</summary>
/// <param name="Number">Its number in the company.</param>
/// <param name="Action">What it does.</param>
/// <param name="State">queued, running, done, failed or undone.</param>
/// <param name="Progress">How far it is.</param>
/// <param name="Changed">Rows changed.</param>
/// <param name="SkippedCount">Rows left alone.</param>
/// <param name="Skipped">The first hundred of them, each with its reason; all are at <c>/skipped</c>.</param>
/// <param name="UndoUntil">Until when it can be undone; null = not (or not yet).</param>
/// <param name="Error">Why it failed.</param>
/// <param name="By">Who started it.</param>
/// <param name="CreatedAt">When it was started.</param>
/// <param name="UpdatedAt">When it last moved.</param>
/// <param name="Version">For the ETag.</param>
public sealed record OperationView(
    long Number, string Action, string State, OperationProgress Progress, long Changed, long SkippedCount, IReadOnlyList<Skipped> Skipped,
    DateTimeOffset? UndoUntil, string? Error, string By, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, long Version)
{
    /// <summary>What the state and the counts are about: work, undo or redo.</summary>
    public required string Run { get; init; }
    /// <summary>When somebody stopped it; null = nobody did.</summary>
    public DateTimeOffset? CancelledAt { get; init; }
    /// <summary>What a bulk change sets; null = nothing, or it is no bulk change.</summary>
    public JsonElement? Set { get; init; }
    /// <summary>What a bulk change is done to; null = it is none.</summary>
    public OperationTarget? Target { get; init; }
    /// <summary>What a bulk change would do, in the answer to a dry run.</summary>
    public OperationPreview? Preview { get; init; }
}

/// <summary>How far an operation is.</summary>
/// <param name="Done">Rows done.</param>
/// <param name="Total">Rows in all; null = not known yet.</param>
public sealed record OperationProgress(long Done, long? Total);

/// <summary>What a bulk change is done to; fixed when it starts.</summary>
/// <param name="Filter">The filter that was given; null = the rows were named.</param>
/// <param name="Count">How many rows were found or named.</param>
public sealed record OperationTarget(string? Filter, long Count);

/// <summary>What a bulk change would do now.</summary>
/// <param name="Total">Rows in all.</param>
/// <param name="Changed">Rows that would change.</param>
/// <param name="Unchanged">Rows that are so already.</param>
/// <param name="Skipped">Rows that would be left alone.</param>
/// <param name="ByCurrent">What the changed and unchanged rows have now: the hundred most frequent values.</param>
public sealed record OperationPreview(long Total, long Changed, long Unchanged, long Skipped, IReadOnlyList<CurrentCount> ByCurrent);

/// <summary>How many rows have a value.</summary>
/// <param name="Value">The value; null = none.</param>
/// <param name="Count">How many have it.</param>
public sealed record CurrentCount(string? Value, long Count);
