using System.Net;
using System.Text.Json;
using Crm.Accounting;
using Crm.Contracts;
using Crm.Plugins;

namespace Crm.Tests.Accounting;

/// <summary>Who looks after a customer is kept the same as other fields are: a user of the company here, a co-worker there.</summary>
public sealed class OwnerTests : LedgerTests
{
    private static readonly AccountingPerson Nobody = new(), Anna = new() { Name = "Anna Berg", Email = "anna@acme.example" }, Bo = new() { Name = "Bo Dahl", Email = "bo@acme.example" };

    [Theory]
    [InlineData("A. Berg", "ANNA@acme.example")]
    [InlineData("anna berg", null)]
    [InlineData("Anna Berg", "elsewhere@acme.example")]
    public async Task A_co_worker_there_is_the_user_with_the_address_or_alone_with_the_name(string name, string? email)
    {
        var anna = await UserAsync(Anna);
        await UserAsync(Bo);
        var partner = await LinkedAsync(new { }, c => c with { Owner = new() { Id = "7", Name = name, Email = email } });
        await RuleAsync(wins: new { owner = "accounting" });
        await PushAsync();
        Assert.Equal(anna, await OwnerAsync(partner));
        Assert.Empty(await ConflictsAsync());
        Assert.Empty(Ledger.Changes);
    }

    [Fact]
    public async Task The_owner_here_is_written_there_and_cleared_there()
    {
        var partner = await LinkedAsync(new { owner = await UserAsync(Anna) }, c => c with { Owner = Nobody });
        await RuleAsync(wins: new { owner = "crm" });
        await PushAsync();
        Assert.Equal(Anna, Ledger.Customers[0].Owner);
        await PatchAsync(partner, new { owner = (string?)null });
        await PushAsync();
        Assert.Equal(Nobody, Ledger.Customers[0].Owner);
        Assert.Empty(await ConflictsAsync());
    }

    [Fact]
    public async Task Unless_the_rules_name_it_the_owner_is_left_alone_on_both_sides()
    {
        var anna = await UserAsync(Anna);
        var partner = await LinkedAsync(new { owner = anna }, c => c with { Owner = Bo });
        await RuleAsync(wins: new { phone = "accounting" });
        await PushAsync();
        Assert.Equal((anna, Bo), (await OwnerAsync(partner), Ledger.Customers[0].Owner));
        Assert.Empty(await ConflictsAsync());
    }

    [Theory]
    [InlineData("accounting", false, "Bo Dahl")]
    [InlineData("crm", false, "Carl Ek")]
    [InlineData("newest", false, "Bo Dahl")]
    [InlineData("newest", true, "Carl Ek")]
    public async Task Where_both_have_changed_it_the_rule_says_whose_word_counts_and_the_other_is_shown(string wins, bool oursLast, string now)
    {
        var (anna, carl) = (await UserAsync(Anna), await UserAsync(new() { Name = "Carl Ek", Email = "carl@acme.example" }));
        await UserAsync(Bo);
        var partner = await LinkedAsync(new { owner = anna }, c => c with { Owner = Anna, ChangedAt = App.Clock.GetUtcNow() });
        await RuleAsync(wins: new { owner = wins });
        await PushAsync();
        Ledger.Customers[0] = Ledger.Customers[0] with { Owner = Bo, ChangedAt = App.Clock.GetUtcNow() + TimeSpan.FromMinutes(oursLast ? 1 : 20) };
        App.Clock.Advance(TimeSpan.FromMinutes(10));
        await PatchAsync(partner, new { owner = carl });
        await RunAsync();
        await PushAsync();
        Assert.Equal((now, now), ((await ReadAsync(partner)).GetProperty("owner").GetProperty("name").GetString(), Ledger.Customers[0].Owner!.Name));
        Assert.Equal([("Carl Ek", "Bo Dahl", now == "Carl Ek" ? "crm" : "accounting")], await ConflictsAsync());
    }

    [Theory]
    [InlineData("accounting", true)]
    [InlineData("accounting", false)]
    [InlineData("newest", true)]
    public async Task A_co_worker_whom_no_user_is_is_shown_and_somebody_decides(string wins, bool hasOwner)
    {
        var anna = await UserAsync(Anna);
        var partner = await LinkedAsync(new { owner = hasOwner ? anna : null }, c => c with { Owner = Bo });
        await RuleAsync(wins: new { owner = wins });
        for (var i = 0; i < 2; i++) await PushAsync();
        Assert.Equal([(hasOwner ? "Anna Berg" : "", "Bo Dahl", null)], await ConflictsAsync());
        Assert.Equal((hasOwner ? anna : null, Bo), (await OwnerAsync(partner), Ledger.Customers[0].Owner));
        Assert.Equal("accounting.conflict.noUser", (await ResolveAsync("owner", "accounting")).Code);
        Assert.Single(await ConflictsAsync());
        // Who becomes a user can be taken.
        var bo = await UserAsync(Bo);
        Assert.Equal(HttpStatusCode.OK, (await ResolveAsync("owner", "accounting")).Status);
        await PushAsync();
        Assert.Equal(bo, await OwnerAsync(partner));
        Assert.Empty(await ConflictsAsync());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("u1")]
    public void What_the_crm_has_no_value_for_is_asked_at_once_and_not_tried(string? agreed)
    {
        Dictionary<SharedField, SharedValue> ours = new() { [SharedField.Owner] = new("u1", "Anna Berg") }, theirs = new() { [SharedField.Owner] = new("?bo dahl", "Bo Dahl", CanBeTaken: false) };
        var memory = new SharedMemory { Agreed = agreed is null ? new Dictionary<SharedField, string>() : new() { [SharedField.Owner] = agreed } };
        var found = Reconciling.Of(ours, theirs, memory, new Dictionary<SharedField, Wins> { [SharedField.Owner] = Wins.Accounting }, _ => false, mayPush: true, DateTimeOffset.UnixEpoch);
        Assert.Equal((0, 0, 0), (found.Take.Count, found.Push.Count, found.Memory.Tried.Count));
        Assert.Null(Assert.Single(found.Memory.Conflicts).Winner);
    }

    [Fact]
    public async Task Of_two_with_the_same_name_none_is_taken_and_the_one_who_owns_the_partner_is_no_difference()
    {
        var first = await UserAsync(Anna);
        await UserAsync(Anna with { Email = "anna.berg@acme.example" });
        var partner = await LinkedAsync(new { }, c => c with { Owner = new() { Name = "Anna Berg" } });
        await RuleAsync(wins: new { owner = "accounting" });
        await PushAsync();
        Assert.Null(await OwnerAsync(partner));
        Assert.Equal([("", "Anna Berg", null)], await ConflictsAsync());
        await PatchAsync(partner, new { owner = first });
        await PushAsync();
        Assert.Equal(first, await OwnerAsync(partner));
        Assert.Empty(await ConflictsAsync());
    }

    [Fact]
    public async Task A_user_of_another_company_is_never_taken()
    {
        await StartAsync();
        var other = await App.NewCompanyAsync("other");
        await other.Admin.CallAsync(HttpMethod.Post, other.Path("users"), new { email = Bo.Email, name = Bo.Name, role = "seller" });
        var partner = await LinkedAsync(new { }, c => c with { Owner = Bo });
        await RuleAsync(wins: new { owner = "accounting" });
        await PushAsync();
        Assert.Null(await OwnerAsync(partner));
        Assert.Equal([("", "Bo Dahl", null)], await ConflictsAsync());
        // The same person as a user of this company is another user.
        var bo = await UserAsync(Bo);
        Assert.Equal(HttpStatusCode.OK, (await ResolveAsync("owner", "accounting")).Status);
        Assert.Equal(bo, await OwnerAsync(partner));
    }

    [Fact]
    public async Task Who_has_left_is_not_taken_and_whoever_follows_is_written_without_a_question()
    {
        var (anna, bo) = (await UserAsync(Anna), await UserAsync(Bo));
        var partner = await LinkedAsync(new { owner = anna }, c => c with { Owner = new() { Name = "Anna Berg" } });
        await RuleAsync(wins: new { owner = "newest" });
        await PushAsync();
        await Company.Admin.CallAsync(HttpMethod.Patch, Company.Path($"users/{anna}"), new { disabled = true });
        await PatchAsync(partner, new { owner = bo });
        await PushAsync();
        Assert.Equal(Bo, Ledger.Customers[0].Owner);
        Assert.Empty(await ConflictsAsync());
        App.Clock.Advance(TimeSpan.FromMinutes(20));
        Ledger.Customers[0] = Ledger.Customers[0] with { Owner = Anna, ChangedAt = App.Clock.GetUtcNow() };
        await RunAsync();
        await PushAsync();
        Assert.Equal(bo, await OwnerAsync(partner));
        Assert.Equal([("Bo Dahl", "Anna Berg", null)], await ConflictsAsync());
    }

    [Fact]
    public void Of_several_of_a_name_it_is_whom_both_last_had_and_an_address_is_nobody_elses()
    {
        Member left = new("u1", "Anna Berg", "anna@acme.example", Role.Seller, Disabled: true), first = new("u2", "Anna Berg", "a.berg@acme.example", Role.Seller), second = new("u3", "Anna Berg", "berg@acme.example", Role.Seller);
        AccountingPerson named = new() { Name = "Anna Berg" };
        Assert.Equal(new("u3", "Anna Berg"), Owners.Of(named, [left, first, second], "u9", "u3"));
        Assert.Equal(new("u2", "Anna Berg"), Owners.Of(named, [left, first], null, null));
        Assert.Equal(new("?anna berg", "Anna Berg", CanBeTaken: false), Owners.Of(named, [left, first, second], null, null));
        // Who has left is known, so that a change here is seen as one, and is not taken, nor is a namesake instead.
        Assert.Equal(new("u1", "Anna Berg", CanBeTaken: false), Owners.Of(named, [left], null, null));
        Assert.Equal(new("u1", "Anna Berg", CanBeTaken: false), Owners.Of(Anna, [left, first], null, null));
        Assert.Equal(new("?7", "7", CanBeTaken: false), Owners.Of(new() { Id = "7" }, [left, first], null, null));
        Assert.Equal(SharedValue.Nothing, Owners.Of(Nobody, [left, first], "u2", "u2"));
    }

    [Fact]
    public async Task Who_becomes_a_user_later_is_taken_at_the_next_look()
    {
        var partner = await LinkedAsync(new { owner = await UserAsync(Anna) }, c => c with { Owner = Bo });
        await RuleAsync(wins: new { owner = "accounting" });
        await PushAsync();
        Assert.Equal([("Anna Berg", "Bo Dahl", null)], await ConflictsAsync());
        var bo = await UserAsync(Bo);
        await PatchAsync(partner, new { phone = "08-123 45 67" });
        await PushAsync();
        Assert.Equal(bo, await OwnerAsync(partner));
    }

    [Fact]
    public async Task A_system_without_owners_clears_nothing_and_is_sent_nothing()
    {
        var anna = await UserAsync(Anna);
        var partner = await LinkedAsync(new { }, c => c);
        await RuleAsync(wins: new { owner = "accounting" });
        await PushAsync();
        await PatchAsync(partner, new { owner = anna });
        await PushAsync();
        Assert.Equal(anna, await OwnerAsync(partner));
        Assert.Empty(Ledger.Changes);
        Assert.Empty(await ConflictsAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_new_customer_carries_the_owner_and_one_whom_nobody_there_is_is_told(bool isKnown)
    {
        Ledger.KnowsNoOwners = !isKnown;
        var anna = await UserAsync(Anna);
        var partner = await PartnerAsync("Nordlys AB", Nordlys);
        await PatchAsync(partner, new { owner = anna });
        await TagAsync(partner);
        await RuleAsync(wins: new { owner = "crm" });
        await PushAsync();
        Assert.Equal((isKnown ? Anna : Nobody, null), (Ledger.Customers[0].Owner, Ledger.Customers[0].LeftOut));
        Assert.Equal(("created", isKnown ? null : "Nobody there is the owner."), await FirstTryAsync());
        await PushAsync();
        Assert.Equal(isKnown ? [] : [("Anna Berg", "", null)], await ConflictsAsync());
        Assert.Equal(anna, await OwnerAsync(partner));
    }

    [Fact]
    public async Task Where_nobody_there_is_the_owner_the_other_fields_are_written_all_the_same()
    {
        Ledger.KnowsNoOwners = true;
        var partner = await LinkedAsync(new { owner = await UserAsync(Anna), phone = "08-123 45 67" }, c => c with { Owner = Bo });
        await RuleAsync(wins: new { owner = "crm", phone = "crm" });
        for (var i = 0; i < 2; i++) await PushAsync();
        Assert.Equal(("08-123 45 67", Bo), (Ledger.Customers[0].Phone, Ledger.Customers[0].Owner));
        Assert.Equal(("updated", "phone, owner. Nobody there is the owner."), await FirstTryAsync());
        Assert.Equal([("Anna Berg", "Bo Dahl", null)], await ConflictsAsync());
        Assert.Single(Ledger.Changes);
    }

    private async Task<(string?, string?)> FirstTryAsync() =>
        (await LedgerEntryAsync()).GetProperty("attempts").EnumerateArray().Last() is var first ? (first.GetProperty("outcome").GetString(), first.GetProperty("detail").GetString()) : default;
}
