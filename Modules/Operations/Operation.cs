using System.Text.Json;
using Crm.Contracts;

namespace Crm.Operations;

/// <summary>
/// Long work on many rows. It runs in phases (do, undo, redo, …); the entries of a phase are those that the journal has under this operation after
/// the phase's start. Undo takes back the entries of the phase before it, which is also what redo does.
/// </summary>
internal sealed record Operation
{
    public const int SkippedKept = 100;

    /// <summary>How long an operation can be undone.</summary>
    public static readonly TimeSpan UndoFor = TimeSpan.FromDays(30);

    public required string Action { get; init; }
    public JsonElement? Parameters { get; init; }

    /// <summary>What a bulk change does, and to what; null = it is none.</summary>
    public BulkPlan? Bulk { get; init; }
    public required string Slug { get; init; }
    public required string By { get; init; }
    public OperationState State { get; init; }

    /// <summary>0 = the work itself, odd = undo, even = redo.</summary>
    public int Phase { get; init; }

    /// <summary>The journal's end when each phase began.</summary>
    public IReadOnlyList<long> PhaseStarts { get; init; } = [];
    public long Done { get; init; }
    public long? Total { get; init; }
    public long Changed { get; init; }
    public long SkippedCount { get; init; }
    public IReadOnlyList<Skipped> Skipped { get; init; } = [];

    /// <summary>The rows that the last report skipped: the journal keeps all of them by this member.</summary>
    public SkippedRows? LastSkipped { get; init; }

    /// <summary>The journal entry that an undo has come to, backwards; 0 = none yet.</summary>
    public long Position { get; init; }

    /// <summary>True = the phase takes back what was changed since, too.</summary>
    public bool Force { get; init; }

    /// <summary>True = the phase goes over what it has left alone before.</summary>
    public bool Rest { get; init; }

    /// <summary>When somebody stopped it. While it is open: it is to stop.</summary>
    public DateTimeOffset? CancelledAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
    public string? Error { get; init; }

    /// <summary>The host that works on it, until when; another may take it after that.</summary>
    public string? Host { get; init; }
    public DateTimeOffset? HostUntil { get; init; }

    public bool IsOpen => State is OperationState.Queued or OperationState.Running;

    public static OperationView View(Row<Operation> row, ISettings settings)
    {
        var o = row.State;
        return new(row.Number, o.Action, JsonNamingPolicy.CamelCase.ConvertName(o.State.ToString()), new(o.Done, o.Total), o.Changed, o.SkippedCount, o.Skipped,
            o is { IsOpen: false, FinishedAt: { } at, State: not OperationState.Failed } ? at + UndoFor : null, o.Error, o.By, row.CreatedAt, row.UpdatedAt, row.Version)
        {
            Run = o.Phase == 0 ? "work" : o.Phase % 2 == 1 ? "undo" : "redo", CancelledAt = o.CancelledAt,
            Set = o.Bulk?.Set, Target = o.Bulk is { } bulk ? new(bulk.Filter, bulk.Count) : null,
        };
    }
}

/// <summary>Rows that one report skipped.</summary>
/// <param name="After">How many rows were done before it: no two reports of a phase are alike.</param>
/// <param name="Rows">The rows.</param>
internal sealed record SkippedRows(long After, IReadOnlyList<Skipped> Rows);

internal enum OperationState
{
    Queued,
    Running,
    Done,
    Failed,
    Undone,
}

/// <summary>Stores an operation that will run soon.</summary>
internal sealed record StartOperation(string Action, JsonElement? Parameters, BulkPlan? Bulk = null, Refusal? Overlap = null) : ICreation<Operation>
{
    public Decision<Operation> Decide(Moment at) => Overlap is not null ? Overlap : Decision.Accept(
        new Operation { Action = Action, Parameters = Parameters, Bulk = Bulk, Total = Bulk?.Count, Slug = at.Call.Company.Slug, By = at.Call.Caller.Name, State = OperationState.Queued }, "operation.started");
}

/// <summary>A host takes the work, or takes it over from one that is gone.</summary>
/// <param name="Host">The host.</param>
/// <param name="For">How long the claim holds without a report.</param>
/// <param name="JournalEnd">The end of the company's journal now, should the phase begin here.</param>
internal sealed record ClaimOperation(string Host, TimeSpan For, long JournalEnd) : ICommand<Operation>
{
    public Decision<Operation> Decide(Operation operation, Moment at)
    {
        if (!operation.IsOpen) return Refusal.Conflict("operation.finished", "The operation is finished.");
        if (operation.Host is not null && operation.Host != Host && operation.HostUntil > at.Now) return Refusal.Conflict("operation.taken", "Another host works on it.");
        return Decision.Accept(operation with
        {
            State = OperationState.Running, Host = Host, HostUntil = at.Now + For,
            PhaseStarts = operation.PhaseStarts.Count > operation.Phase ? operation.PhaseStarts : [.. operation.PhaseStarts, JournalEnd],
        }, "operation.claimed");
    }
}

/// <summary>How far it is. Keeps the claim.</summary>
internal sealed record ReportOperation(string Host, TimeSpan For, long Done, long? Total, long Changed, IReadOnlyList<Skipped> Skipped) : ICommand<Operation>
{
    /// <summary>The journal entry that an undo has come to; 0 = this is no undo.</summary>
    public long Position { get; init; }

    public Decision<Operation> Decide(Operation operation, Moment at)
    {
        if (operation.Host != Host || !operation.IsOpen) return Refusal.Conflict("operation.taken", "Another host works on it.");
        return Decision.Accept(operation with
        {
            Done = Done, Total = Total, Changed = operation.Changed + Changed, HostUntil = at.Now + For, Position = Position,
            SkippedCount = operation.SkippedCount + Skipped.Count, LastSkipped = Skipped.Count == 0 ? null : new(operation.Done, Skipped),
            Skipped = operation.Skipped.Count == Operation.SkippedKept || Skipped.Count == 0 ? operation.Skipped : [.. operation.Skipped.Concat(Skipped).Take(Operation.SkippedKept)],
        }, "operation.progressed");
    }
}

/// <summary>The phase has ended: well, with an error, or because somebody stopped it.</summary>
/// <param name="Host">The host that worked on it.</param>
/// <param name="Error">What went wrong; null = nothing.</param>
/// <param name="Whole">True = all of it was done.</param>
internal sealed record FinishOperation(string Host, string? Error, bool Whole = true) : ICommand<Operation>
{
    public Decision<Operation> Decide(Operation operation, Moment at)
    {
        if (operation.Host != Host || !operation.IsOpen) return Refusal.Conflict("operation.taken", "Another host works on it.");
        var state = Error is not null ? OperationState.Failed : Whole && operation.Phase % 2 == 1 ? OperationState.Undone : OperationState.Done;
        return Decision.Accept(operation with
        {
            State = state, Error = Error, Host = null, HostUntil = null, FinishedAt = at.Now, CancelledAt = Whole ? null : operation.CancelledAt,
            Total = operation.Total ?? (Whole ? operation.Done : null),
        }, "operation.finished");
    }
}

/// <summary>Stops it after the rows that are under way. What was done stays, and can be undone.</summary>
internal sealed record CancelOperation : ICommand<Operation>
{
    public Decision<Operation> Decide(Operation operation, Moment at)
    {
        if (operation.CancelledAt is not null) return Decision.Nothing(operation);
        if (!operation.IsOpen) return Refusal.Conflict("operation.finished", "The operation is finished.");
        var stopped = operation with { CancelledAt = at.Now };
        // Nobody works on it yet, so there is nobody to wait for.
        return Decision.Accept(operation.Host is null ? stopped with { State = OperationState.Done, FinishedAt = at.Now } : stopped, "operation.cancelled");
    }
}

/// <summary>Begins to take everything back (undo) or to do it again (redo). What is so already stays so.</summary>
/// <param name="Undo">False = redo.</param>
/// <param name="Force">True = whatever was changed since; after an undo that left rows alone: those, now.</param>
/// <param name="Overlap">The no, should another operation be at work on the same rows.</param>
internal sealed record TurnOperation(bool Undo, bool Force = false, Refusal? Overlap = null) : ICommand<Operation>
{
    public Decision<Operation> Decide(Operation operation, Moment at)
    {
        if (operation.IsOpen) return Refusal.Conflict("operation.running", "The operation is still running.");
        var (undone, undoing, stopped) = (operation.State == OperationState.Undone, operation.Phase % 2 == 1, operation.State == OperationState.Failed || operation.CancelledAt is not null);
        var rest = Undo && Force && undone && operation.SkippedCount > 0;
        if (!Undo && undoing && !undone) return Refusal.Conflict("operation.halfUndone", "The undo was stopped before its end. Undo it to the end first.");
        // An undo or redo that was stopped goes on where it was.
        var again = Undo ? undoing : stopped && operation.Phase > 0 && !undoing;
        if (undone == Undo && !rest && !(again && !Undo)) return Decision.Nothing(operation);
        if (operation.FinishedAt + Operation.UndoFor < at.Now) return Refusal.Conflict("operation.tooOld", "An operation can be undone for 30 days.");
        if (Overlap is not null) return Overlap;
        var turned = operation with { State = OperationState.Queued, Force = Force, Error = null, CancelledAt = null };
        return Decision.Accept(again && !rest ? turned : turned with
        {
            Phase = rest ? operation.Phase : operation.Phase + 1, Rest = rest, Position = 0, Done = 0, Total = rest ? operation.SkippedCount : null,
            Changed = 0, SkippedCount = 0, Skipped = [], LastSkipped = null,
        }, Undo ? "operation.undoStarted" : "operation.redoStarted");
    }
}
