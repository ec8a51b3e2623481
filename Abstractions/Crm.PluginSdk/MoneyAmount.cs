namespace Crm.Plugins;

/// <summary>An amount with its currency.</summary>
public sealed record MoneyAmount
{
    /// <summary>Exact, with up to four decimals.</summary>
    public required decimal Value { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }
}
