using System.Globalization;
using System.Text.RegularExpressions;

namespace Crm.Plugins.Bizweb;

/// <summary>Turns the register's answers into the contract's records.</summary>
internal static partial class BizwebReading
{
    /// <summary>Nothing in an answer says which; the register went over to SN2025 in 2025.</summary>
    private const string IndustrySystem = "SN2025";

    private static readonly PostalAddress Nowhere = new();

    /// <summary>The organisation number in a text, in any spelling such as <c>NO 923 609 016 MVA</c>; null = the text is none.</summary>
    public static string? Number(string text)
    {
        var compact = string.Concat(text.Where(static c => !char.IsWhiteSpace(c) && c is not ('.' or '-')));
        return NumberShape().Match(compact) is { Success: true } match ? match.Groups["digits"].Value : null;
    }

    public static RegisterHit? Hit(Enhet unit) => unit is { Organisasjonsnummer: { } number, Navn: { } name }
        ? new()
        {
            OrganisationNumber = number, Name = name, LegalForm = Text(unit.Organisasjonsform?.Beskrivelse), CeasedOn = Ceased(unit),
            City = Text((unit.Forretningsadresse ?? unit.Beliggenhetsadresse ?? unit.Postadresse)?.Poststed),
        }
        : null;

    public static RegisterCompany Company(Enhet unit, string number, bool isSubUnit)
    {
        var (visiting, postal) = (Address(unit.Forretningsadresse ?? unit.Beliggenhetsadresse), Address(unit.Postadresse));
        return new()
        {
            OrganisationNumber = number, Name = unit.Navn ?? number, Country = "NO",
            IsVatRegistered = unit.RegistrertIMvaregisteret,
            // A sub-unit invoices under the number of the unit above it.
            VatNumber = unit.RegistrertIMvaregisteret == true && !isSubUnit ? $"NO{number}MVA" : null,
            LegalForm = Text(unit.Organisasjonsform?.Beskrivelse), Visiting = visiting, Postal = postal == visiting ? null : postal, Industry = Industry(unit),
            Employees = Employees(unit),
            // Fewer than five are registered but not told.
            EmployeeRange = unit is { HarRegistrertAntallAnsatte: true, AntallAnsatte: null } ? "0-4" : null,
            Phone = Text(unit.Telefon) ?? Text(unit.Mobil), Email = Text(unit.Epostadresse), Website = Text(unit.Hjemmeside),
            RegisteredOn = Day(unit.Stiftelsesdato) ?? Day(unit.Oppstartsdato) ?? Day(unit.RegistreringsdatoEnhetsregisteret), CeasedOn = Ceased(unit), Trouble = Trouble(unit),
        };
    }

    public static RegisterBranch? Branch(Enhet unit) => unit is { Organisasjonsnummer: { } number, Navn: { } name }
        ? new()
        {
            Number = number, Name = name, Address = Address(unit.Beliggenhetsadresse) ?? Address(unit.Postadresse), Industry = Industry(unit),
            Employees = Employees(unit), Phone = Text(unit.Telefon) ?? Text(unit.Mobil), Email = Text(unit.Epostadresse),
        }
        : null;

    public static bool HasCeased(Enhet unit) => Ceased(unit) is not null;

    private static DateOnly? Ceased(Enhet unit) => Day(unit.Slettedato) ?? Day(unit.Nedleggelsesdato);

    /// <summary>No number is registered, or zero stands for that.</summary>
    private static int? Employees(Enhet unit) => unit.AntallAnsatte is > 0 || unit.HarRegistrertAntallAnsatte == true ? unit.AntallAnsatte : null;

    private static string? Trouble(Enhet unit) =>
        unit.Konkurs == true ? "Konkurs"
        : unit.UnderTvangsavviklingEllerTvangsopplosning == true ? "Under tvangsavvikling eller tvangsoppløsning"
        : unit.UnderAvvikling == true ? "Under avvikling"
        : null;

    private static RegisterIndustry? Industry(Enhet unit) =>
        Text(unit.Naeringskode1?.Verdi) is { } code ? new() { System = IndustrySystem, Code = code, Text = Text(unit.Naeringskode1?.Beskrivelse) } : null;

    private static PostalAddress? Address(Adresse? address)
    {
        if (address is null) return null;
        var lines = (address.Linjer ?? []).Select(Text).OfType<string>().ToLookup(static line => line.StartsWith("c/o ", StringComparison.OrdinalIgnoreCase));
        var told = new PostalAddress
        {
            Street = Text(string.Join('\n', lines[false])), CareOf = lines[true].FirstOrDefault()?[4..].Trim(),
            PostCode = Text(address.Postnummer), City = Text(address.Poststed), Country = Text(address.Landkode),
        };
        return told == Nowhere ? null : told;
    }

    /// <summary>What is told; the register writes absent values in three ways.</summary>
    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    private static DateOnly? Day(string? value) =>
        value is { Length: >= 10 } && DateOnly.TryParseExact(value.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    [GeneratedRegex(@"^(NO)?(?<digits>[89][0-9]{8})(MVA)?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NumberShape();
}
