using System.Collections.Concurrent;
using Crm.Contracts;
using Crm.Plugins;
using Crm.Plugins.Packages;
using Microsoft.Extensions.Caching.Memory;

namespace Crm.Registers;

/// <summary>Asks the registers that a company has switched on. Answers are used again as long as the register's terms allow, and only within the company that asked.</summary>
internal sealed class RegisterBook(IPlugins plugins, TimeProvider clock) : IDisposable
{
    public const string Capability = "companyRegister";

    /// <summary>Somebody who types waits no longer than this for a slow register; the others' hits are shown.</summary>
    private static readonly CallTerms WhileTyping = new() { Patience = TimeSpan.FromSeconds(5) };

    /// <summary>Hits and places of business that are kept at most; each is some hundred bytes.</summary>
    private readonly MemoryCache _answers = new(new MemoryCacheOptions { SizeLimit = 200_000 });

    /// <summary>What is being asked now. Whoever wants the same waits for the same answer, so that what is charged for is bought once.</summary>
    private readonly ConcurrentDictionary<Key, Lazy<Task<PluginAnswer<Entry>>>> _asked = new();

    /// <summary>The registers for a country, all when none is named; those that cost nothing first, so that their hits are the ones that are fetched.</summary>
    public async Task<IReadOnlyList<PluginManifest>> ForAsync(CompanyRef company, string? country, CancellationToken ct) =>
        [.. (await plugins.InUseAsync(company, Capability, ct)).Where(m => country is null || m.Countries.Length == 0 || m.Countries.Contains(country)).OrderBy(m => m.Limits.Charged)];

    /// <summary>Hits of one register.</summary>
    public async Task<PluginAnswer<RegisterHit[]>> SearchAsync(CompanyRef company, PluginManifest register, RegisterQuery query, CancellationToken ct)
    {
        // One that was asked for already, and by everybody who types the same, costs no request of the register's limit.
        var key = await KeyAsync("hits", company, register, query.Country, query.Text.ToUpperInvariant(), ct);
        if (_answers.TryGetValue(key, out RegisterHit[]? known)) return known!;
        var answer = await plugins.CallAsync<ICompanyRegister, RegisterQuery, RegisterHit[]>(company, register.Id, query, static (register, call, query, ct) => register.SearchAsync(call, query, ct), ct, WhileTyping);
        if (answer.Failure is null) Keep(key, answer.Value!, register, answer.Value!.Length);
        return answer;
    }

    /// <summary>All that one register tells, with the places of business; a null company = it does not know the number.</summary>
    public async Task<PluginAnswer<Entry>> GetAsync(CompanyRef company, PluginManifest register, string country, string number, CancellationToken ct) =>
        await OnceAsync(await KeyAsync("entry", company, register, country, number, ct), register, async () =>
        {
            var found = await CompanyAsync(company, register, country, number, CancellationToken.None);
            if (found.Failure is not null || found.Value!.Company is null) return found;
            var branches = await plugins.CallAsync<ICompanyRegister, (string Country, string Number), RegisterBranch[]>(company, register.Id, (country, number), static (register, call, asked, ct) => register.BranchesAsync(call, asked.Country, asked.Number, ct), CancellationToken.None);
            return branches.Failure is { Kind: PluginErrorKind.NotFound } removed ? removed : found.Value with { Branches = branches.Value ?? [], BranchesFailure = branches.Failure };
        }, ct);

    /// <summary>What one register tells of a company, without its places of business.</summary>
    public async Task<PluginAnswer<Entry>> CompanyAsync(CompanyRef company, PluginManifest register, string country, string number, CancellationToken ct) =>
        await OnceAsync(await KeyAsync("company", company, register, country, number, ct), register, async () =>
        {
            var found = await plugins.CallAsync<ICompanyRegister, (string Country, string Number), RegisterCompany?>(company, register.Id, (country, number), static (register, call, asked, ct) => register.GetAsync(call, asked.Country, asked.Number, ct), CancellationToken.None);
            return found.Failure is { } failure ? failure : new Entry(found.Value, [], clock.GetUtcNow(), null);
        }, ct);

    /// <summary>What was told not long ago, so that nobody has to ask; null = nothing.</summary>
    public async Task<Entry?> KnownAsync(CompanyRef company, PluginManifest register, string country, string number, CancellationToken ct) =>
        Fresh(await KeyAsync("company", company, register, country, number, ct), register);

    /// <summary>A page of what has changed in a register; <see cref="PluginErrorKind.Unsupported"/> where it does not tell.</summary>
    public async Task<PluginAnswer<RegisterChanges>> ChangesAsync(CompanyRef company, PluginManifest register, string? cursor, CancellationToken ct) =>
        await plugins.CallAsync<ICompanyRegister, string?, RegisterChanges>(company, register.Id, cursor, static (register, call, cursor, ct) => register.ChangesSinceAsync(call, cursor, ct), ct);

    /// <summary>Why a register gave no answer, as callers of the API read it. One that was removed is not there; one that was refused is the caller's to mend.</summary>
    public static Refusal RefusalOf(PluginFailure failure) => failure.Kind switch
    {
        PluginErrorKind.NotFound => new(RefusalKind.NotFound, "registerCompany.notFound", failure.Detail),
        PluginErrorKind.Invalid => new(RefusalKind.Invalid, "register.invalid", failure.Detail),
        PluginErrorKind.RateLimited => new(RefusalKind.Unavailable, "register.rateLimited", failure.Detail),
        PluginErrorKind.NotConfigured or PluginErrorKind.Unauthorized or PluginErrorKind.Forbidden => new(RefusalKind.Unavailable, "register.notSetUp", failure.Detail),
        _ => new(RefusalKind.Unavailable, "register.unavailable", failure.Detail),
    };

    public void Dispose() => _answers.Dispose();

    private async ValueTask<Key> KeyAsync(string what, CompanyRef company, PluginManifest register, string country, string text, CancellationToken ct) =>
        new(what, company.Id, register.Id, register.Version, await plugins.GenerationAsync(company, register.Id, ct), country, text);

    /// <summary>What is kept, or else what is asked now, once for all who want it. The question goes on when they have gone: its answer may have been paid for.</summary>
    private async Task<PluginAnswer<Entry>> OnceAsync(Key key, PluginManifest register, Func<Task<PluginAnswer<Entry>>> ask, CancellationToken ct)
    {
        if (Fresh(key, register) is { } known) return known;
        return await _asked.GetOrAdd(key, key => new(AskAsync)).Value.WaitAsync(ct);

        async Task<PluginAnswer<Entry>> AskAsync()
        {
            try
            {
                // Answered between the two looks.
                if (Fresh(key, register) is { } known) return known;
                var told = await ask();
                if (told.Failure is { Kind: PluginErrorKind.NotFound }) foreach (var what in new[] { "company", "entry" }) _answers.Remove(key with { What = what });
                else if (told.Value is { Company: not null, BranchesFailure: null } entry) Keep(key, entry, register, entry.Branches.Length);
                return told;
            }
            finally { _asked.TryRemove(key, out _); }
        }
    }

    private Entry? Fresh(Key key, PluginManifest register) =>
        _answers.TryGetValue(key, out Entry? known) && clock.GetUtcNow() < known!.At.AddMinutes(register.Limits.CacheMinutes) ? known : null;

    private void Keep(Key key, object answer, PluginManifest register, int parts)
    {
        if (register.Limits.CacheMinutes > 0) _answers.Set(key, answer, new MemoryCacheEntryOptions { Size = 1 + parts, AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(register.Limits.CacheMinutes) });
    }

    /// <summary>What was asked, of which version, under which settings.</summary>
    private sealed record Key(string What, int Company, string Register, string Version, int Generation, string Country, string Text);

    /// <summary>A register's answer about one company.</summary>
    /// <param name="Company">Null = it does not know the number.</param>
    /// <param name="Branches">Its places of business.</param>
    /// <param name="At">When the register said so.</param>
    /// <param name="BranchesFailure">Why the places are not known; null = they are.</param>
    internal sealed record Entry(RegisterCompany? Company, RegisterBranch[] Branches, DateTimeOffset At, PluginFailure? BranchesFailure);
}
