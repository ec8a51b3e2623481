using System.Text.Json.Serialization;

namespace Crm.Plugins.Ytj;

// The register's answers, as far as they are used. Everything may be absent, null or "".

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowReadingFromString, Converters = [typeof(LooseText)])]
[JsonSerializable(typeof(CompanyPage))]
internal sealed partial class YtjJson : JsonSerializerContext;

internal sealed record CompanyPage
{
    public long TotalResults { get; init; }
    public Company[]? Companies { get; init; }
}

internal sealed record Company
{
    public Dated? BusinessId { get; init; }
    public Dated[]? Names { get; init; }
    public Coded? MainBusinessLine { get; init; }
    public Site? Website { get; init; }
    public Coded[]? CompanyForms { get; init; }
    public Coded[]? CompanySituations { get; init; }
    public Coded[]? RegisteredEntries { get; init; }
    public Address[]? Addresses { get; init; }
    public string? RegistrationDate { get; init; }
    public string? EndDate { get; init; }
}

/// <summary>A business ID or a name, and from when to when it counts.</summary>
internal sealed record Dated
{
    public string? Value { get; init; }
    public string? Name { get; init; }
    /// <summary>Of a name: 1 the company's, 2 parallel, 3 auxiliary.</summary>
    public string? Type { get; init; }
    public int? Version { get; init; }
    public string? RegistrationDate { get; init; }
    public string? EndDate { get; init; }
}

/// <summary>A code with its words in three languages: an industry, a legal form, a situation, an entry in a register.</summary>
internal sealed record Coded
{
    public string? Type { get; init; }
    public string? TypeCodeSet { get; init; }
    public string? Register { get; init; }
    public Words[]? Descriptions { get; init; }
    public int? Version { get; init; }
    public string? RegistrationDate { get; init; }
    public string? EndDate { get; init; }
}

internal sealed record Words
{
    public string? LanguageCode { get; init; }
    public string? Description { get; init; }
}

internal sealed record Site
{
    public string? Url { get; init; }
}

internal sealed record Address
{
    /// <summary>1 street, 2 postal.</summary>
    public string? Type { get; init; }
    public string? Street { get; init; }
    public string? BuildingNumber { get; init; }
    public string? Entrance { get; init; }
    public string? ApartmentNumber { get; init; }
    public string? ApartmentIdSuffix { get; init; }
    public string? PostOfficeBox { get; init; }
    public string? Co { get; init; }
    public string? FreeAddressLine { get; init; }
    public string? PostCode { get; init; }
    public PostOffice[]? PostOffices { get; init; }
    public string? Country { get; init; }
}

internal sealed record PostOffice
{
    public string? City { get; init; }
    public string? LanguageCode { get; init; }
}
