using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Crm.Integrations;

/// <summary>What lets a company's plugin in at an outside system.</summary>
/// <param name="Access">Goes with every request.</param>
/// <param name="GoodUntil">Until when, by the clock of the host that got it and a minute early.</param>
/// <param name="Refresh">Gets the next pair; at some systems once only.</param>
/// <param name="GotAt">When it came.</param>
/// <param name="From">What it was got with: the pair is good for no other client and is shown to no other address.</param>
internal sealed record TokenPair(string Access, DateTimeOffset GoodUntil, string Refresh, DateTimeOffset GotAt, TokenClient From);

/// <summary>A client at a sign-in.</summary>
/// <param name="Address">Where tokens are got.</param>
/// <param name="Id">The client's id.</param>
internal sealed record TokenClient(string Address, string Id);

/// <summary>A pair as it is stored.</summary>
/// <param name="Pair">The pair.</param>
/// <param name="Version">One more for each renewal.</param>
/// <param name="NeedsReconnect">True = the refresh token was refused.</param>
/// <param name="ChangedAt">When that, or the pair, came.</param>
internal sealed record StoredPair(TokenPair Pair, long Version, bool NeedsReconnect, DateTimeOffset ChangedAt);

/// <summary>The pairs of all companies: one row each, encrypted, and a lease on it for the host that renews it.</summary>
internal sealed class Tokens(IDatabase database, IDataProtectionProvider protection, TimeProvider clock)
{
    private const string Key = "company = @company and plugin = @plugin";
    private readonly IDataProtector _protector = protection.CreateProtector("integration tokens");

    public async Task<StoredPair?> ReadAsync(CompanyRef company, string plugin, CancellationToken ct) =>
        await database.QueryAsync(company, $"select pair, version, needs_reconnect, changed_at from integration_tokens where {Key}", [new("plugin", plugin)],
            row => new StoredPair(Open(company, plugin, row.GetString(0)), row.GetInt64(1), row.GetInt64(2) != 0, DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3))), ct) is [var stored] ? stored : null;

    /// <summary>Stores the pair of a new consent, whatever there was.</summary>
    public Task ConnectAsync(CompanyRef company, string plugin, TokenPair pair, CancellationToken ct) => database.ExecuteAsync(company, """
        insert into integration_tokens (company, plugin, version, needs_reconnect, pair, changed_at, lease_host, lease_until) values (@company, @plugin, 1, 0, @pair, @now, '', 0)
        on conflict (company, plugin) do update set version = integration_tokens.version + 1, needs_reconnect = 0, pair = excluded.pair, changed_at = excluded.changed_at, lease_host = '', lease_until = 0
        """, [new("plugin", plugin), new("pair", Closed(company, plugin, pair)), new("now", Now)], ct);

    /// <summary>Stores a renewed pair in place of the one it was got with. Durable when it returns.</summary>
    /// <returns>False = that pair is not the stored one any more.</returns>
    public async Task<bool> RenewAsync(CompanyRef company, string plugin, TokenPair pair, long version, CancellationToken ct) => await database.ExecuteAsync(company,
        $"update integration_tokens set version = version + 1, needs_reconnect = 0, pair = @pair, changed_at = @now, lease_host = '', lease_until = 0 where {Key} and version = @version",
        [new("plugin", plugin), new("pair", Closed(company, plugin, pair)), new("now", Now), new("version", version)], ct) == 1;

    /// <summary>Notes that the system refuses the pair's refresh token. A pair that came meanwhile is left as it is.</summary>
    public Task RefuseAsync(CompanyRef company, string plugin, long version, CancellationToken ct) => database.ExecuteAsync(company,
        $"update integration_tokens set needs_reconnect = 1, changed_at = @now, lease_host = '', lease_until = 0 where {Key} and version = @version and needs_reconnect = 0", [new("plugin", plugin), new("now", Now), new("version", version)], ct);

    /// <summary>Takes the right to renew a pair; it ends by itself, should the host go down.</summary>
    /// <returns>False = another host has it, or the pair is not the stored one any more.</returns>
    public async Task<bool> LeaseAsync(CompanyRef company, string plugin, long version, string host, TimeSpan time, CancellationToken ct) => await database.ExecuteAsync(company,
        $"update integration_tokens set lease_host = @host, lease_until = @until where {Key} and version = @version and needs_reconnect = 0 and lease_until < @now",
        [new("plugin", plugin), new("host", host), new("until", Now + (long)time.TotalMilliseconds), new("version", version), new("now", Now)], ct) == 1;

    public Task ReleaseAsync(CompanyRef company, string plugin, string host, CancellationToken ct) =>
        database.ExecuteAsync(company, $"update integration_tokens set lease_host = '', lease_until = 0 where {Key} and lease_host = @host", [new("plugin", plugin), new("host", host)], ct);

    public Task ForgetAsync(CompanyRef company, string plugin, CancellationToken ct) => database.ExecuteAsync(company, $"delete from integration_tokens where {Key}", [new("plugin", plugin)], ct);

    /// <summary>A row that was copied to another company or plugin cannot be read there.</summary>
    private IDataProtector Protector(CompanyRef company, string plugin) => _protector.CreateProtector($"{company.Id}", plugin);

    private string Closed(CompanyRef company, string plugin, TokenPair pair) => Protector(company, plugin).Protect(JsonSerializer.Serialize(pair));

    private TokenPair Open(CompanyRef company, string plugin, string pair) => JsonSerializer.Deserialize<TokenPair>(Protector(company, plugin).Unprotect(pair))!;

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
