using System.Text.Json;
using Crm.Contracts;

namespace Crm.Cases;

/// <summary>Takes changes of cases back, for operations.</summary>
internal sealed class CaseUndo(IPartners partners) : IUndo
{
    public string Kind => "case";

    public async Task<IReadOnlyList<Send>> RevertAsync(CompanyRef company, IReadOnlyList<Event> entries, bool force, CancellationToken ct)
    {
        var live = await partners.LiveAsync(company, [.. entries.Select(Back).OfType<long>().Distinct()], ct);
        return
        [
            .. entries.Select(e => Send.To<Case>(e.Number, e.Version == 1 ? new UndoCreateCase(e.After, force)
                : new RevertCase(e.Before, e.After, Back(e) is { } partner && !live.Contains(partner), force))),
        ];
    }

    /// <summary>The partner that the case would go back to; null = it stays with its own.</summary>
    private static long? Back(Event entry) => entry.Version > 1 && entry.Before.TryGetProperty("partner", out var partner) ? partner.GetInt64() : null;
}

/// <summary>
/// Takes one journal entry back where nothing has changed the same fields since. What is locked stays as it is, unless the entry is what locked it;
/// and whatever comes back, won is 100 % and lost is 0 %.
/// </summary>
/// <param name="Before">Members as they were; null = absent.</param>
/// <param name="After">The same members as the entry left them.</param>
/// <param name="PartnerIsDeleted">True = the case would go back to a partner that is deleted.</param>
/// <param name="Force">True = whatever was changed since.</param>
internal sealed record RevertCase(JsonElement Before, JsonElement After, bool PartnerIsDeleted = false, bool Force = false) : ICommand<Case>
{
    public Decision<Case> Decide(Case state, Moment at)
    {
        if (state.ConvertedAt is not null) return state.Gone()!;
        var (reverted, kept) = Documents.Revert(state, Before, After, Force);
        if (kept.Count > 0) return Refusal.Conflict("case.changedSince", $"Changed since: {string.Join(", ", kept)}.");
        var isLockOnly = reverted with { DeletedAt = state.DeletedAt, Closed = state.Closed } == state;
        if (!isLockOnly && reverted.Locked() is { } locked) return locked;
        if (PartnerIsDeleted) return ChangeCase.OfDeletedPartner;
        var settled = CaseRules.Settled(reverted, at.Settings.Get<CaseSettings>());
        return settled == state ? Decision.Nothing(state) : Decision.Accept(settled, "case.reverted");
    }
}

/// <summary>Deletes a case that nobody has changed since it was made.</summary>
/// <param name="After">The case as it was made.</param>
/// <param name="Force">True = whatever was changed since.</param>
internal sealed record UndoCreateCase(JsonElement After, bool Force = false) : ICommand<Case>
{
    public Decision<Case> Decide(Case state, Moment at)
    {
        if (state.IsDeleted) return Decision.Nothing(state);
        var kept = Force ? [] : Documents.ChangedSince(state, After);
        return kept.Count > 0
            ? Refusal.Conflict("case.changedSince", $"Changed since: {string.Join(", ", kept)}.")
            : Decision.Accept(state with { DeletedAt = at.Now }, "case.deleted");
    }
}
