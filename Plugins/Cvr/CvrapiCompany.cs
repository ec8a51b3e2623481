using System.Globalization;

namespace Crm.Plugins.Cvr;

/// <summary>A company as cvrapi.dk tells it, or an error. Production units have the same members.</summary>
internal sealed record CvrapiCompany
{
    public string? Error { get; init; }
    public string? Vat { get; init; }
    public string? Pno { get; init; }
    public bool? Main { get; init; }
    public string? Name { get; init; }
    public string? Address { get; init; }
    public string? Addressco { get; init; }
    public string? Zipcode { get; init; }
    public string? City { get; init; }
    public string? Cityname { get; init; }
    public bool? Protected { get; init; }
    public string? Phone { get; init; }
    public string? Email { get; init; }
    public string? Startdate { get; init; }
    public string? Enddate { get; init; }
    public string? Employees { get; init; }
    public string? Industrycode { get; init; }
    public string? Industrydesc { get; init; }
    public string? Companydesc { get; init; }
    public bool? Creditbankrupt { get; init; }
    public string? Creditstatus { get; init; }
    public CvrapiCompany[]? Productionunits { get; init; }

    public RegisterHit? ToHit() => Vat is null || Name.OrNull() is not { } name ? null : new() { OrganisationNumber = VirkMapping.Padded(Vat, 8), Name = name, City = City.OrNull(), LegalForm = Companydesc.OrNull(), CeasedOn = Date(Enddate) };

    public RegisterCompany? ToCompany()
    {
        if (Vat is null || Name.OrNull() is not { } name) return null;
        int? employees = Count();
        return new()
        {
            OrganisationNumber = VirkMapping.Padded(Vat, 8), Name = name, Country = "DK", LegalForm = Companydesc.OrNull(), Visiting = Place(), Industry = Industry(),
            Employees = employees, EmployeeRange = employees is null ? Employees.OrNull() : null, Phone = Phone.OrNull(), Email = Email.OrNull(), NoMarketing = Protected,
            RegisteredOn = Date(Startdate), CeasedOn = Date(Enddate), Trouble = Creditbankrupt is true ? Creditstatus.OrNull() ?? "Konkurs" : null,
        };
    }

    public RegisterBranch[] ToBranches() => [.. (Productionunits ?? []).Where(u => u.Enddate.OrNull() is null && u.Pno is not null && u.Name.OrNull() is not null).Take(500).Select(u => new RegisterBranch
    {
        Number = VirkMapping.Padded(u.Pno!, 10), Name = u.Name!.Trim(), Address = u.Place(), Industry = u.Industry(), Employees = u.Count(), Phone = u.Phone.OrNull(), Email = u.Email.OrNull(), IsMain = u.Main is true,
    })];

    private int? Count() => int.TryParse(Employees, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>It does not say which system its codes are of; their leading zeros are lost.</summary>
    private RegisterIndustry? Industry() => Industrycode.OrNull() is { } code ? new() { Code = VirkMapping.Padded(code, 6), Text = Industrydesc.OrNull() } : null;

    private PostalAddress? Place() => Told.Join("\n", Address, Cityname) is var street && (street ?? Zipcode.OrNull() ?? City.OrNull()) is null ? null
        : new() { Street = street, CareOf = Addressco.OrNull(), PostCode = Zipcode.OrNull() is { } code ? VirkMapping.Padded(code, 4) : null, City = City.OrNull(), Country = "DK" };

    private static DateOnly? Date(string? text) => DateOnly.TryParseExact(text, "d/M - yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}
