using Crm.Contracts;
using Crm.Plugins;

namespace Crm.Accounting;

/// <summary>Which user of the company a co-worker in an accounting system is.</summary>
internal static class Owners
{
    /// <param name="told">The co-worker as the system tells of one; null or without anything = nobody.</param>
    /// <param name="members">The company's own users, former ones too.</param>
    /// <param name="known">Who owns the partner, and whom both sides last had: of several of a name it is this one.</param>
    /// <returns>The user's id. A former user, or somebody whom no user is, cannot be taken.</returns>
    public static SharedValue Of(AccountingPerson? told, IReadOnlyList<Member> members, params IEnumerable<string?> known)
    {
        if ((told?.Name.OrNull() ?? told?.Email.OrNull() ?? told?.Id.OrNull()) is not { } shown) return SharedValue.Nothing;
        return UserOf(told!, members, known) is { } user ? new(user.UserId, user.Name, CanBeTaken: !user.Disabled) : new($"?{shown.ToLowerInvariant()}", shown, CanBeTaken: false);
    }

    private static Member? UserOf(AccountingPerson told, IReadOnlyList<Member> members, IEnumerable<string?> known)
    {
        // An address is one person's, also that of somebody who has left: a namesake is not taken instead.
        if (members.FirstOrDefault(m => IsSame(m.Email, told.Email)) is { } addressed) return addressed;
        Member[] named = [.. members.Where(m => IsSame(m.Name, told.Name))];
        Member[] active = [.. named.Where(m => !m.Disabled)];
        return known.Select(id => named.FirstOrDefault(m => m.UserId == id)).FirstOrDefault(m => m is not null) ?? ((active.Length > 0 ? active : named) is [var one] ? one : null);
    }

    private static bool IsSame(string ours, string? theirs) => theirs.OrNull() is { } told && string.Equals(ours.Trim(), told, StringComparison.OrdinalIgnoreCase);
}
