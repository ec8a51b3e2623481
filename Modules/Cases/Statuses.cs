using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Crm.Cases;

/// <summary>What a caller may write on a status.</summary>
internal sealed record StatusFields
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Key { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Name { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<IReadOnlyDictionary<string, string>> Names { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<int?> Probability { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<bool?> Disabled { get; init; }

    /// <summary>Place in the list, from 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<int?> Position { get; init; }

    public CaseStatus Apply(CaseStatus before, List<Problem> problems)
    {
        var name = Name.Or(before.Name)?.Trim();
        if (string.IsNullOrEmpty(name) || name.Length > 100 || name.Any(char.IsControl)) problems.Add(new("/name", "caseStatus.name.invalid", "A name has 1 to 100 characters."));
        var names = Names.IsSet ? Names.Value ?? new Dictionary<string, string>() : before.Names;
        if (names.Count > 10 || names.Any(n => n.Key.Length != 2 || n.Value.Length is 0 or > 100)) problems.Add(new("/names", "caseStatus.names.invalid", "Names by language, such as {\"da\": \"Vundet\"}, each of 1 to 100 characters."));
        var probability = Probability.IsSet ? Probability.Value : before.Probability;
        if (probability is null or < 0 or > 100) problems.Add(new("/probability", "case.probability.range", "A probability is a whole number from 0 to 100."));
        if (before.Kind != StatusKind.Open && probability != before.Probability) problems.Add(new("/probability", "case.probability.fixed", "Won is 100 % and lost is 0 %, always."));
        if (before.Kind != StatusKind.Open && Disabled.Value is true) problems.Add(new("/disabled", "caseStatus.fixed", "Won and lost cannot be disabled."));
        if (Position.Value is < 1) problems.Add(new("/position", "caseStatus.position.range", "A place from 1."));
        return before with { Name = name ?? "", Names = names, Probability = probability ?? 0, Disabled = Disabled.Or(before.Disabled) ?? false };
    }
}

/// <summary>Adds an open status. Won and lost are there already, and there is one of each.</summary>
internal sealed partial record AddStatus(StatusFields Fields) : ICommand<CaseSettings>
{
    private const int Most = 50;

    public Decision<CaseSettings> Decide(CaseSettings settings, Moment at)
    {
        List<Problem> problems = [];
        var key = Fields.Key.Value?.Trim();
        if (key is null || !ValidKey().IsMatch(key) || key is "none") problems.Add(new("/key", "caseStatus.key.invalid", "A key is 1 to 60 letters, digits, dots or dashes."));
        if (settings.Find(key) is not null) return Refusal.Conflict("caseStatus.exists", $"There is a status '{key}' already.");
        if (settings.Statuses.Count >= Most) return Refusal.Conflict("caseStatus.tooMany", $"At most {Most} statuses.");
        var status = Fields.Apply(new(key ?? "", "", StatusKind.Open, 50), problems);
        if (problems.Count > 0) return Refusal.Invalid(problems);
        // Before won and lost, unless a place is named.
        var place = (Fields.Position.Value ?? (settings.Statuses.TakeWhile(s => s.Kind == StatusKind.Open).Count() + 1)) - 1;
        List<CaseStatus> list = [.. settings.Statuses];
        list.Insert(Math.Clamp(place, 0, list.Count), status);
        return Decision.Accept(settings with { Statuses = list }, "caseStatus.added", status);
    }

    [GeneratedRegex(@"^[\p{L}\p{Nd}][\p{L}\p{Nd}.\-]{0,59}$")]
    private static partial Regex ValidKey();
}

/// <summary>Renames, translates, orders, disables.</summary>
internal sealed record ChangeStatus(string Key, StatusFields Fields) : ICommand<CaseSettings>
{
    public Decision<CaseSettings> Decide(CaseSettings settings, Moment at)
    {
        if (settings.Find(Key) is not { } before) return Refusal.NotFound("caseStatus");
        List<Problem> problems = [];
        if (Fields.Key.IsSet && Fields.Key.Value != Key) problems.Add(new("/key", "caseStatus.key.immutable", "A key never changes; its name can."));
        var status = Fields.Apply(before, problems);
        if (status.Disabled && !before.Disabled && settings.Statuses.Count(s => s is { Kind: StatusKind.Open, Disabled: false }) == 1)
            problems.Add(new("/disabled", "caseStatus.lastOpen", "At least one open status stays in use."));
        if (problems.Count > 0) return Refusal.Invalid(problems);
        List<CaseStatus> list = [.. settings.Statuses.Select(s => s.Key == Key ? status : s)];
        if (Fields.Position.Value is { } position)
        {
            list.Remove(status);
            list.Insert(Math.Clamp(position - 1, 0, list.Count), status);
        }
        return list.SequenceEqual(settings.Statuses) ? Decision.Nothing(settings, status) : Decision.Accept(settings with { Statuses = list }, "caseStatus.changed", status);
    }
}

/// <summary>Removes a status that no case has (R88).</summary>
/// <param name="Key">Which.</param>
/// <param name="IsUsed">Whether a case, deleted ones too, has it.</param>
internal sealed record RemoveStatus(string Key, bool IsUsed) : ICommand<CaseSettings>
{
    public Decision<CaseSettings> Decide(CaseSettings settings, Moment at)
    {
        if (settings.Find(Key) is not { } status) return Refusal.NotFound("caseStatus");
        if (status.Kind != StatusKind.Open) return Refusal.Conflict("caseStatus.fixed", "Won and lost are fixed: they are the basis of statistics.");
        if (IsUsed) return Refusal.Conflict("caseStatus.used", "Cases have this status. Disable it instead: it stays where it is used and is offered no more.");
        if (!status.Disabled && settings.Statuses.Count(s => s is { Kind: StatusKind.Open, Disabled: false }) == 1) return Refusal.Conflict("caseStatus.lastOpen", "At least one open status stays in use.");
        return Decision.Accept(settings with { Statuses = [.. settings.Statuses.Where(s => s.Key != Key)] }, "caseStatus.removed", status);
    }
}
