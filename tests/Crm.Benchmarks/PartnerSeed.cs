using Crm.Host.Storage;
using Crm.Partners;

namespace Crm.Benchmarks;

/// <summary>Invented partners.</summary>
internal static class PartnerSeed
{
    /// <summary>Answers the number of the first partner; the others follow.</summary>
    public static long Write(IStore store, CompanyRef company, int count, ISettings settings) =>
        BulkSeed.Write(store, company, PartnerTables.Partners, "partner.created", count, number => Of(SeedData.Partner(number), number), settings);

    public static Partner Of(SeedData.Firm firm, int number) => new()
    {
        Name = firm.Name, Country = "SE", OrganisationNumber = firm.OrganisationNumber, VatNumber = $"SE{firm.OrganisationNumber}01", Relations = ["customer", "prospect"], Stage = firm.Stage,
        CreditLimit = new(firm.CreditLimit, "SEK"), Balance = new(firm.Balance, "SEK", "fortnox", SeedData.At), LatestDelivery = new DateOnly(2026, 1, 1).AddDays(number % 200),
        Uninvoiced = [new(firm.Balance / 3, "SEK")], OrderChanges = 1, Tags = [firm.Tag], Owner = firm.Owner, Department = "sales", Industry = "g", Employees = number % 500, LegalForm = "AB",
        Website = $"https://www.{firm.Domain}", Phone = "+46 8 123 456 00", Email = firm.Email, Language = "sv",
        Visiting = new("Storgatan 1", "111 22", firm.City, "SE"), Postal = new("Box 1", "111 22", firm.City, "SE"),
        Invoicing = new(InvoiceType.EmailPdf, $"invoice@{firm.Domain}", 30, false, null),
    };
}
