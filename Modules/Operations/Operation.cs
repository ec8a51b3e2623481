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
    public required JsonElement Parameters { get; init; }
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
            o is { IsOpen: false, FinishedAt: { } at, State: not OperationState.Failed } ? at + UndoFor : null, o.Error, o.By, row.CreatedAt, row.UpdatedAt, row.Version);
    }
}

internal enum OperationState
{
    Queued,
    Running,
    Done,
    Failed,
    Undone,
}

internal sealed record StartOperation(string Action, JsonElement Parameters) : ICreation<Operation>
{
    public Decision<Operation> Decide(Moment at) => Decision.Accept(
        new Operation { Action = Action, Parameters = Parameters, Slug = at.Call.Company.Slug, By = at.Call.Caller.Name, State = OperationState.Queued }, "operation.started");
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
    public Decision<Operation> Decide(Operation operation, Moment at)
    {
        if (operation.Host != Host || !operation.IsOpen) return Refusal.Conflict("operation.taken", "Another host works on it.");
        return Decision.Accept(operation with
        {
            Done = Done, Total = Total, Changed = operation.Changed + Changed, HostUntil = at.Now + For,
            SkippedCount = operation.SkippedCount + Skipped.Count, Skipped = [.. operation.Skipped.Concat(Skipped).Take(Operation.SkippedKept)],
        }, "operation.progressed");
    }
}

/// <summary>The phase has ended, well or with an error.</summary>
internal sealed record FinishOperation(string Host, string? Error) : ICommand<Operation>
{
    public Decision<Operation> Decide(Operation operation, Moment at)
    {
        if (operation.Host != Host || !operation.IsOpen) return Refusal.Conflict("operation.taken", "Another host works on it.");
        var state = Error is not null ? OperationState.Failed : operation.Phase % 2 == 1 ? OperationState.Undone : OperationState.Done;
        return Decision.Accept(operation with { State = state, Error = Error, Host = null, HostUntil = null, FinishedAt = at.Now, Total = operation.Total ?? operation.Done }, "operation.finished");
    }
}

/// <summary>Begins to take everything back (undo) or to do it again (redo). What is so already stays so.</summary>
internal sealed record TurnOperation(bool Undo) : ICommand<Operation>
{
    public Decision<Operation> Decide(Operation operation, Moment at)
    {
        if (operation.IsOpen) return Refusal.Conflict("operation.running", "The operation is still running.");
        if (operation.State == OperationState.Undone == Undo) return Decision.Nothing(operation);
        if (operation.FinishedAt + Operation.UndoFor < at.Now) return Refusal.Conflict("operation.tooOld", "An operation can be undone for 30 days.");
        // An undo that failed half-way goes on: what it has taken back already is found by its keys.
        var again = Undo && operation.Phase % 2 == 1;
        return Decision.Accept(operation with { State = OperationState.Queued, Phase = again ? operation.Phase : operation.Phase + 1, Done = 0, Total = null, Changed = 0, SkippedCount = 0, Skipped = [], Error = null },
            Undo ? "operation.undoStarted" : "operation.redoStarted");
    }
}
