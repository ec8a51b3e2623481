using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Crm.Partners;

/// <summary>What a caller may write on a stage, tag, industry or relation.</summary>
internal sealed record ChoiceFields
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

    /// <summary>For tags: the discount that new order lines get, 0 to 100.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<decimal?> DiscountPercent { get; init; }
}

/// <summary>A choice as callers read it.</summary>
/// <param name="Key">What is written.</param>
/// <param name="Name">What is shown.</param>
/// <param name="Names">What is shown in other languages.</param>
/// <param name="Disabled">True = offered no more.</param>
/// <param name="BuiltIn">True = cannot be removed or disabled.</param>
/// <param name="DiscountPercent">For tags: the discount that new order lines get; null = none.</param>
/// <param name="Count">Partners that have it.</param>
internal sealed record ChoiceView(string Key, string Name, IReadOnlyDictionary<string, string> Names, bool Disabled, bool BuiltIn, decimal? DiscountPercent, long? Count)
{
    public static ChoiceView Of(Choice c, long? count) => new(c.Key, c.Name, c.Names, c.Disabled, c.BuiltIn, c.DiscountPercent, count);
}

/// <summary>Adds to one of the lists; a removed key comes back with its new name.</summary>
internal sealed partial record AddChoice(ChoiceKind Kind, ChoiceFields Fields) : ICommand<PartnerSettings>
{
    public Decision<PartnerSettings> Decide(PartnerSettings settings, Moment at)
    {
        List<Problem> problems = [];
        var key = Fields.Key.Value?.Trim();
        if (key is null || !ValidKey().IsMatch(key) || key is "none" or "me") problems.Add(new("/key", "choice.key.invalid", "A key is 1 to 60 letters, digits, dots or dashes, such as key-account."));
        var list = settings.Of(Kind);
        if (list.Any(c => c.Key == key && !c.Removed)) return Refusal.Conflict($"{ChoiceRules.Name(Kind)}.exists", $"There is a {ChoiceRules.Name(Kind)} '{key}' already.");
        if (list.Count >= ChoiceRules.Most) return Refusal.Conflict($"{ChoiceRules.Name(Kind)}.tooMany", $"At most {ChoiceRules.Most}.");
        var choice = ChoiceRules.Apply(Fields, new(key ?? "", ""), Kind, problems);
        if (problems.Count > 0) return Refusal.Invalid(problems);
        return Decision.Accept(settings.With(Kind, ChoiceRules.Place([.. list.Where(c => c.Key != key)], choice, Fields.Position)), $"{ChoiceRules.Name(Kind)}.added", ChoiceView.Of(choice, null));
    }

    [GeneratedRegex(@"^[\p{L}\p{Nd}][\p{L}\p{Nd}.\-]{0,59}$")]
    private static partial Regex ValidKey();
}

/// <summary>Renames, orders, disables.</summary>
internal sealed record ChangeChoice(ChoiceKind Kind, string Key, ChoiceFields Fields) : ICommand<PartnerSettings>
{
    public Decision<PartnerSettings> Decide(PartnerSettings settings, Moment at)
    {
        if (settings.Find(Kind, Key) is not { Removed: false } before) return Refusal.NotFound(ChoiceRules.Name(Kind));
        List<Problem> problems = [];
        if (Fields.Key.IsSet && Fields.Key.Value != Key) problems.Add(new("/key", "choice.key.immutable", "A key never changes; its name can."));
        var choice = ChoiceRules.Apply(Fields, before, Kind, problems);
        if (problems.Count > 0) return Refusal.Invalid(problems);
        if (before.BuiltIn && choice.Disabled) return Refusal.Conflict($"{ChoiceRules.Name(Kind)}.builtIn", $"'{Key}' is built in and cannot be disabled.");
        if (choice == before && !Fields.Position.IsSet) return Decision.Nothing(settings, ChoiceView.Of(before, null));
        var list = Fields.Position.IsSet
            ? ChoiceRules.Place([.. settings.Of(Kind).Where(c => c.Key != Key)], choice, Fields.Position)
            : [.. settings.Of(Kind).Select(c => c.Key == Key ? choice : c)];
        return Decision.Accept(settings.With(Kind, list), $"{ChoiceRules.Name(Kind)}.changed", ChoiceView.Of(choice, null));
    }
}

/// <summary>Removes from the list that people choose from; partners that have it keep it and its name.</summary>
internal sealed record RemoveChoice(ChoiceKind Kind, string Key) : ICommand<PartnerSettings>
{
    public Decision<PartnerSettings> Decide(PartnerSettings settings, Moment at)
    {
        if (settings.Find(Kind, Key) is not { Removed: false } choice) return Refusal.NotFound(ChoiceRules.Name(Kind));
        if (choice.BuiltIn) return Refusal.Conflict($"{ChoiceRules.Name(Kind)}.builtIn", $"'{Key}' is built in and cannot be removed.");
        return Decision.Accept(settings.With(Kind, [.. settings.Of(Kind).Select(c => c.Key == Key ? c with { Removed = true } : c)]), $"{ChoiceRules.Name(Kind)}.removed", ChoiceView.Of(choice, null));
    }
}

/// <summary>What holds for every choice.</summary>
internal static class ChoiceRules
{
    public const int Most = 500;

    public static string Name(ChoiceKind kind) => kind.ToString().ToLowerInvariant();

    public static Choice Apply(ChoiceFields fields, Choice before, ChoiceKind kind, List<Problem> problems)
    {
        var name = fields.Name.Or(before.Name)?.Trim();
        if (string.IsNullOrEmpty(name) || name.Length > 100 || name.Any(char.IsControl)) problems.Add(new("/name", "choice.name.invalid", "A name has 1 to 100 characters."));
        var names = fields.Names.IsSet ? fields.Names.Value ?? new Dictionary<string, string>() : before.Names;
        if (names.Count > 10 || names.Any(n => n.Key.Length != 2 || n.Value.Length is 0 or > 100 || n.Value.Any(char.IsControl)))
            problems.Add(new("/names", "choice.names.invalid", "Names by language, such as {\"sv\": \"Aktiv\"}, each of 1 to 100 characters."));
        if (fields.DiscountPercent is { IsSet: true, Value: { } percent })
        {
            if (kind != ChoiceKind.Tag) problems.Add(new("/discountPercent", "choice.discount.tagsOnly", "Only a tag has a discount."));
            else if (percent is < 0 or > 100 || decimal.Round(percent, 2) != percent) problems.Add(new("/discountPercent", "choice.discount.range", "From 0 to 100 % with at most two decimals."));
        }
        if (fields.Position.Value is < 1) problems.Add(new("/position", "choice.position.range", "A place from 1."));
        return before with
        {
            Name = name ?? "", Names = names, Disabled = fields.Disabled.Or(before.Disabled) ?? false, Removed = false,
            DiscountPercent = kind == ChoiceKind.Tag ? fields.DiscountPercent.Or(before.DiscountPercent) : null,
        };
    }

    public static IReadOnlyList<Choice> Place(List<Choice> list, Choice choice, Optional<int?> position)
    {
        list.Insert(Math.Clamp((position.Value ?? (list.Count + 1)) - 1, 0, list.Count), choice);
        return list;
    }
}
