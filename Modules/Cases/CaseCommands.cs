namespace Crm.Cases;

/// <summary>Makes a case for a partner.</summary>
/// <param name="Fields">What it is.</param>
/// <param name="DefaultOwner">The owner when none is named.</param>
/// <param name="WrongPartner">What is wrong with the partner that the fields name, which only Partners can know; null = nothing.</param>
internal sealed record CreateCase(CaseFields Fields, string? DefaultOwner, Problem? WrongPartner = null) : ICreation<Case>
{
    public Decision<Case> Decide(Moment at)
    {
        var blank = new Case { Title = "", Partner = 0, Status = "", Owner = DefaultOwner, StatusChangedAt = at.Now };
        var (made, refusal) = CaseRules.Apply(Fields, blank, at, WrongPartner);
        return refusal is not null ? refusal : Decision.Accept(made!, "case.created");
    }
}

/// <summary>Changes what is named, and only that.</summary>
/// <param name="Fields">What changes.</param>
/// <param name="WrongPartner">As in <see cref="CreateCase"/>.</param>
/// <param name="PartnerIsDeleted">True = the case's partner is deleted, and the fields name no other.</param>
internal sealed record ChangeCase(CaseFields Fields, Problem? WrongPartner = null, bool PartnerIsDeleted = false) : ICommand<Case>
{
    public Decision<Case> Decide(Case state, Moment at)
    {
        if (state.Locked() is { } locked) return locked;
        if (PartnerIsDeleted) return OfDeletedPartner;
        var (after, refusal) = CaseRules.Apply(Fields, state, at, WrongPartner);
        if (refusal is not null) return refusal;
        return after == state ? Decision.Nothing(state) : Decision.Accept(after!, after!.Status != state.Status ? "case.statusSet" : "case.changed");
    }

    internal static Refusal OfDeletedPartner => Refusal.Conflict("partner.deleted", "The case's partner is deleted. Restore the partner, or move the case to another one.");
}

/// <summary>Ends the work on a case, whatever its status and its partner's; nothing on it changes until it is reopened (R92).</summary>
internal sealed record CloseCase : ICommand<Case>
{
    public Decision<Case> Decide(Case state, Moment at) =>
        state.Gone() is { } gone ? gone : state.Closed ? Decision.Nothing(state) : Decision.Accept(state with { Closed = true }, "case.closed");
}

/// <summary>Goes on with a closed case.</summary>
internal sealed record ReopenCase(bool PartnerIsDeleted = false) : ICommand<Case>
{
    public Decision<Case> Decide(Case state, Moment at) =>
        state.Gone() is { } gone ? gone
        : !state.Closed ? Decision.Nothing(state)
        : PartnerIsDeleted ? ChangeCase.OfDeletedPartner
        : Decision.Accept(state with { Closed = false }, "case.reopened");
}

/// <summary>Deletes so that it can be restored; the journal keeps its trace (R93).</summary>
internal sealed record DeleteCase : ICommand<Case>
{
    public Decision<Case> Decide(Case state, Moment at) =>
        state.IsDeleted ? Decision.Nothing(state) : state.Gone() is { } gone ? gone : Decision.Accept(state with { DeletedAt = at.Now }, "case.deleted");
}

/// <summary>Takes a deleted case back as it was, closed if it was closed.</summary>
internal sealed record RestoreCase(bool PartnerIsDeleted = false) : ICommand<Case>
{
    public Decision<Case> Decide(Case state, Moment at) =>
        !state.IsDeleted ? Decision.Nothing(state)
        : PartnerIsDeleted ? ChangeCase.OfDeletedPartner
        : Decision.Accept(state with { DeletedAt = null }, "case.restored");
}
