using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace Crm.Imports;

/// <summary>
/// Takes one sound row apart with CsvHelper. CsvHelper gets each row as a text of its own: its parser cannot go on after a row it does not
/// like, and its buffer grows with a quotation mark that is never closed.
/// </summary>
internal sealed class CellSplitter(char separator) : IDisposable
{
    private readonly RowText _row = new();
    private CsvParser? _parser;

    public string[] Split(ReadOnlyMemory<char> row, bool looseQuotes)
    {
        _parser ??= new CsvParser(_row, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = separator.ToString(),
            IgnoreBlankLines = false,
            BufferSize = 1 << 14,
        });
        _row.Set(looseQuotes ? Quoted(row.Span).AsMemory() : row);
        return _parser.Read() ? _parser.Record! : [];
    }

    public void Dispose() => _parser?.Dispose();

    // CsvHelper reads 5" disk as we do, but copies the whole row for every such cell (BadDataFoundArgs.RawRecord), which a hostile file turns
    // into hours. Written as "5"" disk" it means the same and is no bad data.
    private string Quoted(ReadOnlySpan<char> row)
    {
        var text = new StringBuilder(row.Length + 16);
        while (true)
        {
            var end = row is ['"', ..] ? EndOfQuoted(row) : row.IndexOf(separator);
            if (end < 0) end = row.Length;
            var cell = row[..end];
            if (cell is not ['"', ..] && cell.Contains('"')) text.Append('"').Append(cell.ToString().Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
            else text.Append(cell);
            if (end == row.Length) return text.ToString();
            text.Append(separator);
            row = row[(end + 1)..];
        }
    }

    private static int EndOfQuoted(ReadOnlySpan<char> row)
    {
        for (var i = 1; ; i += 2)
        {
            i += row[i..].IndexOf('"');
            if (i + 1 == row.Length || row[i + 1] != '"') return i + 1;
        }
    }

    private sealed class RowText : TextReader
    {
        private ReadOnlyMemory<char> _left;

        public void Set(ReadOnlyMemory<char> row) => _left = row;

        public override int Read(char[] buffer, int index, int count)
        {
            var taken = Math.Min(count, _left.Length);
            _left.Span[..taken].CopyTo(buffer.AsSpan(index));
            _left = _left[taken..];
            return taken;
        }
    }
}
