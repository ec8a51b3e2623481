using Crm.Plugins;
using Crm.StandIns;

namespace Crm.Tests.Accounting;

/// <summary>e-conomic, as a package in the plugin host, against a server that behaves as e-conomic does.</summary>
public sealed class EconomicTests : IAsyncLifetime
{
    private readonly Economic _economic;
    private readonly AccountingBench _bench;

    public EconomicTests() => (_economic, _bench) = Bench();

    internal static (Economic Economic, AccountingBench Bench) Bench()
    {
        var clock = new StandInClock();
        var economic = new Economic(new("DK", 1_300, 2_600, clock), clock);
        return (economic, new("Economic", economic.MapOn, address => new()
        {
            ["appSecretToken"] = Economic.AppToken, ["agreementGrantToken"] = Economic.GrantToken, ["customerGroup"] = 1, ["paymentTerms"] = 2, ["address"] = $"{address}",
        }));
    }

    public async ValueTask InitializeAsync() => await _bench.StartAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task The_company_is_the_agreement_and_a_grant_that_was_taken_back_is_told()
    {
        Assert.Equal(new() { Id = "1234567", Name = "Dania Maskiner A/S", OrganisationNumber = "90000012", Currency = "DKK" }, await _bench.AskAsync((system, call, ct) => system.CompanyAsync(call, ct)));
        Assert.Equal("Dania Maskiner A/S", (await _bench.TestConnectionAsync()).Value!.Detail);
        _economic.IsRevoked = true;
        Assert.Equal(PluginErrorKind.Unauthorized, (await _bench.TestConnectionAsync()).Failure!.Kind);
        _bench.Set("""{ "agreementGrantToken": "demo", "appSecretToken": "demo" }""");
        Assert.True((await _bench.TestConnectionAsync()).Value!.IsHealthy);
        Assert.Equal(PluginErrorKind.Forbidden, (await _bench.FailAsync((system, call, ct) => system.CreateCustomerAsync(call, new() { Name = "x" }, ct))).Kind);
    }

    [Fact, Trait("Requirement", "R28")]
    public async Task All_customers_come_in_pages_with_all_that_is_known()
    {
        var all = await _bench.CustomersAsync();
        Assert.Equal((1_300, 2), (all.Select(c => c.Id).Distinct().Count(), _bench.Pages));
        var known = _economic.Books.Find(1001)!;
        var expected = new AccountingCustomer
        {
            Id = "1001", Number = "1001", Name = known.Name, OrganisationNumber = known.OrganisationNumber, Invoice = new() { Street = known.Street, PostCode = known.PostCode, City = known.City, Country = "DK" }, InvoiceEmail = known.InvoiceEmail,
            Phone = known.Phone, Website = known.Website, Currency = "DKK", CreditLimit = new() { Value = known.CreditLimit!.Value, Currency = "DKK" }, Group = "1", IsActive = true, Owner = new(), ChangedAt = DateTimeOffset.FromUnixTimeSeconds(known.ChangedAt.ToUnixTimeSeconds()),
        };
        Assert.Equal(expected, all[0]);
        Assert.Equal(expected, await _bench.CustomerAsync("1001"));
        Assert.Equal(1_300 / 17, all.Count(c => c.IsActive is false));
        Assert.Null(await _bench.CustomerAsync("99"));
        Assert.Null(await _bench.CustomerAsync("../self"));
        // Unless it is told otherwise, a limit is in the same currency as the balance.
        var foreign = all.First(c => c.Currency != "DKK");
        _bench.Set("""{ "balanceCurrency": "customer" }""");
        _economic.Books.Change(int.Parse(foreign.Id!, System.Globalization.CultureInfo.InvariantCulture), c => c with { CreditLimit = 5 });
        Assert.Equal(foreign.Currency, (await _bench.CustomerAsync(foreign.Id!))!.CreditLimit!.Currency);
    }

    [Fact, Trait("Requirement", "R28")]
    public async Task Changed_since_is_read_by_e_conomics_clock_with_some_minutes_to_spare_and_nobody_moves_between_pages()
    {
        _economic.Clock.Ahead = TimeSpan.FromMinutes(-4);
        _economic.Books.Change(1005, c => c with { Phone = "1" });
        Assert.Equal(["1005"], (await _bench.CustomersAsync(TimeProvider.System.GetUtcNow())).Select(c => c.Id));
        foreach (var customer in _economic.Books.Customers("some", _ => true)) _economic.Books.Change(customer.Number, c => c);
        var since = TimeProvider.System.GetUtcNow().AddMinutes(-4);
        var first = await _bench.AskAsync((system, call, ct) => system.CustomersAsync(call, new() { ChangedSince = since }, ct));
        // Those of the first page change again, which would bring them to the end of a list by time, and others forward.
        foreach (var customer in first.Items) _economic.Books.Change(int.Parse(customer.Id!, System.Globalization.CultureInfo.InvariantCulture), c => c);
        var second = await _bench.AskAsync((system, call, ct) => system.CustomersAsync(call, new() { ChangedSince = since, Cursor = first.Cursor }, ct));
        Assert.Equal((1_000, 300, null, 1_300), (first.Items.Length, second.Items.Length, second.Cursor, (int)first.Total!));
        Assert.Equal(1_300, first.Items.Concat(second.Items).Select(c => c.Id).Distinct().Count());
    }

    [Fact, Trait("Requirement", "R28"), Trait("Requirement", "R29")]
    public async Task The_balance_is_e_conomics_own_or_the_sum_of_unpaid_invoices()
    {
        var books = _economic.Books;
        var owing = books.Customers("owing", c => books.Owed(c.Number) != 0);
        _economic.OnAccount[owing[0].Number] = 100;
        var own = await _bench.BalancesAsync();
        Assert.Equal(owing.Select(c => ($"{c.Number}", "DKK", books.Owed(c.Number) - (c == owing[0] ? 100 : 0), (decimal?)books.Overdue(c.Number))), own.Select(b => (b.CustomerId, b.Open.Currency, b.Open.Value, b.Overdue?.Value)));
        _bench.Set("""{ "balanceFrom": "invoices" }""");
        var summed = await _bench.BalancesAsync();
        var expected = books.Invoices("open", i => i is { IsBooked: true, IsCancelled: false } && i.Balance != 0).GroupBy(i => (i.Customer, i.Currency)).Select(g => ($"{g.Key.Customer}", g.Key.Currency, g.Sum(i => i.Balance))).ToArray();
        // The payment without an invoice is in e-conomic's balance only.
        Assert.Equal(expected.Order(), summed.Select(b => (b.CustomerId, b.Open.Currency, b.Open.Value)).Order());
        Assert.Contains(summed, b => b.Open.Currency != "DKK" && b.Overdue is not null);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_balance_in_the_agreements_or_the_customers_currency_is_read_as_such(bool isOwn)
    {
        _economic.BalancesAreInOwnCurrency = isOwn;
        _bench.Set($$"""{ "balanceCurrency": "{{(isOwn ? "customer" : "base")}}" }""");
        var foreign = _economic.Books.Invoices("foreign", i => i is { Currency: "EUR", IsBooked: true, Balance: > 0, IsCancelled: false })[0];
        var balance = (await _bench.BalancesAsync()).Single(b => b.CustomerId == $"{foreign.Customer}");
        Assert.Equal(isOwn ? "EUR" : "DKK", balance.Open.Currency);
        Assert.Equal(_economic.Books.Owed(foreign.Customer), decimal.Round(balance.Open.Value * (isOwn ? foreign.Rate : 1), 2));
    }

    [Fact]
    public async Task A_payment_while_invoices_are_summed_is_noticed()
    {
        _bench.Set("""{ "balanceFrom": "invoices" }""");
        foreach (var paid in _economic.Books.Invoices("to be open", i => i is { IsBooked: true, IsCancelled: false, Balance: 0 }).Take(1_200)) _economic.Books.ChangeInvoice(paid.Number, i => i with { Balance = i.Gross });
        var before = await _bench.BalancesAsync();
        Assert.True(before.Count > 900);
        _bench.Next(200, """{ "collection": [ {} ], "pagination": { "results": 1500, "nextPage": "x" } }""");
        Assert.Equal(PluginErrorKind.Conflict, (await _bench.FailAsync((system, call, ct) => system.BalancesAsync(call, new(), ct))).Kind);
    }

    [Fact, Trait("Requirement", "R74")]
    public async Task Invoices_come_with_net_and_gross()
    {
        var booked = _economic.Books.Invoices("booked", i => i is { IsBooked: true, IsCancelled: false });
        var all = await _bench.InvoicesAsync();
        Assert.Equal(booked.Select(i => $"{i.Number}"), all.Select(i => i.Id));
        var credit = booked.First(i => i.Gross < 0);
        Assert.Equal(new AccountingInvoice
        {
            Id = $"{credit.Number}", Number = $"{credit.Number}", CustomerId = $"{credit.Customer}", Date = credit.Date, DueDate = credit.DueDate, Net = credit.Net, Gross = credit.Gross, Balance = credit.Balance, Currency = credit.Currency, IsBooked = true, IsCredit = true,
        }, all.Single(i => i.Id == $"{credit.Number}"));
        _bench.Set("""{ "invoiceDays": 0 }""");
        Assert.Equal(booked.Length, (await _bench.InvoicesAsync(TimeProvider.System.GetUtcNow())).Count);
    }

    [Theory, Trait("Requirement", "R28"), InlineData(0, 1), InlineData(2, 1), InlineData(200, 1), InlineData(201, 2), InlineData(450, 3)]
    public async Task Changed_invoices_are_the_recent_ones_and_the_older_ones_that_were_unpaid_in_one_list(int older, int requests)
    {
        var (books, since) = (_economic.Books, TimeProvider.System.GetUtcNow());
        var from = DateOnly.FromDateTime(since.UtcDateTime).AddDays(-30);
        books.OldUnpaid(from, older);
        var unpaid = books.Invoices("unpaid", i => i is { IsBooked: true, IsCancelled: false } && i.Balance != 0);
        Assert.Equal(older, unpaid.Count(i => i.Date < from));
        foreach (var paid in unpaid.Where(i => i.Date < from).Take(2)) books.Pay(paid.Number, paid.Balance);
        _bench.Set("""{ "invoiceDays": 30 }""");
        var changed = await _bench.InvoicesAsync(since, unpaid);
        Assert.Equal(requests, _bench.Pages);
        Assert.Equal(books.Invoices("wanted", i => i is { IsBooked: true, IsCancelled: false } && (i.Date >= from || unpaid.Any(u => u.Number == i.Number))).Select(i => ($"{i.Number}", i.Balance)), changed.Select(i => (i.Id, i.Balance)));
    }

    [Fact]
    public async Task However_many_are_unpaid_no_address_is_longer_than_servers_take()
    {
        var day = new DateOnly(2020, 1, 1);
        var unpaid = Enumerable.Range(0, 1_000).Select(i => new UnpaidInvoice { Id = $"{999_999_999 - i}", Date = day }).ToArray();
        var first = await _bench.AskAsync((system, call, ct) => system.InvoicesAsync(call, new() { ChangedSince = TimeProvider.System.GetUtcNow(), Unpaid = unpaid }, ct));
        await _bench.AskAsync((system, call, ct) => system.InvoicesAsync(call, new() { ChangedSince = TimeProvider.System.GetUtcNow(), Unpaid = unpaid, Cursor = first.Cursor }, ct));
        Assert.All(_bench.StandIn.Requests, asked => Assert.InRange(asked.Length, 1, 2_000));
    }

    [Fact, Trait("Requirement", "R52"), Trait("Requirement", "R46")]
    public async Task A_customer_is_created_in_a_group_with_terms_and_a_zone_by_its_country()
    {
        var created = await _bench.AskAsync((system, call, ct) => system.CreateCustomerAsync(call, new()
        {
            Name = "Nordvik Test ApS", OrganisationNumber = "90900005", Email = "info@nordvik.example", Group = "3", Invoice = new() { Street = "Havnegade 1\n2. sal", PostCode = "211 20", City = "Malmö", Country = "SE" }, CreditLimit = new() { Value = 5_000, Currency = "DKK" },
        }, ct));
        Assert.Equal(("2301", "3", "info@nordvik.example", "DKK", "SE", "Havnegade 1\n2. sal"), (created.Number, created.Group, created.InvoiceEmail, created.Currency, created.Invoice!.Country, created.Invoice.Street));
        var stored = _economic.Stored(2301);
        Assert.Equal((2, 2, "Sverige"), ((int)stored["vatZone"]!["vatZoneNumber"]!, (int)stored["paymentTerms"]!["paymentTermsNumber"]!, (string)stored["country"]!));
        Assert.Equal(["2301"], (await FindAsync("90900005")).Select(c => c.Id));
        Assert.Empty(await FindAsync("90900013"));
        _bench.Set("""{ "paymentTerms": null }""");
        Assert.Equal(PluginErrorKind.NotConfigured, (await _bench.FailAsync((system, call, ct) => system.CreateCustomerAsync(call, new() { Name = "x" }, ct))).Kind);
    }

    [Fact]
    public async Task A_change_keeps_what_it_does_not_name_also_what_the_plugin_knows_nothing_of()
    {
        var changed = await _bench.AskAsync((system, call, ct) => system.UpdateCustomerAsync(call, new() { Id = "1001", Phone = "33 33 33 33", Website = "", IsActive = false }, ct));
        Assert.Equal(("33 33 33 33", null, false), (changed.Phone, changed.Website, changed.IsActive));
        var stored = _economic.Stored(1001);
        Assert.Equal((14, "KONTO-7", "20 30 40 50", _economic.Books.Find(1001)!.Name), ((int)stored["layout"]!["layoutNumber"]!, (string)stored["publicEntryNumber"]!, (string)stored["mobilePhone"]!, changed.Name));
        Assert.False(stored.ContainsKey("website"));
        // A PUT would make what is not there.
        Assert.Equal(PluginErrorKind.NotFound, (await _bench.FailAsync((system, call, ct) => system.UpdateCustomerAsync(call, new() { Id = "77", Name = "x" }, ct))).Kind);
        Assert.Null(_economic.Books.Find(77));
    }

    [Fact]
    public async Task What_e_conomic_refuses_is_told_by_field_and_code_without_the_value()
    {
        var refused = await _bench.FailAsync((system, call, ct) => system.CreateCustomerAsync(call, new() { Name = "x", Currency = "ZUL", Group = "99" }, ct));
        Assert.Equal((PluginErrorKind.Invalid, "e-conomic refuses what was asked: currency: currency does not exist. (E06000); customerGroup: customerGroup does not exist. (E06000)"), (refused.Kind, refused.Detail));
        _bench.Next(400, """{ "message": "Validation error.", "errors": ["Filter cannot be applied."], "allowedFilteringFields": ["name"] }""");
        Assert.EndsWith("Validation error.", (await _bench.FailAsync((system, call, ct) => system.CustomersAsync(call, new(), ct))).Detail, StringComparison.Ordinal);
    }

    [Fact, Trait("Requirement", "N9")]
    public async Task A_write_whose_answer_is_lost_can_be_looked_for()
    {
        _bench.StandIn.LoseNextAnswer();
        Assert.Equal(PluginErrorKind.Unavailable, (await _bench.FailAsync((system, call, ct) => system.CreateCustomerAsync(call, new() { Name = "Svaret Blev Væk ApS", OrganisationNumber = "90900013", Currency = "DKK" }, ct))).Kind);
        Assert.Single(await FindAsync("90900013"));
        Assert.Single(_bench.StandIn.Requests, r => r == "POST /customers");
    }

    [Fact]
    public async Task A_bucket_of_tokens_empties_says_how_long_to_wait_and_fills_again()
    {
        using var client = new HttpClient { BaseAddress = _bench.StandIn.Address };
        client.DefaultRequestHeaders.Add("X-AppSecretToken", Economic.AppToken);
        client.DefaultRequestHeaders.Add("X-AgreementGrantToken", Economic.GrantToken);
        _economic.Clock.Speed = 0;
        var (asked, last) = (0, 200);
        for (; last == 200 && asked < 4_000; asked++) last = await AskAsync();
        Assert.Equal(429, last);
        Assert.True(asked > 3_333);
        _economic.Clock.Ahead += TimeSpan.FromSeconds(1);
        Assert.Equal(200, await AskAsync());

        async Task<int> AskAsync()
        {
            using var answer = await client.GetAsync(new Uri("self", UriKind.Relative), TestContext.Current.CancellationToken);
            if (answer.StatusCode == System.Net.HttpStatusCode.TooManyRequests) Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter!.Delta);
            return (int)answer.StatusCode;
        }
    }

    public static TheoryData<string, string> Shapes => new()
    {
        { """{"collection":[{"bookedInvoiceNumber":"7","date":"2026-01-02","dueDate":"2026-02-01","currency":"DKK","grossAmount":"125.00","netAmount":"100","remainder":"25","customer":{"customerNumber":"1001"}}],"pagination":{"results":"1"}}""", "7 1001 2026-01-02 100 125.00 25" },
        { """{"collection":[{"bookedInvoiceNumber":8,"date":"2026-01-02","customer":{"customerNumber":1001}}]}""", "8 1001 2026-01-02  0 0" },
        { """{"collection":[{"bookedInvoiceNumber":9},{"date":"2026-01-02"},{}],"pagination":{}}""", "" },
        { """{"collection":[]}""", "" }, { """{"pagination":{"results":0}}""", "" }, { """{"collection":null,"unknown":[1]}""", "" },
    };

    [Fact, Trait("Requirement", "R30")]
    public async Task An_invoice_tells_the_order_that_stands_in_its_other_reference()
    {
        var one = _economic.Books.Invoices("booked", i => i is { IsBooked: true, IsCancelled: false })[0];
        Assert.All(await _bench.InvoicesAsync(), i => Assert.Null(i.OrderReference));
        _economic.Books.ChangeInvoice(one.Number, i => i with { OrderReference = "Order 1042" });
        Assert.Equal("Order 1042", Assert.Single(await _bench.InvoicesAsync(), i => i.Id == $"{one.Number}").OrderReference);
    }

    [Theory, MemberData(nameof(Shapes))]
    public async Task Other_shapes_are_read(string body, string expected)
    {
        _bench.Next(200, body, "text/plain");
        Assert.Equal(expected, string.Join("; ", (await _bench.InvoicesAsync()).Select(i => FormattableString.Invariant($"{i.Id} {i.CustomerId} {i.Date:yyyy-MM-dd} {i.Net} {i.Gross} {i.Balance}"))));
    }

    [Theory, InlineData("""{"collection":"""), InlineData("null"), InlineData("<html></html>"), InlineData(""), InlineData("""{"collection":{}}"""), InlineData("""{"collection":[{"grossAmount":"much"}]}""")]
    public async Task Nonsense_is_told(string body)
    {
        _bench.Next(200, body);
        Assert.Equal(PluginErrorKind.Unavailable, (await _bench.FailAsync((system, call, ct) => system.InvoicesAsync(call, new(), ct))).Kind);
    }

    [Fact]
    public async Task Suppliers_come_too_and_it_leaves_memory()
    {
        Assert.Equal(["Jysk Byggemarked A/S", "Fyns Værktøj ApS"], (await _bench.SuppliersAsync()).Select(s => s.Name));
        _ = await _bench.AskAsync((system, call, ct) => system.UpdateCustomerAsync(call, new() { Id = "1001", Phone = "1" }, ct));
        Assert.True(await _bench.LeavesMemoryAsync());
    }

    private Task<AccountingCustomer[]> FindAsync(string number) => _bench.AskAsync((system, call, ct) => system.FindCustomersAsync(call, number, ct));
}
