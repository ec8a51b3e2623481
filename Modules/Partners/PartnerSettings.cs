namespace Crm.Partners;

/// <summary>A company's own lists for its partners: stages, tags, industries and relations, each in the order in which people see it.</summary>
internal sealed record PartnerSettings
{
    public const string Active = "active";

    public IReadOnlyList<PartnerChoice> Stages { get; init; } =
    [
        new(Active, "Active") { BuiltIn = true, Names = Texts("Aktiv", "Aktiv", "Aktiv", "Aktiivinen", "Active") },
        new("potential", "Potential") { Names = Texts("Potentiell", "Potentiel", "Potensiell", "Mahdollinen", "Potential") },
        new("prospect", "Prospect") { Names = Texts("Prospekt", "Emne", "Prospekt", "Prospekti", "Prospect") },
        new("lost", "Lost") { Names = Texts("Förlorad", "Tabt", "Tapt", "Menetetty", "Lost") },
        new("inactive", "Inactive") { Names = Texts("Inaktiv", "Inaktiv", "Inaktiv", "Passiivinen", "Inactive") },
    ];

    public IReadOnlyList<PartnerChoice> Tags { get; init; } = [];

    /// <summary>The sections of NACE revision 2 (Regulation (EC) No 1893/2006), until a company makes its own list.</summary>
    public IReadOnlyList<PartnerChoice> Industries { get; init; } =
    [
        Industry("a", "Agriculture, forestry and fishing", "Jordbruk, skogsbruk och fiske", "Landbrug, skovbrug og fiskeri", "Jordbruk, skogbruk og fiske", "Maatalous, metsätalous ja kalatalous"),
        Industry("b", "Mining and quarrying", "Utvinning av mineral", "Råstofindvinding", "Bergverksdrift og utvinning", "Kaivostoiminta ja louhinta"),
        Industry("c", "Manufacturing", "Tillverkning", "Fremstillingsvirksomhed", "Industri", "Teollisuus"),
        Industry("d", "Electricity, gas, steam and air conditioning supply", "El, gas, värme och kyla", "El-, gas- og fjernvarmeforsyning", "Strøm, gass og fjernvarme", "Sähkö-, kaasu- ja lämpöhuolto"),
        Industry("e", "Water supply, sewerage and waste management", "Vatten, avlopp och avfall", "Vandforsyning, kloak og affald", "Vannforsyning, avløp og avfall", "Vesi-, viemäri- ja jätehuolto"),
        Industry("f", "Construction", "Bygg och anläggning", "Bygge og anlæg", "Bygg og anlegg", "Rakentaminen"),
        Industry("g", "Wholesale and retail trade", "Handel", "Engros- og detailhandel", "Varehandel", "Tukku- ja vähittäiskauppa"),
        Industry("h", "Transportation and storage", "Transport och lager", "Transport og lager", "Transport og lagring", "Kuljetus ja varastointi"),
        Industry("i", "Accommodation and food service", "Hotell och restaurang", "Hotel og restauration", "Overnatting og servering", "Majoitus- ja ravitsemistoiminta"),
        Industry("j", "Information and communication", "Information och kommunikation", "Information og kommunikation", "Informasjon og kommunikasjon", "Informaatio ja viestintä"),
        Industry("k", "Financial and insurance activities", "Finans och försäkring", "Finans og forsikring", "Finans og forsikring", "Rahoitus- ja vakuutustoiminta"),
        Industry("l", "Real estate activities", "Fastigheter", "Fast ejendom", "Eiendom", "Kiinteistöala"),
        Industry("m", "Professional, scientific and technical activities", "Juridik, ekonomi, vetenskap och teknik", "Videnservice", "Faglig, vitenskapelig og teknisk tjenesteyting", "Ammatillinen, tieteellinen ja tekninen toiminta"),
        Industry("n", "Administrative and support services", "Uthyrning och stödtjänster", "Rejsebureauer, rengøring og anden operationel service", "Forretningsmessig tjenesteyting", "Hallinto- ja tukipalvelut"),
        Industry("o", "Public administration and defence", "Offentlig förvaltning och försvar", "Offentlig forvaltning og forsvar", "Offentlig administrasjon og forsvar", "Julkinen hallinto ja maanpuolustus"),
        Industry("p", "Education", "Utbildning", "Undervisning", "Undervisning", "Koulutus"),
        Industry("q", "Human health and social work", "Vård och omsorg", "Sundhed og socialvæsen", "Helse og sosiale tjenester", "Terveys- ja sosiaalipalvelut"),
        Industry("r", "Arts, entertainment and recreation", "Kultur, nöje och fritid", "Kultur og fritid", "Kultur, underholdning og fritid", "Taiteet, viihde ja virkistys"),
        Industry("s", "Other services", "Annan serviceverksamhet", "Andre serviceydelser", "Annen tjenesteyting", "Muu palvelutoiminta"),
        Industry("t", "Households as employers", "Förvärvsarbete i hushåll", "Private husholdninger med ansat personale", "Lønnet arbeid i private husholdninger", "Kotitaloudet työnantajina"),
        Industry("u", "Extraterritorial organisations", "Internationella organisationer", "Internationale organisationer", "Internasjonale organisasjoner", "Kansainväliset organisaatiot"),
    ];

    public IReadOnlyList<PartnerChoice> Relations { get; init; } =
    [
        new("customer", "Customer") { BuiltIn = true, Names = Texts("Kund", "Kunde", "Kunde", "Asiakas", "Customer") },
        new("prospect", "Prospect") { BuiltIn = true, Names = Texts("Prospekt", "Emne", "Prospekt", "Prospekti", "Prospect") },
        new("productSupplier", "Supplier of products") { BuiltIn = true, Names = Texts("Leverantör av varor", "Vareleverandør", "Vareleverandør", "Tavarantoimittaja", "Supplier of products") },
        new("serviceSupplier", "Supplier of services") { BuiltIn = true, Names = Texts("Leverantör av tjänster", "Tjenesteleverandør", "Tjenesteleverandør", "Palveluntoimittaja", "Supplier of services") },
        new("other", "Other") { BuiltIn = true, Names = Texts("Övrigt", "Andet", "Annet", "Muu", "Other") },
    ];

    /// <summary>The list of one kind.</summary>
    public IReadOnlyList<PartnerChoice> Of(ChoiceKind kind) => kind switch
    {
        ChoiceKind.Stage => Stages, ChoiceKind.Tag => Tags, ChoiceKind.Industry => Industries, _ => Relations,
    };

    /// <summary>The settings with another list of one kind.</summary>
    public PartnerSettings With(ChoiceKind kind, IReadOnlyList<PartnerChoice> list) => kind switch
    {
        ChoiceKind.Stage => this with { Stages = list }, ChoiceKind.Tag => this with { Tags = list }, ChoiceKind.Industry => this with { Industries = list }, _ => this with { Relations = list },
    };

    public PartnerChoice? Find(ChoiceKind kind, string? key) => key is null ? null : Of(kind).FirstOrDefault(c => c.Key == key);

    private static PartnerChoice Industry(string key, string en, string sv, string da, string nb, string fi) => new(key, en) { Names = Texts(sv, da, nb, fi, en) };

    private static Dictionary<string, string> Texts(string sv, string da, string nb, string fi, string en) => new() { ["sv"] = sv, ["da"] = da, ["nb"] = nb, ["fi"] = fi, ["en"] = en };
}

/// <summary>A stage, tag, industry or relation.</summary>
/// <param name="Key">Fixed once given.</param>
/// <param name="Name">Shown where no translation is.</param>
internal sealed record PartnerChoice(string Key, string Name) : Choice(Key, Name)
{
    /// <summary>Cannot be removed or disabled; its name can be changed.</summary>
    public bool BuiltIn { get; init; }

    /// <summary>A tag's automatic discount on new order lines, 0 to 100 % (R45); null = none.</summary>
    public decimal? DiscountPercent { get; init; }
}

internal enum ChoiceKind
{
    Stage,
    Tag,
    Industry,
    Relation,
}
