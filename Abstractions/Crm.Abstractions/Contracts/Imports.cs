namespace Crm.Contracts;

/// <summary>A field that a column of an imported file can fill.</summary>
/// <param name="Name">The dotted wire name, such as <c>addresses.visiting.street</c>; unique in its list.</param>
/// <param name="Label">What a person calls it, in English.</param>
/// <param name="Synonyms">
/// Column headings that mean this field, in any language. Case, accents, spaces and punctuation do not matter when a heading is compared.
/// No heading may stand for two fields of one list; <paramref name="Name"/> and <paramref name="Label"/> count as synonyms.
/// </param>
public sealed record ImportField(string Name, string Label, IReadOnlyList<string> Synonyms);

/// <summary>What a file can be imported into. Registered by the module that owns the rows.</summary>
public interface IImportTarget
{
    /// <summary>Its name on the wire, such as <c>partners</c>.</summary>
    string Name { get; }

    /// <summary>The fields that columns can fill.</summary>
    IReadOnlyList<ImportField> Fields { get; }

    /// <summary>
    /// Writes some rows, or with <see cref="Call.DryRun"/> only says what would happen. Every row is its own decision: one that is refused leaves the others alone.
    /// </summary>
    /// <param name="call">Makes the call for one row, which carries the row's idempotency key.</param>
    /// <param name="rows">In the order of the file.</param>
    /// <param name="ct">Cancels between rows.</param>
    /// <returns>One outcome for each row, in the same order.</returns>
    Task<IReadOnlyList<ImportOutcome>> ApplyAsync(Func<ImportRow, Call> call, IReadOnlyList<ImportRow> rows, CancellationToken ct);
}

/// <summary>One row of a file.</summary>
public abstract class ImportRow
{
    /// <summary>The line of the file on which it starts, from 1.</summary>
    public abstract int Line { get; }

    /// <summary>The trimmed text of a field; null = no column, or an empty cell.</summary>
    public abstract string? Text(string field);

    /// <summary>The amount of a field, read with the file's decimal sign. What cannot be read is added to the problems.</summary>
    public abstract decimal? Amount(string field, List<Problem> problems);
}

/// <summary>What became of a row.</summary>
/// <param name="Line">The row.</param>
/// <param name="Number">The entity; null when refused, or new in a dry run.</param>
/// <param name="Result">created, updated, unchanged or refused.</param>
/// <param name="Problems">Why it was refused; the pointers are field names of the import.</param>
public sealed record ImportOutcome(int Line, long? Number, ImportResult Result, IReadOnlyList<Problem> Problems);

/// <summary>What became of a row.</summary>
public enum ImportResult
{
    /// <summary>A new entity.</summary>
    Created,
    /// <summary>One that was there already, found by its organisation number.</summary>
    Updated,
    /// <summary>It is so already.</summary>
    Unchanged,
    /// <summary>It breaks a rule; nothing was written.</summary>
    Refused,
}
