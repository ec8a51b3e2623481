using System.Runtime.CompilerServices;

namespace Crm.Imports;

/// <summary>
/// Reads a file row by row in constant memory. Whatever is in the file, a row comes out or a row with a problem; only a failing stream throws.
/// Lines of nothing but separators and blanks (spreadsheets leave them at the end) and a first line <c>sep=;</c> are left out; the header is a row like the others.
/// </summary>
internal static class CsvRows
{
    /// <summary>The longest cell, in characters.</summary>
    public const int MaxCell = 100_000;

    /// <param name="stream">Stands at the start of the file; stays open.</param>
    /// <param name="format">From <see cref="CsvDetection"/>.</param>
    public static async IAsyncEnumerable<CsvRow> ReadAsync(Stream stream, CsvFormat format, [EnumeratorCancellation] CancellationToken ct = default)
    {
        using var reader = new StreamReader(stream, CsvFormat.EncodingNamed(format.Encoding), detectEncodingFromByteOrderMarks: false, 1 << 16, leaveOpen: true);
        using var table = new Table(format.Separator, format.HasHeader);
        int arrived;
        do
        {
            arrived = await reader.ReadAsync(table.Cutter.Space(), ct);
            table.Cutter.Arrived(arrived);
            while (table.TryNext(out var row)) yield return row;
        } while (arrived > 0);
    }

    /// <summary>The rows of a text that is in memory.</summary>
    public static IEnumerable<CsvRow> Read(string text, char separator, bool hasHeader)
    {
        using var table = new Table(separator, hasHeader);
        var left = text.AsMemory();
        int arrived;
        do
        {
            var space = table.Cutter.Space();
            arrived = Math.Min(space.Length, left.Length);
            left[..arrived].CopyTo(space);
            left = left[arrived..];
            table.Cutter.Arrived(arrived);
            while (table.TryNext(out var row)) yield return row;
        } while (arrived > 0);
    }

    /// <summary>The separator that Excel's own first line <c>sep=;</c> names, or null if <paramref name="line"/> is another line.</summary>
    public static char? SeparatorLine(ReadOnlySpan<char> line)
    {
        line = line.TrimEnd(' ');
        if (line is ['"', .., '"']) line = line[1..^1];
        return line.Length == 5 && line.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) ? line[4] : null;
    }

    private sealed class Table(char separator, bool hasHeader) : IDisposable
    {
        private readonly CellSplitter _splitter = new(separator);
        private int _width;   // of the first row; 0 = not read yet

        public RowCutter Cutter { get; } = new(separator);

        public void Dispose() => _splitter.Dispose();

        public bool TryNext(out CsvRow row)
        {
            while (Cutter.TryCut(out var raw))
            {
                if (raw.Problem is null && IsLeftOut(raw)) continue;
                row = raw.Problem is null ? Check(raw.Line, _splitter.Split(raw.Text, raw.LooseQuotes)) : new(raw.Line, [], raw.Problem);
                return true;
            }
            row = null!;
            return false;
        }

        private bool IsLeftOut(RowCutter.RawRow raw) =>
            raw.Text.Span.IndexOfAnyExcept(' ', '\t', separator) < 0 || raw.Line == 1 && SeparatorLine(raw.Text.Span) is not null;

        private CsvRow Check(int line, string[] cells)
        {
            // A spreadsheet whose used range is wider than its table writes empty cells at the end of every row.
            if (_width == 0) _width = Math.Max(1, hasHeader ? WithoutEmptyEnd(cells, 0) : cells.Length);
            if (cells.Length > _width) cells = cells[..WithoutEmptyEnd(cells, _width)];
            return new(line, cells, Array.Exists(cells, c => c.Length > MaxCell) ? CsvProblem.CellTooLong
                : Array.Exists(cells, c => c.Contains('\0')) ? CsvProblem.NulCharacter
                : Array.Exists(cells, c => c.Contains('\uFFFD')) ? CsvProblem.WrongEncoding
                : cells.Length < _width ? CsvProblem.TooFewCells(cells.Length, _width)
                : cells.Length > _width ? CsvProblem.TooManyCells(cells.Length, _width)
                : null);
        }

        private static int WithoutEmptyEnd(string[] cells, int atLeast)
        {
            var length = cells.Length;
            while (length > atLeast && string.IsNullOrWhiteSpace(cells[length - 1])) length--;
            return length;
        }
    }
}
