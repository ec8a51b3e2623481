using System.Globalization;
using Crm.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Companies;

/// <summary>Somebody to be added to the company.</summary>
/// <param name="Email">How they sign in.</param>
/// <param name="Name">1 to 200 characters; shown as owner.</param>
/// <param name="Role">admin, seller or reader.</param>
/// <param name="Department">A department's key; null = none.</param>
public sealed record NewMember(string Email, string Name, Role Role, string? Department = null);

/// <summary>What to change of a member.</summary>
public sealed record MemberChange
{
    /// <summary>1 to 200 characters.</summary>
    public Optional<string> Name { get; init; }

    /// <summary>admin, seller or reader.</summary>
    public Optional<Role?> Role { get; init; }

    /// <summary>A department's key; null = none.</summary>
    public Optional<string> Department { get; init; }

    /// <summary>True = does not sign in here any more.</summary>
    public Optional<bool?> Disabled { get; init; }
}

internal static class UserEndpoints
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("", ListAsync).Needs("users:read").Documented("listUsers", "All users of the company", "Everybody who was ever a member, former ones disabled.");
        group.MapPost("", AddAsync).Needs("users:write").Creates<MemberView>().Documented("addUser", "Add a user",
            "Adds a member and answers a one-time invitation token, which the user turns into a password by POST /api/v1/session/invitation. The answer is the same whether or not the e-mail is known to other companies.");
        group.MapGet("/{id}", OneAsync).Needs("users:read").Documented("getUser", "One user", "One member by id, such as u12.");
        group.MapPatch("/{id}", PatchAsync).Needs("users:write").Documented("changeUser", "Change a user", "Name, role, department, disabled. The last administrator who can sign in stays one.");
        group.MapPost("/{id}/invitation", InviteAsync).Needs("users:write").Documented("inviteUser", "Invite a user again", "A new token for a member who has not accepted yet. A repeated request makes another token.");
    }

    private static async Task<Answer<Page<MemberView>>> ListAsync(Call call, IActors actors, CancellationToken ct)
    {
        var members = (await actors.ReadAsync<CompanyProfile>(call.Company, IActors.Settings, ct))!.State.Members;
        return new Page<MemberView>([.. members.Select(MemberView.Of)], null, members.Count, true);
    }

    private static async Task<Answer<MemberView>> OneAsync(string id, Call call, IActors actors, CancellationToken ct)
    {
        var row = (await actors.ReadAsync<CompanyProfile>(call.Company, IActors.Settings, ct))!;
        return row.State.Member(id) is { } member ? Answers.WithVersion(MemberView.Of(member), row.Version) : Refusal.NotFound("user");
    }

    private static async Task<Answer<MemberView>> PatchAsync(string id, Body<MemberChange> body, Call call, IActors actors, CancellationToken ct)
    {
        var (change, wanted) = (new ChangeMember(id), body.Value);
        change = change with { Name = wanted.Name, Role = wanted.Role, Department = wanted.Department, Disabled = wanted.Disabled };
        return (await actors.SendAsync(call, IActors.Settings, change, ct)).ToAnswer<MemberView, CompanyProfile>(call, "users");
    }

    private static async Task<Answer<MemberView>> AddAsync(Body<NewMember> body, Call call, IActors actors, Invitations invitations, CancellationToken ct)
    {
        var wanted = body.Value with { Email = Members.Fold(body.Value.Email) };
        var profile = (await actors.SettingsAsync(call.Company, ct)).Get<CompanyProfile>();
        // Checked here too, so that no user is made for a member who is then refused.
        if (Members.Problems(profile, wanted.Email, wanted.Name, wanted.Role, wanted.Department) is { Count: > 0 } problems) return Refusal.Invalid(problems);
        var (refusal, user) = call.DryRun ? default : await invitations.UserAsync(call, wanted.Email, wanted.Name, ct);
        if (refusal is not null) return refusal;
        var id = call.DryRun ? "" : string.Create(CultureInfo.InvariantCulture, $"u{user}");
        var reply = await actors.SendAsync(call, IActors.Settings, new AddMember(id, wanted.Email, wanted.Name, wanted.Role, wanted.Department), ct);
        if (reply.Answer is MemberView view && !call.DryRun) reply = reply with { Answer = view with { Invitation = (await invitations.InviteAsync(call, user, ct)).Token } };
        return reply.ToAnswer<MemberView, CompanyProfile>(call, "users").Made(call, $"users/{id}");
    }

    private static async Task<Answer<MemberView>> InviteAsync(string id, Call call, IActors actors, Invitations invitations, CancellationToken ct)
    {
        var member = (await actors.ReadAsync<CompanyProfile>(call.Company, IActors.Settings, ct))!.State.Member(id);
        if (member is null) return Refusal.NotFound("user");
        if (!member.Invited) return Refusal.Conflict("user.invitation.accepted", "The user has accepted the invitation already.");
        if (call.DryRun) return MemberView.Of(member);
        var (refusal, token) = await invitations.InviteAsync(call, long.Parse(id.AsSpan(1), CultureInfo.InvariantCulture), ct);
        return refusal is null ? MemberView.Of(member) with { Invitation = token } : refusal;
    }
}
