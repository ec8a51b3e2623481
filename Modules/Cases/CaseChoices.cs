using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Crm.Cases;

/// <summary>What a caller may write on a status or a lost reason.</summary>
internal sealed record CaseChoiceFields
{
    /// <summary>Letters, digits, dots and dashes, such as quote-sent; fixed once given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Key { get; init; }
    /// <summary>1 to 100 characters.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Name { get; init; }
    /// <summary>By language, such as {"da": "Tilbud afgivet"}; null = only the name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<IReadOnlyDictionary<string, string>> Names { get; init; }
    /// <summary>True = offered no more. Won and lost cannot be disabled.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<bool?> Disabled { get; init; }

    /// <summary>Place in the list, from 1; a new status comes before won and lost unless given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<int?> Position { get; init; }

    /// <summary>For statuses: the probability that a case gets with it, 0 to 100; 50 unless given. Fixed for won and lost.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<int?> Probability { get; init; }
}

/// <summary>A status or a lost reason as callers read it.</summary>
/// <param name="Key">What is written.</param>
/// <param name="Name">What is shown.</param>
/// <param name="Names">What is shown in other languages.</param>
/// <param name="Disabled">True = offered no more.</param>
/// <param name="BuiltIn">True = won or lost: cannot be removed or disabled.</param>
/// <param name="Kind">For statuses: open, won or lost; null for reasons.</param>
/// <param name="Probability">For statuses: what a case gets with it; null for reasons.</param>
/// <param name="Count">Cases that have it; null in answers to writes.</param>
internal sealed record CaseChoiceView(string Key, string Name, IReadOnlyDictionary<string, string> Names, bool Disabled, bool BuiltIn, StatusKind? Kind, int? Probability, long? Count)
{
    public static CaseChoiceView Of(CaseList list, CaseChoice c, long? count) => list == CaseList.CaseStatus
        ? new(c.Key, c.Name, c.Names, c.Disabled, c.IsFixed, c.Kind, c.Probability, count) : new(c.Key, c.Name, c.Names, c.Disabled, false, null, null, count);
}

/// <summary>Adds to one of the lists; a removed key comes back with its new name. An added status is an open one: won and lost are there already.</summary>
internal sealed partial record AddCaseChoice(CaseList List, CaseChoiceFields Fields) : ICommand<CaseSettings>
{
    public Decision<CaseSettings> Decide(CaseSettings settings, Moment at)
    {
        List<Problem> problems = [];
        var key = Fields.Key.Value?.Trim();
        if (key is null || !ValidKey().IsMatch(key) || key is "none" or "me") problems.Add(new("/key", "choice.key.invalid", "A key is 1 to 60 letters, digits, dots or dashes, such as quote-sent."));
        CaseChoice[] others = [.. settings.Of(List).Where(c => c.Key != key)];
        var old = settings.Find(List, key);
        if (old is { Removed: false }) return Refusal.Conflict($"{CaseChoiceRules.Name(List)}.exists", $"There is a {CaseChoiceRules.Name(List)} '{key}' already.");
        if (others.Length >= CaseChoiceRules.Most) return Refusal.Conflict($"{CaseChoiceRules.Name(List)}.tooMany", $"At most {CaseChoiceRules.Most}, removed ones included.");
        var choice = CaseChoiceRules.Apply(Fields, new(key ?? "", "") { Probability = List == CaseList.CaseStatus ? 50 : 0 }, List, problems);
        if (problems.Count > 0) return Refusal.Invalid(problems);
        var place = Fields.Position.Value ?? others.TakeWhile(c => c is { IsFixed: false, Removed: false }).Count() + 1;
        return Decision.Accept(settings.With(List, CaseChoiceRules.Place(others, choice, place)), $"{CaseChoiceRules.Name(List)}.added", CaseChoiceView.Of(List, choice, null));
    }

    [GeneratedRegex(@"^[\p{L}\p{Nd}][\p{L}\p{Nd}.\-]{0,59}\z")]
    private static partial Regex ValidKey();
}

/// <summary>Renames, translates, orders, disables.</summary>
internal sealed record ChangeCaseChoice(CaseList List, string Key, CaseChoiceFields Fields) : ICommand<CaseSettings>
{
    public Decision<CaseSettings> Decide(CaseSettings settings, Moment at)
    {
        if (settings.Find(List, Key) is not { Removed: false } before) return Refusal.NotFound(CaseChoiceRules.Name(List));
        List<Problem> problems = [];
        if (Fields.Key.IsSet && Fields.Key.Value != Key) problems.Add(new("/key", "choice.key.immutable", "A key never changes; its name can."));
        var choice = CaseChoiceRules.Apply(Fields, before, List, problems);
        if (problems.Count > 0) return Refusal.Invalid(problems);
        if (choice.Disabled && before.IsFixed) return CaseChoiceRules.Fixed;
        if (choice.Disabled && !before.Disabled && CaseChoiceRules.IsLast(settings, List, before)) return CaseChoiceRules.LastOpen;
        if (choice == before && Fields.Position.Value is null) return Decision.Nothing(settings, CaseChoiceView.Of(List, before, null));
        var list = Fields.Position.Value is { } place
            ? CaseChoiceRules.Place([.. settings.Of(List).Where(c => c.Key != Key)], choice, place)
            : [.. settings.Of(List).Select(c => c.Key == Key ? choice : c)];
        return Decision.Accept(settings.With(List, list), $"{CaseChoiceRules.Name(List)}.changed", CaseChoiceView.Of(List, choice, null));
    }
}

/// <summary>Removes from the list that people choose from. It stays behind, hidden, so that a case that gets it at the same moment keeps its name.</summary>
/// <param name="List">Which list.</param>
/// <param name="Key">Which of it.</param>
/// <param name="IsUsed">Whether a case, deleted ones too, has it: a used status can only be disabled (R88).</param>
internal sealed record RemoveCaseChoice(CaseList List, string Key, bool IsUsed) : ICommand<CaseSettings>
{
    public Decision<CaseSettings> Decide(CaseSettings settings, Moment at)
    {
        if (settings.Find(List, Key) is not { Removed: false } choice) return Refusal.NotFound(CaseChoiceRules.Name(List));
        if (choice.IsFixed) return CaseChoiceRules.Fixed;
        if (List == CaseList.CaseStatus && IsUsed) return Refusal.Conflict("caseStatus.used", "Cases have this status. Disable it instead: it stays where it is used and is offered no more.");
        if (CaseChoiceRules.IsLast(settings, List, choice)) return CaseChoiceRules.LastOpen;
        return Decision.Accept(settings.With(List, [.. settings.Of(List).Where(c => c.Key != Key), choice with { Removed = true }]), $"{CaseChoiceRules.Name(List)}.removed", CaseChoiceView.Of(List, choice, null));
    }
}

/// <summary>What holds for both lists.</summary>
internal static class CaseChoiceRules
{
    public const int Most = 100;

    public static Refusal Fixed => Refusal.Conflict("caseStatus.fixed", "Won and lost are fixed: they are the basis of statistics. Their names can be changed.");

    public static Refusal LastOpen => Refusal.Conflict("caseStatus.lastOpen", "At least one open status stays in use: new cases need one.");

    public static string Name(CaseList list) => JsonNamingPolicy.CamelCase.ConvertName(list.ToString());

    public static bool IsLast(CaseSettings settings, CaseList list, CaseChoice choice) =>
        list == CaseList.CaseStatus && settings.Statuses.All(s => s.Key == choice.Key || s.IsFixed || !s.IsOffered);

    public static CaseChoice Apply(CaseChoiceFields fields, CaseChoice before, CaseList list, List<Problem> problems)
    {
        var name = fields.Name.Or(before.Name)?.Trim();
        if (string.IsNullOrEmpty(name) || name.Length > 100 || name.Any(char.IsControl)) problems.Add(new("/name", "choice.name.invalid", "A name has 1 to 100 characters."));
        var names = fields.Names.IsSet ? fields.Names.Value ?? new Dictionary<string, string>() : before.Names;
        if (names.Count > 10 || names.Any(n => n.Key.Length != 2 || n.Value.Length is 0 or > 100 || n.Value.Any(char.IsControl)))
            problems.Add(new("/names", "choice.names.invalid", "Names by language, such as {\"da\": \"Vundet\"}, each of 1 to 100 characters."));
        var probability = fields.Probability.Or(before.Probability);
        if (fields.Probability.IsSet && list != CaseList.CaseStatus) problems.Add(new("/probability", "choice.probability.statusesOnly", "Only a status has a probability."));
        else if (probability is null or < 0 or > 100) problems.Add(new("/probability", "case.probability.range", "A probability is a whole number from 0 to 100."));
        else if (before.IsFixed && probability != before.Probability) problems.Add(new("/probability", "case.probability.fixed", "Won is 100 % and lost is 0 %, always."));
        if (fields.Position.Value is < 1) problems.Add(new("/position", "choice.position.range", "A place from 1."));
        return before with { Name = name ?? "", Names = names, Probability = probability ?? 0, Disabled = fields.Disabled.Or(before.Disabled) ?? false, Removed = false };
    }

    /// <summary>The list with a choice at its place, from 1, before the removed ones.</summary>
    public static IReadOnlyList<CaseChoice> Place(IReadOnlyList<CaseChoice> others, CaseChoice choice, int place)
    {
        List<CaseChoice> list = [.. others];
        list.Insert(Math.Clamp(place - 1, 0, list.Count(c => !c.Removed)), choice);
        return list;
    }
}
