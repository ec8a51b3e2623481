namespace Crm.StandIns;

internal sealed record YtjCompany(
    string Number, string Name, string Form, string Industry, string Street, string Building, string PostCode, string City, string Stad, string Registered, string VatEntry, string Website, string Note)
{
    /// <summary>What follows a word of the note, such as the day after <c>lakannut</c>; null = the note does not have it.</summary>
    public string? Noted(string word) => Note.StartsWith(word, StringComparison.Ordinal) ? Note[word.Length..].Trim() : null;
}

/// <summary>Invented Finnish companies under numbers of a series that nobody has, one real company that everybody knows, and a street of housing companies.</summary>
internal static class YtjCompanies
{
    // Number, name, form, industry, street, building, post code, town, the same in Swedish, registered on, entry in the VAT register, website, note.
    private const string Rows = """
        0112038-9|Nokia Oyj|17|70100|Karakaari|7|02610|ESPOO|ESBO|1896-12-01|80|www.nokia.com|postilokero 226
        9000001-1|Pohjola Koneet Oy|16|28290|Konepajankatu|12|00510|HELSINKI|HELSINGFORS|1994-03-01|80|www.pohjolakoneet.example|
        9000003-8|Pohjolan Kahvipaahtimo Oy|16|10830|Paahtimontie|3|90100|OULU|ULEÅBORG|2009-06-15|80|www.pohjolankahvi.example|
        9000004-6|Pohjanmaan Sähkötyö Oy|16|43210|Hovioikeudenpuistikko|19|65100|VAASA|VASA|2001-10-10|80||rinnakkainen Österbottens Elarbeten Ab
        9000005-4|Suomen Mastotekniikka Oy|16|42220|Mastotie|7|33720|TAMPERE|TAMMERFORS|2006-02-20|80|www.mastotekniikka.example|entinen Masto ja Mäki Oy
        9000006-2|Tampereen Terästarvike Oy|16|46720|Hatanpään valtatie|34|33100|TAMPERE|TAMMERFORS|1988-05-05|80||
        9000007-0|Tampereen Tilitoimisto Luku Oy|16|69202|Satakunnankatu|21|33210|TAMPERE|TAMMERFORS|2013-01-07|80||
        9000008-9|Turun Saaristolinjat Oyj|17|50100|Linnankatu|90|20100|TURKU|ÅBO|1979-11-30|80|www.saaristolinjat.example|
        9000009-7|Turun Talonrakennus Oy|16|41000|Itäinen Pitkäkatu|4|20520|TURKU|ÅBO|1997-08-18|80||konkurssi
        9000011-8|Helsingin Hissihuolto Oy|16|43290|Sörnäistenkatu|1|00580|HELSINKI|HELSINGFORS|2003-04-04|80||
        9000012-6|Helsingin Meriravintola Oy|16|56110|Pohjoisesplanadi|2|00130|HELSINKI|HELSINGFORS|2016-05-25|80|www.meriravintola.example|saneeraus
        9000013-4|Espoon Ohjelmistopaja Oy|16|62100|Keilaranta|1|02150|ESPOO|ESBO|2011-09-01|80|www.ohjelmistopaja.example|
        9000014-2|Espoon Päiväkoti Satakieli Oy|16|88910|Merituulentie|30|02200|ESPOO|ESBO|2014-08-08|||
        9000015-0|Vantaan Lentorahti Oy|16|52250|Rahtitie|5|01530|VANTAA|VANDA|1999-12-01|80||
        9000016-9|Lahden Puusepänteollisuus Oy|16|31000|Vesijärvenkatu|40|15140|LAHTI|LAHTIS|1962-02-14|80||poistunut 2023-05-05
        9000017-7|Kuopion Marjatukku Oy|16|46310|Kallantie|8|70700|KUOPIO|KUOPIO|1992-07-07|80||
        9000018-5|Jyväskylän Mittalaite Oy|16|26510|Mattilanniemi|6|40100|JYVÄSKYLÄ|JYVÄSKYLÄ|2004-11-11|80|www.jmittalaite.example|
        9000019-3|Rovaniemen Safarit Oy|16|79900|Koskikatu|16|96200|ROVANIEMI|ROVANIEMI|2007-01-02|80|www.rovasafarit.example|
        9000020-6|Lapin Revontulimajat Oy|16|55200|Kittiläntie|410|99130|SIRKKA|SIRKKA|2018-10-01|80||
        9000021-4|Oulun Datakeskus Oy|16|63100|Teknologiantie|18|90590|OULU|ULEÅBORG|2019-03-13|80||
        9000022-2|Porin Konepaja Oy|16|25620|Satamatie|2|28100|PORI|BJÖRNEBORG|1958-09-09|80||lakannut 2024-03-31
        9000023-0|Rauman Laivasähkö Oy|16|33150|Suojantie|5|26100|RAUMA|RAUMO|1995-05-15|80||
        9000024-9|Kotkan Satamahuolto Oy|16|52220|Satamatie|10|48100|KOTKA|KOTKA|1983-03-03|80||
        9000025-7|Ålands Fartygsservice Ab|16|33150|Hamngatan|9|22100|MAARIANHAMINA|MARIEHAMN|1990-06-12|80|www.fartygsservice.example|
        9000026-5|Borgå Bokhandel Ab|16|47610|Ågatan|28|06100|PORVOO|BORGÅ|1972-04-20|80||
        9000027-3|Sipoon Puutarha Osuuskunta|14|01190|Nikkiläntie|55|04130|SIPOO|SIBBO|1985-10-31|83||
        9000028-1|Seinäjoen Viljatukku Oy|16|46210|Kauppakatu|3|60100|SEINÄJOKI|SEINÄJOKI|2000-02-29|80||
        9000030-2|Kajaanin Kaivospalvelu Oy|16|09900|Teollisuuskatu|14|87100|KAJAANI|KAJANA|2012-12-12|80||selvitystila
        9000031-0|Savon Sahaustekniikka Oy|16|28490|Sahatie|1|78200|VARKAUS|VARKAUS|1998-08-08|80||
        9000032-9|Imatran Kylpyläkiinteistöt Oy|16|68200|Purjekuja|1|55420|IMATRA|IMATRA|2002-05-06|82||
        9000033-7|Hämeen Mainostoimisto Oy|16|73110|Raatihuoneenkatu|11|13100|HÄMEENLINNA|TAVASTEHUS|2015-09-17|80|www.hamemainos.example|
        9000034-5|Uudenmaan Logistiikka Oy|16|49410|Kehätie|200|01300|VANTAA|VANDA|2008-03-19|80||
        9000035-3|Nordic Timber Trading Oy|16|46830|Aleksanterinkatu|15|00100|HELSINKI|HELSINGFORS|2010-10-20|80||ulkomaa
        9000036-1|Mikkelin Metsäpalvelu Oy|16|02400|Otavankatu|8|50100|MIKKELI|S:T MICHEL|1996-01-15|||
        9000038-8|Järvi-Suomen Veneet Oy|16|30120|Rantakatu|33|57130|SAVONLINNA|NYSLOTT|1981-05-01|80||
        """;

    private const string IndustryRows = """
        01190|Muu yksivuotisten kasvien viljely|Odling av andra ett- och tvååriga växter|Growing of other non-perennial crops
        02400|Metsätaloutta palveleva toiminta|Service till skogsbruk|Support services to forestry
        09900|Muuta kaivostoimintaa palveleva toiminta|Service till annan utvinning|Support activities for other mining
        10830|Teen ja kahvin valmistus|Framställning av te och kaffe|Processing of tea and coffee
        25620|Metallien työstö|Metallegoarbeten|Machining
        26510|Mittauslaitteiden valmistus|Tillverkning av mätinstrument|Manufacture of measuring instruments
        28290|Muu yleiskoneiden valmistus|Tillverkning av övriga maskiner|Manufacture of other general-purpose machinery
        28490|Muiden konetyökalujen valmistus|Tillverkning av övriga verktygsmaskiner|Manufacture of other machine tools
        30120|Huviveneiden valmistus|Byggande av fritidsbåtar|Building of pleasure boats
        31000|Huonekalujen valmistus|Tillverkning av möbler|Manufacture of furniture
        33150|Laivojen korjaus ja huolto|Reparation och underhåll av fartyg|Repair of ships
        41000|Talonrakentaminen|Byggande av hus|Construction of buildings
        42220|Sähkö- ja tietoliikenneverkkojen rakentaminen|Anläggning av el- och telenät|Construction of electricity and telecommunication networks
        43210|Sähköasennus|Elinstallation|Electrical installation
        43290|Muu rakennusasennus|Annan bygginstallation|Other construction installation
        46210|Viljan tukkukauppa|Partihandel med spannmål|Wholesale of grain
        46310|Hedelmien, marjojen ja vihannesten tukkukauppa|Partihandel med frukt, bär och grönsaker|Wholesale of fruit and vegetables
        46720|Metallien tukkukauppa|Partihandel med metaller|Wholesale of metals
        46830|Puutavaran tukkukauppa|Partihandel med virke|Wholesale of wood
        47610|Kirjojen vähittäiskauppa|Detaljhandel med böcker|Retail sale of books
        49410|Tieliikenteen tavarankuljetus|Vägtransport av gods|Freight transport by road
        50100|Meriliikenteen henkilökuljetus|Sjötrafik med passagerare|Sea passenger transport
        52220|Vesiliikennettä palveleva toiminta|Stödtjänster till sjötransport|Service activities to water transport
        52250|Huolinta ja rahtaus|Spedition|Freight forwarding
        55200|Lomamajoitus|Semesterboende|Holiday accommodation
        56110|Ravintolat|Restauranger|Restaurants
        62100|Ohjelmistojen suunnittelu ja valmistus|Dataprogrammering|Computer programming
        63100|Tietojenkäsittely ja palvelintilan vuokraus|Databehandling och hosting|Data processing and hosting
        68200|Kiinteistöjen vuokraus ja hallinta|Uthyrning och förvaltning av fastigheter|Rental and operating of real estate
        69202|Kirjanpito- ja tilinpäätöspalvelu|Bokförings- och bokslutstjänster|Bookkeeping services
        70100|Pääkonttorien toiminta|Verksamheter som utövas av huvudkontor|Activities of head offices
        73110|Mainostoimistot|Reklambyråer|Advertising agencies
        79900|Varauspalvelut ja matkaoppaiden palvelut|Bokningstjänster och turistguider|Reservation services and tour guides
        88910|Lasten päivähoito|Barndagvård|Child day-care
        """;

    public static YtjCompany[] All { get; } = [.. Lines(Rows).Select(c => new YtjCompany(c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7], c[8], c[9], c[10], c[11], c[12])), .. Enumerable.Range(1, 120).Select(Housing)];

    /// <summary>Finnish, Swedish and English words by code.</summary>
    public static IReadOnlyDictionary<string, string[]> Industries { get; } = Lines(IndustryRows).ToDictionary(c => c[0], c => c[1..]);

    private static IEnumerable<string[]> Lines(string rows) => rows.Split('\n').Select(row => row.Trim().Split('|'));

    /// <summary>More of one name than a page has.</summary>
    private static YtjCompany Housing(int number) =>
        new(Numbered(9_000_100 + (number * 3)), $"Asunto Oy Helsingin Koivukuja {number}", "2", "68200", "Koivukuja", $"{number}", "00700", "HELSINKI", "HELSINGFORS", "1985-01-15", "", "", "");

    /// <summary>The next number from a series of seven digits on that has a check digit (weights 7 9 10 5 8 4 2).</summary>
    private static string Numbered(int series)
    {
        var rest = $"{series}".Zip([7, 9, 10, 5, 8, 4, 2], (digit, weight) => (digit - '0') * weight).Sum() % 11;
        return rest == 1 ? Numbered(series + 1) : $"{series}-{(rest == 0 ? 0 : 11 - rest)}";
    }
}
