namespace Crm.Plugins;

/// <summary>What a register tells about a company. Null = the register does not tell; an empty text or list never stands for that.</summary>
public sealed record RegisterCompany
{
    /// <summary>As the CRM stores it: digits only, Finnish ones with their hyphen.</summary>
    public required string OrganisationNumber { get; init; }

    /// <summary>The registered name.</summary>
    public required string Name { get; init; }

    /// <summary>Where it is registered: ISO 3166-1 alpha-2.</summary>
    public required string Country { get; init; }

    /// <summary>With its country's prefix, such as <c>DK10150817</c>; null where it is not registered for VAT or the register does not tell.</summary>
    public string? VatNumber { get; init; }

    /// <summary>True or false = the register tells; null = it does not.</summary>
    public bool? IsVatRegistered { get; init; }

    /// <summary>In the register's words, such as <c>Anpartsselskab</c>.</summary>
    public string? LegalForm { get; init; }

    /// <summary>Where it is; the registered or business address.</summary>
    public PostalAddress? Visiting { get; init; }

    /// <summary>Where its post goes, when another.</summary>
    public PostalAddress? Postal { get; init; }

    /// <summary>The main industry.</summary>
    public RegisterIndustry? Industry { get; init; }

    /// <summary>The number of employees, where the register has a number.</summary>
    public int? Employees { get; init; }

    /// <summary>The range of employees where the register has no number, such as <c>10-19</c>.</summary>
    public string? EmployeeRange { get; init; }

    /// <summary>As the register writes it.</summary>
    public string? Phone { get; init; }

    /// <summary>A general address of the company, no person's.</summary>
    public string? Email { get; init; }

    /// <summary>Without a scheme where the register has none.</summary>
    public string? Website { get; init; }

    /// <summary>True = it must not be contacted for marketing (Denmark: reklamebeskyttelse, Sweden: reklamspärr); null = the register does not tell.</summary>
    public bool? NoMarketing { get; init; }

    /// <summary>When it was founded or first registered.</summary>
    public DateOnly? RegisteredOn { get; init; }

    /// <summary>When it ceased; null = it has not.</summary>
    public DateOnly? CeasedOn { get; init; }

    /// <summary>Bankruptcy, liquidation and the like in the register's words; null = nothing of the kind is known.</summary>
    public string? Trouble { get; init; }
}

/// <summary>An industry. Codes of different systems are never compared: all Nordic ones are being replaced in 2025 and 2026.</summary>
public sealed record RegisterIndustry
{
    /// <summary>The code system, such as <c>DB25</c>, <c>SN2025</c>, <c>TOL2025</c>; null = the register does not say which.</summary>
    public string? System { get; init; }

    /// <summary>The code, leading zeros kept.</summary>
    public required string Code { get; init; }

    /// <summary>What it means, in the register's language.</summary>
    public string? Text { get; init; }
}

/// <summary>A place of business under a company.</summary>
public sealed record RegisterBranch
{
    /// <summary>Its own number: a Norwegian organisation number of a sub-unit, a Danish P-number.</summary>
    public required string Number { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Where it is.</summary>
    public PostalAddress? Address { get; init; }

    /// <summary>Its industry.</summary>
    public RegisterIndustry? Industry { get; init; }

    /// <summary>The number of employees there.</summary>
    public int? Employees { get; init; }

    /// <summary>Its own telephone.</summary>
    public string? Phone { get; init; }

    /// <summary>A general address of the place, no person's.</summary>
    public string? Email { get; init; }

    /// <summary>True = the company's main place.</summary>
    public bool IsMain { get; init; }
}

/// <summary>A page of changes.</summary>
public sealed record RegisterChanges
{
    /// <summary>The organisation numbers that changed, in order; one may come twice. Up to 10,000.</summary>
    public required string[] OrganisationNumbers { get; init; }

    /// <summary>Where to go on.</summary>
    public required string Cursor { get; init; }

    /// <summary>True = there are more at once.</summary>
    public required bool HasMore { get; init; }
}
