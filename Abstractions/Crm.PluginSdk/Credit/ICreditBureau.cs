namespace Crm.Plugins;

/// <summary>Capability <c>creditBureau</c>: a bureau's rating and limit for a company. Reports cost money: nothing but a person's explicit wish leads to <see cref="ReportAsync"/>.</summary>
public interface ICreditBureau
{
    /// <summary>Finds a company at the bureau; free of charge.</summary>
    /// <returns>Up to 20 matches, best first.</returns>
    /// <exception cref="PluginException">The bureau cannot be asked.</exception>
    ValueTask<CreditMatch[]> FindAsync(IPluginCall call, CreditQuery query, CancellationToken ct);

    /// <summary>Orders a report. Charged.</summary>
    /// <param name="call">The company that pays.</param>
    /// <param name="companyId">The bureau's own identifier, <see cref="CreditMatch.Id"/>.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Null when the bureau has no report on the company.</returns>
    /// <exception cref="PluginException">The bureau cannot be asked.</exception>
    ValueTask<CreditReport?> ReportAsync(IPluginCall call, string companyId, CancellationToken ct);

    /// <summary>Begins or ends watching a company, where the bureau offers it; doing it twice is doing it once.</summary>
    /// <exception cref="PluginException"><see cref="PluginErrorKind.Unsupported"/> where it does not.</exception>
    ValueTask WatchAsync(IPluginCall call, string companyId, bool watch, CancellationToken ct) =>
        throw new PluginException(PluginErrorKind.Unsupported, "This bureau does not watch companies.");

    /// <summary>What happened to watched companies, page by page.</summary>
    /// <exception cref="PluginException"><see cref="PluginErrorKind.Unsupported"/> where the bureau does not watch companies.</exception>
    ValueTask<CreditEvents> EventsAsync(IPluginCall call, string? cursor, CancellationToken ct) =>
        throw new PluginException(PluginErrorKind.Unsupported, "This bureau does not watch companies.");
}

/// <summary>Which company is looked for.</summary>
public sealed record CreditQuery
{
    /// <summary>ISO 3166-1 alpha-2.</summary>
    public required string Country { get; init; }

    /// <summary>Digits only, Finnish ones with their hyphen; null = by name.</summary>
    public string? OrganisationNumber { get; init; }

    /// <summary>The name; null = by number.</summary>
    public string? Name { get; init; }
}

/// <summary>A company at the bureau.</summary>
public sealed record CreditMatch
{
    /// <summary>The bureau's own identifier, opaque.</summary>
    public required string Id { get; init; }

    /// <summary>Its name there.</summary>
    public required string Name { get; init; }

    /// <summary>Its organisation number; null = not told.</summary>
    public string? OrganisationNumber { get; init; }

    /// <summary>Where it is; null = not told.</summary>
    public string? City { get; init; }

    /// <summary>False = it no longer exists; null = not told.</summary>
    public bool? IsActive { get; init; }
}

/// <summary>A bureau's opinion on a day.</summary>
public sealed record CreditReport
{
    /// <summary>The bureau's own identifier of the company.</summary>
    public required string CompanyId { get; init; }

    /// <summary>When the bureau made it.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>From A (best) to E in the bureau's international scale; null = not rated.</summary>
    public string? Rating { get; init; }

    /// <summary>In the bureau's own words.</summary>
    public string? RatingText { get; init; }

    /// <summary>In the bureau's own scale, such as <c>72</c> of 100.</summary>
    public string? LocalScore { get; init; }

    /// <summary>The credit that the bureau recommends at most; null = none is told, which is not 0.</summary>
    public MoneyAmount? Limit { get; init; }

    /// <summary>Payment remarks, debts at the enforcement authority and the like, one sentence each.</summary>
    public string[] Remarks { get; init; } = [];
}

/// <summary>A page of what happened to watched companies.</summary>
public sealed record CreditEvents
{
    /// <summary>In order; one may come twice.</summary>
    public required CreditEvent[] Items { get; init; }

    /// <summary>Where to go on.</summary>
    public required string Cursor { get; init; }

    /// <summary>True = there are more at once.</summary>
    public required bool HasMore { get; init; }
}

/// <summary>Something happened to a watched company.</summary>
public sealed record CreditEvent
{
    /// <summary>The bureau's own identifier of the event, for telling repeats.</summary>
    public required string Id { get; init; }

    /// <summary>The company.</summary>
    public required string CompanyId { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What, in the bureau's words.</summary>
    public required string Text { get; init; }
}
