using Crm.Contracts;

namespace Crm.Partners;

/// <summary>What can be done to many partners at once (R39, R121).</summary>
internal static class PartnerBulk
{
    public static IBulkTarget Target { get; } = new BulkTarget<Partner, PartnerFields>(PartnerTables.All, "partners:write")
    {
        Sample = _ => new() { Name = "-", Country = "SE", Relations = ["customer"] },
        Values = new Dictionary<string, Func<Partner, string?>>
        {
            ["stage"] = p => p.Stage, ["owner"] = p => p.Owner, ["industry"] = p => p.Industry, ["department"] = p => p.Department,
            ["creditLimit"] = p => p.CreditLimit is { } limit ? FormattableString.Invariant($"{limit.Amount} {limit.Currency}") : null,
            ["tags"] = p => p.Tags.Count == 0 ? null : string.Join(", ", p.Tags),
        },
        Does =
        [
            new("setStage", Change, "stage"), new("setOwner", Change, "owner"), new("setIndustry", Change, "industry"), new("setDepartment", Change, "department"),
            new("setCreditLimit", Change, "creditLimit"), new("setTags", Change, "tags"),
            new("addTags", (fields, _) => new ChangeTags(fields.Tags.Value ?? [], []), "tags"), new("removeTags", (fields, _) => new ChangeTags([], fields.Tags.Value ?? []), "tags"),
            new("delete", (_, _) => new DeletePartner()) { Shown = Shown }, new("restore", (_, _) => new RestorePartner()) { Shown = Shown },
            new("update", Change, "stage", "owner", "industry", "department", "creditLimit", "tags") { Some = true },
        ],
    };

    private static ChangePartner Change(PartnerFields fields, bool marked) => new(fields);

    private static string Shown(Partner partner) => partner.IsDeleted ? "deleted" : "not deleted";
}

/// <summary>Adds and takes away some tags; the others stay.</summary>
internal sealed record ChangeTags(IReadOnlyList<string> Add, IReadOnlyList<string> Remove) : ICommand<Partner>
{
    public Decision<Partner> Decide(Partner partner, Moment at)
    {
        var settings = at.Settings.Get<PartnerSettings>();
        if (Add.Count + Remove.Count == 0) return Refusal.Invalid([new("/tags", "partner.tags.required", "Name at least one tag.")]);
        // A tag that is not in use any more can still be taken away.
        Problem[] unknown = [.. Remove.Select((key, i) => (Key: key, At: i)).Where(t => settings.Find(ChoiceKind.Tag, t.Key) is null).Select(t => new Problem($"/tags/{t.At}", "partner.tags.unknown", $"There is no tag '{t.Key}'."))];
        return unknown.Length > 0 ? Refusal.Invalid(unknown) : new ChangePartner(new() { Tags = new([.. partner.Tags.Except(Remove), .. Add.Except(partner.Tags)]) }).Decide(partner, at);
    }
}
