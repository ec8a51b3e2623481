using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Crm.Plugins.Packages;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace Crm.Integrations;

/// <summary>
/// Sends a user to a system's sign-in and takes what comes back. What is sent along (<c>state</c>) is good for ten minutes, once, and only for the company, the plugin and
/// the user that it was made for: so nobody can slip somebody else's consent under a company.
/// </summary>
internal sealed class Consents(IDatabase database, IDataProtectionProvider protection, TokenServer server, Tokens tokens, TokenKeeper keeper, TimeProvider clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);
    private readonly IDataProtector _protector = protection.CreateProtector("integration consents");

    /// <summary>Where to send the user.</summary>
    /// <param name="company">Its slug stands at the beginning of the state, so that the one address for all companies knows where to go on.</param>
    /// <param name="user">Who is sent.</param>
    /// <param name="manifest">The plugin's, with an <c>auth</c> section.</param>
    /// <param name="at">Its sign-in.</param>
    /// <param name="redirect">Where the user comes back to.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Uri> StartAsync(CompanyRef company, string user, PluginManifest manifest, SignIn at, string redirect, CancellationToken ct)
    {
        var (state, verifier, now) = ($"{company.Slug}.{NewText()}", NewText(), clock.GetUtcNow());
        await database.ExecuteAsync(company, "delete from integration_consents where company = @company and until < @now", [new("now", now.ToUnixTimeMilliseconds())], ct);
        await database.ExecuteAsync(company, "insert into integration_consents (company, state_hash, plugin, user_id, redirect, verifier, until) values (@company, @state, @plugin, @user, @redirect, @verifier, @until)",
            [new("state", Hash(state)), new("plugin", manifest.Id), new("user", user), new("redirect", redirect), new("verifier", _protector.Protect(verifier)), new("until", (now + Life).ToUnixTimeMilliseconds())], ct);
        var query = new Dictionary<string, string?>(at.Auth.Parameters.Select(p => KeyValuePair.Create(p.Key, (string?)p.Value)))
        {
            ["client_id"] = at.Client.Id, ["redirect_uri"] = redirect, ["response_type"] = "code", ["scope"] = string.Join(' ', at.Auth.Scopes), ["state"] = state,
        };
        if (at.Auth.Pkce) (query["code_challenge"], query["code_challenge_method"]) = (Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))), "S256");
        return new(QueryHelpers.AddQueryString(at.At(at.Auth.Authorize).AbsoluteUri, query));
    }

    /// <summary>Which plugin the user has come back for; null = the state is not theirs, not the company's, used or too old. It is used by this.</summary>
    public async Task<Returned?> TakeAsync(CompanyRef company, string user, string state, CancellationToken ct)
    {
        Argument[] mine = [new("state", Hash(state)), new("user", user), new("now", clock.GetUtcNow().ToUnixTimeMilliseconds())];
        const string Condition = "where company = @company and state_hash = @state and user_id = @user and until >= @now";
        var found = await database.QueryAsync(company, $"select plugin, redirect, verifier from integration_consents {Condition}", mine, row => new Returned(row.GetString(0), row.GetString(1), row.GetString(2)), ct);
        // Of two that come at once, the one that takes the row away goes on.
        return found is [var returned] && await database.ExecuteAsync(company, $"delete from integration_consents {Condition}", mine, ct) == 1 ? returned with { Verifier = _protector.Unprotect(returned.Verifier) } : null;
    }

    /// <summary>Exchanges the code for tokens and keeps them.</summary>
    /// <returns>Null = connected.</returns>
    public async Task<TokenProblem?> ConnectAsync(CompanyRef company, Returned returned, SignIn at, string code, CancellationToken ct)
    {
        var answer = await server.ExchangeAsync(at, code, returned.Redirect, at.Auth.Pkce ? returned.Verifier : null, ct);
        if (answer.Pair is not { } pair) return answer.Problem;
        // The code is used up: from here on nobody's going stops it.
        await tokens.ConnectAsync(company, returned.Plugin, pair, CancellationToken.None);
        keeper.Forget(company, returned.Plugin);
        return null;
    }

    /// <summary>Takes the consent back there and forgets it here.</summary>
    public async Task DisconnectAsync(CompanyRef company, string plugin, SignIn? at, CancellationToken ct)
    {
        if (at is not null && await tokens.ReadAsync(company, plugin, ct) is { NeedsReconnect: false } stored && stored.Pair.From == at.Client) await server.RevokeAsync(at, stored.Pair.Refresh, ct);
        await tokens.ForgetAsync(company, plugin, ct);
        keeper.Forget(company, plugin);
    }

    private static string NewText() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    private static string Hash(string state) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(state)));
}

/// <summary>A user who has come back.</summary>
/// <param name="Plugin">For which plugin.</param>
/// <param name="Redirect">The address that was named at the start.</param>
/// <param name="Verifier">Of PKCE.</param>
internal sealed record Returned(string Plugin, string Redirect, string Verifier);
