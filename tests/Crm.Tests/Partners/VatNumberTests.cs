using Crm.Partners;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Tests.Partners;

[Trait("Requirement", "R19")]
public sealed class VatNumberTests
{
    [Theory]
    [MemberData(nameof(NordicCompanies.Data), MemberType = typeof(NordicCompanies))]
    public void A_real_companys_VAT_number_follows_from_its_organisation_number(string country, string number)
    {
        var digits = number.Replace("-", "", StringComparison.Ordinal);
        var vat = country switch { "SE" => $"SE{digits}01", "NO" => $"{digits}MVA", _ => country + digits };

        Assert.Equal(NumberCheck.Accept(vat), VatNumber.Check(country, vat));
    }

    [Theory]
    [InlineData("SE", "SE 556016-0680 01", "SE556016068001")]
    [InlineData("SE", "556016068001", "SE556016068001")]
    [InlineData("SE", "se556016068002", "SE556016068002")]
    [InlineData("SE", "SE811218987601", "SE811218987601")]
    [InlineData("NO", "NO 943 753 709 MVA", "943753709MVA")]
    [InlineData("NO", "943.753.709 mva", "943753709MVA")]
    [InlineData("DK", "DK-28 50 47 99", "DK28504799")]
    [InlineData("DK", "28504799", "DK28504799")]
    [InlineData("FI", "FI 1927400-1", "FI19274001")]
    [InlineData("FI", "1927400-1", "FI19274001")]
    [InlineData("DE", "DE 123 456 789", "DE123456789")]
    [InlineData("DE", "123456789", "DE123456789")]
    [InlineData("GR", "el123456789", "EL123456789")]
    public void Other_ways_of_writing_give_the_same_form(string country, string text, string expected) =>
        Assert.Equal(NumberCheck.Accept(expected), VatNumber.Check(country, text));

    [Theory]
    [InlineData("AT", "ATU12345678")]
    [InlineData("BE", "BE0123456789")]
    [InlineData("BE", "BE1123456789")]
    [InlineData("BG", "BG123456789")]
    [InlineData("BG", "BG1234567890")]
    [InlineData("CY", "CY12345678X")]
    [InlineData("CZ", "CZ12345678")]
    [InlineData("CZ", "CZ1234567890")]
    [InlineData("DE", "DE123456789")]
    [InlineData("EE", "EE123456789")]
    [InlineData("ES", "ESX1234567X")]
    [InlineData("ES", "ESA12345678")]
    [InlineData("ES", "ES12345678Z")]
    [InlineData("FR", "FR12345678901")]
    [InlineData("FR", "FRXX123456789")]
    [InlineData("GR", "EL123456789")]
    [InlineData("HR", "HR12345678901")]
    [InlineData("HU", "HU12345678")]
    [InlineData("IE", "IE1234567A")]
    [InlineData("IE", "IE1234567WA")]
    [InlineData("IE", "IE1S23456L")]
    [InlineData("IE", "IE1+23456L")]
    [InlineData("IT", "IT12345678901")]
    [InlineData("LT", "LT123456789")]
    [InlineData("LT", "LT123456789012")]
    [InlineData("LU", "LU12345678")]
    [InlineData("LV", "LV12345678901")]
    [InlineData("MT", "MT12345678")]
    [InlineData("NL", "NL123456789B01")]
    [InlineData("PL", "PL1234567890")]
    [InlineData("PT", "PT123456789")]
    [InlineData("RO", "RO12")]
    [InlineData("RO", "RO1234567890")]
    [InlineData("SI", "SI12345678")]
    [InlineData("SK", "SK1234567890")]
    [InlineData("GB", "GB123456789")]
    [InlineData("GB", "XI123456789")]
    [InlineData("CH", "CHE123456789MWST")]
    public void A_number_of_the_right_form_is_accepted(string country, string number) =>
        Assert.Equal(NumberCheck.Accept(number), VatNumber.Check(country, number));

    [Theory]
    [InlineData("SE", "SE5560160680")]
    [InlineData("SE", "SE556016068101")]
    [InlineData("SE", "SE556016068000")]
    [InlineData("SE", "SE811318987301")]
    [InlineData("NO", "943753709")]
    [InlineData("NO", "943753708MVA")]
    [InlineData("DK", "DK2850479")]
    [InlineData("DK", "DK08504799")]
    [InlineData("DK", "SE28504799")]
    [InlineData("FI", "FI19274002")]
    [InlineData("FI", "FI1120389")]
    [InlineData("AT", "AT12345678")]
    [InlineData("BE", "BE123456789")]
    [InlineData("BE", "BE2123456789")]
    [InlineData("DE", "DE12345678")]
    [InlineData("DE", "FR123456789")]
    [InlineData("DE", "")]
    [InlineData("ES", "ES123456789")]
    [InlineData("FR", "FRIO123456789")]
    [InlineData("GR", "GR123456789")]
    [InlineData("IE", "IE12345678")]
    [InlineData("NL", "NL123456789A01")]
    [InlineData("RO", "RO1")]
    [InlineData("RO", "RO12345678901")]
    [InlineData("GB", "")]
    [InlineData("GB", " - ")]
    [InlineData("GB", "GB12345678901234567890123456789012345678901")]
    public void A_wrong_number_is_refused_with_a_sentence(string country, string text)
    {
        var check = VatNumber.Check(country, text);

        Assert.Null(check.Value);
        Assert.EndsWith(".", check.Problem);
    }

    [Fact]
    public void A_Norwegian_organisation_number_without_MVA_is_told_the_cure() =>
        Assert.Contains("and MVA", VatNumber.Check("NO", "943753709").Problem);

    [Fact]
    public void A_Greek_number_is_told_that_the_prefix_is_EL() =>
        Assert.Equal("A VAT number of this country is EL and then 9 digits.", VatNumber.Check("GR", "GR123456789").Problem);

    [Fact]
    public void A_Danish_number_with_an_odd_check_digit_is_accepted_with_a_warning()
    {
        var check = VatNumber.Check("DK", "DK23456789");

        Assert.Equal("DK23456789", check.Value);
        Assert.NotNull(check.Warning);
    }

    [Fact]
    public void Every_member_state_has_a_form_of_its_own()
    {
        // A lone letter fits no form of a member state, but would pass as a number of a country outside the table.
        string[] states = [.. from a in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" from b in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" let code = $"{a}{b}" where Countries.IsEu(code) select code];

        Assert.Equal(27, states.Length);
        Assert.All(states, state => Assert.NotNull(VatNumber.Check(state, "Q").Problem));
    }

    [Fact]
    public void No_text_makes_it_throw_and_an_accepted_number_is_accepted_again_unchanged() =>
        Prop.ForAll(HostileText.Countries, HostileText.Texts, (country, text) =>
        {
            var check = VatNumber.Check(country, text);
            return (check.Value is null) == (check.Problem is not null) && (check.Value is null || VatNumber.Check(country, check.Value) == check);
        }).QuickCheckThrowOnFailure();
}
