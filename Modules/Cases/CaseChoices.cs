using System.Text.Json;
using System.Text.Json.Serialization;

namespace Crm.Cases;

/// <summary>What a caller may write on a status or a lost reason. A new status comes before won and lost unless a place is given.</summary>
internal sealed record CaseChoiceFields : ChoiceFields
{
    /// <summary>For statuses: the probability that a case gets with it, 0 to 100; 50 unless given. Fixed for won and lost.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<int?> Probability { get; init; }

    /// <summary>Applies and judges the probability.</summary>
    public CaseChoice Own(CaseChoice choice, CaseList list, List<Problem> problems)
    {
        var probability = Probability.Or(choice.Probability);
        if (Probability.IsSet && list != CaseList.CaseStatus) problems.Add(new("/probability", "choice.probability.statusesOnly", "Only a status has a probability."));
        else if (probability is null or < 0 or > 100) problems.Add(new("/probability", "case.probability.range", "A probability is a whole number from 0 to 100."));
        else if (choice.IsFixed && probability != choice.Probability) problems.Add(new("/probability", "case.probability.fixed", "Won is 100 % and lost is 0 %, always."));
        return choice with { Probability = probability ?? 0 };
    }
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
internal sealed record AddCaseChoice(CaseList List, CaseChoiceFields Fields) : ICommand<CaseSettings>
{
    private const int Most = 100;

    public Decision<CaseSettings> Decide(CaseSettings settings, Moment at)
    {
        var (refusal, list, choice) = ChoiceRules.Add(settings.Of(List), List.Name, Most, Fields,
            key => new CaseChoice(key, "") { Probability = List == CaseList.CaseStatus ? 50 : 0 }, (c, problems) => Fields.Own(c, List, problems),
            others => others.TakeWhile(c => c is { IsFixed: false, Removed: false }).Count() + 1);
        return refusal is not null ? refusal : Decision.Accept(settings.With(List, list), $"{List.Name}.added", CaseChoiceView.Of(List, choice, null));
    }
}

/// <summary>Renames, translates, orders, disables.</summary>
internal sealed record ChangeCaseChoice(CaseList List, string Key, CaseChoiceFields Fields) : ICommand<CaseSettings>
{
    public Decision<CaseSettings> Decide(CaseSettings settings, Moment at)
    {
        var (refusal, list, choice) = ChoiceRules.Change(settings.Of(List), List.Name, Key, Fields, (c, problems) => Fields.Own(c, List, problems));
        if (refusal is not null) return refusal;
        if (choice.Disabled && choice.IsFixed) return CaseLists.Fixed;
        if (choice.Disabled && settings.Find(List, Key) is { Disabled: false } before && CaseLists.IsLast(settings, List, before)) return CaseLists.LastOpen;
        return ReferenceEquals(list, settings.Of(List)) ? Decision.Nothing(settings, CaseChoiceView.Of(List, choice, null)) : Decision.Accept(settings.With(List, list), $"{List.Name}.changed", CaseChoiceView.Of(List, choice, null));
    }
}

/// <summary>Removes from the list that people choose from.</summary>
/// <param name="List">Which list.</param>
/// <param name="Key">Which of it.</param>
/// <param name="IsUsed">Whether a case, deleted ones too, has it: a used status can only be disabled (R88).</param>
internal sealed record RemoveCaseChoice(CaseList List, string Key, bool IsUsed) : ICommand<CaseSettings>
{
    public Decision<CaseSettings> Decide(CaseSettings settings, Moment at)
    {
        if (settings.Find(List, Key) is not { Removed: false } choice) return Refusal.NotFound(List.Name);
        if (choice.IsFixed) return CaseLists.Fixed;
        if (List == CaseList.CaseStatus && IsUsed) return Refusal.Conflict("caseStatus.used", "Cases have this status. Disable it instead: it stays where it is used and is offered no more.");
        if (CaseLists.IsLast(settings, List, choice)) return CaseLists.LastOpen;
        return Decision.Accept(settings.With(List, ChoiceRules.Without(settings.Of(List), choice)), $"{List.Name}.removed", CaseChoiceView.Of(List, choice, null));
    }
}

/// <summary>What holds for statuses besides.</summary>
internal static class CaseLists
{
    public static Refusal Fixed => Refusal.Conflict("caseStatus.fixed", "Won and lost are fixed: they are the basis of statistics. Their names can be changed.");

    public static Refusal LastOpen => Refusal.Conflict("caseStatus.lastOpen", "At least one open status stays in use: new cases need one.");

    extension(CaseList list)
    {
        /// <summary>In refusals and facts, such as <c>caseStatus</c>.</summary>
        public string Name => JsonNamingPolicy.CamelCase.ConvertName(list.ToString());
    }

    public static bool IsLast(CaseSettings settings, CaseList list, CaseChoice choice) =>
        list == CaseList.CaseStatus && settings.Statuses.All(s => s.Key == choice.Key || s.IsFixed || !s.IsOffered);
}
