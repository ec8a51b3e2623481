using System.Text;
using Crm.Imports;

namespace Crm.Tests.Importing;

public sealed class CsvDetectionTests
{
    private static readonly Encoding Windows1252 = CsvFormat.EncodingNamed(CsvFormat.Windows1252);

    private static byte[] Bytes(string text, Encoding encoding) => [.. encoding.Preamble, .. encoding.GetBytes(text)];

    private static CsvFormat Detect(string text, CsvOverrides? given = null) => CsvDetection.Detect(Encoding.UTF8.GetBytes(text), whole: true, given);

    [Theory]
    [InlineData(CsvFormat.Utf8)]
    [InlineData(CsvFormat.Utf16)]
    [InlineData(CsvFormat.Utf16BigEndian)]
    [InlineData(CsvFormat.Windows1252)]
    public async Task Finds_the_encoding_and_reads_Nordic_letters_with_it(string encoding)
    {
        using var file = new MemoryStream(Bytes("Namn;Ort\r\nÅkeri “Öst” €;Malmö\r\nRødgrød & Ærø;Nyborg\r\n", CsvFormat.EncodingNamed(encoding)));
        var format = await CsvDetection.DetectAsync(file, ct: TestContext.Current.CancellationToken);
        Assert.Equal(new CsvFormat(encoding, ';', DecimalComma: true, HasHeader: true), format);
        var rows = await CsvRows.ReadAsync(file, format, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal([["Namn", "Ort"], ["Åkeri “Öst” €", "Malmö"], ["Rødgrød & Ærø", "Nyborg"]], rows.Select(row => row.Cells));
    }

    [Fact]
    public void Text_without_a_mark_is_UTF8_if_its_bytes_are() => Assert.Equal(CsvFormat.Utf8, Detect("Namn\nÅre\n").Encoding);

    [Fact]
    public async Task A_letter_after_the_head_of_the_file_still_tells_the_encoding()
    {
        using var file = new MemoryStream([.. Enumerable.Repeat("Name;City\r\n"u8.ToArray(), 40_000).SelectMany(line => line), .. Windows1252.GetBytes("Åre;Åre\r\n")]);
        Assert.Equal(CsvFormat.Windows1252, (await CsvDetection.DetectAsync(file, ct: TestContext.Current.CancellationToken)).Encoding);
        Assert.Equal(0, file.Position);
    }

    [Fact]
    public async Task One_broken_byte_in_a_UTF8_file_damages_one_row_and_not_every_letter()
    {
        using var file = new MemoryStream([.. "Namn;Ort\nÅkeri;Växjö\n"u8, (byte)'B', 0xE5, .. "t;Umeå\n"u8]);
        var format = await CsvDetection.DetectAsync(file, ct: TestContext.Current.CancellationToken);
        var rows = await CsvRows.ReadAsync(file, format, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal("Växjö", rows[1].Cells[1]);
        Assert.Equal([null, null, "import.row.encoding"], rows.Select(row => row.Problem?.Code));
    }

    [Fact]
    public async Task A_UTF8_sequence_across_two_pieces_of_the_file_is_not_taken_for_broken()
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("åäö;€😀\n", 60_000)));   // far longer than a piece
        using var file = new MemoryStream(bytes);
        Assert.Equal(CsvFormat.Utf8, (await CsvDetection.DetectAsync(file, ct: TestContext.Current.CancellationToken)).Encoding);
        var tally = new Utf8Tally();
        Assert.Equal(1, tally.Add(bytes.AsSpan(0, 1), last: false));
        Assert.Equal(0, tally.Add(bytes.AsSpan(0, 1), last: true));
        Assert.False(tally.IsUtf8);
    }

    [Theory]
    [InlineData("Name;Note\nA;x\nB, C;y, z\n", ';')]
    [InlineData("Name,Note\nA,x\n\"B; C\",y\n", ',')]
    [InlineData("Name\tNote\nA, B\tx;\nC, D\ty;\n", '\t')]
    [InlineData("Name|Note\nA|x\nB, C|y\n", '|')]
    [InlineData("Name;Amount\nA;1,5\nB;2,5\n", ';')]
    [InlineData("1,5;2,5\n3,5;4,5\n", ';')]
    [InlineData("\"Name, legal\";\"Note, own\"\n\"A, B\";\"x, y\"\n", ';')]
    [InlineData("Name,Note\n\"a;b\nc;d\n\",x\n", ',')]
    [InlineData("Name;Note\n\"a,b\nc,d\n\";x\nlast, row", ';')]
    [InlineData("Name\nA\nB\n", ';')]
    [InlineData("", ';')]
    public void Finds_the_separator_outside_quotes(string text, char separator) => Assert.Equal(separator, Detect(text).Separator);

    [Theory]
    [InlineData("sep=;\r\nName;Note,Text\r\nA;x,y\r\n", ';')]
    [InlineData("SEP=,\nName;a,Note;b\nA;a,x;b\n", ',')]
    [InlineData("\"sep=\t\"\nName\tNote\nA\tx\n", '\t')]
    public void Obeys_the_first_line_that_names_the_separator_and_leaves_it_out(string text, char separator)
    {
        var format = Detect(text);
        Assert.Equal(separator, format.Separator);
        var header = CsvRows.Read(text, format.Separator, format.HasHeader).First();
        Assert.Equal(2, header.Line);
        Assert.StartsWith("Name", header.Cells[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1 050 000,50", true)]
    [InlineData("1\u00A0050\u00A0000,50", true)]
    [InlineData("1\u202F050\u202F000,50", true)]
    [InlineData("1.050.000,50", true)]
    [InlineData("1.050.000", true)]
    [InlineData("1'050'000,50", true)]
    [InlineData("-12,5", true)]
    [InlineData("(12,5)", true)]
    [InlineData("0,125", true)]
    [InlineData("1,050,000.50", false)]
    [InlineData("1,050,000", false)]
    [InlineData("1 050 000.50", false)]
    [InlineData("1’050’000.50", false)]
    [InlineData("12.5-", false)]
    public void Finds_the_decimal_mark_from_one_amount(string amount, bool comma)
    {
        Assert.Equal(comma, Detect($"Name\tLimit\nA\t500\nB\t{amount}\n").DecimalComma);
        Assert.Equal(comma, Detect($"Name,Limit\nA,500\nB,\"{amount}\"\n").DecimalComma);
    }

    [Theory]
    [InlineData("Name;Limit\nA;1.050\nB;1 050\nC;07.03.2026\n", true)]
    [InlineData("Name,Limit\nA,1.050\nB,1 050\nC,07.03.2026\n", false)]
    public void Amounts_that_can_be_both_leave_the_usual_mark_of_the_separator(string text, bool comma) => Assert.Equal(comma, Detect(text).DecimalComma);

    [Fact]
    public void A_column_of_codes_with_points_does_not_outvote_the_amounts() =>
        Assert.True(Detect("Name;Industry;Limit\nA;62.01;\nB;46.12;1 500,25\nC;01.50;\nD;28.99;700\n").DecimalComma);

    [Theory]
    [InlineData("Name;Limit;2024\nVolvo;1 500;7\n", true)]
    [InlineData("Volvo;1 500;556012-5790\nScania;;556084-0976\n", false)]
    [InlineData("Volvo;info@example.com\n", false)]
    [InlineData("", true)]
    public void A_first_row_with_data_is_no_header(string text, bool header) => Assert.Equal(header, Detect(text).HasHeader);

    [Fact]
    public void What_the_caller_says_wins()
    {
        var given = new CsvOverrides(CsvFormat.Windows1252, '|', DecimalComma: false, HasHeader: false);
        Assert.Empty(given.Check());
        Assert.Equal(new CsvFormat(CsvFormat.Windows1252, '|', false, false), Detect("Namn;Gräns\nÅ;1 050,50\n", given));
    }

    [Fact]
    public void Refuses_encodings_and_separators_it_does_not_know() =>
        Assert.Equal(["import.encoding", "import.separator"], new CsvOverrides("utf-7", '"').Check().Select(problem => problem.Code));

    [Fact]
    public void The_half_row_at_the_end_of_the_head_does_not_count()
    {
        var head = "Name;Limit\nA;1,050.50\nB;\"1 050,5"u8;
        Assert.False(CsvDetection.Detect(head, whole: false).DecimalComma);
    }
}
