namespace Crm.Plugins.Packages;

/// <summary>
/// How a company lets a plugin in at the outside system. The server does all of it: it sends the user there, keeps the tokens and renews them. The plugin
/// only asks for a token (<see cref="IPluginCall.AccessTokenAsync"/>), because a refresh token that works once must outlive versions and crashes, and be shared by hosts.
/// </summary>
public sealed record PluginAuth
{
    /// <summary><c>oauth2-code</c>: OAuth 2.0 with an authorization code and refresh tokens (RFC 6749).</summary>
    public required string Type { get; init; }
    /// <summary>The setting with the address that the paths are below; it is marked <c>x-host</c>.</summary>
    public required string Address { get; init; }
    /// <summary>Where the user consents, such as <c>auth</c>.</summary>
    public required string Authorize { get; init; }
    /// <summary>Where tokens are got.</summary>
    public required string Token { get; init; }
    /// <summary>Where a refresh token is taken back (RFC 7009); null = the system has nothing like it.</summary>
    public string? Revoke { get; init; }
    /// <summary>What is asked for.</summary>
    public string[] Scopes { get; init; } = [];
    /// <summary>True = the system knows PKCE (RFC 7636).</summary>
    public bool Pkce { get; init; }
    /// <summary>How the client shows its secret: <c>basic</c> = in a header, <c>body</c> = among the form's fields.</summary>
    public string Client { get; init; } = "basic";
    /// <summary>What else the address of the consent carries, such as <c>access_type</c>.</summary>
    public Dictionary<string, string> Parameters { get; init; } = [];
    /// <summary>The setting with the client's id.</summary>
    public string ClientId { get; init; } = "clientId";
    /// <summary>The setting with the client's secret; it is marked <c>x-secret</c>.</summary>
    public string ClientSecret { get; init; } = "clientSecret";

    private static readonly string[] Ours = ["client_id", "redirect_uri", "response_type", "scope", "state", "code_challenge", "code_challenge_method"];

    internal IEnumerable<string> Problems(SettingsSchema settings)
    {
        if (Type != "oauth2-code") yield return "auth.type is oauth2-code.";
        if (Client is not ("basic" or "body")) yield return "auth.client is basic or body.";
        if (settings.Properties.GetValueOrDefault(Address) is not { IsHost: true }) yield return $"auth.address names {Address}, which is no setting marked x-host.";
        if (!settings.Properties.ContainsKey(ClientId)) yield return $"auth.clientId names {ClientId}, which is no setting.";
        if (settings.Properties.GetValueOrDefault(ClientSecret) is not { IsSecret: true }) yield return $"auth.clientSecret names {ClientSecret}, which is no setting marked x-secret.";
        foreach (var (name, path) in new[] { ("authorize", Authorize), ("token", Token), ("revoke", Revoke ?? "-") })
        {
            if (path.Length is 0 or > 200 || path[0] == '/' || path.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.' or '/')) || path.Contains("..", StringComparison.Ordinal)) yield return $"auth.{name} is a path below the address, such as oauth/{name}.";
        }
        foreach (var scope in Scopes.Where(s => s.Length is 0 or > 200 || s.Any(c => c is <= ' ' or > '~' or '"' or '\\'))) yield return $"auth.scopes: {scope} is no scope.";
        foreach (var name in Parameters.Keys.Where(p => p.Length is 0 or > 60 || Ours.Contains(p))) yield return $"auth.parameters: {name} is not one that a plugin sets.";
    }
}
