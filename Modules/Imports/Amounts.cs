using System.Globalization;
using System.Text.RegularExpressions;

namespace Crm.Imports;

/// <summary>Reads amounts as people and spreadsheets of the Nordic countries write them, without a currency.</summary>
internal static partial class Amounts
{
    // Digits in groups of three with the same mark between all of them, or digits without a mark; then the decimals.
    // The marks: space, no-break space, narrow no-break space, apostrophes, and the one of dot and comma that does not stand before the decimals.
    // A grouped number does not start with 0: 0.125 under a decimal comma is a misread decimal, not 125.
    private const string Marks = " \u00A0\u202F'\u2019";
    [GeneratedRegex($@"^(?:[1-9][0-9]{{0,2}}([{Marks}.])[0-9]{{3}}(?:\1[0-9]{{3}})*|[0-9]+)?(?:,[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex WithDecimalComma { get; }
    [GeneratedRegex($@"^(?:[1-9][0-9]{{0,2}}([{Marks},])[0-9]{{3}}(?:\1[0-9]{{3}})*|[0-9]+)?(?:\.[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex WithDecimalPoint { get; }

    private const int MaxDigits = 28;   // what decimal holds without rounding

    /// <summary>Null without a problem if <paramref name="text"/> is blank. A minus may stand in front or behind, or parentheses around.</summary>
    public static decimal? Parse(string text, bool decimalComma, out string? problem)
    {
        problem = null;
        var body = text.AsSpan().Trim();
        if (body.IsEmpty) return null;
        var negative = true;
        // Swedish, Norwegian and Finnish settings write U+2212 for minus.
        if (body is ['-' or '\u2212', .. var afterMinus]) body = afterMinus;
        else if (body is [.. var beforeMinus, '-' or '\u2212']) body = beforeMinus;
        else if (body is ['(', .. var inside, ')']) body = inside;
        else
        {
            negative = false;
            if (body[0] == '+') body = body[1..];
        }
        body = body.Trim();
        if (body.IsEmpty || body.Length > 100 || !(decimalComma ? WithDecimalComma : WithDecimalPoint).IsMatch(body))
        {
            problem = $"'{Shortened(text)}' is not an amount such as {(decimalComma ? "1 050 000,50" : "1,050,000.50")}.";
            return null;
        }
        Span<char> plain = stackalloc char[body.Length];
        var length = 0;
        foreach (var c in body)
        {
            if (char.IsAsciiDigit(c)) plain[length++] = c;
            else if (c == (decimalComma ? ',' : '.')) plain[length++] = '.';
        }
        plain = plain[..length].TrimStart('0');
        if (plain.Length - (plain.Contains('.') ? 1 : 0) > MaxDigits)
        {
            problem = $"'{Shortened(text)}' has more than {MaxDigits} digits.";
            return null;
        }
        var amount = plain.IsEmpty ? 0 : decimal.Parse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        return negative ? 0 - amount : amount;   // -0 is a decimal of its own
    }

    /// <summary>Whether <paramref name="cell"/> can only be an amount with a decimal comma (true) or only one with a decimal point (false).</summary>
    /// <returns>Null for what can be both (<c>1 050</c>, <c>1.050</c>) and for what is no amount.</returns>
    public static bool? HasDecimalComma(string cell)
    {
        if (cell.AsSpan().IndexOfAny(',', '.') < 0) return null;
        var comma = Parse(cell, decimalComma: true, out _) is not null;
        var point = Parse(cell, decimalComma: false, out _) is not null;
        return comma == point ? null : comma;
    }

    internal static string Shortened(string text) => text.Length <= 40 ? text : $"{text[..40]}…";
}

/// <summary>Reads dates in the orders in use in the Nordic countries; never month first.</summary>
internal static class Dates
{
    private static readonly string[] Formats = ["yyyy-MM-dd", "dd.MM.yyyy", "d.M.yyyy", "dd-MM-yyyy", "dd/MM/yyyy", "yyyyMMdd"];

    /// <summary>Null without a problem if <paramref name="text"/> is blank.</summary>
    public static DateOnly? Parse(string text, out string? problem)
    {
        problem = null;
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (DateOnly.TryParseExact(text.AsSpan().Trim(), Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;
        problem = $"'{Amounts.Shortened(text)}' is not a date such as 2026-03-07 or 07.03.2026.";
        return null;
    }
}
