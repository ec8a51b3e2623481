using System.Net.Mail;
using System.Text.Json.Serialization;
using Crm.Contracts;

namespace Crm.Companies;

/// <summary>The rules that members of a company follow.</summary>
internal static class Members
{
    public static string Fold(string email) => email.Trim().ToLowerInvariant();

    /// <summary>What is wrong with a new member.</summary>
    public static IReadOnlyList<Problem> Problems(CompanyProfile profile, string email, string name, Role role, string? department)
    {
        List<Problem> problems = [];
        if (email.Length > 254 || !MailAddress.TryCreate(email, out var address) || address.Address != email)
            problems.Add(new("/email", "user.email", "This is not an e-mail address."));
        if (!Company.IsName(name)) problems.Add(new("/name", "user.name", "A name has 1 to 200 characters."));
        if (role == Role.Operator) problems.Add(new("/role", "user.role", "The role is admin, seller or reader."));
        if (department is not null && profile.Department(department) is not { Disabled: false })
            problems.Add(new("/department", "department.unknown", "There is no such department, or it is disabled."));
        return problems;
    }

    public static bool IsActiveAdmin(Member member) => member is { Role: Role.Admin, Disabled: false, Invited: false };

    public static CompanyProfile With(this CompanyProfile profile, Member member) =>
        profile with { Members = [.. profile.Members.Select(m => m.UserId == member.UserId ? member : m)] };
}

/// <summary>Adds somebody, who gets in by accepting the invitation.</summary>
internal sealed record AddMember(string UserId, string Email, string Name, Role Role, string? Department) : ICommand<CompanyProfile>
{
    public Decision<CompanyProfile> Decide(CompanyProfile profile, Moment at)
    {
        if (Members.Problems(profile, Email, Name, Role, Department) is { Count: > 0 } problems) return Refusal.Invalid(problems);
        if (profile.Members.Any(m => m.UserId == UserId || m.Email == Email)) return Refusal.Conflict("user.member", "This user is a member of the company already.");
        var member = new Member(UserId, Name.Trim(), Email, Role, Department, Invited: true);
        return Decision.Accept(profile with { Members = [.. profile.Members, member] }, "member.added", MemberView.Of(member));
    }
}

/// <summary>The invited user is who was meant: the one who had the token, or whom an issuer vouches for.</summary>
internal sealed record AcceptMembership(string UserId) : ICommand<CompanyProfile>
{
    public Decision<CompanyProfile> Decide(CompanyProfile profile, Moment at) => profile.Member(UserId) switch
    {
        null => Refusal.NotFound("user"),
        { Invited: false } => Decision.Nothing(profile),
        var member => Decision.Accept(profile.With(member with { Invited = false }), "member.accepted"),
    };
}

/// <summary>Changes what is named of a member. Nobody is ever removed: their name stays on what they did.</summary>
internal sealed record ChangeMember(string UserId) : ICommand<CompanyProfile>
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optional<string> Name { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optional<Role?> Role { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optional<string> Department { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optional<bool?> Disabled { get; init; }

    public Decision<CompanyProfile> Decide(CompanyProfile profile, Moment at)
    {
        if (profile.Member(UserId) is not { } member) return Refusal.NotFound("user");
        List<Problem> problems = [];
        if (Role is { IsSet: true, Value: null }) problems.Add(new("/role", "user.role", "The role is admin, seller or reader."));
        if (Disabled is { IsSet: true, Value: null }) problems.Add(new("/disabled", "user.disabled", "Disabled is true or false."));
        var changed = member with
        {
            Name = (Name.Or(member.Name) ?? "").Trim(), Role = Role.Value ?? member.Role, Department = Department.Or(member.Department), Disabled = Disabled.Value ?? member.Disabled,
        };
        // A department that was disabled after the member came into it may stay.
        problems.AddRange(Members.Problems(profile, member.Email, changed.Name, changed.Role, changed.Department == member.Department ? null : changed.Department));
        if (problems.Count > 0) return Refusal.Invalid(problems);
        if (changed == member) return Decision.Nothing(profile, MemberView.Of(member));
        var after = profile.With(changed);
        if (Members.IsActiveAdmin(member) && !after.Members.Any(Members.IsActiveAdmin))
            return Refusal.Conflict("company.lastAdmin", "A company keeps at least one administrator who can sign in. Make somebody else administrator first.");
        return Decision.Accept(after, "member.changed", MemberView.Of(changed));
    }
}

/// <summary>A user in the company of the request.</summary>
/// <param name="Id">Such as <c>u12</c>; null in a dry run of adding one.</param>
/// <param name="Name">Shown as owner.</param>
/// <param name="Email">How the user signs in.</param>
/// <param name="Role">admin, seller or reader.</param>
/// <param name="Department">The department; null = none.</param>
/// <param name="Disabled">True = does not sign in here any more.</param>
/// <param name="Invited">True = has not accepted the invitation yet.</param>
/// <param name="Invitation">Only in the answer that made it: the one-time token for <c>POST /api/v1/session/invitation</c>, valid for 7 days. Null when the answer is a replay.</param>
public sealed record MemberView(string? Id, string Name, string Email, Role Role, string? Department, bool Disabled, bool Invited, string? Invitation)
{
    internal static MemberView Of(Member member) =>
        new(member.UserId.Length == 0 ? null : member.UserId, member.Name, member.Email, member.Role, member.Department, member.Disabled, member.Invited, null);
}
