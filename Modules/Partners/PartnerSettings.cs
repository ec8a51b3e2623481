namespace Crm.Partners;

/// <summary>A company's own lists for its partners: stages, tags, industries and relations, each in the order in which people see it.</summary>
internal sealed record PartnerSettings
{
    public const string Active = "active";

    public IReadOnlyList<PartnerChoice> Stages { get; init; } =
    [
        new(Active, "Active") { BuiltIn = true, Names = Texts("Aktiv", "Aktiv", "Active") },
        new("potential", "Potential") { Names = Texts("Potentiell", "Potentiel", "Potential") },
        new("prospect", "Prospect") { Names = Texts("Prospekt", "Emne", "Prospect") },
        new("lost", "Lost") { Names = Texts("Förlorad", "Tabt", "Lost") },
        new("inactive", "Inactive") { Names = Texts("Inaktiv", "Inaktiv", "Inactive") },
    ];

    public IReadOnlyList<PartnerChoice> Tags { get; init; } = [];

    /// <summary>The sections of NACE revision 2 (Regulation (EC) No 1893/2006), until a company makes its own list.</summary>
    public IReadOnlyList<PartnerChoice> Industries { get; init; } =
    [
        new("a", "Agriculture, forestry and fishing"), new("b", "Mining and quarrying"), new("c", "Manufacturing"), new("d", "Electricity, gas, steam and air conditioning supply"),
        new("e", "Water supply, sewerage and waste management"), new("f", "Construction"), new("g", "Wholesale and retail trade"), new("h", "Transportation and storage"),
        new("i", "Accommodation and food service"), new("j", "Information and communication"), new("k", "Financial and insurance activities"), new("l", "Real estate activities"),
        new("m", "Professional, scientific and technical activities"), new("n", "Administrative and support services"), new("o", "Public administration and defence"),
        new("p", "Education"), new("q", "Human health and social work"), new("r", "Arts, entertainment and recreation"), new("s", "Other services"),
        new("t", "Households as employers"), new("u", "Extraterritorial organisations"),
    ];

    public IReadOnlyList<PartnerChoice> Relations { get; init; } =
    [
        new("customer", "Customer") { BuiltIn = true, Names = Texts("Kund", "Kunde", "Customer") },
        new("prospect", "Prospect") { BuiltIn = true, Names = Texts("Prospekt", "Emne", "Prospect") },
        new("productSupplier", "Supplier of products") { BuiltIn = true, Names = Texts("Leverantör av varor", "Vareleverandør", "Supplier of products") },
        new("serviceSupplier", "Supplier of services") { BuiltIn = true, Names = Texts("Leverantör av tjänster", "Tjenesteleverandør", "Supplier of services") },
        new("other", "Other") { BuiltIn = true, Names = Texts("Övrigt", "Andet", "Other") },
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

    private static Dictionary<string, string> Texts(string sv, string da, string en) => new() { ["sv"] = sv, ["da"] = da, ["en"] = en };
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
