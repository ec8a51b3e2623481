using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Crm;

/// <summary>
/// One of a list that a company keeps: a stage, a tag, a status. A removed one stays, hidden and last, so that what refers to it keeps its name, also
/// what comes to refer to it at the same moment.
/// </summary>
/// <param name="Key">Fixed once given.</param>
/// <param name="Name">Shown where no translation is.</param>
public record Choice(string Key, string Name)
{
    /// <summary>Language (ISO 639-1) to name.</summary>
    public IReadOnlyDictionary<string, string> Names { get; init; } = new Dictionary<string, string>();

    /// <summary>Stays where it is used, and is offered no more.</summary>
    public bool Disabled { get; init; }

    /// <summary>Hidden.</summary>
    public bool Removed { get; init; }

    /// <summary>Can be chosen anew.</summary>
    [JsonIgnore]
    public bool IsOffered => !Disabled && !Removed;
}

/// <summary>What a caller may write on a choice, whichever list it is in.</summary>
public record ChoiceFields
{
    /// <summary>Letters, digits, dots and dashes, such as key-account; fixed once given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Key { get; init; }

    /// <summary>1 to 100 characters.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Name { get; init; }

    /// <summary>By language, such as {"sv": "Aktiv"}; null = only the name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<IReadOnlyDictionary<string, string>> Names { get; init; }

    /// <summary>True = offered no more.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<bool?> Disabled { get; init; }

    /// <summary>Place in the list, from 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<int?> Position { get; init; }
}

/// <summary>What holds for every list of choices. What a kind of choice has besides is judged by its module.</summary>
public static partial class ChoiceRules
{
    /// <summary>True for words that mean something in filters, so that nothing can have them as its key.</summary>
    public static bool IsReserved(string key) => key is "none" or "any" or "me";

    /// <summary>A list with one more choice; the key of a removed one brings it back with what is written now.</summary>
    /// <param name="list">The list.</param>
    /// <param name="kind">What is in it, for refusals such as <c>tag.exists</c>.</param>
    /// <param name="most">How many there may be, removed ones included.</param>
    /// <param name="fields">What is written.</param>
    /// <param name="blank">Makes a choice with a key and nothing else.</param>
    /// <param name="own">Applies and judges what only this kind has.</param>
    /// <param name="usualPlace">Where a new one comes when no place is written, from 1; null = last.</param>
    public static (Refusal? Refusal, IReadOnlyList<T> List, T Choice) Add<T>(
        IReadOnlyList<T> list, string kind, int most, ChoiceFields fields, Func<string, T> blank, Func<T, List<Problem>, T> own, Func<IReadOnlyList<T>, int>? usualPlace = null) where T : Choice
    {
        ArgumentNullException.ThrowIfNull(fields);
        ArgumentNullException.ThrowIfNull(blank);
        List<Problem> problems = [];
        var key = fields.Key.Value?.Trim();
        if (key is null || !ValidKey().IsMatch(key) || IsReserved(key)) problems.Add(new("/key", "choice.key.invalid", "A key is 1 to 60 letters, digits, dots or dashes, such as key-account."));
        var made = blank(key ?? "");
        T[] others = [.. list.Where(c => c.Key != key)];
        if (list.Any(c => c.Key == key && !c.Removed)) return (Refusal.Conflict($"{kind}.exists", $"There is a {kind} '{key}' already."), list, made);
        if (others.Length >= most) return (Refusal.Conflict($"{kind}.tooMany", $"At most {most}, removed ones included."), list, made);
        made = Applied(fields, made, own, problems);
        if (problems.Count > 0) return (Refusal.Invalid(problems), list, made);
        return (null, Placed(others, made, fields.Position.Value ?? usualPlace?.Invoke(others) ?? int.MaxValue), made);
    }

    /// <summary>A list in which one choice is renamed, translated, moved or disabled; the very same list when that changes nothing.</summary>
    /// <param name="list">The list.</param>
    /// <param name="kind">What is in it.</param>
    /// <param name="key">Which of it.</param>
    /// <param name="fields">What is written.</param>
    /// <param name="own">Applies and judges what only this kind has.</param>
    public static (Refusal? Refusal, IReadOnlyList<T> List, T Choice) Change<T>(IReadOnlyList<T> list, string kind, string key, ChoiceFields fields, Func<T, List<Problem>, T> own) where T : Choice
    {
        ArgumentNullException.ThrowIfNull(fields);
        if (list.FirstOrDefault(c => c.Key == key && !c.Removed) is not { } before) return (Refusal.NotFound(kind), list, null!);
        List<Problem> problems = [];
        if (fields.Key.IsSet && fields.Key.Value != key) problems.Add(new("/key", "choice.key.immutable", "A key never changes; its name can."));
        var after = Applied(fields, before, own, problems);
        if (problems.Count > 0) return (Refusal.Invalid(problems), list, before);
        if (fields.Position.Value is { } place) return (null, Placed([.. list.Where(c => c.Key != key)], after, place), after);
        return (null, after == before ? list : [.. list.Select(c => c.Key == key ? after : c)], after);
    }

    /// <summary>A list in which one choice is hidden.</summary>
    public static IReadOnlyList<T> Without<T>(IReadOnlyList<T> list, T choice) where T : Choice => [.. list.Where(c => c.Key != choice.Key), choice with { Removed = true }];

    private static T Applied<T>(ChoiceFields fields, T before, Func<T, List<Problem>, T> own, List<Problem> problems) where T : Choice
    {
        var name = fields.Name.Or(before.Name)?.Trim();
        if (string.IsNullOrEmpty(name) || name.Length > 100 || name.Any(char.IsControl)) problems.Add(new("/name", "choice.name.invalid", "A name has 1 to 100 characters."));
        var names = fields.Names.IsSet ? fields.Names.Value ?? new Dictionary<string, string>() : before.Names;
        if (names.Count > 10 || names.Any(n => n.Key.Length != 2 || n.Value.Length is 0 or > 100 || n.Value.Any(char.IsControl)))
            problems.Add(new("/names", "choice.names.invalid", "Names by language, such as {\"sv\": \"Aktiv\"}, each of 1 to 100 characters."));
        if (fields.Position.Value is < 1) problems.Add(new("/position", "choice.position.range", "A place from 1."));
        return own(before with { Name = name ?? "", Names = names, Disabled = fields.Disabled.Or(before.Disabled) ?? false, Removed = false }, problems);
    }

    /// <summary>At its place, from 1, before the removed ones.</summary>
    private static List<T> Placed<T>(T[] others, T choice, int place) where T : Choice
    {
        List<T> list = [.. others];
        list.Insert(Math.Clamp(place - 1, 0, list.Count(c => !c.Removed)), choice);
        return list;
    }

    [GeneratedRegex(@"^[\p{L}\p{Nd}][\p{L}\p{Nd}.\-]{0,59}\z")]
    private static partial Regex ValidKey();
}
