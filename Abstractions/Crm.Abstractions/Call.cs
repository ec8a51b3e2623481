using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Crm;

/// <summary>One of our companies (a tenant). <see cref="System"/> holds what belongs to no company: companies and users themselves.</summary>
/// <param name="Id">First column of every key in the database.</param>
/// <param name="Slug">The company's name in the URL.</param>
public sealed record CompanyRef(int Id, string Slug)
{
    /// <summary>The company of the operator's own things. Never reachable under <c>/api/v1/{company}</c>.</summary>
    public static CompanyRef System { get; } = new(0, "operator");
}

/// <summary>Who asks. Made by the host from a key, a token or a cookie; never from the body.</summary>
/// <param name="Name">Who it is in the journal: <c>user:u12</c>, <c>key:1</c>, <c>system</c>. Never a person's name or e-mail.</param>
/// <param name="Role">The role in the company of the call.</param>
public sealed record Caller(string Name, Role Role)
{
    /// <summary>The program itself.</summary>
    public static Caller System { get; } = new("system", Role.Admin);

    /// <summary>The user, such as <c>u12</c>; null for an API key or the program.</summary>
    public string? UserId { get; init; }

    /// <summary>What an API key is narrowed to; null = everything that the role may.</summary>
    public IReadOnlySet<string>? Scopes { get; init; }

    /// <summary>True when the role has the right and, for a key, a scope names it.</summary>
    /// <param name="right">A right such as <c>partners:write</c>.</param>
    public bool May(string right) => Rights.Of(Role, right) && (Scopes is null || Scopes.Contains(right));
}

/// <summary>What a member of a company may do there. An operator's rights are outside the companies.</summary>
public enum Role
{
    /// <summary>Runs the program; has the operator routes, and no company's data.</summary>
    Operator,
    /// <summary>Everything in the company.</summary>
    Admin,
    /// <summary>Reads everything, writes partners, cases, orders and activities.</summary>
    Seller,
    /// <summary>Reads.</summary>
    Reader,
}

/// <summary>Rights are <c>area:read</c> and <c>area:write</c>; the area is the module's name or one of the constants here.</summary>
public static class Rights
{
    private static readonly HashSet<string> AdminOnly = ["settings:write", "users:write", "keys:read", "keys:write", "imports:write"];

    /// <summary>True when the role has the right.</summary>
    public static bool Of(Role role, string right) => role switch
    {
        Role.Operator => right is "operator:read" or "operator:write",
        Role.Admin => !right.StartsWith("operator:", StringComparison.Ordinal),
        Role.Seller => !right.StartsWith("operator:", StringComparison.Ordinal) && !AdminOnly.Contains(right),
        Role.Reader => right.EndsWith(":read", StringComparison.Ordinal) && right is not ("operator:read" or "keys:read"),
        _ => false,
    };

    /// <summary>The rights that an API key can be narrowed to.</summary>
    public static IReadOnlyList<string> Scopes { get; } =
    [
        "partners:read", "partners:write", "cases:read", "cases:write", "orders:read", "orders:write", "activities:read", "activities:write",
        "settings:read", "settings:write", "users:read", "users:write", "keys:read", "keys:write",
        "imports:read", "imports:write", "operations:read", "operations:write", "views:read", "views:write", "events:read", "invoices:read",
    ];
}

/// <summary>One request's envelope: who asks, in which company, and under what conditions it may write.</summary>
/// <param name="Company">The company of the route, already checked against the caller.</param>
/// <param name="Caller">Who asks.</param>
public sealed record Call(CompanyRef Company, Caller Caller)
{
    /// <summary>The version of <c>If-Match</c>; null = the last write wins.</summary>
    public long? IfMatch { get; init; }

    /// <summary>The request's <c>Idempotency-Key</c> and what it was first used for; null = none.</summary>
    public Idempotency? Idempotency { get; init; }

    /// <summary>Decide and answer, store nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>The operation (bulk change, import) that this write is a part of; it can be undone as a whole.</summary>
    public long? Operation { get; init; }

    /// <summary>The program acting in a company.</summary>
    public static Call System(CompanyRef company) => new(company, Caller.System);

    /// <summary>Called by the framework: the call that the host has made and checked for this request.</summary>
    public static ValueTask<Call> BindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ValueTask.FromResult(context.Features.GetRequiredFeature<Call>());
    }
}

/// <summary>An idempotency key: one key, one request, one effect, for 48 hours.</summary>
/// <param name="Key">The caller's key, 1 to 255 characters.</param>
/// <param name="Fingerprint">SHA-256 of method, path and body: the same key with another request is refused.</param>
public sealed record Idempotency(string Key, byte[] Fingerprint)
{
    /// <summary>How long a key is remembered; after that it may be used anew.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(48);

    /// <summary>False = store that it was done but not the answer, for rows of a bulk operation that nobody asks again.</summary>
    public bool KeepAnswer { get; init; } = true;
}
