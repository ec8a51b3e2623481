using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Cases;
using Crm.Tests.Partners;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Tests.Cases;

/// <summary>What holds for every sequence of commands, with journal entries taken back in between.</summary>
public sealed class CaseProperties
{
    private static readonly string[] Bodies =
    [
        """{"status":"won"}""", """{"status":"lost"}""", """{"status":"new"}""", """{"status":"quoteSent"}""", """{"status":"negotiation","probability":33}""", """{"status":"won","probability":100}""",
        """{"status":"lost","lostReason":{"key":"price"}}""", """{"lostReason":{"text":"Slow"}}""", """{"lostReason":null}""", """{"probability":0}""", """{"probability":100}""", """{"probability":55}""",
        """{"value":{"amount":1000.01}}""", """{"value":{"amount":333,"currency":"ISK"}}""", """{"value":{"amount":0.01,"currency":"SEK"}}""", """{"value":null}""", """{"followUp":"2026-03-06"}""",
        """{"title":"Other"}""", """{"partner":1002}""", """{"status":"nowhere"}""", """{"probability":101}""", "{}",
    ];

    private static readonly Gen<ICommand<Case>> Any = Gen.OneOf(
        Gen.Elements(Bodies).Select(ICommand<Case> (body) => new ChangeCase(CaseGiven.Fields(body))), Gen.Elements(Bodies).Select(ICommand<Case> (body) => new ChangeCase(CaseGiven.Fields(body))),
        Gen.Elements<ICommand<Case>>(new CloseCase(), new ReopenCase(), new ReopenCase(), new DeleteCase(), new RestoreCase(), new RestoreCase()));

    /// <summary>A command, or (null) the taking back of one of the entries so far.</summary>
    private static readonly Gen<(ICommand<Case>? Command, int Back)> Step = Gen.OneOf(
        Any.Select(c => ((ICommand<Case>?)c, 0)), Any.Select(c => ((ICommand<Case>?)c, 0)), Gen.Choose(0, 30).Select(i => ((ICommand<Case>?)null, i)));

    private static readonly Arbitrary<(ICommand<Case>? Command, int Back)[]> Sequences = Gen.Choose(0, 40).SelectMany(n => Step.ArrayOf(n)).ToArbitrary();

    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(500);

    [Fact]
    [Trait("Requirement", "R85")]
    [Trait("Requirement", "R90")]
    [Trait("Requirement", "R91")]
    public void Won_is_100_lost_is_0_and_weighted_is_the_rounded_product_whatever_happens() =>
        Check.One(Many, Prop.ForAll(Sequences, steps => Run(steps).All(step => Holds(step.After))));

    [Fact]
    [Trait("Requirement", "R90")]
    public void Back_to_open_the_probability_is_the_one_that_was_there_when_it_was_last_open() =>
        Check.One(Many, Prop.ForAll(Sequences, steps =>
        {
            var before = CaseGiven.Open.Probability;
            foreach (var step in Run(steps.Where(s => s.Command is not null)))
            {
                var reopened = step.Command is ChangeCase { Fields.Probability.IsSet: false } && Kind(step.Before) != StatusKind.Open && Kind(step.After) == StatusKind.Open;
                if (reopened && step.After.Probability != before) return false;
                if (Kind(step.After) == StatusKind.Open) before = step.After.Probability;
            }
            return true;
        }));

    [Fact]
    [Trait("Requirement", "R92")]
    public void What_is_locked_changes_only_by_being_unlocked() =>
        Check.One(Many, Prop.ForAll(Sequences, steps => Run(steps).All(step =>
            (!step.Before.Closed && !step.Before.IsDeleted) || step.Before == step.After with { Closed = step.Before.Closed, DeletedAt = step.Before.DeletedAt })));

    [Fact]
    [Trait("Requirement", "R107")]
    public void A_case_that_became_an_order_never_changes_again() =>
        Check.One(Many, Prop.ForAll(Sequences, Any.ToArbitrary(), (steps, command) =>
        {
            var run = Run(steps).ToArray();
            var converted = (run.Length == 0 ? CaseGiven.Open : run[^1].After) with { ConvertedAt = CaseGiven.Now, DeletedAt = null };
            var entries = run.Select(step => CaseGiven.Entry(step.Before, step.After)).Append(CaseGiven.Entry(converted with { ConvertedAt = null }, converted));
            return command.Decide(converted, CaseGiven.At).Fact is null && entries.All(e => new RevertCase(e.Before, e.After).Decide(converted, CaseGiven.At).Refusal?.Code == "case.converted");
        }));

    [Fact]
    public void Taking_all_entries_back_from_the_newest_gives_the_case_as_it_was() =>
        Check.One(Many, Prop.ForAll(Sequences, steps =>
        {
            // The entries of restoring and reopening lock again what the older entries are about; without them nothing stands in the way.
            var run = Run(steps.Where(s => s.Command is ChangeCase)).ToArray();
            var c = run.Length == 0 ? CaseGiven.Open : run[^1].After;
            foreach (var step in run.Reverse()) c = new RevertCase(CaseGiven.Entry(step.Before, step.After).Before, CaseGiven.Entry(step.Before, step.After).After).Decide(c, CaseGiven.At).State ?? c;
            return Given.Document(c) == Given.Document(CaseGiven.Open);
        }));

    [Fact]
    public void Replaying_the_journal_gives_the_document_and_a_decision_is_the_same_twice() =>
        Check.One(Many, Prop.ForAll(Sequences, Any.ToArbitrary(), (steps, command) =>
        {
            var replayed = new JsonObject();
            Documents.Replay(replayed, CaseGiven.Entry(null, CaseGiven.Open).After);
            var c = CaseGiven.Open;
            foreach (var step in Run(steps)) Documents.Replay(replayed, CaseGiven.Entry(c, c = step.After).After);
            var (one, two) = (command.Decide(c, CaseGiven.At), command.Decide(c, CaseGiven.At));
            return JsonNode.DeepEquals(replayed, JsonNode.Parse(Given.Document(c))) && one.Fact == two.Fact && one.Refusal?.Code == two.Refusal?.Code && one.State == two.State;
        }));

    [Fact]
    public void Commands_survive_the_way_over_JSON() =>
        Prop.ForAll(Gen.Elements(Bodies).ToArbitrary(), body =>
        {
            var command = new ChangeCase(CaseGiven.Fields(body), new Problem("/partner", "case.partner.unknown", "No."), true);
            var travelled = JsonSerializer.Deserialize<ChangeCase>(JsonSerializer.Serialize(command, Json.Wire), Json.Wire)!;
            return JsonSerializer.Serialize(travelled, Json.Wire) == JsonSerializer.Serialize(command, Json.Wire) && travelled.PartnerIsDeleted;
        }).QuickCheckThrowOnFailure();

    private static bool Holds(Case c) =>
        c.Probability is >= 0 and <= 100
        && (Kind(c) != StatusKind.Won || (c.Probability == 100 && c.Weighted == c.Value)) && (Kind(c) != StatusKind.Lost || (c.Probability == 0 && c.Weighted is null or { Amount: 0 }))
        && (Kind(c) != StatusKind.Open || c.OpenProbability is null) && (Kind(c) == StatusKind.Lost || c.LostReason is null)
        && c.Weighted?.Amount == (c.Value is null ? null : Math.Round(c.Value.Amount * c.Probability / 100m, Currencies.MinorUnits(c.Value.Currency), MidpointRounding.AwayFromZero));

    private static StatusKind Kind(Case c) => CaseGiven.Settings.Status(c.Status)!.Kind;

    private static IEnumerable<(ICommand<Case> Command, Case Before, Case After)> Run(IEnumerable<(ICommand<Case>? Command, int Back)> steps)
    {
        List<(JsonElement Before, JsonElement After)> entries = [];
        var c = CaseGiven.Open;
        foreach (var (command, back) in steps)
        {
            if (command is null && entries.Count == 0) continue;
            var next = command ?? (entries[back % entries.Count] is var entry ? new RevertCase(entry.Before, entry.After) : null!);
            var decision = next.Decide(c, CaseGiven.At);
            if (decision.Refusal is not null || decision.Fact is null) continue;
            entries.Add(CaseGiven.Entry(c, decision.State!));
            yield return (next, c, c = decision.State!);
        }
    }
}
