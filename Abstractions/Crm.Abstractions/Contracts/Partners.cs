namespace Crm.Contracts;

/// <summary>What the Partners module tells others about partners.</summary>
public interface IPartners
{
    /// <summary>One partner that is not deleted; null = none.</summary>
    Task<PartnerBrief?> FindAsync(CompanyRef company, long number, CancellationToken ct);

    /// <summary>The names of some partners, deleted ones too.</summary>
    Task<IReadOnlyDictionary<long, string>> NamesAsync(CompanyRef company, IReadOnlyCollection<long> numbers, CancellationToken ct);

    /// <summary>Which of some partners are there and not deleted.</summary>
    Task<IReadOnlySet<long>> LiveAsync(CompanyRef company, IReadOnlyCollection<long> numbers, CancellationToken ct);

    /// <summary>What public registers know too, of some partners; those that are deleted are left out.</summary>
    Task<IReadOnlyList<PartnerFacts>> FactsAsync(CompanyRef company, IReadOnlyCollection<long> numbers, CancellationToken ct);

    /// <summary>The same of all partners that have an organisation number, in the order of their numbers, page by page.</summary>
    /// <param name="company">Whose.</param>
    /// <param name="countries">Only partners of these; empty = of all.</param>
    /// <param name="after">The last number of the page before; 0 = from the first.</param>
    /// <param name="most">How many at once.</param>
    /// <param name="ct">Cancels.</param>
    Task<IReadOnlyList<PartnerFacts>> RegisteredAsync(CompanyRef company, IReadOnlyCollection<string> countries, long after, int most, CancellationToken ct);

    /// <summary>The keys of the company's tags, those that are closed too.</summary>
    ValueTask<IReadOnlySet<string>> TagsAsync(CompanyRef company, CancellationToken ct);

    /// <summary>The partners, not deleted ones, that have some organisation numbers, of whatever country; several may share one.</summary>
    /// <param name="company">In which company.</param>
    /// <param name="organisationNumbers">In any spelling.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Partner numbers by the organisation numbers as they were given.</returns>
    Task<ILookup<string, long>> WithOrganisationNumbersAsync(CompanyRef company, IReadOnlyCollection<string> organisationNumbers, CancellationToken ct);
}

/// <summary>A partner in a few words.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Owner">Its main owner's user id; null = none.</param>
public sealed record PartnerBrief(long Number, string Name, string? Owner);

/// <summary>What public registers know of a partner too. Null = not known.</summary>
public sealed record PartnerFacts
{
    /// <summary>Its number.</summary>
    public required long Number { get; init; }
    /// <summary>The version that its ETag shows.</summary>
    public required long Version { get; init; }
    /// <summary>Its name.</summary>
    public required string Name { get; init; }
    /// <summary>ISO 3166-1 alpha-2 of the VAT registration.</summary>
    public required string Country { get; init; }
    /// <summary>In the form of the country.</summary>
    public string? OrganisationNumber { get; init; }
    /// <summary>With the country.</summary>
    public string? VatNumber { get; init; }
    /// <summary>As a register or a person wrote it.</summary>
    public string? LegalForm { get; init; }
    /// <summary>How many people work there.</summary>
    public int? Employees { get; init; }
    /// <summary>Address of the website.</summary>
    public string? Website { get; init; }
    /// <summary>Telephone number.</summary>
    public string? Phone { get; init; }
    /// <summary>E-mail address of the firm.</summary>
    public string? Email { get; init; }
    /// <summary>Where the firm is.</summary>
    public AddressFacts? Visiting { get; init; }
    /// <summary>Where letters go.</summary>
    public AddressFacts? Postal { get; init; }
}

/// <summary>An address; null = not known.</summary>
/// <param name="Street">Street and number, and what else stands above the town.</param>
/// <param name="PostalCode">As the country writes it.</param>
/// <param name="City">Town.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
public sealed record AddressFacts(string? Street, string? PostalCode, string? City, string? Country);
