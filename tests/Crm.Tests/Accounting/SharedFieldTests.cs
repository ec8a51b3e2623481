using System.Net;
using System.Text.Json;
using Crm.Plugins;
using Crm.Contracts;

namespace Crm.Tests.Accounting;

/// <summary>What both the CRM and the accounting system have of a customer is kept the same, and where both have changed it the rules say whose word counts.</summary>
public sealed class SharedFieldTests : LedgerTests
{
    private const string Ours = "ours@nordlys.example", Theirs = "theirs@nordlys.example", First = "first@nordlys.example";

    [Theory]
    [InlineData("accounting")]
    [InlineData("crm")]
    [InlineData("newest")]
    public async Task What_only_one_side_has_is_taken_over_by_the_other(string wins)
    {
        var partner = await LinkedAsync(ours: new { phone = "08-123 45 67" }, theirs: c => c with { Email = First });
        await RuleAsync(wins: new { email = wins, phone = wins, website = wins });
        await PushAsync();
        Assert.Equal((First, "08-123 45 67"), ((await ReadAsync(partner)).GetProperty("email").GetString(), Ledger.Customers[0].Phone));
        Assert.Empty(await ConflictsAsync());
        Assert.Empty(Ledger.Made);
    }

    [Theory]
    [InlineData("accounting", First)]
    [InlineData("crm", Ours)]
    [InlineData("newest", Ours)]
    public async Task What_the_crm_alone_has_changed_is_written_there_unless_accounting_always_counts(string wins, string now)
    {
        var partner = await AgreedAsync(wins);
        await PatchAsync(partner, new { email = Ours });
        await PushAsync();
        Assert.Equal((now, now), ((await ReadAsync(partner)).GetProperty("email").GetString(), Ledger.Customers[0].Email));
        // Never silently: what was not taken is shown with both values.
        Assert.Equal(wins == "accounting" ? [(Ours, First, "accounting")] : [], await ConflictsAsync());
    }

    [Theory]
    [InlineData("accounting", Theirs)]
    [InlineData("crm", First)]
    [InlineData("newest", Theirs)]
    public async Task What_accounting_alone_has_changed_is_taken_over_unless_the_crm_always_counts(string wins, string now)
    {
        var partner = await AgreedAsync(wins);
        await ChangeThereAsync();
        Assert.Equal((now, now), ((await ReadAsync(partner)).GetProperty("email").GetString(), Ledger.Customers[0].Email));
        Assert.Equal(wins == "crm" ? [(First, Theirs, "crm")] : [], await ConflictsAsync());
    }

    [Theory]
    [InlineData("accounting", false, Theirs)]
    [InlineData("crm", false, Ours)]
    [InlineData("newest", true, Ours)]
    [InlineData("newest", false, Theirs)]
    public async Task Where_both_have_changed_it_the_rule_says_whose_word_counts_and_the_other_is_shown(string wins, bool oursLast, string now)
    {
        var partner = await AgreedAsync(wins);
        // Neither change has been seen by the other side when both are looked at.
        var changed = App.Clock.GetUtcNow() + TimeSpan.FromMinutes(oursLast ? 1 : 20);
        Ledger.Customers[0] = Ledger.Customers[0] with { Email = Theirs, ChangedAt = changed };
        App.Clock.Advance(TimeSpan.FromMinutes(10));
        await PatchAsync(partner, new { email = Ours });
        await RunAsync();
        await PushAsync();
        Assert.Equal((now, now), ((await ReadAsync(partner)).GetProperty("email").GetString(), Ledger.Customers[0].Email));
        Assert.Equal([(Ours, Theirs, now == Ours ? "crm" : "accounting")], await ConflictsAsync());
    }

    [Fact]
    public async Task Where_nobody_knows_which_is_newer_somebody_has_to_say_and_nothing_is_written()
    {
        var partner = await LinkedAsync(ours: new { email = Ours }, theirs: c => c with { Email = Theirs });
        await RuleAsync(wins: new { email = "newest" });
        await PushAsync();
        Assert.Equal([(Ours, Theirs, null)], await ConflictsAsync());
        Assert.Equal((Ours, Theirs), ((await ReadAsync(partner)).GetProperty("email").GetString(), Ledger.Customers[0].Email));
        Assert.Equal(HttpStatusCode.OK, (await ResolveAsync("email", "crm")).Status);
        await PushAsync();
        Assert.Equal(Ours, Ledger.Customers[0].Email);
        Assert.Empty(await ConflictsAsync());
    }

    [Fact]
    public async Task Somebody_may_take_the_other_value_after_all()
    {
        var partner = await LinkedAsync(ours: new { email = Ours }, theirs: c => c with { Email = Theirs });
        await RuleAsync(wins: new { email = "newest" });
        await PushAsync();
        Assert.Equal(HttpStatusCode.OK, (await ResolveAsync("email", "accounting")).Status);
        await PushAsync();
        Assert.Equal((Theirs, Theirs), ((await ReadAsync(partner)).GetProperty("email").GetString(), Ledger.Customers[0].Email));
        Assert.Equal("accounting.conflict.none", (await ResolveAsync("email", "accounting")).Code);
    }

    [Fact]
    public async Task Without_a_rule_nothing_is_written_there()
    {
        var partner = await LinkedAsync(ours: new { email = Ours, phone = "08-1" }, theirs: c => c with { Email = Theirs });
        await Company.Admin.CallAsync(HttpMethod.Patch, Company.Path("accounting/rules"), new { wins = new { email = "newest", phone = "crm" } });
        await PushAsync();
        Assert.Empty(Ledger.Changes);
        Assert.Null(Ledger.Customers[0].Phone);
        Assert.Equal("accounting.conflict.noRule", (await ResolveAsync("email", "crm")).Code);
    }

    [Fact]
    public async Task A_value_that_the_partners_own_rules_refuse_is_shown_and_not_taken_again_and_again()
    {
        var partner = await LinkedAsync(ours: new { }, theirs: c => c with { Email = "no address" });
        await RuleAsync(wins: new { email = "accounting" });
        for (var i = 0; i < 3; i++) await PushAsync();
        Assert.Equal(JsonValueKind.Null, (await ReadAsync(partner)).GetProperty("email").ValueKind);
        Assert.Equal([("", "no address", null)], await ConflictsAsync());
        var version = (await CustomerAsync()).GetProperty("version").GetInt64();
        await PushAsync();
        Assert.Equal(version, (await CustomerAsync()).GetProperty("version").GetInt64());
    }

    [Fact]
    public async Task An_update_that_accounting_refuses_is_told_and_one_that_is_done_cannot_be_tried_or_taken_back()
    {
        var partner = await AgreedAsync("crm");
        Ledger.Refuses = new PluginFailure(PluginErrorKind.Invalid, "No such address.");
        await PatchAsync(partner, new { email = Ours });
        await PushAsync();
        Assert.Equal("refused", (await LedgerEntryAsync()).GetProperty("state").GetString());
        Ledger.Refuses = null;
        await PatchAsync(partner, new { email = "second@nordlys.example" });
        await PushAsync();
        var entry = await LedgerEntryAsync();
        Assert.Equal(("done", "second@nordlys.example"), (entry.GetProperty("state").GetString(), Ledger.Customers[0].Email));
        var path = $"accounting/pushes/{entry.GetProperty("number").GetInt64()}";
        foreach (var what in new[] { "retry", "abandon" }) Assert.Equal("accounting.push.done", (await Company.Admin.CallAsync(HttpMethod.Post, Company.Path($"{path}/{what}"))).Code);
    }

    /// <summary>A partner whose address both sides have.</summary>
    private async Task<long> AgreedAsync(string wins)
    {
        var partner = await LinkedAsync(new { email = First }, c => c with { Email = First, ChangedAt = App.Clock.GetUtcNow() });
        await RuleAsync(wins: new { email = wins });
        await PushAsync();
        return partner;
    }

    private async Task ChangeThereAsync()
    {
        App.Clock.Advance(TimeSpan.FromMinutes(20));
        Ledger.Customers[0] = Ledger.Customers[0] with { Email = Theirs, ChangedAt = App.Clock.GetUtcNow() };
        await RunAsync();
        await PushAsync();
    }
}
