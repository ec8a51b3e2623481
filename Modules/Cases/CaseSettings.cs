using System.Text.Json.Serialization;

namespace Crm.Cases;

/// <summary>A company's statuses and lost reasons, in the order in which people see them; removed ones last.</summary>
internal sealed record CaseSettings
{
    public const string Won = "won", Lost = "lost";

    public IReadOnlyList<CaseChoice> Statuses { get; init; } =
    [
        new("new", "New") { Probability = 10, Names = Texts("Ny", "Ny", "Ny", "Uusi", "New") },
        new("quoteMissing", "Quote missing") { Probability = 25, Names = Texts("Offert saknas", "Tilbud mangler", "Tilbud mangler", "Tarjous puuttuu", "Quote missing") },
        new("quoteSent", "Quote sent") { Probability = 50, Names = Texts("Offert lämnad", "Tilbud afgivet", "Tilbud sendt", "Tarjous lähetetty", "Quote sent") },
        new("negotiation", "Negotiation") { Probability = 75, Names = Texts("Förhandling", "Forhandling", "Forhandling", "Neuvottelu", "Negotiation") },
        new(Won, "Won") { Kind = StatusKind.Won, Probability = 100, Names = Texts("Vunnen", "Vundet", "Vunnet", "Voitettu", "Won") },
        new(Lost, "Lost") { Kind = StatusKind.Lost, Probability = 0, Names = Texts("Förlorad", "Tabt", "Tapt", "Hävitty", "Lost") },
    ];

    public IReadOnlyList<CaseChoice> LostReasons { get; init; } =
    [
        new("price", "Price") { Names = Texts("Pris", "Pris", "Pris", "Hinta", "Price") },
        new("competitor", "Competitor") { Names = Texts("Konkurrent", "Konkurrent", "Konkurrent", "Kilpailija", "Competitor") },
        new("timing", "Timing") { Names = Texts("Tidpunkt", "Tidspunkt", "Tidspunkt", "Ajankohta", "Timing") },
        new("noBudget", "No budget") { Names = Texts("Ingen budget", "Intet budget", "Ikke budsjett", "Ei budjettia", "No budget") },
        new("other", "Other") { Names = Texts("Annat", "Andet", "Annet", "Muu", "Other") },
    ];

    /// <summary>The list of one kind.</summary>
    public IReadOnlyList<CaseChoice> Of(CaseList list) => list == CaseList.CaseStatus ? Statuses : LostReasons;

    /// <summary>The settings with another list of one kind.</summary>
    public CaseSettings With(CaseList list, IReadOnlyList<CaseChoice> choices) => list == CaseList.CaseStatus ? this with { Statuses = choices } : this with { LostReasons = choices };

    public CaseChoice? Find(CaseList list, string? key) => key is null ? null : Of(list).FirstOrDefault(c => c.Key == key);

    public CaseChoice? Status(string? key) => Find(CaseList.CaseStatus, key);

    private static Dictionary<string, string> Texts(string sv, string da, string nb, string fi, string en) => new() { ["sv"] = sv, ["da"] = da, ["nb"] = nb, ["fi"] = fi, ["en"] = en };
}

/// <summary>A status or a lost reason.</summary>
/// <param name="Key">Fixed once given.</param>
/// <param name="Name">Shown where no translation is.</param>
internal sealed record CaseChoice(string Key, string Name) : Choice(Key, Name)
{
    /// <summary>Of a status. Won and lost are fixed and there is one of each (R89).</summary>
    public StatusKind Kind { get; init; }

    /// <summary>Of a status: what a case gets with it, 0 to 100.</summary>
    public int Probability { get; init; }

    /// <summary>Won and lost: cannot be removed or disabled; their names can be changed.</summary>
    [JsonIgnore]
    public bool IsFixed => Kind != StatusKind.Open;
}

internal enum CaseList
{
    CaseStatus,
    LostReason,
}

/// <summary>What a status says of a case: open, won or lost.</summary>
internal enum StatusKind
{
    Open,
    Won,
    Lost,
}
