namespace Crm.Imports;

/// <summary>One row of a file, as text.</summary>
/// <param name="Line">The line of the file on which the row starts, from 1; a row with line breaks inside quotes takes several lines.</param>
/// <param name="Cells">The text as it stands between the separators, unquoted and not trimmed. Empty if the row could not be taken apart.</param>
/// <param name="Problem">Why the row must not be imported, or null.</param>
internal sealed record CsvRow(int Line, string[] Cells, CsvProblem? Problem = null);

/// <summary>Something wrong with a row, a column or a setting; the code is stable, the detail is for people.</summary>
internal sealed record CsvProblem(string Code, string Detail)
{
    public static readonly CsvProblem QuoteNotClosed = new("import.row.quoteNotClosed", "A cell starts with a quotation mark and its end is missing.");
    public static readonly CsvProblem TextAfterQuote = new("import.row.textAfterQuote", "Text follows the closing quotation mark of a cell. A quotation mark inside a quoted cell is written twice.");
    public static readonly CsvProblem RowTooLong = new("import.row.tooLong", $"The row has more than {RowCutter.MaxRow} characters.");
    public static readonly CsvProblem CellTooLong = new("import.row.cellTooLong", $"A cell has more than {CsvRows.MaxCell} characters.");
    public static readonly CsvProblem NulCharacter = new("import.row.nul", "The row has a NUL character. Is the file text, and in the encoding chosen?");
    public static readonly CsvProblem WrongEncoding = new("import.row.encoding", "The row has characters that cannot be read in the encoding chosen.");

    public static CsvProblem TooFewCells(int cells, int expected) =>
        new("import.row.tooFewCells", $"The row has {cells} cells, the first row has {expected}.");

    public static CsvProblem TooManyCells(int cells, int expected) =>
        new("import.row.tooManyCells", $"The row has {cells} cells, the first row has {expected}. Is a separator inside a cell without quotation marks?");
}
