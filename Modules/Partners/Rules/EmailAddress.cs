using System.Text;

namespace Crm.Partners;

/// <summary>
/// E-mail addresses as companies have them: RFC 5321 lengths and dot-atoms, RFC 6531 letters such as å in both parts. Quoted local parts,
/// comments and IP addresses, which RFC 5322 allows, are refused: in a customer list they are typing errors.
/// </summary>
internal static class EmailAddress
{
    private const int MaxLength = 254, MaxLocal = 64, MaxLabel = 63;

    /// <summary>Null when mail can be sent there as far as the form tells; otherwise a sentence that names the cure. Does not trim.</summary>
    public static string? Problem(string text)
    {
        if (text.Length is 0 or > MaxLength) return $"An e-mail address has 1 to {MaxLength} characters, such as invoice@example.com.";
        if (text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))) return "An e-mail address has no spaces or line breaks. Remove them, and write one address only.";
        var at = text.IndexOf('@');
        if (at < 0 || at != text.LastIndexOf('@')) return "An e-mail address has exactly one @, such as invoice@example.com.";
        return LocalProblem(text[..at]) ?? DomainProblem(text[(at + 1)..]);
    }

    private static string? LocalProblem(string local)
    {
        if (local.Length is 0 or > MaxLocal) return $"Before the @ stand 1 to {MaxLocal} characters.";
        if (local.StartsWith('.') || local.EndsWith('.') || local.Contains("..", StringComparison.Ordinal)) return "Before the @, a dot stands between other characters. Remove the extra dot.";
        return local.EnumerateRunes().All(IsLocal) ? null : "Before the @ stand letters, digits and . _ - + ' only. Write the bare address, without a name or brackets.";
    }

    private static string? DomainProblem(string domain)
    {
        var labels = domain.Split('.');
        if (labels.Length < 2 || labels.Any(label => label.Length is 0 or > MaxLabel)) return "After the @ stands a domain with a dot inside, such as example.com.";
        if (!labels.All(IsLabel)) return "A domain has letters, digits and hyphens, and no part of it starts or ends with a hyphen. Check what stands after the @.";
        return labels[^1].All(char.IsAsciiDigit) ? "A domain ends with letters, such as .com or .se; an IP address is not accepted." : null;
    }

    private static bool IsLabel(string label) =>
        label[0] != '-' && label[^1] != '-' && label.EnumerateRunes().All(rune => IsLetterOrDigit(rune) || rune.Value == '-');

    private static bool IsLocal(Rune rune) => IsLetterOrDigit(rune) || (rune.IsAscii && "!#$%&'*+-/=?^_`{|}~.".Contains((char)rune.Value));

    // Marks are the rings and dots of letters that a Mac writes as two characters.
    private static bool IsLetterOrDigit(Rune rune) => Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;
}
