using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Crm.StandIns;

/// <summary>The books in e-conomic's words. What was written is kept as it came, because a PUT replaces everything.</summary>
internal sealed class EconomicDocuments(Economic economic)
{
    private static readonly string[] References = ["customerGroup", "paymentTerms", "vatZone", "layout"];
    private static readonly string[] Required = ["name", "currency", "customerGroup", "paymentTerms", "vatZone"];

    private readonly ConcurrentDictionary<int, JsonObject> _written = new();

    public static JsonObject[] Suppliers { get; } =
    [
        .. new[] { ("Jysk Byggemarked A/S", "Aalborg", "90001019"), ("Fyns Værktøj ApS", "Odense", "") }.Select((s, i) => new JsonObject
        {
            ["supplierNumber"] = i + 1, ["name"] = s.Item1, ["city"] = s.Item2, ["corporateIdentificationNumber"] = s.Item3, ["currency"] = "DKK", ["country"] = "Danmark", ["barred"] = false, ["supplierGroup"] = Reference("supplierGroup", 1), ["paymentTerms"] = Reference("paymentTerms", 2), ["vatZone"] = Reference("vatZone", 1),
            ["layout"] = Reference("layout", 14), ["self"] = $"https://restapi.e-conomic.com/suppliers/{i + 1}",
        }),
    ];

    /// <summary>By their numbers, from 1; the last is barred from being used.</summary>
    public static JsonObject[] Employees { get; } =
    [
        .. new[] { ("Mette Holm", "mette@dania.example"), ("Jens Friis", null), ("Jens Friis", "friis@dania.example"), ("Ida Krog", "ida@dania.example") }.Select((e, i) => new JsonObject
        {
            ["employeeNumber"] = i + 1, ["name"] = e.Item1, ["email"] = e.Item2, ["barred"] = i == 3, ["employeeGroup"] = new JsonObject { ["employeeGroupNumber"] = 1 }, ["self"] = $"https://restapi.e-conomic.com/employees/{i + 1}",
        }),
    ];

    public static JsonObject Self() => new()
    {
        ["agreementNumber"] = 1234567, ["company"] = new JsonObject { ["name"] = "Dania Maskiner A/S", ["companyIdentificationNumber"] = "90000012", ["city"] = "Odense" }, ["settings"] = new JsonObject { ["baseCurrency"] = "DKK" },
        ["application"] = new JsonObject { ["name"] = "CRM", ["self"] = "https://restapi.e-conomic.com/self/application" }, ["modules"] = new JsonArray(), ["self"] = "https://restapi.e-conomic.com/self",
    };

    public decimal BalanceOf(BookCustomer customer) => Own(customer, economic.Books.Owed(customer.Number) - economic.OnAccount.GetValueOrDefault(customer.Number));

    /// <summary>Without what is not set; <c>barred</c> only when it is true.</summary>
    public JsonObject Customer(BookCustomer customer)
    {
        var url = $"https://restapi.e-conomic.com/customers/{customer.Number}";
        var json = _written.TryGetValue(customer.Number, out var written) ? written.DeepClone().AsObject() : Computed(customer);
        json["customerNumber"] = customer.Number;
        if (!customer.IsActive) json["barred"] = true;
        json["balance"] = BalanceOf(customer);
        json["dueAmount"] = Own(customer, economic.Books.Overdue(customer.Number));
        json["lastUpdated"] = customer.ChangedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        (json["self"], json["contacts"]) = (url, $"{url}/contacts");
        json["totals"] = new JsonObject { ["drafts"] = $"{url}/totals/drafts", ["booked"] = $"{url}/totals/booked", ["self"] = $"{url}/totals" };
        json["invoices"] = new JsonObject { ["drafts"] = $"{url}/invoices/drafts", ["booked"] = $"{url}/invoices/booked", ["self"] = $"{url}/invoices" };
        foreach (var name in References.Where(r => json[r] is JsonObject)) json[name] = Reference(name, (int)json[name]![$"{name}Number"]!);
        if ((int?)json["salesPerson"]?["employeeNumber"] is { } employee) json["salesPerson"] = SalesPerson(employee);
        return json;
    }

    public JsonObject Invoice(BookInvoice invoice) => new()
    {
        ["bookedInvoiceNumber"] = invoice.Number, ["date"] = Day(invoice.Date), ["currency"] = invoice.Currency, ["exchangeRate"] = invoice.Rate * 100, ["netAmount"] = invoice.Net, ["netAmountInBaseCurrency"] = decimal.Round(invoice.Net * invoice.Rate, 2),
        ["grossAmount"] = invoice.Gross, ["vatAmount"] = invoice.Gross - invoice.Net, ["roundingAmount"] = 0, ["remainder"] = invoice.Balance, ["remainderInBaseCurrency"] = decimal.Round(invoice.Balance * invoice.Rate, 2), ["dueDate"] = Day(invoice.DueDate),
        ["customer"] = new JsonObject { ["customerNumber"] = invoice.Customer, ["self"] = $"https://restapi.e-conomic.com/customers/{invoice.Customer}" }, ["recipient"] = new JsonObject { ["name"] = economic.Books.Find(invoice.Customer)?.Name }, ["references"] = invoice.OrderReference is { } other ? new JsonObject { ["other"] = other } : new JsonObject(),
        ["sent"] = $"https://restapi.e-conomic.com/invoices/booked/{invoice.Number}/sent", ["self"] = $"https://restapi.e-conomic.com/invoices/booked/{invoice.Number}",
    };

    public async Task<(int Status, JsonObject Body)> CreateAsync(HttpContext context)
    {
        var (written, refused) = await ReadAsync(context);
        if (refused is not null) return (400, refused);
        var number = (int?)written!["customerNumber"];
        if (economic.Books.Add(Read(written, new() { Number = 0, Name = "" }), number) is not { } made) return (400, Errors(("customerNumber", "E04990", "The number is in use.")));
        _written[made.Number] = written;
        context.Response.Headers.Location = $"https://restapi.e-conomic.com/customers/{made.Number}";
        return (201, Customer(made));
    }

    /// <summary>Also makes one that is not there.</summary>
    public async Task<(int Status, JsonObject Body)> ReplaceAsync(HttpContext context, int number)
    {
        var (written, refused) = await ReadAsync(context);
        if (refused is not null) return (400, refused);
        var isNew = economic.Books.Find(number) is null;
        _written[number] = written!;
        var customer = isNew ? economic.Books.Add(Read(written!, new() { Number = 0, Name = "" }), number)! : economic.Books.Change(number, c => Read(written!, c));
        return (isNew ? 201 : 200, Customer(customer));
    }

    private static async Task<(JsonObject? Written, JsonObject? Refused)> ReadAsync(HttpContext context)
    {
        JsonObject written;
        try { written = (await JsonNode.ParseAsync(context.Request.Body))!.AsObject(); }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException) { return (null, Economic.Error(400, "E00000", "The JSON cannot be read.")); }
        List<(string, string, string)> problems = [.. written.Where(m => m.Value is null).Select(m => (m.Key, "E07180", "null is not allowed."))];
        problems.AddRange(Required.Where(r => !written.ContainsKey(r)).Select(r => (r, "E04500", $"{r} is required.")));
        if ((string?)written["currency"] is { } currency && currency is not ("DKK" or "SEK" or "NOK" or "EUR")) problems.Add(("currency", "E06000", "currency does not exist."));
        if ((int?)written["customerGroup"]?["customerGroupNumber"] is > 9) problems.Add(("customerGroup", "E06000", "customerGroup does not exist."));
        if ((int?)written["salesPerson"]?["employeeNumber"] is { } employee && NameOf(employee) is null) problems.Add(("salesPerson", "E06000", "salesPerson does not exist."));
        return problems.Count > 0 ? (null, Errors([.. problems])) : VendorContract.Broken(context) is { } why ? (null, Economic.Error(400, "E04300", why)) : (written, null);
    }

    private static BookCustomer Read(JsonObject w, BookCustomer before) => before with
    {
        Name = (string?)w["name"] ?? "", OrganisationNumber = (string?)w["corporateIdentificationNumber"] ?? "", City = (string?)w["city"] ?? "", Currency = (string?)w["currency"] ?? "DKK", IsActive = (bool?)w["barred"] is not true,
        Owner = NameOf((int?)w["salesPerson"]?["employeeNumber"]) ?? "",
    };

    private static JsonObject Computed(BookCustomer customer)
    {
        JsonObject json = new()
        {
            ["name"] = customer.Name, ["currency"] = customer.Currency, ["address"] = customer.Street, ["zip"] = customer.PostCode, ["city"] = customer.City, ["country"] = "Danmark", ["email"] = customer.InvoiceEmail.Length > 0 ? customer.InvoiceEmail : customer.Email,
            ["corporateIdentificationNumber"] = customer.OrganisationNumber, ["telephoneAndFaxNumber"] = customer.Phone, ["mobilePhone"] = "20 30 40 50", ["customerGroup"] = Reference("customerGroup", customer.Group), ["paymentTerms"] = Reference("paymentTerms", 2),
            ["vatZone"] = Reference("vatZone", 1), ["layout"] = Reference("layout", 14), ["publicEntryNumber"] = "KONTO-7",
        };
        if (customer.Website.Length > 0) json["website"] = customer.Website;
        if (customer.CreditLimit is { } limit) json["creditLimit"] = limit;
        if (Array.FindIndex(Employees, e => (string?)e["name"] == customer.Owner) is >= 0 and var index) json["salesPerson"] = SalesPerson(index + 1);
        return json;
    }

    private static string? NameOf(int? employee) => (string?)Employees.FirstOrDefault(e => (int)e["employeeNumber"]! == employee)?["name"];

    private static JsonObject SalesPerson(int employee) => new() { ["employeeNumber"] = employee, ["self"] = $"https://restapi.e-conomic.com/employees/{employee}" };

    private static JsonObject Reference(string name, int number) => new() { [$"{name}Number"] = number, ["self"] = $"https://restapi.e-conomic.com/{name}/{number}" };

    private decimal Own(BookCustomer customer, decimal amount) => !economic.BalancesAreInOwnCurrency ? amount
        : decimal.Round(amount / (economic.Books.Invoices($"rate of {customer.Number}", i => i.Customer == customer.Number).FirstOrDefault()?.Rate ?? 1), 2);

    private static JsonObject Errors(params (string Field, string Code, string Message)[] problems)
    {
        var json = Economic.Error(400, "E04300", "Validation error.");
        json["errors"] = new JsonObject(problems.Select(p => KeyValuePair.Create(p.Field, (JsonNode?)new JsonObject { ["errors"] = new JsonArray(new JsonObject { ["errorCode"] = p.Code, ["message"] = p.Message, ["value"] = "what was sent" }) })));
        return json;
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
