using System.Text.Json.Serialization;
using Crm.Contracts;

namespace Crm.Accounting;

/// <summary>What a company sends to its accounting systems, and whose word counts where both have something of a customer.</summary>
internal sealed record PushSettings
{
    public const int MostRules = 100;

    public static Entity<PushSettings> Entity { get; } = new("accountingRules", "accounting_rules")
    {
        DefaultOf = _ => new(),
        View = (row, _) => PushSettingsView.Of(row),
    };

    /// <summary>In the order in which they are tried; of two for one system the first counts.</summary>
    public IReadOnlyList<PushRule> Rules { get; init; } = [];

    /// <summary>Fields that are kept the same in both, and whose word counts when both have changed; a field that is not here is left alone.</summary>
    public IReadOnlyDictionary<SharedField, Wins> Wins { get; init; } = new Dictionary<SharedField, Wins>();

    public PushRule? RuleFor(string plugin, IReadOnlyList<string> tags) => Rules.FirstOrDefault(r => r.Plugin == plugin && tags.Contains(r.Tag));
}

/// <summary>Partners with a tag are customers in an accounting system (R46).</summary>
/// <param name="Tag">The tag's key.</param>
/// <param name="Plugin">The accounting plugin, such as fortnox.</param>
/// <param name="Group">The customer group there; null = the one of the plugin's settings.</param>
internal sealed record PushRule(string Tag, string Plugin, string? Group = null);

/// <summary>What both sides have of a customer.</summary>
internal enum SharedField
{
    /// <summary>Its name.</summary>
    Name,
    /// <summary>Its organisation number.</summary>
    OrganisationNumber,
    /// <summary>Its VAT number.</summary>
    VatNumber,
    /// <summary>Where invoices go on paper.</summary>
    Address,
    /// <summary>Its e-mail address.</summary>
    Email,
    /// <summary>Where invoices go by e-mail.</summary>
    InvoiceEmail,
    /// <summary>Its telephone number.</summary>
    Phone,
    /// <summary>Its website.</summary>
    Website,
    /// <summary>How much it may owe.</summary>
    CreditLimit,
    /// <summary>Who looks after it: the main owner here, the co-worker who is responsible there.</summary>
    Owner,
}

/// <summary>Whose word counts when a field was changed on both sides.</summary>
internal enum Wins
{
    /// <summary>The accounting system's.</summary>
    Accounting,
    /// <summary>The CRM's.</summary>
    Crm,
    /// <summary>What was changed last. Where nobody knows which that is, somebody has to say.</summary>
    Newest,
}

/// <summary>What a caller may write of the rules; lists and maps replace the ones before.</summary>
internal sealed record PushSettingsFields
{
    /// <summary>Which tags send partners where, up to 100, tried in this order.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optional<IReadOnlyList<PushRule>> Rules { get; init; }

    /// <summary>Fields that are kept the same: accounting, crm or newest says whose word counts when both have changed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optional<IReadOnlyDictionary<SharedField, Wins>> Wins { get; init; }
}

/// <summary>Changes the rules.</summary>
/// <param name="Fields">What changes.</param>
/// <param name="Unknown">Rules that name a tag or a plugin that there is not, which only their modules can know.</param>
internal sealed record ChangePushSettings(PushSettingsFields Fields, IReadOnlyList<Problem> Unknown) : ICommand<PushSettings>
{
    public Decision<PushSettings> Decide(PushSettings settings, Moment at)
    {
        List<Problem> problems = [.. Unknown];
        var rules = Fields.Rules.Or(settings.Rules) ?? [];
        if (rules.Count > PushSettings.MostRules) problems.Add(new("/rules", "accounting.rules.tooMany", $"At most {PushSettings.MostRules} rules."));
        for (var i = 0; i < rules.Count; i++)
        {
            if (rules[i].Group is { } group && (group.Length is 0 or > 50 || group.Any(char.IsControl))) problems.Add(new($"/rules/{i}/group", "accounting.rule.group", "A customer group is 1 to 50 characters; null for the plugin's own."));
            if (rules.Take(i).Any(r => r.Tag == rules[i].Tag && r.Plugin == rules[i].Plugin)) problems.Add(new($"/rules/{i}", "accounting.rule.twice", "There is a rule for this tag and this system already."));
        }
        if (problems.Count > 0) return Refusal.Invalid(problems);
        var wins = Fields.Wins.Or(settings.Wins) ?? new Dictionary<SharedField, Wins>();
        return rules.SequenceEqual(settings.Rules) && wins.Count == settings.Wins.Count && wins.All(w => settings.Wins.TryGetValue(w.Key, out var was) && was == w.Value)
            ? Decision.Nothing(settings)
            : Decision.Accept(settings with { Rules = rules, Wins = wins }, "accountingRules.changed");
    }
}

/// <summary>The rules as callers read them.</summary>
/// <param name="Rules">Which tags send partners where.</param>
/// <param name="Wins">Fields that are kept the same, and whose word counts.</param>
/// <param name="Version">For the ETag.</param>
internal sealed record PushSettingsView(IReadOnlyList<PushRule> Rules, IReadOnlyDictionary<string, Wins> Wins, long Version)
{
    public static PushSettingsView Of(Row<PushSettings> row) => new(row.State.Rules, row.State.Wins.ToDictionary(w => ConnectionView.Word(w.Key), w => w.Value), row.Version);
}
