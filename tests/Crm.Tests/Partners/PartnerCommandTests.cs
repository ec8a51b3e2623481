using Crm.Partners;

namespace Crm.Tests.Partners;

public sealed class PartnerCommandTests
{
    [Fact]
    public void A_change_that_changes_nothing_writes_nothing()
    {
        var decision = new ChangePartner(Given.Fields("""{"name":" AB Volvo ","relations":["customer"]}""")).Decide(Given.Partner, Given.At);
        Assert.Null(decision.Refusal);
        Assert.Null(decision.Fact);
        Assert.Same(Given.Partner, decision.State);
    }

    [Theory]
    [Trait("Requirement", "R123")]
    [InlineData("""{"stage":"lost"}""", "partner.stageSet")]
    [InlineData("""{"name":"Volvo AB"}""", "partner.changed")]
    public void A_new_stage_is_a_fact_of_its_own(string json, string fact) =>
        Assert.Equal(fact, new ChangePartner(Given.Fields(json)).Decide(Given.Partner, Given.At).Fact);

    [Fact]
    [Trait("Requirement", "R10")]
    public void Deleting_and_restoring_leave_everything_else_as_it_was()
    {
        var deleted = new DeletePartner().Decide(Given.Partner, Given.At);
        Assert.Equal((Given.Now, "partner.deleted"), (deleted.State!.DeletedAt, deleted.Fact));
        var restored = new RestorePartner().Decide(deleted.State, Given.At);
        Assert.Equal("partner.restored", restored.Fact);
        Assert.Equal(Given.Document(Given.Partner), Given.Document(restored.State!));
    }

    [Fact]
    public void Deleting_twice_and_restoring_what_is_there_change_nothing()
    {
        Assert.Null(new DeletePartner().Decide(Given.Deleted, Given.At).Fact);
        Assert.Null(new RestorePartner().Decide(Given.Partner, Given.At).Fact);
    }

    [Fact]
    public void A_deleted_partner_refuses_every_change()
    {
        var contact = Given.Read<ContactFields>("""{"name":"Eva"}""");
        string?[] codes =
        [
            new ChangePartner(new()).Decide(Given.Deleted, Given.At).Refusal?.Code, new SetLogo(null).Decide(Given.Deleted, Given.At).Refusal?.Code,
            new AddContact(contact, 1).Decide(Given.Deleted, Given.At).Refusal?.Code, new ChangeContact(1, contact, null, 1).Decide(Given.Deleted, Given.At).Refusal?.Code,
            new RemoveContact(1, null, 1).Decide(Given.Deleted, Given.At).Refusal?.Code,
        ];
        Assert.All(codes, code => Assert.Equal("partner.deleted", code));
    }

    [Fact]
    [Trait("Requirement", "R17")]
    public void A_logo_is_set_once_and_removed_once()
    {
        var logo = new Logo("image/png", "abc", 3);
        var set = new SetLogo(logo).Decide(Given.Partner, Given.At);
        Assert.Equal("partner.logoSet", set.Fact);
        Assert.Null(new SetLogo(logo).Decide(set.State!, Given.At).Fact);
        Assert.Equal("partner.logoRemoved", new SetLogo(null).Decide(set.State!, Given.At).Fact);
        Assert.Null(new SetLogo(null).Decide(Given.Partner, Given.At).Fact);
    }

    [Theory]
    [Trait("Requirement", "R57")]
    [InlineData("""{"owner":"u1","coOwners":["u2"]}""", "u1 u2")]
    [InlineData("""{"coOwners":["u2"]}""", "u2")]
    [InlineData("{}", "")]
    public void Mine_are_those_of_the_main_owner_and_of_the_others(string json, string owners) =>
        Assert.Equal(owners, string.Join(' ', Given.Change(Given.Partner, json).AllOwners()));
}
