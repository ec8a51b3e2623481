using Crm.Plugins;
using Crm.StandIns;

namespace Crm.Tests.Accounting;

/// <summary>Answers as they were recorded or may come one day: numbers as texts and texts as numbers, members and rows that are missing or null, pages that are empty, content types that lie, errors in every spelling.</summary>
public sealed class AnswerShapeTests(AnswerShapeTests.Benches benches) : IClassFixture<AnswerShapeTests.Benches>
{
    /// <summary>The system, what is asked for, what the answer calls itself, the answer, and what is read of it.</summary>
    public static TheoryData<string, string, string, string, string> Shapes => new()
    {
        { "Fortnox", "company", "text/html", """{"CompanyInformation":{"CompanyName":"Svea","OrganizationNumber":5599000014,"DatabaseNumber":"12345"}}""", "12345 Svea 5599000014 SEK" },
        { "Fortnox", "company", "text/plain", """{"CompanyInformation":{"CompanyName":"Svea","OrganizationNumber":null,"DatabaseNumber":12345,"New":{}}}""", "12345 Svea - SEK" },
        { "Fortnox", "customers", "text/html", """{"Customers":[{"CustomerNumber":7,"Name":"A","OrganisationNumber":5599000014,"ZipCode":70211,"City":"Örebro","Phone":19100000,"Active":"true"}],"MetaInformation":{"@TotalResources":"1","@TotalPages":"1","@CurrentPage":"1"}}""", "7 A 5599000014 70211 Örebro 19100000 True" },
        { "Fortnox", "customers", "application/json", """{"Customers":[{"CustomerNumber":"7"}]}""", "7 - - - - - -" },
        { "Fortnox", "customers", "", """{"Customers":[{"CustomerNumber":"7","Name":null,"OrganisationNumber":"","ZipCode":"","City":null,"Phone":"","Active":null,"Email":null}],"MetaInformation":null}""", "7 - - - - - -" },
        { "Fortnox", "customers", "text/plain", """{"Customers":[null,{},{"CustomerNumber":""},{"Name":"x"}]}""", "" },
        { "Fortnox", "customers", "text/html", """{"Customers":[],"MetaInformation":{"@TotalResources":0,"@TotalPages":0,"@CurrentPage":1}}""", "" }, { "Fortnox", "customers", "application/json", """{"Customers":null}""", "" }, { "Fortnox", "customers", "application/json", "{}", "" },
        { "Fortnox", "customer", "text/html", """{"Customer":{"CustomerNumber":7,"Name":"A","OrganisationNumber":"16559900-0014","ZipCode":70211,"City":"Örebro","Phone1":19100000,"Active":1,"New":[1]}}""", "7 A 5599000014 70211 Örebro 19100000 True" },
        { "Fortnox", "customer", "application/json", """{"Customer":{"CustomerNumber":"7","Name":null,"Email":"","GLN":"","Active":"false"}}""", "7 - - - - - False" }, { "Fortnox", "customer", "application/json", """{"Customer":null}""", "" },
        { "Fortnox", "suppliers", "text/html", """{"Suppliers":[{"SupplierNumber":3,"Name":"B","Active":"0"},null,{"Name":"x"}],"MetaInformation":{"@TotalPages":1}}""", "3 B - - - - False" }, { "Fortnox", "suppliers", "text/plain", """{"Suppliers":null}""", "" },
        { "Fortnox", "invoices", "", """{"Invoices":[null,{"DocumentNumber":9,"CustomerNumber":7,"InvoiceDate":"2026-01-02","DueDate":null,"Total":"125.50","Balance":null,"Currency":null,"Booked":"true"}]}""", "9 7 2026-01-02 125.50 0 SEK" },
        { "Fortnox", "balances", "text/html", """{"Invoices":[{"DocumentNumber":9,"CustomerNumber":7,"DueDate":"2001-01-01","Balance":"125.50","Currency":"EUR","Booked":"true"},null,{"CustomerNumber":"7","Balance":10,"Currency":"EUR","Booked":true,"DueDate":""},{"Booked":true,"Balance":5}]}""", "7 135.50 EUR 125.50" },
        { "Fortnox", "balances", "application/json", """{"Invoices":[{"CustomerNumber":"8","Balance":null,"Booked":true},{"CustomerNumber":"9","Balance":5}],"MetaInformation":{"@TotalResources":null}}""", "" }, { "Fortnox", "balances", "text/plain", """{"Invoices":[]}""", "" },

        { "Visma", "company", "text/html", """{"Name":"Mälar","CorporateIdentityNumber":5599000022,"CurrencyCode":"SEK"}""", "5599000022 Mälar 5599000022 SEK" }, { "Visma", "company", "", """{"name":"Mälar","currencyCode":"SEK","CorporateIdentityNumber":null}""", "Mälar Mälar - SEK" },
        { "Visma", "customers", "text/plain", """{"Meta":{"TotalNumberOfPages":"1","TotalNumberOfResults":"1","ServerTimeUtc":null},"Data":[{"Id":"a","CustomerNumber":7,"Name":"A","CorporateIdentityNumber":5599000014,"InvoicePostalCode":70211,"InvoiceCity":"Örebro","Telephone":19100000,"IsActive":"true","ChangedUtc":""}]}""", "a A 5599000014 70211 Örebro 19100000 True" },
        { "Visma", "customers", "application/json", """{"Data":[{"Id":"a"}]}""", "a - - - - - -" }, { "Visma", "customers", "", """{"Meta":null,"Data":[{"Id":"a","Name":null,"CorporateIdentityNumber":"","InvoiceCity":null,"Telephone":null,"MobilePhone":"","IsActive":null}]}""", "a - - - - - -" },
        { "Visma", "customers", "text/html", """{"Data":[null,{},{"Name":"x"},{"Id":""}]}""", "" }, { "Visma", "customers", "application/json", """{"Meta":{"TotalNumberOfPages":0,"TotalNumberOfResults":0},"Data":[]}""", "" }, { "Visma", "customers", "application/json", """{"Data":null}""", "" }, { "Visma", "customers", "application/json", "{}", "" },
        { "Visma", "customer", "text/html", """{"Id":"a","Name":"A","InvoicePostalCode":70211,"IsActive":1,"MessageThreads":[{}],"New":null}""", "a A - 70211 - - True" }, { "Visma", "suppliers", "text/html", """{"Data":[{"Id":"s","Name":"B","SupplierNumber":3,"IsActive":"0"},null,{}]}""", "s B - - - - False" },
        { "Visma", "invoices", "", """{"Data":[null,{"Id":"i","InvoiceNumber":9,"CustomerId":"a","InvoiceDate":"2026-01-02","TotalAmountInvoiceCurrency":"125.50","RemainingAmountInvoiceCurrency":null,"CurrencyCode":null,"SendType":"1"}]}""", "i a 2026-01-02 125.50 0 SEK" },
        { "Visma", "balances", "text/html", """{"Data":[{"CustomerId":"a","CurrencyCode":"EUR","RemainingAmountInvoiceCurrency":"125.50","DueDate":"2001-01-01"},null,{"CustomerId":"a","CurrencyCode":"EUR","RemainingAmountInvoiceCurrency":10,"DueDate":""},{"RemainingAmountInvoiceCurrency":5}]}""", "a 135.50 EUR 125.50" },
        { "Visma", "balances", "application/json", """{"Data":[{"CustomerId":"a","CurrencyCode":"EUR","RemainingAmountInvoiceCurrency":null}]}""", "" }, { "Visma", "balances", "text/plain", """{"Meta":{},"Data":[]}""", "" },

        { "Economic", "company", "text/html", """{"agreementNumber":"1234567","company":{"name":"Dania","companyIdentificationNumber":90000012},"settings":{"baseCurrency":"DKK"}}""", "1234567 Dania 90000012 DKK" }, { "Economic", "company", "", """{"agreementNumber":1234567,"company":{"name":"Dania"},"settings":{"baseCurrency":"DKK"},"modules":null}""", "1234567 Dania - DKK" },
        { "Economic", "customers", "text/plain", """{"collection":[{"customerNumber":"7","name":"A","corporateIdentificationNumber":90000012,"zip":8000,"city":"Aarhus","telephoneAndFaxNumber":86101010,"barred":"false"}],"pagination":{"results":"1"}}""", "7 A 90000012 8000 Aarhus 86101010 True" },
        { "Economic", "customers", "application/json", """{"collection":[{"customerNumber":7}]}""", "7 - - - - - True" }, { "Economic", "customers", "", """{"collection":[{"customerNumber":7,"name":null,"zip":"","city":null,"barred":null,"customerGroup":null,"creditLimit":null,"lastUpdated":null}],"pagination":null}""", "7 - - - - - True" },
        { "Economic", "customers", "text/html", """{"collection":[null,{},{"name":"x"},{"customerNumber":null}]}""", "" }, { "Economic", "customers", "application/json", """{"collection":[],"pagination":{"results":0,"skipPages":3}}""", "" }, { "Economic", "customers", "application/json", """{"collection":null}""", "" }, { "Economic", "customers", "application/json", "{}", "" },
        { "Economic", "customer", "text/html", """{"customerNumber":"7","name":"A","zip":8000,"barred":1,"new":{}}""", "7 A - 8000 - - False" }, { "Economic", "suppliers", "text/html", """{"collection":[{"supplierNumber":"3","name":"B","barred":"1"},null,{}]}""", "3 B - - - - False" },
        { "Economic", "invoices", "", """{"collection":[null,{"bookedInvoiceNumber":"9","date":"2026-01-02","customer":{"customerNumber":"7"},"grossAmount":"125.50","remainder":null,"currency":null,"references":null}]}""", "9 7 2026-01-02 125.50 0 DKK" },
        { "Economic", "balances", "text/html", """{"collection":[{"customer":{"customerNumber":"7"},"currency":"EUR","remainder":"125.50","dueDate":"2001-01-01"},null,{"customer":{"customerNumber":7},"currency":"EUR","remainder":10,"dueDate":""},{"remainder":5},{"customer":null,"remainder":5,"currency":"EUR"}]}""", "7 135.50 EUR 125.50" },
        { "Economic", "balances", "application/json", """{"collection":[{"customer":{"customerNumber":7},"currency":"EUR","remainder":null}]}""", "" }, { "Economic", "balances", "text/plain", """{"collection":[],"pagination":{}}""", "" },
    };

    /// <summary>The system, the status, what the answer calls itself, the answer, what it means, and words of it that are told.</summary>
    public static TheoryData<string, int, string, string, PluginErrorKind, string> Errors => new()
    {
        { "Fortnox", 400, "text/html", """{"ErrorInformation":{"error":1,"message":"Ogiltigt filter","code":2000587}}""", PluginErrorKind.Invalid, "Ogiltigt filter (2000587)" }, { "Fortnox", 400, "application/json", """{"ErrorInformation":{"Error":1,"Message":"Ogiltigt filter","Code":2000587}}""", PluginErrorKind.Invalid, "Ogiltigt filter (2000587)" },
        { "Fortnox", 400, "", """{"errorinformation":{"error":"1","message":null,"code":"2001101"}}""", PluginErrorKind.Forbidden, "(2001101)" }, { "Fortnox", 401, "application/json", """{"message":"unauthorized"}""", PluginErrorKind.Unauthorized, "401" },
        { "Fortnox", 400, "application/json", """{"ErrorInformation":null}""", PluginErrorKind.Invalid, "refuses" }, { "Fortnox", 400, "application/json", "[]", PluginErrorKind.Invalid, "refuses" }, { "Fortnox", 502, "text/html", "<html>Bad gateway</html>", PluginErrorKind.Unavailable, "502" },
        { "Visma", 400, "text/html", """{"ErrorCode":2000,"DeveloperErrorMessage":"The Name field is required.","Errors":[{"Field":"Name","Message":"The Name field is required."}]}""", PluginErrorKind.Invalid, "The Name field is required. (2000)" },
        { "Visma", 400, "application/json", """{"errorCode":"2000","developerErrorMessage":"The Name field is required.","errors":[null]}""", PluginErrorKind.Invalid, "The Name field is required. (2000)" }, { "Visma", 400, "", """{"ErrorCode":"4006","DeveloperErrorMessage":null,"ErrorId":"x","Errors":null}""", PluginErrorKind.Forbidden, "4006" },
        { "Visma", 400, "application/json", "null", PluginErrorKind.Invalid, "refuses" }, { "Visma", 400, "application/json", "[]", PluginErrorKind.Invalid, "refuses" }, { "Visma", 401, "", "", PluginErrorKind.Unauthorized, "401" }, { "Visma", 502, "text/html", "<html>Bad gateway</html>", PluginErrorKind.Unavailable, "502" },
        { "Economic", 400, "text/html", """{"message":"Validation error.","errors":{"currency":{"errors":[{"errorCode":"E06000","message":"currency does not exist.","value":"ZUL"}]}}}""", PluginErrorKind.Invalid, "currency: currency does not exist. (E06000)" },
        { "Economic", 400, "application/json", """{"message":"Validation error.","errors":{"lines":[{"arrayIndex":0,"unit":{"errors":[]}}],"name":null,"city":{"errors":[null]}}}""", PluginErrorKind.Invalid, "lines; name" },
        { "Economic", 400, "", """{"message":"Validation error.","errors":["Filter cannot be applied."],"allowedFilteringFields":["name"]}""", PluginErrorKind.Invalid, "Validation error." }, { "Economic", 400, "application/problem+json", """{"title":"Bad request","status":400,"errors":[{"message":"no","errorCode":"E"}]}""", PluginErrorKind.Invalid, "refuses" },
        { "Economic", 400, "application/json", "[]", PluginErrorKind.Invalid, "refuses" }, { "Economic", 401, "application/json", """{"message":"no","errorCode":"E00500"}""", PluginErrorKind.Unauthorized, "401" }, { "Economic", 502, "text/html", "<html>Bad gateway</html>", PluginErrorKind.Unavailable, "502" },
    };

    public static MatrixTheoryData<string, string> Nonsense => new(["Fortnox", "Visma", "Economic"],
    [
        "", "null", "[]", "7", "<html></html>", "{", """{"Customers":{},"Data":{},"collection":{}}""", """{"Customers":[7],"Data":[7],"collection":[7]}""",
        """{"Customers":[{"Active":"perhaps"}],"Data":[{"IsActive":"perhaps"}],"collection":[{"barred":"perhaps"}]}""", """{"Customers":[{"Name":{}}],"Data":[{"Name":{}}],"collection":[{"name":{}}]}""",
    ]);

    [Theory, MemberData(nameof(Shapes))]
    public async Task It_is_read_in_whatever_shape_it_comes(string system, string what, string type, string body, string expected)
    {
        var bench = await benches.OfAsync(system);
        bench.Next(200, body, type);
        Assert.Equal(expected, string.Join("; ", await ReadAsync(bench, system, what)));
    }

    [Theory, MemberData(nameof(Errors))]
    public async Task Errors_mean_the_same_in_every_spelling(string system, int status, string type, string body, PluginErrorKind kind, string words)
    {
        var bench = await benches.OfAsync(system);
        // A read is tried again where the trouble may pass.
        bench.Next(status, body, type, times: status is 401 or >= 500 ? 3 : 1);
        var failure = await bench.FailAsync((accounting, call, ct) => accounting.CustomersAsync(call, new(), ct));
        Assert.Equal(kind, failure.Kind);
        Assert.Contains(words, failure.Detail, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Nonsense))]
    public async Task Nonsense_is_told_and_not_guessed_at(string system, string body)
    {
        var bench = await benches.OfAsync(system);
        bench.Next(200, body);
        Assert.Equal(PluginErrorKind.Unavailable, (await bench.FailAsync((accounting, call, ct) => accounting.CustomersAsync(call, new(), ct))).Kind);
    }

    private static async Task<IEnumerable<string>> ReadAsync(AccountingBench bench, string system, string what) => what switch
    {
        "company" => await bench.AskAsync((accounting, call, ct) => accounting.CompanyAsync(call, ct)) is var c ? [$"{c.Id} {c.Name} {c.OrganisationNumber ?? "-"} {c.Currency}"] : [],
        "customers" => (await bench.CustomersAsync()).Select(Told),
        "suppliers" => (await bench.SuppliersAsync()).Select(Told),
        "customer" => await bench.CustomerAsync(system == "Visma" ? Visma.IdOf(7) : "7") is { } customer ? [Told(customer)] : [],
        "invoices" => (await bench.InvoicesAsync()).Select(i => FormattableString.Invariant($"{i.Id} {i.CustomerId} {i.Date:yyyy-MM-dd} {i.Gross} {i.Balance} {i.Currency}")),
        _ => (await bench.BalancesAsync()).Select(b => FormattableString.Invariant($"{b.CustomerId} {b.Open.Value} {b.Open.Currency} {b.Overdue?.Value}")),
    };

    private static string Told(AccountingCustomer c) => $"{c.Id} {c.Name ?? "-"} {c.OrganisationNumber ?? "-"} {c.Invoice?.PostCode ?? "-"} {c.Invoice?.City ?? "-"} {c.Phone ?? "-"} {c.IsActive?.ToString() ?? "-"}";

    /// <summary>The three plugins, loaded once.</summary>
    public sealed class Benches : IAsyncLifetime
    {
        private readonly Dictionary<string, AccountingBench> _benches = new() { ["Fortnox"] = OfFortnox(new()), ["Visma"] = OfVisma(new()), ["Economic"] = OfEconomic(new()) };

        /// <summary>As if nothing had been asked before: what fails several times in a row is left alone for a while.</summary>
        internal async Task<AccountingBench> OfAsync(string system)
        {
            var bench = _benches[system];
            bench.StandIn.Forget();
            Assert.True((await bench.TestConnectionAsync()).Value!.IsHealthy);
            return bench;
        }

        public async ValueTask InitializeAsync()
        {
            foreach (var bench in _benches.Values) await bench.StartAsync();
            // The ways in which balances are asked for in one request.
            _benches["Visma"].Set("""{ "balanceFrom": "ledger" }""");
            _benches["Economic"].Set("""{ "balanceFrom": "invoices" }""");
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var bench in _benches.Values) await bench.DisposeAsync();
        }

        private static AccountingBench OfFortnox(Fortnox fortnox) => FortnoxTests.Bench(fortnox, new ConnectedTokens(fortnox.SignIn));

        private static AccountingBench OfVisma(Visma visma) => new("Visma", visma.MapOn, address => new() { ["clientId"] = OAuthServer.ClientId, ["clientSecret"] = OAuthServer.ClientSecret, ["address"] = $"{address}v2", ["signInAddress"] = $"{address}connect" }, new ConnectedTokens(visma.SignIn));

        private static AccountingBench OfEconomic(Economic economic) => new("Economic", economic.MapOn, address => new() { ["appSecretToken"] = Economic.AppToken, ["agreementGrantToken"] = Economic.GrantToken, ["customerGroup"] = 1, ["paymentTerms"] = 2, ["address"] = $"{address}" });
    }
}
