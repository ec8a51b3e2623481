using System.Net;
using System.Text.Json;
using Crm.Plugins;
using Crm.Tests.Api;
using static Crm.Tests.Accounting.FakeLedger;

namespace Crm.Tests.Accounting;

/// <summary>What was invoiced to a partner this year: the sum of its invoices in the books, kept beside it so that lists sort by it.</summary>
[Trait("Requirement", "R74")]
public sealed class InvoicedTests : LedgerTests
{
    [Fact]
    public async Task It_is_the_sum_of_this_years_invoices_in_the_books_less_credit_notes_and_without_VAT()
    {
        var (partner, none, unknown) = (await PartnerAsync("Nordlys", Nordlys), await PartnerAsync("Svea", Svea), await PartnerAsync("Unknown", null));
        Assert.Equal(JsonValueKind.Null, (await ReadAsync(partner)).GetProperty("invoicedThisYear").ValueKind);
        Ledger.Customers.AddRange([Customer("1", "Nordlys", Nordlys), Customer("2", "Svea", Svea)]);
        Ledger.Invoices.AddRange(
        [
            Invoice("1", "1", 1_000), Invoice("2", "1", 500.50m), Invoice("3", "1", -200) with { IsCredit = true }, Invoice("4", "1", 7_000) with { IsBooked = false },
            Invoice("5", "1", 8_000) with { IsCancelled = true }, Invoice("6", "1", 9_000) with { Date = new(Year - 1, 12, 31) }, Invoice("7", "1", 10_000) with { Date = new(Year + 1, 1, 1) },
        ]);
        await RunAsync();
        Assert.Equal((1_300.50m, "SEK", false), await InvoicedAsync(partner));
        Assert.Equal((0, "SEK", false), await InvoicedAsync(none));
        Assert.Equal(JsonValueKind.Null, (await ReadAsync(unknown)).GetProperty("invoicedThisYear").ValueKind);
        Assert.Equal(("Nordlys Svea Unknown", "Svea Nordlys Unknown"), (await Company.NamesAsync("partners?sort=-invoicedThisYear"), await Company.NamesAsync("partners?sort=invoicedThisYear")));
        Assert.Equal(("Nordlys", "Nordlys Svea", "Unknown"), (await Company.NamesAsync("partners?invoicedThisYear.gt=1000"), await Company.NamesAsync("partners?invoicedThisYear=any"), await Company.NamesAsync("partners?invoicedThisYear=none")));
    }

    [Fact]
    public async Task It_follows_an_invoice_that_changes_is_cancelled_or_moves_with_its_customer()
    {
        var (partner, other) = (await PartnerAsync("Nordlys", Nordlys), await PartnerAsync("Svea", null));
        Ledger.Customers.Add(Customer("1", "Nordlys", Nordlys));
        Ledger.Invoices.AddRange([Invoice("1", "1", 100), Invoice("2", "1", 40)]);
        await RunAsync();
        Ledger.Invoices[0] = Invoice("1", "1", 110);
        await RunAsync();
        Assert.Equal(150, (await InvoicedAsync(partner)).Amount);
        Ledger.Invoices[1] = Ledger.Invoices[1] with { IsCancelled = true };
        await RunAsync();
        Assert.Equal(110, (await InvoicedAsync(partner)).Amount);
        var version = (await ReadAsync(partner)).GetProperty("version").GetInt64();
        await RunAsync(whole: true);
        Assert.Equal(version, (await ReadAsync(partner)).GetProperty("version").GetInt64());

        Assert.Equal(HttpStatusCode.OK, (await Company.PostAsync("accounting/customers/1/link", new { partner = other })).Status);
        Assert.Equal(110, (await InvoicedAsync(other)).Amount);
        Assert.Equal(JsonValueKind.Null, (await ReadAsync(partner)).GetProperty("invoicedThisYear").ValueKind);
        Assert.Equal("Svea", await Company.NamesAsync("partners?invoicedThisYear=any"));
        await Company.PostAsync("accounting/customers/1/ignore");
        Assert.Equal(JsonValueKind.Null, (await ReadAsync(other)).GetProperty("invoicedThisYear").ValueKind);
        Assert.Equal("", await Company.NamesAsync("partners?invoicedThisYear=any"));
    }

    [Fact]
    public async Task Other_currencies_count_by_the_companys_rates_and_an_invoice_without_a_net_with_its_VAT_which_is_said()
    {
        var partner = await PartnerAsync("Nordlys", Nordlys);
        Ledger.Customers.Add(Customer("1", "Nordlys", Nordlys));
        Ledger.Invoices.AddRange([Invoice("1", "1", 100), Invoice("2", "1", 10) with { Currency = "EUR" }]);
        await RunAsync();
        // Without a rate nothing is known, and nothing is not 0.
        Assert.Equal(JsonValueKind.Null, (await ReadAsync(partner)).GetProperty("invoicedThisYear").ValueKind);
        await Company.PatchAsync("company", """{"rates":{"EUR":11.5}}""");
        Assert.Equal((215, "SEK", false), await InvoicedAsync(partner));
        Ledger.Invoices.Add(Invoice("3", "1", 80) with { Net = null, Gross = 100 });
        await RunAsync();
        Assert.Equal((315, "SEK", true), await InvoicedAsync(partner));
    }

    [Fact]
    public async Task A_new_year_begins_at_0_before_anything_is_read_in_it()
    {
        var partner = await PartnerAsync("Nordlys", Nordlys);
        Ledger.Customers.Add(Customer("1", "Nordlys", Nordlys));
        Ledger.Invoices.AddRange([Invoice("1", "1", 100), Invoice("2", "1", 7) with { Date = new(Year + 1, 1, 2) }]);
        await RunAsync();
        Assert.Equal(100, (await InvoicedAsync(partner)).Amount);
        App.Clock.Advance(new DateTimeOffset(Year + 1, 1, 3, 12, 0, 0, TimeSpan.Zero) - App.Clock.GetUtcNow());
        Assert.Equal(0, (await InvoicedAsync(partner)).Amount);
        await RunAsync(whole: true);
        // What was dated ahead counts from its year on.
        Assert.Equal(7, (await InvoicedAsync(partner)).Amount);
        Assert.Equal("Nordlys", await Company.NamesAsync("partners?invoicedThisYear.lt=8"));
    }

    private int Year => App.Clock.GetUtcNow().Year;

    private AccountingInvoice Invoice(string id, string customer, decimal net) => new() { Id = id, Number = id, CustomerId = customer, Date = new(Year, 2, 1), Net = net, Gross = net * 1.25m, Balance = 0, Currency = "SEK", IsBooked = true, IsSent = true };

    private async Task<(decimal Amount, string Currency, bool WithVat)> InvoicedAsync(long partner)
    {
        var told = (await ReadAsync(partner)).GetProperty("invoicedThisYear");
        return (told.GetProperty("amount").GetDecimal(), told.GetProperty("currency").GetString()!, told.GetProperty("withVat").GetBoolean());
    }
}
