using System.Globalization;

namespace Crm.Tests.Core;

public sealed class MoneyTests
{
    [Theory]
    [InlineData("10.005", "SEK", "10.01")]
    [InlineData("-10.005", "SEK", "-10.01")]
    [InlineData("10.5", "ISK", "11")]
    [InlineData("10.4999", "JPY", "10")]
    [InlineData("10.0005", "KWD", "10.001")]
    public void Rounds_to_the_minor_unit_away_from_zero(string amount, string currency, string rounded) =>
        Assert.Equal(Of(rounded), new Money(Of(amount), currency).Rounded().Amount);

    [Theory]
    [InlineData("0", "SEK", null)]
    [InlineData("99999999999.9999", "EUR", null)]
    [InlineData("-99999999999.9999", "EUR", null)]
    [InlineData("100000000000", "EUR", "at most")]
    [InlineData("0.00001", "EUR", "four decimals")]
    [InlineData("1", "EURO", "ISO 4217")]
    [InlineData("1", "eur", "ISO 4217")]
    [InlineData("1", null, "ISO 4217")]
    public void Says_what_is_wrong_with_an_amount(string amount, string? currency, string? words)
    {
        var problem = Money.Problem(Of(amount), currency);
        if (words is null) Assert.Null(problem);
        else Assert.Contains(words, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1000.01", 10_000_100)]
    [InlineData("-0.0001", -1)]
    [InlineData("99999999999.9999", 999_999_999_999_999)]
    public void Columns_hold_ten_thousandths(string amount, long stored) => Assert.Equal(stored, new Money(Of(amount), "SEK").TenThousandths);

    private static decimal Of(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
