using System.Text.Json.Serialization;

namespace Crm.Plugins.Bizweb;

// The register's answers, as far as they are used, under the register's own names. Everything may be absent.

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(Enhet))]
[JsonSerializable(typeof(Liste))]
[JsonSerializable(typeof(Feil))]
internal sealed partial class BizwebJson : JsonSerializerContext;

/// <summary>A unit or a sub-unit; of a deleted one only number, name, form and dates.</summary>
internal sealed record Enhet
{
    public string? Organisasjonsnummer { get; init; }
    public string? Navn { get; init; }
    public Kode? Organisasjonsform { get; init; }
    public string? Hjemmeside { get; init; }
    public string? Epostadresse { get; init; }
    public string? Telefon { get; init; }
    public string? Mobil { get; init; }
    public Adresse? Forretningsadresse { get; init; }
    public Adresse? Beliggenhetsadresse { get; init; }
    public Adresse? Postadresse { get; init; }
    public string? RegistreringsdatoEnhetsregisteret { get; init; }
    public string? Stiftelsesdato { get; init; }
    public string? Oppstartsdato { get; init; }
    public bool? RegistrertIMvaregisteret { get; init; }
    public Kode? Naeringskode1 { get; init; }
    public int? AntallAnsatte { get; init; }
    public bool? HarRegistrertAntallAnsatte { get; init; }
    public bool? Konkurs { get; init; }
    public bool? UnderAvvikling { get; init; }
    public bool? UnderTvangsavviklingEllerTvangsopplosning { get; init; }
    public string? Slettedato { get; init; }
    public string? Nedleggelsesdato { get; init; }
}

/// <summary>A code and what it means.</summary>
internal sealed record Kode
{
    [JsonPropertyName("kode")] public string? Verdi { get; init; }
    public string? Beskrivelse { get; init; }
}

internal sealed record Adresse
{
    public string? Landkode { get; init; }
    public string? Postnummer { get; init; }
    public string? Poststed { get; init; }
    [JsonPropertyName("adresse")] public string?[]? Linjer { get; init; }
}

/// <summary>A page of a list. An empty one has no <c>_embedded</c>.</summary>
internal sealed record Liste
{
    [JsonPropertyName("_embedded")] public Innhold? Innhold { get; init; }
    public Side? Page { get; init; }
}

internal sealed record Innhold
{
    public Enhet[]? Enheter { get; init; }
    public Enhet[]? Underenheter { get; init; }
    public Oppdatering[]? OppdaterteEnheter { get; init; }
    public Oppdatering[]? OppdaterteUnderenheter { get; init; }
}

internal sealed record Oppdatering
{
    public long Oppdateringsid { get; init; }
    public string? Organisasjonsnummer { get; init; }
}

internal sealed record Side
{
    public long TotalElements { get; init; }
    public int TotalPages { get; init; }
}

/// <summary>Why a request was refused.</summary>
internal sealed record Feil
{
    public string? Error { get; init; }
    public Valideringsfeil[]? ValidationErrors { get; init; }
}

internal sealed record Valideringsfeil
{
    public string? ErrorMessage { get; init; }
}
