using System.Globalization;
using System.Text.RegularExpressions;

namespace Crm.Plugins.Ytj;

/// <summary>Turns the register's answers into the contract's records, with its words in one language.</summary>
/// <param name="language">fi, sv or en.</param>
internal sealed partial class YtjReading(string language)
{
    private const string TradeRegister = "1", VatRegister = "6", NotRegistered = "0", Ended = "4", Street = "1", Post = "2";
    private static readonly PostalAddress Nowhere = new();

    /// <summary>The business ID in a text, in any spelling such as <c>FI01120389</c>; null = the text is none.</summary>
    public static string? Number(string text)
    {
        var compact = string.Concat(text.Where(static c => !char.IsWhiteSpace(c)));
        if (NumberShape().Match(compact) is not { Success: true } match) return null;
        // Numbers from before 2001 may be written with six digits and a check digit.
        return $"{match.Groups["digits"].Value.PadLeft(7, '0')}-{match.Groups["check"].Value}";
    }

    public RegisterHit? Hit(Company company) => company.BusinessId?.Value is { } number && Name(company) is { } name
        ? new()
        {
            OrganisationNumber = number, Name = name, LegalForm = Words(Current(company.CompanyForms)), CeasedOn = Ceased(company),
            City = (Address(company, Street) ?? Address(company, Post))?.City,
        }
        : null;

    public RegisterCompany Company(Company company, string number)
    {
        var (visiting, postal) = (Address(company, Street), Address(company, Post));
        var isVatRegistered = company.RegisteredEntries?.Any(e => e.Register == VatRegister && IsOpen(e));
        return new()
        {
            OrganisationNumber = number, Name = Name(company) ?? number, Country = "FI",
            IsVatRegistered = isVatRegistered, VatNumber = isVatRegistered == true ? "FI" + number.Replace("-", "", StringComparison.Ordinal) : null,
            LegalForm = Words(Current(company.CompanyForms)), Visiting = visiting, Postal = postal == visiting ? null : postal, Industry = Industry(company.MainBusinessLine),
            Website = company.Website?.Url, RegisteredOn = Day(company.RegistrationDate) ?? Day(company.BusinessId?.RegistrationDate), CeasedOn = Ceased(company), Trouble = Trouble(company),
        };
    }

    /// <summary>The company's own name; of one that has ceased the last it had.</summary>
    private static string? Name(Company company) =>
        (company.Names ?? []).Where(n => n.Name is not null).OrderBy(n => n.Type != "1").ThenBy(n => n.EndDate is not null).ThenBy(n => n.Version ?? 1).FirstOrDefault()?.Name;

    private static Coded? Current(Coded[]? all) => (all ?? []).OrderBy(c => c.EndDate is not null).ThenBy(c => c.Version ?? 1).FirstOrDefault();

    /// <summary>
    /// When the company ended, or left the trade register for good. Its <c>status</c> says nothing: it is the same for the living and the dead.
    /// </summary>
    private static DateOnly? Ceased(Company company)
    {
        if (Day(company.EndDate) is { } end) return end;
        var trade = (company.RegisteredEntries ?? []).Where(e => e.Register == TradeRegister).ToArray();
        return trade.Any(IsOpen) ? null : trade.Where(e => e.Type == Ended || e.EndDate is not null).Max(e => Day(e.EndDate) ?? Day(e.RegistrationDate));
    }

    private static bool IsOpen(Coded entry) => entry.EndDate is null && entry.Type is not (NotRegistered or Ended);

    private string? Trouble(Company company)
    {
        var open = (company.CompanySituations ?? []).Where(s => s.EndDate is null).Select(s => Words(s) ?? Situation(s.Type)).OfType<string>().ToArray();
        return open.Length == 0 ? null : string.Join(", ", open);
    }

    /// <summary>The register tells situations by code only.</summary>
    private string? Situation(string? code) => (code, language) switch
    {
        ("KONK", "sv") => "Konkurs", ("KONK", "en") => "Bankruptcy", ("KONK", _) => "Konkurssi",
        ("SANE", "sv") => "Företagssanering", ("SANE", "en") => "Restructuring", ("SANE", _) => "Yrityssaneeraus",
        ("SELTILA", "sv") => "Likvidation", ("SELTILA", "en") => "Liquidation", ("SELTILA", _) => "Selvitystila",
        _ => code,
    };

    private RegisterIndustry? Industry(Coded? line) => line?.Type is { } code
        ? new() { Code = code, Text = Words(line), System = line.TypeCodeSet switch { "TOIMI4" => "TOL2025", "TOIMI3" => "TOL2008", var other => other } }
        : null;

    private PostalAddress? Address(Company company, string type)
    {
        if ((company.Addresses ?? []).FirstOrDefault(a => a.Type == type) is not { } address) return null;
        var apartment = address.ApartmentNumber + address.ApartmentIdSuffix;
        var street = Joined(" ", address.Street, address.BuildingNumber, address.Entrance, apartment);
        var city = InLanguage(address.PostOffices, p => p.LanguageCode)?.City;
        var told = new PostalAddress
        {
            Street = Joined("\n", street, address.PostOfficeBox is { } box ? PostBox(box) : null, address.FreeAddressLine), CareOf = address.Co, PostCode = address.PostCode, City = city,
            // Only addresses abroad name their country; those with a Finnish post office are in Finland.
            Country = address.Country is { Length: 2 } country ? country.ToUpperInvariant() : address.Country is null && city is not null ? "FI" : null,
        };
        return told == Nowhere ? null : told;
    }

    private string PostBox(string number) => language switch { "sv" => $"PB {number}", "en" => $"P.O. Box {number}", _ => $"PL {number}" };

    private string? Words(Coded? code) => InLanguage(code?.Descriptions, d => d.LanguageCode)?.Description;

    /// <summary>What is in our language, else in Finnish, else in any.</summary>
    private T? InLanguage<T>(T[]? all, Func<T, string?> languageOf) where T : class
    {
        var ours = language switch { "sv" => "2", "en" => "3", _ => "1" };
        return (all ?? []).OrderBy(one => languageOf(one) is var its && its == ours ? 0 : its == "1" ? 1 : 2).FirstOrDefault();
    }

    private static string? Joined(string separator, params string?[] parts) => string.Join(separator, parts.Where(p => !string.IsNullOrEmpty(p))) is { Length: > 0 } text ? text : null;

    private static DateOnly? Day(string? value) =>
        value is { Length: >= 10 } && DateOnly.TryParseExact(value.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    [GeneratedRegex(@"^(FI)?(?<digits>[0-9]{6,7})-?(?<check>[0-9])\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NumberShape();
}
