using System.Text.Json;
using Crm.Contracts;
using Crm.Operations;
using Crm.Tests.Partners;

namespace Crm.Tests.Core;

/// <summary>The life of an operation, by plain calls.</summary>
public sealed class OperationTests
{
    private static readonly Operation New = new StartOperation("import", JsonSerializer.SerializeToElement(new { a = 1 })).Decide(Given.At).State!;
    private static readonly TimeSpan Claim = TimeSpan.FromSeconds(30);

    [Fact]
    public void One_host_at_a_time_works_until_its_claim_runs_out()
    {
        var claimed = new ClaimOperation("one", Claim, 7).Decide(New, Given.At).State!;
        Assert.Equal((OperationState.Running, "one", 7), (claimed.State, claimed.Host, claimed.PhaseStarts.Single()));
        Assert.Equal("operation.taken", new ClaimOperation("two", Claim, 9).Decide(claimed, Given.At).Refusal?.Code);
        Assert.Equal("operation.taken", new ReportOperation("two", Claim, 1, 1, 1, []).Decide(claimed, Given.At).Refusal?.Code);
        Assert.Equal("operation.taken", new FinishOperation("two", null).Decide(claimed, Given.At).Refusal?.Code);
        var taken = new ClaimOperation("two", Claim, 9).Decide(claimed, Given.At with { Now = Given.Now + Claim }).State!;
        Assert.Equal(("two", 7), (taken.Host, taken.PhaseStarts.Single()));
    }

    [Fact]
    public void A_report_adds_up_and_keeps_the_first_hundred_that_were_skipped()
    {
        var claimed = new ClaimOperation("one", Claim, 0).Decide(New, Given.At).State!;
        var skipped = Enumerable.Range(0, 70).Select(i => new Skipped(i, "code", "why")).ToArray();
        var once = new ReportOperation("one", Claim, 100, null, 30, skipped).Decide(claimed, Given.At).State!;
        var twice = new ReportOperation("one", Claim, 200, 200, 30, skipped).Decide(once, Given.At).State!;
        Assert.Equal((200, 60, 140, 100), (twice.Done, twice.Changed, twice.SkippedCount, twice.Skipped.Count));
    }

    [Fact]
    public void It_can_be_turned_when_it_is_finished_and_for_thirty_days()
    {
        Assert.Equal("operation.running", new TurnOperation(true).Decide(New, Given.At).Refusal?.Code);
        var done = Finish(New, null);
        Assert.Equal("operation.finished", new ClaimOperation("one", Claim, 0).Decide(done, Given.At).Refusal?.Code);
        Assert.Null(new TurnOperation(false).Decide(done, Given.At).Fact);
        Assert.Equal("operation.tooOld", new TurnOperation(true).Decide(done, Given.At with { Now = Given.Now.AddDays(31) }).Refusal?.Code);
        var undone = Finish(new TurnOperation(true).Decide(done, Given.At with { Now = Given.Now.AddDays(30) }).State!, null);
        Assert.Equal((OperationState.Undone, 1), (undone.State, undone.Phase));
        Assert.Null(new TurnOperation(true).Decide(undone, Given.At).Fact);
        Assert.Equal((OperationState.Done, 2), Finish(new TurnOperation(false).Decide(undone, Given.At).State!, null) is var redone ? (redone.State, redone.Phase) : default);
    }

    [Fact]
    public void An_undo_that_failed_goes_on_as_an_undo()
    {
        var failed = Finish(new TurnOperation(true).Decide(Finish(New, null), Given.At).State!, "broken");
        Assert.Equal((OperationState.Failed, 1), (failed.State, failed.Phase));
        var again = Finish(new TurnOperation(true).Decide(failed, Given.At).State!, null);
        Assert.Equal((OperationState.Undone, 1, 2), (again.State, again.Phase, again.PhaseStarts.Count));
    }

    [Fact]
    public void What_failed_half_way_can_be_undone()
    {
        var failed = Finish(New, "broken");
        Assert.Equal((OperationState.Failed, "broken"), (failed.State, failed.Error));
        Assert.Equal((OperationState.Queued, 1, null), new TurnOperation(true).Decide(failed, Given.At).State is { } turned ? (turned.State, turned.Phase, turned.Error) : default);
    }

    private static Operation Finish(Operation operation, string? error) =>
        new FinishOperation("one", error).Decide(new ClaimOperation("one", Claim, 0).Decide(operation, Given.At).State!, Given.At).State!;
}
