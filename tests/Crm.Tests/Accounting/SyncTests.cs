using System.Net;
using System.Text.Json;
using Crm.Contracts;
using Crm.Plugins;
using static Crm.Tests.Accounting.FakeLedger;

namespace Crm.Tests.Accounting;

/// <summary>An accounting system is read page by page: its customers are matched to partners, its balances and invoices are told.</summary>
public sealed class SyncTests : LedgerTests
{
    [Fact, Trait("Requirement", "R28")]
    public async Task A_partner_owes_what_the_accounting_system_says_and_it_is_told_where_and_when()
    {
        var partner = await PartnerAsync("Nordlys AB", Nordlys);
        Assert.Equal(JsonValueKind.Null, (await ReadAsync(partner)).GetProperty("balance").ValueKind);
        Ledger.Customers.AddRange([Customer("1", "Nordlys", Nordlys), Customer("2", "Another"), Customer("3", "A third")]);
        Ledger.Balances.AddRange([Owes("1", 600.50m), Owes("3", 10)]);
        await RunAsync();
        var balance = (await ReadAsync(partner)).GetProperty("balance");
        Assert.Equal((600.50m, "SEK", "ledger"), (balance.GetProperty("amount").GetDecimal(), balance.GetProperty("currency").GetString(), balance.GetProperty("source").GetString()));
        var first = balance.GetProperty("asOf").GetDateTimeOffset();
        var version = (await ReadAsync(partner)).GetProperty("version").GetInt64();
        await RunAsync(whole: true);
        var again = await ReadAsync(partner);
        Assert.True(again.GetProperty("balance").GetProperty("asOf").GetDateTimeOffset() > first);
        Assert.Equal(version, again.GetProperty("version").GetInt64());
        var external = Assert.Single(again.GetProperty("external").EnumerateArray());
        Assert.Equal(("ledger", "1"), (external.GetProperty("system").GetString(), external.GetProperty("id").GetString()));
    }

    [Fact, Trait("Requirement", "R28"), Trait("Requirement", "R29")]
    public async Task A_customer_that_owes_nothing_owes_0_and_one_that_has_paid_too()
    {
        var (paid, never) = (await PartnerAsync("Nordlys AB", Nordlys), await PartnerAsync("Svea AB", Svea));
        Ledger.Customers.AddRange([Customer("1", "Nordlys", Nordlys), Customer("2", "Svea", Svea)]);
        Ledger.Balances.Add(Owes("1", 600));
        await RunAsync();
        Assert.Equal((600, 0), (await OwesAsync(paid), await OwesAsync(never)));
        Ledger.Balances.Clear();
        await RunAsync(whole: true);
        Assert.Equal((0, 0), (await OwesAsync(paid), await OwesAsync(never)));
    }

    [Fact, Trait("Requirement", "R28"), Trait("Requirement", "R40")]
    public async Task One_that_has_paid_since_owes_0_after_the_next_reading_of_changes()
    {
        var (paid, other) = (await PartnerAsync("Nordlys AB", Nordlys), await PartnerAsync("Svea AB", Svea));
        Ledger.Customers.AddRange([Customer("1", "Nordlys", Nordlys), Customer("2", "Svea", Svea)]);
        Ledger.Balances.AddRange([Owes("1", 600), Owes("2", 70)]);
        await RunAsync();
        Ledger.Balances.RemoveAt(0);
        await RunAsync();
        Assert.Equal((0, 70), (await OwesAsync(paid), await OwesAsync(other)));
        Assert.Equal(1, (await ConnectionAsync()).GetProperty("runs")[0].GetProperty("changed").GetInt32());
    }

    [Fact, Trait("Requirement", "R28")]
    public async Task A_system_that_answers_in_part_is_told_whose_invoices_changed_and_the_others_owe_what_they_owed()
    {
        var (paid, other) = (await PartnerAsync("Nordlys AB", Nordlys), await PartnerAsync("Svea AB", Svea));
        Ledger.Customers.AddRange([Customer("1", "Nordlys", Nordlys), Customer("2", "Svea", Svea)]);
        Ledger.Balances.AddRange([Owes("1", 600), Owes("2", 70)]);
        Ledger.Invoices.Add(new() { Id = "1", Number = "1", CustomerId = "1", Date = new(2026, 3, 1), Gross = 600, Balance = 600, Currency = "SEK", IsBooked = true });
        Ledger.AnswersInPart = true;
        await RunAsync();
        Assert.Equal((600, 70), (await OwesAsync(paid), await OwesAsync(other)));
        Ledger.Balances.Clear();
        Ledger.Asked.Clear();
        await RunAsync();
        Assert.Equal("balances of 1", Ledger.Asked[^1]);
        Assert.Equal((0, 70), (await OwesAsync(paid), await OwesAsync(other)));
        await RunAsync(whole: true);
        Assert.Equal(0, await OwesAsync(other));
    }

    [Fact, Trait("Requirement", "R74")]
    public async Task A_page_full_of_one_partners_invoices_is_stored_with_what_was_invoiced_to_it()
    {
        var partner = await PartnerAsync("Nordlys AB", Nordlys);
        var year = TimeProvider.System.GetUtcNow().Year;
        Ledger.Size = 500;
        Ledger.Customers.Add(Customer("1", "Nordlys", Nordlys));
        for (var i = 1; i <= 120; i++) Ledger.Invoices.Add(new() { Id = $"{i}", Number = $"{i}", CustomerId = "1", Date = new(year, 1, 1), Gross = 125, Net = 100, Balance = 0, Currency = "SEK", IsBooked = true });
        await RunAsync();
        Assert.Equal(120, (await ConnectionAsync()).GetProperty("runs")[0].GetProperty("invoices").GetInt32());
        Assert.Equal(12_000, (await ReadAsync(partner)).GetProperty("invoicedThisYear").GetProperty("amount").GetDecimal());
    }

    [Theory, InlineData(false), InlineData(true), Trait("Requirement", "R28")]
    public async Task A_customer_that_is_matched_after_its_balance_was_read_brings_the_balance_along(bool whole)
    {
        Ledger.Customers.AddRange([Customer("1", "Nordlys", Nordlys), Customer("2", "Svea", Svea)]);
        Ledger.Balances.Add(Owes("1", 600));
        await RunAsync();
        var (owing, not) = (await PartnerAsync("Nordlys AB", Nordlys), await PartnerAsync("Svea AB", Svea));
        await RunAsync(whole);
        Assert.Equal((600, 0), (await OwesAsync(owing), await OwesAsync(not)));
    }

    [Fact]
    public async Task Everything_that_is_asked_for_while_a_reading_of_changes_waits_is_read_from_the_beginning()
    {
        for (var i = 1; i <= 5; i++) Ledger.Customers.Add(Customer($"{i}", $"Customer {i}"));
        await RunAsync();
        Ledger.Fails = (3, new PluginFailure(PluginErrorKind.Unavailable, "It is away."));
        await RunAsync();
        Ledger.Asked.Clear();
        await RunAsync(whole: true);
        Assert.Equal(["customers", "customers", "customers", "invoices", "balances"], Ledger.Asked);
    }

    [Fact]
    public async Task New_credentials_are_looked_at_before_changes_are_read_with_them()
    {
        Ledger.Customers.Add(Customer("1", "One"));
        await RunAsync();
        Ledger.Fails = (1, new PluginFailure(PluginErrorKind.Unauthorized, "The token was refused."));
        await RunAsync();
        Ledger.Company = new() { Id = "2", Name = "Another AB", Currency = "SEK" };
        Ledger.Customers[0] = Customer("1", "Another's one");
        await RunAsync();
        Assert.Equal("otherAccount", (await ConnectionAsync()).GetProperty("state").GetString());
        Assert.Equal("One", (await Company.Admin.ReadAsync(Company.Path("accounting/customers"))).Body.GetProperty("items")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Balances_that_were_broken_off_are_read_from_their_first_page_so_that_nobody_counts_as_paid()
    {
        long[] partners = [await PartnerAsync("Nordlys AB", Nordlys), await PartnerAsync("Svea AB", Svea)];
        Ledger.Customers.AddRange([Customer("1", "Nordlys", Nordlys), Customer("2", "Svea", Svea), Customer("3", "Third")]);
        Ledger.Balances.AddRange([Owes("1", 600), Owes("2", 70), Owes("3", 5)]);
        await RunAsync();
        Ledger.Fails = (5, new PluginFailure(PluginErrorKind.Unavailable, "It is away."));
        await RunAsync();
        Assert.Equal("balances", (await ConnectionAsync()).GetProperty("running").GetProperty("step").GetString());
        await RunAsync();
        Assert.Equal(3, (await ConnectionAsync()).GetProperty("runs")[0].GetProperty("balances").GetInt32());
        Assert.Equal((600, 70), (await OwesAsync(partners[0]), await OwesAsync(partners[1])));
    }

    [Fact]
    public async Task Nobody_is_matched_by_the_name_alone_and_what_is_unclear_waits_for_somebody()
    {
        var (twin, other) = (await PartnerAsync("Twin AB", Svea), await PartnerAsync("Twin AB", Svea));
        var partner = await PartnerAsync("Nordlys AB", Nordlys);
        Ledger.Customers.AddRange([Customer("1", "Nordlys AB"), Customer("2", "Unknown", "5561234567"), Customer("3", "Twin AB", Svea), Customer("4", "Nordlys", Nordlys), Customer("5", "Nordlys again", Nordlys)]);
        Ledger.Balances.Add(Owes("3", 75));
        await RunAsync();
        var customers = (await Company.Admin.ReadAsync(Company.Path("accounting/customers?sort=number"))).Body.GetProperty("items").EnumerateArray().ToArray();
        Assert.Equal(["noOrganisationNumber", "noPartner", "severalPartners", null, "partnerTaken"], customers.Select(c => c.GetProperty("review").GetString()));
        Assert.Equal(partner, customers[3].GetProperty("partner").GetInt64());
        var linked = await Company.Admin.CallAsync(HttpMethod.Post, Company.Path($"accounting/customers/{customers[2].GetProperty("number").GetInt64()}/link"), new { partner = other });
        Assert.Equal(HttpStatusCode.OK, linked.Status);
        Assert.Equal(75, await OwesAsync(other));
        Assert.Equal(JsonValueKind.Null, (await ReadAsync(twin)).GetProperty("balance").ValueKind);
        var taken = await Company.Admin.CallAsync(HttpMethod.Post, Company.Path($"accounting/customers/{customers[0].GetProperty("number").GetInt64()}/link"), new { partner });
        Assert.Equal("accounting.partner.taken", taken.Code);
    }

    [Fact]
    public async Task A_run_that_was_broken_off_goes_on_where_it_was()
    {
        for (var i = 1; i <= 7; i++) Ledger.Customers.Add(Customer($"{i}", $"Customer {i}"));
        Ledger.Fails = (4, new PluginFailure(PluginErrorKind.Unavailable, "It is away."));
        await RunAsync();
        var running = (await ConnectionAsync()).GetProperty("running");
        Assert.Equal(("customers", "unavailable", 4), (running.GetProperty("step").GetString(), running.GetProperty("problem").GetString(), running.GetProperty("customers").GetInt32()));
        Ledger.Asked.Clear();
        await RunAsync();
        Assert.Equal(["customers", "customers", "invoices", "balances"], Ledger.Asked);
        Assert.Equal(7, (await ConnectionAsync()).GetProperty("runs")[0].GetProperty("customers").GetInt32());
    }

    [Fact]
    public async Task The_second_time_only_what_has_changed_is_asked_for_in_three_calls()
    {
        Ledger.Customers.AddRange([Customer("1", "One") with { ChangedAt = DateTimeOffset.UnixEpoch }, Customer("2", "Two") with { ChangedAt = DateTimeOffset.UnixEpoch }]);
        await RunAsync();
        Ledger.Asked.Clear();
        await RunAsync();
        Assert.Equal(["customers changed", "invoices changed", "balances changed"], Ledger.Asked);
    }

    [Fact]
    public async Task Credentials_that_are_taken_no_longer_stop_the_connection_until_somebody_sets_them_anew()
    {
        Ledger.Fails = (1, new PluginFailure(PluginErrorKind.Unauthorized, "The token was refused."));
        await RunAsync();
        var stopped = await ConnectionAsync();
        Assert.Equal(("reconnectNeeded", JsonValueKind.Null), (stopped.GetProperty("state").GetString(), stopped.GetProperty("dueAt").ValueKind));
        await RunAsync();
        Assert.Equal("active", (await ConnectionAsync()).GetProperty("state").GetString());
    }

    [Fact]
    public async Task AnotherCompanys_books_are_not_mixed_with_those_that_were_read()
    {
        Ledger.Customers.Add(Customer("1", "One"));
        await RunAsync();
        Ledger.Company = new() { Id = "2", Name = "Another AB", Currency = "SEK" };
        Ledger.Customers[0] = Customer("1", "Another's one");
        await RunAsync(whole: true);
        Assert.Equal("otherAccount", (await ConnectionAsync()).GetProperty("state").GetString());
        Assert.Equal("One", (await Company.Admin.ReadAsync(Company.Path("accounting/customers"))).Body.GetProperty("items")[0].GetProperty("name").GetString());
    }

    [Fact, Trait("Requirement", "R29")]
    public async Task Several_currencies_are_one_amount_by_theCompanys_rates_and_nothing_where_a_rate_is_missing()
    {
        var partner = await PartnerAsync("Nordlys AB", Nordlys);
        Ledger.Customers.Add(Customer("1", "Nordlys", Nordlys));
        Ledger.Balances.AddRange([Owes("1", 100), Owes("1", 10, "EUR")]);
        await RunAsync();
        Assert.Equal(JsonValueKind.Null, (await ReadAsync(partner)).GetProperty("balance").ValueKind);
    }

    [Fact]
    public async Task Invoices_are_read_and_move_with_their_customer()
    {
        var partner = await PartnerAsync("Svea AB", null);
        Ledger.Customers.Add(Customer("1", "Svea"));
        foreach (var i in Enumerable.Range(1, 3)) Ledger.Invoices.Add(new() { Id = $"{i}", Number = $"{i}", CustomerId = "1", Date = new(2026, 3, i), Gross = 125, Net = 100, Balance = i == 1 ? 0 : 125, Currency = "SEK", IsBooked = true });
        await RunAsync();
        var invoices = (await Company.Reader.ReadAsync(Company.Path("invoices?sort=date"))).Body.GetProperty("items").EnumerateArray().ToArray();
        Assert.Equal(["paid", "open", "open"], invoices.Select(i => i.GetProperty("state").GetString()));
        var customer = (await Company.Admin.ReadAsync(Company.Path("accounting/customers"))).Body.GetProperty("items")[0].GetProperty("number").GetInt64();
        await Company.Admin.CallAsync(HttpMethod.Post, Company.Path($"accounting/customers/{customer}/link"), new { partner });
        Assert.Equal(3, (await Company.Reader.ReadAsync(Company.Path($"partners/{partner}/invoices"))).Body.GetProperty("items").GetArrayLength());
        await Company.Admin.CallAsync(HttpMethod.Post, Company.Path($"accounting/customers/{customer}/ignore"));
        Assert.Equal(0, (await Company.Reader.ReadAsync(Company.Path($"partners/{partner}/invoices"))).Body.GetProperty("items").GetArrayLength());
    }
}
