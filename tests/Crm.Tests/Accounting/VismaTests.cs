using Crm.Plugins;
using Crm.StandIns;

namespace Crm.Tests.Accounting;

/// <summary>Visma eEkonomi, as a package in the plugin host, against a server that behaves as Visma does.</summary>
public sealed class VismaTests : IAsyncLifetime
{
    private readonly Visma _visma;
    private readonly ConnectedTokens _tokens;
    private readonly AccountingBench _bench;

    public VismaTests()
    {
        var clock = new StandInClock();
        _visma = new(new("SE", 1_300, 2_600, clock), clock);
        _bench = new("Visma", _visma.MapOn, address => new() { ["clientId"] = OAuthServer.ClientId, ["clientSecret"] = OAuthServer.ClientSecret, ["address"] = $"{address}v2", ["signInAddress"] = $"{address}connect" }, _tokens = new(_visma.SignIn));
    }

    public async ValueTask InitializeAsync() => await _bench.StartAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task The_company_is_known_by_its_number()
    {
        Assert.Equal(new() { Id = "5599000022", Name = "Mälardalens Konsult AB", OrganisationNumber = "5599000022", Currency = "SEK" }, await _bench.AskAsync((system, call, ct) => system.CompanyAsync(call, ct)));
        Assert.Equal("Mälardalens Konsult AB", (await _bench.TestConnectionAsync()).Value!.Detail);
    }

    [Fact, Trait("Requirement", "R28")]
    public async Task All_customers_come_in_pages_with_all_that_is_known()
    {
        var all = await _bench.CustomersAsync();
        Assert.Equal((1_300, 2), (all.Select(c => c.Id).Distinct().Count(), _bench.Pages));
        var known = _visma.Books.Find(1001)!;
        var expected = new AccountingCustomer
        {
            Id = Visma.IdOf(1001), Number = "1001", Name = known.Name, OrganisationNumber = known.OrganisationNumber, VatNumber = known.VatNumber, Invoice = new() { Street = known.Street, PostCode = known.PostCode, City = known.City, Country = "SE" },
            Delivery = new() { Street = known.DeliveryStreet, PostCode = known.DeliveryPostCode, City = known.DeliveryCity }, InvoiceEmail = known.Email, Phone = known.Phone, Website = known.Website, Currency = "SEK", IsActive = true, ChangedAt = all[0].ChangedAt,
        };
        Assert.Equal(expected, all[0]);
        Assert.Equal(expected, await _bench.CustomerAsync(Visma.IdOf(1001)));
        Assert.InRange(all[0].ChangedAt!.Value - known.ChangedAt, TimeSpan.FromSeconds(-1), TimeSpan.FromSeconds(1));
        Assert.Null(await _bench.CustomerAsync(Visma.IdOf(99)));
        Assert.Null(await _bench.CustomerAsync("1001"));
    }

    [Fact, Trait("Requirement", "R28")]
    public async Task Changed_since_is_read_by_Vismas_own_clock_which_comes_with_the_page()
    {
        _visma.Clock.Ahead = TimeSpan.FromMinutes(-4);
        _visma.Books.Change(1005, c => c with { Phone = "1" });
        Assert.Equal(["1005"], (await _bench.CustomersAsync(TimeProvider.System.GetUtcNow())).Select(c => c.Number));
        var page = await _bench.AskAsync((system, call, ct) => system.CustomersAsync(call, new() { ChangedSince = TimeProvider.System.GetUtcNow().AddHours(1) }, ct));
        Assert.Empty(page.Items);
        Assert.InRange(TimeProvider.System.GetUtcNow() - page.AsOf!.Value, TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(5));
    }

    [Theory, Trait("Requirement", "R28"), Trait("Requirement", "R29"), InlineData(true), InlineData(false)]
    public async Task The_balance_is_Vismas_own_whether_or_not_customers_can_be_filtered_by_it(bool isFilterable)
    {
        _visma.FiltersEverything = isFilterable;
        var (books, balances) = (_visma.Books, await _bench.BalancesAsync());
        Assert.Equal(books.Customers("owing", c => books.Owed(c.Number) != 0).Select(c => (Visma.IdOf(c.Number), "SEK", books.Owed(c.Number), (decimal?)null)), balances.Select(b => (b.CustomerId, b.Open.Currency, b.Open.Value, b.Overdue?.Value)));
        Assert.Equal(isFilterable ? 1 : 2, _bench.Pages);
        Assert.Equal(isFilterable ? 1 : 3, _bench.StandIn.Requests.Count(r => r.StartsWith("GET /v2/customers?", StringComparison.Ordinal)));
        _visma.BalancesAreInOwnCurrency = true;
        _bench.Set("""{ "balanceCurrency": "customer" }""");
        var foreign = books.Invoices("foreign", i => i is { Currency: "EUR", IsBooked: true, Balance: > 0, IsCancelled: false })[0];
        var own = (await _bench.BalancesAsync()).Single(b => b.CustomerId == Visma.IdOf(foreign.Customer));
        Assert.Equal(("EUR", books.Owed(foreign.Customer)), (own.Open.Currency, decimal.Round(own.Open.Value * foreign.Rate, 2)));
    }

    [Theory, Trait("Requirement", "R28"), Trait("Requirement", "R29"), InlineData(true, true), InlineData(false, false), InlineData(true, false)]
    public async Task The_ledger_is_summed_per_customer_and_currency_and_credits_reduce_however_they_are_written(bool isNegative, bool isFilterable)
    {
        (_visma.CreditsAreNegative, _visma.FiltersEverything, _visma.LedgerOnly[1003]) = (isNegative, isFilterable, 77.70m);
        _bench.Set("""{ "balanceFrom": "ledger" }""");
        var today = DateOnly.FromDateTime(_visma.Clock.GetUtcNow().UtcDateTime);
        var expected = _visma.Books.Invoices("open", i => i is { IsBooked: true, IsCancelled: false } && i.Balance != 0).Append(new() { Number = 0, Customer = 1003, Date = today, DueDate = new(2026, 1, 31), Net = 0, Gross = 0, Balance = 77.70m, Currency = "SEK" })
            .GroupBy(i => (i.Customer, i.Currency)).Select(g => (Visma.IdOf(g.Key.Customer), g.Key.Currency, g.Sum(i => i.Balance), g.Where(i => i.DueDate < today).Sum(i => i.Balance)));
        Assert.Equal(expected.Order(), (await _bench.BalancesAsync()).Select(b => (b.CustomerId, b.Open.Currency, b.Open.Value, b.Overdue!.Value)).Order());
    }

    [Fact]
    public async Task A_payment_between_two_pages_is_noticed()
    {
        var first = await _bench.AskAsync((system, call, ct) => system.BalancesAsync(call, new(), ct));
        _visma.Books.Add(new() { Number = 0, Name = "En Till AB" });
        Assert.Equal(PluginErrorKind.Conflict, (await _bench.FailAsync((system, call, ct) => system.BalancesAsync(call, new() { Cursor = first.Cursor }, ct))).Kind);
    }

    [Theory, Trait("Requirement", "R74"), InlineData(true), InlineData(false)]
    public async Task Invoices_come_with_net_gross_and_what_is_left(bool isNegative)
    {
        _visma.CreditsAreNegative = isNegative;
        var booked = _visma.Books.Invoices("booked", i => i is { IsBooked: true, IsCancelled: false });
        var all = await _bench.InvoicesAsync();
        Assert.Equal(booked.Select(i => Visma.IdOf(i.Number)), all.Select(i => i.Id));
        foreach (var book in new[] { booked.First(i => i.Gross < 0), booked.First(i => !i.IsSent), booked.First(i => i.Currency == "EUR" && i.Balance > 0) })
        {
            var told = all.Single(i => i.Number == $"{book.Number}");
            Assert.Equal(new AccountingInvoice
            {
                Id = Visma.IdOf(book.Number), Number = $"{book.Number}", CustomerId = Visma.IdOf(book.Customer), Date = book.Date, DueDate = book.DueDate, Net = book.Net, Gross = book.Gross, Balance = book.Balance, Currency = book.Currency,
                IsBooked = true, IsSent = book.IsSent, IsCredit = book.Gross < 0, ChangedAt = told.ChangedAt,
            }, told);
        }
        _bench.Set("""{ "sendTypeMeansSent": false }""");
        var since = TimeProvider.System.GetUtcNow();
        _visma.Books.ChangeInvoice(booked[5].Number, i => i with { Balance = 1 });
        Assert.Contains(await _bench.InvoicesAsync(since), i => i.Number == $"{booked[5].Number}" && i.IsSent is null && Math.Abs(i.Balance) == 1);
    }

    [Fact, Trait("Requirement", "R30")]
    public async Task An_invoice_tells_the_order_that_stands_in_the_customers_reference()
    {
        var one = _visma.Books.Invoices("booked", i => i is { IsBooked: true, IsCancelled: false })[0];
        Assert.All(await _bench.InvoicesAsync(), i => Assert.Null(i.OrderReference));
        _visma.Books.ChangeInvoice(one.Number, i => i with { OrderReference = "Order 1042" });
        Assert.Equal("Order 1042", Assert.Single(await _bench.InvoicesAsync(), i => i.Number == $"{one.Number}").OrderReference);
    }

    [Theory, Trait("Requirement", "R52"), InlineData(true), InlineData(false)]
    public async Task A_customer_is_created_with_terms_found_by_its_number_and_changed_without_losing_anything(bool isFilterable)
    {
        _visma.FiltersEverything = isFilterable;
        var created = await _bench.AskAsync((system, call, ct) => system.CreateCustomerAsync(call, new()
        {
            Name = "Nordvik Test AB", OrganisationNumber = "5599999997", VatNumber = "SE559999999701", Email = "info@nordvik.example", Invoice = new() { CareOf = "Ekonomi", Street = "Storgatan 1", PostCode = "702 11", City = "Örebro", Country = "SE" },
        }, ct));
        Assert.Equal(("2301", "c/o Ekonomi\nStorgatan 1", "info@nordvik.example"), (created.Number, created.Invoice!.Street, created.InvoiceEmail));
        Assert.Equal("30303030-0000-4000-8000-000000000030", (string?)_visma.Stored(2301)["TermsOfPaymentId"]);
        Assert.Equal(["2301"], (await FindAsync("5599999997")).Select(c => c.Number));
        Assert.Empty(await FindAsync("5599999989"));
        var changed = await _bench.AskAsync((system, call, ct) => system.UpdateCustomerAsync(call, new() { Id = Visma.IdOf(1001), Phone = "08-1", Website = "", IsActive = false }, ct));
        Assert.Equal(("08-1", null, false, "1001"), (changed.Phone, changed.Website, changed.IsActive, changed.Number));
        Assert.Equal(("Ring innan leverans", 0.05m), ((string)_visma.Stored(1001)["Note"]!, (decimal)_visma.Stored(1001)["DiscountPercentage"]!));
        Assert.Equal(PluginErrorKind.NotFound, (await _bench.FailAsync((system, call, ct) => system.UpdateCustomerAsync(call, new() { Id = Visma.IdOf(9), Name = "x" }, ct))).Kind);
    }

    [Fact]
    public async Task What_Visma_cannot_take_is_told_before_and_after_asking()
    {
        var place = new PostalAddress { PostCode = "1", City = "x", Country = "SE" };
        Assert.Contains("post code", (await _bench.FailAsync((system, call, ct) => system.CreateCustomerAsync(call, new() { Name = "x" }, ct))).Detail, StringComparison.Ordinal);
        var tooLong = await _bench.FailAsync((system, call, ct) => system.CreateCustomerAsync(call, new() { Name = new('x', 51), Invoice = place }, ct));
        Assert.Equal((PluginErrorKind.Invalid, "Visma refuses it: Name: The field Name must be a string with a maximum length of 50. (2000) Visma's reference: 11111111-2222-4333-8444-555555555555."), (tooLong.Kind, tooLong.Detail));
        var vat = await _bench.FailAsync((system, call, ct) => system.CreateCustomerAsync(call, new() { Name = "x", VatNumber = "NO195001011234", Invoice = place }, ct));
        Assert.DoesNotContain("195001011234", vat.Detail, StringComparison.Ordinal);
        Assert.Equal(PluginErrorKind.Conflict, (await _bench.FailAsync((system, call, ct) => system.CreateCustomerAsync(call, new() { Name = "x", Number = "1001", Invoice = place }, ct))).Kind);
        _bench.Set("""{ "paymentDays": 17 }""");
        Assert.Equal(PluginErrorKind.NotConfigured, (await _bench.FailAsync((system, call, ct) => system.CreateCustomerAsync(call, new() { Name = "x", Invoice = place }, ct))).Kind);
    }

    [Theory]
    [InlineData(4000, PluginErrorKind.Conflict), InlineData(4006, PluginErrorKind.Forbidden), InlineData(4012, PluginErrorKind.Forbidden), InlineData(4004, PluginErrorKind.NotConfigured), InlineData(4034, PluginErrorKind.NotConfigured), InlineData(5001, PluginErrorKind.Unavailable)]
    [InlineData(6001, PluginErrorKind.Invalid), InlineData(9999, PluginErrorKind.Invalid)]
    public async Task Its_codes_tell_more_than_its_status(int code, PluginErrorKind kind)
    {
        _bench.Next(400, $$"""{ "ErrorCode": "{{code}}", "DeveloperErrorMessage": "no", "ErrorId": null, "Errors": null }""");
        Assert.Equal(kind, (await _bench.FailAsync((system, call, ct) => system.CustomersAsync(call, new(), ct))).Kind);
    }

    [Theory, InlineData("7"), InlineData(null)]
    public async Task The_wait_is_read_from_a_header_or_from_the_words(string? header)
    {
        _bench.Next(429, """{ "ErrorCode": 4010, "DeveloperErrorMessage": "API calls quota exceeded! maximum admitted 600 per Minute. Try again in 55 seconds.", "ErrorId": "x" }""", retryAfter: header, times: header is null ? 3 : 1);
        if (header is not null) _bench.Next(429, """{ "ErrorCode": 4010 }""", retryAfter: "40");
        var failure = await _bench.FailAsync((system, call, ct) => system.CustomersAsync(call, new(), ct));
        Assert.Equal(PluginErrorKind.RateLimited, failure.Kind);
        Assert.InRange(failure.RetryAfter!.Value.TotalSeconds, header is null ? 55 : 33, header is null ? 55 : 40);
    }

    [Fact]
    public async Task Six_hundred_requests_a_minute_pass_at_each_address()
    {
        using var client = new HttpClient { BaseAddress = _bench.StandIn.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", _visma.SignIn.Connect().Access);
        for (var i = 0; i < 600; i++) Assert.Equal(200, await AskAsync("v2/companysettings"));
        Assert.Equal((429, 200), (await AskAsync("v2/companysettings"), await AskAsync("v2/termsofpayments")));
        _visma.Clock.Ahead = TimeSpan.FromMinutes(1);
        Assert.Equal(200, await AskAsync("v2/companysettings"));

        async Task<int> AskAsync(string path)
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            return (int)answer.StatusCode;
        }
    }

    public static TheoryData<string, string> Shapes => new()
    {
        { """{"Meta":{"TotalNumberOfPages":"1","TotalNumberOfResults":"1","ServerTimeUtc":""},"Data":[{"Id":"a","InvoiceNumber":"7","CustomerId":"c","InvoiceDate":"2026-01-02","TotalAmountInvoiceCurrency":"125.00","RemainingAmountInvoiceCurrency":"25","IsCreditInvoice":"true"}]}""", "a 7 2026-01-02 -125.00 -25" },
        { """{"Data":[{"Id":"b","CustomerId":"c","InvoiceDate":"2026-01-02T00:00:00"}]}""", "b  2026-01-02 0 0" }, { """{"Data":[{"Id":"c"},{},{"CustomerId":"c","InvoiceDate":"2026-01-02"}]}""", "" }, { """{"Meta":{"TotalNumberOfPages":0},"Data":[]}""", "" }, { """{"Data":null}""", "" }, { "{}", "" },
    };

    [Theory, MemberData(nameof(Shapes))]
    public async Task Other_shapes_are_read(string body, string expected)
    {
        _bench.Next(200, body, "text/json");
        Assert.Equal(expected, string.Join("; ", (await _bench.InvoicesAsync()).Select(i => FormattableString.Invariant($"{i.Id} {i.Number} {i.Date:yyyy-MM-dd} {i.Gross} {i.Balance}"))));
    }

    [Fact, Trait("Requirement", "N9")]
    public async Task A_write_whose_answer_is_lost_can_be_looked_for_and_a_token_that_ended_is_renewed()
    {
        _ = await _bench.AskAsync((system, call, ct) => system.CompanyAsync(call, ct));
        _bench.StandIn.Next(context => { _visma.SignIn.EndAccess(); context.Response.StatusCode = 401; return Task.CompletedTask; });
        Assert.NotNull(await _bench.CustomerAsync(Visma.IdOf(1001)));
        Assert.Single(_tokens.Refused);
        _visma.Books.Add(new() { Number = 0, Name = "Borta Blev Svaret AB", OrganisationNumber = "5599999989" });
        Assert.Single(await FindAsync("5599999989"));
    }

    [Fact]
    public async Task Suppliers_come_too_and_it_leaves_memory()
    {
        Assert.Equal([("Kontorsmaterial Väst AB", "5599009031", true), ("Frakt & Lager i Syd AB", null, false)], (await _bench.SuppliersAsync()).Select(s => (s.Name!, s.OrganisationNumber, s.IsActive!.Value)));
        // Whether they can be asked for by when they changed is not told; they come anyhow.
        Assert.Equal(2, (await _bench.AskAsync((system, call, ct) => system.SuppliersAsync(call, new() { ChangedSince = TimeProvider.System.GetUtcNow() }, ct))).Items.Length);
        _bench.Set("""{ "balanceFrom": "ledger" }""");
        _ = await _bench.BalancesAsync();
        _ = await _bench.AskAsync((system, call, ct) => system.UpdateCustomerAsync(call, new() { Id = Visma.IdOf(1001), Phone = "1" }, ct));
        Assert.True(await _bench.LeavesMemoryAsync());
    }

    private Task<AccountingCustomer[]> FindAsync(string number) => _bench.AskAsync((system, call, ct) => system.FindCustomersAsync(call, number, ct));
}
