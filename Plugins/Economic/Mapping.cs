using System.Globalization;

namespace Crm.Plugins.Economic;

/// <summary>What e-conomic's words mean to the CRM.</summary>
internal static class Mapping
{
    public static AccountingCustomer? ToCustomer(this Customer told, string? currency, Employees employees) => told.CustomerNumber is not { } number ? null : new()
    {
        Id = Text(number), Number = Text(number), Name = told.Name, OrganisationNumber = Digits(told.CorporateIdentificationNumber), VatNumber = told.VatNumber, Invoice = Place(told.Address, told.Zip, told.City, told.Country),
        InvoiceEmail = told.Email, Phone = told.TelephoneAndFaxNumber ?? told.MobilePhone, Website = told.Website, Gln = told.Ean, Currency = told.Currency,
        CreditLimit = told.CreditLimit is { } limit ? new() { Value = limit, Currency = currency ?? told.Currency ?? "DKK" } : null,
        Owner = employees.Of(told.SalesPerson),
        Group = told.CustomerGroup?.CustomerGroupNumber is { } group ? Text(group) : null, IsActive = told.Barred is not true, ChangedAt = DateTimeOffset.TryParse(told.LastUpdated, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var changed) ? changed : null,
    };

    public static AccountingCustomer? ToCustomer(this Supplier told) => told.SupplierNumber is not { } number ? null : new()
    {
        Id = Text(number), Number = Text(number), Name = told.Name, OrganisationNumber = Digits(told.CorporateIdentificationNumber), Invoice = Place(told.Address, told.Zip, told.City, told.Country), Email = told.Email, Phone = told.Phone,
        Currency = told.Currency, IsActive = told.Barred is not true,
    };

    public static AccountingInvoice? ToInvoice(this Invoice told) => told is not { BookedInvoiceNumber: { } number, Customer.CustomerNumber: { } customer, Date: { } date } ? null : new()
    {
        Id = Text(number), Number = Text(number), CustomerId = Text(customer), Date = date, DueDate = told.DueDate, Net = told.NetAmount, Gross = told.GrossAmount ?? 0, Balance = told.Remainder ?? 0, Currency = told.Currency ?? "DKK",
        IsBooked = true, IsCredit = told.GrossAmount < 0, OrderReference = told.References?.Other.OrNull(),
    };

    /// <summary>What <c>balance</c> and credit limits are in: e-conomic does not say. Null = each customer's own.</summary>
    public static async ValueTask<string?> BalanceCurrencyAsync(IPluginCall call, EconomicApi api, CancellationToken ct, string? known = null) => call.Settings.Text("balanceCurrency") == "customer" ? null : known ?? await api.BaseCurrencyAsync(ct);

    public static string? Digits(string? number)
    {
        var digits = string.Concat((number ?? "").Where(char.IsAsciiDigit));
        return digits.Length == 0 ? null : digits;
    }

    public static bool IsNumber(string? id) => id is { Length: > 0 and <= 9 } && id.All(char.IsAsciiDigit);

    public static string Text(decimal number) => number.ToString("0", CultureInfo.InvariantCulture);

    private static PostalAddress? Place(string? street, string? postCode, string? city, string? country) => (street ?? postCode ?? city) is null ? null
        : new() { Street = street?.ReplaceLineEndings("\n"), PostCode = postCode, City = city, Country = CountryNames.CodeOf(country) };
}
