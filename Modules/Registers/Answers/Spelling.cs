namespace Crm.Registers;

/// <summary>Values without what people and registers spell differently, for comparing only.</summary>
internal static class Spelling
{
    /// <summary>Calling codes of the countries with registers and their neighbours.</summary>
    private static readonly Dictionary<string, string> CallingCodes = new() { ["NO"] = "47", ["SE"] = "46", ["DK"] = "45", ["FI"] = "358", ["IS"] = "354", ["FO"] = "298", ["GL"] = "299", ["EE"] = "372", ["DE"] = "49", ["GB"] = "44" };

    /// <summary>Letters and digits in upper case, with one space where anything else was.</summary>
    public static string Words(string text) => string.Join(' ', string.Concat(text.Select(c => char.IsLetterOrDigit(c) ? char.ToUpperInvariant(c) : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Letters and digits in upper case.</summary>
    public static string Compact(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    /// <summary>Without the country and Norway's MVA.</summary>
    public static string Vat(object value, string country)
    {
        var compact = Compact((string)value);
        if (compact.StartsWith(country, StringComparison.Ordinal)) compact = compact[country.Length..];
        return country == "NO" && compact.EndsWith("MVA", StringComparison.Ordinal) ? compact[..^3] : compact;
    }

    /// <summary>As it is dialled inside the country, without its first zeros.</summary>
    public static string Phone(object value, string country)
    {
        var text = ((string)value).Replace("(0)", "", StringComparison.Ordinal).Trim();
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        var isAbroad = text.StartsWith('+') || digits.StartsWith("00", StringComparison.Ordinal);
        digits = digits.TrimStart('0');
        return isAbroad && CallingCodes.TryGetValue(country, out var code) && digits.StartsWith(code, StringComparison.Ordinal) ? digits[code.Length..].TrimStart('0') : digits;
    }

    /// <summary>Without scheme, <c>www.</c> and the last slash.</summary>
    public static string Website(object value, string country)
    {
        var text = ((string)value).Trim().ToUpperInvariant();
        text = text[(text.IndexOf("://", StringComparison.Ordinal) is var scheme and >= 0 ? scheme + 3 : 0)..];
        return (text.StartsWith("WWW.", StringComparison.Ordinal) ? text[4..] : text).TrimEnd('/');
    }
}
