using System.Globalization;

namespace Crm.Plugins.Bisnode;

/// <summary>What D&amp;B's words mean to the CRM.</summary>
internal static class Mapping
{
    /// <summary>What D&amp;B calls a company that is no longer active, for want of a day.</summary>
    private const string Over = "INACTIVE";

    public static RegisterHit? ToHit(this FoundCompany company, string country) =>
        NationalNumber.Stored(country, company.RegistrationNumber) is not { } number || company.Name.OrNull() is not { } name ? null
        : new() { OrganisationNumber = number, Name = name, City = company.Address?.Town.OrNull(), LegalForm = Words(company.LegalForm), Trouble = company.Active is false ? Over : null };

    public static RegisterCompany? ToCompany(this CompanyInformation told, string country, string asked)
    {
        if ((told.CompanyName?.RegisteredName?.Name.OrNull() ?? told.CompanyName?.PopularName?.Name.OrNull()) is not { } name) return null;
        var (points, general, form) = (told.ContactPoints, told.GeneralCompanyData, told.LegalForm?.Current ?? told.LegalForm);
        var (visiting, postal) = (Place(points?.VisitingAddress, country) ?? Place(points?.RegisteredAddress, country), Place(points?.PostalAddress, country));
        var isVatRegistered = general?.ActiveInVat ?? general?.RegisteredInVatList ?? general?.RegisteredInVat;
        var (employees, isOver) = (Number(general?.EmployeeCount), told.Status?.Value == Over);
        return new()
        {
            OrganisationNumber = NationalNumber.Stored(country, told.Identifiers?.RegistrationNumber) ?? NationalNumber.Stored(country, asked)!, Name = name, Country = country,
            VatNumber = isVatRegistered is false ? null : told.Identifiers?.VatNumber.OrNull(), IsVatRegistered = isVatRegistered, LegalForm = form?.Description.OrNull() ?? Words(form?.Code),
            Visiting = visiting ?? postal, Postal = visiting is null || postal == visiting ? null : postal, Industry = Industry(told.IndustryCodeSet),
            Employees = employees, EmployeeRange = employees is null ? general?.EmployeeRange.OrNull() : null,
            Phone = points?.ElectronicContactPoints?.PhoneNumbers?.Select(Phone).FirstOrDefault(p => p is not null), Email = First(points?.ElectronicContactPoints?.EmailAddresses), Website = First(points?.ElectronicContactPoints?.WebAddresses),
            RegisteredOn = Full(told.RegistrationInformation?.FoundationDate) ?? Full(told.RegistrationInformation?.EstablishmentDate) ?? Full(told.RegistrationInformation?.RegistrationDate),
            // Without a day one must still see that it is over.
            CeasedOn = isOver ? Earliest(told.Status?.Date) : null, Trouble = isOver && Earliest(told.Status?.Date) is null ? Over : null,
        };
    }

    public static RegisterBranch[] ToBranches(this CompanyInformation told, string country) => [.. (told.Branches?.List ?? []).Select(b => ToBranch(b, country)).OfType<RegisterBranch>().Take(500)];

    private static RegisterBranch? ToBranch(Branch branch, string country)
    {
        var number = branch.OfficeNumber.OrNull() ?? branch.RegistrationNumber.OrNull() ?? branch.Identifiers?.RegistrationNumber.OrNull() ?? branch.Identifiers?.DunsNumber.OrNull();
        return number is null || branch.Name.OrNull() is not { } name ? null : new()
        {
            Number = number, Name = name, IsMain = branch.HeadQuarter is true, Employees = Number(branch.EmployeeCount),
            Address = Street(branch.Address, country) ?? Place(branch.VisitingAddress, country) ?? Place(branch.PostalAddress, country),
        };
    }

    private static PostalAddress? Place(Address? address, string country) => Street(address?.StreetAddress, country) ?? Box(address?.PostalOfficeBox, country);

    private static PostalAddress? Street(StreetAddress? a, string country) => Made(a?.Street, a?.PostalCode, a?.Town, a?.CountryCode ?? country);

    private static PostalAddress? Box(PostalOfficeBox? box, string country) => box is null ? null : Made(
        box.BoxNumber.OrNull() is { } number && number.All(char.IsAsciiDigit) ? (country switch { "SE" => "Box ", "FI" => "PL ", _ => "Postboks " }) + number : box.BoxNumber, box.PostalCode, box.Town, box.CountryCode ?? country);

    private static PostalAddress? Made(string? street, string? code, string? town, string country) => (street.OrNull() ?? code.OrNull() ?? town.OrNull()) is null ? null
        : new() { Street = street.OrNull(), PostCode = code.OrNull(), City = town.OrNull(), Country = country.Length == 2 ? country.ToUpperInvariant() : null };

    private static RegisterIndustry? Industry(IndustryCodeSet? codes) =>
        codes?.Sni2007IndustryCodes?.PrimaryIndustryCode is { Code: { Length: > 0 } sni } national ? new() { System = "SNI2007", Code = sni, Text = national.Description.OrNull() }
        : codes?.NaceCodes?.PrimaryNaceCode is { Code: { Length: > 0 } nace } european ? new() { System = "NACE", Code = nace, Text = european.Description.OrNull() } : null;

    private static string? Phone(PhoneNumber number) => number.FullNumber.OrNull() ?? Told.Join("-", number.AreaCode, number.NumberOnly);

    private static string? First(string?[]? texts) => texts?.Select(Told.OrNull).FirstOrDefault(t => t is not null);

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary><c>LIMITED_COMPANY</c> is <c>Limited company</c>; lists have no better word.</summary>
    private static string? Words(string? code) => code is not { Length: > 0 } or "OTHER" ? null : code[0] + code[1..].Replace('_', ' ').ToLowerInvariant();

    private static DateOnly? Full(PartialDate? date) => date is { Month: not null, Day: not null } ? Earliest(date) : null;

    private static DateOnly? Earliest(PartialDate? date) =>
        DateOnly.TryParseExact($"{date?.Year}-{date?.Month ?? 1}-{date?.Day ?? 1}", "yyyy-M-d", CultureInfo.InvariantCulture, DateTimeStyles.None, out var earliest) ? earliest : null;
}
