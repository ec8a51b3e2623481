using System.Text.Json;
using Crm.Contracts;

namespace Crm.Partners;

/// <summary>Takes changes of partners back, for operations. Whoever was made goes only with the branches: none is left under a partner that is gone.</summary>
internal sealed class PartnerUndo(IDatabase database) : IUndo
{
    public string Kind => "partner";

    public async Task<IReadOnlyList<Send>> RevertAsync(CompanyRef company, IReadOnlyList<Event> entries, bool force, CancellationToken ct)
    {
        var made = entries.Where(e => e.Version == 1).ToDictionary(e => e.Number, e => e.After);
        var branches = force || made.Count == 0 ? null : await BranchesAsync(company, made, ct);
        return [.. entries.Select(e => Send.To<Partner>(e.Number, e.Version == 1 ? new UndoCreatePartner(e.After, force, Staying(e.Number)) : new RevertPartner(e.Before, e.After, force)))];

        IReadOnlyList<long> Staying(long number) => branches is null ? [] : [.. branches[number].Where(b => !made.TryGetValue(b.Number, out var after) || Documents.ChangedSince(b.State, after).Count > 0 || Staying(b.Number).Count > 0).Select(b => b.Number).Order()];
    }

    /// <summary>The living branches of partners, by their parent.</summary>
    private async Task<ILookup<long, (long Number, Partner State)>> BranchesAsync(CompanyRef company, Dictionary<long, JsonElement> parents, CancellationToken ct) =>
        (await database.QueryAsync(company, "select number, doc from partners where company = @company and parent >= @from and parent <= @to and deleted = 0",
            [new("from", parents.Keys.Min()), new("to", parents.Keys.Max())], row => (Number: row.GetInt64(0), State: JsonSerializer.Deserialize<Partner>(row.GetString(1), Json.State)!), ct))
            .ToLookup(b => b.State.Parent!.Value);
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
/// <param name="Staying">Its branches that would be left under a partner that is gone: made by somebody else, or changed since.</param>
internal sealed record UndoCreatePartner(JsonElement After, bool Force = false, IReadOnlyList<long>? Staying = null) : ICommand<Partner>
{
    public Decision<Partner> Decide(Partner partner, Moment at)
    {
        if (partner.IsDeleted) return Decision.Nothing(partner);
        var kept = Force ? [] : Documents.ChangedSince(partner, After);
        return kept.Count > 0
            ? Refusal.Conflict("partner.changedSince", $"Changed since: {string.Join(", ", kept)}.")
            : Staying is { Count: > 0 } ? Refusal.Conflict("partner.branchesStay", $"Its branches stay: {string.Join(", ", Staying)}.")
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
