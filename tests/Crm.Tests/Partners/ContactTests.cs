using Crm.Partners;

namespace Crm.Tests.Partners;

[Trait("Requirement", "R65")]
public sealed class ContactTests
{
    [Fact]
    public void A_new_primary_contact_takes_over_from_the_old_one()
    {
        var one = Add(Given.Partner, """{"name":"Eva","primary":true}""");
        var two = Add(one, """{"name":"Bo","primary":true}""");
        Assert.Equal([(1, false, 2), (2, true, 1)], two.Contacts.Select(c => (c.Id, c.Primary, c.Version)));
        var back = new ChangeContact(1, Fields("""{"primary":true}"""), null, 1).Decide(two, Given.At).State!;
        Assert.Equal([(1, true, 3), (2, false, 2)], back.Contacts.Select(c => (c.Id, c.Primary, c.Version)));
    }

    [Fact]
    public void The_id_of_a_removed_contact_is_not_used_again()
    {
        var removed = new RemoveContact(1, null, 1).Decide(Add(Given.Partner, """{"name":"Eva"}"""), Given.At).State!;
        Assert.Empty(removed.Contacts);
        Assert.Equal([2], Add(removed, """{"name":"Bo"}""").Contacts.Select(c => c.Id));
    }

    [Theory]
    [InlineData("{}", "/name", "contact.name.required")]
    [InlineData("""{"name":" "}""", "/name", "contact.name.required")]
    [InlineData("""{"name":"A\u0001"}""", "/name", "text.control")]
    [InlineData("""{"name":"Eva","email":"eva"}""", "/email", "email.invalid")]
    [InlineData("""{"name":"Eva","primary":true,"active":false}""", "/primary", "contact.primary.inactive")]
    public void A_contact_has_a_name_and_what_it_has_is_right(string json, string pointer, string code) =>
        Assert.Equal((pointer, code), new AddContact(Fields(json), 1).Decide(Given.Partner, Given.At).Refusal?.Problems.Select(p => (p.Pointer, p.Code)).Single());

    [Fact]
    public void All_that_is_wrong_with_a_contact_is_said_at_once() =>
        Assert.Equal(["/email", "/name", "/title"], new AddContact(Fields($$"""{"email":"x","title":"{{new string('t', 101)}}"}"""), 1).Decide(Given.Partner, Given.At).Refusal!.Problems.Select(p => p.Pointer).Order(StringComparer.Ordinal));

    [Fact]
    public void A_contact_has_a_version_of_its_own()
    {
        var partner = Add(Given.Partner, """{"name":"Eva"}""");
        var stale = new ChangeContact(1, Fields("""{"title":"CEO"}"""), 2, 1).Decide(partner, Given.At).Refusal;
        Assert.Equal((RefusalKind.Stale, "version.stale", 1L), (stale!.Kind, stale.Code, stale.CurrentVersion));
        Assert.Equal("version.stale", new RemoveContact(1, 2, 1).Decide(partner, Given.At).Refusal?.Code);
        var changed = new ChangeContact(1, Fields("""{"title":"CEO"}"""), 1, 1).Decide(partner, Given.At);
        Assert.Equal(("contact.changed", 2), (changed.Fact, changed.State!.Contacts[0].Version));
        Assert.Null(new ChangeContact(1, Fields("""{"name":"Eva"}"""), null, 1).Decide(partner, Given.At).Fact);
    }

    [Fact]
    public void A_contact_that_is_not_there_is_not_found()
    {
        Assert.Equal("contact.notFound", new ChangeContact(7, Fields("{}"), null, 1).Decide(Given.Partner, Given.At).Refusal?.Code);
        Assert.Equal("contact.notFound", new RemoveContact(7, null, 1).Decide(Given.Partner, Given.At).Refusal?.Code);
    }

    [Fact]
    public void A_partner_has_at_most_five_hundred_contacts()
    {
        var full = Given.Partner with { Contacts = [.. Enumerable.Range(1, Partner.MaxContacts).Select(i => new Contact(i, "N", null, null, null, false, true, 1))], LastContact = Partner.MaxContacts };
        Assert.Equal("partner.contacts.tooMany", new AddContact(Fields("""{"name":"One more"}"""), 1).Decide(full, Given.At).Refusal?.Code);
    }

    private static Partner Add(Partner partner, string json) => new AddContact(Fields(json), 1).Decide(partner, Given.At).State!;

    private static ContactFields Fields(string json) => Given.Read<ContactFields>(json);
}
