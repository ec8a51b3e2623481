namespace Crm.Imports;

/// <summary>
/// Cuts text that arrives in pieces into rows, with at most about <see cref="MaxRow"/> characters in memory. It only finds where a row ends, on
/// which line it starts and whether its quotation marks are sound; <see cref="CellSplitter"/> takes sound rows apart.
/// A row whose quotation marks are broken costs its first line only: cutting resumes on the line after, so that one stray mark
/// does not take the rest of the file with it.
/// </summary>
internal sealed class RowCutter(char separator)
{
    /// <summary>The longest row, in characters.</summary>
    public const int MaxRow = 1 << 20;

    private enum At { BetweenRows, CellStart, Plain, Quoted, QuoteInQuoted, TooLong }

    /// <param name="Text">The row without its line break; empty if there is a problem. Valid until <see cref="Space"/> is called.</param>
    /// <param name="LooseQuotes">True if a cell has a quotation mark but does not start with one (<c>5" disk</c>); the mark is text then.</param>
    internal readonly record struct RawRow(int Line, ReadOnlyMemory<char> Text, bool LooseQuotes, CsvProblem? Problem);

    private char[] _buffer = new char[1 << 16];
    private int _start, _next, _end;        // of the row; the character to look at; the end of what has arrived
    private int _secondLine;                // where the row's second line starts; 0 = it has one line
    private int _line = 1, _breaksInRow;
    private long _arrived, _cutAgain;
    private bool _complete, _skipLineFeed, _looseQuotes;
    private CsvProblem? _problem;
    private At _at;

    /// <summary>Where to put more characters, once <see cref="TryCut"/> has answered false. Never empty.</summary>
    public Memory<char> Space()
    {
        if (_at is At.BetweenRows or At.TooLong) _start = _next;
        if (_start > 0)
        {
            Array.Copy(_buffer, _start, _buffer, 0, _end - _start);
            (_next, _end, _secondLine, _start) = (_next - _start, _end - _start, Math.Max(0, _secondLine - _start), 0);
        }
        if (_end == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);   // MaxRow keeps this from going on
        return _buffer.AsMemory(_end);
    }

    /// <param name="count">How many characters were put into <see cref="Space"/>; 0 = the text is complete.</param>
    public void Arrived(int count)
    {
        _complete = count == 0;
        _end += count;
        _arrived += count;
    }

    /// <summary>False if more characters are needed, or, once the text is complete, if there are no more rows.</summary>
    public bool TryCut(out RawRow row)
    {
        row = default;
        if (_at == At.BetweenRows && !TryStart()) return false;
        while (_next < _end)
        {
            var c = _buffer[_next++];
            var isBreak = c is '\r' or '\n';
            if (_next - _start > MaxRow && _at != At.TooLong && (!isBreak || _at == At.Quoted))
            {
                var unclosed = _at == At.Quoted;
                _problem = unclosed ? CsvProblem.QuoteNotClosed : CsvProblem.RowTooLong;
                if (unclosed && TryBackToSecondLine(out row)) return true;
                (_at, _secondLine) = (At.TooLong, 0);
            }
            if (_at == At.Quoted)
            {
                if (c == '"') _at = At.QuoteInQuoted;
                else if (isBreak) BreakInQuotes(c);
            }
            else if (isBreak)
            {
                _skipLineFeed = c == '\r';
                row = End(_next - 1);
                return true;
            }
            else if (_at != At.TooLong) Outside(c);
        }
        if (!_complete || _at == At.BetweenRows) return false;
        if (_at == At.Quoted) _problem = CsvProblem.QuoteNotClosed;
        row = End(_end);
        return true;
    }

    private bool TryStart()
    {
        if (_skipLineFeed && _next < _end)
        {
            if (_buffer[_next] == '\n') _next++;
            _skipLineFeed = false;
        }
        if (_next == _end) return false;
        (_start, _secondLine, _breaksInRow, _looseQuotes, _problem, _at) = (_next, 0, 0, false, null, At.CellStart);
        return true;
    }

    private void Outside(char c)
    {
        if (c == separator) _at = At.CellStart;
        else if (c != '"')
        {
            if (_at == At.QuoteInQuoted) _problem = CsvProblem.TextAfterQuote;
            _at = At.Plain;
        }
        else if (_at == At.Plain) _looseQuotes = true;
        else _at = At.Quoted;   // at the start of a cell, or the second of a doubled mark
    }

    private void BreakInQuotes(char c)
    {
        var secondOfPair = c == '\n' && _buffer[_next - 2] == '\r';   // a quotation mark stands before, so there is a character before
        if (!secondOfPair) _breaksInRow++;
        if (_breaksInRow == 1) _secondLine = _next;
    }

    private RawRow End(int end)
    {
        if (_problem is not null && _problem != CsvProblem.RowTooLong && TryBackToSecondLine(out var broken)) return broken;
        var text = _problem is null ? _buffer.AsMemory(_start, end - _start) : default;
        var row = new RawRow(_line, text, _looseQuotes, _problem);
        _line += _breaksInRow + 1;
        _at = At.BetweenRows;
        return row;
    }

    private bool TryBackToSecondLine(out RawRow row)
    {
        row = new(_line, default, false, _problem);
        // A file made to be cut again at every line would take quadratic time; so the text is gone through five times at most.
        if (_secondLine == 0 || _cutAgain + _next - _secondLine > MaxRow + 4 * _arrived) return false;
        _cutAgain += _next - _secondLine;
        _next = _secondLine;
        _skipLineFeed = _buffer[_next - 1] == '\r';
        _line++;
        _at = At.BetweenRows;
        return true;
    }
}
