using System.Text.Json.Serialization;
using Crm.Contracts;

namespace Crm.Companies;

/// <summary>A company's own settings: how they are stored, shown and checked.</summary>
internal static class Profile
{
    public static readonly Entity<CompanyProfile> Entity = new("companyProfile", "company_profiles")
    {
        DefaultOf = company => new CompanyProfile { Name = company.Slug },
        View = (row, _) => ProfileView.Of(row.State, row.Version),
    };

    private static readonly string[] Languages = ["sv", "da", "en", "nb", "fi"];

    /// <summary>All that is wrong with the settings that a person can choose.</summary>
    public static IReadOnlyList<Problem> Problems(CompanyProfile profile)
    {
        List<Problem> problems = [];
        void Check(bool right, string member, string message)
        {
            if (!right) problems.Add(new($"/{member}", $"company.{member}", message));
        }
        Check(Company.IsName(profile.Name), "name", "A name has 1 to 200 characters.");
        Check(Currencies.IsKnown(profile.BaseCurrency), "baseCurrency", "The currency is an ISO 4217 code such as SEK.");
        Check(TimeZoneInfo.TryFindSystemTimeZoneById(profile.TimeZone, out _), "timeZone", "The time zone is an IANA name such as Europe/Stockholm.");
        Check(Languages.Contains(profile.Language), "language", $"The language is one of {string.Join(", ", Languages)}.");
        Check(Countries.IsKnown(profile.Country), "country", "The country is an ISO 3166-1 code such as SE.");
        Check(profile.FiscalYearStart is >= 1 and <= 12, "fiscalYearStart", "The fiscal year starts in a month from 1 to 12.");
        Check(profile.Rates.Count <= 200 && profile.Rates.All(r => Currencies.IsKnown(r.Key) && r.Value is > 0 and <= 1_000_000), "rates", "A rate says what one unit of an ISO 4217 currency is worth in the base currency, such as {\"EUR\": 11.25}: above 0.");
        Check(!profile.Rates.ContainsKey(profile.BaseCurrency), "rates", "The base currency itself has no rate.");
        Check(profile.Credit.MarginPercent is >= 0 and <= 1_000, "credit", "The margin is 0 to 1,000 percent.");
        return problems;
    }
}

/// <summary>The first settings of a new company.</summary>
internal sealed record SetUpCompany(string Name, string BaseCurrency, string TimeZone, string Language, string Country, int FiscalYearStart) : ICommand<CompanyProfile>
{
    public Decision<CompanyProfile> Decide(CompanyProfile profile, Moment at)
    {
        var changed = profile with { Name = Name.Trim(), BaseCurrency = BaseCurrency, TimeZone = TimeZone, Language = Language, Country = Country, FiscalYearStart = FiscalYearStart };
        return Profile.Problems(changed) is { Count: > 0 } problems ? Refusal.Invalid(problems)
            : changed == profile ? Decision.Nothing(profile)
            : Decision.Accept(changed, "company.setUp");
    }
}

/// <summary>Changes the settings that are named. None of them can be cleared.</summary>
internal sealed record ChangeCompanyProfile : ICommand<CompanyProfile>
{
    /// <summary>1 to 200 characters.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optional<string> Name { get; init; }

    /// <summary>ISO 4217, such as SEK.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optional<string> BaseCurrency { get; init; }

    /// <summary>IANA name, such as Europe/Stockholm.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optional<string> TimeZone { get; init; }

    /// <summary>sv, da, en, nb or fi.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optional<string> Language { get; init; }

    /// <summary>ISO 3166-1, such as SE.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optional<string> Country { get; init; }

    /// <summary>Month, 1 to 12.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optional<int?> FiscalYearStart { get; init; }

    /// <summary>What one unit of a currency is worth in the base currency, by ISO 4217 code; null takes a currency's rate away.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optional<IReadOnlyDictionary<string, decimal?>> Rates { get; init; }

    /// <summary>What counts against a partner's credit limit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optional<CreditPolicyChange> Credit { get; init; }

    public Decision<CompanyProfile> Decide(CompanyProfile profile, Moment at)
    {
        var rates = NewRates(profile.Rates);
        var changed = profile with
        {
            // What a source told in another currency means nothing in this one: it is asked anew.
            Daily = BaseCurrency.IsSet && BaseCurrency.Value != profile.BaseCurrency ? null : profile.Daily,
            Rates = rates, RatesAt = ReferenceEquals(rates, profile.Rates) ? profile.RatesAt : rates.Count == 0 ? null : at.Now,
            Credit = !Credit.IsSet ? profile.Credit : new() { Counts = Credit.Value?.Counts.Or(profile.Credit.Counts) ?? default, MarginPercent = Credit.Value?.MarginPercent.Or(profile.Credit.MarginPercent) ?? 0 },
            Name = (Name.Or(profile.Name) ?? "").Trim(), BaseCurrency = BaseCurrency.Or(profile.BaseCurrency) ?? "", TimeZone = TimeZone.Or(profile.TimeZone) ?? "",
            Language = Language.Or(profile.Language) ?? "", Country = Country.Or(profile.Country) ?? "",
            FiscalYearStart = FiscalYearStart.IsSet ? FiscalYearStart.Value ?? 0 : profile.FiscalYearStart,
        };
        return Profile.Problems(changed) is { Count: > 0 } problems ? Refusal.Invalid(problems)
            : changed == profile ? Decision.Nothing(profile)
            : Decision.Accept(changed, "company.profileChanged");
    }

    /// <summary>The rates with those that are named put in or taken out; the very same object when that changes nothing.</summary>
    private IReadOnlyDictionary<string, decimal> NewRates(IReadOnlyDictionary<string, decimal> old)
    {
        if (!Rates.IsSet) return old;
        var rates = Rates.Value is null ? [] : new Dictionary<string, decimal>(old);
        foreach (var (currency, rate) in Rates.Value ?? new Dictionary<string, decimal?>())
        {
            if (rate is null) rates.Remove(currency);
            else rates[currency] = rate.Value;
        }
        return rates.Count == old.Count && rates.All(r => old.TryGetValue(r.Key, out var was) && was == r.Value) ? old : rates;
    }
}

/// <summary>Rates that a source has told for a day. Sent by the program only.</summary>
internal sealed record SetDailyRates(string BaseCurrency, DailyRates Rates) : ICommand<CompanyProfile>
{
    public Decision<CompanyProfile> Decide(CompanyProfile profile, Moment at) =>
        profile.BaseCurrency != BaseCurrency || (profile.Daily is { } known && (known.Day > Rates.Day || (known.Day == Rates.Day && known.Source == Rates.Source))) ? Decision.Nothing(profile)
        : Decision.Accept(profile with { Daily = Rates }, "company.dailyRatesSet");
}

/// <summary>Lets others set the daily rates.</summary>
internal sealed class CompanyRates(IActors actors) : ICompanyRates
{
    public async Task SetAsync(CompanyRef company, string baseCurrency, DailyRates rates, CancellationToken ct)
    {
        if ((await actors.SendAsync(Call.System(company), IActors.Settings, new SetDailyRates(baseCurrency, rates), ct)).Refusal is { } refusal) throw new StorageException(refusal.Detail);
    }
}

/// <summary>What to change of the rule for credit warnings.</summary>
public sealed record CreditPolicyChange
{
    /// <summary>balance, balanceAndUninvoiced or balanceUninvoicedAndOrder.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optional<CreditCounts?> Counts { get; init; }

    /// <summary>How far above the limit is still no warning, in percent of the limit; 0 to 1,000.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optional<decimal?> MarginPercent { get; init; }
}

/// <summary>A company's settings.</summary>
/// <param name="Name">The company's name.</param>
/// <param name="BaseCurrency">ISO 4217; the currency of sums and of amounts written without one.</param>
/// <param name="TimeZone">IANA name; decides which day it is.</param>
/// <param name="Language">Language of the pages: sv, da, en, nb or fi.</param>
/// <param name="Country">ISO 3166-1: where the company itself is.</param>
/// <param name="FiscalYearStart">First month of the fiscal year, 1 to 12.</param>
/// <param name="Departments">In the order in which they are shown; read-only here.</param>
/// <param name="Rates">What one unit of a currency is worth in the base currency; amounts in other currencies cannot be converted.</param>
/// <param name="RatesAt">When the rates were last set.</param>
/// <param name="Daily">The rates that a source has told last; those above come first. Null = no source is switched on, or it has told none yet.</param>
/// <param name="Credit">What counts against a partner's credit limit.</param>
/// <param name="Version">The version in its ETag; users and departments are a part of it.</param>
public sealed record ProfileView(string Name, string BaseCurrency, string TimeZone, string Language, string Country, int FiscalYearStart, IReadOnlyList<Department> Departments,
    IReadOnlyDictionary<string, decimal> Rates, DateTimeOffset? RatesAt, DailyRates? Daily, CreditPolicy Credit, long Version)
{
    internal static ProfileView Of(CompanyProfile profile, long version) => new(
        profile.Name, profile.BaseCurrency, profile.TimeZone, profile.Language, profile.Country, profile.FiscalYearStart, profile.Departments, profile.Rates, profile.RatesAt, profile.Daily, profile.Credit, version);
}
