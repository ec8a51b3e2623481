using System.Globalization;
using Crm.Contracts;

namespace Crm.Partners;

/// <summary>Two hundred made-up partners for each demo company, and what some of them owe.</summary>
internal sealed class PartnerDemo(IActors actors, TimeProvider clock) : IDemoData
{
    private const int Count = 200;

    private static readonly string[] First = ["Nord", "Fjord", "Berg", "Sjö", "Ek", "Björk", "Ström", "Ås", "Holm", "Vind", "Sten", "Lund", "Ø", "Kyst", "Skov", "Ljung", "Havs", "Älv", "Dal", "Sol"];
    private static readonly string[] Second = ["teknik", "bygg", "handel", "service", "frakt", "kraft", "data", "mat", "metall", "trä", "pack", "konsult", "glass", "verk", "media"];
    private static readonly string[] Streets = ["Storgatan", "Kyrkogatan", "Havnegade", "Industriveien", "Nygata", "Skolegade", "Satamakatu", "Järnvägsgatan", "Østergade", "Ringveien"];
    private static readonly string[] Tags = ["vip", "nordic", "export", "newsletter"];
    private static readonly Dictionary<string, string> Buyers = new() { ["NO"] = "Innkjøp", ["SE"] = "Inköp", ["DK"] = "Indkøb" };
    private static readonly string[] People = ["Anna Nyström", "Jens Kjær", "Liv Haugen", "Mikko Laine", "Sara Öberg", "Ole Brekke", "Mette Friis", "Åsa Ek", "Kari Dahl", "Nils Lund"];
    private static readonly Dictionary<string, (string Form, string[] Cities)> Countries = new()
    {
        ["NO"] = ("AS", ["Oslo", "Bergen", "Trondheim", "Tromsø", "Ålesund"]), ["SE"] = ("AB", ["Stockholm", "Göteborg", "Malmö", "Umeå", "Örebro"]),
        ["DK"] = ("A/S", ["København", "Aarhus", "Odense", "Aalborg", "Sønderborg"]), ["FI"] = ("Oy", ["Helsinki", "Turku", "Oulu", "Vaasa", "Tampere"]),
    };

    /// <summary>The last partners of each company: firms that the demo's registers know, as they were before they moved, and one of them before it went bankrupt.</summary>
    private static readonly Dictionary<string, (string Country, string Name, string Number, string Street, string PostalCode, string City)[]> Registered = new()
    {
        ["NO"] = [("NO", "Nordfjord Energi ASA", "999999018", "Eidsgata 2", "6770", "Nordfjordeid"), ("NO", "Fjordblikk Hotell AS", "999999077", "Sjøgata 3", "6863", "Leikanger"), ("NO", "Nordnes Båtbyggeri AS", "999999069", "Nordnesgaten 31", "5005", "Bergen")],
        ["SE"] = [("FI", "Pohjola Koneet Oy", "9000001-1", "Telakkakatu 4", "00150", "Helsinki"), ("FI", "Pohjolan Kahvipaahtimo Oy", "9000003-8", "Paahtimontie 3", "90100", "Oulu"), ("FI", "Turun Talonrakennus Oy", "9000009-7", "Itäinen Pitkäkatu 4", "20520", "Turku")],
        ["DK"] = [("DK", "Nordhavn Kaffe", "90000012", "Sandkaj 12", "2150", "Nordhavn"), ("DK", "Nordhavn Logistik A/S", "90000020", "Sundkrogsgade 7", "2100", "København Ø"), ("DK", "Kronborg Vinduer ApS", "90000152", "Støberivej 8", "3000", "Helsingør")],
    };

    public int Order => 1;

    public async Task FillAsync(DemoCompany company, CancellationToken ct)
    {
        var call = Call.System(company.Company);
        foreach (var (key, name, discount) in new[] { ("vip", "VIP", (decimal?)5m), ("nordic", "Nordic", null), ("export", "Export", null), ("newsletter", "Newsletter", null) })
        {
            var tag = new PartnerChoiceFields { Key = key, Name = name, DiscountPercent = discount is null ? default : new(discount) };
            if ((await actors.SendAsync(call, IActors.Settings, new AddChoice(ChoiceKind.Tag, tag), ct)).Refusal is { } no) throw new InvalidOperationException(no.Detail);
        }
        // A seed of the company's own: the same partners at every first start, others in each company.
        var random = new Random(company.Country[0] * 31);
        var made = await Task.WhenAll(Enumerable.Range(0, Count).Select(i => actors.CreateAsync(call, new CreatePartner(Partner(i, random, company)), ct)));
        if (made.FirstOrDefault(m => m.Refusal is not null)?.Refusal is { } refusal) throw new InvalidOperationException(refusal.Detail);
        for (var i = 0; i < Count; i += 2)
        {
            var contact = new ContactFields { Name = People[i / 2 % People.Length], Title = Buyers[company.Country], Email = $"kontakt{i}@example.com", Phone = $"+4670100{i:0000}", Primary = true };
            await actors.SendAsync(call, made[i].Row!.Number, new AddContact(contact, made[i].Row!.Number), ct);
        }
        var owing = made.Where(m => m.Row!.State.Stage == "active").Select((m, i) => (m.Row!.Number, Balance: Balance(i, random, m.Row.State.CreditLimit, company.Currency)));
        await Task.WhenAll(owing.Select(o => actors.SendAsync(call, o.Number, new SetBalance(o.Balance), ct)));
    }

    /// <summary>What an accounting system would say of a customer (R28, R29): most owe less than their limit, every fifth more, and every fifth has never had an invoice.</summary>
    private Balance? Balance(int i, Random random, Money? limit, string currency)
    {
        var owed = Math.Round((limit?.Amount ?? 100_000m) * (i % 5 == 3 ? random.Next(1_050, 1_600) : random.Next(20, 900)) / 1_000m, 2);
        return i % 5 == 0 ? null : new(owed, currency, "demo", clock.GetUtcNow());
    }

    private static PartnerFields Partner(int i, Random random, DemoCompany company)
    {
        var made = Invented(i, random, company);
        if (DemoFirms.At(i, company.Country) is { } firm) return Known(made with { Relations = new(["customer"]) }, company.Country, firm.Name, firm.Number, firm.Street, firm.PostalCode, firm.City);
        if (i - (Count - Registered[company.Country].Length) is not (>= 0 and var place)) return made;
        var (country, name, number, street, postalCode, city) = Registered[company.Country][place];
        return Known(made, country, name, number, street, postalCode, city);
    }

    private static PartnerFields Known(PartnerFields made, string country, string name, string number, string street, string postalCode, string city) => made with
    {
        Name = name, Country = country, OrganisationNumber = number,
        Addresses = new(new AddressesFields { Visiting = new(new AddressFields { Street = street, PostalCode = postalCode, City = city, Country = country }) }),
    };

    private static PartnerFields Invented(int i, Random random, DemoCompany company)
    {
        T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];
        var country = random.Next(10) < 7 ? company.Country : Pick<string>([.. Countries.Keys]);
        var (form, cities) = Countries[country];
        var stage = random.Next(10) switch { < 4 => "active", < 6 => "potential", 6 => "prospect", 7 => "lost", _ => null };
        var limited = random.Next(3) > 0;
        return new PartnerFields
        {
            Name = $"{Pick(First)}{Pick(Second)} {Pick(cities)} {form}",
            Country = country,
            Relations = new(random.Next(5) == 0 ? ["customer", "productSupplier"] : [stage is "potential" or "prospect" ? "prospect" : "customer"]),
            Stage = stage is null ? default : new(stage),
            CreditLimit = limited ? new(new MoneyFields { Amount = random.Next(1, 200) * 5_000m, Currency = company.Currency }) : default,
            Tags = new([.. Tags.Where(_ => random.Next(4) == 0)]),
            Owner = random.Next(6) == 0 ? default : new(Pick(company.Sellers)),
            Department = new(Pick<string>(["sales", "export"])),
            Industry = new(Pick<string>(["c", "f", "g", "h", "j", "m"])),
            Employees = new(random.Next(1, 900)),
            Email = $"post{i}@{company.Company.Slug}.example",
            Addresses = new(new AddressesFields
            {
                Visiting = new(new AddressFields { Street = string.Create(CultureInfo.InvariantCulture, $"{Pick(Streets)} {random.Next(1, 90)}"), PostalCode = $"{random.Next(1000, 9999)}", City = Pick(cities), Country = country }),
            }),
            Invoicing = new(new InvoicingFields { Email = $"faktura{i}@example.com", Type = Pick<InvoiceType?>([InvoiceType.EmailLink, InvoiceType.EmailPdf]), CreditDays = Pick<int?>([10, 20, 30]) }),
        };
    }
}
