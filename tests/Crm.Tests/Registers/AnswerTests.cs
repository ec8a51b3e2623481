using System.Net;
using System.Text.Json;
using Crm.Tests.Api;
using Crm.Tests.Plugins;

namespace Crm.Tests.Registers;

/// <summary>What a register says of a partner is kept with its source and time; what differs is shown, and changes nothing by itself.</summary>
public sealed class AnswerTests : RegisterWatch
{
    private const string AsRegistered = """
        "vatNumber":"NO999999018MVA","legalForm":"aksjeselskap","employees":212,"phone":"+47 57 86 00 10","email":"Post@Nordfjord-Energi.example","website":"https://nordfjord-energi.example/",
        "addresses":{"visiting":{"street":"Strandgata 14","postalCode":"6770","city":"Nordfjordeid","country":"NO"},"postal":{"street":"c/o Fakturamottak, Postboks 17 Sentrum","postalCode":"6770","city":"Nordfjordeid"}}
        """;

    [Fact, Trait("Requirement", "R49")]
    public async Task An_answer_is_kept_with_its_source_and_time_and_what_differs_is_shown()
    {
        var partner = await PartnerAsync("Nordfjord Energi", Energi, "\"employees\":150,\"addresses\":{\"visiting\":{\"street\":\"Gamleveien 1\",\"city\":\"Oslo\",\"country\":\"NO\"}}");
        Assert.Equal("registerAnswer.notFound", (await AnswerAsync(partner)).Code);
        var asked = await AskAsync(partner);
        Assert.Equal((HttpStatusCode.OK, "bizweb", "NORDFJORD ENERGI ASA"), (asked.Status, asked.Text("plugin"), asked.Body.GetProperty("company").GetProperty("name").GetString()));
        Assert.InRange(asked.Body.GetProperty("at").GetDateTimeOffset(), App.Clock.GetUtcNow().AddMinutes(-1), App.Clock.GetUtcNow());
        var kept = await AnswerAsync(partner);
        Assert.Equal(asked.Body.GetRawText(), kept.Body.GetRawText());
        Assert.Equal("/name /vatNumber /legalForm /employees /phone /email /website /addresses/visiting /addresses/postal", Fields(kept));
        var visiting = kept.Body.GetProperty("differences").EnumerateArray().Single(d => d.GetProperty("field").GetString() == "/addresses/visiting");
        Assert.Equal(("Gamleveien 1", "Strandgata 14", "6770"), (visiting.GetProperty("ours").GetProperty("street").GetString(), visiting.GetProperty("theirs").GetProperty("street").GetString(), visiting.GetProperty("theirs").GetProperty("postalCode").GetString()));
        Assert.Equal(1, (await Acme.GetAsync($"partners/{partner}")).Body.GetProperty("version").GetInt64());
    }

    [Fact]
    public async Task Another_spelling_is_no_difference()
    {
        var partner = await PartnerAsync("Nordfjord Energi ASA", Energi, AsRegistered.Replace("aksjeselskap", "allmennaksjeselskap", StringComparison.Ordinal));
        Assert.Equal("", Fields(await AskAsync(partner)));
    }

    [Fact]
    public async Task What_the_register_does_not_tell_is_no_difference()
    {
        var partner = await PartnerAsync("Nordstrand Tannklinikk AS", "999999042", "\"email\":\"post@tann.example\",\"website\":\"tann.example\",\"legalForm\":\"Aksjeselskap\",\"employees\":9,\"phone\":\"22280090\",\"vatNumber\":\"NO999999042MVA\",\"addresses\":{\"visiting\":{\"street\":\"Ekebergveien 230\",\"postalCode\":\"1166\",\"city\":\"Oslo\"},\"postal\":{\"street\":\"Postboks 1\"}}");
        Assert.Equal("", Fields(await AskAsync(partner)));
    }

    [Fact]
    public async Task A_value_is_taken_over_by_changing_the_partner_and_a_value_that_is_left_comes_back_only_when_the_register_says_something_else()
    {
        var partner = await PartnerAsync("Nordfjord Energi ASA", Energi, "\"phone\":\"11 11 11 11\",\"email\":\"salg@nordfjord.example\"");
        var differences = (await AskAsync(partner)).Body.GetProperty("differences").EnumerateArray();
        await Acme.PatchAsync($"partners/{partner}", new { vatNumber = Theirs("/vatNumber"), legalForm = Theirs("/legalForm"), employees = Theirs("/employees"), website = Theirs("/website"), addresses = new { visiting = Theirs("/addresses/visiting"), postal = Theirs("/addresses/postal") } });
        Assert.Equal("/phone /email", Fields(await AnswerAsync(partner)));
        Assert.Equal("/email", Fields(await LeaveAsync(partner, "/phone")));
        Assert.Equal("Nordfjord Energi ASA: /email", await ListAsync());
        await LeaveAsync(partner, "/email");
        Assert.Equal("", await ListAsync());

        await Register.ChangeAsync(Energi, company => company["epostadresse"] = "nytt@nordfjord-energi.example");
        App.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal("/email", Fields(await AskAsync(partner)));
        Assert.Equal("Nordfjord Energi ASA: /email", await ListAsync());
        await Register.ChangeAsync(Energi, company => company["telefon"] = "57860010");
        App.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal("/email", Fields(await AskAsync(partner)));

        JsonElement Theirs(string field) => differences.Single(d => d.GetProperty("field").GetString() == field).GetProperty("theirs");
    }

    [Fact]
    public async Task What_was_typed_over_while_the_partner_was_made_is_no_difference_and_costs_no_further_request()
    {
        await Acme.GetAsync($"registers/bizweb/{Energi}");
        var partner = await PartnerAsync("Nordfjord", Energi, "\"phone\":\"11 11 11 11\"");
        var before = Register.StandIn.Requests.Count;
        Assert.Equal("", Fields(await AskAsync(partner, """{"plugin":"bizweb","filled":true}""")));
        Assert.Equal(before, Register.StandIn.Requests.Count);
        await Acme.PatchAsync($"partners/{partner}", new { phone = "22 22 22 22" });
        Assert.Equal("", Fields(await AnswerAsync(partner)));
    }

    [Fact]
    public async Task A_company_that_ceased_is_in_trouble_or_is_gone_is_said_until_somebody_has_noted_it()
    {
        var (konkurs, deleted, removed) = (await PartnerAsync("NORDNES BÅTBYGGERI AS", Konkurs), await PartnerAsync("Ørsta Møbelfabrikk AS", Deleted, "\"legalForm\":\"Aksjeselskap\""), await PartnerAsync("Hemmelig", Removed));
        Assert.Equal(("/trouble", "Konkurs"), Alarm(await AskAsync(konkurs)));
        Assert.Equal(("/ceasedOn", "2024-06-30"), Alarm(await AskAsync(deleted)));
        Assert.Equal(("/unknown", null), Alarm(await AskAsync(removed)));
        Assert.Equal(JsonValueKind.Null, (await AnswerAsync(removed)).Body.GetProperty("company").ValueKind);
        Assert.Contains("Hemmelig: /unknown", await ListAsync(), StringComparison.Ordinal);
        Assert.Equal("", Fields(await LeaveAsync(removed, "/unknown")));

        static (string?, string?) Alarm(Reply answer) => (Assert.Single(answer.Body.GetProperty("alarms").EnumerateArray()).GetProperty("field").GetString(), answer.Body.GetProperty("alarms")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task An_answer_about_another_number_or_a_deleted_partner_is_none()
    {
        var partner = await PartnerAsync("Nordlys Kaffe AS", Kaffe);
        await AskAsync(partner);
        await Acme.PatchAsync($"partners/{partner}", new { organisationNumber = Hotell });
        Assert.Equal("registerAnswer.notFound", (await AnswerAsync(partner)).Code);
        Assert.Equal("", await ListAsync());
        Assert.StartsWith("/name", Fields(await AskAsync(partner)), StringComparison.Ordinal);
        await Acme.DeleteAsync($"partners/{partner}");
        Assert.Equal("partner.notFound", (await AnswerAsync(partner)).Code);
        Assert.Equal("", await ListAsync());
    }

    [Fact]
    public async Task What_cannot_be_asked_or_kept_is_refused_by_its_code()
    {
        var (plain, swedish, norwegian) = (await Acme.PartnerAsync("Utan nummer"), await Acme.PartnerAsync("Svensk", "\"organisationNumber\":\"556016-0680\""), await PartnerAsync("Nordlys Kaffe AS", Kaffe));
        Assert.Equal("partner.notFound", (await AskAsync(4711)).Code);
        Assert.Equal("register.organisationNumber.missing", (await AskAsync(plain)).Code);
        Assert.Equal("register.country.unserved", (await AskAsync(swedish)).Code);
        Assert.Equal("register.notFound", (await AskAsync(norwegian, """{"plugin":"none"}""")).Code);
        Assert.Equal("registerAnswer.notFound", (await Acme.PostAsync($"registers/answers/{norwegian}/keep", "{}")).Code);
        await AskAsync(norwegian);
        Assert.Equal("registerAnswer.fields.required", (await Acme.PostAsync($"registers/answers/{norwegian}/keep", "{}")).Code);
        Assert.Equal("registerAnswer.field", (await Acme.PostAsync($"registers/answers/{norwegian}/keep", """{"fields":["/stage"]}""")).Code);
        Assert.Equal("cursor.invalid", (await Acme.GetAsync("registers/differences?cursor=x")).Code);
        Assert.Equal("filter.value", (await Acme.GetAsync("registers/differences?limit=0")).Code);
        Assert.Equal("registerCompany.notFound", (await Acme.GetAsync("registers/bizweb/999999530")).Code);
        Register.IsDown = true;
        App.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "register.unavailable"), ((await AskAsync(norwegian)) is var down ? down.Status : default, down.Code));
        Assert.Equal(HttpStatusCode.OK, (await AnswerAsync(norwegian)).Status);
    }

    [Fact]
    public async Task A_reader_sees_the_differences_and_may_ask_and_decide_nothing()
    {
        var partner = await PartnerAsync("Nordlys Kaffe AS", Kaffe);
        await AskAsync(partner);
        Assert.Equal(HttpStatusCode.OK, (await Acme.Reader.ReadAsync(Acme.Path($"registers/answers/{partner}"))).Status);
        Assert.Equal("right.missing", (await Acme.Reader.CallAsync(HttpMethod.Post, Acme.Path($"registers/answers/{partner}"), "{}")).Code);
        Assert.Equal("right.missing", (await Acme.Reader.CallAsync(HttpMethod.Post, Acme.Path($"registers/answers/{partner}/keep"), """{"fields":["/phone"]}""")).Code);
    }

    [Fact]
    public async Task The_list_goes_on_page_by_page_past_those_that_are_decided()
    {
        string[] numbers = [Energi, Kaffe, "999999034", "999999042", Konkurs, Hotell];
        foreach (var (number, i) in numbers.Select((n, i) => (n, i))) await AskAsync(await PartnerAsync($"Firma {i}", number));
        // Taken over by hand: the list does not wait for the night.
        var second = (await Acme.GetAsync("registers/differences?limit=1&cursor=1001")).Body.GetProperty("items")[0];
        foreach (var difference in second.GetProperty("differences").EnumerateArray())
        {
            var path = difference.GetProperty("field").GetString()!.Split('/')[1..];
            var value = difference.GetProperty("theirs");
            await Acme.PatchAsync($"partners/{second.GetProperty("partner").GetInt64()}", path is [var one] ? new Dictionary<string, object> { [one] = value } : new Dictionary<string, object> { [path[0]] = new Dictionary<string, object> { [path[1]] = value } });
        }
        List<string?> names = [];
        for (var cursor = ""; cursor is not null;)
        {
            var page = (await Acme.GetAsync($"registers/differences?limit=2{(cursor.Length == 0 ? "" : $"&cursor={cursor}")}")).Body;
            names.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("name").GetString()));
            cursor = page.GetProperty("next").GetString();
        }
        Assert.Equal(["Firma 0", "Firma 2", "Firma 3", "Firma 4", "Firma 5"], names);
    }

    [Fact]
    public async Task A_register_that_charges_is_not_asked_again_behind_anybodys_back()
    {
        await App.InstallAsync(TestPackages.Of("V1", manifest: m => (m["id"], m["limits"]!["charged"]) = ("costly", true)));
        await App.ActivateAsync("costly");
        await Acme.SwitchOnAsync("costly");
        var partner = await Acme.PartnerAsync("Teuer GmbH", "\"country\":\"DE\",\"organisationNumber\":\"7\"");
        Assert.Equal("register.charged", (await AskAsync(partner, """{"plugin":"costly","filled":true}""")).Code);
        await NightAsync();
        Assert.Equal("registerAnswer.notFound", (await AnswerAsync(partner)).Code);
        Assert.Equal("/name", Fields(await AskAsync(partner)));
        Assert.True((await Acme.GetAsync("registers")).Body.GetProperty("items").EnumerateArray().Single(r => r.GetProperty("plugin").GetString() == "costly").GetProperty("charged").GetBoolean());
    }
}
