using Crm.Partners;

namespace Crm.Tests.Partners;

public sealed class PartnerUndoTests
{
    [Fact]
    public void A_change_is_taken_back()
    {
        var after = Given.Change(Given.Partner, """{"name":"New","stage":"lost","tags":["vip"]}""");
        var (old, now) = Given.Entry(Given.Partner, after);
        var decision = new RevertPartner(old, now).Decide(after, Given.At);
        Assert.Equal("partner.reverted", decision.Fact);
        Assert.Equal(Given.Document(Given.Partner), Given.Document(decision.State!));
    }

    [Fact]
    public void What_others_changed_elsewhere_stays()
    {
        var after = Given.Change(Given.Partner, """{"name":"New"}""");
        var (old, now) = Given.Entry(Given.Partner, after);
        var reverted = new RevertPartner(old, now).Decide(Given.Change(after, """{"stage":"lost"}"""), Given.At).State!;
        Assert.Equal((Given.Partner.Name, "lost"), (reverted.Name, reverted.Stage));
    }

    [Fact]
    public void A_change_that_was_overwritten_since_is_left_alone_and_named()
    {
        var after = Given.Change(Given.Partner, """{"name":"New","stage":"lost"}""");
        var (old, now) = Given.Entry(Given.Partner, after);
        var refusal = new RevertPartner(old, now).Decide(Given.Change(after, """{"name":"Newer"}"""), Given.At).Refusal;
        Assert.Equal((RefusalKind.Conflict, "partner.changedSince"), (refusal!.Kind, refusal.Code));
        Assert.Contains("name", refusal.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("stage", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_partner_that_nobody_changed_since_it_was_made_is_deleted()
    {
        var (_, after) = Given.Entry(null, Given.Partner);
        var undone = new UndoCreatePartner(after).Decide(Given.Partner, Given.At);
        Assert.Equal(("partner.deleted", Given.Now), (undone.Fact, undone.State!.DeletedAt));
        Assert.Null(new UndoCreatePartner(after).Decide(undone.State, Given.At).Fact);
        Assert.Equal("partner.changedSince", new UndoCreatePartner(after).Decide(Given.Change(Given.Partner, """{"stage":"lost"}"""), Given.At).Refusal?.Code);
        Assert.Equal("partner.changedSince", new UndoCreatePartner(after).Decide(Given.Change(Given.Partner, """{"organisationNumber":null}"""), Given.At).Refusal?.Code);
    }

    [Fact]
    public void The_lists_of_a_company_go_back_too_unless_they_were_changed_since()
    {
        var added = Add(Given.Settings, "one");
        var (old, now) = Given.Entry(Given.Settings, added);
        var reverted = new RevertPartnerSettings(old, now).Decide(added, Given.At);
        Assert.Equal("partnerSettings.reverted", reverted.Fact);
        Assert.Equal(Given.Document(Given.Settings), Given.Document(reverted.State!));
        Assert.Equal("partnerSettings.changedSince", new RevertPartnerSettings(old, now).Decide(Add(added, "two"), Given.At).Refusal?.Code);
    }

    private static PartnerSettings Add(PartnerSettings settings, string key) =>
        new AddChoice(ChoiceKind.Tag, Given.Read<PartnerChoiceFields>($$"""{"key":"{{key}}","name":"{{key}}"}""")).Decide(settings, Given.At).State!;
}
