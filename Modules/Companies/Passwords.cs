using System.Security.Cryptography;
using System.Text;
using Crm.Contracts;
using Microsoft.AspNetCore.Identity;

namespace Crm.Companies;

/// <summary>
/// Passwords and what they open. Whether an e-mail has a user cannot be told from outside: both ways count the attempt, hash a password and give
/// the same answer.
/// </summary>
internal sealed class Passwords(IActors actors, CompaniesTables tables, TimeProvider clock) : IDisposable
{
    public const int MinLength = 12, MaxLength = 128;

    private const int MostFailures = 5;

    private static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);
    private static readonly Refusal Wrong = new((RefusalKind)401, "auth.invalid", "The e-mail or the password is wrong.");
    private static readonly Refusal WrongInvitation = new((RefusalKind)401, "auth.invalid",
        "The invitation is not valid any more, or you have an account with another password. In that case give the password that you sign in with.");
    private static readonly Refusal Locked = new((RefusalKind)429, "auth.locked", "Too many failed sign-ins. Try again in 15 minutes.");

    private readonly PasswordHasher<User> _hasher = new();

    /// <summary>Hashing is slow by intent (100,000 rounds): more at once than there are processors would only take them from everybody else.</summary>
    private readonly SemaphoreSlim _hashing = new(Environment.ProcessorCount);

    private string? _nobody;

    public static UserIdentity IdentityOf(Row<User> row) => new(
        row.Number, row.State.Name, row.State.Email, row.State.IsOperator, row.State.MustChangePassword, row.State.PasswordChangedAt is { } at ? CompaniesTables.Micros(at) : 0);

    public async Task<(Refusal? Refusal, UserIdentity? User)> SignInAsync(string email, string password, CancellationToken ct)
    {
        var key = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(email)));
        if (!await tables.TryAttemptAsync(key, clock.GetUtcNow(), MostFailures, LockedFor, ct)) return (Locked, null);
        var row = await tables.UserAsync(email, ct);
        var hash = await tables.PasswordHashAsync(row?.Number ?? 0, ct);
        var right = await VerifyAsync(hash, password, ct);
        if (!right || row is not { State.Disabled: false }) return (Wrong, null);
        await tables.ForgetAttemptsAsync(key, clock.GetUtcNow() - LockedFor, ct);
        return (null, IdentityOf(row));
    }

    public async Task<(Refusal? Refusal, UserIdentity? User)> ChangeAsync(UserIdentity user, string current, string next, CancellationToken ct)
    {
        if (Problem(user.Email, next, "/new") is { } problem) return (problem, null);
        var (refusal, _) = await SignInAsync(user.Email, current, ct);
        if (refusal is not null) return (refusal, null);
        if (current == next) return (Refusal.Invalid([new("/new", "user.password.same", "The new password is another one than the old.")]), null);
        return await SetAsync(user.Number, next, firstOnly: false, ct);
    }

    /// <summary>
    /// The token says that the company meant its holder, the password whose account it is; a membership needs both. So somebody who made an account
    /// for a foreign e-mail does not get in without the token, and an administrator who keeps the token does not get into an account that has a password.
    /// Steps: password, membership, token used. Broken off anywhere, the same request again goes on.
    /// </summary>
    public async Task<(Refusal? Refusal, long Number)> AcceptAsync(string token, string password, CancellationToken ct)
    {
        if (!Matches(token, out var companyId, out var number) || await tables.InvitationAsync(companyId, number, ct) is not { } found
            || !Token.TryRead(token, Token.Invitation, 'i', out _, out _, out var secret) || !Token.Matches(secret, found.Hash)
            || found.Row.State is not { UsedAt: null } invitation || invitation.ExpiresAt <= clock.GetUtcNow()
            || await tables.UserAsync(invitation.User, ct) is not { State.Disabled: false } row) return (WrongInvitation, 0);
        if (row.State.PasswordChangedAt is null)
        {
            if (Problem(row.State.Email, password, "/password") is { } problem) return (problem, 0);
            var (refusal, _) = await SetAsync(row.Number, password, firstOnly: true, ct);
            if (refusal is { Kind: not RefusalKind.Conflict }) return (refusal, 0);
        }
        // Also after a first password: when two came at the same time, the second one's may be another.
        var (wrong, user) = await SignInAsync(row.State.Email, password, ct);
        if (user is null) return (wrong!.Code == "auth.invalid" ? WrongInvitation : wrong, 0);
        var company = new CompanyRef(companyId, "");
        var accepted = await actors.SendAsync(new Call(company, new Caller(user.CallerName, Role.Reader)), IActors.Settings, new AcceptMembership(user.Id), ct);
        if (accepted.Refusal is { } no) return (no, 0);
        await actors.SendAsync(new Call(company, new Caller(user.CallerName, Role.Reader)), number, new UseInvitation(), ct);
        return (null, user.Number);
    }

    public async Task<bool> MakeFirstOperatorAsync(string password, bool mustChange, CancellationToken ct)
    {
        if (await tables.HasOperatorAsync(ct)) return false;
        var reply = await actors.CreateAsync(Call.System(CompanyRef.System), new CreateOperator("operator@localhost", "Operator", await HashAsync(password, ct), mustChange), ct);
        // Another host may have been first; the e-mail is unique.
        return reply.Refusal is null;
    }

    public void Dispose() => _hashing.Dispose();

    private static bool Matches(string token, out int company, out long number) => Token.TryRead(token, Token.Invitation, 'i', out company, out number, out _);

    private static Refusal? Problem(string email, string password, string pointer) =>
        password.Length is < MinLength or > MaxLength || string.Equals(password, email, StringComparison.OrdinalIgnoreCase)
            ? Refusal.Invalid([new(pointer, "user.password.weak", $"A password has {MinLength} to {MaxLength} characters and is not the e-mail.")]) : null;

    private async Task<(Refusal? Refusal, UserIdentity? User)> SetAsync(long user, string password, bool firstOnly, CancellationToken ct)
    {
        var call = new Call(CompanyRef.System, new Caller($"user:u{user}", Role.Reader));
        var reply = await actors.SendAsync(call, user, new SetPassword(await HashAsync(password, ct), firstOnly), ct);
        return reply.Refusal is { } refusal ? (refusal, null) : (null, IdentityOf(reply.Row!));
    }

    private async Task<string> HashAsync(string password, CancellationToken ct)
    {
        await _hashing.WaitAsync(ct);
        try { return _hasher.HashPassword(null!, password); }
        finally { _hashing.Release(); }
    }

    private async Task<bool> VerifyAsync(string? hash, string password, CancellationToken ct)
    {
        _nobody ??= await HashAsync(Token.NewSecret(), ct);
        await _hashing.WaitAsync(ct);
        try { return _hasher.VerifyHashedPassword(null!, hash ?? _nobody, password) != PasswordVerificationResult.Failed && hash is not null; }
        finally { _hashing.Release(); }
    }
}
