using Crm.Partners;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Tests.Partners;

[Trait("Requirement", "R21")]
public sealed class EInvoiceAddressTests
{
    [Theory]
    [InlineData("0007", "5560160680")]
    [InlineData("0007", "2120000787")]
    [InlineData("0007", "8112189876")]
    [InlineData("0037", "003701120389")]
    [InlineData("0037", "01120389TST01")]
    [InlineData("0037", "0112038-9")]
    [InlineData("0088", "7300010000001")]
    [InlineData("0088", "5798000416604")]
    [InlineData("0088", "1548079098355")]
    [InlineData("0184", "28504799")]
    [InlineData("0184", "DK28504799")]
    [InlineData("0184", "23456789")]
    [InlineData("0192", "943753709")]
    [InlineData("0216", "003701120389")]
    [InlineData("0216", "003704944842TST01")]
    [InlineData("0198", "DK28504799")]
    [InlineData("0204", "04011000-1234512345-06")]
    [InlineData("0202", "ufficio@pec.example.it")]
    [InlineData("0170", "x")] // in the EAS list only
    [InlineData("0242", "123456-AB_C.d~e")] // in the participant list only
    [InlineData("9930", "DE123456789")]
    [InlineData("0060", "12345678901234567890123456789012345678901234567890")]
    public void A_Peppol_address_has_no_problem(string scheme, string id) => Assert.Null(EInvoiceAddress.Problem(scheme, id));

    [Theory]
    [InlineData(null, null)]
    [InlineData("", "")]
    [InlineData(null, " ")]
    public void A_partner_without_e_invoices_leaves_both_empty(string? scheme, string? id) => Assert.Null(EInvoiceAddress.Problem(scheme, id));

    [Theory]
    [InlineData(null, "5560160680")]
    [InlineData("0007", null)]
    [InlineData("0007", " ")]
    [InlineData("7", "5560160680")]
    [InlineData("0007 ", "5560160680")]
    [InlineData("0001", "1")]
    [InlineData("iso6523", "0007:5560160680")]
    [InlineData("0007", "556016-0680")]
    [InlineData("0007", "5560160681")]
    [InlineData("0007", "0007:5560160680")]
    [InlineData("0037", "0037 01120389")]
    [InlineData("0037", "0112038")]
    [InlineData("0088", "7300010000002")]
    [InlineData("0088", "730001000000")]
    [InlineData("0088", "٧٣٠٠٠١٠٠٠٠٠٠١")]
    [InlineData("0184", "2850479")]
    [InlineData("0184", "08504799")]
    [InlineData("0184", "dk28504799")]
    [InlineData("0192", "943753708")]
    [InlineData("0192", "943 753 709")]
    [InlineData("0192", "000000000")]
    [InlineData("0216", "01120389")]
    [InlineData("0216", "003701120389tst")]
    [InlineData("0216", "003701120389TOOLONG")]
    [InlineData("0060", "123 456 789")]
    [InlineData("0060", "123456789012345678901234567890123456789012345678901")]
    [InlineData("0060", "räka")]
    [InlineData("0060", "1\n")]
    public void Anything_else_is_refused_with_a_sentence(string? scheme, string? id) => Assert.EndsWith(".", EInvoiceAddress.Problem(scheme, id));

    [Theory]
    [InlineData("9902", "0184")]
    [InlineData("9904", "0198")]
    [InlineData("9908", "0192")]
    [InlineData("9955", "0007")]
    public void A_removed_Nordic_scheme_names_its_successor(string removed, string successor) =>
        Assert.Contains($"Use {successor}", EInvoiceAddress.Problem(removed, "5560160680"));

    [Fact]
    public void One_wrong_digit_of_a_GLN_is_always_found() =>
        Prop.ForAll(Gen.Choose(0, 12).ToArbitrary(), Gen.Choose(1, 9).ToArbitrary(), (place, change) =>
        {
            var digits = "7300010000001".ToCharArray();
            digits[place] = (char)('0' + (digits[place] - '0' + change) % 10);
            return EInvoiceAddress.Problem("0088", new string(digits)) is not null;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_text_makes_it_throw() =>
        Prop.ForAll(Gen.Elements("0007", "0037", "0088", "0184", "0192", "0216", "0060").ToArbitrary(), HostileText.Texts, HostileText.Texts, (scheme, id, other) =>
            (EInvoiceAddress.Problem(scheme, id) is not null || id.Length is >= 1 and <= 50) && EInvoiceAddress.Problem(other + "x", id) is not null).QuickCheckThrowOnFailure();
}
