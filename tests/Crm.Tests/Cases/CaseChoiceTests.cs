using Crm.Cases;
using Crm.Tests.Partners;

namespace Crm.Tests.Cases;

public sealed class CaseChoiceTests
{
    [Fact]
    [Trait("Requirement", "R88")]
    [Trait("Requirement", "R89")]
    public void A_company_begins_with_statuses_from_new_to_won_and_lost() =>
        Assert.Equal(["new 10", "quoteMissing 25", "quoteSent 50", "negotiation 75", "won 100", "lost 0"], new CaseSettings().Statuses.Select(s => $"{s.Key} {s.Probability}"));

    [Fact]
    [Trait("Requirement", "R5")]
    public void Statuses_and_lost_reasons_are_named_in_every_language_of_the_pages() =>
        Assert.All([.. new CaseSettings().Statuses, .. new CaseSettings().LostReasons], c => Assert.Equal(["da", "en", "fi", "nb", "sv"], c.Names.Keys.Order()));

    [Theory]
    [Trait("Requirement", "R89")]
    [InlineData("won")]
    [InlineData("lost")]
    public void Won_and_lost_can_be_renamed_and_moved_and_not_removed_disabled_or_given_another_probability(string key)
    {
        Assert.Equal("caseStatus.fixed", new RemoveCaseChoice(CaseList.CaseStatus, key, false).Decide(CaseGiven.Settings, CaseGiven.At).Refusal?.Code);
        Assert.Equal("caseStatus.fixed", Change(key, """{"disabled":true}""").Refusal?.Code);
        Assert.Equal("case.probability.fixed", Change(key, """{"probability":50}""").Refusal?.Code);
        Assert.Equal(("Klart", 0), Change(key, """{"name":"Klart","names":{"da":"Klar"},"position":1}""").State is var s ? (s!.Status(key)!.Name, s.Statuses.ToList().FindIndex(c => c.Key == key)) : default);
    }

    [Theory]
    [InlineData("""{"name":"No key"}""", "/key", "choice.key.invalid")]
    [InlineData("""{"key":"has space","name":"X"}""", "/key", "choice.key.invalid")]
    [InlineData("""{"key":"none","name":"X"}""", "/key", "choice.key.invalid")]
    [InlineData("""{"key":"k"}""", "/name", "choice.name.invalid")]
    [InlineData("""{"key":"k","name":"X","names":{"danish":"Y"}}""", "/names", "choice.names.invalid")]
    [InlineData("""{"key":"k","name":"X","position":0}""", "/position", "choice.position.range")]
    [InlineData("""{"key":"k","name":"X","probability":101}""", "/probability", "case.probability.range")]
    [InlineData("""{"key":"k","name":"X","probability":null}""", "/probability", "case.probability.range")]
    public void A_status_has_a_key_a_name_and_a_probability(string json, string pointer, string code) =>
        Assert.Equal((pointer, code), new AddCaseChoice(CaseList.CaseStatus, Fields(json)).Decide(CaseGiven.Settings, CaseGiven.At).Refusal?.Problems.Select(p => (p.Pointer, p.Code)).Single());

    [Fact]
    [Trait("Requirement", "R88")]
    public void A_new_status_comes_before_won_and_lost_unless_a_place_is_named()
    {
        var added = Add(CaseList.CaseStatus, """{"key":"demo","name":"Demo"}""", CaseGiven.Settings);
        Assert.Equal(["new", "quoteMissing", "quoteSent", "negotiation", "demo", "won", "lost", "asleep", "gone"], added.Statuses.Select(s => s.Key));
        Assert.Equal((50, StatusKind.Open), (added.Status("demo")!.Probability, added.Status("demo")!.Kind));
        Assert.Equal(["demo", "new"], Add(CaseList.CaseStatus, """{"key":"demo","name":"Demo","position":1}""", CaseGiven.Settings).Statuses.Select(s => s.Key).Take(2));
        Assert.Equal(["asleep", "demo", "gone"], Add(CaseList.CaseStatus, """{"key":"demo","name":"Demo","position":99}""", CaseGiven.Settings).Statuses.Select(s => s.Key).TakeLast(3));
        Assert.Equal("caseStatus.exists", new AddCaseChoice(CaseList.CaseStatus, Fields("""{"key":"won","name":"X"}""")).Decide(CaseGiven.Settings, CaseGiven.At).Refusal?.Code);
    }

    [Fact]
    [Trait("Requirement", "R88")]
    public void A_used_status_is_not_removed_and_a_removed_one_is_hidden_last_until_it_is_added_again()
    {
        Assert.Equal("caseStatus.used", new RemoveCaseChoice(CaseList.CaseStatus, "new", true).Decide(CaseGiven.Settings, CaseGiven.At).Refusal?.Code);
        var removed = new RemoveCaseChoice(CaseList.CaseStatus, "new", false).Decide(CaseGiven.Settings, CaseGiven.At).State!;
        Assert.Equal(("new", true, "New"), (removed.Statuses[^1].Key, removed.Statuses[^1].Removed, removed.Status("new")!.Name));
        foreach (var command in new ICommand<CaseSettings>[] { new RemoveCaseChoice(CaseList.CaseStatus, "new", false), new ChangeCaseChoice(CaseList.CaseStatus, "new", Fields("""{"name":"X"}""")) })
            Assert.Equal("caseStatus.notFound", command.Decide(removed, CaseGiven.At).Refusal?.Code);
        var again = Add(CaseList.CaseStatus, """{"key":"new","name":"Brand new","probability":1}""", removed).Status("new")!;
        Assert.Equal(("Brand new", 1, false), (again.Name, again.Probability, again.Removed));
    }

    [Fact]
    public void One_open_status_stays_in_use()
    {
        var one = CaseGiven.Settings with { Statuses = [.. CaseGiven.Settings.Statuses.Where(s => s.IsFixed || !s.IsOffered || s.Key == "new")] };
        Assert.Equal("caseStatus.lastOpen", new RemoveCaseChoice(CaseList.CaseStatus, "new", false).Decide(one, CaseGiven.At).Refusal?.Code);
        Assert.Equal("caseStatus.lastOpen", new ChangeCaseChoice(CaseList.CaseStatus, "new", Fields("""{"disabled":true}""")).Decide(one, CaseGiven.At).Refusal?.Code);
        Assert.Null(new RemoveCaseChoice(CaseList.CaseStatus, "asleep", false).Decide(one, CaseGiven.At).Refusal);
    }

    [Fact]
    public void Lost_reasons_are_added_renamed_ordered_disabled_and_removed()
    {
        var added = Add(CaseList.LostReason, """{"key":"weather","name":"Weather","position":1}""", CaseGiven.Settings);
        Assert.Equal("weather", added.LostReasons[0].Key);
        var renamed = new ChangeCaseChoice(CaseList.LostReason, "weather", Fields("""{"name":"Rain","disabled":true,"position":2}""")).Decide(added, CaseGiven.At);
        Assert.Equal(("lostReason.changed", "Rain", true, "weather"), (renamed.Fact, renamed.State!.LostReasons[1].Name, renamed.State.LostReasons[1].Disabled, renamed.State.LostReasons[1].Key));
        Assert.True(new RemoveCaseChoice(CaseList.LostReason, "price", true).Decide(added, CaseGiven.At).State!.Find(CaseList.LostReason, "price")!.Removed);
        Assert.Equal("choice.probability.statusesOnly", new AddCaseChoice(CaseList.LostReason, Fields("""{"key":"k","name":"X","probability":5}""")).Decide(CaseGiven.Settings, CaseGiven.At).Refusal?.Code);
        Assert.Equal("lostReason.exists", new AddCaseChoice(CaseList.LostReason, Fields("""{"key":"price","name":"X"}""")).Decide(CaseGiven.Settings, CaseGiven.At).Refusal?.Code);
        Assert.Equal("choice.key.immutable", new ChangeCaseChoice(CaseList.LostReason, "price", Fields("""{"key":"prices"}""")).Decide(CaseGiven.Settings, CaseGiven.At).Refusal?.Code);
        Assert.Null(new ChangeCaseChoice(CaseList.LostReason, "price", Fields("{}")).Decide(CaseGiven.Settings, CaseGiven.At).Fact);
    }

    [Fact]
    public void A_list_has_an_end()
    {
        var full = CaseGiven.Settings with { LostReasons = [.. Enumerable.Range(0, 100).Select(i => new CaseChoice($"r{i}", "R") { Removed = i == 7 })] };
        Assert.Equal("lostReason.tooMany", new AddCaseChoice(CaseList.LostReason, Fields("""{"key":"one-more","name":"X"}""")).Decide(full, CaseGiven.At).Refusal?.Code);
        Assert.False(Add(CaseList.LostReason, """{"key":"r7","name":"Back"}""", full).Find(CaseList.LostReason, "r7")!.Removed);
    }

    private static Decision<CaseSettings> Change(string key, string json) => new ChangeCaseChoice(CaseList.CaseStatus, key, Fields(json)).Decide(CaseGiven.Settings, CaseGiven.At);

    private static CaseSettings Add(CaseList list, string json, CaseSettings settings)
    {
        var decision = new AddCaseChoice(list, Fields(json)).Decide(settings, CaseGiven.At);
        Assert.Null(decision.Refusal);
        return decision.State!;
    }

    private static CaseChoiceFields Fields(string json) => Given.Read<CaseChoiceFields>(json);
}
