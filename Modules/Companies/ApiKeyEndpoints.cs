using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Companies;

/// <summary>An API key to be made.</summary>
/// <param name="Name">What it is for, 1 to 200 characters.</param>
/// <param name="Role">admin, seller or reader; at most the maker's own rights.</param>
/// <param name="Scopes">Narrows the role, such as <c>partners:read</c>; null = all of the role.</param>
/// <param name="ExpiresAt">Null = never.</param>
public sealed record NewApiKey(string Name, Role Role, IReadOnlyList<string>? Scopes = null, DateTimeOffset? ExpiresAt = null);

internal static class ApiKeyEndpoints
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("", ListAsync).Needs("keys:read").Documented("listApiKeys", "All API keys", "Without their secrets; revoked and expired ones too.");
        group.MapPost("", CreateAsync).Needs("keys:write").Creates<ApiKeyView>().Documented("createApiKey", "Make an API key",
            "The token is in this answer and nowhere else: a replay of the request (Idempotency-Key) has null there. A key never has rights that its maker lacks.");
        group.MapGet("/{number:long}", OneAsync).Needs("keys:read").Documented("getApiKey", "One API key", "One key by its number, without its secret.");
        group.MapDelete("/{number:long}", RevokeAsync).Needs("keys:write").Documented("revokeApiKey", "Revoke an API key", "At once on this host, within two seconds on others. It cannot be undone.");
    }

    private static async Task<Answer<Page<ApiKeyView>>> ListAsync(Call call, CompaniesTables tables, CancellationToken ct)
    {
        var keys = await tables.KeysAsync(call.Company, null, ct);
        return new Page<ApiKeyView>([.. keys.Select(k => ApiKeyView.Of(k.Row, k.LastUsedAt))], null, keys.Count, true);
    }

    private static async Task<Answer<ApiKeyView>> OneAsync(long number, Call call, CompaniesTables tables, CancellationToken ct) =>
        await tables.KeysAsync(call.Company, number, ct) is [var (row, lastUsedAt)] ? Answers.WithVersion(ApiKeyView.Of(row, lastUsedAt), row.Version) : Refusal.NotFound(ApiKey.Entity.Kind);

    private static async Task<Answer<ApiKeyView>> CreateAsync(Body<NewApiKey> body, Call call, IActors actors, Access access, CancellationToken ct)
    {
        var (wanted, secret) = (body.Value, Token.NewSecret());
        var reply = await actors.CreateAsync(call, new CreateApiKey(wanted.Name, wanted.Role, wanted.Scopes, wanted.ExpiresAt, Token.Hash(secret)), ct);
        // Only now, beside the answer that is stored for the idempotency key.
        if (reply is { Row: { } row, Answer: ApiKeyView view } && !call.DryRun)
        {
            access.Forget(call.Company, row.Number);
            reply = reply with { Answer = view with { Token = Token.Text(Token.Key, call.Company.Id, 'k', row.Number, secret) } };
        }
        return reply.ToAnswer<ApiKeyView, ApiKey>(call, "api-keys");
    }

    private static async Task<Answer<ApiKeyView>> RevokeAsync(long number, Call call, IActors actors, Access access, CancellationToken ct)
    {
        var reply = await actors.SendAsync(call, number, new RevokeApiKey(), ct);
        access.Forget(call.Company, number);
        return reply.ToAnswer<ApiKeyView, ApiKey>(call, "api-keys");
    }
}
