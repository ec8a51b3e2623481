using System.Text.Json.Serialization;

namespace Crm.Partners;

/// <summary>What a caller may write on a stage, tag, industry or relation.</summary>
internal sealed record PartnerChoiceFields : ChoiceFields
{
    /// <summary>For tags: the discount that new order lines get, 0 to 100.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<decimal?> DiscountPercent { get; init; }

    /// <summary>Applies and judges the discount.</summary>
    public PartnerChoice Own(PartnerChoice choice, ChoiceKind kind, List<Problem> problems)
    {
        if (DiscountPercent is { IsSet: true, Value: { } percent })
        {
            if (kind != ChoiceKind.Tag) problems.Add(new("/discountPercent", "choice.discount.tagsOnly", "Only a tag has a discount."));
            else if (percent is < 0 or > 100 || decimal.Round(percent, 2) != percent) problems.Add(new("/discountPercent", "choice.discount.range", "From 0 to 100 % with at most two decimals."));
        }
        return choice with { DiscountPercent = kind == ChoiceKind.Tag ? DiscountPercent.Or(choice.DiscountPercent) : null };
    }
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
    public static ChoiceView Of(PartnerChoice c, long? count) => new(c.Key, c.Name, c.Names, c.Disabled, c.BuiltIn, c.DiscountPercent, count);
}

/// <summary>Adds to one of the lists; a removed key comes back with its new name.</summary>
internal sealed record AddChoice(ChoiceKind Kind, PartnerChoiceFields Fields) : ICommand<PartnerSettings>
{
    private const int Most = 500;

    public Decision<PartnerSettings> Decide(PartnerSettings settings, Moment at)
    {
        var (refusal, list, choice) = ChoiceRules.Add(settings.Of(Kind), Kind.Name, Most, Fields, key => new PartnerChoice(key, ""), (c, problems) => Fields.Own(c, Kind, problems));
        return refusal is not null ? refusal : Decision.Accept(settings.With(Kind, list), $"{Kind.Name}.added", ChoiceView.Of(choice, null));
    }
}

/// <summary>Renames, orders, disables.</summary>
internal sealed record ChangeChoice(ChoiceKind Kind, string Key, PartnerChoiceFields Fields) : ICommand<PartnerSettings>
{
    public Decision<PartnerSettings> Decide(PartnerSettings settings, Moment at)
    {
        var (refusal, list, choice) = ChoiceRules.Change(settings.Of(Kind), Kind.Name, Key, Fields, (c, problems) => Fields.Own(c, Kind, problems));
        if (refusal is not null) return refusal;
        if (choice is { BuiltIn: true, Disabled: true }) return Refusal.Conflict($"{Kind.Name}.builtIn", $"'{Key}' is built in and cannot be disabled.");
        return ReferenceEquals(list, settings.Of(Kind)) ? Decision.Nothing(settings, ChoiceView.Of(choice, null)) : Decision.Accept(settings.With(Kind, list), $"{Kind.Name}.changed", ChoiceView.Of(choice, null));
    }
}

/// <summary>Removes from the list that people choose from; partners that have it keep it and its name.</summary>
internal sealed record RemoveChoice(ChoiceKind Kind, string Key) : ICommand<PartnerSettings>
{
    public Decision<PartnerSettings> Decide(PartnerSettings settings, Moment at)
    {
        if (settings.Find(Kind, Key) is not { Removed: false } choice) return Refusal.NotFound(Kind.Name);
        if (choice.BuiltIn) return Refusal.Conflict($"{Kind.Name}.builtIn", $"'{Key}' is built in and cannot be removed.");
        return Decision.Accept(settings.With(Kind, ChoiceRules.Without(settings.Of(Kind), choice)), $"{Kind.Name}.removed", ChoiceView.Of(choice, null));
    }
}

internal static class ChoiceKinds
{
    extension(ChoiceKind kind)
    {
        /// <summary>In refusals and facts, such as <c>tag</c>.</summary>
        public string Name => kind.ToString().ToLowerInvariant();
    }
}
