namespace Crm.Partners;

/// <summary>Firms of the demo that its accounting systems know too, by the same organisation numbers: so they have balances and invoices as soon as those are read.</summary>
internal static class DemoFirms
{
    private const int Every = 7;

    private static readonly Dictionary<string, (string Name, string Number, string Street, string PostalCode, string City)[]> Known = new()
    {
        ["SE"] =
        [
            ("Snickeriet i Luleå AB", "5599000006", "Storgatan 1", "972 32", "Luleå"), ("Plåtslageriet i Umeå AB", "5599000014", "Fabriksgatan 14", "903 26", "Umeå"),
            ("Bageriet i Sundsvall AB", "5599000022", "Hantverkargatan 27", "852 31", "Sundsvall"), ("Bilverkstaden i Gävle AB", "5599000030", "Kungsgatan 40", "803 20", "Gävle"),
            ("Snickeriet i Falun AB", "5599000048", "Verkstadsgatan 53", "791 30", "Falun"), ("Plåtslageriet i Uppsala AB", "5599000055", "Järnvägsgatan 66", "753 20", "Uppsala"),
            ("Bageriet i Västerås AB", "5599000063", "Industrivägen 79", "722 12", "Västerås"), ("Bilverkstaden i Örebro AB", "5599000071", "Storgatan 2", "702 11", "Örebro"),
            ("Snickeriet i Norrköping AB", "5599000089", "Fabriksgatan 15", "602 24", "Norrköping"), ("Plåtslageriet i Linköping AB", "5599000097", "Hantverkargatan 28", "582 22", "Linköping"),
            ("Bageriet i Jönköping AB", "5599000105", "Kungsgatan 41", "553 16", "Jönköping"), ("Bilverkstaden i Borås AB", "5599000113", "Verkstadsgatan 54", "503 30", "Borås"),
            ("Snickeriet i Göteborg AB", "5599000121", "Järnvägsgatan 67", "411 05", "Göteborg"), ("Plåtslageriet i Halmstad AB", "5599000139", "Industrivägen 80", "302 42", "Halmstad"),
            ("Bageriet i Växjö AB", "5599000147", "Storgatan 3", "352 30", "Växjö"), ("Bilverkstaden i Kalmar AB", "5599000154", "Fabriksgatan 16", "392 32", "Kalmar"),
            ("Plåtslageriet i Malmö AB", "5599000170", "Kungsgatan 42", "211 20", "Malmö"), ("Bageriet i Lund AB", "5599000188", "Verkstadsgatan 55", "222 21", "Lund"),
            ("Bilverkstaden i Visby AB", "5599000196", "Järnvägsgatan 68", "621 57", "Visby"), ("Elteknik i Luleå AB", "5599000204", "Industrivägen 81", "972 32", "Luleå"),
            ("Måleriet i Umeå AB", "5599000212", "Storgatan 4", "903 26", "Umeå"), ("Redovisning i Sundsvall AB", "5599000220", "Fabriksgatan 17", "852 31", "Sundsvall"),
            ("Trädgårdsanläggning i Gävle AB", "5599000238", "Hantverkargatan 30", "803 20", "Gävle"), ("Elteknik i Falun AB", "5599000246", "Kungsgatan 43", "791 30", "Falun"),
        ],
        ["DK"] =
        [
            ("Aalborg Tømrer & Snedker ApS", "90000004", "Nørregade 1", "9000", "Aalborg"), ("Hjørring Malerfirma ApS", "90000047", "Vestergade 14", "9800", "Hjørring"),
            ("Viborg Autoværksted ApS", "90000098", "Havnegade 27", "8800", "Viborg"), ("Randers Revision ApS", "90000128", "Søndergade 40", "8900", "Randers"),
            ("Aarhus Tømrer & Snedker ApS", "90000160", "Håndværkervej 53", "8000", "Aarhus"), ("Silkeborg Malerfirma ApS", "90000209", "Jernbanegade 66", "8600", "Silkeborg"),
            ("Horsens Autoværksted ApS", "90000241", "Industrivej 79", "8700", "Horsens"), ("Vejle Revision ApS", "90000284", "Nørregade 2", "7100", "Vejle"),
            ("Kolding Tømrer & Snedker ApS", "90000322", "Vestergade 15", "6000", "Kolding"), ("Esbjerg Malerfirma ApS", "90000365", "Havnegade 28", "6700", "Esbjerg"),
            ("Sønderborg Autoværksted ApS", "90000403", "Søndergade 41", "6400", "Sønderborg"), ("Odense Revision ApS", "90000446", "Håndværkervej 54", "5000", "Odense"),
            ("Svendborg Tømrer & Snedker ApS", "90000489", "Jernbanegade 67", "5700", "Svendborg"), ("Nyborg Malerfirma ApS", "90000527", "Industrivej 80", "5800", "Nyborg"),
            ("Slagelse Autoværksted ApS", "90000578", "Nørregade 3", "4200", "Slagelse"), ("Næstved Revision ApS", "90000608", "Vestergade 16", "4700", "Næstved"),
            ("Hillerød Malerfirma ApS", "90000683", "Søndergade 42", "3400", "Hillerød"), ("Helsingør Autoværksted ApS", "90000721", "Håndværkervej 55", "3000", "Helsingør"),
            ("Rønne Revision ApS", "90000764", "Jernbanegade 68", "3700", "Rønne"), ("Aalborg El-Service ApS", "90000802", "Industrivej 81", "9000", "Aalborg"),
            ("Hjørring Bogtrykkeri ApS", "90000845", "Nørregade 4", "9800", "Hjørring"), ("Viborg Rengøring ApS", "90000888", "Vestergade 17", "8800", "Viborg"),
            ("Randers Glarmester ApS", "90000926", "Havnegade 30", "8900", "Randers"), ("Aarhus El-Service ApS", "90000969", "Søndergade 43", "8000", "Aarhus"),
        ],
    };

    /// <summary>The partner that is made as one of these; null = an invented one of no system.</summary>
    /// <param name="index">Its place among the company's partners.</param>
    /// <param name="country">The company's.</param>
    public static (string Name, string Number, string Street, string PostalCode, string City)? At(int index, string country) =>
        index % Every == 0 && Known.TryGetValue(country, out var firms) && index / Every < firms.Length ? firms[index / Every] : null;
}
