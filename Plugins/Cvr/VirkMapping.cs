using System.Globalization;
using System.Text.RegularExpressions;

namespace Crm.Plugins.Cvr;

/// <summary>What Virk's words mean. An entry is current when its period has no end; what the register keeps of a ceased company is its last.</summary>
internal static partial class VirkMapping
{
    /// <summary>Since this day industries are told in DB25; entries that have not changed since keep DB07.</summary>
    private static readonly DateOnly NewIndustries = new(2025, 1, 1);

    public static RegisterHit? ToHit(this VirkEntity company) => company.CvrNummer is null || company.Name() is not { } name ? null : new()
    {
        OrganisationNumber = Padded(company.CvrNummer, 8), Name = name, City = Place(company)?.Postdistrikt.OrNull(), LegalForm = Form(company), CeasedOn = company.CeasedOn(),
    };

    public static RegisterCompany? ToCompany(this VirkEntity company)
    {
        if (company.CvrNummer is null || company.Name() is not { } name) return null;
        var (employees, range) = Employees(company.Metadata);
        var (visiting, postal) = (Address(Place(company)), Address(Current(company.Postadresse)));
        return new()
        {
            OrganisationNumber = Padded(company.CvrNummer, 8), Name = name, Country = "DK", LegalForm = Form(company), Visiting = visiting, Postal = postal == visiting ? null : postal,
            Industry = Industry(company), Employees = employees, EmployeeRange = range, Phone = Contact(company.TelefonNummer), Email = Contact(company.ElektroniskPost), Website = Contact(company.Hjemmeside),
            NoMarketing = company.Reklamebeskyttet, CeasedOn = company.CeasedOn(), Trouble = Trouble(company),
            RegisteredOn = Date(company.Metadata?.StiftelsesDato) ?? company.Livsforloeb?.Select(l => Date(l.Periode?.GyldigFra)).Min(),
        };
    }

    public static RegisterBranch? ToBranch(this VirkEntity unit) => unit.PNummer is null || unit.Name() is not { } name ? null : new()
    {
        Number = Padded(unit.PNummer, 10), Name = name, Address = Address(Place(unit)), Industry = Industry(unit), Employees = Employees(unit.Metadata).Number,
        Phone = Contact(unit.TelefonNummer), Email = Contact(unit.ElektroniskPost),
    };

    /// <summary>Units move between companies; the search also finds those that have left.</summary>
    public static bool BelongsTo(this VirkEntity unit, string number) => unit.Metadata?.NyesteCvrNummerRelation is not { } owner || Padded(owner, 8) == number;

    public static DateOnly? CeasedOn(this VirkEntity entity)
    {
        if (entity.Livsforloeb is { Length: > 0 } lives) return lives.Any(l => l.Periode?.GyldigTil is null) ? null : lives.Max(l => Date(l.Periode?.GyldigTil));
        return Current(entity.Virksomhedsstatus) is { Status: { } status } last && Over().IsMatch(status) ? Date(last.Periode?.GyldigFra) : null;
    }

    /// <summary>Numbers lose their leading zeros on the way.</summary>
    public static string Padded(string number, int length) => number.PadLeft(length, '0');

    private static T? Current<T>(T[]? entries) where T : VirkDated => entries?.Where(e => e.Periode?.GyldigTil is null).MaxBy(e => e.Periode?.GyldigFra, StringComparer.Ordinal);

    private static T? Newest<T>(T[]? entries) where T : VirkDated => Current(entries) ?? entries?.MaxBy(e => e.Periode?.GyldigTil, StringComparer.Ordinal);

    private static string? Name(this VirkEntity entity) => (entity.Metadata?.NyesteNavn ?? Newest(entity.Navne))?.Navn.OrNull();

    private static VirkAddress? Place(VirkEntity entity) => entity.Metadata?.NyesteBeliggenhedsadresse ?? Newest(entity.Beliggenhedsadresse);

    private static string? Form(VirkEntity company) => (company.Metadata?.NyesteVirksomhedsform ?? Newest(company.Virksomhedsform)) is { } form ? form.LangBeskrivelse.OrNull() ?? form.KortBeskrivelse.OrNull() : null;

    private static string? Trouble(VirkEntity company) => Current(company.Virksomhedsstatus)?.Status.OrNull() is { } status && !status.Equals("NORMAL", StringComparison.OrdinalIgnoreCase) ? status : null;

    private static string? Contact(VirkContact[]? contacts) => Current(contacts?.Where(c => c.Hemmelig is not true).ToArray())?.Kontaktoplysning.OrNull();

    private static RegisterIndustry? Industry(VirkEntity entity) => (entity.Metadata?.NyesteHovedbranche ?? Newest(entity.Hovedbranche)) is not { Branchekode: { } code } industry ? null : new()
    {
        Code = Padded(code, 6), Text = industry.Branchetekst.OrNull(), System = Date(industry.Periode?.GyldigFra) is { } from ? from >= NewIndustries ? "DB25" : "DB07" : null,
    };

    /// <summary>The freshest figure; ranges only where there is none.</summary>
    private static (int? Number, string? Range) Employees(VirkMetadata? newest)
    {
        VirkEmployment?[] figures = [newest?.NyesteErstMaanedsbeskaeftigelse, newest?.NyesteMaanedsbeskaeftigelse, newest?.NyesteKvartalsbeskaeftigelse, newest?.NyesteAarsbeskaeftigelse];
        foreach (var figure in figures)
        {
            if (int.TryParse(figure?.AntalAnsatte, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return (number, null);
        }
        return (null, figures.Select(f => Range(f?.IntervalKodeAntalAnsatte)).FirstOrDefault(r => r is not null));
    }

    /// <summary><c>ANTAL_10_19</c> is <c>10-19</c>, <c>ANTAL_1000_999999</c> is <c>1000+</c>.</summary>
    private static string? Range(string? code) => code is null || Interval().Match(code) is not { Success: true } match ? null
        : (match.Groups[1].Value, match.Groups[2].Value) is var (from, to) && from == to ? from : to == "999999" ? from + "+" : $"{from}-{to}";

    private static PostalAddress? Address(VirkAddress? a)
    {
        if (a is null) return null;
        var numbers = Told.Join("-", a.HusnummerFra + a.BogstavFra, a.HusnummerTil + a.BogstavTil);
        var door = Told.Join(" ", a.Etage.OrNull() is { } floor ? floor + "." : null, a.Sidedoer);
        var street = Told.Join("\n", Told.Join(", ", Told.Join(" ", a.Vejnavn, numbers), door), a.Postboks.OrNull() is { } box ? "Postboks " + box : null, a.Bynavn, a.Fritekst);
        var postCode = a.Postnummer.OrNull();
        var address = new PostalAddress
        {
            Street = street, CareOf = a.Conavn.OrNull(), City = a.Postdistrikt.OrNull(), Country = a.Landekode is { Length: 2 } country ? country.ToUpperInvariant() : null,
            PostCode = a.Landekode is null or "DK" && postCode is not null ? Padded(postCode, 4) : postCode,
        };
        return address is { Street: null, CareOf: null, City: null, PostCode: null } ? null : address;
    }

    private static DateOnly? Date(string? text) => text is { Length: >= 10 } && DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    [GeneratedRegex(@"^ANTAL_(\d+)_(\d+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Interval();

    /// <summary>TVANGSOPLØST, OPLØST EFTER KONKURS, SLETTET; not UNDER TVANGSOPLØSNING.</summary>
    [GeneratedRegex(@"OPLØST|SLETTET", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Over();
}
