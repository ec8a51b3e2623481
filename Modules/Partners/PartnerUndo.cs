using System.Text.Json;
using Crm.Contracts;

namespace Crm.Partners;

/// <summary>Takes changes of partners back, for operations.</summary>
internal sealed class PartnerUndo : IUndo
{
    public string Kind => "partner";

    public Task<IReadOnlyList<Send>> RevertAsync(CompanyRef company, IReadOnlyList<Event> entries, bool force, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<Send>>([.. entries.Select(e => Send.To<Partner>(e.Number, e.Version == 1 ? new UndoCreatePartner(e.After, force) : new RevertPartner(e.Before, e.After, force)))]);
}

/// <summary>Takes changes of a company's lists (tags that an import brought) back.</summary>
internal sealed class PartnerSettingsUndo : IUndo
{
    public string Kind => "partnerSettings";

    public Task<IReadOnlyList<Send>> RevertAsync(CompanyRef company, IReadOnlyList<Event> entries, bool force, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<Send>>([.. entries.Select(e => Send.To(e.Number, new RevertPartnerSettings(e.Before, e.After, force)))]);
}

/// <summary>Deletes a partner that nobody has changed since it was made.</summary>
/// <param name="After">The partner as it was made.</param>
/// <param name="Force">True = whatever was changed since.</param>
internal sealed record UndoCreatePartner(JsonElement After, bool Force = false) : ICommand<Partner>
{
    public Decision<Partner> Decide(Partner partner, Moment at)
    {
        if (partner.IsDeleted) return Decision.Nothing(partner);
        var kept = Force ? [] : Documents.ChangedSince(partner, After);
        return kept.Count > 0
            ? Refusal.Conflict("partner.changedSince", $"Changed since: {string.Join(", ", kept)}.")
            : Decision.Accept(partner with { DeletedAt = at.Now }, "partner.deleted");
    }
}

internal sealed record RevertPartnerSettings(JsonElement Before, JsonElement After, bool Force = false) : ICommand<PartnerSettings>
{
    public Decision<PartnerSettings> Decide(PartnerSettings settings, Moment at)
    {
        var (reverted, kept) = Documents.Revert(settings, Before, After, Force);
        return kept.Count > 0
            ? Refusal.Conflict("partnerSettings.changedSince", $"Changed since: {string.Join(", ", kept)}.")
            : Decision.Accept(reverted, "partnerSettings.reverted");
    }
}
