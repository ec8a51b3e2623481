using Crm.Partners;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Tests.Partners;

public sealed class EmailAddressTests
{
    private static readonly string LongestDomain = $"{new string('d', 63)}.{new string('e', 63)}.{new string('f', 56)}.se";

    [Theory]
    [InlineData("invoice@example.com")]
    [InlineData("a@b.se")]
    [InlineData("Anna.Öberg@example.se")]
    [InlineData("åsa@räksmörgås.se")]
    [InlineData("a\u030Asa@ra\u0308ksmo\u0308rga\u030As.se")] // as a Mac writes it
    [InlineData("info@xn--rksmrgs-5wao1o.se")]
    [InlineData("søren+faktura@æbleskiver.dk")]
    [InlineData("o'brien_2-x@mail.example.co.uk")]
    [InlineData("#!$%&*/=?^`{|}~@example.com")]
    [InlineData("x@1-2.example")]
    [InlineData("почта@пример.рф")]
    public void An_address_that_mail_can_be_sent_to_has_no_problem(string address) => Assert.Null(EmailAddress.Problem(address));

    [Fact]
    public void The_longest_local_part_and_the_longest_address_are_accepted()
    {
        var local = new string('a', 64);
        var longest = $"{local}@{LongestDomain}";

        Assert.Equal(252, longest.Length);
        Assert.Null(EmailAddress.Problem(longest));
        Assert.Null(EmailAddress.Problem(longest[..^2] + "info"));
        Assert.Contains("254", EmailAddress.Problem(longest[..^2] + "infos"));
        Assert.Contains("64", EmailAddress.Problem($"{local}a@example.com"));
        Assert.NotNull(EmailAddress.Problem($"a@{new string('d', 64)}.se"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("invoice")]
    [InlineData("@example.com")]
    [InlineData("invoice@")]
    [InlineData("invoice@example")]
    [InlineData("invoice@@example.com")]
    [InlineData("a@b@example.com")]
    [InlineData(" invoice@example.com")]
    [InlineData("invoice@example.com\n")]
    [InlineData("in voice@example.com")]
    [InlineData("in\u00A0voice@example.com")]
    [InlineData("in\0voice@example.com")]
    [InlineData("in\u200Bvoice@example.com")]
    [InlineData(".invoice@example.com")]
    [InlineData("invoice.@example.com")]
    [InlineData("in..voice@example.com")]
    [InlineData("invoice@.example.com")]
    [InlineData("invoice@example.com.")]
    [InlineData("invoice@example..com")]
    [InlineData("invoice@-example.com")]
    [InlineData("invoice@example-.com")]
    [InlineData("invoice@exa_mple.com")]
    [InlineData("invoice@192.0.2.1")]
    [InlineData("invoice@[192.0.2.1]")]
    [InlineData("\"in voice\"@example.com")]
    [InlineData("\"invoice\"@example.com")]
    [InlineData("<invoice@example.com>")]
    [InlineData("Anna<invoice@example.com>")]
    [InlineData("a@example.com,b.example.com")]
    [InlineData("a@example.com;b")]
    [InlineData("inv\uD800oice@example.com")]
    [InlineData("invoice😀@example.com")]
    public void Anything_else_is_refused_with_a_sentence(string text) => Assert.EndsWith(".", EmailAddress.Problem(text));

    [Fact]
    public void No_text_makes_it_throw_and_what_passes_has_one_at_sign_and_no_space() =>
        Prop.ForAll(HostileText.Texts, HostileText.Texts, (local, domain) =>
        {
            var text = $"{local}@{domain}";
            return EmailAddress.Problem(text) is not null || (text.Count(c => c == '@') == 1 && !text.Any(char.IsWhiteSpace) && domain.Contains('.', StringComparison.Ordinal));
        }).QuickCheckThrowOnFailure();
}
