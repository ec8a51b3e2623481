using System.Collections.Frozen;

namespace Crm;

/// <summary>
/// Lower-case Latin letters and the plain letters they sort under. A table, because the program runs without ICU
/// (InvariantGlobalization), where string.Normalize gives its input back. Source: Unicode canonical decompositions, U+00C0 to U+024F and
/// U+1E00 to U+1EFF; letters without one after CLDR root collation.
/// </summary>
internal static class LatinLetters
{
    private static readonly FrozenDictionary<char, string> Plain = new (string To, string From)[]
    {
        ("a", "àáâãäåāăąǎǟǡǻȁȃȧḁẚạảấầẩẫậắằẳẵặª"), ("ae", "æǣǽ"), ("b", "ƀḃḅḇ"), ("c", "çćĉċčƈḉ"), ("d", "ďđðḋḍḏḑḓ"),
        ("e", "èéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ"), ("f", "ƒḟ"), ("g", "ĝğġģǥǧǵḡ"), ("h", "ĥħȟḣḥḧḩḫẖ"), ("i", "ìíîïĩīĭįİıǐȉȋḭḯỉị"), ("ij", "ĳ"),
        ("j", "ĵǰ"), ("k", "ķĸƙǩḱḳḵ"), ("l", "ĺļľŀłḷḹḻḽ"), ("m", "ḿṁṃ"), ("n", "ñńņňŉŋǹṅṇṉṋ"),
        ("o", "òóôõöøōŏőơǒǫǭǿȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợº"), ("oe", "œ"), ("p", "ƥṕṗ"), ("r", "ŕŗřȑȓṙṛṝṟ"), ("s", "śŝşšſșṡṣṥṧṩẛ"), ("ss", "ß"),
        ("t", "ţťŧțṫṭṯṱẗ"), ("th", "þ"), ("u", "ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự"), ("v", "ṽṿ"), ("w", "ŵẁẃẅẇẉẘ"), ("x", "ẋẍ"),
        ("y", "ýÿŷƴȳẏẙỳỵỷỹ"), ("z", "źżžƶẑẓẕ"),
    }
        .SelectMany(row => row.From, (row, from) => (from, row.To))
        .ToFrozenDictionary(letter => letter.from, letter => letter.To);

    /// <summary>One or two of a to z, or null when the letter is not Latin, not lower case or has no accent.</summary>
    public static string? PlainOf(char letter) => Plain.GetValueOrDefault(letter);

    /// <summary>A plain letter and the mark after it as one letter, for the letters that are more than an accent in a Nordic alphabet; else null.</summary>
    public static char? Compose(char letter, char mark) => (letter, mark) switch
    {
        ('a', '\u030A') => 'å',
        ('a', '\u0308') => 'ä',
        ('o', '\u0308') => 'ö',
        ('o', '\u030B') => 'ő',
        ('u', '\u0308') => 'ü',
        ('u', '\u030B') => 'ű',
        _ => null,
    };
}
