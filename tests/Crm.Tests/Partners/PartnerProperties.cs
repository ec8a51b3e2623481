using System.Text.Json;
using System.Text.Json.Nodes;
using Crm.Partners;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Tests.Partners;

/// <summary>What holds for every sequence of commands.</summary>
public sealed class PartnerProperties
{
    private static readonly string[] Bodies =
    [
        """{"name":"Åkers AB"}""", """{"name":"Åkers AB","stage":"lost"}""", """{"stage":"active"}""", """{"stage":null}""", """{"creditLimit":{"amount":1000.50}}""", """{"creditLimit":null}""",
        """{"tags":["vip","nordic"]}""", """{"tags":[]}""", """{"owner":"u1","coOwners":["u2"]}""", """{"owner":null}""", """{"addresses":{"visiting":{"city":"Ystad"}}}""", """{"addresses":null}""",
        """{"invoicing":{"type":"paper","creditDays":20}}""", """{"invoicing":null}""", """{"country":"DK","organisationNumber":"28504799"}""", """{"country":"SE","organisationNumber":"556012-5790"}""",
        """{"relations":["other","customer"]}""", """{"employees":5}""", """{"email":"a@example.com"}""", """{"parent":1001}""", """{"parent":null}""", "{}",
        """{"name":""}""", """{"country":"NO"}""", """{"tags":["none-such"]}""", """{"number":1}""",
    ];

    private static readonly Gen<ICommand<Partner>> Changes = Gen.Elements(Bodies).Select(ICommand<Partner> (body) => new ChangePartner(Given.Fields(body)));

    private static readonly Gen<ICommand<Partner>> Any = Gen.OneOf(
        Changes, Changes, Changes, Gen.Elements<ICommand<Partner>>(
            new DeletePartner(), new RestorePartner(), new SetLogo(new Logo("image/png", "hash", 10)), new SetLogo(null),
            new AddContact(Given.Read<ContactFields>("""{"name":"Eva","primary":true}"""), 1001), new AddContact(Given.Read<ContactFields>("""{"name":"Bo"}"""), 1001),
            new ChangeContact(1, Given.Read<ContactFields>("""{"title":"CEO","primary":true}"""), null, 1001), new ChangeContact(2, Given.Read<ContactFields>("""{"active":false}"""), null, 1001),
            new RemoveContact(1, null, 1001)));

    private static readonly Arbitrary<ICommand<Partner>[]> Sequences = Gen.Choose(0, 25).SelectMany(n => Any.ArrayOf(n)).ToArbitrary();

    [Fact]
    [Trait("Requirement", "R8")]
    public void No_sequence_of_commands_brings_a_number_into_the_state_or_breaks_what_always_holds() =>
        Prop.ForAll(Sequences, commands =>
        {
            var partner = Run(commands, _ => { });
            var document = JsonNode.Parse(Given.Document(partner))!.AsObject();
            return !document.ContainsKey("number") && partner.Name.Length > 0 && partner.Relations.Count > 0 && Countries.IsKnown(partner.Country)
                && partner.Contacts.Count(c => c.Primary) <= 1 && partner.Contacts.All(c => c.Id <= partner.LastContact) && partner.Contacts.DistinctBy(c => c.Id).Count() == partner.Contacts.Count;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Replaying_the_journal_gives_the_document() =>
        Prop.ForAll(Sequences, commands =>
        {
            var replayed = new JsonObject();
            Documents.Replay(replayed, Given.Entry(null, Given.Partner).After);
            var partner = Run(commands, step => Documents.Replay(replayed, Given.Entry(step.Before, step.After).After));
            return JsonNode.DeepEquals(replayed, JsonNode.Parse(Given.Document(partner)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Taking_a_change_back_is_its_inverse() =>
        Prop.ForAll(Sequences, Changes.ToArbitrary(), (commands, change) =>
        {
            var partner = Run(commands, _ => { });
            var decision = change.Decide(partner, Given.At);
            if (decision.Fact is null) return true;
            var (before, after) = Given.Entry(partner, decision.State!);
            return Given.Document(new RevertPartner(before, after).Decide(decision.State!, Given.At).State!) == Given.Document(partner);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Taking_all_entries_back_from_the_newest_gives_the_partner_as_it_was() =>
        Prop.ForAll(Sequences, commands =>
        {
            Stack<(JsonElement Before, JsonElement After)> entries = [];
            var partner = Run(commands, step => entries.Push(Given.Entry(step.Before, step.After)));
            foreach (var (before, after) in entries) partner = new RevertPartner(before, after).Decide(partner, Given.At).State!;
            return Given.Document(partner) == Given.Document(Given.Partner);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_decision_gives_the_same_answer_twice() =>
        Prop.ForAll(Sequences, Any.ToArbitrary(), (commands, command) =>
        {
            var partner = Run(commands, _ => { });
            var (one, two) = (command.Decide(partner, Given.At), command.Decide(partner, Given.At));
            return one.Fact == two.Fact && one.Refusal?.Code == two.Refusal?.Code && Given.Document(one.State) == Given.Document(two.State);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Commands_survive_the_way_over_JSON() =>
        Prop.ForAll(Gen.Elements(Bodies).ToArbitrary(), body =>
        {
            var command = new ChangePartner(Given.Fields(body));
            var travelled = JsonSerializer.Deserialize<ChangePartner>(JsonSerializer.Serialize(command, Json.Wire), Json.Wire)!;
            return JsonSerializer.Serialize(travelled, Json.Wire) == JsonSerializer.Serialize(command, Json.Wire)
                && Given.Document(travelled.Decide(Given.Partner, Given.At).State) == Given.Document(command.Decide(Given.Partner, Given.At).State);
        }).QuickCheckThrowOnFailure();

    private static Partner Run(IEnumerable<ICommand<Partner>> commands, Action<(Partner Before, Partner After)> accepted)
    {
        var partner = Given.Partner;
        foreach (var command in commands)
        {
            var decision = command.Decide(partner, Given.At);
            if (decision.Refusal is not null || decision.Fact is null) continue;
            accepted((partner, decision.State!));
            partner = decision.State!;
        }
        return partner;
    }
}
