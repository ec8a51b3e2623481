using System.Text.Json.Serialization;

namespace Crm.Orders;

/// <summary>How a company's orders are made.</summary>
internal sealed record OrderSettings
{
    /// <summary>What a converted case becomes (A16).</summary>
    public OrderKind ConvertTo { get; init; }

    /// <summary>Order field to the case's field that fills it; what is not here stays empty (R108).</summary>
    public IReadOnlyDictionary<string, string> Mapping { get; init; } = new Dictionary<string, string>
    {
        ["reference"] = "reference", ["requisition"] = "requisition", ["contact"] = "contact", ["note"] = "description",
        ["startDate"] = "startDate", ["deliveryDate"] = "deliveryDate", ["delivery"] = "delivery", ["line"] = "value",
    };

    /// <summary>True = a new order sets the stage Active only where there is none (A7).</summary>
    public bool KeepManualStage { get; init; }

    public bool Same(OrderSettings other) => this == other with { Mapping = Mapping } && Mapping.Count == other.Mapping.Count && Mapping.All(m => other.Mapping.TryGetValue(m.Key, out var source) && source == m.Value);
}

/// <summary>Changes the settings that are named.</summary>
internal sealed record ChangeOrderSettings : ICommand<OrderSettings>
{
    /// <summary>sales or production.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<OrderKind?> ConvertTo { get; init; }

    /// <summary>Order field to the case's field that fills it; null leaves the order's field empty.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<IReadOnlyDictionary<string, Optional<string>>> Mapping { get; init; }

    /// <summary>True = a new order sets the stage Active only where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<bool?> KeepManualStage { get; init; }

    public Decision<OrderSettings> Decide(OrderSettings settings, Moment at)
    {
        var mapping = Mapping.IsSet && Mapping.Value is null ? [] : new Dictionary<string, string>(settings.Mapping);
        List<Problem> problems = [];
        foreach (var (target, written) in Mapping.Value ?? new Dictionary<string, Optional<string>>())
        {
            if (!Conversion.Sources.TryGetValue(target, out var sources)) problems.Add(new($"/mapping/{target}", "order.mapping.unknown", $"Use one of: {string.Join(", ", Conversion.Sources.Keys)}."));
            else if (written.Value is not { } source) mapping.Remove(target);
            else if (!sources.Contains(source)) problems.Add(new($"/mapping/{target}", "order.mapping.unknown", $"Fill it from one of: {string.Join(", ", sources)}."));
            else mapping[target] = source;
        }
        if (problems.Count > 0) return Refusal.Invalid(problems);
        var changed = new OrderSettings { ConvertTo = ConvertTo.Or(settings.ConvertTo) ?? OrderKind.Sales, Mapping = mapping, KeepManualStage = KeepManualStage.Or(settings.KeepManualStage) ?? false };
        return changed.Same(settings) ? Decision.Nothing(settings) : Decision.Accept(changed, "orderSettings.changed");
    }
}

/// <summary>How a company's orders are made.</summary>
/// <param name="ConvertTo">What a converted case becomes.</param>
/// <param name="Mapping">Order field to the case's field that fills it.</param>
/// <param name="KeepManualStage">True = a new order sets the stage Active only where there is none.</param>
/// <param name="Version">The version in its ETag.</param>
internal sealed record OrderSettingsView(OrderKind ConvertTo, IReadOnlyDictionary<string, string> Mapping, bool KeepManualStage, long Version);
