using System.Text;

namespace Crm.Imports;

/// <summary>Finds out how a file is written. Never refuses a file: what cannot be told is taken as Nordic spreadsheets write it (; and decimal comma).</summary>
internal static class CsvDetection
{
    private const int HeadBytes = 1 << 18;
    private const int RowsForSeparator = 50;
    private const int RowsForAmounts = 1000;

    /// <summary>Looks at all bytes for the encoding, at the first for the rest, and leaves the stream at its start.</summary>
    /// <param name="file">A seekable stream.</param>
    /// <param name="given">Wins over what is found.</param>
    public static async Task<CsvFormat> DetectAsync(Stream file, CsvOverrides? given = null, CancellationToken ct = default)
    {
        var piece = new byte[HeadBytes];
        file.Position = 0;
        var length = await file.ReadAtLeastAsync(piece, HeadBytes, throwOnEndOfStream: false, ct);
        var head = piece[..length];
        var whole = length < HeadBytes;
        var encoding = given?.Encoding ?? MarkedEncoding(head);
        if (encoding is null)
        {
            var tally = new Utf8Tally();
            while (length > 0)
            {
                var carried = tally.Add(piece.AsSpan(0, length), last: false);
                piece.AsSpan(length - carried, carried).CopyTo(piece);
                var read = await file.ReadAsync(piece.AsMemory(carried), ct);
                if (read == 0) tally.Add(piece.AsSpan(0, carried), last: true);
                length = read == 0 ? 0 : carried + read;
            }
            encoding = tally.IsUtf8 ? CsvFormat.Utf8 : CsvFormat.Windows1252;
        }
        file.Position = 0;
        return Detect(head, whole, encoding, given);
    }

    /// <summary>Looks at the first bytes of a file only.</summary>
    /// <param name="head">The first bytes; some ten thousand are enough.</param>
    /// <param name="whole">True if <paramref name="head"/> is all there is.</param>
    /// <param name="given">Wins over what is found.</param>
    public static CsvFormat Detect(ReadOnlySpan<byte> head, bool whole, CsvOverrides? given = null)
    {
        var tally = new Utf8Tally();
        tally.Add(head, last: whole);
        var encoding = given?.Encoding ?? MarkedEncoding(head) ?? (tally.IsUtf8 ? CsvFormat.Utf8 : CsvFormat.Windows1252);
        return Detect(head, whole, encoding, given);
    }

    private static CsvFormat Detect(ReadOnlySpan<byte> head, bool whole, string encodingName, CsvOverrides? given)
    {
        var encoding = CsvFormat.EncodingNamed(encodingName);
        if (head.StartsWith(encoding.Preamble)) head = head[encoding.Preamble.Length..];
        var text = encoding.GetString(head);
        var lastBreak = text.AsSpan().LastIndexOfAny('\r', '\n');
        if (!whole && lastBreak > 0) text = text[..lastBreak];   // the rest is half a row

        var separator = given?.Separator ?? Separator(text);
        var rows = CsvRows.Read(text, separator, hasHeader: false).Where(row => row.Cells.Length > 0).Take(RowsForAmounts).ToList();
        return new(encodingName, separator,
            given?.DecimalComma ?? DecimalComma(rows) ?? separator != ',',
            given?.HasHeader ?? !(rows.Count > 0 && Array.Exists(rows[0].Cells, IsData)));
    }

    private static string? MarkedEncoding(ReadOnlySpan<byte> head) => head switch
    {
        [0xEF, 0xBB, 0xBF, ..] => CsvFormat.Utf8,
        [0xFF, 0xFE, ..] => CsvFormat.Utf16,
        [0xFE, 0xFF, ..] => CsvFormat.Utf16BigEndian,
        _ => null,
    };

    private static char Separator(string text)
    {
        var firstLine = text.AsSpan();
        if (firstLine.IndexOfAny('\r', '\n') is >= 0 and var end) firstLine = firstLine[..end];
        return CsvRows.SeparatorLine(firstLine) is { } named && CsvFormat.Separators.Contains(named) ? named
            : CsvFormat.Separators.MaxBy(separator => Fitness(text, separator));   // the first of equals: a file of one column gets ;
    }

    // How well a separator explains the text: the share of rows with as many cells as the first row counts twice, many cells count a little.
    // The comma counts less, since it also stands in amounts (1,5;2,5 has more commas than semicolons) and in names.
    private static double Fitness(string text, char separator)
    {
        var rows = CsvRows.Read(text, separator, hasHeader: false).Take(RowsForSeparator).ToList();
        if (rows.Count == 0 || rows[0].Cells.Length < 2) return 0;
        var share = rows.Count(row => row.Problem is null) / (double)rows.Count;
        return share * share * (1 - 1.0 / rows[0].Cells.Length) * (separator == ',' ? 0.7 : 1);
    }

    // Every column has one vote, because a column of codes (62.01) would outvote the few amounts that have decimals; four votes if
    // it has amounts with two marks (1 050,50; 1.050.000), which nothing else looks like.
    private static bool? DecimalComma(List<CsvRow> rows)
    {
        var votes = 0;
        var columns = rows.Count == 0 ? 0 : rows.Max(row => row.Cells.Length);
        for (var column = 0; column < columns; column++)
        {
            var (balance, weight) = (0, 1);
            foreach (var row in rows)
            {
                if (column >= row.Cells.Length || Amounts.HasDecimalComma(row.Cells[column]) is not { } comma) continue;
                balance += comma ? 1 : -1;
                if (row.Cells[column].Trim().Trim('+', '-', '\u2212', '(', ')').Count(c => !char.IsAsciiDigit(c)) > 1) weight = 4;
            }
            votes += Math.Sign(balance) * weight;
        }
        return votes == 0 ? null : votes > 0;
    }

    // A header names things; it has no e-mail address and no number longer than a year.
    private static bool IsData(string cell)
    {
        var digits = cell.Count(char.IsAsciiDigit);
        return cell.Contains('@') || digits > 4 && digits * 2 >= cell.Length;
    }
}
