namespace Crm.Contracts;

/// <summary>A company's own settings, as every module sees them: <c>settings.Get&lt;CompanyProfile&gt;()</c>.</summary>
public sealed record CompanyProfile
{
    /// <summary>The company's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>ISO 4217; the currency of sums and of amounts written without one.</summary>
    public string BaseCurrency { get; init; } = "EUR";

    /// <summary>IANA name; decides which day it is.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>ISO 639-1: language of the pages and order of the alphabet in lists.</summary>
    public string Language { get; init; } = "en";

    /// <summary>ISO 3166-1 alpha-2: where the company itself is.</summary>
    public string Country { get; init; } = "SE";

    /// <summary>First month of the fiscal year, 1 to 12.</summary>
    public int FiscalYearStart { get; init; } = 1;

    /// <summary>Departments in the order in which they are shown.</summary>
    public IReadOnlyList<Department> Departments { get; init; } = [];

    /// <summary>Everybody who was ever a member; former ones stay, disabled, so that their names can be shown.</summary>
    public IReadOnlyList<Member> Members { get; init; } = [];

    /// <summary>The member with this user id; null = none.</summary>
    public Member? Member(string? userId) => userId is null ? null : Members.FirstOrDefault(m => m.UserId == userId);

    /// <summary>The department with this id; null = none.</summary>
    public Department? Department(string? id) => id is null ? null : Departments.FirstOrDefault(d => d.Id == id);

    /// <summary>The calendar day at an instant in the company's time zone.</summary>
    public DateOnly Today(DateTimeOffset now) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(TimeZone)).DateTime);

    /// <summary>The instant at which a calendar day begins in the company's time zone. Where the clocks go forward at midnight, it begins later.</summary>
    public DateTimeOffset StartOf(DateOnly day)
    {
        var (zone, start) = (TimeZoneInfo.FindSystemTimeZoneById(TimeZone), day.ToDateTime(TimeOnly.MinValue));
        while (zone.IsInvalidTime(start)) start = start.AddMinutes(15);
        return new DateTimeOffset(start, zone.GetUtcOffset(start)).ToUniversalTime();
    }
}

/// <summary>A part of a company.</summary>
/// <param name="Id">Key, such as <c>sales</c>; fixed once given.</param>
/// <param name="Name">Shown.</param>
/// <param name="Disabled">True = kept for what refers to it, offered to nobody.</param>
public sealed record Department(string Id, string Name, bool Disabled = false);

/// <summary>A user in one company.</summary>
/// <param name="UserId">Such as <c>u12</c>.</param>
/// <param name="Name">Shown as owner.</param>
/// <param name="Email">How the user signs in.</param>
/// <param name="Role">What the user may do here.</param>
/// <param name="Department">The department's id; null = none.</param>
/// <param name="Disabled">True = no longer signs in here.</param>
/// <param name="Invited">True = has not accepted the invitation yet, so does not sign in here yet. Whoever owns the e-mail's account elsewhere gets in only with the token.</param>
public sealed record Member(string UserId, string Name, string Email, Role Role, string? Department = null, bool Disabled = false, bool Invited = false);
