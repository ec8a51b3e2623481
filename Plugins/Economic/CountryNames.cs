namespace Crm.Plugins.Economic;

/// <summary>e-conomic keeps countries in free words: those that Nordic companies write, and how we write them.</summary>
internal static class CountryNames
{
    /// <summary>The first is written, all are read.</summary>
    private static readonly (string Code, string[] Names)[] Known =
    [
        ("DK", ["Danmark", "Denmark", "Dänemark"]), ("SE", ["Sverige", "Sweden", "Ruotsi"]), ("NO", ["Norge", "Norway", "Noreg"]), ("FI", ["Finland", "Suomi"]), ("IS", ["Island", "Iceland"]), ("FO", ["Færøerne", "Faroe Islands", "Føroyar"]),
        ("GL", ["Grønland", "Greenland"]), ("DE", ["Tyskland", "Germany", "Deutschland"]), ("NL", ["Holland", "Nederlandene", "Netherlands", "The Netherlands"]), ("BE", ["Belgien", "Belgium"]), ("FR", ["Frankrig", "France"]),
        ("GB", ["Storbritannien", "United Kingdom", "England", "UK", "Great Britain"]), ("IE", ["Irland", "Ireland"]), ("ES", ["Spanien", "Spain"]), ("PT", ["Portugal"]), ("IT", ["Italien", "Italy"]), ("AT", ["Østrig", "Austria"]),
        ("CH", ["Schweiz", "Switzerland"]), ("PL", ["Polen", "Poland"]), ("EE", ["Estland", "Estonia"]), ("LV", ["Letland", "Latvia"]), ("LT", ["Litauen", "Lithuania"]), ("US", ["USA", "United States"]),
    ];

    private static readonly HashSet<string> Eu = ["AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE"];

    /// <summary>Null = words that are no country we know.</summary>
    public static string? CodeOf(string? words) => words.OrNull() is not { } name ? null
        : name.Length == 2 && name.All(char.IsAsciiLetter) ? name.ToUpperInvariant() : Known.FirstOrDefault(c => c.Names.Contains(name, StringComparer.OrdinalIgnoreCase)).Code;

    /// <summary>A code without words of ours is written as it is.</summary>
    public static string NameOf(string code) => Known.FirstOrDefault(c => c.Code == code).Names?[0] ?? code;

    public static bool IsInEu(string code) => Eu.Contains(code);
}
