using Crm.Contracts;

namespace Crm.Cases;

/// <summary>What can be done to many cases at once.</summary>
internal static class CaseBulk
{
    /// <summary>A case is marked when its partner is deleted.</summary>
    public static IBulkTarget Target(IPartners partners, IDatabase database) => new BulkTarget<Case, CaseFields>(CaseTables.All, "cases:write")
    {
        Sample = settings => new() { Title = "-", Partner = 1, Status = settings.Get<CaseSettings>().Statuses.First(s => s is { IsFixed: false, IsOffered: true }).Key },
        MarkedAsync = (company, numbers, ct) => OfDeletedPartnersAsync(partners, database, company, numbers, ct),
        Values = new Dictionary<string, Func<Case, string?>>
        {
            ["status"] = c => c.Status, ["owner"] = c => c.Owner, ["followUp"] = c => c.FollowUp is { } day ? CaseTables.Day(day) : null,
            ["expectedClose"] = c => c.ExpectedClose is { } day ? CaseTables.Day(day) : null, ["lostReason"] = c => c.LostReason?.Key ?? c.LostReason?.Text,
        },
        Does =
        [
            new("setStatus", Change, "status"), new("setOwner", Change, "owner"), new("setFollowUp", Change, "followUp"), new("setExpectedClose", Change, "expectedClose"),
            new("close", (_, _) => new CloseCase()) { Shown = Shown }, new("reopen", (_, marked) => new ReopenCase(marked)) { Shown = Shown },
            new("delete", (_, _) => new DeleteCase()) { Shown = Shown }, new("restore", (_, marked) => new RestoreCase(marked)) { Shown = Shown },
            new("update", Change, "status", "owner", "followUp", "expectedClose", "lostReason") { Some = true },
        ],
    };

    private static ChangeCase Change(CaseFields fields, bool marked) => new(fields, PartnerIsDeleted: marked);

    private static string Shown(Case state) => state.IsDeleted ? "deleted" : state.ConvertedAt is not null ? "converted" : state.Closed ? "closed" : "not closed";

    private static async Task<IReadOnlySet<long>> OfDeletedPartnersAsync(IPartners partners, IDatabase database, CompanyRef company, IReadOnlyList<long> numbers, CancellationToken ct)
    {
        var cases = await database.QueryAsync(company, $"select number, partner from cases where company = @company and number in ({string.Join(", ", numbers.Select((_, i) => $"@n{i}"))})",
            [.. numbers.Select((n, i) => new Argument($"n{i}", n))], row => (Number: row.GetInt64(0), Partner: row.GetInt64(1)), ct);
        var live = await partners.LiveAsync(company, [.. cases.Select(c => c.Partner).Distinct()], ct);
        return cases.Where(c => !live.Contains(c.Partner)).Select(c => c.Number).ToHashSet();
    }
}
