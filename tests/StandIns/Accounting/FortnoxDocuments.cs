using System.Text.Json.Nodes;

namespace Crm.StandIns;

/// <summary>The books in Fortnox's words.</summary>
internal static class FortnoxDocuments
{
    private static readonly HashSet<string> Known =
    [
        "CustomerNumber", "Name", "OrganisationNumber", "Type", "VATNumber", "VATType", "Address1", "Address2", "ZipCode", "City", "CountryCode", "DeliveryAddress1", "DeliveryAddress2", "DeliveryZipCode", "DeliveryCity",
        "DeliveryCountryCode", "DeliveryName", "Email", "EmailInvoice", "Phone1", "Phone2", "WWW", "Currency", "GLN", "Active", "TermsOfPayment", "YourReference", "OurReference", "ExternalReference", "Comments",
    ];

    public static JsonObject[] Suppliers { get; } =
    [
        .. new (string Name, string City, string Number)[] { ("Byggvaruhuset i Örebro AB", "Örebro", "559900-9015"), ("Verktygsgrossisten Nord AB", "Umeå", "559900-9023"), ("Elkraft Mälardalen AB", "Västerås", "") }
            .Select((s, i) => new JsonObject { ["@url"] = $"https://api.fortnox.se/3/suppliers/{i + 1}", ["SupplierNumber"] = $"{i + 1}", ["Name"] = s.Name, ["OrganisationNumber"] = s.Number, ["City"] = s.City, ["Active"] = true, ["Currency"] = "SEK", ["CountryCode"] = "SE", ["Email"] = null }),
    ];

    public static JsonObject Listed(BookCustomer customer) => new()
    {
        ["@url"] = Url(customer), ["Address1"] = customer.Street, ["Address2"] = "", ["City"] = customer.City, ["CustomerNumber"] = Books.Text(customer.Number), ["Email"] = customer.Email, ["Name"] = customer.Name,
        ["OrganisationNumber"] = Dashed(customer.OrganisationNumber), ["Phone"] = customer.Phone, ["ZipCode"] = customer.PostCode,
    };

    /// <summary>What is not set is sometimes null and sometimes empty.</summary>
    public static JsonObject Customer(BookCustomer customer) => new()
    {
        ["@url"] = Url(customer), ["Active"] = customer.IsActive, ["Address1"] = customer.Street.Split('\n')[0], ["Address2"] = customer.Street.Split('\n') is [_, var second] ? second : null, ["City"] = customer.City, ["Country"] = customer.Country == "SE" ? "Sverige" : null, ["CountryCode"] = customer.Country,
        ["Currency"] = customer.Currency, ["CustomerNumber"] = Books.Text(customer.Number), ["DeliveryAddress1"] = Null(customer.DeliveryStreet), ["DeliveryAddress2"] = null, ["DeliveryZipCode"] = Null(customer.DeliveryPostCode), ["DeliveryCity"] = Null(customer.DeliveryCity), ["DeliveryCountryCode"] = null,
        ["Email"] = customer.Email, ["EmailInvoice"] = customer.InvoiceEmail, ["GLN"] = Null(customer.Gln), ["Name"] = customer.Name, ["OrganisationNumber"] = Dashed(customer.OrganisationNumber), ["OurReference"] = customer.Owner, ["Phone1"] = Null(customer.Phone), ["Phone2"] = null,
        ["PriceList"] = "A", ["ShowPriceVATIncluded"] = false, ["TermsOfPayment"] = "30", ["Type"] = "COMPANY", ["VATNumber"] = customer.VatNumber, ["VATType"] = customer.Country == "SE" ? "SEVAT" : "EUREVERSEDVAT", ["WWW"] = customer.Website, ["ZipCode"] = customer.PostCode,
    };

    /// <summary>The rate is a text here and a number in an invoice by itself.</summary>
    public static JsonObject Listed(BookInvoice invoice, bool inKronor, string? customer) => new()
    {
        ["@url"] = $"https://api.fortnox.se/3/invoices/{invoice.Number}", ["Balance"] = Balance(invoice, inKronor), ["Booked"] = invoice.IsBooked, ["Cancelled"] = invoice.IsCancelled, ["CostCenter"] = null, ["Currency"] = invoice.Currency,
        ["CurrencyRate"] = invoice.Rate.ToString(System.Globalization.CultureInfo.InvariantCulture), ["CurrencyUnit"] = 1, ["ExternalInvoiceReference1"] = invoice.OrderReference ?? "", ["ExternalInvoiceReference2"] = "", ["CustomerName"] = customer, ["CustomerNumber"] = Books.Text(invoice.Customer), ["DocumentNumber"] = Books.Text(invoice.Number), ["DueDate"] = Day(invoice.DueDate),
        ["FinalPayDate"] = invoice is { IsBooked: true, Balance: 0, IsCancelled: false } ? Day(invoice.DueDate) : null, ["InvoiceDate"] = Day(invoice.Date), ["InvoiceType"] = "INVOICE", ["NoxFinans"] = false, ["OCR"] = "", ["Project"] = "", ["Sent"] = invoice.IsSent,
        ["TermsOfPayment"] = "30", ["Total"] = invoice.Gross, ["VoucherNumber"] = null, ["WayOfDelivery"] = "",
    };

    public static JsonObject Invoice(BookInvoice invoice, bool inKronor, string? customer)
    {
        var all = Listed(invoice, inKronor, customer);
        (all["CurrencyRate"], all["Net"], all["Gross"], all["TotalVAT"], all["TotalToPay"], all["Credit"], all["CreditInvoiceReference"], all["InvoiceRows"]) =
            (invoice.Rate, invoice.Net, invoice.Net, invoice.Gross - invoice.Net, invoice.Gross, invoice.Gross < 0 ? "true" : "false", "0", new JsonArray());
        return all;
    }

    public static JsonObject Payment(BookPayment payment) => new()
    {
        ["@url"] = $"https://api.fortnox.se/3/invoicepayments/{payment.Number}", ["Amount"] = payment.Amount, ["Booked"] = true, ["Currency"] = "SEK", ["CurrencyRate"] = 1, ["CurrencyUnit"] = 1, ["InvoiceNumber"] = payment.Invoice,
        ["Number"] = Books.Text(payment.Number), ["PaymentDate"] = Day(DateOnly.FromDateTime(payment.At.UtcDateTime)), ["Source"] = "manual",
    };

    /// <summary>What Fortnox would not take.</summary>
    public static (int Code, string Message)? Refused(JsonObject written, bool isNew) =>
        written.FirstOrDefault(m => !Known.Contains(m.Key)) is { Key: { } unknown } ? (2001399, $"Ogiltigt fältnamn \"{unknown}\".")
        : isNew && string.IsNullOrWhiteSpace((string?)written["Name"]) ? (2000588, "Namn måste anges.")
        : (string?)written["GLN"] is { Length: > 0 and not 13 } gln ? (2000108, $"Värdet \"{gln}\" måste bestå av 13 siffror.")
        : (string?)written["ZipCode"] is { Length: > 10 } ? (2000588, "Postnumret är för långt.") : null;

    public static BookCustomer Written(JsonObject w, BookCustomer before)
    {
        return before with
        {
            Name = Text("Name", before.Name), OrganisationNumber = Text("OrganisationNumber", before.OrganisationNumber).Replace("-", "", StringComparison.Ordinal), VatNumber = Text("VATNumber", before.VatNumber),
            Street = string.Join('\n', new[] { Text("Address1", before.Street.Split('\n')[0]), Text("Address2", before.Street.Split('\n') is [_, var second] ? second : "") }.Where(l => l.Length > 0)),
            PostCode = Text("ZipCode", before.PostCode), City = Text("City", before.City), Country = Text("CountryCode", before.Country), DeliveryStreet = Text("DeliveryAddress1", before.DeliveryStreet),
            DeliveryPostCode = Text("DeliveryZipCode", before.DeliveryPostCode), DeliveryCity = Text("DeliveryCity", before.DeliveryCity), Email = Text("Email", before.Email), InvoiceEmail = Text("EmailInvoice", before.InvoiceEmail),
            Phone = Text("Phone1", before.Phone), Website = Text("WWW", before.Website), Gln = Text("GLN", before.Gln), Owner = Text("OurReference", before.Owner), Currency = Text("Currency", before.Currency), IsActive = (bool?)w["Active"] ?? before.IsActive,
        };

        string Text(string name, string otherwise) => (string?)w[name] ?? otherwise;
    }

    public static string Dashed(string number) => number.Length == 10 ? $"{number[..6]}-{number[6..]}" : number;

    private static decimal Balance(BookInvoice invoice, bool inKronor) => inKronor ? decimal.Round(invoice.Balance * invoice.Rate, 2) : invoice.Balance;

    private static string Url(BookCustomer customer) => $"https://api.fortnox.se/3/customers/{customer.Number}";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static string? Null(string text) => text.Length == 0 ? null : text;
}
