using System.Text.Json.Serialization;

namespace Crm.Companies;

/// <summary>A key with which a program works in one company.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Scopes">What of that it is narrowed to; null = all.</param>
/// <param name="ExpiresAt">Null = never.</param>
/// <param name="RevokedAt">Null = not revoked.</param>
internal sealed record ApiKey(string Name, Role Role, IReadOnlyList<string>? Scopes, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt)
{
    public static readonly Entity<ApiKey> Entity = new("apiKey", "api_keys")
    {
        Columns = [new("secret_hash", ColumnType.Text, k => k.SecretHash)],
        View = (row, _) => ApiKeyView.Of(row, null),
    };

    /// <summary>Goes into its column only, as <see cref="User.PasswordHash"/> does.</summary>
    [JsonIgnore]
    public string? SecretHash { get; init; }
}

/// <summary>Makes a key with at most the rights of the one who makes it.</summary>
internal sealed record CreateApiKey(string Name, Role Role, IReadOnlyList<string>? Scopes, DateTimeOffset? ExpiresAt, string SecretHash) : ICreation<ApiKey>
{
    public Decision<ApiKey> Decide(Moment at)
    {
        List<Problem> problems = [];
        if (!Company.IsName(Name)) problems.Add(new("/name", "apiKey.name", "A name has 1 to 200 characters."));
        if (Role == Role.Operator) problems.Add(new("/role", "apiKey.role", "The role is admin, seller or reader."));
        if (Scopes is not null && Scopes.Except(Rights.Scopes).Any()) problems.Add(new("/scopes", "apiKey.scope", $"The scopes are {string.Join(", ", Rights.Scopes)}."));
        if (ExpiresAt <= at.Now) problems.Add(new("/expiresAt", "apiKey.expiresAt", "The expiry is in the future."));
        if (problems.Count > 0) return Refusal.Invalid(problems);
        var caller = at.Call.Caller;
        // A narrowed caller must narrow the new key too: rights that no scope names come with "no scopes" only.
        if ((Scopes is null && caller.Scopes is not null) || (Scopes ?? Rights.Scopes).Any(s => Rights.Of(Role, s) && !caller.May(s)))
            return Refusal.Forbidden("A key cannot have rights that its maker does not have.");
        return Decision.Accept(new ApiKey(Name.Trim(), Role, Scopes is null ? null : [.. Scopes.Distinct()], ExpiresAt?.ToUniversalTime(), null) { SecretHash = SecretHash }, "apiKey.created");
    }
}

/// <summary>Ends a key for good.</summary>
internal sealed record RevokeApiKey : ICommand<ApiKey>
{
    public Decision<ApiKey> Decide(ApiKey key, Moment at) =>
        key.RevokedAt is not null ? Decision.Nothing(key) : Decision.Accept(key with { RevokedAt = at.Now }, "apiKey.revoked");
}

/// <summary>A key, without its secret.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Role">admin, seller or reader.</param>
/// <param name="Scopes">What of the role it is narrowed to; null = all.</param>
/// <param name="ExpiresAt">Null = never.</param>
/// <param name="RevokedAt">Null = not revoked.</param>
/// <param name="LastUsedAt">To about a minute; null = never.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Version">The version in its ETag.</param>
/// <param name="Token">Only in the answer that made it: keep it, it is not shown again. Null when the answer is a replay.</param>
public sealed record ApiKeyView(
    long Number, string Name, Role Role, IReadOnlyList<string>? Scopes, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt, DateTimeOffset? LastUsedAt, DateTimeOffset CreatedAt, long Version, string? Token)
{
    internal static ApiKeyView Of(Row<ApiKey> row, DateTimeOffset? lastUsedAt)
    {
        var key = row.State;
        return new(row.Number, key.Name, key.Role, key.Scopes, key.ExpiresAt, key.RevokedAt, lastUsedAt, row.CreatedAt, row.Version, null);
    }
}
