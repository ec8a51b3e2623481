using Crm.Contracts;

namespace Crm.Partners;

/// <summary>
/// Applies written fields to a partner and reports every broken rule at once. The one place where a partner's fields are judged: create, change,
/// import and bulk changes all come through here.
/// </summary>
internal sealed class PartnerRules(PartnerFields fields, Partner before, Moment at)
{
    private readonly FieldRules _rules = new(at.Settings.Get<CompanyProfile>());
    private readonly PartnerSettings _settings = at.Settings.Get<PartnerSettings>();
    private readonly CompanyProfile _company = at.Settings.Get<CompanyProfile>();

    public static (Partner? Partner, Refusal? Refusal) Apply(PartnerFields fields, Partner before, Moment at, Problem? wrongParent = null)
    {
        var rules = new PartnerRules(fields, before, at);
        var after = rules.Apply();
        if (wrongParent is not null) rules._rules.Wrong(wrongParent.Pointer, wrongParent.Code, wrongParent.Message);
        return rules._rules.Problems.Count == 0 ? (after, null) : (null, Refusal.Invalid(rules._rules.Problems));
    }

    private Partner Apply()
    {
        if (fields.Number.IsSet) Wrong("/number", "partner.number.immutable", "A partner's number is assigned and never changes.");
        var country = Text(fields.Country, before.Country, "/country", 2)?.ToUpperInvariant() ?? "";
        if (!Countries.IsKnown(country)) Wrong("/country", "partner.country.unknown", "The country of the VAT registration is an ISO 3166-1 code such as SE.");
        var name = Text(fields.Name, before.Name, "/name", Partner.MaxName);
        if (string.IsNullOrEmpty(name) && !Has("/name")) Wrong("/name", "partner.name.required", "A partner has a name.");
        return before with
        {
            Name = name ?? "",
            Country = country,
            OrganisationNumber = Number(fields.OrganisationNumber, before.OrganisationNumber, country, "organisationNumber", OrganisationNumber.Check),
            VatNumber = Number(fields.VatNumber, before.VatNumber, country, "vatNumber", VatNumber.Check),
            Relations = Relations(),
            Stage = Key(fields.Stage, before.Stage, ChoiceKind.Stage, "stage"),
            CreditLimit = _rules.Money(fields.CreditLimit, before.CreditLimit, "/creditLimit", "partner.creditLimit.negative"),
            Tags = Keys(fields.Tags, before.Tags, ChoiceKind.Tag, "tags", Partner.MaxTags),
            Owner = User(fields.Owner, before.Owner, "/owner"),
            CoOwners = CoOwners(),
            Department = Department(),
            Industry = Key(fields.Industry, before.Industry, ChoiceKind.Industry, "industry"),
            Employees = _rules.Range(fields.Employees, before.Employees, "/employees", 0, 10_000_000),
            LegalForm = Text(fields.LegalForm, before.LegalForm, "/legalForm", 100),
            Website = Website(),
            Phone = Text(fields.Phone, before.Phone, "/phone", 50),
            Email = Email(fields.Email, before.Email, "/email"),
            Language = Language(),
            Visiting = Address(Part(a => a.Visiting), before.Visiting, "visiting"),
            Postal = Address(Part(a => a.Postal), before.Postal, "postal"),
            InvoiceAddress = Address(Part(a => a.Invoice), before.InvoiceAddress, "invoice"),
            Invoicing = Invoicing(),
            Parent = fields.Parent.Or(before.Parent),
            BranchNumber = Text(fields.BranchNumber, before.BranchNumber, "/branchNumber", 40),
        };
    }

    private IReadOnlyList<string> Relations()
    {
        var relations = Keys(fields.Relations, before.Relations, ChoiceKind.Relation, "relations", 20);
        if (relations.Count == 0 && !_rules.Problems.Any(p => p.Pointer.StartsWith("/relations", StringComparison.Ordinal)))
            Wrong("/relations", "partner.relations.required", $"A partner has at least one relation: {Names(ChoiceKind.Relation)}.");
        return relations;
    }

    private IReadOnlyList<string> CoOwners()
    {
        if (!fields.CoOwners.IsSet) return before.CoOwners;
        var users = fields.CoOwners.Value ?? [];
        if (users.Count > Partner.MaxOwners) { Wrong("/coOwners", "partner.coOwners.tooMany", $"At most {Partner.MaxOwners} owners."); return []; }
        if (users.Distinct().Count() != users.Count) Wrong("/coOwners", "partner.coOwners.duplicate", "Each owner once.");
        for (var i = 0; i < users.Count; i++) User(users[i], null, $"/coOwners/{i}");
        return [.. users];
    }

    private string? Department()
    {
        var id = Text(fields.Department, before.Department, "/department", 100);
        if (fields.Department.IsSet && id is not null && id != before.Department && _company.Department(id) is null or { Disabled: true })
            Wrong("/department", "partner.department.unknown", "There is no such department.");
        return id;
    }

    private string? Website()
    {
        var website = Text(fields.Website, before.Website, "/website", 300);
        if (fields.Website.IsSet && website is not null && (!Uri.TryCreate(website.Contains("://", StringComparison.Ordinal) ? website : $"https://{website}", UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || !uri.Host.Contains('.', StringComparison.Ordinal)))
            Wrong("/website", "partner.website.invalid", "A website is an address such as www.example.com.");
        return website;
    }

    private string? Language()
    {
        var language = Text(fields.Language, before.Language, "/language", 10)?.ToLowerInvariant();
        if (fields.Language.IsSet && language is not null && (language.Length != 2 || !language.All(char.IsAsciiLetterLower)))
            Wrong("/language", "partner.language.invalid", "A language is an ISO 639-1 code such as sv.");
        return language;
    }

    private Invoicing? Invoicing()
    {
        if (!fields.Invoicing.IsSet) return before.Invoicing;
        if (fields.Invoicing.Value is not { } written) return null;
        var old = before.Invoicing;
        var invoicing = new Invoicing(
            written.Type.Or(old?.Type) ?? InvoiceType.EmailPdf,
            Email(written.Email, old?.Email, "/invoicing/email"),
            _rules.Range(written.CreditDays, old?.CreditDays, "/invoicing/creditDays", 0, 365),
            written.AutomaticHandling.Or(old?.AutomaticHandling) ?? false,
            EInvoice(written.EInvoice, old?.EInvoice));
        if (invoicing is { Type: not InvoiceType.Paper, Email: null } && !Has("/invoicing/email"))
            Wrong("/invoicing/email", "partner.invoicing.email.required", "Invoices by e-mail need an e-mail address.");
        return invoicing;
    }

    private EInvoice? EInvoice(Optional<EInvoiceFields> field, EInvoice? old)
    {
        if (!field.IsSet) return old;
        if (field.Value is not { } written) return null;
        var (scheme, id) = (Text(written.Scheme, old?.Scheme, "/invoicing/eInvoice/scheme", 10), Text(written.Id, old?.Id, "/invoicing/eInvoice/id", 60));
        if (EInvoiceAddress.Problem(scheme, id) is { } problem) Wrong("/invoicing/eInvoice", "partner.eInvoice.invalid", problem);
        return scheme is null && id is null ? null : new(scheme ?? "", id ?? "", Text(written.Operator, old?.Operator, "/invoicing/eInvoice/operator", 60));
    }

    private Optional<AddressFields> Part(Func<AddressesFields, Optional<AddressFields>> part) =>
        !fields.Addresses.IsSet ? default : fields.Addresses.Value is { } written ? part(written) : new(null);

    private Address? Address(Optional<AddressFields> field, Address? old, string name)
    {
        if (!field.IsSet) return old;
        if (field.Value is not { } written) return null;
        var at = $"/addresses/{name}";
        var country = _rules.Country(written.Country, old?.Country, $"{at}/country");
        var address = new Address(Text(written.Street, old?.Street, $"{at}/street", 200, lines: true), Text(written.PostalCode, old?.PostalCode, $"{at}/postalCode", 20), Text(written.City, old?.City, $"{at}/city", 100), country);
        return address is { Street: null, PostalCode: null, City: null, Country: null } ? null : address;
    }

    private string? Number(Optional<string> field, string? old, string country, string name, Func<string, string, NumberCheck> check)
    {
        // A number is judged again when the country changes: the same digits mean another thing there.
        if (!field.IsSet && country == before.Country) return old;
        var text = Text(field, old, $"/{name}", 60);
        if (text is null || !Countries.IsKnown(country)) return text;
        var result = check(country, text);
        if (result.Problem is { } problem) Wrong($"/{name}", $"partner.{name}.invalid", problem);
        return result.Value;
    }

    private string? Key(Optional<string> field, string? old, ChoiceKind kind, string name)
    {
        var key = Text(field, old, $"/{name}", 60);
        if (field.IsSet && key is not null && key != old && _settings.Find(kind, key) is not { IsOffered: true })
            Wrong($"/{name}", $"partner.{name}.unknown", $"Use one of: {Names(kind)}.");
        return key;
    }

    private IReadOnlyList<string> Keys(Optional<IReadOnlyList<string>> field, IReadOnlyList<string> old, ChoiceKind kind, string name, int most)
    {
        if (!field.IsSet) return old;
        var keys = field.Value ?? [];
        if (keys.Count > most) { Wrong($"/{name}", $"partner.{name}.tooMany", $"At most {most}."); return []; }
        for (var i = 0; i < keys.Count; i++)
        {
            if (!old.Contains(keys[i]) && _settings.Find(kind, keys[i]) is not { IsOffered: true }) Wrong($"/{name}/{i}", $"partner.{name}.unknown", $"Use one of: {Names(kind)}.");
        }
        return [.. keys.Distinct()];
    }

    private string? User(Optional<string> field, string? old, string pointer) => _rules.User(field, old, pointer, "partner.owner.unknown");

    private string? Text(Optional<string> field, string? old, string pointer, int most, bool lines = false) => _rules.Text(field, old, pointer, most, lines);

    private string? Email(Optional<string> field, string? old, string pointer)
    {
        var email = Text(field, old, pointer, 254);
        if (field.IsSet && email is not null && EmailAddress.Problem(email) is { } problem) Wrong(pointer, "email.invalid", problem);
        return email;
    }

    private string Names(ChoiceKind kind) => string.Join(", ", _settings.Of(kind).Where(c => c.IsOffered).Select(c => c.Key).Take(30));

    private bool Has(string pointer) => _rules.Has(pointer);

    private void Wrong(string pointer, string code, string message) => _rules.Wrong(pointer, code, message);
}
