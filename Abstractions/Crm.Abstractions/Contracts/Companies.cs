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

    /// <summary>What one unit of a currency is worth in the base currency, by ISO 4217 code; a currency that is not here cannot be converted.</summary>
    public IReadOnlyDictionary<string, decimal> Rates { get; init; } = new Dictionary<string, decimal>();

    /// <summary>When the rates were last set; null = there are none.</summary>
    public DateTimeOffset? RatesAt { get; init; }

    /// <summary>The same by a source that tells them every day, in the base currency of that time; a rate that a person has set comes first.</summary>
    public DailyRates? Daily { get; init; }

    /// <summary>What counts against a partner's credit limit.</summary>
    public CreditPolicy Credit { get; init; } = new();

    /// <summary>Departments in the order in which they are shown.</summary>
    public IReadOnlyList<Department> Departments { get; init; } = [];

    /// <summary>Everybody who was ever a member; former ones stay, disabled, so that their names can be shown.</summary>
    public IReadOnlyList<Member> Members { get; init; } = [];

    /// <summary>The member with this user id; null = none.</summary>
    public Member? Member(string? userId) => userId is null ? null : Members.FirstOrDefault(m => m.UserId == userId);

    /// <summary>The department with this id; null = none.</summary>
    public Department? Department(string? id) => id is null ? null : Departments.FirstOrDefault(d => d.Id == id);

    /// <summary>What one unit of a currency is worth in another; null = a rate is missing.</summary>
    public decimal? Rate(string from, string to)
    {
        if (from == to) return 1;
        decimal? Base(string currency) => currency == BaseCurrency ? 1 : Rates.TryGetValue(currency, out var rate) || Daily?.Rates.TryGetValue(currency, out rate) is true ? rate : null;
        return Base(from) / Base(to);
    }

    /// <summary>The day that such a rate is of: that of the source, or on which a person set it, the older of both; null = none is needed, or one is missing.</summary>
    public DateOnly? RateDay(string from, string to)
    {
        if (from == to || Rate(from, to) is null) return null;
        return new[] { from, to }.Where(c => c != BaseCurrency).Select(c => Rates.ContainsKey(c) ? RatesAt is { } at ? Today(at) : null : Daily?.Day).Min();
    }

    /// <summary>An amount in another currency, rounded to its minor unit; null = a rate is missing.</summary>
    public Money? Convert(Money amount, string to)
    {
        ArgumentNullException.ThrowIfNull(amount);
        return Rate(amount.Currency, to) is { } rate ? new Money(amount.Amount * rate, to).Rounded() : null;
    }

    /// <summary>The sum of amounts in one currency; null = a rate is missing.</summary>
    public Money? Sum(IEnumerable<Money> amounts, string currency)
    {
        ArgumentNullException.ThrowIfNull(amounts);
        var sum = 0m;
        foreach (var amount in amounts)
        {
            if (Convert(amount, currency) is not { } converted) return null;
            sum += converted.Amount;
        }
        return new(sum, currency);
    }

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

/// <summary>Rates as a source told them for a day.</summary>
/// <param name="Source">The plugin.</param>
/// <param name="Day">The day that they are of.</param>
/// <param name="Rates">What one unit of a currency is worth in the base currency, by ISO 4217 code.</param>
public sealed record DailyRates(string Source, DateOnly Day, IReadOnlyDictionary<string, decimal> Rates);

/// <summary>Sets a company's daily rates.</summary>
public interface ICompanyRates
{
    /// <summary>Takes them over, unless later ones are there or the company's currency is another one by now.</summary>
    /// <param name="company">Whose.</param>
    /// <param name="baseCurrency">What they are told in.</param>
    /// <param name="rates">The rates.</param>
    /// <param name="ct">Gives up before the commit has begun.</param>
    /// <exception cref="StorageException">The database does not answer.</exception>
    Task SetAsync(CompanyRef company, string baseCurrency, DailyRates rates, CancellationToken ct);
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

/// <summary>A user or a department.</summary>
/// <param name="Id">What is written.</param>
/// <param name="Name">What is shown.</param>
/// <param name="Disabled">True for a former user, who is still named (R33).</param>
public sealed record NamedId(string Id, string Name, bool? Disabled = null)
{
    /// <summary>A member by id; one who is unknown is shown by the id.</summary>
    public static NamedId? User(string? id, CompanyProfile company)
    {
        ArgumentNullException.ThrowIfNull(company);
        return id is null ? null : company.Member(id) is { } member ? new(id, member.Name, member.Disabled ? true : null) : new(id, id, true);
    }
}
