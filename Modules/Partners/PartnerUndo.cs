using System.Text.Json;
using Crm.Contracts;

namespace Crm.Partners;

/// <summary>Takes changes of partners back, for operations.</summary>
internal sealed class PartnerUndo(IActors actors) : IUndo
{
    public string Kind => "partner";

    public async Task<Refusal?> RevertAsync(Call call, Event entry, CancellationToken ct) =>
        (await actors.SendAsync<Partner>(call, entry.Number, entry.Version == 1 ? new UndoCreatePartner(entry.After) : new RevertPartner(entry.Before, entry.After), ct)).Refusal;
}

/// <summary>Takes changes of a company's lists (tags that an import brought) back.</summary>
internal sealed class PartnerSettingsUndo(IActors actors) : IUndo
{
    public string Kind => "partnerSettings";

    public async Task<Refusal?> RevertAsync(Call call, Event entry, CancellationToken ct) =>
        (await actors.SendAsync(call, entry.Number, new RevertPartnerSettings(entry.Before, entry.After), ct)).Refusal;
}

/// <summary>Deletes a partner that nobody has changed since it was made.</summary>
/// <param name="After">The partner as it was made.</param>
internal sealed record UndoCreatePartner(JsonElement After) : ICommand<Partner>
{
    public Decision<Partner> Decide(Partner partner, Moment at)
    {
        if (partner.IsDeleted) return Decision.Nothing(partner);
        var kept = Documents.ChangedSince(partner, After);
        return kept.Count > 0
            ? Refusal.Conflict("partner.changedSince", $"Changed since: {string.Join(", ", kept)}.")
            : Decision.Accept(partner with { DeletedAt = at.Now }, "partner.deleted");
    }
}

internal sealed record RevertPartnerSettings(JsonElement Before, JsonElement After) : ICommand<PartnerSettings>
{
    public Decision<PartnerSettings> Decide(PartnerSettings settings, Moment at)
    {
        var (reverted, kept) = Documents.Revert(settings, Before, After);
        return kept.Count > 0
            ? Refusal.Conflict("partnerSettings.changedSince", $"Changed since: {string.Join(", ", kept)}.")
            : Decision.Accept(reverted, "partnerSettings.reverted");
    }
}
