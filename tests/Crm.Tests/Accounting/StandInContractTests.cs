using System.Text;
using System.Text.Json.Nodes;
using Crm.StandIns;

namespace Crm.Tests.Accounting;

/// <summary>Each stand-in refuses what its vendor would refuse, and says which part of the request and why, so that a plugin that sends it fails its test. That the vendors do is held in Vendors.</summary>
public sealed class StandInContractTests
{
    private const string Terms = "30303030-0000-4000-8000-000000000030";
    private static readonly string OfVisma = $"/v2/customers/{Visma.IdOf(1001)}";

    public static TheoryData<string, string, string> Asked => new()
    {
        { "Fortnox", "/3/customer", "there is no such operation" }, { "Fortnox", "/3/customers?limt=10", "?limt: there is no such parameter" }, { "Fortnox", "/3/customers?limit=501", "?limit: it is more than 500" }, { "Fortnox", "/3/customers?page=0", "?page: it is less than 1" },
        { "Fortnox", "/3/customers?page=one", "?page: it is no integer" }, { "Fortnox", "/3/customers?filter=unpaid", "?filter: it is none of" }, { "Fortnox", "/3/invoices?sortby=duedate", "?sortby: it is none of" }, { "Fortnox", "/3/invoices?lastmodified=2026-01-01T10:00:00Z", "?lastmodified: it is not of the form" },
        { "Fortnox", "/3/companyinformation?page=1", "?page: there is no such parameter" }, { "Fortnox", "/3/suppliers?filter=active", "?filter: there is no such parameter" },
        { "Visma", "/v2/customer", "there is no such operation" }, { "Visma", "/v2/customers/1001", "there is no such operation" }, { "Visma", "/v2/customers?page=1", "?page: there is no such parameter" }, { "Visma", "/v2/customers?$pagesize=1001", "?$pagesize: it is more than 1000" }, { "Visma", "/v2/customers?$page=0", "?$page: it is less than 1" },
        { "Visma", "/v2/customers?$orderby=Name,City", "?$orderby: it is not of the form" }, { "Visma", "/v2/customerinvoices?modifiedSinceUtc=2026-01-01", "?modifiedSinceUtc: it is not of the form" }, { "Visma", "/v2/customers?modifiedSinceUtc=2026-01-01T00:00:00Z", "?modifiedSinceUtc: there is no such parameter" },
        { "Economic", "/customer", "there is no such operation" }, { "Economic", "/customers/abc", "there is no such operation" }, { "Economic", "/customers?page=1", "?page: there is no such parameter" }, { "Economic", "/customers?pagesize=1001", "?pagesize: it is more than 1000" }, { "Economic", "/customers?skippages=-1", "?skippages: it is less than 0" },
        { "Economic", "/customers?filter=remainder$ne:0", "?filter: it is not of the form" }, { "Economic", "/customers?filter=balance$is:0", "?filter: it is not of the form" }, { "Economic", "/invoices/booked?filter=remainder$ne:0", "?filter: it is not of the form" }, { "Economic", "/invoices/booked?filter=(currency$eq:DKK", "?filter: it is not of the form" }, { "Economic", "/invoices/booked?filter=currency$eq:DKK)", "?filter: it is not of the form" }, { "Economic", "/invoices/booked?sort=remainder", "?sort: it is not of the form" }, { "Economic", "/self?pagesize=1", "?pagesize: there is no such parameter" },
    };

    /// <summary>A member of a customer that is otherwise right; none = it is left out.</summary>
    public static TheoryData<string, string, string?, string> Written => new()
    {
        { "Fortnox", "Name", null, "/Customer/Name: it is missing" }, { "Fortnox", "Name", "\"\"", "/Customer/Name: it is shorter than 1" }, { "Fortnox", "Zipcode", "\"702 11\"", "/Customer/Zipcode: there is no such member" }, { "Fortnox", "ZipCode", "\"12345678901\"", "/Customer/ZipCode: it is longer than 10" },
        { "Fortnox", "Address2", "null", "/Customer/Address2: it is no string" }, { "Fortnox", "Active", "\"true\"", "/Customer/Active: it is no boolean" }, { "Fortnox", "VATType", "\"NONE\"", "/Customer/VATType: it is none of" }, { "Fortnox", "GLN", "\"\"", "/Customer/GLN: it is shorter than 13" }, { "Fortnox", "@url", "\"x\"", "/Customer/@url: there is no such member" },
        { "Visma", "InvoiceCity", null, "/InvoiceCity: it is missing" }, { "Visma", "TermsOfPaymentId", "\"30\"", "/TermsOfPaymentId: it is not of the form" }, { "Visma", "InvoiceZipCode", "\"702 11\"", "/InvoiceZipCode: there is no such member" }, { "Visma", "InvoicePostalCode", "\"12345678901\"", "/InvoicePostalCode: it is longer than 10" },
        { "Visma", "Telephone", "null", "/Telephone: it is no string" }, { "Visma", "IsActive", "\"true\"", "/IsActive: it is no boolean" }, { "Visma", "DiscountPercentage", "5", "/DiscountPercentage: it is more than 1" }, { "Visma", "UnpaidInvoicesAmount", "0", "/UnpaidInvoicesAmount: it may not be sent" }, { "Visma", "Id", $"\"{Terms}\"", "/Id: it may not be sent" },
        { "Economic", "vatZone", null, "/vatZone: it is missing" }, { "Economic", "vatZone", "{}", "/vatZone/vatZoneNumber: it is missing" }, { "Economic", "vatZone", """{ "vatZoneNumber": "1" }""", "/vatZone/vatZoneNumber: it is no integer" }, { "Economic", "postalCode", "\"8000\"", "/postalCode: there is no such member" }, { "Economic", "city", $"\"{new string('x', 51)}\"", "/city: it is longer than 50" },
        { "Economic", "email", "null", "/email: it is no string" }, { "Economic", "barred", "\"no\"", "/barred: it is no boolean" }, { "Economic", "creditLimit", "\"1000\"", "/creditLimit: it is no number" }, { "Economic", "customerNumber", "1000000000", "/customerNumber: it is more than 999999999" }, { "Economic", "balance", "0", "/balance: it may not be sent" },
    };

    [Theory, MemberData(nameof(Asked))]
    public async Task A_question_that_the_vendor_would_refuse_is_refused(string vendor, string path, string fault)
    {
        await using var server = await StartAsync(vendor);
        await server.RefusesAsync("GET", path, null, fault);
    }

    [Theory, MemberData(nameof(Written))]
    public async Task A_customer_that_the_vendor_would_refuse_is_refused_and_not_written(string vendor, string member, string? value, string fault)
    {
        await using var server = await StartAsync(vendor);
        var customer = Right(vendor);
        if (value is null) customer.Remove(member);
        else customer[member] = JsonNode.Parse(value);
        var before = server.Customers;
        foreach (var (method, path) in Writes(vendor)) await server.RefusesAsync(method, path, Whole(vendor, customer), fault);
        Assert.Equal(before, server.Customers);
    }

    [Theory, InlineData("Fortnox"), InlineData("Visma"), InlineData("Economic")]
    public async Task What_is_right_passes_and_without_a_token_as_no_JSON_or_as_another_type_it_does_not(string vendor)
    {
        await using var server = await StartAsync(vendor);
        var (right, before) = (Whole(vendor, Right(vendor)), server.Customers);
        foreach (var (method, path) in Writes(vendor))
        {
            Assert.Equal(401, (await server.SendAsync(method, path, right, withToken: false)).Status);
            foreach (var (body, type) in new[] { ("", "application/json"), ("{", "application/json"), ("[]", "application/json"), (right, "text/plain"), (right, "application/x-www-form-urlencoded"), (right.Insert(1, """ "twice": 1, "twice": 2, """), "application/json") })
            {
                Assert.Equal((body, type, 400), (body, type, (await server.SendAsync(method, path, body, type)).Status));
            }
        }
        Assert.Equal(before, server.Customers);
        foreach (var (method, path) in Writes(vendor)) Assert.Equal(method == "POST" ? 201 : 200, (await server.SendAsync(method, path, right)).Status);
        Assert.Equal(before.Length + 1, server.Customers.Length);
    }

    private static (string Method, string Path)[] Writes(string vendor) => vendor switch
    {
        "Fortnox" => [("POST", "/3/customers"), ("PUT", "/3/customers/1001")],
        "Visma" => [("POST", "/v2/customers"), ("PUT", OfVisma)],
        _ => [("POST", "/customers"), ("PUT", "/customers/1001")],
    };

    private static JsonObject Right(string vendor) => JsonNode.Parse(vendor switch
    {
        "Fortnox" => """{ "Name": "x", "ZipCode": "702 11" }""",
        "Visma" => $$"""{ "Name": "x", "InvoiceCity": "Lund", "InvoicePostalCode": "222 22", "TermsOfPaymentId": "{{Terms}}", "IsPrivatePerson": false, "IsActive": true }""",
        _ => """{ "name": "x", "currency": "DKK", "customerGroup": { "customerGroupNumber": 1 }, "paymentTerms": { "paymentTermsNumber": 2 }, "vatZone": { "vatZoneNumber": 1 } }""",
    })!.AsObject();

    private static string Whole(string vendor, JsonObject customer) => (vendor == "Fortnox" ? new() { ["Customer"] = customer.DeepClone() } : customer).ToJsonString();

    private static async Task<Server> StartAsync(string vendor)
    {
        var clock = new StandInClock();
        var books = new Books(vendor == "Economic" ? "DK" : "SE", 2, 2, clock);
        switch (vendor)
        {
            case "Fortnox":
                var fortnox = new Fortnox(books, clock);
                return new(await StandIn.StartAsync(fortnox.MapOn), VendorContract.Of("fortnox"), books, new() { ["authorization"] = $"Bearer {fortnox.SignIn.Connect().Access}" });
            case "Visma":
                var visma = new Visma(books, clock);
                return new(await StandIn.StartAsync(visma.MapOn), VendorContract.Of("visma"), books, new() { ["authorization"] = $"Bearer {visma.SignIn.Connect().Access}" });
            default:
                return new(await StandIn.StartAsync(new Economic(books, clock).MapOn), VendorContract.Of("economic"), books, new() { ["x-appsecrettoken"] = Economic.AppToken, ["x-agreementgranttoken"] = Economic.GrantToken });
        }
    }

    /// <summary>A stand-in, what it is held to, and what it lets in.</summary>
    private sealed class Server(StandIn standIn, VendorContract contract, Books books, Dictionary<string, string> token) : IAsyncDisposable
    {
        private readonly HttpClient _http = new() { BaseAddress = standIn.Address };

        public BookCustomer[] Customers => books.Customers("as they are", _ => true);

        public async Task RefusesAsync(string method, string path, string? body, string fault)
        {
            var (status, said) = await SendAsync(method, path, body);
            // What a vendor has words of its own for is told in those; a path that leads nowhere is not found.
            Assert.True(status is 400 or 404 && (said.Contains($" {fault}", StringComparison.Ordinal) || !said.Contains("breaks the contract", StringComparison.Ordinal)), $"{status} {said}");
            Assert.Contains(contract.Violations(method, path.Split('?')[0], path.Split('?') is [_, var query] ? [KeyValuePair.Create(query[..query.IndexOf('=', StringComparison.Ordinal)], query[(query.IndexOf('=', StringComparison.Ordinal) + 1)..])] : [],
                name => name is "accept" or "content-type" ? "application/json" : token.GetValueOrDefault(name), body ?? ""), found => found.StartsWith(fault, StringComparison.Ordinal));
        }

        public async Task<(int Status, string Said)> SendAsync(string method, string path, string? body, string type = "application/json", bool withToken = true)
        {
            using var request = new HttpRequestMessage(new(method), path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, type) };
            request.Headers.Accept.Add(new("application/json"));
            if (withToken) foreach (var (name, value) in token) request.Headers.Add(name, value);
            using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
            return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        public async ValueTask DisposeAsync()
        {
            _http.Dispose();
            await standIn.DisposeAsync();
        }
    }
}
