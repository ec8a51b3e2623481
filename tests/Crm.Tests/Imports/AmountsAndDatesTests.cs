using System.Globalization;
using Crm.Imports;

namespace Crm.Tests.Importing;

public sealed class AmountsAndDatesTests
{
    [Theory]
    [InlineData("1 050 000,50", "1050000.50")]
    [InlineData("1\u00A0050\u00A0000,50", "1050000.50")]
    [InlineData("1\u202F050\u202F000,50", "1050000.50")]
    [InlineData("1.050.000,50", "1050000.50")]
    [InlineData("1'050'000,50", "1050000.50")]
    [InlineData("1’050’000,50", "1050000.50")]
    [InlineData("1050000,5", "1050000.5")]
    [InlineData("1.050", "1050")]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("007", "7")]
    [InlineData("0,125", "0.125")]
    [InlineData(",5", "0.5")]
    [InlineData(" 12 ", "12")]
    [InlineData("+12", "12")]
    [InlineData("-12,5", "-12.5")]
    [InlineData("- 12,5", "-12.5")]
    [InlineData("\u221212,5", "-12.5")]
    [InlineData("12,5-", "-12.5")]
    [InlineData("12,5\u2212", "-12.5")]
    [InlineData("(1 012,5)", "-1012.5")]
    [InlineData("9999999999999999999999999999", "9999999999999999999999999999")]
    public void Reads_amounts_with_a_decimal_comma(string text, string amount)
    {
        Assert.Equal(amount, Amounts.Parse(text, decimalComma: true, out var problem)?.ToString(CultureInfo.InvariantCulture));
        Assert.Null(problem);
    }

    [Theory]
    [InlineData("1,050,000.50", "1050000.50")]
    [InlineData("1 050 000.50", "1050000.50")]
    [InlineData("1’050’000.50", "1050000.50")]
    [InlineData("1,050", "1050")]
    [InlineData("1.050", "1.050")]
    [InlineData("(.5)", "-0.5")]
    public void Reads_amounts_with_a_decimal_point(string text, string amount) =>
        Assert.Equal(amount, Amounts.Parse(text, decimalComma: false, out _)?.ToString(CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("12,3.4,5")]
    [InlineData("1,2,3")]
    [InlineData("1050.50")]          // a decimal point where a comma is used: 105050 would be a silent error of a factor of 100
    [InlineData("0.125")]
    [InlineData("1.05.000")]
    [InlineData("1 050.000,5")]      // two kinds of marks
    [InlineData("10500 000")]
    [InlineData("1  050")]
    [InlineData("12,")]
    [InlineData(",")]
    [InlineData("-")]
    [InlineData("()")]
    [InlineData("-12-")]
    [InlineData("(-12)")]
    [InlineData("(12")]
    [InlineData("12 SEK")]
    [InlineData("kr 12")]
    [InlineData("12 %")]
    [InlineData("1e5")]
    [InlineData("١٢")]
    [InlineData("12\n13")]
    [InlineData("99999999999999999999999999999")]
    [InlineData("0,00000000000000000000000000001")]
    public void Refuses_what_is_ambiguous_or_no_amount(string text)
    {
        var amount = Amounts.Parse(text, decimalComma: true, out var problem);
        Assert.True(amount is null && problem is not null, $"{text} was read as {amount}");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \u00A0")]
    public void Blank_is_no_amount_and_no_date_and_no_problem(string text)
    {
        Assert.Null(Amounts.Parse(text, decimalComma: true, out var problem));
        Assert.Null(problem);
        Assert.Null(Dates.Parse(text, out problem));
        Assert.Null(problem);
    }

    [Theory]
    [InlineData("2026-03-07")]
    [InlineData("07.03.2026")]
    [InlineData("7.3.2026")]
    [InlineData("07-03-2026")]
    [InlineData("07/03/2026")]
    [InlineData("20260307")]
    [InlineData(" 2026-03-07 ")]
    public void Reads_dates_day_first(string text) => Assert.Equal(new DateOnly(2026, 3, 7), Dates.Parse(text, out _));

    [Theory]
    [InlineData("2026-13-01")]
    [InlineData("03/27/2026")]
    [InlineData("29.02.2026")]
    [InlineData("7/3/2026")]
    [InlineData("07.03.26")]
    [InlineData("2026-03-07T00:00:00")]
    [InlineData("24256790")]
    [InlineData("7 March 2026")]
    [InlineData("46088")]
    public void Refuses_other_dates(string text)
    {
        Assert.Null(Dates.Parse(text, out var problem));
        Assert.Contains(text, problem, StringComparison.Ordinal);
    }
}
