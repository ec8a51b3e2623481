namespace Crm.Tests.Partners;

public sealed class CountriesTests
{
    private static readonly string[] AllCodes =
        [.. from a in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" from b in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" select $"{a}{b}"];

    [Fact]
    public void There_are_249_countries_and_27_of_them_are_in_the_EU()
    {
        Assert.Equal(249, AllCodes.Count(Countries.IsKnown));
        Assert.Equal(27, AllCodes.Count(Countries.IsEu));
        Assert.All(AllCodes.Where(Countries.IsEu), code => Assert.True(Countries.IsKnown(code)));
    }

    [Theory]
    [InlineData("SE", true)]
    [InlineData("DK", true)]
    [InlineData("FI", true)]
    [InlineData("GR", true)]
    [InlineData("HR", true)]
    [InlineData("NO", false)]
    [InlineData("IS", false)]
    [InlineData("GB", false)]
    [InlineData("FO", false)]
    [InlineData("AX", false)]
    public void A_country_is_known_and_in_the_EU_or_not(string code, bool eu)
    {
        Assert.True(Countries.IsKnown(code));
        Assert.Equal(eu, Countries.IsEu(code));
    }

    [Theory]
    [InlineData("")]
    [InlineData("se")]
    [InlineData("SWE")]
    [InlineData("XK")]
    [InlineData("EL")]
    [InlineData("EU")]
    [InlineData("UK")]
    [InlineData("AN")]
    [InlineData("ZZ")]
    public void Anything_else_is_unknown(string code)
    {
        Assert.False(Countries.IsKnown(code));
        Assert.False(Countries.IsEu(code));
    }
}
