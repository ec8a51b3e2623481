using System.Collections.Concurrent;
using Crm.Contracts;

namespace Crm.Companies;

/// <summary>Who may come in: companies, keys and users, each remembered for as long as the other hosts' changes may stay unseen.</summary>
internal sealed class Access : IAccess
{
    private readonly IActors _actors;
    private readonly CompaniesTables _tables;
    private readonly TimeProvider _clock;
    private readonly Passwords _passwords;
    private readonly Cached<string, CompanyRef> _companies;
    private readonly Cached<(int Company, long Number), KnownKey> _keys;
    private readonly Cached<long, UserIdentity> _users;
    private readonly Cached<string, UserNumber> _emails;
    private readonly ConcurrentDictionary<(int Company, long Number), KeyUse> _uses = new();

    public Access(IActors actors, CompaniesTables tables, Passwords passwords, Freshness freshness, TimeProvider clock)
    {
        (_actors, _tables, _passwords, _clock) = (actors, tables, passwords, clock);
        _companies = new(LoadCompanyAsync, freshness.MaxAge, clock);
        _keys = new(LoadKeyAsync, freshness.MaxAge, clock);
        _users = new(LoadUserAsync, freshness.MaxAge, clock);
        _emails = new(LoadEmailAsync, freshness.MaxAge, clock);
    }

    /// <summary>When each key was last used, as far as this host knows.</summary>
    public IEnumerable<KeyValuePair<(int Company, long Number), KeyUse>> Uses => _uses;

    public ValueTask<CompanyRef?> CompanyAsync(string slug, CancellationToken ct) => Company.IsSlug(slug) ? _companies.GetAsync(slug, ct) : default;

    public async Task<IReadOnlyList<CompanyRef>> CompaniesAsync(CancellationToken ct) =>
        [.. (await _tables.CompaniesAsync(ct)).Where(c => c.State.Active).Select(c => new CompanyRef((int)c.Number, c.State.Slug))];

    public ValueTask<KeyIdentity?> KeyAsync(ReadOnlyMemory<char> token, CancellationToken ct)
    {
        if (!Token.TryRead(token.Span, Token.Key, 'k', out var company, out var number, out _)) return default;
        var known = _keys.GetAsync((company, number), ct);
        return known.IsCompletedSuccessfully ? new(Check(known.Result, token.Span)) : CheckAsync(known, token);
    }

    public ValueTask<UserIdentity?> UserAsync(long number, CancellationToken ct) => _users.GetAsync(number, ct);

    public async ValueTask<UserIdentity?> UserAsync(string email, CancellationToken ct) =>
        await _emails.GetAsync(Members.Fold(email), ct) is { } user ? await _users.GetAsync(user.Number, ct) : null;

    public async ValueTask<Caller?> CallerAsync(UserIdentity user, CompanyRef company, bool vouched, CancellationToken ct)
    {
        var member = (await _actors.SettingsAsync(company, ct)).Get<CompanyProfile>().Member(user.Id);
        if (member is not { Disabled: false }) return null;
        if (member.Invited)
        {
            if (!vouched) return null;
            var reply = await _actors.SendAsync(new Call(company, new Caller(user.CallerName, member.Role)), IActors.Settings, new AcceptMembership(user.Id), ct);
            if (reply.Refusal is not null) return null;
        }
        return new Caller(user.CallerName, member.Role) { UserId = user.Id };
    }

    public async Task<IReadOnlyList<Membership>> MembershipsAsync(UserIdentity user, CancellationToken ct)
    {
        List<Membership> memberships = [];
        var joined = (await _tables.UserAsync(user.Number, ct))?.State.Companies ?? [];
        if (joined.Count == 0) return memberships;
        foreach (var company in (await CompaniesAsync(ct)).Where(c => joined.Contains(c.Id)))
        {
            var profile = (await _actors.SettingsAsync(company, ct)).Get<CompanyProfile>();
            if (profile.Member(user.Id) is { Disabled: false, Invited: false } member) memberships.Add(new(company, profile.Name, member.Role));
        }
        return memberships;
    }

    public Task<(Refusal? Refusal, UserIdentity? User)> SignInAsync(string email, string password, CancellationToken ct) => _passwords.SignInAsync(Members.Fold(email), password, ct);

    public async Task<(Refusal? Refusal, UserIdentity? User)> ChangePasswordAsync(UserIdentity user, string current, string next, CancellationToken ct)
    {
        var result = await _passwords.ChangeAsync(user, current, next, ct);
        _users.Forget(user.Number);
        return result;
    }

    public async Task<(Refusal? Refusal, UserIdentity? User)> AcceptAsync(string invitation, string password, CancellationToken ct)
    {
        var (refusal, number) = await _passwords.AcceptAsync(invitation, password, ct);
        if (refusal is not null) return (refusal, null);
        _users.Forget(number);
        return (null, await _users.GetAsync(number, ct));
    }

    public Task<bool> MakeFirstOperatorAsync(string password, bool mustChange, CancellationToken ct) => _passwords.MakeFirstOperatorAsync(password, mustChange, ct);

    public void Forget(string slug) => _companies.Forget(slug);

    public void Forget(CompanyRef company, long key) => _keys.Forget((company.Id, key));

    public void ForgetEmail(string email) => _emails.Forget(email);

    private KeyIdentity? Check(KnownKey? key, ReadOnlySpan<char> token)
    {
        if (key is null || !Token.TryRead(token, Token.Key, 'k', out _, out _, out var secret) || !Token.Matches(secret, key.Hash)) return null;
        var now = _clock.GetUtcNow();
        if (key.ExpiresAt <= now) return null;
        key.Use.At = now.UtcTicks;
        return key.Identity;
    }

    private async ValueTask<KeyIdentity?> CheckAsync(ValueTask<KnownKey?> known, ReadOnlyMemory<char> token) => Check(await known, token.Span);

    private async Task<CompanyRef?> LoadCompanyAsync(string slug, CancellationToken ct) =>
        await _tables.CompanyAsync(slug, ct) is { State.Active: true } row ? new((int)row.Number, slug) : null;

    private async Task<KnownKey?> LoadKeyAsync((int Company, long Number) key, CancellationToken ct)
    {
        if (await _tables.KeyAsync(key.Company, key.Number, ct) is not { Row.State: { RevokedAt: null } state } row) return null;
        var caller = new Caller($"key:{key.Number}", state.Role) { Scopes = state.Scopes?.ToHashSet() };
        return new(new(key.Company, caller), row.Hash, state.ExpiresAt, _uses.GetOrAdd(key, _ => new KeyUse()));
    }

    private async Task<UserIdentity?> LoadUserAsync(long number, CancellationToken ct) =>
        await _tables.UserAsync(number, ct) is { State.Disabled: false } row ? Passwords.IdentityOf(row) : null;

    private async Task<UserNumber?> LoadEmailAsync(string email, CancellationToken ct) => await _tables.UserAsync(email, ct) is { } row ? new(row.Number) : null;

    private sealed record UserNumber(long Number);

    private sealed record KnownKey(KeyIdentity Identity, byte[] Hash, DateTimeOffset? ExpiresAt, KeyUse Use);
}

/// <summary>When a key was last used here, and up to when that is stored, in ticks. Torn between threads it is a little wrong, which is what it may be.</summary>
internal sealed class KeyUse
{
    public long At { get; set; }

    public long Stored { get; set; }
}
