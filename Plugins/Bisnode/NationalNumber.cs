namespace Crm.Plugins.Bisnode;

/// <summary>Organisation numbers of four countries. Check digits are left alone: the sandbox's companies do not hold to them.</summary>
internal static class NationalNumber
{
    /// <summary>As D&amp;B writes it, from any spelling; null = it is no number of that country.</summary>
    public static string? Of(string country, string text)
    {
        var bare = string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();
        var isVat = bare.StartsWith(country, StringComparison.Ordinal);
        if (isVat) bare = bare[2..];
        if (country == "NO" && bare.EndsWith("MVA", StringComparison.Ordinal)) bare = bare[..^3];
        if (!bare.All(char.IsAsciiDigit)) return null;
        return (country, bare.Length) switch
        {
            ("SE", 10) or ("NO", 9) or ("DK", 8) or ("FI", 8) => bare,
            // A VAT number ends in 01, a company's long form begins with 16; sole traders have the century of their birth.
            ("SE", 12) => isVat ? bare[..10] : bare.StartsWith("16", StringComparison.Ordinal) ? bare[2..] : bare,
            // Old Finnish numbers have a digit less.
            ("FI", 7) when text.Contains('-', StringComparison.Ordinal) => "0" + bare,
            _ => null,
        };
    }

    /// <summary>As the CRM stores it.</summary>
    public static string? Stored(string country, string? number) => number is null || Of(country, number) is not { } digits ? null : country == "FI" ? $"{digits[..7]}-{digits[7]}" : digits;
}
