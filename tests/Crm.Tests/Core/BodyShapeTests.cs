using System.Text.Json;
using Crm.Partners;

namespace Crm.Tests.Core;

public sealed class BodyShapeTests
{
    [Fact]
    public void All_that_is_wrong_is_said_at_once_by_its_pointer() => Assert.Equal(
        [
            ("/addresses/postal/zip", "request.member.unknown"), ("/a~1b~0c", "request.member.unknown"), ("/coOwners", "request.type"), ("/creditLimit/amount", "request.type"),
            ("/employees", "request.type"), ("/invoicing/type", "request.type"), ("/name", "request.type"), ("/tags/1", "request.null"), ("/tags/2", "request.type"),
        ],
        Problems<PartnerFields>("""
            {"name":5,"employees":1.5,"a/b~c":1,"tags":["vip",null,7],"coOwners":{},"creditLimit":{"amount":"12"},"addresses":{"postal":{"zip":1}},"invoicing":{"type":"pigeon"}}
            """));

    [Theory]
    [InlineData("[]", "", "request.type")]
    [InlineData("\"text\"", "", "request.type")]
    [InlineData("null", "", "request.null")]
    [InlineData("""{"name":"a\u0000b"}""", "/name", "request.text")]
    [InlineData("""{"name":"\ud800"}""", "/name", "request.text")]
    [InlineData("""{"\udc00":1}""", "", "request.text")]
    [InlineData("""{"employees":99999999999}""", "/employees", "request.type")]
    [InlineData("""{"creditLimit":{"amount":1e40}}""", "/creditLimit/amount", "request.type")]
    [InlineData("""{"creditLimit":5}""", "/creditLimit", "request.type")]
    [InlineData("""{"invoicing":{"automaticHandling":"yes"}}""", "/invoicing/automaticHandling", "request.type")]
    [InlineData("""{"invoicing":{"type":0}}""", "/invoicing/type", "request.type")]
    [InlineData("""{"Name":"case counts"}""", "/Name", "request.member.unknown")]
    public void A_partner_is_read_strictly(string json, string pointer, string code) => Assert.Equal([(pointer, code)], Problems<PartnerFields>(json));

    [Fact]
    public void What_must_be_there_is_named_when_it_is_not() =>
        Assert.Equal([("/amount", "request.member.missing"), ("/currency", "request.member.missing")], Problems<Money>("{}"));

    [Fact]
    public void What_cannot_be_null_is_named_when_it_is() =>
        Assert.Equal([("/amount", "request.null"), ("/currency", "request.null")], Problems<Money>("""{"amount":null,"currency":null}"""));

    [Fact]
    public void Absent_null_and_a_value_are_three_things()
    {
        var fields = Partners.Given.Fields("""{"name":"A","owner":null}""");
        Assert.Equal((true, "A"), (fields.Name.IsSet, fields.Name.Value));
        Assert.Equal((true, null), (fields.Owner.IsSet, fields.Owner.Value));
        Assert.False(fields.Stage.IsSet);
    }

    private static IEnumerable<(string, string)> Problems<T>(string json) where T : class
    {
        using var document = JsonDocument.Parse(json);
        var refused = Assert.Throws<RefusedException>(() => Body<T>.Read(document.RootElement));
        Assert.Equal(RefusalKind.Malformed, refused.Refusal.Kind);
        return refused.Refusal.Problems.Select(p => (p.Pointer, p.Code)).OrderBy(p => p.Pointer, StringComparer.Ordinal);
    }
}
