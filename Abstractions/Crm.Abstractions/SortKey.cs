using System.Globalization;
using System.Text;

namespace Crm;

/// <summary>
/// A key whose binary order (ordinal in .NET, BINARY in SQLite, COLLATE "C" in PostgreSQL) is the alphabetical order of a language, so that lists are
/// sorted the same way by every database and without ICU. Order: word gaps, digits, a to z, the language's last three letters, other scripts.
/// Source: CLDR collations sv, fi, da, no, first level only (case and accents do not count; aa is not å).
/// </summary>
public static class SortKey
{
    /// <summary>Longer names differ so rarely after this that the number may decide.</summary>
    public const int MaxLength = 100;

    // The three characters after z in ASCII, as in the Nordic variants of ISO 646.
    private const char First = '{', Second = '|', Third = '}';

    private enum Alphabet
    {
        Plain,
        Swedish, // and Finnish: å ä ö
        Danish, // and Norwegian: æ ø å
    }

    /// <summary>Never throws. The answer may be empty: a name of signs alone sorts first.</summary>
    /// <param name="name">Any text; half a surrogate pair is ignored.</param>
    /// <param name="language">A BCP 47 tag such as sv or nb-NO: the company's language. Other than Nordic means that å, ä, ö, æ, ø are a, a, o, ae, o.</param>
    /// <param name="maxLength">Characters kept.</param>
    public static string Of(string name, string language, int maxLength = MaxLength)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(language);
        var alphabet = AlphabetOf(language);
        var key = new StringBuilder(Math.Min(name.Length, maxLength));
        var gap = false;
        foreach (var rune in Composed(name).EnumerateRunes())
        {
            if (key.Length >= maxLength) break;
            if (rune.IsAscii && char.IsAsciiLetterOrDigit((char)rune.Value))
            {
                // Nearly every character of nearly every name.
                if (gap) key.Append(' ');
                gap = false;
                key.Append((char)rune.Value);
                continue;
            }
            if (IsGap(rune)) gap = key.Length > 0;
            if (Letters(rune, alphabet) is not { } letters) continue;
            if (gap) key.Append(' ');
            gap = false;
            key.Append(letters);
        }
        return key.Length > maxLength ? key.ToString(0, maxLength).TrimEnd() : key.ToString();
    }

    private static Alphabet AlphabetOf(string language) => language.Split('-', '_')[0].ToLowerInvariant() switch
    {
        "sv" or "fi" => Alphabet.Swedish,
        "da" or "nb" or "nn" or "no" => Alphabet.Danish,
        _ => Alphabet.Plain,
    };

    /// <summary>Lower case, without combining accents; files from a Mac have å as a and a ring.</summary>
    private static string Composed(string name)
    {
        var lower = name.ToLowerInvariant();
        if (!lower.AsSpan().ContainsAnyInRange('\u0300', '\u036F')) return lower;
        var composed = new StringBuilder(lower.Length);
        foreach (var c in lower)
        {
            if (c is < '\u0300' or > '\u036F') composed.Append(c);
            else if (composed.Length > 0 && LatinLetters.Compose(composed[^1], c) is { } letter) composed[^1] = letter;
        }
        return composed.ToString();
    }

    private static bool IsGap(Rune rune) => Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.DashPunctuation;

    /// <summary>What a character adds to the key; null for signs, which do not count.</summary>
    private static string? Letters(Rune rune, Alphabet alphabet)
    {
        if (!rune.IsBmp) return Rune.IsLetter(rune) ? "\uFFFD" : null; // no surrogates in a key: UTF-8 and UTF-16 order them differently
        var c = (char)rune.Value;
        if (alphabet != Alphabet.Plain && Nordic(c, alphabet) is { } nordic) return nordic.ToString();
        if (LatinLetters.PlainOf(c) is { } plain) return plain;
        if (char.IsDigit(c)) return CharUnicodeInfo.GetDecimalDigitValue(c).ToString(CultureInfo.InvariantCulture);
        return char.IsLetter(c) || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark ? c.ToString() : null;
    }

    private static char? Nordic(char c, Alphabet alphabet) => c switch
    {
        'å' or 'ǻ' => alphabet == Alphabet.Swedish ? First : Third,
        'ä' or 'ǟ' or 'æ' or 'ǣ' or 'ǽ' => alphabet == Alphabet.Swedish ? Second : First,
        'ö' or 'ȫ' or 'ø' or 'ǿ' or 'ő' or 'œ' => alphabet == Alphabet.Swedish ? Third : Second,
        'ü' or 'ǖ' or 'ǘ' or 'ǚ' or 'ǜ' or 'ű' => 'y',
        _ => null,
    };
}
