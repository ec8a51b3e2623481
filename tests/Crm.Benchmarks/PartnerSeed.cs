using System.Text;
using System.Text.Json;
using Crm.Host.Storage;
using Crm.Partners;

namespace Crm.Benchmarks;

/// <summary>Writes invented partners through the real commit, in large batches: documents, columns, terms, journal and sequences are what the program itself would have written.</summary>
internal static class PartnerSeed
{
    private const int Batch = 1_000;

    /// <summary>Answers the number of the first partner; the others follow.</summary>
    public static long Write(IStore store, CompanyRef company, int count, ISettings settings)
    {
        var call = Call.System(company);
        var first = 0L;
        for (var done = 0; done < count; done += Batch)
        {
            CommitUnit[] units = [.. Enumerable.Range(done + 1, Math.Min(Batch, count - done)).Select(number => Unit(call, Of(SeedData.Partner(number), number), settings))];
            Commit.Run(store, units);
            if (units.FirstOrDefault(u => !u.Done.Task.IsCompletedSuccessfully) is { } failed) throw new InvalidOperationException("A partner could not be written.", failed.Done.Task.Exception);
            if (done == 0) first = units[0].Writes[0].Number;
        }
        return first;
    }

    public static Partner Of(SeedData.Firm firm, int number) => new()
    {
        Name = firm.Name, Country = "SE", OrganisationNumber = firm.OrganisationNumber, VatNumber = $"SE{firm.OrganisationNumber}01", Relations = ["customer", "prospect"], Stage = firm.Stage,
        CreditLimit = new(firm.CreditLimit, "SEK"), Balance = new(firm.Balance, "SEK", "fortnox", SeedData.At), LatestDelivery = new DateOnly(2026, 1, 1).AddDays(number % 200),
        Uninvoiced = [new(firm.Balance / 3, "SEK")], OrderChanges = 1, Tags = [firm.Tag], Owner = firm.Owner, Department = "sales", Industry = "g", Employees = number % 500, LegalForm = "AB",
        Website = $"https://www.{firm.Domain}", Phone = "+46 8 123 456 00", Email = firm.Email, Language = "sv",
        Visiting = new("Storgatan 1", "111 22", firm.City, "SE"), Postal = new("Box 1", "111 22", firm.City, "SE"),
        Invoicing = new(InvoiceType.EmailPdf, $"invoice@{firm.Domain}", 30, false, null),
    };

    private static CommitUnit Unit(Call call, Partner partner, ISettings settings)
    {
        var entity = PartnerTables.Partners;
        var document = JsonSerializer.SerializeToUtf8Bytes(partner, Json.State);
        return new()
        {
            Call = call, At = SeedData.At,
            Writes =
            [
                new()
                {
                    Entity = entity, Company = call.Company.Id, Number = 0, ExpectedVersion = 0, Document = Encoding.UTF8.GetString(document),
                    Changed = [.. Enumerable.Range(0, entity.Columns.Count)], Values = entity.Values(partner, settings), TermsAdded = entity.Terms(partner), Fact = "partner.created", Change = DocumentChange.Of([], document),
                },
            ],
        };
    }
}
