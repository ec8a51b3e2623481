namespace Crm.Contracts;

/// <summary>Who may come in. The host asks this for every request, so the usual answers come from memory and cost no SQL.</summary>
/// <remarks>Every method can throw <see cref="StorageException"/> when it has to read and the database does not answer.</remarks>
public interface IAccess
{
    /// <summary>The active company of a slug; null = there is none.</summary>
    ValueTask<CompanyRef?> CompanyAsync(string slug, CancellationToken ct);

    /// <summary>All active companies, for work that goes through them.</summary>
    Task<IReadOnlyList<CompanyRef>> CompaniesAsync(CancellationToken ct);

    /// <summary>Checks an API key; null = unknown, forged, revoked or expired.</summary>
    /// <param name="token">The whole token, <c>crm_c1k5_…</c>.</param>
    /// <param name="ct">Cancels a read.</param>
    ValueTask<KeyIdentity?> KeyAsync(ReadOnlyMemory<char> token, CancellationToken ct);

    /// <summary>A user by number; null = none, or disabled.</summary>
    ValueTask<UserIdentity?> UserAsync(long number, CancellationToken ct);

    /// <summary>A user by e-mail, in any case; null = none, or disabled.</summary>
    ValueTask<UserIdentity?> UserAsync(string email, CancellationToken ct);

    /// <summary>The user as a caller in a company; null = not a member there.</summary>
    /// <param name="user">Who.</param>
    /// <param name="company">Where.</param>
    /// <param name="vouched">True when an issuer has proved that the e-mail is the user's: an invitation then needs no token, it counts as accepted.</param>
    /// <param name="ct">Cancels a read.</param>
    ValueTask<Caller?> CallerAsync(UserIdentity user, CompanyRef company, bool vouched, CancellationToken ct);

    /// <summary>The companies that a user can enter, with the role there.</summary>
    Task<IReadOnlyList<Membership>> MembershipsAsync(UserIdentity user, CancellationToken ct);

    /// <summary>Checks e-mail and password. Unknown users take as long and get the same answer; five failures lock an e-mail for 15 minutes.</summary>
    Task<(Refusal? Refusal, UserIdentity? User)> SignInAsync(string email, string password, CancellationToken ct);

    /// <summary>Changes a password, which signs the user out everywhere.</summary>
    Task<(Refusal? Refusal, UserIdentity? User)> ChangePasswordAsync(UserIdentity user, string current, string next, CancellationToken ct);

    /// <summary>Accepts an invitation: sets the first password, or takes the one that the user has.</summary>
    Task<(Refusal? Refusal, UserIdentity? User)> AcceptAsync(string invitation, string password, CancellationToken ct);

    /// <summary>Makes the first operator if there is none at all.</summary>
    /// <param name="password">The operator's password.</param>
    /// <param name="mustChange">True = it has to be changed before anything else.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>False when there is an operator already; nothing has changed then.</returns>
    Task<bool> MakeFirstOperatorAsync(string password, bool mustChange, CancellationToken ct);
}

/// <summary>How long what another host has changed may stay unseen here; endless when there is only one host.</summary>
public sealed record Freshness(TimeSpan MaxAge);

/// <summary>A valid API key.</summary>
/// <param name="CompanyId">The one company that it opens.</param>
/// <param name="Caller">Who it is there.</param>
public sealed record KeyIdentity(int CompanyId, Caller Caller);

/// <summary>A user who may sign in.</summary>
/// <param name="Number">The user's number.</param>
/// <param name="Name">The user's own name.</param>
/// <param name="Email">In lower case.</param>
/// <param name="IsOperator">True = has the operator routes.</param>
/// <param name="MustChangePassword">True = has to change the password before anything else.</param>
/// <param name="Stamp">Changes with the password: a session with another stamp is over.</param>
public sealed record UserIdentity(long Number, string Name, string Email, bool IsOperator, bool MustChangePassword, long Stamp)
{
    /// <summary>On the wire, such as <c>u12</c>.</summary>
    public string Id { get; } = $"u{Number}";

    /// <summary>In the journal, such as <c>user:u12</c>.</summary>
    public string CallerName { get; } = $"user:u{Number}";
}

/// <summary>A company that a user can enter.</summary>
/// <param name="Company">Which.</param>
/// <param name="Name">The company's name.</param>
/// <param name="Role">What the user may do there.</param>
public sealed record Membership(CompanyRef Company, string Name, Role Role);
