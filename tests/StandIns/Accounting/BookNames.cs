using System.Globalization;

namespace Crm.StandIns;

/// <summary>Invented names, addresses and numbers that no authority has given to anybody.</summary>
internal abstract class BookNames(string[] trades, (string City, string PostCode)[] towns, string[] streets)
{
    public static BookNames Of(string country) => country == "DK" ? new Danish() : new Swedish();

    /// <summary>Different for every index; from some hundred on with a figure.</summary>
    public string Name(int index)
    {
        var (town, round) = (index % towns.Length, index / towns.Length);
        var trade = trades[(round + (town * 3)) % trades.Length];
        return Name(trade, towns[town].City, round < trades.Length ? "" : $" {1 + (round / trades.Length)}");
    }

    public (string City, string PostCode) Town(int index) => towns[index % towns.Length];

    public string Street(int index) => $"{streets[index * 5 % streets.Length]} {1 + (index * 13 % 90)}";

    public abstract string Phone(int index);

    public abstract string OrganisationNumber(int index);

    protected abstract string Name(string trade, string town, string suffix);

    private sealed class Swedish() : BookNames(
        ["Snickeriet", "Elteknik", "Rör & Värme", "Plåtslageriet", "Måleriet", "Markentreprenad", "Bageriet", "Redovisning", "Fastighetsservice", "Bilverkstaden", "Trädgårdsanläggning", "Glasmästeriet"],
        [("Luleå", "972 32"), ("Umeå", "903 26"), ("Sundsvall", "852 31"), ("Gävle", "803 20"), ("Falun", "791 30"), ("Uppsala", "753 20"), ("Västerås", "722 12"), ("Örebro", "702 11"), ("Norrköping", "602 24"), ("Linköping", "582 22"),
            ("Jönköping", "553 16"), ("Borås", "503 30"), ("Göteborg", "411 05"), ("Halmstad", "302 42"), ("Växjö", "352 30"), ("Kalmar", "392 32"), ("Karlskrona", "371 33"), ("Malmö", "211 20"), ("Lund", "222 21"), ("Visby", "621 57")],
        ["Storgatan", "Kungsgatan", "Industrivägen", "Hantverkargatan", "Järnvägsgatan", "Fabriksgatan", "Verkstadsgatan"])
    {
        public override string Phone(int index) => string.Create(CultureInfo.InvariantCulture, $"0{10 + (index % 80)}-{100 + (index * 7 % 900)} {10 + (index % 90)} {10 + (index * 3 % 90)}");

        /// <summary>5599, five figures of the index and a check digit (Luhn).</summary>
        public override string OrganisationNumber(int index)
        {
            var digits = string.Create(CultureInfo.InvariantCulture, $"5599{index % 100_000:D5}");
            var sum = digits.Select((c, i) => (c - '0') * (i % 2 == 0 ? 2 : 1)).Sum(d => d > 9 ? d - 9 : d);
            return $"{digits}{(10 - (sum % 10)) % 10}";
        }

        protected override string Name(string trade, string town, string suffix) => $"{trade} i {town}{suffix} AB";
    }

    private sealed class Danish() : BookNames(
        ["Tømrer & Snedker", "El-Service", "VVS", "Malerfirma", "Bogtrykkeri", "Planteskole", "Autoværksted", "Rengøring", "Smedje", "Revision", "Glarmester", "Entreprenør"],
        [("Aalborg", "9000"), ("Hjørring", "9800"), ("Viborg", "8800"), ("Randers", "8900"), ("Aarhus", "8000"), ("Silkeborg", "8600"), ("Horsens", "8700"), ("Vejle", "7100"), ("Kolding", "6000"), ("Esbjerg", "6700"),
            ("Sønderborg", "6400"), ("Odense", "5000"), ("Svendborg", "5700"), ("Nyborg", "5800"), ("Slagelse", "4200"), ("Næstved", "4700"), ("Roskilde", "4000"), ("Hillerød", "3400"), ("Helsingør", "3000"), ("Rønne", "3700")],
        ["Nørregade", "Søndergade", "Industrivej", "Havnegade", "Jernbanegade", "Vestergade", "Håndværkervej"])
    {
        public override string Phone(int index) => string.Create(CultureInfo.InvariantCulture, $"{70 + (index % 30)} {10 + (index * 7 % 90)} {10 + (index * 3 % 90)} {10 + (index % 90)}");

        /// <summary>Eight digits whose weighted sum is divisible by 11, as about one number in eleven has; forty lie between the starts of two searches.</summary>
        public override string OrganisationNumber(int index)
        {
            for (var number = 90_000_000 + (index * 40); ; number++)
            {
                var digits = number.ToString(CultureInfo.InvariantCulture);
                if (digits.Zip([2, 7, 6, 5, 4, 3, 2, 1], (digit, weight) => (digit - '0') * weight).Sum() % 11 == 0) return digits;
            }
        }

        protected override string Name(string trade, string town, string suffix) => $"{town} {trade}{suffix} ApS";
    }
}
