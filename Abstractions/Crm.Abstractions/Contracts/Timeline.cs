using System.Text.Json;

namespace Crm.Contracts;

/// <summary>One thing that happened to a partner, a case or another entity.</summary>
/// <param name="Seq">Its place in the company's journal.</param>
/// <param name="At">When, UTC.</param>
/// <param name="By">The user; null when a key or the program did it.</param>
/// <param name="Caller">Who, as the journal has it.</param>
/// <param name="Fact">What happened, such as <c>partner.stageSet</c>.</param>
/// <param name="Operation">The bulk change or import that it was a part of; null = none.</param>
/// <param name="Before">The changed fields before.</param>
/// <param name="After">The same fields afterwards.</param>
public sealed record TimelineEntry(long Seq, DateTimeOffset At, NamedId? By, string Caller, string Fact, long? Operation, JsonElement Before, JsonElement After)
{
    private const string User = "user:";
    private const int Usual = 50, Most = 200;

    /// <summary>What happened to one entity, newest first; the caller has made sure that there is such an entity.</summary>
    /// <param name="journal">Where it stands.</param>
    /// <param name="actors">Knows the users' names.</param>
    /// <param name="company">Whose journal.</param>
    /// <param name="entity">Its kind, such as <c>partner</c>, and its number.</param>
    /// <param name="limit">1 to 200; null = 50.</param>
    /// <param name="before">Only entries before this one; null = from the newest.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<Answer<Page<TimelineEntry>>> PageAsync(IJournal journal, IActors actors, CompanyRef company, (string Kind, long Number) entity, int? limit, long? before, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(journal);
        ArgumentNullException.ThrowIfNull(actors);
        if (limit is < 1 or > Most) return Refusal.Malformed("filter.value", $"'limit' is a whole number from 1 to {Most}.");
        var size = limit ?? Usual;
        var events = await journal.OfEntityAsync(company, entity.Kind, entity.Number, before, size + 1, ct);
        var profile = (await actors.SettingsAsync(company, ct)).Get<CompanyProfile>();
        TimelineEntry[] entries = [.. events.Take(size).Select(e => Of(e, profile))];
        return new Page<TimelineEntry>(entries, events.Count > entries.Length ? $"{entries[^1].Seq}" : null, entries.Length, events.Count <= entries.Length && before is null);
    }

    private static TimelineEntry Of(Event e, CompanyProfile company) =>
        new(e.Seq, e.At, e.Caller.StartsWith(User, StringComparison.Ordinal) ? NamedId.User(e.Caller[User.Length..], company) : null, e.Caller, e.Fact, e.Operation, e.Before, e.After);
}
