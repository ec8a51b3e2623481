using System.Text.Json;
using System.Text.Json.Serialization;

namespace Crm.Plugins.Cvr;

/// <summary>An answer of Virk's Elasticsearch; members as they are called there, only those that are used.</summary>
internal sealed record VirkAnswer
{
    [JsonPropertyName("timed_out")] public bool TimedOut { get; init; }
    [JsonPropertyName("_shards")] public VirkShards? Shards { get; init; }
    public VirkHits? Hits { get; init; }
}

internal sealed record VirkShards(int Failed);

internal sealed record VirkHits
{
    /// <summary>A number, or in newer versions an object with it.</summary>
    public JsonElement Total { get; init; }
    public VirkHit[]? Hits { get; init; }

    [JsonIgnore] public long Count => Total.ValueKind switch
    {
        JsonValueKind.Number => Total.GetInt64(),
        JsonValueKind.Object when Total.TryGetProperty("value", out var value) => value.GetInt64(),
        _ => Hits?.Length ?? 0,
    };
}

internal sealed record VirkHit([property: JsonPropertyName("_source")] VirkSource? Source);

internal sealed record VirkSource
{
    public VirkEntity? Vrvirksomhed { get; init; }
    public VirkEntity? VrproduktionsEnhed { get; init; }
}

/// <summary>A company, or a production unit: the register keeps them alike.</summary>
internal sealed record VirkEntity
{
    public string? CvrNummer { get; init; }
    public string? PNummer { get; init; }
    public bool? Reklamebeskyttet { get; init; }
    public string? SidstOpdateret { get; init; }
    public VirkMetadata? VirksomhedMetadata { get; init; }
    public VirkMetadata? ProduktionsEnhedMetadata { get; init; }
    public VirkName[]? Navne { get; init; }
    public VirkAddress[]? Beliggenhedsadresse { get; init; }
    public VirkAddress[]? Postadresse { get; init; }
    public VirkContact[]? TelefonNummer { get; init; }
    public VirkContact[]? ElektroniskPost { get; init; }
    public VirkContact[]? Hjemmeside { get; init; }
    public VirkDated[]? Livsforloeb { get; init; }
    public VirkStatus[]? Virksomhedsstatus { get; init; }
    public VirkIndustry[]? Hovedbranche { get; init; }
    public VirkForm[]? Virksomhedsform { get; init; }

    [JsonIgnore] public VirkMetadata? Metadata => VirksomhedMetadata ?? ProduktionsEnhedMetadata;
}

/// <summary>The newest values, ready-made by the register.</summary>
internal sealed record VirkMetadata
{
    public VirkName? NyesteNavn { get; init; }
    public VirkAddress? NyesteBeliggenhedsadresse { get; init; }
    public VirkIndustry? NyesteHovedbranche { get; init; }
    public VirkForm? NyesteVirksomhedsform { get; init; }
    public string? NyesteCvrNummerRelation { get; init; }
    public string? StiftelsesDato { get; init; }
    public VirkEmployment? NyesteErstMaanedsbeskaeftigelse { get; init; }
    public VirkEmployment? NyesteMaanedsbeskaeftigelse { get; init; }
    public VirkEmployment? NyesteKvartalsbeskaeftigelse { get; init; }
    public VirkEmployment? NyesteAarsbeskaeftigelse { get; init; }
}

internal record VirkDated
{
    public VirkPeriod? Periode { get; init; }
}

internal sealed record VirkPeriod(string? GyldigFra, string? GyldigTil);

internal sealed record VirkName : VirkDated
{
    public string? Navn { get; init; }
}

internal sealed record VirkStatus : VirkDated
{
    public string? Status { get; init; }
}

internal sealed record VirkForm : VirkDated
{
    public string? KortBeskrivelse { get; init; }
    public string? LangBeskrivelse { get; init; }
}

internal sealed record VirkIndustry : VirkDated
{
    public string? Branchekode { get; init; }
    public string? Branchetekst { get; init; }
}

internal sealed record VirkContact : VirkDated
{
    public string? Kontaktoplysning { get; init; }
    public bool? Hemmelig { get; init; }
}

internal sealed record VirkEmployment
{
    public string? AntalAnsatte { get; init; }
    public string? IntervalKodeAntalAnsatte { get; init; }
}

internal sealed record VirkAddress : VirkDated
{
    public string? Landekode { get; init; }
    public string? Fritekst { get; init; }
    public string? Conavn { get; init; }
    public string? Vejnavn { get; init; }
    public string? HusnummerFra { get; init; }
    public string? HusnummerTil { get; init; }
    public string? BogstavFra { get; init; }
    public string? BogstavTil { get; init; }
    public string? Etage { get; init; }
    public string? Sidedoer { get; init; }
    public string? Postboks { get; init; }
    public string? Bynavn { get; init; }
    public string? Postnummer { get; init; }
    public string? Postdistrikt { get; init; }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(LooseText)])]
[JsonSerializable(typeof(VirkAnswer))]
[JsonSerializable(typeof(CvrapiCompany))]
internal sealed partial class CvrJson : JsonSerializerContext;
