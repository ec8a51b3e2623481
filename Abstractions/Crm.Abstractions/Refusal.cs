namespace Crm;

/// <summary>Why a request got no for an answer. The value is the HTTP status.</summary>
public enum RefusalKind
{
    /// <summary>The request cannot be read: broken JSON, an unknown member, an unknown filter.</summary>
    Malformed = 400,
    /// <summary>The caller may not do this.</summary>
    Forbidden = 403,
    /// <summary>There is no such thing in this company.</summary>
    NotFound = 404,
    /// <summary>The thing is in a state that does not allow this.</summary>
    Conflict = 409,
    /// <summary>The version in If-Match is not the current one.</summary>
    Stale = 412,
    /// <summary>The request can be read but breaks a rule.</summary>
    Invalid = 422,
    /// <summary>More work is waiting than may wait, or the database does not answer. Nothing is known to have been done; trying again is right.</summary>
    Unavailable = 503,
}

/// <summary>One broken rule, pinned to a place in the request.</summary>
/// <param name="Pointer">JSON pointer into the request's body (RFC 6901), such as <c>/addresses/postal/country</c>.</param>
/// <param name="Code">Stable code, such as <c>partner.name.required</c>.</param>
/// <param name="Message">What is wrong and what would be right, in English.</param>
public sealed record Problem(string Pointer, string Code, string Message);

/// <summary>An expected no. It is data, never an exception, so it crosses hosts unchanged.</summary>
/// <param name="Kind">Gives the HTTP status.</param>
/// <param name="Code">Stable code that programs may rely on.</param>
/// <param name="Detail">A sentence for a person.</param>
public sealed record Refusal(RefusalKind Kind, string Code, string Detail)
{
    /// <summary>All broken rules at once; empty when the refusal is about the whole request.</summary>
    public IReadOnlyList<Problem> Problems { get; init; } = [];

    /// <summary>The current version, where the caller's was stale (412).</summary>
    public long? CurrentVersion { get; init; }

    /// <summary>A rule is broken (422).</summary>
    public static Refusal Invalid(string code, string detail) => new(RefusalKind.Invalid, code, detail);

    /// <summary>Rules are broken (422). One problem gives the refusal its own code; several give <c>validation.failed</c>.</summary>
    public static Refusal Invalid(IReadOnlyList<Problem> problems) => Of(RefusalKind.Invalid, problems, "validation.failed");

    /// <summary>The request cannot be read (400).</summary>
    public static Refusal Malformed(string code, string detail) => new(RefusalKind.Malformed, code, detail);

    /// <summary>The request cannot be read (400).</summary>
    public static Refusal Malformed(IReadOnlyList<Problem> problems) => Of(RefusalKind.Malformed, problems, "request.malformed");

    /// <summary>No such thing in this company (404). Says the same for what never was and for what belongs to another company.</summary>
    public static Refusal NotFound(string kind) => new(RefusalKind.NotFound, $"{kind}.notFound", $"There is no such {kind}.");

    /// <summary>The state does not allow this (409).</summary>
    public static Refusal Conflict(string code, string detail) => new(RefusalKind.Conflict, code, detail);

    /// <summary>The caller lacks a right (403).</summary>
    public static Refusal Forbidden(string detail) => new(RefusalKind.Forbidden, "right.missing", detail);

    private static Refusal Of(RefusalKind kind, IReadOnlyList<Problem> problems, string several) =>
        problems.Count == 1
            ? new(kind, problems[0].Code, problems[0].Message) { Problems = problems }
            : new(kind, several, $"{problems.Count} things in the request are wrong.") { Problems = problems };
}
