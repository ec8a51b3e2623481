using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Crm.StandIns;

/// <summary>The books in Visma's words. What was written is kept as it came, because a PUT replaces everything.</summary>
internal sealed class VismaDocuments(Visma visma)
{
    private const string Thirty = "30303030-0000-4000-8000-000000000030";
    private static readonly string[] InvoicesOnly = ["CustomerNumber", "TotalAmount", "RemainingAmount", "SendType", "YourReference", "IsNotDelivered", "PaymentStatus", "EuThirdParty", "RotReducedInvoicingType", "Rows", "TotalVatAmountInvoiceCurrency"];
    private static readonly string[] Required = ["Name", "InvoiceCity", "InvoicePostalCode", "TermsOfPaymentId", "IsPrivatePerson", "IsActive"];

    private readonly ConcurrentDictionary<int, JsonObject> _written = new();

    public static JsonObject[] Terms { get; } =
    [
        .. new[] { (10, 0, true), (20, 0, true), (30, 1, true), (30, 0, true), (60, 0, false) }.Select((t, i) => new JsonObject
        {
            ["Id"] = t is (30, 0, _) ? Thirty : Visma.IdOf(900 + i), ["Name"] = $"{t.Item1} dagar", ["NumberOfDays"] = t.Item1, ["TermsOfPaymentTypeId"] = t.Item2, ["AvailableForSales"] = t.Item3, ["AvailableForPurchase"] = true,
        }),
    ];

    public static JsonObject[] Suppliers { get; } =
    [
        new() { ["Id"] = Visma.IdOf(701), ["SupplierNumber"] = "1", ["Name"] = "Kontorsmaterial Väst AB", ["CorporateIdentityNumber"] = "559900-9031", ["City"] = "Borås", ["CountryCode"] = "SE", ["CurrencyCode"] = "SEK", ["TermsOfPaymentId"] = Thirty, ["UsesPaymentReferenceNumbers"] = true, ["IsActive"] = true, ["ModifiedUtc"] = "2026-02-01T10:00:00Z" },
        new() { ["Id"] = Visma.IdOf(702), ["SupplierNumber"] = "2", ["Name"] = "Frakt & Lager i Syd AB", ["CorporateIdentityNumber"] = null, ["TermsOfPaymentId"] = Thirty, ["UsesPaymentReferenceNumbers"] = false, ["IsActive"] = false },
    ];

    public decimal UnpaidBy(BookCustomer customer)
    {
        var amount = visma.Books.Owed(customer.Number);
        return visma.BalancesAreInOwnCurrency ? decimal.Round(amount / (visma.Books.Invoices($"rate of {customer.Number}", i => i.Customer == customer.Number).FirstOrDefault()?.Rate ?? 1), 2) : amount;
    }

    public JsonObject Customer(BookCustomer customer)
    {
        var json = _written.TryGetValue(customer.Number, out var written) ? written.DeepClone().AsObject() : Computed(customer);
        (json["Id"], json["CustomerNumber"], json["ChangedUtc"], json["UnpaidInvoicesAmount"]) = (Visma.IdOf(customer.Number), Books.Text(customer.Number), Instant(customer.ChangedAt), UnpaidBy(customer));
        json["TermsOfPayment"] = new JsonObject { ["Id"] = Thirty, ["NumberOfDays"] = 30 };
        return json;
    }

    public JsonObject Invoice(BookInvoice invoice)
    {
        var (isCredit, sign) = (invoice.Gross < 0, invoice.Gross < 0 && !visma.CreditsAreNegative ? -1 : 1);
        return new()
        {
            ["Id"] = Visma.IdOf(invoice.Number), ["InvoiceNumber"] = invoice.Number, ["CustomerId"] = Visma.IdOf(invoice.Customer), ["CustomerNumber"] = Books.Text(invoice.Customer), ["InvoiceDate"] = Day(invoice.Date), ["DueDate"] = Day(invoice.DueDate),
            ["CurrencyCode"] = invoice.Currency, ["CurrencyRate"] = invoice.Rate, ["TotalAmount"] = decimal.Round(invoice.Gross * invoice.Rate, 2) * sign, ["TotalAmountInvoiceCurrency"] = invoice.Gross * sign,
            ["TotalVatAmountInvoiceCurrency"] = (invoice.Gross - invoice.Net) * sign, ["RemainingAmount"] = decimal.Round(invoice.Balance * invoice.Rate, 2) * sign, ["RemainingAmountInvoiceCurrency"] = invoice.Balance * sign, ["IsCreditInvoice"] = isCredit,
            ["YourReference"] = invoice.OrderReference, ["SendType"] = invoice.IsSent ? 1 : 0, ["IsNotDelivered"] = false, ["PaymentStatus"] = invoice.Balance == 0 ? 0 : 1, ["ModifiedUtc"] = Instant(invoice.ChangedAt), ["EuThirdParty"] = false, ["RotReducedInvoicingType"] = 0, ["Rows"] = new JsonArray(),
        };
    }

    /// <summary>Booked invoices, and what was entered without one.</summary>
    public IReadOnlyList<BookInvoice> Ledger()
    {
        var booked = visma.Books.Invoices("ledger", i => i is { IsBooked: true, IsCancelled: false });
        return visma.LedgerOnly.IsEmpty ? booked : [.. booked, .. visma.LedgerOnly.OrderBy(l => l.Key).Select((l, i) => new BookInvoice
        {
            Number = 800_000 + i, Customer = l.Key, Date = new(2026, 1, 1), DueDate = new(2026, 1, 31), Net = l.Value, Gross = l.Value, Balance = l.Value, Currency = visma.Books.Currency,
        })];
    }

    public JsonObject LedgerItem(BookInvoice invoice)
    {
        var whole = Invoice(invoice);
        foreach (var name in InvoicesOnly) whole.Remove(name);
        return whole;
    }

    public BookCustomer Write(JsonObject written, BookCustomer? before)
    {
        int? number = int.TryParse((string?)written["CustomerNumber"], CultureInfo.InvariantCulture, out var own) ? own : null;
        var customer = before is null ? visma.Books.Add(Read(new() { Number = 0, Name = "" }), number)! : visma.Books.Change(before.Number, Read);
        _written[customer.Number] = written;
        return customer;

        BookCustomer Read(BookCustomer c) => c with { Name = (string)written["Name"]!, OrganisationNumber = ((string?)written["CorporateIdentityNumber"] ?? "").Replace("-", "", StringComparison.Ordinal), City = (string)written["InvoiceCity"]!, IsActive = (bool)written["IsActive"]! };
    }

    public static (int Code, string Message, string Field)? Refused(JsonObject written) =>
        Required.FirstOrDefault(r => written[r] is null) is { } missing ? (2000, $"The {missing} field is required.", missing)
        : ((string)written["Name"]!).Length > 50 ? (2000, "The field Name must be a string with a maximum length of 50.", "Name")
        : (string?)written["VatNumber"] is { Length: > 0 } vat && !vat.StartsWith((string?)written["InvoiceCountryCode"] ?? "?", StringComparison.Ordinal) ? (4025, $"The VAT number '{vat}' is not valid.", "VatNumber")
        : null;

    public static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ff'Z'", CultureInfo.InvariantCulture);

    private static JsonObject Computed(BookCustomer customer) => new()
    {
        ["Name"] = customer.Name, ["CorporateIdentityNumber"] = FortnoxDocuments.Dashed(customer.OrganisationNumber), ["VatNumber"] = customer.VatNumber, ["CurrencyCode"] = customer.Currency, ["EmailAddress"] = customer.Email, ["EmailAddresses"] = new JsonArray(),
        ["InvoiceAddress1"] = customer.Street, ["InvoiceAddress2"] = null, ["InvoicePostalCode"] = customer.PostCode, ["InvoiceCity"] = customer.City, ["InvoiceCountryCode"] = customer.Country, ["DeliveryAddress1"] = customer.DeliveryStreet.Length > 0 ? customer.DeliveryStreet : null,
        ["DeliveryPostalCode"] = customer.DeliveryPostCode.Length > 0 ? customer.DeliveryPostCode : null, ["DeliveryCity"] = customer.DeliveryCity.Length > 0 ? customer.DeliveryCity : null, ["Telephone"] = customer.Phone, ["MobilePhone"] = "", ["WwwAddress"] = customer.Website,
        ["TermsOfPaymentId"] = Thirty, ["IsPrivatePerson"] = false, ["IsActive"] = customer.IsActive, ["Note"] = "Ring innan leverans", ["DiscountPercentage"] = 0.05m,
    };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd'T00:00:00'", CultureInfo.InvariantCulture);
}
