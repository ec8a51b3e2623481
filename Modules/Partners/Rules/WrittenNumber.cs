using System.Globalization;

namespace Crm.Partners;

/// <summary>Numbers as people write and paste them.</summary>
internal static class WrittenNumber
{
    private const int MaxLength = 40;

    /// <summary>Upper case, without white space, dashes, dots and invisible characters that come along from web pages.</summary>
    public static string Compact(string text)
    {
        var compact = text.Length <= 64 ? stackalloc char[64] : new char[text.Length];
        var length = 0;
        foreach (var c in text)
        {
            if (!IsSeparator(c)) compact[length++] = c;
        }
        return new string(compact[..length]).ToUpperInvariant();
    }

    /// <summary>The rule for countries whose numbers we do not know: 1 to 40 letters, digits, spaces, dots, slashes and hyphens.</summary>
    public static bool IsPlausible(string text) =>
        text.Length <= MaxLength
        && text.All(c => char.IsLetter(c) || char.IsAsciiDigit(c) || c is ' ' or '.' or '/' or '-')
        && text.Any(char.IsLetterOrDigit);

    private static bool IsSeparator(char c) =>
        char.IsWhiteSpace(c) || c is '.' or '\u2212'
        || char.GetUnicodeCategory(c) is UnicodeCategory.DashPunctuation or UnicodeCategory.Format;
}
