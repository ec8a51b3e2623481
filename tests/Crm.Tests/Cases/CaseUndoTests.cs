using Crm.Cases;

namespace Crm.Tests.Cases;

public sealed class CaseUndoTests
{
    [Fact]
    public void A_change_of_status_is_taken_back_with_the_probability_that_came_with_it()
    {
        var manual = CaseGiven.Change(CaseGiven.Open, """{"probability":42}""");
        var won = CaseGiven.Change(manual, """{"status":"won"}""");
        var decision = Revert(manual, won, won);
        Assert.Equal("case.reverted", decision.Fact);
        Assert.Equal(manual, decision.State);
        Assert.Equal(won, Revert(won, manual, manual).State);
    }

    [Fact]
    public void Back_to_won_or_lost_is_100_or_0_even_when_the_entry_does_not_say_so()
    {
        // A lost case with 0 % before and after: the entry names the status only, and the probability was changed since.
        var zero = CaseGiven.Change(CaseGiven.Open, """{"probability":0}""");
        var lost = CaseGiven.Change(zero, """{"status":"lost"}""");
        var open = CaseGiven.Change(lost, """{"status":"new"}""");
        var now = CaseGiven.Change(open, """{"probability":40}""");
        var (before, after) = CaseGiven.Entry(lost, open);
        Assert.False(after.TryGetProperty("probability", out _));
        var back = new RevertCase(before, after).Decide(now, CaseGiven.At).State!;
        Assert.Equal(("lost", 0), (back.Status, back.Probability));
        // A reason that comes back to a case which is no longer lost stays away.
        var bare = CaseGiven.Change(CaseGiven.Lost, """{"lostReason":null}""");
        Assert.Null(Revert(CaseGiven.Lost, bare, CaseGiven.Change(bare, """{"status":"new"}""")).Fact);
    }

    [Fact]
    public void A_change_that_was_overwritten_since_is_left_alone_and_named()
    {
        var won = CaseGiven.Change(CaseGiven.Open, """{"status":"won"}""");
        var refusal = Revert(CaseGiven.Open, won, CaseGiven.Change(won, """{"status":"lost"}""")).Refusal!;
        Assert.Equal((RefusalKind.Conflict, "case.changedSince"), (refusal.Kind, refusal.Code));
        Assert.Contains("status", refusal.Detail, StringComparison.Ordinal);
        Assert.Equal(("new", "Other"), Revert(CaseGiven.Open, won, CaseGiven.Change(won, """{"title":"Other"}""")).State is var c ? (c!.Status, c.Title) : default);
    }

    [Fact]
    public void What_was_closed_deleted_or_converted_since_is_left_alone()
    {
        var renamed = CaseGiven.Change(CaseGiven.Open, """{"title":"New"}""");
        Assert.Equal("case.closed", Revert(CaseGiven.Open, renamed, renamed with { Closed = true }).Refusal?.Code);
        Assert.Equal("case.deleted", Revert(CaseGiven.Open, renamed, renamed with { DeletedAt = CaseGiven.Now }).Refusal?.Code);
        Assert.Equal("case.converted", Revert(CaseGiven.Open, renamed, renamed with { ConvertedAt = CaseGiven.Now }).Refusal?.Code);
        Assert.Equal("case.converted", Revert(CaseGiven.Won, CaseGiven.Converted, CaseGiven.Converted).Refusal?.Code);
        var (before, after) = CaseGiven.Entry(CaseGiven.Open, CaseGiven.Open with { Partner = 1002 });
        Assert.Equal("partner.deleted", new RevertCase(before, after, PartnerIsDeleted: true).Decide(CaseGiven.Open with { Partner = 1002 }, CaseGiven.At).Refusal?.Code);
    }

    [Fact]
    public void Closing_and_deleting_are_taken_back_themselves()
    {
        var closed = CaseGiven.Lost with { Closed = true };
        Assert.Equal(CaseGiven.Lost, Revert(CaseGiven.Lost, closed, closed).State);
        var deleted = closed with { DeletedAt = CaseGiven.Now };
        Assert.Equal(closed, Revert(closed, deleted, deleted).State);
        Assert.Equal(deleted, Revert(deleted, closed, closed).State);
    }

    [Fact]
    public void A_case_that_nobody_changed_since_it_was_made_is_deleted()
    {
        var (_, after) = CaseGiven.Entry(null, CaseGiven.Open);
        var undone = new UndoCreateCase(after).Decide(CaseGiven.Open, CaseGiven.At);
        Assert.Equal(("case.deleted", CaseGiven.Now), (undone.Fact, undone.State!.DeletedAt));
        Assert.Null(new UndoCreateCase(after).Decide(undone.State, CaseGiven.At).Fact);
        foreach (var changed in new[] { CaseGiven.Won, CaseGiven.Open with { Closed = true }, CaseGiven.Converted })
            Assert.Equal("case.changedSince", new UndoCreateCase(after).Decide(changed, CaseGiven.At).Refusal?.Code);
    }

    /// <summary>Takes the step from one state to another back, in a third.</summary>
    private static Decision<Case> Revert(Case from, Case to, Case now) => CaseGiven.Entry(from, to) is var entry ? new RevertCase(entry.Before, entry.After).Decide(now, CaseGiven.At) : default;
}
