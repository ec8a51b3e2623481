using System.Collections.Concurrent;
using Crm.Plugins;
using Crm.Plugins.Packages;
using Microsoft.Extensions.Logging;

namespace Crm.Integrations;

/// <summary>
/// Keeps the companies' access tokens good. Many systems take a refresh token once: two renewals at the same time, or one whose answer is not stored, would
/// lock the company out. So there is one renewal at a time, by a lease in the database on all hosts together; nobody's going cancels it; and the new pair is
/// stored before anybody uses it. What cannot be mended is an answer that is lost on its way, or by a crash before it is stored: the old refresh token is
/// used up then, the system refuses it the next time, and somebody has to connect again.
/// </summary>
internal sealed partial class TokenKeeper(Tokens tokens, TokenServer server, TimeProvider clock, ILogger<TokenKeeper> log)
{
    /// <summary>Longer than a renewal may take, answer and storing together.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60), Look = TimeSpan.FromMilliseconds(200);

    /// <summary>A token that is so young and refused has not ended: another would be refused too.</summary>
    private static readonly TimeSpan Young = TimeSpan.FromSeconds(10);

    private readonly string _host = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";
    private readonly ConcurrentDictionary<(int Company, string Plugin), TokenPair> _known = new();
    private readonly Dictionary<(int Company, string Plugin), Task<TokenPair>> _renewals = [];

    /// <summary>A company's tokens; null = the plugin wants none.</summary>
    public IAccessTokens? For(CompanyRef company, PluginManifest manifest, PluginSettings settings) => manifest.Auth is { } auth ? new Owner(this, company, manifest.Id, new(auth, settings)) : null;

    /// <summary>Forgets what it has in memory: the company has connected anew, or left.</summary>
    public void Forget(CompanyRef company, string plugin) => _known.TryRemove((company.Id, plugin), out _);

    private async ValueTask<string> AccessAsync(Owner owner, string? refused, CancellationToken ct)
    {
        if (_known.TryGetValue(owner.Key, out var known) && IsGood(known, owner, refused)) return known.Access;
        try
        {
            var stored = await ReadAsync(owner, ct);
            var pair = IsGood(stored.Pair, owner, refused) ? stored.Pair : await Renewal(owner, refused).WaitAsync(ct);
            return (_known[owner.Key] = pair).Access;
        }
        catch (StorageException) { throw new PluginException(PluginErrorKind.Unavailable, "The database does not answer."); }
    }

    private bool IsGood(TokenPair pair, Owner owner, string? refused) =>
        pair.From == owner.SignIn.Client && pair.GoodUntil > clock.GetUtcNow() && (pair.Access != refused || clock.GetUtcNow() - pair.GotAt < Young);

    /// <summary>What is stored, if it can be used or renewed.</summary>
    private async Task<StoredPair> ReadAsync(Owner owner, CancellationToken ct)
    {
        var stored = await tokens.ReadAsync(owner.Company, owner.Plugin, ct) ?? throw new PluginException(PluginErrorKind.NotConfigured, "Nobody has connected it yet.");
        if (stored.NeedsReconnect) throw Reconnect();
        // Shown to nobody but who gave it: the address is a setting.
        return stored.Pair.From == owner.SignIn.Client ? stored : throw new PluginException(PluginErrorKind.Unauthorized, "The address or the client has changed since it was connected: reconnect needed.");
    }

    /// <summary>The renewal that runs here for a company, or a new one; on its own, so that whoever goes does not end it for the others.</summary>
    private Task<TokenPair> Renewal(Owner owner, string? refused)
    {
        lock (_renewals)
        {
            if (_renewals.TryGetValue(owner.Key, out var running)) return running;
            return _renewals[owner.Key] = Task.Run(() => EndAsync(owner, refused));
        }
    }

    private async Task<TokenPair> EndAsync(Owner owner, string? refused)
    {
        try { return await RenewAsync(owner, refused); }
        finally { lock (_renewals) _renewals.Remove(owner.Key); }
    }

    private async Task<TokenPair> RenewAsync(Owner owner, string? refused)
    {
        var stored = await ReadAsync(owner, default);
        for (var start = clock.GetTimestamp(); !await tokens.LeaseAsync(owner.Company, owner.Plugin, stored.Version, _host, Lease, default); stored = await ReadAsync(owner, default))
        {
            if (clock.GetElapsedTime(start) > Patience) throw new PluginException(PluginErrorKind.Unavailable, "Another host has been renewing the access for a long time.");
            await Task.Delay(Look, CancellationToken.None);
        }
        // With the lease in hand: another host may have been quicker than our first look.
        if ((stored = await ReadAsync(owner, default)) is var now && IsGood(now.Pair, owner, refused))
        {
            await tokens.ReleaseAsync(owner.Company, owner.Plugin, _host, default);
            return stored.Pair;
        }
        var answer = await server.RefreshAsync(owner.SignIn, stored.Pair.Refresh, default);
        if (answer.Pair is { } pair) return await StoreAsync(owner, pair, stored.Version);
        if (answer.Problem == TokenProblem.Grant)
        {
            await tokens.RefuseAsync(owner.Company, owner.Plugin, stored.Version, default);
            ReconnectNeeded(log, owner.Plugin, owner.Company.Slug);
            // Unless somebody connected it again while we asked.
            return (await ReadAsync(owner, default)).Pair;
        }
        await tokens.ReleaseAsync(owner.Company, owner.Plugin, _host, default);
        throw answer.Problem == TokenProblem.Client ? new PluginException(PluginErrorKind.Unauthorized, "The sign-in does not accept the client's id or secret; check the settings.")
            : new PluginException(PluginErrorKind.Unavailable, "The sign-in does not answer.");
    }

    /// <summary>The old pair is used up, so a database that is away for a moment is waited for.</summary>
    private async Task<TokenPair> StoreAsync(Owner owner, TokenPair pair, long version)
    {
        for (var start = clock.GetTimestamp(); ;)
        {
            try
            {
                // Not stored = it was connected anew or disconnected meanwhile, and that counts.
                return await tokens.RenewAsync(owner.Company, owner.Plugin, pair, version, default) ? pair : (await ReadAsync(owner, default)).Pair;
            }
            catch (StorageException) when (clock.GetElapsedTime(start) < Patience) { await Task.Delay(Look, CancellationToken.None); }
        }
    }

    private static PluginException Reconnect() => new(PluginErrorKind.Unauthorized, "The system does not accept the connection any more: reconnect needed.");

    /// <summary>A company's tokens for one plugin, as its calls see them.</summary>
    private sealed record Owner(TokenKeeper Keeper, CompanyRef Company, string Plugin, SignIn SignIn) : IAccessTokens
    {
        public (int Company, string Plugin) Key => (Company.Id, Plugin);

        public ValueTask<string> AccessTokenAsync(string? refused, CancellationToken ct) => Keeper.AccessAsync(this, refused, ct);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Plugin} refuses the connection of {Company}: somebody has to connect again")]
    private static partial void ReconnectNeeded(ILogger logger, string plugin, string company);
}
