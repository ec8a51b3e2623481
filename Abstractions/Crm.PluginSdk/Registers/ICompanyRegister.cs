namespace Crm.Plugins;

/// <summary>Capability <c>companyRegister</c>: looks companies up in a public register or a business directory.</summary>
public interface ICompanyRegister
{
    /// <summary>Companies whose name begins with or is like a text, best first; or the one whose organisation number it is. Asked while a person types, so it is one quick request.</summary>
    /// <param name="call">The company that asks.</param>
    /// <param name="query">What is looked for.</param>
    /// <param name="ct">Cancelled when the person has typed on.</param>
    /// <returns>Up to <see cref="RegisterQuery.Limit"/> hits; an empty array when there are none.</returns>
    /// <exception cref="PluginException">The register cannot be asked.</exception>
    ValueTask<RegisterHit[]> SearchAsync(IPluginCall call, RegisterQuery query, CancellationToken ct);

    /// <summary>All that the register tells about one company.</summary>
    /// <param name="call">The company that asks.</param>
    /// <param name="country">ISO 3166-1 alpha-2, such as <c>NO</c>; one of those in <c>plugin.json</c>.</param>
    /// <param name="organisationNumber">As stored in the CRM: digits only, Finnish ones with their hyphen.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Null when the register does not know the number. A company that has ceased is answered with <see cref="RegisterCompany.CeasedOn"/>.</returns>
    /// <exception cref="PluginException">The register cannot be asked.</exception>
    ValueTask<RegisterCompany?> GetAsync(IPluginCall call, string country, string organisationNumber, CancellationToken ct);

    /// <summary>The places of business under one company (sub-units, production units), without those that have ceased.</summary>
    /// <param name="call">The company that asks.</param>
    /// <param name="country">ISO 3166-1 alpha-2.</param>
    /// <param name="organisationNumber">Of the company above them.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Up to 500; an empty array where the register has none or does not tell.</returns>
    /// <exception cref="PluginException">The register cannot be asked.</exception>
    ValueTask<RegisterBranch[]> BranchesAsync(IPluginCall call, string country, string organisationNumber, CancellationToken ct) => ValueTask.FromResult(Array.Empty<RegisterBranch>());

    /// <summary>The organisation numbers that changed since a place in the register's own order of changes; asked page by page until there is no more.</summary>
    /// <param name="call">The company that asks.</param>
    /// <param name="cursor">What the page before answered; null = from now on, which answers a cursor and no numbers.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="PluginException"><see cref="PluginErrorKind.Unsupported"/> where the register has no such feed: the CRM then reads its known companies one by one.</exception>
    ValueTask<RegisterChanges> ChangesSinceAsync(IPluginCall call, string? cursor, CancellationToken ct) =>
        throw new PluginException(PluginErrorKind.Unsupported, "This register has no feed of changes.");
}

/// <summary>What is looked for.</summary>
public sealed record RegisterQuery
{
    /// <summary>What the person typed, trimmed: 2 to 200 characters of a name, or an organisation number in any spelling.</summary>
    public required string Text { get; init; }

    /// <summary>ISO 3166-1 alpha-2; one of those in <c>plugin.json</c>.</summary>
    public required string Country { get; init; }

    /// <summary>How many hits are wanted, 1 to 50.</summary>
    public int Limit { get; init; } = 20;
}

/// <summary>One line to choose from.</summary>
public sealed record RegisterHit
{
    /// <summary>As the CRM stores it: digits only, Finnish ones with their hyphen.</summary>
    public required string OrganisationNumber { get; init; }

    /// <summary>The registered name.</summary>
    public required string Name { get; init; }

    /// <summary>Where it is; null = the register does not tell in a list.</summary>
    public string? City { get; init; }

    /// <summary>Its legal form in the register's words, such as <c>Aksjeselskap</c>; null = not told.</summary>
    public string? LegalForm { get; init; }

    /// <summary>When it ceased; null = it has not, as far as the list tells.</summary>
    public DateOnly? CeasedOn { get; init; }

    /// <summary>Bankruptcy, an end without a day and the like in the register's words; null = nothing of the kind is told in a list.</summary>
    public string? Trouble { get; init; }
}
