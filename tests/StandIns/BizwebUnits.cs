using System.Globalization;

namespace Crm.StandIns;

/// <summary>A unit or, when it has one above it, a sub-unit.</summary>
internal sealed record BizwebUnit(
    string Number, string Name, string Form, string Code, string Industry, string Street, string PostCode, string City, int? Employees, bool IsVatRegistered, string Founded,
    string Phone, string Email, string Website, string Note)
{
    public string? Parent { get; init; }
    public string? ClosedOn { get; init; }
    public bool IsRemoved => Note == "fjernet";
    public string? DeletedOn => Note.StartsWith("slettet ", StringComparison.Ordinal) ? Note["slettet ".Length..] : null;
}

/// <summary>Invented Norwegian companies, under numbers that the register has not given to anybody.</summary>
internal static class BizwebUnits
{
    /// <summary>The chain whose places of business need more than one page.</summary>
    private const string Chain = "999999026";

    // Number, name, form, industry, its text, street, post code, town, employees, VAT, founded, telephone, e-mail, website, note.
    private const string Rows = """
        999999018|NORDFJORD ENERGI ASA|ASA|43.210|Elektrisk installasjonsarbeid|Strandgata 14|6770|NORDFJORDEID|212|ja|1998-03-12|57 86 00 10|post@nordfjord-energi.example|www.nordfjord-energi.example|
        999999026|NORDLYS KAFFE AS|AS|56.110|Restaurantvirksomhet|Storgata 88|9008|TROMSØ|318|ja|2004-05-03|77 60 10 20|hei@nordlyskaffe.example|www.nordlyskaffe.example|
        999999034|NORDVEST RØRLEGGERSERVICE AS|AS|43.221|Rørleggerarbeid|Keiser Wilhelms gate 22|6003|ÅLESUND|27|ja|2011-09-19|70 11 22 33|||
        999999042|NORDSTRAND TANNKLINIKK AS|AS|86.230|Tannhelsetjenester|Ekebergveien 230|1166|OSLO|9|nei|2009-01-15|22 28 00 90|||
        999999050|NORDLAND FJELLSIKRING AS|AS|43.120|Grunnarbeid|Terminalveien 9|8006|BODØ|64|ja|2001-06-01|75 50 40 30|||
        999999069|NORDNES BÅTBYGGERI AS|AS|30.120|Bygging av fritidsbåter|Nordnesgaten 31|5005|BERGEN|12|ja|1987-10-02||||konkurs 2026-02-11
        999999077|FJORDBLIKK HOTELL AS|AS|55.101|Hotellvirksomhet med restaurant|Sjøgata 5|6863|LEIKANGER|46|ja|1996-04-22|57 65 10 00|booking@fjordblikk.example|www.fjordblikk.example|
        999999085|FJORDTEKK MEKANISKE VERKSTED AS|AS|25.620|Bearbeiding av metaller|Industriveien 3|5600|NORHEIMSUND|38|ja|1979-02-28|56 55 14 00|||
        999999093|FJORDSKJÆR HAVBRUK AS|AS|03.211|Oppdrett av matfisk i sjø|Havneveien 60|7260|SISTRANDA|155|ja|1993-11-08|72 44 70 00|||
        999999107|FJELLSTUA BAKERI OG KONDITORI|ENK|10.710|Produksjon av brød og ferske konditorvarer|Gamlevegen 2|2680|VÅGÅ||ja|2013-08-14|911 22 334|||
        999999115|OSLO BYGGTEKNIKK AS|AS|71.121|Byggeteknisk konsulentvirksomhet|Karl Johans gate 41|0162|OSLO|82|ja|2006-02-01|23 10 40 50|firmapost@oslobyggteknikk.example|www.oslobyggteknikk.example|
        999999123|OSLOFJORDEN EIENDOMSDRIFT AS|AS|68.209|Utleie av egen eller leid fast eiendom|Bryggegata 9|0250|OSLO||nei|2015-05-20||||
        999999131|BERGEN SKIPSREKVISITA AS|AS|46.690|Engroshandel med maskiner og utstyr|Laksevågneset 12|5160|LAKSEVÅG|21|ja|1991-07-01|55 34 20 20|salg@skipsrekvisita.example||
        999999158|BERGENSKE VINIMPORT AS|AS|46.341|Engroshandel med vin og brennevin|Bryggen 7|5003|BERGEN|6|ja|2017-03-06|55 90 80 70|||
        999999166|BRYGGEN REVISJON AS|AS|69.202|Revisjon|C. Sundts gate 17|5004|BERGEN|33|ja|2003-12-12|55 21 60 60|||avvikling
        999999174|TRØNDER IT-PARTNER AS|AS|62.200|Konsulentvirksomhet knyttet til informasjonsteknologi|Kjøpmannsgata 23|7013|TRONDHEIM|71|ja|2008-08-25|73 80 90 00|post@tronderit.example|www.tronderit.example|
        999999182|TRØNDELAG TREINDUSTRI AS|AS|16.101|Saging og høvling av tre|Sagvegen 44|7650|VERDAL|58|ja|1968-05-16|74 07 30 00|||
        999999190|TROLLHEIMEN SPORT AS|AS|47.630|Butikkhandel med sportsutstyr|Torget 1|7340|OPPDAL||ja|2019-11-11||||
        999999204|STAVANGER SUBSEA TEKNIKK AS|AS|09.100|Tjenester tilknyttet utvinning av råolje og naturgass|Dusavikveien 39|4007|STAVANGER|143|ja|2000-01-31|51 90 50 00|info@stavangersubsea.example|www.stavangersubsea.example|
        999999212|STAVANGER GARTNERI SA|SA|01.130|Dyrking av grønnsaker|Jærveien 300|4352|KLEPPE|14|ja|1975-04-04|51 42 10 10|||
        999999220|JÆREN LANDBRUKSMASKINER AS|AS|46.610|Engroshandel med landbruksmaskiner|Orstadvegen 115|4353|KLEPP STASJON|29|ja|1984-09-03|51 78 90 00|||
        999999239|AGDER VINDUSFABRIKK AS|AS|16.230|Produksjon av bygningsartikler i tre|Evjemoen 18|4735|EVJE|41|ja|1990-01-02|37 93 00 10|||tvang
        999999247|SØRLANDETS REGNSKAPSKONTOR AS|AS|69.201|Regnskap og bokføring|Dronningens gate 60|4610|KRISTIANSAND S|17|ja|1999-02-15|38 02 00 20|||
        999999255|ØSTFOLD TRANSPORT OG SPEDISJON AS|AS|49.410|Godstransport på vei|Tuneveien 97|1711|SARPSBORG|94|ja|1982-06-21|69 13 00 00|||
        999999263|ØRSTA MØBELFABRIKK AS|AS|31.000|Produksjon av møbler|Vikegata 10|6150|ØRSTA|76|ja|1955-03-30|70 06 50 00|||slettet 2024-06-30
        999999271|HAMAR HAGESENTER AS|AS|47.761|Butikkhandel med blomster og planter|Vangsvegen 143|2321|HAMAR||ja|2014-04-01|62 53 00 40|||
        999999298|HARDANGER SIDERLAG SA|SA|11.030|Produksjon av sider og annen fruktvin|Ullensvangvegen 12|5781|LOFTHUS||ja|2016-09-09||||
        999999301|LOFOTEN FISKEEKSPORT AS|AS|46.381|Engroshandel med fisk, skalldyr og bløtdyr|Moloveien 4|8300|SVOLVÆR|19|ja|2002-03-18|76 06 60 00|||
        999999328|FINNMARK REISELIV FORENING|FLI|94.991|Aktiviteter i andre interesseorganisasjoner|Markveien 7|9510|ALTA||nei|2010-10-10||||
        999999336|NORDIC PUMP SYSTEMS NUF|NUF|46.690|Engroshandel med maskiner og utstyr|Kungsgatan 12|111 35|STOCKHOLM||ja|2018-01-08||||utland
        999999344|LILLEHAMMER FOTOSTUDIO|ENK|74.200|Fotografvirksomhet|Storgata 71|2609|LILLEHAMMER||nei|2020-02-02|||www.fotostudio.example|
        999999352|VESTLANDET ELBILSENTER AS|AS|47.810|Detaljhandel med motorvogner|Kokstadvegen 35|5257|KOKSTAD|52|ja|2012-12-03|55 52 30 00|||
        999999360|DRAMMEN PAPIRGROSSIST AS|AS|46.490|Engroshandel med husholdningsvarer|Bjørnstjerne Bjørnsons gate 110|3044|DRAMMEN|8|ja|1994-06-06|32 20 10 00|||
        999999379|TELEMARK ARKITEKTER AS|AS|71.112|Arkitekttjenester|Prinsessegata 5|3724|SKIEN|11|ja|2007-07-02|35 50 60 70|||
        999999387|HEMMELIGHETSFULL DRIFT AS|AS|70.200|Bedriftsrådgivning|Ukjent vei 1|0001|OSLO||nei|2021-01-01||||fjernet
        999999395|NORDSJØEN FRISØR|ENK|96.210|Frisering|Kirkegata 8|4836|ARENDAL||ja|2022-05-05||||
        """;

    // Number of the unit above, own number, name, street, post code, town, employees, closed on.
    private const string SubUnitRows = """
        999999018|999999409|NORDFJORD ENERGI ASA AVD FLORØ|Strandavegen 3|6900|FLORØ|31|
        999999018|999999417|NORDFJORD ENERGI ASA AVD STRYN|Tonningsgata 20|6783|STRYN||
        999999018|999999425|NORDFJORD ENERGI ASA AVD MÅLØY|Gate 1 nr 44|6700|MÅLØY|12|2021-12-31
        999999115|999999433|OSLO BYGGTEKNIKK AS AVD DRAMMEN|Grønland 58|3045|DRAMMEN|18|
        999999174|999999441|TRØNDER IT-PARTNER AS AVD STEINKJER|Kongens gate 39|7713|STEINKJER|7|
        999999352|999999468|VESTLANDET ELBILSENTER AS AVD HAUGESUND|Karmsundgata 200|5529|HAUGESUND|20|
        """;

    private static readonly string[] Towns = ["TROMSØ", "BODØ", "NARVIK", "HARSTAD", "ALTA", "HAMMERFEST", "MO I RANA", "STEINKJER", "TRONDHEIM", "MOLDE", "FØRDE", "BERGEN", "HAMAR"];

    public static BizwebUnit[] Units { get; } = [.. Lines(Rows).Select(Unit)];

    public static BizwebUnit[] SubUnits { get; } = [.. Lines(SubUnitRows).Select(SubUnit), .. Enumerable.Range(1, 127).Select(Shop)];

    private static IEnumerable<string[]> Lines(string rows) => rows.Split('\n').Select(row => row.Trim().Split('|'));

    private static BizwebUnit Unit(string[] c) =>
        new(c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7], Count(c[8]), c[9] == "ja", c[10], c[11], c[12], c[13], c.Length > 14 ? c[14] : "");

    private static BizwebUnit SubUnit(string[] c) => Above(c[0]) with
    {
        Number = c[1], Name = c[2], Form = "BEDR", Street = c[3], PostCode = c[4], City = c[5], Employees = Count(c[6]), Phone = "", Email = "", Website = "", Parent = c[0], ClosedOn = c[7].Length == 0 ? null : c[7],
    };

    private static BizwebUnit Shop(int number) => Above(Chain) with
    {
        Number = Numbered(99_998_000 + (number * 7)), Name = $"NORDLYS KAFFE AS AVD {Towns[number % Towns.Length]} {(number / Towns.Length) + 1}", Form = "BEDR", Street = $"Storgata {number}",
        City = Towns[number % Towns.Length], Employees = number % 3 == 0 ? null : 5 + (number % 9), Email = "", Website = "", Parent = Chain,
    };

    private static BizwebUnit Above(string number) => Units.Single(u => u.Number == number);

    private static int? Count(string text) => text.Length == 0 ? null : int.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>The next number from a series of eight digits on that has a check digit (weights 3 2 7 6 5 4 3 2).</summary>
    private static string Numbered(int series)
    {
        var digits = series.ToString(CultureInfo.InvariantCulture);
        var check = (11 - (digits.Zip([3, 2, 7, 6, 5, 4, 3, 2], (digit, weight) => (digit - '0') * weight).Sum() % 11)) % 11;
        return check < 10 ? $"{digits}{check}" : Numbered(series + 1);
    }
}
