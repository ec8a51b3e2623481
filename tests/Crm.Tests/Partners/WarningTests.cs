using Crm.Partners;

namespace Crm.Tests.Partners;

public sealed class WarningTests
{
    [Theory]
    [Trait("Requirement", "R40")]
    [InlineData("1000", "1000", "SEK", false)]
    [InlineData("1000", "1000.01", "SEK", true)]
    [InlineData("1000", "999.99", "SEK", false)]
    [InlineData("0", "0.01", "SEK", true)]
    [InlineData("0", "0", "SEK", false)]
    public void A_balance_is_over_the_limit_when_it_is_strictly_greater(string limit, string balance, string currency, bool warns)
    {
        var partner = Given.Partner with { CreditLimit = new(decimal.Parse(limit, System.Globalization.CultureInfo.InvariantCulture), "SEK"), Balance = new(decimal.Parse(balance, System.Globalization.CultureInfo.InvariantCulture), currency, "fortnox", Given.Now) };
        var warning = partner.Warnings(Given.Company).SingleOrDefault();
        Assert.Equal(warns ? "credit.limit.exceeded" : null, warning?.Code);
        if (warns) Assert.Equal((partner.Balance!.Amount, partner.CreditLimit!.Amount, "SEK"), (warning!.Balance, warning.Limit, warning.Currency));
    }

    [Fact]
    [Trait("Requirement", "R42")]
    public void Without_a_limit_or_without_a_balance_there_is_no_warning()
    {
        Assert.Empty((Given.Partner with { Balance = new(1_000_000, "SEK", "fortnox", Given.Now) }).Warnings(Given.Company));
        Assert.Empty((Given.Partner with { CreditLimit = new(0, "SEK") }).Warnings(Given.Company));
    }

    [Fact]
    [Trait("Requirement", "R19")]
    public void A_Danish_check_digit_that_does_not_fit_is_a_doubt_and_no_refusal()
    {
        var doubtful = Given.Change(Given.Partner, """{"country":"DK","organisationNumber":"28504798"}""");
        Assert.Equal(["partner.organisationNumber.checkDigit"], doubtful.Warnings(Given.Company).Select(w => w.Code));
        Assert.Empty(Given.Change(Given.Partner, """{"country":"DK","organisationNumber":"28504799"}""").Warnings(Given.Company));
    }

    [Fact]
    public void So_is_one_in_a_Danish_VAT_number() =>
        Assert.Contains("partner.vatNumber.checkDigit", Given.Change(Given.Partner, """{"country":"DK","organisationNumber":null,"vatNumber":"DK28504798"}""").Warnings(Given.Company).Select(w => w.Code));

    [Theory]
    [Trait("Requirement", "R61")]
    [InlineData("emailLink", true, true)]
    [InlineData("emailLink", false, false)]
    [InlineData("emailPdf", true, false)]
    [InlineData("paper", true, false)]
    public void Automatic_handling_wants_the_invoice_as_an_attachment(string type, bool automatic, bool warns)
    {
        var partner = Given.Change(Given.Partner, $$$"""{"invoicing":{"type":"{{{type}}}","email":"a@example.com","automaticHandling":{{{(automatic ? "true" : "false")}}}}}""");
        Assert.Equal(warns, partner.Warnings(Given.Company).Any(w => w.Code == "partner.invoicing.automaticNeedsPdf"));
    }
}
