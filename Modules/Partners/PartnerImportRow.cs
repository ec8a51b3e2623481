using System.Globalization;
using Crm.Contracts;

namespace Crm.Partners;

/// <summary>A row of a file, read as fields of a partner.</summary>
/// <param name="Fields">What it says.</param>
/// <param name="Key">Country and organisation number, by which an existing partner is found; null = none.</param>
/// <param name="RelationsGiven">False = the relation is only the default of a new partner.</param>
/// <param name="Problems">What cannot be read.</param>
internal sealed record PartnerImportRow(PartnerFields Fields, string? Key, bool RelationsGiven, IReadOnlyList<Problem> Problems)
{
    private static readonly Dictionary<string, string> CountryNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Sweden"] = "SE", ["Sverige"] = "SE", ["Ruotsi"] = "SE", ["Norway"] = "NO", ["Norge"] = "NO", ["Norja"] = "NO", ["Denmark"] = "DK", ["Danmark"] = "DK", ["Tanska"] = "DK",
        ["Finland"] = "FI", ["Suomi"] = "FI", ["Iceland"] = "IS", ["Island"] = "IS", ["Germany"] = "DE", ["Tyskland"] = "DE", ["United Kingdom"] = "GB", ["Storbritannien"] = "GB",
        ["Netherlands"] = "NL", ["Nederländerna"] = "NL", ["Estonia"] = "EE", ["Estland"] = "EE", ["Poland"] = "PL", ["Polen"] = "PL", ["USA"] = "US", ["United States"] = "US",
    };

    /// <param name="row">The row.</param>
    /// <param name="settings">Gives the lists that names are looked up in.</param>
    /// <param name="dryRun">True = tags that the import itself would add are passed over.</param>
    public static PartnerImportRow Read(ImportRow row, ISettings settings, bool dryRun)
    {
        var (own, company) = (settings.Get<PartnerSettings>(), settings.Get<CompanyProfile>());
        List<Problem> problems = [];
        var country = row.Text("country") is { } written ? CountryNames.GetValueOrDefault(written, written.ToUpperInvariant()) : null;
        var organisationNumber = row.Text("organisationNumber");
        var relations = Split(row.Text("relations")).Select(r => Find(own, ChoiceKind.Relation, r)).ToArray();
        var tags = Split(row.Text("tags")).Select(TagKey).Where(t => !dryRun || own.Find(ChoiceKind.Tag, t) is { Removed: false }).ToArray();
        var currency = row.Text("currency")?.ToUpperInvariant();
        var limit = row.Amount("creditLimit", problems);
        var creditDays = Whole(row, "invoicing.creditDays", problems);
        var fields = new PartnerFields
        {
            Name = Set(row.Text("name")), Country = Set(country ?? (organisationNumber is null ? null : company.Country)), OrganisationNumber = Set(organisationNumber), VatNumber = Set(row.Text("vatNumber")),
            Relations = new(relations.Length > 0 ? relations : ["customer"]), Stage = Set(row.Text("stage") is { } stage ? Find(own, ChoiceKind.Stage, stage) : null),
            CreditLimit = limit is null ? default : new(new MoneyFields { Amount = limit, Currency = currency is null ? default : new(currency) }),
            Tags = tags.Length > 0 ? new(tags) : default, Email = Set(row.Text("email")), Phone = Set(row.Text("phone")), Website = Set(row.Text("website")), LegalForm = Set(row.Text("legalForm")),
            Language = Set(row.Text("language")), Industry = Set(row.Text("industry") is { } industry ? Find(own, ChoiceKind.Industry, industry) : null),
            Department = Set(row.Text("department") is { } department ? company.Departments.FirstOrDefault(d => Same(d.Id, department) || Same(d.Name, department))?.Id ?? department : null),
            Owner = Set(row.Text("owner") is { } owner ? company.Members.FirstOrDefault(m => Same(m.UserId, owner) || Same(m.Email, owner) || Same(m.Name, owner))?.UserId ?? owner : null),
            Employees = Whole(row, "employees", problems) is { } employees ? new(employees) : default, Parent = Whole(row, "parent", problems) is { } parent ? new(parent) : default,
            Addresses = Addresses(row),
            Invoicing = row.Text("invoicing.email") is null && row.Text("invoicing.type") is null && creditDays is null ? default : new(new InvoicingFields
            {
                Email = Set(row.Text("invoicing.email")), CreditDays = creditDays is null ? default : new(creditDays), Type = Type(row, problems),
            }),
        };
        // A row that breaks a number's rule is found by what it says; the rule refuses it then.
        var compact = organisationNumber is null || country is { Length: not 2 } ? null : OrganisationNumber.Check(country ?? company.Country, organisationNumber).Value;
        return new(fields, compact is null ? null : $"{country ?? company.Country} {WrittenNumber.Compact(compact)}", relations.Length > 0, problems);
    }

    public static IEnumerable<string> Split(string? text) => (text ?? "").Split([',', ';', '|'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A tag's key, made of its name.</summary>
    public static string TagKey(string name) => string.Concat(name.Trim().ToLowerInvariant().Select(c => char.IsLetterOrDigit(c) || c is '.' or '-' ? c : '-')).Trim('-', '.');

    private static string Find(PartnerSettings own, ChoiceKind kind, string text) =>
        own.Of(kind).FirstOrDefault(c => !c.Removed && (Same(c.Key, text) || Same(c.Name, text) || c.Names.Values.Any(n => Same(n, text))))?.Key ?? text;

    private static Optional<AddressesFields> Addresses(ImportRow row)
    {
        var (visiting, postal, invoice) = (Address(row, "visiting"), Address(row, "postal"), Address(row, "invoice"));
        return visiting.IsSet || postal.IsSet || invoice.IsSet ? new(new AddressesFields { Visiting = visiting, Postal = postal, Invoice = invoice }) : default;
    }

    private static Optional<AddressFields> Address(ImportRow row, string which)
    {
        string? Part(string part) => row.Text($"addresses.{which}.{part}");
        var (street, code, city, country) = (Part("street"), Part("postalCode"), Part("city"), Part("country"));
        if (street is null && code is null && city is null && country is null) return default;
        return new(new AddressFields { Street = Set(street), PostalCode = Set(code), City = Set(city), Country = Set(country is null ? null : CountryNames.GetValueOrDefault(country, country.ToUpperInvariant())) });
    }

    private static Optional<InvoiceType?> Type(ImportRow row, List<Problem> problems)
    {
        if (row.Text("invoicing.type") is not { } text) return default;
        if (Enum.TryParse<InvoiceType>(text.Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal), true, out var type) && Enum.IsDefined(type)) return new(type);
        problems.Add(new("invoicing.type", "partner.invoicing.type.unknown", "Use emailLink, emailPdf or paper."));
        return default;
    }

    private static int? Whole(ImportRow row, string field, List<Problem> problems)
    {
        if (row.Text(field) is not { } text) return null;
        if (int.TryParse(text.Replace(" ", "", StringComparison.Ordinal).Replace("\u00A0", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
        problems.Add(new(field, "number.invalid", "This is not a whole number."));
        return null;
    }

    private static Optional<string> Set(string? text) => text is null ? default : new(text);

    private static bool Same(string one, string other) => string.Equals(one.Trim(), other.Trim(), StringComparison.OrdinalIgnoreCase);
}
