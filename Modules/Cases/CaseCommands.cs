using System.Text.Json;

namespace Crm.Cases;

/// <summary>Makes a case for a partner.</summary>
/// <param name="Fields">What it is.</param>
/// <param name="DefaultOwner">The owner when none is named.</param>
internal sealed record CreateCase(CaseFields Fields, string? DefaultOwner) : ICreation<Case>
{
    public Decision<Case> Decide(Moment at)
    {
        var blank = new Case { Title = "", Partner = 0, Status = "", Owner = Fields.Owner.IsSet ? null : DefaultOwner, StatusChangedAt = at.Now };
        var (made, refusal) = CaseRules.Apply(Fields, blank, at);
        return refusal is not null ? refusal : Decision.Accept(made!, "case.created");
    }
}

/// <summary>Changes what is named, and only that.</summary>
internal sealed record ChangeCase(CaseFields Fields) : ICommand<Case>
{
    public Decision<Case> Decide(Case state, Moment at)
    {
        if (state.Locked() is { } locked) return locked;
        var (after, refusal) = CaseRules.Apply(Fields, state, at);
        if (refusal is not null) return refusal;
        return after == state ? Decision.Nothing(state) : Decision.Accept(after!, after!.Status != state.Status ? "case.statusSet" : "case.changed");
    }
}

/// <summary>Ends the work on a case, whatever its status; nothing on it changes until it is reopened (R92).</summary>
internal sealed record CloseCase : ICommand<Case>
{
    public Decision<Case> Decide(Case state, Moment at) =>
        state.IsDeleted ? state.Locked()! : state.Closed ? Decision.Nothing(state) : Decision.Accept(state with { Closed = true }, "case.closed");
}

internal sealed record ReopenCase : ICommand<Case>
{
    public Decision<Case> Decide(Case state, Moment at) =>
        state.IsDeleted || state.Order is not null ? state.Locked()! : state.Closed ? Decision.Accept(state with { Closed = false }, "case.reopened") : Decision.Nothing(state);
}

/// <summary>Deletes so that it can be restored; the journal keeps its trace (R93).</summary>
internal sealed record DeleteCase : ICommand<Case>
{
    public Decision<Case> Decide(Case state, Moment at) =>
        state.IsDeleted ? Decision.Nothing(state)
        : state.Order is not null ? state.Locked()!
        : Decision.Accept(state with { DeletedAt = at.Now }, "case.deleted");
}

internal sealed record RestoreCase : ICommand<Case>
{
    public Decision<Case> Decide(Case state, Moment at) =>
        state.IsDeleted ? Decision.Accept(state with { DeletedAt = null }, "case.restored") : Decision.Nothing(state);
}

/// <summary>Takes one journal entry back where nothing has changed the same fields since.</summary>
internal sealed record RevertCase(JsonElement Before, JsonElement After) : ICommand<Case>
{
    public Decision<Case> Decide(Case state, Moment at)
    {
        if (state.Order is not null) return state.Locked()!;
        var (reverted, kept) = Documents.Revert(state, Before, After);
        return kept.Count > 0 ? Refusal.Conflict("case.changedSince", $"Changed since: {string.Join(", ", kept)}.") : Decision.Accept(reverted, "case.reverted");
    }
}
