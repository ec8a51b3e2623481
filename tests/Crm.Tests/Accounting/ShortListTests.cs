using System.Text.Json;
using Crm.Plugins;

namespace Crm.Tests.Accounting;

/// <summary>Lists that tell of customers in short: what they leave out is not nothing, and is read of each customer by itself.</summary>
public sealed class ShortListTests : LedgerTests
{
    private static readonly AccountingPerson Anna = new() { Name = "Anna Berg", Email = "anna@acme.example" }, Bo = new() { Name = "Bo Dahl", Email = "bo@acme.example" };

    [Fact]
    public async Task A_list_in_short_clears_nothing_and_what_changed_is_read_by_itself()
    {
        Ledger.ListsInShort = true;
        var (anna, bo) = (await UserAsync(Anna), await UserAsync(Bo));
        var partner = await LinkedAsync(new { owner = anna, website = "nordlys.example" }, c => c with { Owner = Bo, Website = "nordlys.example" });
        Assert.DoesNotContain("customer 1", Ledger.Asked);
        await Company.Admin.CallAsync(HttpMethod.Patch, Company.Path("accounting/rules"), new { wins = new { owner = "accounting", website = "accounting" } });
        await PushAsync();
        Assert.Equal(anna, await OwnerAsync(partner));
        Assert.Empty(await ConflictsAsync());
        // Once of each, when everything is read; afterwards of those that changed.
        await RunAsync(whole: true);
        await PushAsync();
        Assert.Equal(bo, await OwnerAsync(partner));
        Assert.Equal([("Anna Berg", "Bo Dahl", "accounting")], await ConflictsAsync());
        await RunAsync(whole: true);
        Assert.Single(Ledger.Asked, asked => asked == "customer 1");
        App.Clock.Advance(TimeSpan.FromMinutes(20));
        Ledger.Customers[0] = Ledger.Customers[0] with { Owner = Anna, Website = null, ChangedAt = App.Clock.GetUtcNow() };
        await RunAsync();
        await PushAsync();
        var now = await ReadAsync(partner);
        Assert.Equal((anna, JsonValueKind.Null), (await OwnerAsync(partner), now.GetProperty("website").ValueKind));
    }

    [Fact]
    public async Task A_customer_that_cannot_be_read_by_itself_ends_no_run_and_is_read_by_a_later_one()
    {
        Ledger.ListsInShort = true;
        var (anna, bo) = (await UserAsync(Anna), await UserAsync(Bo));
        var partner = await LinkedAsync(new { owner = anna }, c => c with { Owner = Bo });
        await Company.Admin.CallAsync(HttpMethod.Patch, Company.Path("accounting/rules"), new { wins = new { owner = "accounting" } });
        Ledger.Unreadable = PluginErrorKind.Invalid;
        Assert.Equal("balances", await LastAskedAsync());
        Assert.Equal(anna, await OwnerAsync(partner));
        Ledger.Unreadable = null;
        await LastAskedAsync();
        Assert.Equal(bo, await OwnerAsync(partner));

        async Task<string> LastAskedAsync()
        {
            await RunAsync(whole: true);
            await PushAsync();
            return Ledger.Asked.Last(asked => asked.StartsWith("customer ", StringComparison.Ordinal) || asked == "balances");
        }
    }

    [Fact]
    public async Task A_change_before_the_nightly_reading_is_seen_after_it()
    {
        Ledger.ListsInShort = true;
        var (anna, bo) = (await UserAsync(Anna), await UserAsync(Bo));
        var partner = await LinkedAsync(new { owner = anna }, c => c with { Owner = Anna });
        await Company.Admin.CallAsync(HttpMethod.Patch, Company.Path("accounting/rules"), new { wins = new { owner = "accounting" } });
        await RunAsync(whole: true);
        App.Clock.Advance(TimeSpan.FromMinutes(20));
        await RunAsync();
        App.Clock.Advance(TimeSpan.FromMinutes(20));
        Ledger.Customers[0] = Ledger.Customers[0] with { Owner = Bo, ChangedAt = App.Clock.GetUtcNow() };
        App.Clock.Advance(TimeSpan.FromDays(1));
        await RunAsync();
        Assert.Equal("customers", Ledger.Asked.Last(asked => asked.StartsWith("customers", StringComparison.Ordinal)));
        App.Clock.Advance(TimeSpan.FromMinutes(20));
        await RunAsync();
        await PushAsync();
        Assert.Equal(bo, await OwnerAsync(partner));
    }
}
