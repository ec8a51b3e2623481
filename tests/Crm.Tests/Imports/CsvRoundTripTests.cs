using System.Globalization;
using System.Text;
using Crm.Imports;
using CsvHelper;
using CsvHelper.Configuration;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Tests.Importing;

public sealed class CsvRoundTripTests
{
    // Letters that all four encodings have, and more of what has a meaning in such a file.
    private static readonly Gen<string> Cell =
        Gen.Elements('a', 'Z', '7', 'å', 'Ø', '€', ' ', '\u00A0', '.', '-', '"', '"', ';', ',', '\t', '|', '\r', '\n').ArrayOf().Select(letters => new string(letters));

    private static readonly Gen<string[][]> Rows =
        from width in Gen.Choose(1, 6)
        from height in Gen.Choose(1, 6)
        from cells in Cell.ArrayOf(width * height)
        select cells.Chunk(width).ToArray();

    private static readonly Gen<CsvFormat> Formats =
        from encoding in Gen.Elements(CsvFormat.Encodings.ToArray())
        from separator in Gen.Elements(CsvFormat.Separators.ToArray())
        select new CsvFormat(encoding, separator, DecimalComma: true, HasHeader: false);

    // Random bytes, and random rows of what the reader has rules for.
    private static readonly Gen<byte[]> Garbage = Gen.OneOf(
        Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf(),
        Gen.Elements("\"", "\"", "\"\"", ";", ",", "\t", "|", "\r", "\n", "\r\n", "\n", "\0", "a", "å", "1 050,5", "sep=;", " ", "\uFEFF")
            .ArrayOf().Select(tokens => Encoding.UTF8.GetBytes(string.Concat(tokens))));

    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(1000);

    [Fact]
    public void Cells_written_by_CsvHelper_come_back() =>
        Prop.ForAll(Rows.ToArbitrary(), Formats.ToArbitrary(), (rows, format) => ComesBack(rows, format, WrittenByCsvHelper(rows, format))).Check(Config);

    [Fact]
    public void Cells_quoted_only_where_they_must_be_come_back() =>
        Prop.ForAll(Rows.ToArbitrary(), Formats.ToArbitrary(), Gen.Elements("\n", "\r\n", "\r").ToArbitrary(), (rows, format, lineBreak) =>
            ComesBack(rows, format, string.Join(lineBreak, rows.Select(row => WrittenSparingly(row, format.Separator))))).Check(Config);

    [Fact]
    public void Garbage_gives_rows_in_order_and_never_throws() =>
        Prop.ForAll(Garbage.ToArbitrary(), bytes =>
        {
            var format = CsvDetection.Detect(bytes, whole: true);
            var rows = Read(new MemoryStream(bytes), format);
            Assert.Equal(rows.OrderBy(row => row.Line).DistinctBy(row => row.Line), rows);
            Assert.True(rows.Count <= bytes.Length);
            var lines = CsvFormat.EncodingNamed(format.Encoding).GetString(bytes).Replace("\r\n", "\n", StringComparison.Ordinal).Split('\r', '\n');
            Assert.All(rows, row => Assert.True(row.Problem is not null || StartsWith(lines[row.Line - 1], row.Cells[0])));
        }).Check(Config);

    [Fact]
    public void How_the_bytes_arrive_makes_no_difference() =>
        Prop.ForAll(Garbage.ToArbitrary(), Formats.ToArbitrary(), Gen.Choose(1, 5).ToArbitrary(), (bytes, format, step) =>
            Assert.Equal(Read(new MemoryStream(bytes), format).Select(Told), Read(new DrippingStream(bytes, step), format).Select(Told))).Check(Config);

    [Fact]
    public void Any_text_is_no_amount_no_date_or_one_that_comes_back() =>
        Prop.ForAll(Gen.Elements("1", "12", "050", ",", ".", " ", "'", "-", "(", ")", "\u00A0", "x").ArrayOf().Select(string.Concat).ToArbitrary(),
            Gen.Elements(true, false).ToArbitrary(), (text, comma) =>
            {
                if (Amounts.Parse(text, comma, out var problem) is { } amount)
                    Assert.Equal(amount, Amounts.Parse(amount.ToString(CultureInfo.InvariantCulture).Replace('.', comma ? ',' : '.'), comma, out _));
                else
                    Assert.Equal(string.IsNullOrWhiteSpace(text), problem is null);
                Assert.True(Dates.Parse(text, out var noDate) is not null || noDate is not null || string.IsNullOrWhiteSpace(text));
            }).Check(Config);

    // A byte order mark at the start of the file is no text.
    private static bool StartsWith(string line, string cell) =>
        line.TrimStart('\uFEFF').StartsWith('"') || line.TrimStart('\uFEFF').StartsWith(cell.TrimStart('\uFEFF'), StringComparison.Ordinal);

    private static string Told(CsvRow row) => $"{row.Line} {row.Problem?.Code} {string.Join('\u0001', row.Cells)}";

    private static List<CsvRow> Read(Stream stream, CsvFormat format) =>
        [.. CsvRows.ReadAsync(stream, format, TestContext.Current.CancellationToken).ToBlockingEnumerable(TestContext.Current.CancellationToken)];

    private static void ComesBack(string[][] rows, CsvFormat format, string text)
    {
        var encoding = CsvFormat.EncodingNamed(format.Encoding);
        var read = Read(new MemoryStream([.. encoding.Preamble, .. encoding.GetBytes(text)]), format);
        Assert.Equal(rows, read.Select(row => row.Cells));
        Assert.All(read, row => Assert.Null(row.Problem));
    }

    private static string WrittenByCsvHelper(string[][] rows, CsvFormat format)
    {
        using var text = new StringWriter();
        using var writer = new CsvWriter(text, new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = $"{format.Separator}", ShouldQuote = _ => true });
        foreach (var row in rows)
        {
            foreach (var cell in row) writer.WriteField(cell);
            writer.NextRecord();
        }
        writer.Flush();
        return text.ToString();
    }

    private static string WrittenSparingly(string[] row, char separator)
    {
        var cells = row.Select(cell => cell.StartsWith('"') || cell.AsSpan().IndexOfAny(separator, '\r', '\n') >= 0 ? Quoted(cell) : cell).ToArray();
        if (row.All(cell => string.IsNullOrWhiteSpace(cell))) cells[0] = Quoted(row[0]);   // a blank line is left out
        return string.Join(separator, cells);
    }

    private static string Quoted(string cell) => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private sealed class DrippingStream(byte[] bytes, int step) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(step, buffer.Length)], cancellationToken);
    }
}
