namespace Crm.Plugins.Visma;

/// <summary>What Visma's words mean to the CRM.</summary>
internal static class Mapping
{
    public static AccountingCustomer? ToCustomer(this Customer told) => told.Id is not { } id ? null : new()
    {
        Id = id, Number = told.CustomerNumber, Name = told.Name, OrganisationNumber = Digits(told.CorporateIdentityNumber), VatNumber = told.VatNumber,
        Invoice = Place(told.InvoiceAddress1, told.InvoiceAddress2, told.InvoicePostalCode, told.InvoiceCity, told.InvoiceCountryCode),
        Delivery = Place(told.DeliveryAddress1, told.DeliveryAddress2, told.DeliveryPostalCode, told.DeliveryCity, told.DeliveryCountryCode),
        InvoiceEmail = told.EmailAddress, Phone = told.Telephone ?? told.MobilePhone, Website = told.WwwAddress, Gln = told.EdiGlnNumber ?? told.Gln, Currency = told.CurrencyCode, IsActive = told.IsActive, ChangedAt = Paging.Read(told.ChangedUtc),
    };

    public static AccountingCustomer? ToCustomer(this Supplier told) => told.Id is not { } id ? null : new()
    {
        Id = id, Number = told.SupplierNumber, Name = told.Name, OrganisationNumber = Digits(told.CorporateIdentityNumber), Invoice = Place(told.Address1, told.Address2, told.PostalCode, told.City, told.CountryCode), Email = told.EmailAddress,
        Phone = told.Telephone, Currency = told.CurrencyCode, IsActive = told.IsActive, ChangedAt = Paging.Read(told.ModifiedUtc),
    };

    /// <summary>Everything in this list is booked; drafts are another.</summary>
    public static AccountingInvoice? ToInvoice(this Invoice told, bool tellsSent)
    {
        if (told is not { Id: { } id, CustomerId: { } customer, InvoiceDate: { } date }) return null;
        var gross = told.Signed(told.TotalAmountInvoiceCurrency);
        return new()
        {
            Id = id, Number = told.InvoiceNumber, CustomerId = customer, Date = date, DueDate = told.DueDate, Gross = gross, Net = told.TotalVatAmountInvoiceCurrency is { } vat ? gross - told.Signed(vat) : null,
            Balance = told.Signed(told.RemainingAmountInvoiceCurrency), Currency = told.CurrencyCode ?? "SEK", IsBooked = true, IsCredit = told.IsCreditInvoice is true || gross < 0,
            IsSent = tellsSent && told.SendType is { } type ? type != 0 && told.IsNotDelivered is not true : null, OrderReference = told.YourReference.OrNull(), ChangedAt = Paging.Read(told.ModifiedUtc),
        };
    }

    /// <summary>A credit reduces. Whether Visma writes its amounts with a minus is not told, so the word counts.</summary>
    public static decimal Signed(this Invoice told, decimal? amount) => told.IsCreditInvoice is true ? -Math.Abs(amount ?? 0) : amount ?? 0;

    public static string? Digits(string? number)
    {
        var digits = string.Concat((number ?? "").Where(char.IsAsciiDigit));
        return digits.Length == 0 ? null : digits.Length == 12 && digits.StartsWith("16", StringComparison.Ordinal) ? digits[2..] : digits;
    }

    private static PostalAddress? Place(string? first, string? second, string? postCode, string? city, string? country)
    {
        var street = Told.Join("\n", first, second);
        return (street ?? postCode ?? city) is null ? null : new() { Street = street, PostCode = postCode, City = city, Country = country };
    }
}
