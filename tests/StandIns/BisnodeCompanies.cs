namespace Crm.StandIns;

/// <summary>Invented companies of four countries, besides those of D&amp;B's own sandbox.</summary>
internal static class BisnodeCompanies
{
    /// <summary>Marks: <c>x</c> inactive, <c>y</c> inactive with no day, <c>l</c> may not be delivered, <c>v</c> not registered for VAT, <c>b</c> post to a box; a number = so many branches.</summary>
    public static BisnodeCompany[] All { get; } =
    [
        // The sandbox's own.
        new("SE", "5560391954", "Testföretag Sandlådan AB", "Storgatan 1", "11122", "Stockholm", "62010", "Dataprogrammering", 25, "2b"),
        new("DK", "23456789", "D&B Demo A/S", "Gyngemose Parkvej 50", "2860", "Søborg", "82910", "Inkassovirksomhed og kreditoplysning", 48, "1"),
        new("FI", "11111111", "Tytärtesti100 Oy", "Kumpulantie 3", "00520", "Helsinki", "70220", "Muu liikkeenjohdon konsultointi", 60, ""),
        new("NO", "937340303", "SVAR DIREKTE AS", "Karl Johans gate 7", "0154", "Oslo", "82200", "Telefonvakttjenester", 18, ""),

        new("SE", "5599000014", "Norrskenet Bygg AB", "Verkstadsgatan 14", "97232", "Luleå", "41200", "Byggande av bostadshus och andra byggnader", 84, "3"),
        new("SE", "5599000022", "Norrland Frakt AB", "Terminalvägen 8", "86331", "Sundsvall", "49410", "Vägtransport, godstrafik", 140, "7b"),
        new("SE", "5599000030", "Björkdalens Mejeri AB", "Mejerigatan 2", "54431", "Hjo", "10519", "Annan mejerivarutillverkning", 39, ""),
        new("SE", "5599000048", "Kustens Marinservice HB", "Hamngatan 21", "45130", "Uddevalla", "33150", "Reparation och underhåll av fartyg och båtar", 4, ""),
        new("SE", "5599000055", "Lindöns Trädgård AB", "Ekvägen 5", "60356", "Norrköping", "81300", "Skötsel och underhåll av grönytor", 12, "v"),
        new("SE", "5599000063", "Mälardalens Elteknik AB", "Kopparbergsvägen 10", "72213", "Västerås", "43210", "Elinstallationer", 57, "2"),
        new("SE", "5599000071", "Nordanvik Konsult AB", "Kungsgatan 44", "11135", "Stockholm", "70220", "Konsultverksamhet avseende företags organisation", 9, "b"),
        new("SE", "5599000089", "Siljans Timmerhus AB", "Faluvägen 30", "79232", "Mora", "16231", "Tillverkning av monteringsfärdiga trähus", 31, "x"),
        new("SE", "5599000097", "Skånska Gurkbolaget AB", "Fabriksgatan 3", "26131", "Landskrona", "10390", "Annan beredning av frukt och grönsaker", 66, ""),
        new("SE", "5599000105", "Vätterbygdens Åkeri AB", "Solåsvägen 18", "55303", "Jönköping", "49410", "Vägtransport, godstrafik", 45, "1"),
        new("SE", "5599000113", "Hemliga Gruvan AB", "Gruvvägen 1", "98132", "Kiruna", "07100", "Järnmalmsutvinning", 210, "l"),

        new("NO", "999999018", "Nordfjord Laks AS", "Sjøgata 12", "6770", "Nordfjordeid", "03211", "Produksjon av matfisk i sjø", 76, "4"),
        new("NO", "999999026", "Bryggen Regnskap AS", "Strandgaten 9", "5013", "Bergen", "69201", "Regnskap og bokføring", 14, "b"),
        new("NO", "999999034", "Hardanger Frukt SA", "Fruktvegen 2", "5778", "Utne", "01240", "Dyrking av kjernefrukter og steinfrukter", 8, ""),
        new("NO", "999999042", "Lofoten Havfiske AS", "Kaigata 3", "8300", "Svolvær", "03111", "Hav- og kystfiske", 22, "v"),
        new("NO", "999999050", "Mjøsa Mekaniske AS", "Industrivegen 40", "2335", "Stange", "25620", "Bearbeiding av metaller", 35, "2"),
        new("NO", "999999069", "Oslofjord Eiendom AS", "Aker brygge 1", "0250", "Oslo", "68209", "Utleie av egen eller leid fast eiendom", null, ""),
        new("NO", "999999077", "Trøndelag Treindustri AS", "Sagvegen 11", "7600", "Levanger", "16100", "Saging, høvling og impregnering av tre", 51, "y"),
        new("NO", "999999085", "Varanger Reiseliv AS", "Nyborgveien 6", "9800", "Vadsø", "79110", "Reisebyråvirksomhet", 3, ""),

        new("DK", "90000012", "Nordhavn Kaffe ApS", "Sandkaj 12", "2150", "Nordhavn", "46370", "Engroshandel med kaffe, te, kakao og krydderier", 14, "2"),
        new("DK", "90000020", "Nordhavn Logistik A/S", "Kattegatvej 45", "2150", "Nordhavn", "52290", "Andre serviceydelser i forbindelse med transport", 128, "5"),
        new("DK", "90000039", "Nordlys Elteknik A/S", "Industrivej 7", "9490", "Pandrup", "43210", "El-installation", 62, "3"),
        new("DK", "90000071", "Grønbæk Planteskole ApS", "Lundevej 19", "5620", "Glamsbjerg", "01190", "Dyrkning af andre etårige afgrøder", 11, ""),
        new("DK", "90000098", "Himmerland Maskinfabrik A/S", "Værkstedsvej 2", "9600", "Aars", "25620", "Maskinforarbejdning", 87, "x"),
        new("DK", "90000241", "Odense Robotteknik A/S", "Forskerparken 10", "5230", "Odense M", "28990", "Fremstilling af øvrige maskiner", 212, "3"),
        new("DK", "90000314", "Skagen Røgeri ApS", "Auktionsvej 9", "9990", "Skagen", "10200", "Forarbejdning af fisk", 16, ""),

        new("FI", "91000013", "Pohjolan Puutalot Oy", "Sahatie 4", "90100", "Oulu", "16231", "Puutalojen valmistus", 60, ""),
        new("FI", "91000021", "Saimaan Vesitaksit Oy", "Satamakatu 7", "57130", "Savonlinna", "50300", "Sisävesiliikenteen henkilökuljetus", 6, ""),
        new("FI", "91000048", "Hämeen Konepaja Oy", "Tehtaankatu 22", "13100", "Hämeenlinna", "25620", "Metallin työstö", 41, "b"),
        new("FI", "91000056", "Tunturin Matkailu Oy", "Rinnetie 1", "99130", "Sirkka", "55101", "Hotellit", 130, ""),
        new("FI", "91000064", "Turun Laivakalusto Oy", "Telakkakatu 15", "20240", "Turku", "31090", "Muiden huonekalujen valmistus", 27, "x"),
        new("FI", "91000072", "Vaasan Energiatekniikka Oy", "Runsorintie 3", "65380", "Vaasa", "27110", "Sähkömoottorien valmistus", 340, ""),
    ];
}

internal sealed record BisnodeCompany(string Country, string Number, string Name, string Street, string PostCode, string Town, string Industry, string IndustryText, int? Employees, string Marks)
{
    public bool Is(char mark) => Marks.Contains(mark, StringComparison.Ordinal);
    public bool IsActive => !Is('x') && !Is('y');
    public int Branches => int.TryParse(string.Concat(Marks.Where(char.IsAsciiDigit)), out var count) ? count : 0;
    public string VatNumber => Country switch { "SE" => $"SE{Number}01", "NO" => $"NO{Number}MVA", _ => Country + Number };
    public string Form => Country switch { "SE" => Name.EndsWith("HB", StringComparison.Ordinal) ? "Handelsbolag" : "Aktiebolag", "NO" => Name.EndsWith("SA", StringComparison.Ordinal) ? "Samvirkeforetak" : "Aksjeselskap", "DK" => Name.EndsWith("ApS", StringComparison.Ordinal) ? "Anpartsselskab" : "Aktieselskab", _ => "Osakeyhtiö" };
    public string FormCode => Form switch { "Handelsbolag" => "PARTNERSHIP", "Samvirkeforetak" => "OTHER", _ => "LIMITED_COMPANY" };
    public string Site => string.Concat(Name.Split(' ')[0].ToLowerInvariant().Where(char.IsAsciiLetter)) + ".example";
}
