using Crm.Accounting;
using Crm.Contracts;
using Crm.Tests.Api;
using Crm.Tests.Partners;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Accounting;

/// <summary>What is refused around what is sent to accounting, each by its own code.</summary>
public sealed class PushRefusalTests : LedgerTests
{
    [Theory]
    [InlineData("""[{"tag":"none","plugin":"ledger"}]""", "accounting.rule.tag")]
    [InlineData("""[{"tag":"vip","plugin":"nobody"}]""", "accounting.rule.plugin")]
    [InlineData("""[{"tag":"vip","plugin":"ledger","group":""}]""", "accounting.rule.group")]
    [InlineData("""[{"tag":"vip","plugin":"ledger"},{"tag":"vip","plugin":"ledger","group":"2"}]""", "accounting.rule.twice")]
    public async Task A_rule_names_what_there_is_and_once(string rules, string code)
    {
        await StartAsync();
        await Company.TagAsync("vip");
        Steps.AssertProblem(await Company.PatchAsync("accounting/rules", $$"""{"rules":{{rules}}}"""), 422, code);
    }

    [Fact]
    public void There_is_an_end_to_the_rules()
    {
        var many = Enumerable.Range(0, 101).Select(i => new PushRule($"t{i}", "ledger")).ToArray();
        var refused = new ChangePushSettings(new() { Rules = new(many) }, []).Decide(new(), Given.At).Refusal!;
        Assert.Equal("accounting.rules.tooMany", refused.Code);
    }

    [Fact]
    public void What_is_there_or_on_its_way_is_neither_tried_again_nor_taken_back()
    {
        var push = new Push { Plugin = "ledger", Partner = 1_001, Intent = "1" };
        Assert.Equal("accounting.push.done", new RetryPush().Decide(push with { State = PushState.Done }, Given.At).Refusal!.Code);
        Assert.Equal("accounting.push.done", new AbandonPush().Decide(push with { State = PushState.Done }, Given.At).Refusal!.Code);
        Assert.Equal("accounting.push.sending", new AbandonPush().Decide(push with { State = PushState.Sending }, Given.At).Refusal!.Code);
    }

    [Fact]
    public async Task There_is_one_entry_for_a_partner_and_a_system_whoever_asks_at_the_same_time()
    {
        await StartAsync();
        var (actors, call, ct) = (App.Services.GetRequiredService<IActors>(), Call.System(await RefAsync()), TestContext.Current.CancellationToken);
        var push = new Push { Plugin = "ledger", Partner = 1_001, Intent = "1" };
        Assert.Null((await actors.CreateAsync(call, new AskPush(push), ct)).Refusal);
        Assert.Equal("accounting.push.there", (await actors.CreateAsync(call, new AskPush(push with { Intent = "2" }), ct)).Refusal!.Code);
    }

    [Fact]
    public async Task Where_both_sides_have_the_same_or_no_rule_writes_there_nobody_decides()
    {
        var partner = await PartnerAsync("Nordlys AB", Nordlys);
        Ledger.Customers.Add(FakeLedger.Customer("1", "Nordlys AB", Nordlys));
        await RunAsync();
        Steps.AssertProblem(await Company.PostAsync("accounting/customers/1/resolve", """{"field":"name","take":"crm"}"""), 409, "accounting.conflict.none");
        var (actors, call, ct) = (App.Services.GetRequiredService<IActors>(), Call.System(await RefAsync()), TestContext.Current.CancellationToken);
        var customer = (await actors.ReadAsync<LedgerCustomer>(call.Company, 1, ct))!.State;
        await actors.SendAsync(call, 1, new RememberShared(customer.Memory with { Conflicts = [new(SharedField.Name, "Nordlys AB", "Nordlys", null, Given.Now)] }), ct);
        Steps.AssertProblem(await Company.PostAsync("accounting/customers/1/resolve", """{"field":"name","take":"crm"}"""), 409, "accounting.conflict.noRule");
        Assert.Equal("Nordlys AB", (await ReadAsync(partner)).GetProperty("name").GetString());
    }

    [Fact]
    public async Task What_has_not_been_read_there_is_not_taken_for_nothing()
    {
        Ledger.ListsInShort = true;
        var partner = await PartnerAsync("Nordlys AB", Nordlys);
        await PatchAsync(partner, new { website = "nordlys.example" });
        Ledger.Customers.Add(FakeLedger.Customer("1", "Nordlys AB", Nordlys));
        await RunAsync();
        var (actors, call, ct) = (App.Services.GetRequiredService<IActors>(), Call.System(await RefAsync()), TestContext.Current.CancellationToken);
        var customer = (await actors.ReadAsync<LedgerCustomer>(call.Company, 1, ct))!.State;
        await actors.SendAsync(call, 1, new RememberShared(customer.Memory with { Conflicts = [new(SharedField.Website, "nordlys.example", "", null, Given.Now)] }), ct);
        Steps.AssertProblem(await Company.PostAsync("accounting/customers/1/resolve", """{"field":"website","take":"accounting"}"""), 409, "accounting.conflict.untold");
        Assert.Equal("nordlys.example", (await ReadAsync(partner)).GetProperty("website").GetString());
    }
}
