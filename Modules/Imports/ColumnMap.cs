using System.Text;
using Crm.Contracts;

namespace Crm.Imports;

/// <summary>Which column of a file fills which field.</summary>
/// <param name="Columns">The index of the column, by field name.</param>
/// <param name="Unmapped">Headings of columns that fill nothing, because nothing is known of them.</param>
/// <param name="Duplicates">Columns that fill nothing, because another column fills the field already.</param>
/// <param name="Problems">What is wrong with the mapping that the caller gave.</param>
internal sealed record ColumnMap(IReadOnlyDictionary<string, int> Columns, IReadOnlyList<string> Unmapped,
    IReadOnlyList<DuplicateColumn> Duplicates, IReadOnlyList<CsvProblem> Problems)
{
    /// <summary>The trimmed text of a field; null if no column fills it or the cell is blank (absent = unknown).</summary>
    public string? Text(CsvRow row, string field) =>
        Columns.TryGetValue(field, out var column) && column < row.Cells.Length && !string.IsNullOrWhiteSpace(row.Cells[column])
            ? row.Cells[column].Trim() : null;

    /// <param name="header">The cells of the first row.</param>
    /// <param name="fields">What can be filled.</param>
    /// <param name="given">Field name by heading, null = leave the column out; wins over the synonyms. Headings not named here are mapped by synonym.</param>
    public static ColumnMap Propose(IReadOnlyList<string> header, IReadOnlyList<ImportField> fields, IReadOnlyDictionary<string, string?>? given = null)
    {
        var problems = new List<CsvProblem>();
        var assigned = Given(header, fields, given, problems);
        var bySynonym = new Dictionary<string, string>();
        foreach (var field in fields)
            foreach (var heading in field.Synonyms.Prepend(field.Label).Prepend(field.Name))
                bySynonym.TryAdd(Folded(heading), field.Name);

        var columns = new Dictionary<string, int>();
        var duplicates = new List<DuplicateColumn>();
        var unmapped = new List<string>();
        // What the caller said first, so that it holds its field against a synonym further left.
        foreach (var (column, field) in assigned)
            if (field is not null && !columns.TryAdd(field, column)) duplicates.Add(new(column, header[column], field));
        for (var column = 0; column < header.Count; column++)
        {
            if (assigned.ContainsKey(column)) continue;
            if (!bySynonym.TryGetValue(Folded(header[column]), out var field)) unmapped.Add(header[column]);
            else if (!columns.TryAdd(field, column)) duplicates.Add(new(column, header[column], field));
        }
        return new(columns, unmapped, duplicates, problems);
    }

    private static SortedDictionary<int, string?> Given(IReadOnlyList<string> header, IReadOnlyList<ImportField> fields,
        IReadOnlyDictionary<string, string?>? given, List<CsvProblem> problems)
    {
        var assigned = new SortedDictionary<int, string?>();
        foreach (var (heading, field) in given ?? new Dictionary<string, string?>())
        {
            var columns = Enumerable.Range(0, header.Count).Where(i => header[i].Trim() == heading.Trim()).ToList();
            if (columns.Count == 0) columns = [.. Enumerable.Range(0, header.Count).Where(i => Folded(header[i]) == Folded(heading))];
            if (columns.Count == 0) problems.Add(new("import.map.unknownHeading", $"The file has no column '{Amounts.Shortened(heading)}'."));
            else if (field is not null && !fields.Any(known => known.Name == field))
                problems.Add(new("import.map.unknownField", $"There is no field '{Amounts.Shortened(field)}'. The fields: {string.Join(", ", fields.Select(known => known.Name))}."));
            else
                foreach (var column in columns) assigned[column] = field;
        }
        return assigned;
    }

    /// <summary>
    /// A heading without case, accents, spaces and punctuation. The table stands here because the program runs without ICU
    /// (InvariantGlobalization), and without it string.Normalize takes no letter apart. A heading of signs only stays as it is.
    /// </summary>
    internal static string Folded(string heading)
    {
        const string From = "àáâãäåāąçćčďđðèéêëēėęěìíîïīįłľñńňòóôõöøōőŕřśšşťùúûüūůűųýÿźżž";
        const string To = "aaaaaaaacccdddeeeeeeeeiiiiiillnnnoooooooorrssstuuuuuuuuyyzzz";
        var folded = new StringBuilder(heading.Length);
        foreach (var c in heading.ToLowerInvariant())
        {
            var at = From.IndexOf(c, StringComparison.Ordinal);
            if (at >= 0) folded.Append(To[at]);
            else if (c == 'æ') folded.Append("ae");
            else if (c == 'œ') folded.Append("oe");
            else if (c == 'ß') folded.Append("ss");
            else if (c == 'þ') folded.Append("th");
            else if (char.IsLetterOrDigit(c)) folded.Append(c);   // and so without combining accents, as macOS writes them
        }
        return folded.Length > 0 ? folded.ToString() : heading.Trim();
    }
}

/// <param name="Column">Its index, from 0.</param>
internal sealed record DuplicateColumn(int Column, string Heading, string Field);
