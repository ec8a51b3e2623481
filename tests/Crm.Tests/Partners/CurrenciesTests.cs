namespace Crm.Tests.Partners;

public sealed class CurrenciesTests
{
    [Theory]
    [InlineData("SEK", 2)]
    [InlineData("NOK", 2)]
    [InlineData("DKK", 2)]
    [InlineData("EUR", 2)]
    [InlineData("USD", 2)]
    [InlineData("ISK", 0)]
    [InlineData("JPY", 0)]
    [InlineData("KRW", 0)]
    [InlineData("HUF", 2)]
    [InlineData("KWD", 3)]
    [InlineData("TND", 3)]
    [InlineData("CLF", 4)]
    [InlineData("UYW", 4)]
    [InlineData("XOF", 0)]
    [InlineData("XCG", 2)] // since 2025
    [InlineData("ZWG", 2)] // since 2024
    public void An_active_currency_has_its_minor_units(string code, int units)
    {
        Assert.True(Currencies.IsKnown(code));
        Assert.Equal(units, Currencies.MinorUnits(code));
    }

    [Theory]
    [InlineData("")]
    [InlineData("sek")]
    [InlineData("KR")]
    [InlineData("BGN")] // euro since 2026
    [InlineData("HRK")]
    [InlineData("ANG")]
    [InlineData("DEM")]
    [InlineData("XAU")]
    [InlineData("XXX")]
    public void Anything_else_is_unknown_and_has_no_minor_units(string code)
    {
        Assert.False(Currencies.IsKnown(code));
        Assert.Throws<ArgumentException>(() => Currencies.MinorUnits(code));
    }

    [Fact]
    public void There_are_165_currencies()
    {
        const string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

        Assert.Equal(165, (from a in letters from b in letters from c in letters select $"{a}{b}{c}").Count(Currencies.IsKnown));
    }
}
