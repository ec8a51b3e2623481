namespace Crm.Plugins.Fortnox;

/// <summary>What Fortnox's words mean to the CRM, and the other way round.</summary>
internal static class Mapping
{
    /// <summary>A longer <c>OurReference</c> is refused, with all that was sent along.</summary>
    private const int LongestReference = 50;
    private static readonly HashSet<string> Eu = ["AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES"];

    public static AccountingCustomer? ToCustomer(this ListedCustomer told, string? number) => number.OrNull() is not { } id ? null : new()
    {
        Id = id, Number = id, Name = told.Name, OrganisationNumber = Digits(told.OrganisationNumber), Invoice = Place(told.Address1, told.Address2, told.ZipCode, told.City, told.CountryCode),
        Email = told.Email, Phone = told.Phone, Currency = told.Currency, IsActive = told.Active, IsShort = true,
    };

    public static AccountingCustomer? ToCustomer(this Customer told) => told.CustomerNumber.OrNull() is not { } id ? null : new()
    {
        Id = id, Number = id, Name = told.Name, OrganisationNumber = Digits(told.OrganisationNumber), VatNumber = told.VatNumber, Invoice = Place(told.Address1, told.Address2, told.ZipCode, told.City, told.CountryCode),
        Delivery = Place(told.DeliveryAddress1, told.DeliveryAddress2, told.DeliveryZipCode, told.DeliveryCity, told.DeliveryCountryCode),
        Email = told.Email, InvoiceEmail = told.EmailInvoice, Phone = told.Phone1, Website = told.Website, Currency = told.Currency, Gln = told.Gln, IsActive = told.Active, Owner = new() { Name = told.OurReference.OrNull() },
    };

    /// <summary>Fortnox keeps no credit limit and no customer groups, so these are left out.</summary>
    public static Customer ToFortnox(this AccountingCustomer customer, bool isNew)
    {
        var (invoice, delivery) = (Lines(customer.Invoice), Lines(customer.Delivery));
        return new()
        {
            CustomerNumber = isNew ? customer.Number : null, Name = customer.Name, OrganisationNumber = Written(customer.OrganisationNumber), Type = isNew ? "COMPANY" : null,
            VatNumber = customer.VatNumber, VatType = isNew ? VatType(customer) : null,
            // These are taken in a given length only, so an empty one is left out: they cannot be taken away there.
            Address1 = invoice.First.OrNull(), Address2 = invoice.Second, ZipCode = customer.Invoice?.PostCode, City = customer.Invoice?.City, CountryCode = customer.Invoice?.Country.OrNull(),
            DeliveryAddress1 = delivery.First, DeliveryAddress2 = delivery.Second, DeliveryZipCode = customer.Delivery?.PostCode, DeliveryCity = customer.Delivery?.City, DeliveryCountryCode = customer.Delivery?.Country.OrNull(),
            Email = customer.Email, EmailInvoice = customer.InvoiceEmail, Phone1 = customer.Phone, Website = customer.Website, Currency = customer.Currency.OrNull(), Gln = customer.Gln.OrNull(), Active = customer.IsActive,
            OurReference = customer.Owner is { } owner && HasRoomFor(owner) ? owner.Name ?? "" : null,
        };
    }

    /// <summary>What Fortnox answered to a write, with what could not be written.</summary>
    public static AccountingCustomer? Answered(this Customer told, AccountingCustomer written) =>
        told.ToCustomer() is { } customer ? customer with { LeftOut = HasRoomFor(written.Owner) ? null : $"The owner's name is longer than Fortnox's {LongestReference} characters, so our reference is as it was." } : null;

    public static AccountingInvoice? ToInvoice(this Invoice told, bool inOwn)
    {
        if (told.DocumentNumber.OrNull() is not { } id || told.CustomerNumber.OrNull() is not { } customer || told.InvoiceDate is not { } date) return null;
        var gross = told.Signed(told.Total);
        return new()
        {
            Id = id, Number = id, CustomerId = customer, Date = date, DueDate = told.DueDate, Net = told.Net is { } net ? told.Signed(net) : null, Gross = gross, Balance = told.Signed(inOwn ? told.Balance : InOwn(told)),
            Currency = told.Currency ?? "SEK", IsSent = told.Sent, IsBooked = told.Booked is true, IsCancelled = told.Cancelled is true, IsCredit = gross < 0,
            OrderReference = told.ExternalInvoiceReference1.OrNull(),
        };
    }

    /// <summary>A credit reduces, whether it is written with a minus or told by a word.</summary>
    public static decimal Signed(this Invoice told, decimal? amount) => told.Credit is true && told.Total > 0 ? -(amount ?? 0) : amount ?? 0;

    /// <summary>Fortnox writes <c>556677-8899</c>; what has no digits is none.</summary>
    public static string? Digits(string? number)
    {
        var digits = string.Concat((number ?? "").Where(char.IsAsciiDigit));
        return digits.Length == 0 ? null : digits.Length == 12 && digits.StartsWith("16", StringComparison.Ordinal) ? digits[2..] : digits;
    }

    private static bool HasRoomFor(AccountingPerson? owner) => owner?.Name is not { Length: > LongestReference };

    private static decimal? InOwn(Invoice told) => told.CurrencyRate is > 0 and var rate ? decimal.Round((told.Balance ?? 0) * (told.CurrencyUnit is > 0 and var unit ? unit : 1) / rate, 2) : told.Balance;

    private static string? Written(string? number) => number is { Length: 10 } && number.All(char.IsAsciiDigit) ? $"{number[..6]}-{number[6..]}" : number;

    /// <summary>Fortnox would take every new customer for a Swedish one.</summary>
    private static string? VatType(AccountingCustomer customer) => customer.Invoice?.Country switch
    {
        null or "" or "SE" => null,
        var country when !Eu.Contains(country) => "EXPORT",
        _ => string.IsNullOrEmpty(customer.VatNumber) ? "EUVAT" : "EUREVERSEDVAT",
    };

    private static PostalAddress? Place(string? first, string? second, string? postCode, string? city, string? country)
    {
        var street = Told.Join("\n", first, second);
        return (street ?? postCode ?? city) is null ? null : new() { Street = street, PostCode = postCode, City = city, Country = country };
    }

    /// <summary>Two lines, the second with all that the first has no place for; null = not to be changed.</summary>
    private static (string? First, string? Second) Lines(PostalAddress? address)
    {
        if (address is null || (address.Street is null && address.CareOf is null)) return (null, null);
        string[] lines = [.. $"{(address.CareOf.OrNull() is { } care ? $"c/o {care}" : null)}\n{address.Street}".Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        return (lines.Length > 0 ? lines[0] : "", string.Join(", ", lines.Skip(1)));
    }
}
