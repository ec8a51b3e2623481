using System.Globalization;
using System.Text.Json.Nodes;

namespace Crm.Plugins.Economic;

/// <summary>Customers as e-conomic wants them written: what is left out is cleared, and null is refused.</summary>
internal static class Writing
{
    /// <summary>e-conomic's own, which it does not take back.</summary>
    private static readonly string[] ReadOnly = ["balance", "dueAmount", "lastUpdated", "contacts", "deliveryLocations", "invoices", "templates", "totals", "metaData", "self"];

    /// <exception cref="PluginException"><see cref="PluginErrorKind.NotConfigured"/>: it needs terms, a zone and a group, which the company chooses.</exception>
    public static JsonObject New(PluginSettings settings, AccountingCustomer customer, string currency, long? salesPerson)
    {
        var written = Changed([], customer with { InvoiceEmail = customer.InvoiceEmail ?? customer.Email }, salesPerson);
        if (customer.Number is { } number) written["customerNumber"] = Number(number, "number");
        written["currency"] = currency;
        written["paymentTerms"] = new JsonObject { ["paymentTermsNumber"] = Required(settings, "paymentTerms") };
        written["vatZone"] = new JsonObject { ["vatZoneNumber"] = Required(settings, Zone(settings, customer.Invoice?.Country)) };
        if (!written.ContainsKey("customerGroup")) written["customerGroup"] = new JsonObject { ["customerGroupNumber"] = Required(settings, "customerGroup") };
        return written;
    }

    /// <summary>A customer with what is to be changed; the rest stays, also what this plugin knows nothing of.</summary>
    /// <param name="whole">As e-conomic has it.</param>
    /// <param name="customer">What is to be changed.</param>
    /// <param name="salesPerson">An employee's number; 0 = nobody, null = whoever it is.</param>
    public static JsonObject Changed(JsonObject whole, AccountingCustomer customer, long? salesPerson)
    {
        foreach (var name in ReadOnly) whole.Remove(name);
        Set(whole, "name", customer.Name);
        Set(whole, "corporateIdentificationNumber", customer.OrganisationNumber);
        Set(whole, "vatNumber", customer.VatNumber);
        Set(whole, "email", customer.InvoiceEmail);
        Set(whole, "telephoneAndFaxNumber", customer.Phone);
        Set(whole, "website", customer.Website);
        Set(whole, "ean", customer.Gln);
        Set(whole, "currency", customer.Currency);
        if (customer.Invoice is { } address)
        {
            Set(whole, "address", address.CareOf.OrNull() is { } care ? $"c/o {care}\n{address.Street}" : address.Street);
            Set(whole, "zip", address.PostCode);
            Set(whole, "city", address.City);
            Set(whole, "country", address.Country is { Length: > 0 } code ? CountryNames.NameOf(code) : address.Country);
        }
        if (customer.CreditLimit is { } limit) whole["creditLimit"] = limit.Value;
        if (customer.Group is { Length: > 0 } group) whole["customerGroup"] = new JsonObject { ["customerGroupNumber"] = Number(group, "group") };
        if (salesPerson == 0) whole.Remove("salesPerson");
        else if (salesPerson is { } employee) whole["salesPerson"] = new JsonObject { ["employeeNumber"] = employee };
        if (customer.IsActive is { } isActive) whole["barred"] = !isActive;
        return whole;
    }

    private static void Set(JsonObject whole, string name, string? value)
    {
        if (value is null) return;
        if (value.Length == 0) whole.Remove(name);
        else whole[name] = value;
    }

    private static string Zone(PluginSettings settings, string? country) =>
        country is null or "" || country == (settings.Text("country") ?? "DK") ? "vatZone" : CountryNames.IsInEu(country) ? "vatZoneEu" : "vatZoneAbroad";

    private static long Required(PluginSettings settings, string name) => settings.Number(name) ?? throw new PluginException(PluginErrorKind.NotConfigured, $"The setting {name} is not set.");

    private static long Number(string text, string what) =>
        Mapping.IsNumber(text) ? long.Parse(text, CultureInfo.InvariantCulture) : throw new PluginException(PluginErrorKind.Invalid, $"The customer's {what} in e-conomic is a number.");
}
