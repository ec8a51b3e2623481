using System.Runtime.InteropServices;
using System.Text;
using Crm.Imports;

namespace Crm.Tests.Importing;

public sealed class CsvRowsTests
{
    private static List<CsvRow> Read(string text, bool hasHeader = true) => [.. CsvRows.Read(text, ';', hasHeader)];

    private static string Told(CsvRow row) => $"{row.Line}:{string.Join('|', row.Cells)}{(row.Problem is null ? "" : $" {row.Problem.Code["import.row.".Length..]}")}";

    private static IEnumerable<string> Told(string text) => Read(text).Select(Told);

    [Theory]
    [InlineData("a;b\r\nc;d\r\n")]
    [InlineData("a;b\nc;d")]
    [InlineData("a;b\rc;d\r")]
    public void Any_line_break_ends_a_row(string text) => Assert.Equal(["1:a|b", "2:c|d"], Told(text));

    [Fact]
    public void The_line_is_where_the_row_starts_in_the_file() =>
        Assert.Equal(["1:a|b", "2:1\r\n2\n3|x", "6:|y", "8:c|d"], Told("a;b\r\n\"1\r\n2\n3\";x\r\n\r\n\"\";y\r\n;;  ;\r\nc;d"));

    [Fact]
    public void Doubled_quotes_are_one_quote() => Assert.Equal(["1:a|b", "2:\"|say \"hi\""], Told("a;b\n\"\"\"\";\"say \"\"hi\"\"\"\n"));

    [Fact]
    public void A_quote_inside_an_unquoted_cell_is_text() =>
        Assert.Equal(["1:a|b|c", "2:5\" disk|x;y|2\"\""], Told("a;b;c\n5\" disk;\"x;y\";2\"\"\n"));

    [Fact]
    public void Ragged_rows_are_problems_and_keep_their_cells() =>
        Assert.Equal(["1:a|b|c", "2:1|2 tooFewCells", "3:1|2|3|4 tooManyCells", "4:1|2|3"], Told("a;b;c\n1;2\n1;2;3;4\n1;2;3\n"));

    [Fact]
    public void Empty_cells_beyond_the_header_are_dropped() => Assert.Equal(["1:a|b", "2:1|", "3:1|2"], Told("a;b;; ;\n1;;;;\n1;2\n"));

    [Fact]
    public void A_NUL_character_is_a_problem() => Assert.Equal("import.row.nul", Read("a;b\n1;\0\n")[1].Problem?.Code);

    [Fact]
    public void Text_after_a_closing_quote_costs_that_row() => Assert.Equal(["1:a|b", "2: textAfterQuote", "3:3|4"], Told("a;b\n\"1\" x;2\n3;4\n"));

    [Theory]
    [InlineData("a;b\n\"1;2\n3;4\n5;6\n")]
    [InlineData("a;b\r\n\"1;2\r\n3;4\r\n5;6")]
    public void A_quote_that_is_never_closed_costs_one_line(string text) => Assert.Equal(["1:a|b", "2: quoteNotClosed", "3:3|4", "4:5|6"], Told(text));

    [Fact]
    public void Stray_quotes_that_seem_to_close_each_other_cost_one_line_each() =>
        Assert.Equal(["1:a|b", "2: textAfterQuote", "3:3|4", "4: quoteNotClosed", "5:7|8"], Told("a;b\n\"1;2\n3;4\n\"5;6\n7;8\n"));

    [Fact]
    public void A_cell_that_is_too_long_is_a_problem_and_one_at_the_limit_is_not()
    {
        var rows = Read($"a\n{new string('x', CsvRows.MaxCell)}\n{new string('x', CsvRows.MaxCell + 1)}\nb\n");
        Assert.Equal([null, null, "import.row.cellTooLong", null], rows.Select(row => row.Problem?.Code));
    }

    [Fact]
    public void A_row_that_is_too_long_is_a_problem_and_the_next_row_is_read()
    {
        var longest = string.Join(';', Enumerable.Repeat(new string('x', 1023), RowCutter.MaxRow / 1024));   // MaxRow - 1 characters
        var rows = Read($"{longest}\n{longest}xx\n{longest}x\nlast\n", hasHeader: false);
        Assert.Equal([null, "import.row.tooLong", null, "import.row.tooFewCells"], rows.Select(row => row.Problem?.Code));
        Assert.Equal([1, 2, 3, 4], rows.Select(row => row.Line));
    }

    [Theory]
    [InlineData("\"")]                    // one cell that never ends
    [InlineData("\"x\n")]                 // a quote that never ends in many lines
    [InlineData("a\";\"\n")]              // each line opens a quote that is sound until the limit: cutting it again each time would take hours
    [InlineData("\"\";\"x\n\";")]
    public void Rows_without_end_take_neither_memory_nor_time_without_bound(string pattern)
    {
        const int Characters = 6_000_000;
        var cutter = new RowCutter(';');
        var (sent, largest, rows) = (0, 0, 0);
        while (sent < Characters)
        {
            var space = cutter.Space();
            Assert.True(MemoryMarshal.TryGetArray<char>(space, out var buffer));
            largest = Math.Max(largest, buffer.Array!.Length);
            for (var i = 0; i < space.Length; i++) space.Span[i] = sent == 0 && i == 0 ? '"' : pattern[(sent + i) % pattern.Length];
            sent += space.Length;
            cutter.Arrived(space.Length);
            while (cutter.TryCut(out _)) rows++;
        }
        cutter.Arrived(0);
        while (cutter.TryCut(out _)) rows++;
        Assert.InRange(largest, 1, 2 * RowCutter.MaxRow);
        Assert.InRange(rows, 1, Characters);
    }

    [Fact]
    public void A_long_row_of_loose_quotes_is_read_in_linear_time()
    {
        var rows = Read(string.Concat(Enumerable.Repeat("a\"b;", 200_000)), hasHeader: false);
        Assert.Equal(200_001, Assert.Single(rows).Cells.Length);
        Assert.Equal("a\"b", rows[0].Cells[199_999]);
    }

    [Fact]
    public async Task A_stream_that_fails_is_not_taken_for_the_end_of_the_file()
    {
        using var file = new BrokenStream();
        await Assert.ThrowsAsync<IOException>(async () => await CsvRows
            .ReadAsync(file, new(CsvFormat.Utf8, ';', true, true), TestContext.Current.CancellationToken).CountAsync(TestContext.Current.CancellationToken));
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("Connection lost.");
    }

    [Fact]
    public async Task The_stream_stays_open()
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes("a;b\n"));
        var rows = await CsvRows.ReadAsync(file, new(CsvFormat.Utf8, ';', true, true), TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["a", "b"], Assert.Single(rows).Cells);
        Assert.True(file.CanRead);
    }
}
