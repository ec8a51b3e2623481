using System.Text.Json.Serialization;

namespace Crm.Companies;

/// <summary>
/// A one-time token with which a new member shows that the company meant them. It belongs to one company: an account that somebody else made for
/// the same e-mail, or an invitation of another company, never opens this one.
/// </summary>
internal sealed record Invitation(long User, DateTimeOffset ExpiresAt, DateTimeOffset? UsedAt)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    public static readonly Entity<Invitation> Entity = new("invitation", "invitations")
    {
        Columns = [new("secret_hash", ColumnType.Text, i => i.SecretHash)],
        View = (row, _) => row.State,
    };

    /// <summary>Goes into its column only, as <see cref="Companies.User.PasswordHash"/> does.</summary>
    [JsonIgnore]
    public string? SecretHash { get; init; }
}

/// <summary>Makes users and invitations: what adding a member takes in company 0 and beside the profile.</summary>
internal sealed class Invitations(IActors actors, CompaniesTables tables, Access access)
{
    /// <summary>The user of an e-mail, made if there is none, with the company among theirs. Doing it twice does no harm.</summary>
    public async Task<(Refusal? Refusal, long Number)> UserAsync(Call call, string email, string name, CancellationToken ct)
    {
        var global = new Call(CompanyRef.System, call.Caller);
        if (await tables.UserAsync(email, ct) is not { Number: var number })
        {
            var made = await actors.CreateAsync(global, new CreateUser(email, name), ct);
            access.ForgetEmail(email);
            if (made.Refusal is { Kind: not RefusalKind.Conflict } refusal) return (refusal, 0);
            // A conflict: somebody else made it in this very moment.
            number = made.Row?.Number ?? (await tables.UserAsync(email, ct))!.Number;
        }
        var joined = await actors.SendAsync(global, number, new JoinCompany(call.Company.Id), ct);
        return (joined.Refusal, number);
    }

    /// <summary>A new token for a member; older ones of theirs stay valid until they expire.</summary>
    public async Task<(Refusal? Refusal, string? Token)> InviteAsync(Call call, long user, CancellationToken ct)
    {
        var secret = Token.NewSecret();
        var reply = await actors.CreateAsync(new Call(call.Company, call.Caller), new Invite(user, Token.Hash(secret)), ct);
        return reply.Refusal is { } refusal ? (refusal, null) : (null, Token.Text(Token.Invitation, call.Company.Id, 'i', reply.Row!.Number, secret));
    }
}

/// <summary>Invites a member.</summary>
internal sealed record Invite(long User, string SecretHash) : ICreation<Invitation>
{
    public Decision<Invitation> Decide(Moment at) =>
        Decision.Accept(new Invitation(User, at.Now + Invitation.Lifetime, null) { SecretHash = SecretHash }, "invitation.created");
}

/// <summary>Uses the token up.</summary>
internal sealed record UseInvitation : ICommand<Invitation>
{
    public Decision<Invitation> Decide(Invitation invitation, Moment at) =>
        invitation.UsedAt is not null ? Refusal.Conflict("invitation.used", "The invitation was used.") : Decision.Accept(invitation with { UsedAt = at.Now }, "invitation.used");
}
