using System.Text;

namespace Crm.Imports;

/// <summary>How a file is written.</summary>
/// <param name="Encoding">One of <see cref="Encodings"/>.</param>
/// <param name="Separator">One of <see cref="Separators"/>.</param>
/// <param name="DecimalComma">True for <c>1 050,50</c>, false for <c>1,050.50</c>.</param>
/// <param name="HasHeader">True if the first row holds the names of the columns.</param>
internal sealed record CsvFormat(string Encoding, char Separator, bool DecimalComma, bool HasHeader)
{
    public const string Utf8 = "utf-8";
    public const string Utf16 = "utf-16";
    public const string Utf16BigEndian = "utf-16BE";
    public const string Windows1252 = "windows-1252";

    public static readonly IReadOnlyList<string> Encodings = [Utf8, Utf16, Utf16BigEndian, Windows1252];
    public const string Separators = ";,\t|";

    // Each with its byte order mark, so that StreamReader swallows the mark. Bytes that do not fit become U+FFFD, which is a row problem.
    public static Encoding EncodingNamed(string name) => name switch
    {
        Utf8 => new UTF8Encoding(encoderShouldEmitUTF8Identifier: true),
        Utf16 => new UnicodeEncoding(bigEndian: false, byteOrderMark: true),
        Utf16BigEndian => new UnicodeEncoding(bigEndian: true, byteOrderMark: true),
        // Not part of .NET's built-in set; asked for here instead of registered for the whole process.
        Windows1252 => CodePagesEncodingProvider.Instance.GetEncoding(1252)!,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Not one of CsvFormat.Encodings."),
    };
}

/// <summary>What the caller knows better than the detection; null = detect. Call <see cref="Check"/> on values that come from outside.</summary>
internal sealed record CsvOverrides(string? Encoding = null, char? Separator = null, bool? DecimalComma = null, bool? HasHeader = null)
{
    public IEnumerable<CsvProblem> Check()
    {
        if (Encoding is not null && !CsvFormat.Encodings.Contains(Encoding))
            yield return new("import.encoding", $"The encoding is one of {string.Join(", ", CsvFormat.Encodings)}.");
        if (Separator is { } separator && !CsvFormat.Separators.Contains(separator))
            yield return new("import.separator", "The separator is a semicolon, a comma, a tab or a vertical bar.");
    }
}
