using System.Text.Json;
using Crm.Contracts;

namespace Crm.Partners;

/// <summary>Makes a partner, and its branches with it (R55).</summary>
/// <param name="Fields">What it is.</param>
/// <param name="WrongParent">What is wrong with the parent that the fields name, which only <see cref="Parents"/> can know; null = nothing.</param>
/// <param name="Branches">What is made with it; null = nothing.</param>
internal sealed record CreatePartner(PartnerFields Fields, Problem? WrongParent = null, IReadOnlyList<PartnerFields>? Branches = null) : ICreation<Partner>
{
    public const int MaxBranches = 100;

    private static readonly Partner Blank = new() { Name = "", Country = "" };

    public Decision<Partner> Decide(Moment at)
    {
        var (partner, refusal) = PartnerRules.Apply(Fields, Blank, at, WrongParent);
        List<Problem> problems = [.. refusal?.Problems ?? []];
        if (Branches?.Count > MaxBranches) problems.Add(new("/branches", "partner.branches.tooMany", $"At most {MaxBranches} branches at once."));
        var branches = (Branches ?? []).Take(MaxBranches).Select((branch, i) => Branch(branch, $"/branches/{i}", at, problems)).ToArray();
        if (problems.Count > 0) return Refusal.Invalid(problems);
        var made = Decision.Accept(partner!, "partner.created");
        return branches.Length == 0 ? made : made.FollowedBy(number => [.. branches.Select(b => b! with { Parent = number })]);
    }

    private Partner? Branch(PartnerFields branch, string pointer, Moment at, List<Problem> problems)
    {
        if (branch.Parent.IsSet) problems.Add(new($"{pointer}/parent", "partner.branch.parent", "The parent of these branches is the new partner."));
        var (made, refusal) = PartnerRules.Apply(branch with
        {
            Parent = default,
            Country = branch.Country.IsSet ? branch.Country : Fields.Country, Relations = branch.Relations.IsSet ? branch.Relations : Fields.Relations, Owner = branch.Owner.IsSet ? branch.Owner : Fields.Owner,
            Department = branch.Department.IsSet ? branch.Department : Fields.Department, Industry = branch.Industry.IsSet ? branch.Industry : Fields.Industry, Language = branch.Language.IsSet ? branch.Language : Fields.Language,
        }, Blank, at);
        problems.AddRange((refusal?.Problems ?? []).Select(p => p with { Pointer = pointer + p.Pointer }));
        return made;
    }
}

/// <summary>Changes what is named, and only that.</summary>
/// <param name="Fields">What changes.</param>
/// <param name="WrongParent">As in <see cref="CreatePartner"/>.</param>
internal sealed record ChangePartner(PartnerFields Fields, Problem? WrongParent = null) : ICommand<Partner>
{
    public Decision<Partner> Decide(Partner partner, Moment at)
    {
        if (partner.IsDeleted) return Deleted;
        var (after, refusal) = PartnerRules.Apply(Fields, partner, at, WrongParent);
        if (refusal is not null) return refusal;
        return PartnerEquality.Same(partner, after!) ? Decision.Nothing(partner) : Decision.Accept(after!, Fact(partner, after!));
    }

    internal static Refusal Deleted => Refusal.Conflict("partner.deleted", "The partner is deleted. Restore it first.");

    private static string Fact(Partner before, Partner after) => before.Stage != after.Stage ? "partner.stageSet" : "partner.changed";
}

/// <summary>Deletes so that it can be restored; numbers, contacts and history stay (R10).</summary>
internal sealed record DeletePartner : ICommand<Partner>
{
    public Decision<Partner> Decide(Partner partner, Moment at) =>
        partner.IsDeleted ? Decision.Nothing(partner) : Decision.Accept(partner with { DeletedAt = at.Now }, "partner.deleted");
}

/// <summary>Takes a deleted partner back as it was.</summary>
internal sealed record RestorePartner : ICommand<Partner>
{
    public Decision<Partner> Decide(Partner partner, Moment at) =>
        partner.IsDeleted ? Decision.Accept(partner with { DeletedAt = null }, "partner.restored") : Decision.Nothing(partner);
}

/// <summary>What the accounting system says is owed; null = it no longer says anything. Sent by the program only.</summary>
internal sealed record SetBalance(Balance? Balance) : ICommand<Partner>
{
    public Decision<Partner> Decide(Partner partner, Moment at) =>
        // Said again at a later time it is no change: how old balances are is said once for all of them.
        partner.Balance == Balance || (Balance is not null && partner.Balance == Balance with { AsOf = partner.Balance?.AsOf ?? default }) ? Decision.Nothing(partner)
        : Decision.Accept(partner with { Balance = Balance }, "partner.balanceSet");
}

/// <summary>What was invoiced to the partner in a year. Sent by the program only.</summary>
internal sealed record SetInvoiced(InvoicedYear Invoiced) : ICommand<Partner>
{
    public Decision<Partner> Decide(Partner partner, Moment at) =>
        InvoicedYear.Same(partner.Invoiced ?? new(Invoiced.Year, [], false), Invoiced) ? Decision.Nothing(partner) : Decision.Accept(partner with { Invoiced = Invoiced }, "partner.invoicedSet");
}

/// <summary>Who the partner is in another system; null = nobody any more. Sent by the program only.</summary>
internal sealed record SetExternal(string System, string? Id) : ICommand<Partner>
{
    /// <summary>What it owes by that; not set = as it is.</summary>
    public Optional<Balance?> Balance { get; init; }

    /// <summary>What was invoiced to it by that; null = as it is.</summary>
    public InvoicedYear? Invoiced { get; init; }

    public Decision<Partner> Decide(Partner partner, Moment at)
    {
        var told = Balance.IsSet ? new SetBalance(Balance.Value).Decide(partner, at).State! : partner;
        if (Invoiced is not null) told = new SetInvoiced(Invoiced).Decide(told, at).State!;
        if (partner.External.FirstOrDefault(e => e.System == System)?.Id == Id) return ReferenceEquals(told, partner) ? Decision.Nothing(partner) : Decision.Accept(told, "partner.balanceSet");
        var others = partner.External.Where(e => e.System != System);
        return Decision.Accept(told with { External = Id is null ? [.. others] : [.. others, new(System, Id, at.Now)] }, Id is null ? "partner.externalRemoved" : "partner.externalSet");
    }
}

/// <summary>Shows or takes away the logo (R17).</summary>
internal sealed record SetLogo(Logo? Logo) : ICommand<Partner>
{
    public Decision<Partner> Decide(Partner partner, Moment at) =>
        partner.IsDeleted ? ChangePartner.Deleted
        : partner.Logo == Logo ? Decision.Nothing(partner)
        : Decision.Accept(partner with { Logo = Logo }, Logo is null ? "partner.logoRemoved" : "partner.logoSet");
}

/// <summary>
/// Takes one journal entry back: members that still have the value of after get the value of before, others stay and are named. Undo never
/// overwrites what was changed since, unless it is forced to.
/// </summary>
/// <param name="Before">Members as they were; null = absent.</param>
/// <param name="After">The same members as the entry left them.</param>
/// <param name="Force">True = whatever was changed since.</param>
internal sealed record RevertPartner(JsonElement Before, JsonElement After, bool Force = false) : ICommand<Partner>
{
    public Decision<Partner> Decide(Partner partner, Moment at)
    {
        var (reverted, kept) = Documents.Revert(partner, Before, After, Force);
        if (kept.Count > 0) return Refusal.Conflict("partner.changedSince", $"Changed since: {string.Join(", ", kept)}.");
        return PartnerEquality.Same(partner, reverted) ? Decision.Nothing(partner) : Decision.Accept(reverted, "partner.reverted");
    }
}

/// <summary>Whether two states are the same. Records compare their lists by reference, so those are compared apart.</summary>
internal static class PartnerEquality
{
    public static bool Same(Partner one, Partner other) =>
        one == other with { Relations = one.Relations, Tags = one.Tags, CoOwners = one.CoOwners, Contacts = one.Contacts, Uninvoiced = one.Uninvoiced, External = one.External, Invoiced = one.Invoiced }
        && one.Relations.SequenceEqual(other.Relations) && one.Tags.SequenceEqual(other.Tags) && one.CoOwners.SequenceEqual(other.CoOwners) && one.Contacts.SequenceEqual(other.Contacts)
        && one.Uninvoiced.SequenceEqual(other.Uninvoiced) && one.External.SequenceEqual(other.External) && InvoicedYear.Same(one.Invoiced, other.Invoiced);
}
