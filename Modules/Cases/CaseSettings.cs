namespace Crm.Cases;

/// <summary>A company's statuses and lost reasons, in the order in which people see them.</summary>
internal sealed record CaseSettings
{
    public const string Won = "won", Lost = "lost";

    public IReadOnlyList<CaseStatus> Statuses { get; init; } =
    [
        new("new", "New", StatusKind.Open, 10) { Names = Texts("Ny", "Ny", "New") },
        new("quoteMissing", "Quote missing", StatusKind.Open, 25) { Names = Texts("Offert saknas", "Tilbud mangler", "Quote missing") },
        new("quoteSent", "Quote sent", StatusKind.Open, 50) { Names = Texts("Offert lämnad", "Tilbud afgivet", "Quote sent") },
        new("negotiation", "Negotiation", StatusKind.Open, 75) { Names = Texts("Förhandling", "Forhandling", "Negotiation") },
        new(Won, "Won", StatusKind.Won, 100) { Names = Texts("Vunnen", "Vundet", "Won") },
        new(Lost, "Lost", StatusKind.Lost, 0) { Names = Texts("Förlorad", "Tabt", "Lost") },
    ];

    public IReadOnlyList<NamedReason> LostReasons { get; init; } = [new("price", "Price"), new("competitor", "Competitor"), new("timing", "Timing"), new("noBudget", "No budget"), new("other", "Other")];

    public CaseStatus? Find(string? key) => key is null ? null : Statuses.FirstOrDefault(s => s.Key == key);

    private static Dictionary<string, string> Texts(string sv, string da, string en) => new() { ["sv"] = sv, ["da"] = da, ["en"] = en };
}

/// <summary>How far a case is. Won and lost are fixed; their names can be changed (R88, R89).</summary>
/// <param name="Key">Fixed once given.</param>
/// <param name="Name">Shown where no translation is.</param>
/// <param name="Kind">Open, won or lost.</param>
/// <param name="Probability">What a new case in this status gets, 0 to 100.</param>
internal sealed record CaseStatus(string Key, string Name, StatusKind Kind, int Probability)
{
    public IReadOnlyDictionary<string, string> Names { get; init; } = new Dictionary<string, string>();
    public bool Disabled { get; init; }
}

internal enum StatusKind
{
    Open,
    Won,
    Lost,
}

internal sealed record NamedReason(string Key, string Name);
