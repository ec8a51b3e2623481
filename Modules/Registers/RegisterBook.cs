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
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly MemoryCache _answers = new(new MemoryCacheOptions { SizeLimit = 20_000 });

    /// <summary>The registers for a country; all when none is named.</summary>
    public async Task<IReadOnlyList<PluginManifest>> ForAsync(CompanyRef company, string? country, CancellationToken ct) =>
        [.. (await plugins.InUseAsync(company, Capability, ct)).Where(m => country is null || m.Countries.Length == 0 || m.Countries.Contains(country))];

    /// <summary>Hits of one register.</summary>
    public async Task<PluginAnswer<RegisterHit[]>> SearchAsync(CompanyRef company, PluginManifest register, RegisterQuery query, CancellationToken ct)
    {
        // One that was asked for already, and by everybody who types the same, costs no request of the register's limit.
        var key = (company.Id, register.Id, register.Version, query.Country, query.Text.ToUpperInvariant());
        if (_answers.TryGetValue(key, out RegisterHit[]? known)) return known!;
        var answer = await plugins.CallAsync<ICompanyRegister, RegisterQuery, RegisterHit[]>(company, register.Id, query, static (register, call, query, ct) => register.SearchAsync(call, query, ct), ct, Patience);
        if (answer.Failure is null) Keep(key, answer.Value!, register);
        return answer;
    }

    /// <summary>All that one register tells, with the places of business; a null company = it does not know the number.</summary>
    public async Task<PluginAnswer<Entry>> GetAsync(CompanyRef company, PluginManifest register, string country, string number, CancellationToken ct)
    {
        var key = (company.Id, register.Id, register.Version, country, number, "entry");
        if (Fresh(key, register) is { } known) return known;
        var found = await CompanyAsync(company, register, country, number, ct);
        if (found.Failure is not null || found.Value!.Company is null) return found;
        var branches = await plugins.CallAsync<ICompanyRegister, (string Country, string Number), RegisterBranch[]>(company, register.Id, (country, number), static (register, call, asked, ct) => register.BranchesAsync(call, asked.Country, asked.Number, ct), ct);
        var entry = found.Value with { Branches = branches.Value ?? [], BranchesFailure = branches.Failure };
        if (branches.Failure is null) Keep(key, entry, register);
        return entry;
    }

    /// <summary>What one register tells of a company, without its places of business.</summary>
    public async Task<PluginAnswer<Entry>> CompanyAsync(CompanyRef company, PluginManifest register, string country, string number, CancellationToken ct)
    {
        if (Known(company, register, country, number) is { } known) return known;
        var found = await plugins.CallAsync<ICompanyRegister, (string Country, string Number), RegisterCompany?>(company, register.Id, (country, number), static (register, call, asked, ct) => register.GetAsync(call, asked.Country, asked.Number, ct), ct);
        if (found.Failure is { } failure) return failure;
        var entry = new Entry(found.Value, [], clock.GetUtcNow(), null);
        if (found.Value is not null) Keep((company.Id, register.Id, register.Version, country, number, "company"), entry, register);
        return entry;
    }

    /// <summary>What was told not long ago, so that nobody has to ask; null = nothing.</summary>
    public Entry? Known(CompanyRef company, PluginManifest register, string country, string number) =>
        Fresh((company.Id, register.Id, register.Version, country, number, "company"), register);

    /// <summary>A page of what has changed in a register; <see cref="PluginErrorKind.Unsupported"/> where it does not tell.</summary>
    public async Task<PluginAnswer<RegisterChanges>> ChangesAsync(CompanyRef company, PluginManifest register, string? cursor, CancellationToken ct) =>
        await plugins.CallAsync<ICompanyRegister, string?, RegisterChanges>(company, register.Id, cursor, static (register, call, cursor, ct) => register.ChangesSinceAsync(call, cursor, ct), ct);

    /// <summary>Why a register gave no answer, as callers of the API read it.</summary>
    public static Refusal RefusalOf(PluginFailure failure) => new(RefusalKind.Unavailable,
        $"register.{failure.Kind switch { PluginErrorKind.RateLimited => "rateLimited", PluginErrorKind.NotConfigured or PluginErrorKind.Unauthorized or PluginErrorKind.Forbidden => "notSetUp", _ => "unavailable" }}", failure.Detail);

    public void Dispose() => _answers.Dispose();

    private Entry? Fresh(object key, PluginManifest register) =>
        _answers.TryGetValue(key, out Entry? known) && clock.GetUtcNow() < known!.At.AddMinutes(register.Limits.CacheMinutes) ? known : null;

    private void Keep(object key, object answer, PluginManifest register)
    {
        if (register.Limits.CacheMinutes > 0) _answers.Set(key, answer, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(register.Limits.CacheMinutes) });
    }

    /// <summary>A register's answer about one company.</summary>
    /// <param name="Company">Null = it does not know the number.</param>
    /// <param name="Branches">Its places of business.</param>
    /// <param name="At">When the register said so.</param>
    /// <param name="BranchesFailure">Why the places are not known; null = they are.</param>
    internal sealed record Entry(RegisterCompany? Company, RegisterBranch[] Branches, DateTimeOffset At, PluginFailure? BranchesFailure);
}
