using Crm.Cases;
using Crm.Tests.Partners;

namespace Crm.Tests.Cases;

public sealed class CaseRuleTests
{
    [Theory]
    [InlineData("""{"number":5}""", "/number", "case.number.immutable")]
    [InlineData("""{"number":null}""", "/number", "case.number.immutable")]
    [InlineData("""{"title":"  "}""", "/title", "case.title.required")]
    [InlineData("""{"title":null}""", "/title", "case.title.required")]
    [InlineData("""{"title":"a\nb"}""", "/title", "text.control")]
    [InlineData("""{"partner":null}""", "/partner", "case.partner.required")]
    [InlineData("""{"status":null}""", "/status", "case.status.required")]
    [InlineData("""{"status":"dreaming"}""", "/status", "case.status.unknown")]
    [InlineData("""{"status":"asleep"}""", "/status", "case.status.unknown")]
    [InlineData("""{"status":"gone"}""", "/status", "case.status.unknown")]
    [InlineData("""{"owner":"u77"}""", "/owner", "case.owner.unknown")]
    [InlineData("""{"owner":"u9"}""", "/owner", "case.owner.unknown")]
    [InlineData("""{"description":"\u0007"}""", "/description", "text.control")]
    public void A_case_has_a_title_a_partner_a_status_and_an_active_owner(string json, string pointer, string code) => Refused(json, pointer, code);

    [Theory]
    [Trait("Requirement", "R84")]
    [InlineData("""{"probability":-1}""", "/probability", "case.probability.range")]
    [InlineData("""{"probability":101}""", "/probability", "case.probability.range")]
    [InlineData("""{"probability":null}""", "/probability", "case.probability.range")]
    [InlineData("""{"value":{"amount":-0.01}}""", "/value/amount", "case.value.negative")]
    [InlineData("""{"value":{"amount":null}}""", "/value/amount", "money.amount.required")]
    [InlineData("""{"value":{"amount":1,"currency":"XXX"}}""", "/value", "money.invalid")]
    [InlineData("""{"value":{"amount":1,"currency":"sek"}}""", "/value", "money.invalid")]
    [InlineData("""{"value":{"amount":1e11}}""", "/value", "money.invalid")]
    [InlineData("""{"value":{"amount":1.001}}""", "/value/amount", "case.value.decimals")]
    [InlineData("""{"value":{"amount":1.5,"currency":"ISK"}}""", "/value/amount", "case.value.decimals")]
    public void Probability_and_value_are_checked(string json, string pointer, string code) => Refused(json, pointer, code);

    [Theory]
    [Trait("Requirement", "R94")]
    [InlineData("""{"followUp":"1899-12-31"}""", "/followUp", "date.range")]
    [InlineData("""{"expectedClose":"2200-01-01"}""", "/expectedClose", "date.range")]
    [InlineData("""{"expectedClose":"0001-01-01"}""", "/expectedClose", "date.range")]
    [InlineData("""{"customer":{"startDate":"1066-10-14"}}""", "/customer/startDate", "date.range")]
    [InlineData("""{"customer":{"startDate":"2026-05-02","deliveryDate":"2026-05-01"}}""", "/customer/deliveryDate", "case.delivery.beforeStart")]
    [InlineData("""{"customer":{"deliveryCountry":"QQ"}}""", "/customer/deliveryCountry", "address.country.unknown")]
    public void Dates_and_what_goes_to_the_order_are_checked(string json, string pointer, string code) => Refused(json, pointer, code);

    [Theory]
    [InlineData("""{"lostReason":{"key":"price"}}""", "/lostReason", "case.lostReason.notLost")]
    [InlineData("""{"status":"won","lostReason":{"text":"?"}}""", "/lostReason", "case.lostReason.notLost")]
    [InlineData("""{"status":"lost","lostReason":{"key":"weather"}}""", "/lostReason/key", "case.lostReason.unknown")]
    [InlineData("""{"status":"lost","lostReason":{"key":"old"}}""", "/lostReason/key", "case.lostReason.unknown")]
    [InlineData("""{"status":"lost","lostReason":{"key":"away"}}""", "/lostReason/key", "case.lostReason.unknown")]
    public void Only_a_lost_case_has_a_reason_and_a_known_one(string json, string pointer, string code) => Refused(json, pointer, code);

    [Fact]
    public void All_broken_rules_are_reported_at_once()
    {
        var unknown = new Problem("/partner", "case.partner.unknown", "There is no partner with this number.");
        var fields = CaseGiven.Fields($$"""{"partner":7,"status":"x","probability":101,"value":{"amount":-1},"owner":"u77","followUp":"1800-01-01","description":"{{new string('x', 10_001)}}","customer":{ "deliveryCountry":"QQ"} }""");
        var refusal = new CreateCase(fields, null, unknown).Decide(CaseGiven.At).Refusal!;
        Assert.Equal((RefusalKind.Invalid, "validation.failed"), (refusal.Kind, refusal.Code));
        Assert.Equal(["/customer/deliveryCountry", "/description", "/followUp", "/owner", "/partner", "/probability", "/status", "/title", "/value/amount"], refusal.Problems.Select(p => p.Pointer).Order(StringComparer.Ordinal));
    }

    [Fact]
    [Trait("Requirement", "R87")]
    public void A_new_case_has_the_first_open_status_its_probability_and_its_makers_name()
    {
        var made = CaseGiven.Accepted(new CreateCase(CaseGiven.Fields("""{"title":" Lager ","partner":1001}"""), "u1").Decide(CaseGiven.At));
        Assert.Equal(("Lager", "new", 10, "u1", CaseGiven.Now), (made.Title, made.Status, made.Probability, made.Owner, made.StatusChangedAt));
        Assert.Null(CaseGiven.Accepted(new CreateCase(CaseGiven.Fields("""{"title":"Lager","partner":1001,"owner":null}"""), "u1").Decide(CaseGiven.At)).Owner);
    }

    [Theory]
    [Trait("Requirement", "R85")]
    [InlineData(100_000, 35, "SEK", 35_000)]
    [InlineData(0.01, 50, "SEK", 0.01)]
    [InlineData(0.05, 10, "SEK", 0.01)]
    [InlineData(0.04, 10, "SEK", 0)]
    [InlineData(333, 50, "ISK", 167)]
    [InlineData(1.001, 50, "KWD", 0.501)]
    public void Weighted_is_value_times_probability_rounded_to_the_minor_unit_away_from_zero(double value, int probability, string currency, double weighted) =>
        Assert.Equal(new Money((decimal)weighted, currency), (CaseGiven.Open with { Value = new((decimal)value, currency), Probability = probability }).Weighted);

    [Fact]
    [Trait("Requirement", "R90")]
    [Trait("Requirement", "R91")]
    public void Won_is_100_and_lost_is_0_and_neither_can_be_changed_but_in_words_that_change_nothing()
    {
        Assert.Equal((100, CaseGiven.Open.Value), (CaseGiven.Won.Probability, CaseGiven.Won.Weighted));
        Assert.Equal((0, new Money(0, "SEK")), (CaseGiven.Lost.Probability, CaseGiven.Lost.Weighted));
        foreach (var (state, json) in new[] { (CaseGiven.Won, """{"probability":99}"""), (CaseGiven.Lost, """{"probability":1}"""), (CaseGiven.Open, """{"status":"won","probability":50}"""), (CaseGiven.Lost, """{"status":"won","probability":0}""") })
            Assert.Equal(("/probability", "case.probability.fixed"), new ChangeCase(CaseGiven.Fields(json)).Decide(state, CaseGiven.At).Refusal?.Problems.Select(p => (p.Pointer, p.Code)).Single());
        Assert.Equal(100, CaseGiven.Change(CaseGiven.Open, """{"status":"won","probability":100}""").Probability);
        Assert.Null(new ChangeCase(CaseGiven.Fields("""{"probability":0}""")).Decide(CaseGiven.Lost, CaseGiven.At).Fact);
        Assert.Equal(100, CaseGiven.Accepted(new CreateCase(CaseGiven.Fields("""{"title":"T","partner":1,"status":"won"}"""), null).Decide(CaseGiven.At)).Probability);
    }

    [Fact]
    [Trait("Requirement", "R90")]
    public void Back_to_open_the_probability_is_the_one_before()
    {
        var manual = CaseGiven.Change(CaseGiven.Open, """{"probability":42}""");
        foreach (var way in new[] { new[] { "won" }, ["lost"], ["won", "lost"], ["lost", "won", "lost"] })
        {
            var c = way.Aggregate(manual, (c, status) => CaseGiven.Change(c, $$"""{"status":"{{status}}"}"""));
            Assert.Equal((42, null), CaseGiven.Change(c, """{"status":"negotiation"}""") is var back ? (back.Probability, back.OpenProbability) : default);
            Assert.Equal(60, CaseGiven.Change(c, """{"status":"new","probability":60}""").Probability);
        }
        Assert.Equal(100, CaseGiven.Change(CaseGiven.Change(CaseGiven.Change(CaseGiven.Open, """{"probability":100}"""), """{"status":"won"}"""), """{"status":"new"}""").Probability);
        var born = CaseGiven.Accepted(new CreateCase(CaseGiven.Fields("""{"title":"T","partner":1,"status":"won"}"""), null).Decide(CaseGiven.At));
        Assert.Equal(50, CaseGiven.Change(CaseGiven.Change(born, """{"status":"lost"}"""), """{"status":"quoteSent"}""").Probability);
    }

    [Fact]
    public void A_probability_that_nobody_set_goes_with_the_status_and_one_that_somebody_set_stays()
    {
        Assert.Equal(50, CaseGiven.Change(CaseGiven.Open, """{"status":"quoteSent"}""").Probability);
        Assert.Equal(42, CaseGiven.Change(CaseGiven.Change(CaseGiven.Open, """{"probability":42}"""), """{"status":"quoteSent"}""").Probability);
        Assert.Equal((42, CaseGiven.Now), CaseGiven.Change(CaseGiven.Open, """{"status":"quoteSent","probability":42}""") is var c ? (c.Probability, c.StatusChangedAt) : default);
        Assert.Equal(CaseGiven.Open.StatusChangedAt, CaseGiven.Change(CaseGiven.Open, """{"status":"new","title":"Other"}""").StatusChangedAt);
    }

    [Fact]
    public void A_reason_goes_when_the_case_is_no_longer_lost_and_one_that_was_disabled_since_may_stay()
    {
        Assert.Null(CaseGiven.Change(CaseGiven.Lost, """{"status":"new"}""").LostReason);
        Assert.Equal(new("price", "Too dear"), CaseGiven.Change(CaseGiven.Lost, """{"lostReason":{"text":"Too dear"}}""").LostReason);
        Assert.Null(CaseGiven.Change(CaseGiven.Lost, """{"lostReason":null}""").LostReason);
        Assert.Null(CaseGiven.Change(CaseGiven.Lost, """{"lostReason":{"key":null}}""").LostReason);
        Assert.Equal(new("old", "x"), CaseGiven.Change(CaseGiven.Lost with { LostReason = new("old", null) }, """{"lostReason":{"key":"old","text":"x"}}""").LostReason);
        Assert.Equal("asleep", CaseGiven.Change(CaseGiven.Open with { Status = "asleep" }, """{"title":"Still","status":"asleep"}""").Status);
    }

    [Fact]
    public void Every_field_can_be_set_and_cleared()
    {
        var full = CaseGiven.Change(CaseGiven.Open, """
            {"value":{"amount":5,"currency":"EUR"},"owner":"u2","followUp":"2026-03-07","expectedClose":"2026-04-01","description":"a\nb",
             "customer":{"reference":"Eva","requisition":"R-1","contact":"Bo","deliveryStreet":"A 1\nB 2","deliveryPostalCode":"111 22","deliveryCity":"Ystad","deliveryCountry":"se","startDate":"2026-05-01","deliveryDate":"2026-05-01"}}
            """);
        Assert.Equal(("SE", new Money(5, "EUR"), "a\nb"), (full.Customer!.DeliveryCountry, full.Value, full.Description));
        Assert.Equal("Eva", CaseGiven.Change(full, """{"customer":{"deliveryCity":"Lund"}}""").Customer!.Reference);
        var bare = CaseGiven.Change(full, """{"value":null,"owner":null,"followUp":null,"expectedClose":null,"description":null,"customer":null}""");
        Assert.Equal(CaseGiven.Open with { Value = null }, bare);
        Assert.Null(bare.Weighted);
        Assert.Null(CaseGiven.Change(bare, """{"customer":{"reference":" "}}""").Customer);
        Assert.Null(new ChangeCase(CaseGiven.Fields("""{"followUp":null}""")).Decide(bare, CaseGiven.At).Fact);
    }

    [Fact]
    [Trait("Requirement", "R92")]
    [Trait("Requirement", "R107")]
    public void What_is_closed_deleted_or_converted_is_locked()
    {
        var (closed, deleted) = (CaseGiven.Lost with { Closed = true }, CaseGiven.Open with { DeletedAt = CaseGiven.Now });
        var change = new ChangeCase(CaseGiven.Fields("""{"title":"New"}"""));
        foreach (var (command, state, code) in new (ICommand<Case>, Case, string)[]
        {
            (change, closed, "case.closed"), (change, deleted, "case.deleted"), (change, CaseGiven.Converted, "case.converted"), (new CloseCase(), deleted, "case.deleted"), (new CloseCase(), CaseGiven.Converted, "case.converted"),
            (new ReopenCase(), deleted, "case.deleted"), (new ReopenCase(), CaseGiven.Converted with { Closed = true }, "case.converted"), (new DeleteCase(), CaseGiven.Converted, "case.converted"),
        })
            Assert.Equal((RefusalKind.Conflict, code), command.Decide(state, CaseGiven.At).Refusal is { } no ? (no.Kind, no.Code) : default);
    }

    [Fact]
    [Trait("Requirement", "R93")]
    public void Closing_reopening_deleting_and_restoring_twice_is_as_once_and_a_closed_case_comes_back_closed()
    {
        var closed = CaseGiven.Accepted(new CloseCase().Decide(CaseGiven.Lost, CaseGiven.At));
        Assert.Null(new CloseCase().Decide(closed, CaseGiven.At).Fact);
        var deleted = CaseGiven.Accepted(new DeleteCase().Decide(closed, CaseGiven.At));
        Assert.Null(new DeleteCase().Decide(deleted, CaseGiven.At).Fact);
        Assert.Equal(closed, CaseGiven.Accepted(new RestoreCase().Decide(deleted, CaseGiven.At)));
        Assert.Null(new RestoreCase().Decide(closed, CaseGiven.At).Fact);
        Assert.Equal(CaseGiven.Lost, CaseGiven.Accepted(new ReopenCase().Decide(closed, CaseGiven.At)));
        Assert.Null(new ReopenCase().Decide(CaseGiven.Lost, CaseGiven.At).Fact);
    }

    [Fact]
    public void A_case_of_a_deleted_partner_can_be_ended_and_moved_and_nothing_else()
    {
        foreach (var decision in new[]
        {
            new ChangeCase(CaseGiven.Fields("""{"title":"New"}"""), PartnerIsDeleted: true).Decide(CaseGiven.Open, CaseGiven.At), new ReopenCase(PartnerIsDeleted: true).Decide(CaseGiven.Open with { Closed = true }, CaseGiven.At),
            new RestoreCase(PartnerIsDeleted: true).Decide(CaseGiven.Open with { DeletedAt = CaseGiven.Now }, CaseGiven.At),
        })
            Assert.Equal((RefusalKind.Conflict, "partner.deleted"), (decision.Refusal!.Kind, decision.Refusal.Code));
        Assert.Equal(1002, CaseGiven.Change(CaseGiven.Open, """{"partner":1002}""").Partner);
    }

    private static void Refused(string json, string pointer, string code)
    {
        var problems = new ChangeCase(Given.Read<CaseFields>(json)).Decide(CaseGiven.Open, CaseGiven.At).Refusal?.Problems;
        Assert.Equal([(pointer, code)], problems?.Select(p => (p.Pointer, p.Code)) ?? []);
    }
}
