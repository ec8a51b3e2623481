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

    [Fact]
    public void What_a_report_skipped_is_told_apart_from_what_the_one_before_did()
    {
        var claimed = new ClaimOperation("one", Claim, 0).Decide(New, Given.At).State!;
        Skipped[] skipped = [new(7, "code", "why")];
        var once = new ReportOperation("one", Claim, 10, null, 9, skipped).Decide(claimed, Given.At).State!;
        var twice = new ReportOperation("one", Claim, 20, null, 9, skipped) { Position = 77 }.Decide(once, Given.At).State!;
        Assert.Equal((0, 10, 77), (once.LastSkipped!.After, twice.LastSkipped!.After, twice.Position));
        Assert.Null(new ReportOperation("one", Claim, 30, null, 10, []).Decide(twice, Given.At).State!.LastSkipped);
    }

    [Fact]
    public void Stopped_it_is_done_as_far_as_it_went_and_what_nobody_has_begun_at_once()
    {
        var waiting = new CancelOperation().Decide(New, Given.At).State!;
        Assert.Equal((OperationState.Done, Given.Now, Given.Now), (waiting.State, waiting.CancelledAt, waiting.FinishedAt));
        var running = new CancelOperation().Decide(new ClaimOperation("one", Claim, 0).Decide(New, Given.At).State!, Given.At).State!;
        Assert.Equal((OperationState.Running, Given.Now), (running.State, running.CancelledAt));
        Assert.Null(new CancelOperation().Decide(running, Given.At).Fact);
        Assert.Null(new ReportOperation("one", Claim, 5, 10, 5, []).Decide(running, Given.At).Refusal);
        var stopped = new FinishOperation("one", null, Whole: false).Decide(running, Given.At).State!;
        Assert.Equal((OperationState.Done, Given.Now), (stopped.State, stopped.CancelledAt));
        // Somebody asked for it when all was done already.
        Assert.Null(new FinishOperation("one", null).Decide(running, Given.At).State!.CancelledAt);
        Assert.Equal("operation.finished", new CancelOperation().Decide(Finish(New, null), Given.At).Refusal?.Code);
        Assert.Equal((OperationState.Queued, 1, null), new TurnOperation(true).Decide(stopped, Given.At).State is { } turned ? (turned.State, turned.Phase, turned.CancelledAt) : default);
    }

    [Fact]
    public void A_stopped_undo_or_redo_goes_on_where_it_was_and_only_a_whole_undo_can_be_redone()
    {
        var undoing = Report(new ClaimOperation("one", Claim, 9).Decide(new TurnOperation(true).Decide(Finish(New, null), Given.At).State!, Given.At).State!, 5, 40);
        var stopped = Stop(undoing);
        Assert.Equal("operation.halfUndone", new TurnOperation(false).Decide(stopped, Given.At).Refusal?.Code);
        var again = new TurnOperation(true).Decide(stopped, Given.At).State!;
        Assert.Equal((OperationState.Queued, 1, 5, 40, null), (again.State, again.Phase, again.Done, again.Position, again.CancelledAt));
        var redoing = Report(new ClaimOperation("one", Claim, 90).Decide(new TurnOperation(false).Decide(Finish(again, null), Given.At).State!, Given.At).State!, 3, 70);
        var on = new TurnOperation(false).Decide(Stop(redoing), Given.At).State!;
        Assert.Equal((OperationState.Queued, 2, 3, 70), (on.State, on.Phase, on.Done, on.Position));
        Assert.Equal((3, 0, 0), new TurnOperation(true).Decide(Stop(redoing), Given.At).State is { } back ? (back.Phase, back.Done, back.Position) : default);
    }

    [Fact]
    public void Force_goes_over_what_an_undo_has_left_alone_and_over_nothing_when_it_left_nothing()
    {
        var undoing = new ClaimOperation("one", Claim, 9).Decide(new TurnOperation(true).Decide(Finish(New, null), Given.At).State!, Given.At).State!;
        var some = Finish(new ReportOperation("one", Claim, 5, 5, 3, [new(1, "c", "d"), new(2, "c", "d")]) { Position = 4 }.Decide(undoing, Given.At).State!, null);
        var forced = new TurnOperation(true, Force: true).Decide(some, Given.At).State!;
        Assert.Equal((OperationState.Queued, 1, true, true, 2, 0, 0), (forced.State, forced.Phase, forced.Force, forced.Rest, forced.Total, forced.Position, forced.SkippedCount));
        Assert.Null(new TurnOperation(true).Decide(some, Given.At).Fact);
        Assert.Null(new TurnOperation(true, Force: true).Decide(Finish(undoing, null), Given.At).Fact);
    }

    [Fact]
    public void Rows_that_another_operation_has_are_refused_when_it_would_begin()
    {
        var overlap = Refusal.Conflict("operation.overlaps", "Operation 7.");
        Assert.Equal(overlap, new StartOperation("a", null, null, overlap).Decide(Given.At).Refusal);
        Assert.Equal(overlap, new TurnOperation(true, false, overlap).Decide(Finish(New, null), Given.At).Refusal);
        Assert.Null(new TurnOperation(false, false, overlap).Decide(Finish(New, null), Given.At).Refusal);
    }

    private static Operation Report(Operation operation, long done, long position) =>
        new ReportOperation("one", Claim, done, 10, done, []) { Position = position }.Decide(operation, Given.At).State!;

    private static Operation Stop(Operation operation) =>
        new FinishOperation("one", null, Whole: false).Decide(new CancelOperation().Decide(operation, Given.At).State!, Given.At).State!;

    private static Operation Finish(Operation operation, string? error) =>
        new FinishOperation("one", error).Decide(new ClaimOperation("one", Claim, 0).Decide(operation, Given.At).State!, Given.At).State!;
}
