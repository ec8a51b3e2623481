using Crm.Partners;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Tests.Partners;

[Trait("Requirement", "R19")]
public sealed class OrganisationNumberTests
{
    [Theory]
    [MemberData(nameof(NordicCompanies.Data), MemberType = typeof(NordicCompanies))]
    public void A_real_company_is_accepted_in_the_form_its_register_writes(string country, string number) =>
        Assert.Equal(NumberCheck.Accept(number), OrganisationNumber.Check(country, number));

    [Theory]
    [InlineData("SE", "5560160680", "556016-0680")]
    [InlineData("SE", " 556016 - 0680 ", "556016-0680")]
    [InlineData("SE", "556016–0680", "556016-0680")]
    [InlineData("SE", "165560160680", "556016-0680")]
    [InlineData("SE", "16556016-0680", "556016-0680")]
    [InlineData("SE", "se 556016-0680", "556016-0680")]
    [InlineData("SE", "\u200E556016\u00A00680", "556016-0680")]
    [InlineData("SE", "212000-0142", "212000-0142")]
    [InlineData("SE", "1234567897", "123456-7897")]
    [InlineData("NO", "943 753 709", "943753709")]
    [InlineData("NO", "NO 943 753 709 MVA", "943753709")]
    [InlineData("NO", "943753709mva", "943753709")]
    [InlineData("NO", "123456785", "123456785")]
    [InlineData("DK", "DK 28 50 47 99", "28504799")]
    [InlineData("DK", "13-74-81-36", "13748136")]
    [InlineData("FI", "19274001", "1927400-1")]
    [InlineData("FI", "FI-19274001", "1927400-1")]
    [InlineData("FI", "112038-9", "0112038-9")]
    [InlineData("FI", "1120389", "0112038-9")]
    public void Other_ways_of_writing_give_the_same_form(string country, string text, string expected) =>
        Assert.Equal(NumberCheck.Accept(expected), OrganisationNumber.Check(country, text));

    [Theory]
    [InlineData("811218-9876")] // the personal number of examples, born on 18 December
    [InlineData("811218+9876")]
    [InlineData("19811218-9876")]
    [InlineData("198112189876")]
    public void A_Swedish_sole_trader_has_a_personal_number(string text) =>
        Assert.Equal("811218-9876", OrganisationNumber.Check("SE", text).Value);

    [Fact]
    public void A_Swedish_co_ordination_number_has_60_added_to_the_day() =>
        Assert.Equal("701063-2391", OrganisationNumber.Check("SE", "701063-2391").Value);

    [Theory]
    [InlineData("SE", "")]
    [InlineData("SE", "556016-068")]
    [InlineData("SE", "556016-06800")]
    [InlineData("SE", "556016-0681")]
    [InlineData("SE", "0000000000")]
    [InlineData("SE", "SE556016068001")]
    [InlineData("SE", "811318-9873")] // month 13, Luhn fits
    [InlineData("SE", "811232-9878")] // day 32, Luhn fits
    [InlineData("SE", "16811218-9876")] // 16 before a person
    [InlineData("SE", "195560160680")] // 19 before a legal person
    [InlineData("SE", "٥٥٦٠١٦٠٦٨٠")]
    [InlineData("SE", "556016/0680")]
    [InlineData("NO", "943753708")]
    [InlineData("NO", "94375370")]
    [InlineData("NO", "9437537090")]
    [InlineData("NO", "000000000")]
    [InlineData("NO", "10000000-")] // the check digit would be 10
    [InlineData("NO", "SE943753709")]
    [InlineData("DK", "2850479")]
    [InlineData("DK", "285047990")]
    [InlineData("DK", "08504799")]
    [InlineData("DK", "NO28504799")]
    [InlineData("FI", "1927400-2")]
    [InlineData("FI", "0000000-0")]
    [InlineData("FI", "12038-9")]
    [InlineData("FI", "01927400-1")]
    [InlineData("DE", "")]
    [InlineData("DE", "   ")]
    [InlineData("DE", "./-")]
    [InlineData("DE", "HRB 1\n2")]
    [InlineData("DE", "HRB_12")]
    [InlineData("DE", "HRB 12345678901234567890123456789012345678")]
    public void A_wrong_number_is_refused_with_a_sentence(string country, string text)
    {
        var check = OrganisationNumber.Check(country, text);

        Assert.Null(check.Value);
        Assert.Null(check.Warning);
        Assert.EndsWith(".", check.Problem);
    }

    [Fact]
    public void A_Danish_number_with_an_odd_check_digit_is_accepted_with_a_warning()
    {
        var check = OrganisationNumber.Check("DK", "23456789");

        Assert.Equal("23456789", check.Value);
        Assert.Null(check.Problem);
        Assert.Contains("check digit", check.Warning);
    }

    [Theory]
    [InlineData("DE", " HRB 86891 ", "HRB 86891")]
    [InlineData("GB", "SC123456", "SC123456")]
    [InlineData("CH", "CHE-123.456.789", "CHE-123.456.789")]
    [InlineData("GR", "ΑΒ 12/3", "ΑΒ 12/3")]
    [InlineData("??", "1", "1")]
    public void A_number_of_another_country_is_kept_as_written(string country, string text, string expected) =>
        Assert.Equal(NumberCheck.Accept(expected), OrganisationNumber.Check(country, text));

    [Fact]
    public void A_problem_does_not_repeat_the_number_because_it_may_be_a_persons() =>
        Assert.DoesNotContain("811218", OrganisationNumber.Check("SE", "811218-9875").Problem);

    [Fact]
    public void One_wrong_digit_is_always_found_in_Swedish_Norwegian_and_Finnish_numbers() =>
        Prop.ForAll(
            Gen.Elements(NordicCompanies.All.Where(company => company.Country != "DK")).ToArbitrary(),
            Gen.Choose(0, 9).ToArbitrary(),
            Gen.Choose(1, 9).ToArbitrary(),
            (company, place, change) =>
            {
                var digits = company.Number.Replace("-", "", StringComparison.Ordinal).ToCharArray();
                place %= digits.Length;
                digits[place] = (char)('0' + (digits[place] - '0' + change) % 10);
                return OrganisationNumber.Check(company.Country, new string(digits)).Value is null;
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void At_most_one_check_digit_of_a_Danish_serial_number_goes_without_a_warning() =>
        Prop.ForAll(Gen.Choose(1000000, 9999999).ToArbitrary(), serial =>
            Enumerable.Range(0, 10).Count(last => OrganisationNumber.Check("DK", $"{serial}{last}").Warning is null) <= 1).QuickCheckThrowOnFailure();

    [Fact]
    public void No_text_makes_it_throw_and_an_accepted_number_is_accepted_again_unchanged() =>
        Prop.ForAll(HostileText.Countries, HostileText.Texts, (country, text) =>
        {
            var check = OrganisationNumber.Check(country, text);
            return (check.Value is null) == (check.Problem is not null) && (check.Value is null || OrganisationNumber.Check(country, check.Value) == check);
        }).QuickCheckThrowOnFailure();
}
