using System.Text.Json;

namespace Crm;

/// <summary>Reads a company's journal: every change, in commit order, gap-free from 1.</summary>
public interface IJournal
{
    /// <summary>The entries after a place, oldest first.</summary>
    /// <param name="company">Whose journal.</param>
    /// <param name="after">The last entry already seen; 0 = from the start.</param>
    /// <param name="most">1 to 1,000.</param>
    /// <param name="ct">Cancels.</param>
    Task<IReadOnlyList<Event>> AfterAsync(CompanyRef company, long after, int most, CancellationToken ct);

    /// <summary>The entries of one entity, newest first.</summary>
    /// <param name="company">Whose journal.</param>
    /// <param name="kind">Such as <c>partner</c>.</param>
    /// <param name="number">The entity.</param>
    /// <param name="before">Only entries before this one; null = from the newest.</param>
    /// <param name="most">1 to 1,000.</param>
    /// <param name="ct">Cancels.</param>
    Task<IReadOnlyList<Event>> OfEntityAsync(CompanyRef company, string kind, long number, long? before, int most, CancellationToken ct);

    /// <summary>Which entities of some kinds have changed after a place, whatever it was: for work that then looks at how they stand.</summary>
    /// <param name="company">Whose journal.</param>
    /// <param name="kinds">Such as <c>partner</c>; at least one.</param>
    /// <param name="after">The last entry already seen; 0 = from the start.</param>
    /// <param name="most">How many entries, of whatever kind, are looked through: 1 to 10,000.</param>
    /// <param name="ct">Cancels.</param>
    Task<ChangedEntities> ChangedAsync(CompanyRef company, IReadOnlyCollection<string> kinds, long after, int most, CancellationToken ct);

    /// <summary>The entries of one operation, newest first: undo goes backwards.</summary>
    Task<IReadOnlyList<Event>> OfOperationAsync(CompanyRef company, long operation, long? before, int most, CancellationToken ct);
}

/// <summary>What has changed in a part of a journal.</summary>
/// <param name="Changed">Kind and number of each, once.</param>
/// <param name="Upto">The last entry that was looked at; what was asked after when there is none.</param>
/// <param name="IsEnd">False = there are more.</param>
public sealed record ChangedEntities(IReadOnlyList<(string Kind, long Number)> Changed, long Upto, bool IsEnd);

/// <summary>One change.</summary>
/// <param name="Seq">Its place in the company's journal.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Caller">Who: <c>user:u12</c>, <c>key:3</c> or <c>system</c>.</param>
/// <param name="Operation">The operation that it was a part of; null = none.</param>
/// <param name="Kind">Of what.</param>
/// <param name="Number">Of which.</param>
/// <param name="Version">The version that it made.</param>
/// <param name="Fact">What happened, such as <c>partner.stageSet</c>.</param>
/// <param name="Before">The changed members as they were; null = absent.</param>
/// <param name="After">The same members afterwards.</param>
/// <param name="Hash">SHA-256 over the entry and the hash before it, hexadecimal.</param>
public sealed record Event(
    long Seq, DateTimeOffset At, string Caller, long? Operation, string Kind, long Number, long Version, string Fact, JsonElement Before, JsonElement After, string Hash);
