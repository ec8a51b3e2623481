using System.Net;
using System.Text.Json;
using Crm.Accounting;
using Crm.Plugins;
using Crm.Contracts;
using Microsoft.Extensions.DependencyInjection;
using static Crm.Tests.Accounting.FakeLedger;

namespace Crm.Tests.Accounting;

/// <summary>Partners are sent to an accounting system, each of them once.</summary>
public sealed class PushTests : LedgerTests
{
    private static readonly PluginFailure Wrong = new(PluginErrorKind.Invalid, "The post code is wrong.");

    [Fact, Trait("Requirement", "R46")]
    public async Task A_rule_sends_the_partners_with_its_tag_and_no_others()
    {
        var (tagged, other) = (await PartnerAsync("Nordlys AB", Nordlys), await PartnerAsync("Svea AB", Svea));
        await TagAsync(tagged);
        await RuleAsync(group: "7");
        await PushAsync();
        var made = Assert.Single(Ledger.Made);
        Assert.Equal(("Nordlys AB", Nordlys, "7"), (made.Name, made.OrganisationNumber, made.Group));
        Assert.Equal(made.Number, (await ReadAsync(tagged)).GetProperty("external")[0].GetProperty("id").GetString());
        Assert.Equal(0, (await ReadAsync(other)).GetProperty("external").GetArrayLength());
        // What was there before the rule, and what comes after it.
        await TagAsync(other);
        await PushAsync();
        await PushAsync();
        Assert.Equal(["Nordlys AB", "Svea AB"], Ledger.Made.Select(m => m.Name));
    }

    [Fact]
    public async Task Who_is_there_already_by_the_organisation_number_is_linked_and_not_made_again()
    {
        var partner = await PartnerAsync("Nordlys AB", Nordlys);
        Ledger.Customers.Add(Customer("55", "Nordlys i Stockholm", Nordlys));
        await TagAsync(partner);
        await RuleAsync();
        await PushAsync();
        Assert.Empty(Ledger.Made);
        Assert.Equal(("linked", "55"), (await LastOutcomeAsync(), (await ReadAsync(partner)).GetProperty("external")[0].GetProperty("id").GetString()));
    }

    [Theory]
    [InlineData(Nordlys)]
    [InlineData(null)]
    public async Task A_write_whose_answer_was_lost_is_asked_for_and_never_sent_twice(string? organisationNumber)
    {
        var partner = await PartnerAsync("Nordlys AB", organisationNumber);
        await TagAsync(partner);
        await RuleAsync();
        Ledger.LosesAnswers = 1;
        await PushAsync();
        Assert.Equal("unknown", (await LedgerEntryAsync()).GetProperty("state").GetString());
        // Not before what was on its way has surely arrived, and not by asking for it either.
        await RetryAsync();
        await PushAsync();
        Assert.Equal("unknown", (await LedgerEntryAsync()).GetProperty("state").GetString());
        App.Clock.Advance(TimeSpan.FromSeconds(31));
        await PushAsync();
        Assert.Single(Ledger.Made);
        Assert.Equal(("done", "linked"), ((await LedgerEntryAsync()).GetProperty("state").GetString(), await LastOutcomeAsync()));
        Assert.Equal("100", (await ReadAsync(partner)).GetProperty("external")[0].GetProperty("id").GetString());
    }

    [Theory]
    [InlineData(Nordlys)]
    [InlineData(null)]
    public async Task A_write_that_never_arrived_is_sent_again_under_the_same_key(string? organisationNumber)
    {
        await TagAsync(await PartnerAsync("Nordlys AB", organisationNumber));
        await RuleAsync();
        Ledger.Fails = (organisationNumber is null ? 1 : 2, new PluginFailure(PluginErrorKind.Unavailable, "It is away."));
        await PushAsync();
        Assert.Equal("unknown", (await LedgerEntryAsync()).GetProperty("state").GetString());
        App.Clock.Advance(TimeSpan.FromSeconds(31));
        await PushAsync();
        Assert.Single(Ledger.Made);
        Assert.Equal("created", await LastOutcomeAsync());
        Assert.Single(Ledger.Keys.Distinct());
    }

    [Fact]
    public async Task What_is_refused_waits_for_the_partner_to_be_put_right()
    {
        var partner = await PartnerAsync("Nordlys AB", Nordlys);
        await TagAsync(partner);
        await RuleAsync();
        Ledger.Refuses = Wrong;
        await PushAsync();
        var entry = await LedgerEntryAsync();
        Assert.Equal(("refused", "invalid", Wrong.Detail, JsonValueKind.Null), (entry.GetProperty("state").GetString(), entry.GetProperty("problem").GetString(), entry.GetProperty("detail").GetString(), entry.GetProperty("dueAt").ValueKind));
        Assert.Contains(Wrong.Detail, (await WhyAsync(partner)).GetProperty("text").GetString());
        Ledger.Refuses = null;
        await PushAsync();
        Assert.Empty(Ledger.Made);
        await PatchAsync(partner, new { phone = "08-123 45 67" });
        await PushAsync();
        Assert.Equal("08-123 45 67", Assert.Single(Ledger.Made).Phone);
    }

    [Fact]
    public async Task A_tag_that_is_taken_off_in_time_takes_the_intent_back()
    {
        var partner = await PartnerAsync("Nordlys AB", Nordlys);
        await TagAsync(partner);
        await RuleAsync();
        Ledger.Fails = (1, new PluginFailure(PluginErrorKind.RateLimited, "Later."));
        await PushAsync();
        await PatchAsync(partner, new { tags = Array.Empty<string>() });
        await LookAsync();
        Assert.Equal("withdrawn", (await LedgerEntryAsync()).GetProperty("state").GetString());
        App.Clock.Advance(TimeSpan.FromHours(2));
        await PushAsync();
        Assert.Empty(Ledger.Made);
    }

    [Fact, Trait("Requirement", "R52")]
    public async Task A_new_customer_is_made_in_accounting_first_and_becomes_a_partner_with_its_number()
    {
        await StartAsync();
        var made = await NewAsync(new { name = "Nordlys AB", country = "SE", relations = Relations, organisationNumber = Nordlys });
        Assert.Equal(HttpStatusCode.Created, made.Status);
        var partner = made.Body.GetProperty("partner").GetInt64();
        Assert.Equal(("done", "100"), (made.Body.GetProperty("state").GetString(), made.Body.GetProperty("externalNumber").GetString()));
        var read = await ReadAsync(partner);
        Assert.Equal(("Nordlys AB", "100"), (read.GetProperty("name").GetString(), read.GetProperty("external")[0].GetProperty("id").GetString()));
        await RunAsync(whole: true);
        Assert.Equal(partner, (await Company.Admin.ReadAsync(Company.Path("accounting/customers"))).Body.GetProperty("items")[0].GetProperty("partner").GetInt64());
    }

    [Fact, Trait("Requirement", "R52")]
    public async Task While_accounting_fails_there_is_no_half_customer_and_it_is_tried_again_and_shown()
    {
        await StartAsync();
        Ledger.LosesAnswers = 1;
        var made = await NewAsync(new { name = "Nordlys AB", country = "SE", relations = Relations });
        Assert.Equal(("unknown", JsonValueKind.Null), (made.Body.GetProperty("state").GetString(), made.Body.GetProperty("partner").ValueKind));
        Assert.Equal(0, (await Company.Reader.ReadAsync(Company.Path("partners?name=Nordlys AB"))).Body.GetProperty("items").GetArrayLength());
        App.Clock.Advance(TimeSpan.FromSeconds(31));
        await PushAsync();
        Assert.Single(Ledger.Made);
        var partner = Assert.Single((await Company.Reader.ReadAsync(Company.Path("partners?name=Nordlys AB"))).Body.GetProperty("items").EnumerateArray());
        Assert.Equal(partner.GetProperty("number").GetInt64(), (await LedgerEntryAsync()).GetProperty("partner").GetInt64());
    }

    [Fact, Trait("Requirement", "R52")]
    public async Task What_could_not_become_a_partner_is_never_sent()
    {
        await StartAsync();
        var refused = await NewAsync(new { name = "", country = "XX", relations = Relations });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("/partner/country", refused.Body.GetProperty("errors").EnumerateObject().Select(e => e.Name));
        Assert.Empty(Ledger.Made);
        Assert.Equal(0, (await LedgerAsync()).GetArrayLength());
    }

    [Fact]
    public async Task Why_a_partner_is_not_there_is_answered_with_what_to_do()
    {
        var partner = await PartnerAsync("Nordlys AB", Nordlys);
        Assert.Equal(("noRule", "addRule"), await BecauseAsync(partner));
        await RuleAsync();
        Assert.Equal(("notTagged", "tag"), await BecauseAsync(partner));
        await TagAsync(partner);
        Ledger.Fails = (1, new PluginFailure(PluginErrorKind.RateLimited, "Later."));
        await PushAsync();
        Assert.Equal(("waiting", "wait"), await BecauseAsync(partner));
        App.Clock.Advance(TimeSpan.FromHours(2));
        await PushAsync();
        Assert.Equal(("linked", "nothing"), await BecauseAsync(partner));
    }

    [Fact]
    public async Task Two_servers_that_come_to_the_same_push_make_one_customer()
    {
        await TagAsync(await PartnerAsync("Nordlys AB", Nordlys));
        await RuleAsync();
        await LookAsync();
        var number = (await LedgerEntryAsync()).GetProperty("number").GetInt64();
        var hosts = Enumerable.Range(0, 4).Select(_ => ActivatorUtilities.CreateInstance<Pusher>(App.Services)).ToArray();
        var company = await RefAsync();
        await Task.WhenAll(hosts.Select(h => Task.Run(() => h.RunAsync(company, number, TestContext.Current.CancellationToken))));
        Assert.Single(Ledger.Made);
    }

    [Fact]
    public async Task While_one_server_is_at_it_nobody_else_is_and_it_is_not_taken_back()
    {
        await TagAsync(await PartnerAsync("Nordlys AB", Nordlys));
        await RuleAsync();
        await LookAsync();
        var (actors, call, number, ct) = (App.Services.GetRequiredService<IActors>(), Call.System(await RefAsync()), (await LedgerEntryAsync()).GetProperty("number").GetInt64(), TestContext.Current.CancellationToken);
        Assert.Null((await actors.SendAsync(call, number, new BeginPush("one", TimeSpan.FromMinutes(2), null), ct)).Refusal);
        Assert.Equal("accounting.notDue", (await actors.SendAsync(call, number, new BeginPush("two", TimeSpan.FromMinutes(2), null), ct)).Refusal?.Code);
        Assert.Equal("accounting.taken", (await actors.SendAsync(call, number, new EndPush("two", "created"), ct)).Refusal?.Code);
        Assert.Equal("accounting.push.sending", (await Company.Admin.CallAsync(HttpMethod.Post, Company.Path($"accounting/pushes/{number}/abandon"))).Code);
        // It ended in the middle: what it may have written is asked for.
        App.Clock.Advance(TimeSpan.FromMinutes(3));
        Ledger.Customers.Add(Customer("55", "Nordlys AB", Nordlys));
        await PushAsync();
        Assert.Equal(("linked", 0), (await LastOutcomeAsync(), Ledger.Made.Count));
        Assert.Equal("unknown", (await LedgerEntryAsync()).GetProperty("attempts")[1].GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task Nothing_is_sent_while_the_connection_is_paused_and_all_of_it_afterwards()
    {
        await TagAsync(await PartnerAsync("Nordlys AB", Nordlys));
        await RuleAsync();
        await PauseAsync(true);
        await PushAsync();
        Assert.Equal(("waiting", "paused"), ((await LedgerEntryAsync()).GetProperty("state").GetString(), (await LedgerEntryAsync()).GetProperty("problem").GetString()));
        Assert.Empty(Ledger.Made);
        await PauseAsync(false);
        App.Clock.Advance(TimeSpan.FromMinutes(2));
        await PushAsync();
        Assert.Single(Ledger.Made);
    }

    [Fact]
    public async Task A_rule_that_is_there_twice_or_has_no_proper_group_is_refused_and_there_are_not_too_many()
    {
        await StartAsync();
        await RuleAsync();
        string[] Codes(Reply reply) => [.. reply.Body.GetProperty("codes").EnumerateObject().SelectMany(c => c.Value.EnumerateArray()).Select(c => c.GetString()!).Distinct().Order()];
        var rule = new { tag = "customer", plugin = "ledger", group = "" };
        Assert.Equal(["accounting.rule.group", "accounting.rule.twice"], Codes(await Company.Admin.CallAsync(HttpMethod.Patch, Company.Path("accounting/rules"), new { rules = new[] { rule, rule } })));
        Assert.Contains("accounting.rules.tooMany", Codes(await Company.Admin.CallAsync(HttpMethod.Patch, Company.Path("accounting/rules"), new { rules = Enumerable.Repeat(rule, 101) })));
        Assert.Equal(["accounting.rule.plugin"], Codes(await Company.Admin.CallAsync(HttpMethod.Post, Company.Path("accounting/new-customers"), new { plugin = "nobody", partner = new { } })));
    }

    [Fact]
    public async Task Rules_name_what_there_is()
    {
        await StartAsync();
        var wrong = await Company.Admin.CallAsync(HttpMethod.Patch, Company.Path("accounting/rules"), new { rules = new[] { new { tag = "none", plugin = "nobody" } } });
        Assert.Equal("accounting.rule.tag", wrong.Body.GetProperty("codes").GetProperty("/rules/0/tag")[0].GetString());
        Assert.Equal("accounting.rule.plugin", wrong.Body.GetProperty("codes").GetProperty("/rules/0/plugin")[0].GetString());
        var missing = await Company.Admin.CallAsync(HttpMethod.Post, Company.Path("partners/4711/accounting/ledger"));
        Assert.Equal(HttpStatusCode.NotFound, missing.Status);
    }

    private static readonly string[] Relations = ["customer"];

    private async Task<(string?, string?)> BecauseAsync(long partner) => await WhyAsync(partner) is var why ? (why.GetProperty("because").GetString(), why.GetProperty("next").GetString()) : default;

    private async Task<JsonElement> WhyAsync(long partner) => (await Company.Reader.ReadAsync(Company.Path($"partners/{partner}/accounting"))).Body.GetProperty("items")[0];

    private Task<Reply> NewAsync(object partner) => Company.Admin.CallAsync(HttpMethod.Post, Company.Path("accounting/new-customers"), new { plugin = "ledger", partner });

    private async Task RetryAsync() => await Company.Admin.CallAsync(HttpMethod.Post, Company.Path($"accounting/pushes/{(await LedgerEntryAsync()).GetProperty("number").GetInt64()}/retry"));
}
