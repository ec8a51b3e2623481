using System.Text.Json;
using System.Text.Json.Serialization;

namespace Crm.Plugins.Bisnode;

/// <summary>What is asked, in a search or for one company.</summary>
internal sealed record Question
{
    public string? Country { get; init; }
    public string? Name { get; init; }
    public string? RegistrationNumber { get; init; }
    public int? Limit { get; init; }
    public bool? IncludeInactive { get; init; }
    public string? Language { get; init; }
    public string? Reference { get; init; }
    public string[]? Segments { get; init; }
}

internal sealed record TokenAnswer([property: JsonPropertyName("access_token")] string? AccessToken, [property: JsonPropertyName("expires_in")] string? ExpiresIn);

internal sealed record ErrorAnswer(ErrorField[]? SubErrors);
internal sealed record ErrorField(string? Field);

internal sealed record FoundCompanies(FoundCompany[]? Companies);
internal sealed record FoundCompany
{
    public string? Name { get; init; }
    public string? RegistrationNumber { get; init; }
    public string? LegalForm { get; init; }
    public bool? Active { get; init; }
    public StreetAddress? Address { get; init; }
}

internal sealed record CompanyAnswer(CompanyInformation? CompanyInformation);

/// <summary>A company; the four countries differ in details and share these names.</summary>
internal sealed record CompanyInformation
{
    public CompanyNames? CompanyName { get; init; }
    public ContactPoints? ContactPoints { get; init; }
    public Identifiers? Identifiers { get; init; }
    public IndustryCodeSet? IndustryCodeSet { get; init; }
    public LegalForm? LegalForm { get; init; }
    public CompanyStatus? Status { get; init; }
    public RegistrationInformation? RegistrationInformation { get; init; }
    public GeneralCompanyData? GeneralCompanyData { get; init; }
    public Branches? Branches { get; init; }
}

internal sealed record CompanyNames(NamedOn? RegisteredName, NamedOn? PopularName);
internal sealed record NamedOn(string? Name);
internal sealed record Identifiers(string? RegistrationNumber, string? DunsNumber, string? VatNumber);
internal sealed record CompanyStatus(string? Value, PartialDate? Date);
internal sealed record RegistrationInformation(PartialDate? FoundationDate, PartialDate? EstablishmentDate, PartialDate? RegistrationDate);

/// <summary>Parts that are not known are left out.</summary>
internal sealed record PartialDate(int? Year, int? Month, int? Day);

/// <summary>Denmark's is one level down.</summary>
internal sealed record LegalForm(string? Code, string? Description, LegalForm? Current);

internal sealed record IndustryCodeSet
{
    public SniCodes? Sni2007IndustryCodes { get; init; }
    public NaceCodes? NaceCodes { get; init; }
}

internal sealed record SniCodes(IndustryCode? PrimaryIndustryCode);
internal sealed record NaceCodes(IndustryCode? PrimaryNaceCode);
internal sealed record IndustryCode(string? Code, string? Description);

internal sealed record GeneralCompanyData
{
    public string? EmployeeCount { get; init; }
    /// <summary>Finland has ranges.</summary>
    public string? EmployeeRange { get; init; }
    public bool? ActiveInVat { get; init; }
    public bool? RegisteredInVatList { get; init; }
    public bool? RegisteredInVat { get; init; }
}

internal sealed record ContactPoints
{
    public ElectronicContactPoints? ElectronicContactPoints { get; init; }
    public Address? VisitingAddress { get; init; }
    public Address? RegisteredAddress { get; init; }
    public Address? PostalAddress { get; init; }
}

internal sealed record ElectronicContactPoints(string?[]? EmailAddresses, PhoneNumber[]? PhoneNumbers, string?[]? WebAddresses);
internal sealed record PhoneNumber(string? FullNumber, string? AreaCode, string? NumberOnly);
internal sealed record Address(StreetAddress? StreetAddress, PostalOfficeBox? PostalOfficeBox);
internal sealed record StreetAddress(string? Street, string? PostalCode, string? Town, string? CountryCode);
internal sealed record PostalOfficeBox(string? BoxNumber, string? PostalCode, string? Town, string? CountryCode);

/// <summary>The list of branches is inside a member of the same name.</summary>
internal sealed record Branches([property: JsonPropertyName("branches")] Branch[]? List);

/// <summary>Sweden's and Denmark's have an address and an office number, Norway's two addresses and an organisation number.</summary>
internal sealed record Branch
{
    public string? Name { get; init; }
    public bool? HeadQuarter { get; init; }
    public string? OfficeNumber { get; init; }
    public string? RegistrationNumber { get; init; }
    public Identifiers? Identifiers { get; init; }
    public StreetAddress? Address { get; init; }
    public Address? VisitingAddress { get; init; }
    public Address? PostalAddress { get; init; }
    public string? EmployeeCount { get; init; }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(LooseText)], DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Question))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(ErrorAnswer))]
[JsonSerializable(typeof(FoundCompanies))]
[JsonSerializable(typeof(CompanyAnswer))]
internal sealed partial class BisnodeJson : JsonSerializerContext;
