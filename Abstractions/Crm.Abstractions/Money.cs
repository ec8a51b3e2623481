using System.Text.Json.Serialization;

namespace Crm;

/// <summary>An amount of money. Never a float, never without a currency.</summary>
/// <param name="Amount">In the currency's main unit; at most 99,999,999,999.9999 in size, with up to four decimals.</param>
/// <param name="Currency">ISO 4217 code.</param>
public sealed record Money(decimal Amount, string Currency)
{
    /// <summary>The largest amount that is taken, in any currency: beyond it lies a typing mistake.</summary>
    public const decimal Limit = 99_999_999_999.9999m;

    /// <summary>The amount as whole ten-thousandths, as list columns store it.</summary>
    [JsonIgnore]
    public long TenThousandths => (long)(Amount * 10_000m);

    /// <summary>Rounds to the currency's minor unit, midpoint away from zero (the rule for weighted values, A11).</summary>
    public Money Rounded() => this with { Amount = decimal.Round(Amount, Currencies.MinorUnits(Currency), MidpointRounding.AwayFromZero) };

    /// <summary>Says what is wrong with an amount that someone typed; null = nothing.</summary>
    public static string? Problem(decimal amount, string? currency) =>
        currency is null || !Currencies.IsKnown(currency) ? "The currency is an ISO 4217 code such as SEK."
        : Math.Abs(amount) > Limit ? $"An amount is at most {Limit}."
        : decimal.Round(amount, 4) != amount ? "An amount has at most four decimals."
        : null;
}
