using System.Text.RegularExpressions;
using Crm.Plugins;
using Crm.StandIns;

namespace Crm.Tests.Accounting.Vendors;

/// <summary>What the accounting plugins send is what the vendors' own specifications take, and our contracts, which hold it in every other test, take nothing that those do not.</summary>
public sealed class VendorContractTests
{
    [VendorTheory, InlineData("Fortnox"), InlineData("Visma"), InlineData("Visma 2018"), InlineData("Economic")]
    public async Task Whatever_a_plugin_asks_and_writes_is_as_the_vendor_specifies(string specification)
    {
        await using var vendor = await Vendor.StartAsync(specification);
        var broken = await Record.ExceptionAsync(() => DoEverythingAsync(vendor));
        // What was refused says more than what became of it.
        Assert.True(vendor.Prism.Violations.Count == 0, string.Join('\n', vendor.Prism.Violations));
        Assert.Null(broken);
        Assert.All(vendor.Contract.Operations, operation => Assert.Contains(vendor.Prism.Judged, asked => Regex.IsMatch(asked, $@"^{operation.Method} {operation.Path}(\?|$)", RegexOptions.None, TimeSpan.FromSeconds(1))));
    }

    [VendorTheory, InlineData("Fortnox"), InlineData("Visma"), InlineData("Visma 2018"), InlineData("Economic")]
    public async Task What_a_plugin_sends_that_the_vendor_would_not_take_is_found_out(string specification)
    {
        await using var vendor = await Vendor.StartAsync(specification);
        var refused = await vendor.Bench.FailAsync((system, call, ct) => system.CreateCustomerAsync(call, New(vendor) with { Name = new('x', 1_025) }, ct));
        Assert.Equal(PluginErrorKind.Invalid, refused.Kind);
        Assert.Contains("must NOT have more than", Assert.Single(vendor.Prism.Violations), StringComparison.Ordinal);
        Assert.DoesNotContain(vendor.Bench.StandIn.Requests, asked => asked.StartsWith("POST", StringComparison.Ordinal));
    }

    [VendorTheory, InlineData("Fortnox"), InlineData("Visma"), InlineData("Visma 2018"), InlineData("Economic")]
    public async Task Our_contract_refuses_what_the_specification_refuses(string specification)
    {
        await using var vendor = await Vendor.StartAsync(specification);
        foreach (var method in new[] { "POST", "PUT" })
        {
            var (_, path, body) = WrongRequests.Write(vendor, method, WrongRequests.Right(vendor.Name));
            Assert.Empty(await vendor.Prism.JudgeAsync(method, path, body, vendor.Headers));
            Assert.Empty(Ours(vendor, method, path, body, vendor.Headers));
        }
        List<string> wrong = [];
        foreach (var (method, pathAndQuery, body) in WrongRequests.Of(vendor)) await HoldAsync(method, pathAndQuery, body, vendor.Headers);
        foreach (var secret in vendor.Headers.Keys.Where(header => header != "Accept")) await HoldAsync("GET", WrongRequests.Write(vendor, "POST", []).Path, "", vendor.Headers.Where(h => h.Key != secret).ToDictionary());
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));

        async Task HoldAsync(string method, string pathAndQuery, string body, IReadOnlyDictionary<string, string> headers)
        {
            var theirs = await vendor.Prism.JudgeAsync(method, pathAndQuery, body, headers);
            if (theirs.Count == 0) wrong.Add($"The specification takes {method} {pathAndQuery} {body}, so it is no example.");
            else if (Ours(vendor, method, pathAndQuery, body, headers).Count == 0) wrong.Add($"Our contract takes {method} {pathAndQuery} {body}. The specification: {string.Join(' ', theirs)}");
        }
    }

    private static IReadOnlyList<string> Ours(Vendor vendor, string method, string pathAndQuery, string body, IReadOnlyDictionary<string, string> headers)
    {
        var (path, query) = pathAndQuery.Split('?') is [var p, var q] ? (p, q) : (pathAndQuery, "");
        return vendor.Contract.Violations(method, $"/{path}", query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).Select(pair => KeyValuePair.Create(pair[0], Uri.UnescapeDataString(pair[1]))),
            header => header == "content-type" ? "application/json" : headers.FirstOrDefault(h => h.Key.Equals(header, StringComparison.OrdinalIgnoreCase)).Value, body);
    }

    private static async Task DoEverythingAsync(Vendor vendor)
    {
        var (bench, ever) = (vendor.Bench, TimeProvider.System.GetUtcNow().AddYears(-5));
        Assert.True((await bench.TestConnectionAsync()).Value!.IsHealthy);
        Assert.NotNull(await bench.AskAsync((system, call, ct) => system.CompanyAsync(call, ct)));
        var known = await bench.CustomersAsync();
        Assert.Equal(6, known.Count);
        Assert.NotEmpty(await bench.CustomersAsync(ever));
        Assert.NotNull(await bench.CustomerAsync(vendor.Id));
        Assert.NotEmpty(await bench.AskAsync((system, call, ct) => system.FindCustomersAsync(call, known.First(c => c.OrganisationNumber is not null).OrganisationNumber!, ct)));
        Assert.NotEmpty(await bench.InvoicesAsync());
        Assert.NotEmpty(await bench.SuppliersAsync());
        Assert.NotEmpty((await bench.AskAsync((system, call, ct) => system.SuppliersAsync(call, new() { ChangedSince = ever }, ct))).Items);
        foreach (var way in Ways(vendor.Name))
        {
            bench.Set(way);
            Assert.NotEmpty(await bench.BalancesAsync());
            Assert.NotEmpty(await bench.InvoicesAsync(ever));
        }
        bench.Set();
        var unpaid = vendor.Books.Invoices("unpaid by then", i => i is { IsBooked: true, IsCancelled: false } && i.Balance != 0);
        Assert.NotEmpty(await bench.InvoicesAsync(TimeProvider.System.GetUtcNow(), unpaid));
        // Those of some customers, and of who has paid.
        vendor.Books.Pay(vendor.Books.Invoices("open", i => i is { IsBooked: true, IsCancelled: false } && i.Balance > 1)[0].Number, 1);
        Assert.NotEmpty((await bench.AskAsync((system, call, ct) => system.BalancesAsync(call, new() { ChangedSince = ever, Customers = [vendor.Id] }, ct))).Items);
        var made = await bench.AskAsync((system, call, ct) => system.CreateCustomerAsync(call, New(vendor), ct));
        foreach (var change in Changes(made.Id!).Concat(Changes(vendor.Id))) await bench.AskAsync((system, call, ct) => system.UpdateCustomerAsync(call, change, ct));
    }

    /// <summary>The ways of reading balances and invoices that its settings have.</summary>
    private static string[] Ways(string name) => name switch
    {
        "Fortnox" => ["{}", """{ "invoiceDetails": true, "swedishTime": true }"""],
        "Visma" => ["""{ "balanceFrom": "customer" }""", """{ "balanceFrom": "ledger" }"""],
        _ => ["""{ "balanceFrom": "customer" }""", """{ "balanceFrom": "invoices", "invoiceDays": 0 }"""],
    };

    private static AccountingCustomer New(Vendor vendor)
    {
        var (isDanish, currency) = vendor.Name == "Economic" ? (true, "DKK") : (false, "SEK");
        return new()
        {
            Name = "Nordvik Test", OrganisationNumber = isDanish ? "99999998" : "5599999997", VatNumber = isDanish ? "DK99999998" : "SE559999999701", Email = "info@nordvik.example", InvoiceEmail = "faktura@nordvik.example", Phone = "019-10 00 00", Website = "nordvik.example",
            Gln = "7300010000001", Currency = currency, IsActive = true, Owner = new() { Name = "Mette Holm" }, CreditLimit = new() { Value = 1_000, Currency = currency },
            Invoice = new() { CareOf = "Ekonomi", Street = "Storgatan 1", PostCode = "702 11", City = "Örebro", Country = isDanish ? "DK" : "SE" }, Delivery = new() { Street = "Hamnen 2", PostCode = "702 12", City = "Örebro", Country = "NO" },
        };
    }

    /// <summary>One member, many, and some that are taken away.</summary>
    private static AccountingCustomer[] Changes(string id) =>
    [
        new() { Id = id, Phone = "08-1" },
        new() { Id = id, Name = "Nordvik Ändrat", VatNumber = "", Email = "ny@nordvik.example", InvoiceEmail = "ny@nordvik.example", Invoice = new() { Street = "Nygatan 3", PostCode = "702 13", City = "Kumla", Country = "NO" }, IsActive = false, Owner = new() { Name = "Jens Friis", Email = "friis@dania.example" } },
        new() { Id = id, Phone = "", Website = "", Email = "", InvoiceEmail = "", Gln = "", Delivery = new() { Street = "", PostCode = "", City = "", Country = "" }, Owner = new() },
    ];
}
