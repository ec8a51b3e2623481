using Crm.Plugins;
using Crm.StandIns;

namespace Crm.Tests.Accounting;

/// <summary>Fortnox, as a package in the plugin host, against a server that behaves as Fortnox does.</summary>
public sealed class FortnoxTests : IAsyncLifetime
{
    private readonly Fortnox _fortnox;
    private readonly ConnectedTokens _tokens;
    private readonly AccountingBench _bench;

    public FortnoxTests()
    {
        var clock = new StandInClock();
        _fortnox = new(new("SE", 700, 1_400, clock), clock);
        _bench = Bench(_fortnox, _tokens = new(_fortnox.SignIn));
    }

    internal static AccountingBench Bench(Fortnox fortnox, Crm.Plugins.Packages.IAccessTokens? tokens) => new("Fortnox", fortnox.MapOn,
        address => new() { ["clientId"] = OAuthServer.ClientId, ["clientSecret"] = OAuthServer.ClientSecret, ["address"] = $"{address}3", ["signInAddress"] = $"{address}oauth-v1" }, tokens);

    public async ValueTask InitializeAsync() => await _bench.StartAsync();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task The_company_is_known_by_its_database_and_the_connection_test_names_it()
    {
        Assert.Equal(new() { Id = "12345", Name = "Svea Maskin AB", OrganisationNumber = "5599000014", Currency = "SEK" }, await _bench.AskAsync((system, call, ct) => system.CompanyAsync(call, ct)));
        Assert.Equal((true, "Svea Maskin AB"), (await _bench.TestConnectionAsync()).Value is { } health ? (health.IsHealthy, health.Detail) : default);
    }

    [Fact, Trait("Requirement", "R28")]
    public async Task All_customers_come_in_pages_in_short_form_and_one_by_itself_with_all_that_is_known()
    {
        var all = await _bench.CustomersAsync();
        Assert.Equal((700, 2), (all.Select(c => c.Id).Distinct().Count(), _bench.Pages));
        Assert.All(all, c => Assert.True(c.IsShort && c.Name is { Length: > 0 } && c.OrganisationNumber is { Length: 10 }));
        var known = _fortnox.Books.Find(1001)!;
        Assert.Equal(new AccountingCustomer
        {
            Id = "1001", Number = "1001", Name = known.Name, OrganisationNumber = known.OrganisationNumber, VatNumber = known.VatNumber, Invoice = new() { Street = known.Street, PostCode = known.PostCode, City = known.City, Country = "SE" },
            Delivery = new() { Street = known.DeliveryStreet, PostCode = known.DeliveryPostCode, City = known.DeliveryCity }, Email = known.Email, InvoiceEmail = known.InvoiceEmail, Phone = known.Phone, Website = known.Website, Currency = "SEK", IsActive = true, Owner = new(),
        }, await _bench.CustomerAsync("1001"));
        Assert.Null(await _bench.CustomerAsync("99"));
        Assert.Null(await _bench.CustomerAsync("a/b?c"));
    }

    [Theory, Trait("Requirement", "R28"), InlineData(true, false), InlineData(false, false), InlineData(true, true)]
    public async Task Changed_since_misses_nothing_whichever_time_Fortnox_means(bool readsSwedishTime, bool isKnown)
    {
        _fortnox.ReadsSwedishTime = readsSwedishTime;
        _bench.Set($$"""{ "swedishTime": {{(isKnown ? "true" : "false")}} }""");
        // Changed by a clock that is four minutes behind ours, a moment after we looked last.
        _fortnox.Clock.Ahead = TimeSpan.FromMinutes(-4);
        _fortnox.Books.Change(1005, c => c with { Phone = "08-1" });
        Assert.Equal(["1005"], (await _bench.CustomersAsync(TimeProvider.System.GetUtcNow())).Select(c => c.Id));
        Assert.Empty(await _bench.CustomersAsync(TimeProvider.System.GetUtcNow().AddHours(3)));
        var page = await _bench.AskAsync((system, call, ct) => system.CustomersAsync(call, new() { ChangedSince = TimeProvider.System.GetUtcNow() }, ct));
        // The next question starts from Fortnox's own clock.
        Assert.InRange(TimeProvider.System.GetUtcNow() - page.AsOf!.Value, TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(5));
    }

    [Fact, Trait("Requirement", "R28"), Trait("Requirement", "R29")]
    public async Task The_balance_is_what_is_left_of_booked_invoices_per_customer_and_currency_across_pages()
    {
        var today = DateOnly.FromDateTime(_fortnox.Clock.GetUtcNow().UtcDateTime);
        var expected = _fortnox.Books.Invoices("all", i => i is { IsBooked: true, IsCancelled: false } && i.Balance != 0).GroupBy(i => (i.Customer, i.Currency)).OrderBy(g => g.Key.Customer)
            .Select(g => (Customer: $"{g.Key.Customer}", g.Key.Currency, Open: g.Sum(i => i.Balance), Overdue: g.Where(i => i.DueDate < today).Sum(i => i.Balance))).Where(s => s.Open != 0 || s.Overdue != 0).ToArray();
        foreach (var drafts in new[] { true, false })
        {
            // Whether Fortnox counts drafts as unpaid is not told; the answer is the same.
            _fortnox.DraftsAreUnpaid = drafts;
            var balances = await _bench.BalancesAsync();
            Assert.Equal(expected, balances.Select(b => (b.CustomerId, b.Open.Currency, b.Open.Value, b.Overdue!.Value)));
        }
        Assert.Contains(expected, s => s.Currency != "SEK");
        Assert.Contains(expected, s => s.Open < 0);
        _fortnox.DraftsAreUnpaid = true;
        _bench.Set("""{ "countDrafts": true }""");
        var withDrafts = await _bench.BalancesAsync();
        Assert.True(withDrafts.Sum(b => b.Open.Value) > expected.Sum(s => s.Open));
    }

    [Fact, Trait("Requirement", "R29")]
    public async Task A_part_payment_of_400_on_1000_leaves_600()
    {
        var invoice = _fortnox.Books.Invoices("paid", i => i is { IsBooked: true, IsCancelled: false, Balance: 0, Currency: "SEK" })[^1];
        var before = await OfAsync();
        _fortnox.Books.ChangeInvoice(invoice.Number, i => i with { Gross = 1_000, Balance = 1_000 });
        _fortnox.Books.ChangeInvoice(invoice.Number, i => i with { Balance = i.Balance - 400 });
        Assert.Equal(before + 600, await OfAsync());

        async Task<decimal> OfAsync() => (await _bench.BalancesAsync()).Where(b => b.CustomerId == $"{invoice.Customer}").Sum(b => b.Open.Value);
    }

    [Theory, InlineData(true), InlineData(false), Trait("Requirement", "R28"), Trait("Requirement", "R29")]
    public async Task Of_changes_only_those_are_summed_who_were_invoiced_or_have_paid_whatever_a_payment_does_to_its_invoice(bool paymentsChangeInvoices)
    {
        var since = _fortnox.Clock.GetUtcNow();
        _fortnox.Clock.Ahead = TimeSpan.FromHours(4);
        var open = _fortnox.Books.Invoices("open", i => i is { IsBooked: true, IsCancelled: false, Balance: > 10, Currency: "SEK" });
        var (part, all) = (open[0], open.First(i => i.Customer != open[0].Customer && open.Count(o => o.Customer == i.Customer) == 1));
        var before = (await _bench.BalancesAsync()).ToLookup(b => b.CustomerId);
        Assert.Empty((await ChangesAsync([])).Items);
        _fortnox.Books.Pay(part.Number, 10, paymentsChangeInvoices);
        _fortnox.Books.Pay(all.Number, all.Balance, paymentsChangeInvoices);
        var now = await ChangesAsync([$"{part.Customer}"]);
        Assert.True(now.IsPartial);
        Assert.Equal(2, now.Items.Select(b => b.CustomerId).Distinct().Count());
        Assert.Equal(before[$"{part.Customer}"].Single(b => b.Open.Currency == "SEK").Open.Value - 10, now.Items.Single(b => b.CustomerId == $"{part.Customer}").Open.Value);
        Assert.Equal((0, "SEK"), now.Items.Where(b => b.CustomerId == $"{all.Customer}").Select(b => (b.Open.Value, b.Open.Currency)).Single());

        // Customers of whose invoices nobody tells, too many of them, a connection without the payments' scope, and who wants all: then all are.
        Assert.All([await ChangesAsync(null), await ChangesAsync([.. Enumerable.Range(1, 21).Select(i => $"{i}")])], Whole);
        _bench.Next(403, """{ "ErrorInformation": { "error": 1, "message": "Saknar behörighet.", "code": 2001101 } }""");
        Whole(await ChangesAsync([]));
        _bench.Set("""{ "allBalances": true }""");
        Whole(await ChangesAsync([]));

        Task<AccountingPage<AccountingBalance>> ChangesAsync(string[]? customers) => _bench.AskAsync((system, call, ct) => system.BalancesAsync(call, new() { ChangedSince = since.AddHours(3), Customers = customers }, ct));
        void Whole(AccountingPage<AccountingBalance> page) => Assert.True(!page.IsPartial && page.Items.Length > 10);
    }

    [Fact]
    public async Task A_payment_between_two_pages_is_noticed_so_that_nobody_is_left_out()
    {
        _fortnox.DraftsAreUnpaid = true;
        foreach (var paid in _fortnox.Books.Invoices("to be open", i => i is { IsBooked: true, IsCancelled: false, Balance: 0 }).Take(400)) _fortnox.Books.ChangeInvoice(paid.Number, i => i with { Balance = i.Gross });
        var first = await _bench.AskAsync((system, call, ct) => system.BalancesAsync(call, new(), ct));
        Assert.NotNull(first.Cursor);
        _fortnox.Books.ChangeInvoice(_fortnox.Books.Invoices("open", i => i is { IsBooked: true, IsCancelled: false } && i.Balance != 0)[0].Number, i => i with { Balance = 0 });
        Assert.Equal(PluginErrorKind.Conflict, (await _bench.FailAsync((system, call, ct) => system.BalancesAsync(call, new() { Cursor = first.Cursor }, ct))).Kind);
    }

    [Fact, Trait("Requirement", "R74")]
    public async Task Invoices_come_with_dates_amounts_and_states()
    {
        var all = (await _bench.InvoicesAsync()).ToDictionary(i => i.Id);
        Assert.Equal(1_400, all.Count);
        var written = _fortnox.Books.Invoices("any", _ => true);
        foreach (var (told, book) in new[] { written.First(i => i.Gross < 0), written.First(i => !i.IsBooked), written.First(i => i.IsCancelled), written.First(i => i is { Balance: > 0, IsBooked: true } && i.Balance < i.Gross), written.First(i => i.Currency == "EUR") }.Select(i => (all[$"{i.Number}"], i)))
        {
            Assert.Equal(new AccountingInvoice
            {
                Id = $"{book.Number}", Number = $"{book.Number}", CustomerId = $"{book.Customer}", Date = book.Date, DueDate = book.DueDate, Gross = book.Gross, Balance = book.Balance, Currency = book.Currency,
                IsBooked = book.IsBooked, IsSent = book.IsSent, IsCancelled = book.IsCancelled, IsCredit = book.Gross < 0,
            }, told);
        }
    }

    [Fact, Trait("Requirement", "R30")]
    public async Task An_invoice_tells_the_order_that_stands_in_its_first_external_reference()
    {
        var one = _fortnox.Books.Invoices("any", _ => true)[0];
        Assert.All(await _bench.InvoicesAsync(), i => Assert.Null(i.OrderReference));
        _fortnox.Books.ChangeInvoice(one.Number, i => i with { OrderReference = " Order 1042 " });
        Assert.Equal("Order 1042", Assert.Single(await _bench.InvoicesAsync(), i => i.Id == $"{one.Number}").OrderReference);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Balances_in_kronor_or_in_the_invoices_currency_come_out_the_same(bool inKronor)
    {
        _fortnox.BalancesAreInKronor = inKronor;
        _bench.Set($$"""{ "balanceCurrency": "{{(inKronor ? "company" : "invoice")}}" }""");
        var book = _fortnox.Books.Invoices("foreign", i => i is { Currency: "EUR", IsBooked: true, Balance: > 0, IsCancelled: false })[0];
        var told = (await _bench.InvoicesAsync()).Single(i => i.Id == $"{book.Number}");
        Assert.Equal((book.Balance, "EUR"), (told.Balance, told.Currency));
        var balance = (await _bench.BalancesAsync()).Single(b => b.CustomerId == $"{book.Customer}");
        Assert.Equal(inKronor ? "SEK" : "EUR", balance.Open.Currency);
        Assert.Equal(_fortnox.Books.Owed(book.Customer), inKronor ? balance.Open.Value : decimal.Round(balance.Open.Value * book.Rate, 2));
    }

    [Fact, Trait("Requirement", "R74")]
    public async Task Net_amounts_are_fetched_where_they_are_wanted()
    {
        foreach (var invoice in _fortnox.Books.Invoices("two", _ => true).Take(2)) _fortnox.Books.ChangeInvoice(invoice.Number, i => i);
        _bench.Set("""{ "invoiceDetails": true }""");
        var invoices = await _bench.InvoicesAsync(TimeProvider.System.GetUtcNow());
        Assert.Equal(invoices.Select(i => (decimal?)_fortnox.Books.FindInvoice(int.Parse(i.Id, System.Globalization.CultureInfo.InvariantCulture))!.Net), invoices.Select(i => i.Net));
        Assert.Contains("GET /3/invoices/20001", _bench.StandIn.Requests);
    }

    [Fact, Trait("Requirement", "R52")]
    public async Task A_customer_is_created_read_found_by_its_number_and_changed_in_part()
    {
        var created = await _bench.AskAsync((system, call, ct) => system.CreateCustomerAsync(call, new()
        {
            Name = "Nordvik Test AB", OrganisationNumber = "5599999997", VatNumber = "SE559999999701", Invoice = new() { CareOf = "Ekonomi", Street = "Storgatan 1", PostCode = "702 11", City = "Örebro", Country = "SE" }, Email = "info@nordvik.example", Currency = "SEK", CreditLimit = new() { Value = 1, Currency = "SEK" },
        }, ct));
        Assert.Equal(("1701", "Nordvik Test AB", "c/o Ekonomi\nStorgatan 1"), (created.Number, created.Name, created.Invoice!.Street));
        Assert.Equal(["1701"], (await FindAsync("5599999997")).Select(c => c.Id));
        Assert.Equal(["1701"], (await FindAsync("559999-9997")).Select(c => c.Id));
        Assert.Empty(await FindAsync("5599999989"));
        var changed = await _bench.AskAsync((system, call, ct) => system.UpdateCustomerAsync(call, new() { Id = "1701", Email = "", Phone = "019-10 00 00", IsActive = false }, ct));
        Assert.Equal(("Nordvik Test AB", null, "019-10 00 00", false, "Örebro"), (changed.Name, changed.Email, changed.Phone, changed.IsActive, changed.Invoice!.City));
        Assert.Equal(PluginErrorKind.NotFound, (await _bench.FailAsync((system, call, ct) => system.UpdateCustomerAsync(call, new() { Id = "9", Name = "x" }, ct))).Kind);
    }

    [Fact]
    public async Task The_owner_is_our_reference_which_a_list_does_not_tell()
    {
        _fortnox.Books.Change(1001, c => c with { Owner = "Karin Ask" });
        Assert.All(await _bench.CustomersAsync(), c => Assert.Null(c.Owner));
        Assert.Equal(new AccountingPerson { Name = "Karin Ask" }, (await _bench.CustomerAsync("1001"))!.Owner);
        Assert.Equal("Bo Dahl", (await WriteAsync(new() { Id = "1001", Owner = new() { Name = "Bo Dahl", Email = "bo@svea.example" } })).Owner!.Name);
        Assert.Equal("Bo Dahl", (await WriteAsync(new() { Id = "1001", Phone = "08-1" })).Owner!.Name);
        // Longer than Fortnox takes: it stays, and the rest is written.
        var left = await WriteAsync(new() { Id = "1001", Phone = "08-2", Owner = new() { Name = new('x', 51) } });
        Assert.Equal(("Bo Dahl", "08-2", "The owner's name is longer than Fortnox's 50 characters, so our reference is as it was."), (left.Owner!.Name, left.Phone, left.LeftOut));
        Assert.Equal(new AccountingPerson(), (await WriteAsync(new() { Id = "1001", Owner = new() })).Owner);
        Assert.Equal("Bo Dahl", (await _bench.AskAsync((system, call, ct) => system.CreateCustomerAsync(call, new() { Name = "Nordvik Test AB", Owner = new() { Name = "Bo Dahl" } }, ct))).Owner!.Name);

        Task<AccountingCustomer> WriteAsync(AccountingCustomer change) => _bench.AskAsync((system, call, ct) => system.UpdateCustomerAsync(call, change, ct));
    }

    [Fact]
    public async Task What_Fortnox_refuses_is_told_in_its_words_without_anybodys_data()
    {
        foreach (var capitals in new[] { true, false })
        {
            _fortnox.ErrorsHaveCapitals = capitals;
            var refused = await _bench.FailAsync((system, call, ct) => system.CreateCustomerAsync(call, new() { Name = "x", Gln = "195001011234" }, ct));
            Assert.Equal((PluginErrorKind.Invalid, "Fortnox refuses it: Värdet … måste bestå av 13 siffror. (2000108)"), (refused.Kind, refused.Detail));
            Assert.Equal(PluginErrorKind.Conflict, (await _bench.FailAsync((system, call, ct) => system.CreateCustomerAsync(call, new() { Name = "x", Number = "1001" }, ct))).Kind);
        }
    }

    [Fact, Trait("Requirement", "N9")]
    public async Task A_write_whose_answer_is_lost_is_not_repeated_and_can_be_looked_for()
    {
        _bench.StandIn.LoseNextAnswer();
        Assert.Equal(PluginErrorKind.Unavailable, (await _bench.FailAsync((system, call, ct) => system.CreateCustomerAsync(call, new() { Name = "Borta Blev Svaret AB", OrganisationNumber = "5599999989" }, ct))).Kind);
        Assert.Single(await FindAsync("5599999989"));
        Assert.Single(_bench.StandIn.Requests, r => r == "POST /3/customers");
    }

    [Fact]
    public async Task A_token_that_ended_is_renewed_once_and_one_that_is_no_good_is_told()
    {
        _fortnox.SignIn.EndAccess();
        Assert.NotNull(await _bench.CustomerAsync("1001"));
        Assert.Single(_tokens.Refused);
        _bench.Next(401, """{"message":"unauthorized"}""", times: 2);
        Assert.Equal(PluginErrorKind.Unauthorized, (await _bench.FailAsync((system, call, ct) => system.CustomerAsync(call, "1001", ct))).Kind);
    }

    [Fact]
    public async Task Suppliers_come_in_the_shape_of_customers()
    {
        var suppliers = await _bench.SuppliersAsync();
        Assert.Equal(new() { Id = "1", Number = "1", Name = "Byggvaruhuset i Örebro AB", OrganisationNumber = "5599009015", Invoice = new() { City = "Örebro", Country = "SE" }, Currency = "SEK", IsActive = true, IsShort = true }, suppliers[0]);
        Assert.Equal((3, null), (suppliers.Count, suppliers[2].OrganisationNumber));
    }

    [Fact]
    public async Task It_leaves_memory_after_use()
    {
        await _bench.BalancesAsync();
        await _bench.CustomersAsync();
        Assert.True(await _bench.LeavesMemoryAsync());
    }

    private Task<AccountingCustomer[]> FindAsync(string number) => _bench.AskAsync((system, call, ct) => system.FindCustomersAsync(call, number, ct));
}
