namespace Crm.StandIns;

/// <summary>Invented Danish companies, with numbers that nobody has; and the register's own authority.</summary>
internal static class CvrCompanies
{
    /// <summary>
    /// Marks: <c>p</c> protected from advertising, <c>k</c> bankrupt, <c>t</c> being dissolved, <c>x</c> ceased, <c>r</c> a range instead of a number, <c>s</c> a secret telephone,
    /// <c>o</c> an industry of before 2025, <c>g</c> post by another way; a number = so many production units.
    /// </summary>
    private static readonly (string Name, string Form, string Street, string House, int PostCode, string City, string Industry, string IndustryText, int? Employees, string Marks)[] Rows =
    [
        ("Nordhavn Kaffe ApS", "Anpartsselskab", "Sandkaj", "12", 2150, "Nordhavn", "463710", "Engroshandel med kaffe, te og kakao", 14, "2"),
        ("Nordhavn Logistik A/S", "Aktieselskab", "Kattegatvej", "45", 2150, "Nordhavn", "522510", "Speditører", 128, "5g"),
        ("Nordlys Elteknik A/S", "Aktieselskab", "Industrivej", "7", 9490, "Pandrup", "432100", "El-installation", 62, "3"),
        ("Nordjysk Tømrerforretning ApS", "Anpartsselskab", "Hobrovej", "210", 9000, "Aalborg", "433200", "Tømrer- og bygningssnedkervirksomhed", 9, "p"),
        ("Bager Holm I/S", "Interessentskab", "Torvet", "3", 6760, "Ribe", "107110", "Fremstilling af friske bageriprodukter", 4, "rp1"),
        ("Fjordblik Consulting", "Enkeltmandsvirksomhed", "Strandvejen", "88", 4000, "Roskilde", "702000", "Virksomhedsrådgivning", null, "ps"),
        ("Grønbæk Planteskole ApS", "Anpartsselskab", "Lundevej", "19", 5620, "Glamsbjerg", "011900", "Dyrkning af andre etårige afgrøder", 11, "o1"),
        ("Himmerland Maskinfabrik A/S", "Aktieselskab", "Værkstedsvej", "2", 9600, "Aars", "255300", "Maskinforarbejdning", 87, "2"),
        ("Højbjerg Tandklinik ApS", "Anpartsselskab", "Oddervej", "60", 8270, "Højbjerg", "862300", "Praktiserende tandlæger", 12, "p"),
        ("Isefjord Energi A.m.b.A.", "Andelsselskab med begrænset ansvar", "Havnegade", "1", 4300, "Holbæk", "353000", "Varmeforsyning", 41, ""),
        ("Jyllands Facility Service A/S", "Aktieselskab", "Birk Centerpark", "40", 7400, "Herning", "812100", "Almindelig rengøring af bygninger", 640, "235"),
        ("Kattegat Fisk A/S", "Aktieselskab", "Fiskerihavnsgade", "14", 9900, "Frederikshavn", "102030", "Forarbejdning og konservering af fisk", 153, "4"),
        ("Kronborg Vinduer ApS", "Anpartsselskab", "Støberivej", "8", 3000, "Helsingør", "162310", "Fremstilling af vinduer og døre af træ", 23, "k"),
        ("Kløver Software ApS", "Anpartsselskab", "Njalsgade", "76", 2300, "København S", "621000", "Computerprogrammering", 37, "r"),
        ("Langeland Mejeri A/S", "Aktieselskab", "Mejerivej", "5", 5900, "Rudkøbing", "105100", "Mejerier og ostefremstilling", 58, "o"),
        ("Lillebælt Transport ApS", "Anpartsselskab", "Kolding Landevej", "101", 7000, "Fredericia", "494100", "Vejgodstransport", 33, "2"),
        ("Limfjordens Østers ApS", "Anpartsselskab", "Havnen", "22", 7900, "Nykøbing M", "032100", "Havbrug", 6, "o"),
        ("Lundager Revision", "Enkeltmandsvirksomhed", "Nygade", "15", 6300, "Gråsten", "692000", "Bogføring og revision; skatterådgivning", 1, "p"),
        ("Midtby Ejendomme P/S", "Partnerselskab", "Vestergade", "33", 8000, "Aarhus C", "682040", "Udlejning af erhvervsejendomme", 0, ""),
        ("Møns Klint Camping ApS", "Anpartsselskab", "Klintevej", "544", 4791, "Borre", "553000", "Campingpladser", 8, "r"),
        ("Nyborg Stål A/S", "Aktieselskab", "Holmevej", "4", 5800, "Nyborg", "251100", "Fremstilling af metalkonstruktioner", 95, "x"),
        ("Odense Robotteknik A/S", "Aktieselskab", "Forskerparken", "10", 5230, "Odense M", "289900", "Fremstilling af øvrige maskiner", 212, "3"),
        ("Paludan Bogtryk ApS", "Anpartsselskab", "Trykkerivej", "6", 8700, "Horsens", "181200", "Anden trykning", 19, "t"),
        ("Randers Handsker A/S", "Aktieselskab", "Vestergrave", "27", 8900, "Randers C", "142900", "Fremstilling af andre beklædningsartikler", 31, "o"),
        ("Rold Skov Savværk ApS", "Anpartsselskab", "Skovvej", "91", 9510, "Arden", "161100", "Savværker og høvlerier", 27, ""),
        ("Samsø Grøntsager I/S", "Interessentskab", "Besser Hovedgade", "12", 8305, "Samsø", "011300", "Dyrkning af grøntsager og meloner", 5, "rp"),
        ("Sejerø Sejlmageri", "Enkeltmandsvirksomhed", "Mastrup", "2", 4592, "Sejerø", "139200", "Fremstilling af færdigvarer af tekstil", null, "p"),
        ("Skagen Røgeri ApS", "Anpartsselskab", "Auktionsvej", "9", 9990, "Skagen", "102020", "Røgning af fisk", 16, "1"),
        ("Stevns Kridt A/S", "Aktieselskab", "Kystvejen", "70", 4671, "Strøby", "081100", "Udvinding af sten, kalk og kridt", 44, ""),
        ("Sydhavsøernes Turisme F.M.B.A.", "Forening med begrænset ansvar", "Rådhustorvet", "1", 4800, "Nykøbing F", "799000", "Reservationstjenester", 7, ""),
        ("Taastrup Datacenter A/S", "Aktieselskab", "Girostrøget", "1", 800, "Høje Taastrup", "631010", "Databehandling og webhosting", 73, "2"),
        ("Thy Vindkraft K/S", "Kommanditselskab", "Vilsundvej", "32", 7700, "Thisted", "351200", "Produktion af elektricitet fra vedvarende kilder", null, ""),
        ("Vadehavets Lam ApS", "Anpartsselskab", "Digevej", "18", 6792, "Rømø", "014500", "Avl af får og geder", 3, "op"),
        ("Vendsyssel Autoservice ApS", "Anpartsselskab", "Ringvejen", "155", 9800, "Hjørring", "953110", "Autoreparationsværksteder", 21, "2"),
        ("Vesterbro Cykler ApS", "Anpartsselskab", "Istedgade", "77", 1650, "København V", "476310", "Detailhandel med cykler", 10, "x"),
        ("Ærø Færgerne A/S", "Aktieselskab", "Vestergade", "1", 5970, "Ærøskøbing", "503000", "Sø- og kysttransport af passagerer", 66, "1"),
        ("Østerbro Arkitekter ApS", "Anpartsselskab", "Øster Allé", "42", 2100, "København Ø", "711110", "Arkitektvirksomhed", 29, "g"),
    ];

    public static CvrCompany[] All { get; } =
    [
        new(10150817, "Erhvervsstyrelsen", "Statslig administrativ enhed", "Langelinie Allé", "17", 2100, "København Ø", "841300", "Administration af og bidrag til erhvervsfremme", 700, "", 0, []),
        .. Rows.Zip(Numbers()).Select((row, i) => new CvrCompany(row.Second, row.First.Name, row.First.Form, row.First.Street, row.First.House, row.First.PostCode, row.First.City, row.First.Industry, row.First.IndustryText,
            row.First.Employees, row.First.Marks, i + 1, Units(row.First.Name, row.First.City, row.First.Marks, i))),
    ];

    private static CvrUnit[] Units(string name, string city, string marks, int company)
    {
        _ = int.TryParse(string.Concat(marks.Where(char.IsAsciiDigit)), out var count);
        // Where there are several, the last one has closed.
        return [.. Enumerable.Range(0, count).Select(i => new CvrUnit(1_000_000_000L + (company * 1_000) + i, i == 0 ? name : $"{name}, afdeling {i + 1}", city, i > 0 && i == count - 1))];
    }

    /// <summary>From 90000012 on, by the rule of modulus 11.</summary>
    private static IEnumerable<int> Numbers()
    {
        int[] weights = [2, 7, 6, 5, 4, 3, 2, 1];
        for (var number = 90_000_012; ; number++)
        {
            if ($"{number}".Zip(weights, (digit, weight) => (digit - '0') * weight).Sum() % 11 == 0) yield return number;
        }
    }
}

internal sealed record CvrCompany(int Number, string Name, string Form, string Street, string House, int PostCode, string City, string Industry, string IndustryText, int? Employees, string Marks, int Order, CvrUnit[] Units)
{
    public bool Is(char mark) => Marks.Contains(mark, StringComparison.Ordinal);
    public string Mail => $"post@{string.Concat(Name.Split(' ')[0].ToLowerInvariant().Where(char.IsAsciiLetter))}.example";

    /// <summary>The register's range around the number.</summary>
    public (int From, int To) Range => Employees is not { } count ? (0, 0) : new (int From, int To)[] { (0, 0), (1, 1), (2, 4), (5, 9), (10, 19), (20, 49), (50, 99), (100, 199), (200, 499), (500, 999), (1000, 999_999) }.First(r => count <= r.To);
}

internal sealed record CvrUnit(long Number, string Name, string City, bool HasClosed);
