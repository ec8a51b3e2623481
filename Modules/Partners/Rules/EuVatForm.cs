using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Crm.Partners;

/// <summary>The form of a VAT number in one member state. Source: VIES, "VAT identification number structure" (ec.europa.eu, VIES, frequently asked questions).</summary>
/// <param name="Prefix">The country code, but EL for Greece.</param>
/// <param name="Words">What follows the prefix, in words.</param>
internal sealed record EuVatForm(string Prefix, string Words, string Pattern)
{
    // Denmark, Finland and Sweden have check digits and stand in VatNumber. D is a digit below.
    private static readonly FrozenDictionary<string, EuVatForm> Forms = new EuVatForm[]
    {
        new("AT", "U and 8 digits", "U D{8}"),
        new("BE", "10 digits, the first 0 or 1", "[01] D{9}"),
        new("BG", "9 or 10 digits", "D{9,10}"),
        new("CY", "8 digits and a letter", "D{8} [A-Z]"),
        new("CZ", "8, 9 or 10 digits", "D{8,10}"),
        new("DE", "9 digits", "D{9}"),
        new("EE", "9 digits", "D{9}"),
        new("EL", "9 digits", "D{9}"),
        new("ES", "9 characters, the first or the last a letter, the others digits", "[A-Z] D{7} [A-Z] | [A-Z] D{8} | D{8} [A-Z]"),
        new("FR", "2 letters or digits (not I or O) and 9 digits", "[0-9A-HJ-NP-Z]{2} D{9}"),
        new("HR", "11 digits", "D{11}"),
        new("HU", "8 digits", "D{8}"),
        new("IE", "7 digits and 1 or 2 letters, or a digit, a letter, 5 digits and a letter", "D{7} [A-Z]{1,2} | D [A-Z+*] D{5} [A-Z]"),
        new("IT", "11 digits", "D{11}"),
        new("LT", "9 or 12 digits", "D{9} | D{12}"),
        new("LU", "8 digits", "D{8}"),
        new("LV", "11 digits", "D{11}"),
        new("MT", "8 digits", "D{8}"),
        new("NL", "9 digits, B and 2 digits", "D{9} B D{2}"),
        new("PL", "10 digits", "D{10}"),
        new("PT", "9 digits", "D{9}"),
        new("RO", "2 to 10 digits", "D{2,10}"),
        new("SI", "8 digits", "D{8}"),
        new("SK", "10 digits", "D{10}"),
    }.ToFrozenDictionary(form => form.Prefix == "EL" ? "GR" : form.Prefix, StringComparer.Ordinal);

    private readonly Regex _regex = new($@"^({Pattern.Replace("D", "[0-9]", StringComparison.Ordinal)})\z", RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant);

    /// <summary>The form of a country's numbers, null for a country outside the table.</summary>
    public static EuVatForm? Of(string country) => Forms.GetValueOrDefault(country);

    public bool Accepts(ReadOnlySpan<char> afterPrefix) => _regex.IsMatch(afterPrefix);
}
