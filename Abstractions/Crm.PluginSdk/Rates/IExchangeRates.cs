namespace Crm.Plugins;

/// <summary>Capability <c>rates</c>: what currencies are worth, day by day, by one source such as a central bank.</summary>
public interface IExchangeRates
{
    /// <summary>The rates of a day and of all days after it, as far back as the source tells. Asked some times a day for the days that the CRM does not have yet.</summary>
    /// <param name="call">The company that asks.</param>
    /// <param name="from">The first day that is wanted.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The oldest first. A day on which the source tells nothing is left out; an empty array when there is none yet.</returns>
    /// <exception cref="PluginException">The source cannot be asked.</exception>
    ValueTask<DayRates[]> RatesAsync(IPluginCall call, DateOnly from, CancellationToken ct);
}

/// <summary>The rates of one day.</summary>
public sealed record DayRates
{
    /// <summary>The day that they are of, by the source.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>What all of them are told in: ISO 4217.</summary>
    public required string Base { get; init; }

    /// <summary>One for each currency; without the base itself.</summary>
    public required CurrencyRate[] Rates { get; init; }
}

/// <summary>What a currency is worth.</summary>
public sealed record CurrencyRate
{
    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>How much of it one unit of the base is worth; above 0.</summary>
    public required decimal Units { get; init; }
}
