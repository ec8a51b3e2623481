using System.Globalization;
using Crm.Contracts;
using Crm.Plugins;

namespace Crm.Accounting;

/// <summary>The fields that both sides have of a customer, in a form in which the same is equal: how somebody writes a telephone number is no difference.</summary>
internal static class Shared
{
    public static IReadOnlyDictionary<SharedField, SharedValue> Of(PartnerAccount partner)
    {
        var ours = partner.Values;
        return new Dictionary<SharedField, SharedValue>(Of(ours.Name.Value, ours.OrganisationNumber.Value, ours.VatNumber.Value, ours.Address.Value, ours.Email.Value, ours.InvoiceEmail.Value, ours.Phone.Value, ours.Website.Value, ours.CreditLimit.Value))
        {
            [SharedField.Owner] = new(ours.Owner.Value ?? "", partner.Owner?.Name ?? ours.Owner.Value ?? ""),
        };
    }

    /// <summary>With the owner, who is one of the company's users, or nobody of them.</summary>
    public static IReadOnlyDictionary<SharedField, SharedValue> Of(LedgerCustomer customer, PartnerAccount partner, CompanyProfile company) => new Dictionary<SharedField, SharedValue>(Of(customer.There))
    {
        [SharedField.Owner] = Owners.Of(customer.There.Owner, company.Members, partner.Values.Owner.Value, customer.Memory.Agreed.GetValueOrDefault(SharedField.Owner)),
    };

    /// <summary>Fields of which nobody knows what is there: a list's short form left them out, or the system keeps no owners.</summary>
    public static IReadOnlyList<SharedField> Untold(AccountingCustomer theirs, IEnumerable<SharedField> fields)
    {
        var listed = theirs.IsShort ? Of(theirs) : null;
        return [.. fields.Where(f => f == SharedField.Owner ? theirs.Owner is null : listed?[f].Key.Length == 0)];
    }

    /// <summary>Without the owner: only a company knows who that is.</summary>
    public static Dictionary<SharedField, SharedValue> Of(AccountingCustomer theirs) => Of(theirs.Name, theirs.OrganisationNumber, theirs.VatNumber,
        theirs.Invoice is { } a ? new(a.Street, a.PostCode, a.City, a.Country) : null, theirs.Email, theirs.InvoiceEmail, theirs.Phone, theirs.Website, theirs.CreditLimit is { } limit ? new(limit.Value, limit.Currency) : null);

    /// <summary>A partner as a new customer: everything that is known of it.</summary>
    public static AccountingCustomer New(PartnerAccount partner, string? group)
    {
        var v = partner.Values;
        return new()
        {
            Name = v.Name.Value, OrganisationNumber = Compact(v.OrganisationNumber.Value).OrNull(), VatNumber = v.VatNumber.Value, Invoice = ToAddress(v.Address.Value, partner.Country), Delivery = ToAddress(partner.Delivery, partner.Country),
            Email = v.Email.Value, InvoiceEmail = v.InvoiceEmail.Value, Phone = v.Phone.Value, Website = v.Website.Value, Gln = partner.Gln, Group = group,
            CreditLimit = v.CreditLimit.Value is { } limit ? new() { Value = limit.Amount, Currency = limit.Currency } : null, Owner = partner.Owner is { } owner ? new() { Name = owner.Name, Email = owner.Email } : null,
        };
    }

    /// <summary>Some fields of a partner, for writing them over a customer's; what the CRM does not know is cleared.</summary>
    public static AccountingCustomer Changed(PartnerAccount partner, string id, IReadOnlyCollection<SharedField> fields)
    {
        var (v, all) = (partner.Values, New(partner, null));
        string? Of(SharedField field, string? value) => fields.Contains(field) ? value ?? "" : null;
        return new()
        {
            Id = id, Name = Of(SharedField.Name, all.Name), OrganisationNumber = Of(SharedField.OrganisationNumber, all.OrganisationNumber), VatNumber = Of(SharedField.VatNumber, all.VatNumber),
            Invoice = fields.Contains(SharedField.Address) ? all.Invoice ?? new() { Street = "", PostCode = "", City = "" } : null, Email = Of(SharedField.Email, v.Email.Value), InvoiceEmail = Of(SharedField.InvoiceEmail, v.InvoiceEmail.Value),
            Phone = Of(SharedField.Phone, v.Phone.Value), Website = Of(SharedField.Website, v.Website.Value), CreditLimit = fields.Contains(SharedField.CreditLimit) ? all.CreditLimit : null, Owner = fields.Contains(SharedField.Owner) ? all.Owner ?? new() : null,
        };
    }

    /// <summary>Some fields of a customer, for taking them over into a partner; what the system does not know is cleared.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="partner">Organisation numbers are of its country, and addresses without one are in it.</param>
    /// <param name="company">Whose users may be owners.</param>
    /// <param name="fields">Which.</param>
    public static PartnerAccountValues Taken(LedgerCustomer customer, PartnerAccount partner, CompanyProfile company, IReadOnlyCollection<SharedField> fields)
    {
        var (theirs, owner) = (customer.There, Shared.Of(customer, partner, company)[SharedField.Owner]);
        Optional<string> Of(SharedField field, string? value) => fields.Contains(field) ? new(value.OrNull()) : default;
        return new()
        {
            Name = Of(SharedField.Name, theirs.Name), OrganisationNumber = Of(SharedField.OrganisationNumber, theirs.OrganisationNumber), VatNumber = Of(SharedField.VatNumber, theirs.VatNumber),
            Email = Of(SharedField.Email, theirs.Email), InvoiceEmail = Of(SharedField.InvoiceEmail, theirs.InvoiceEmail), Phone = Of(SharedField.Phone, theirs.Phone), Website = Of(SharedField.Website, theirs.Website),
            Address = !fields.Contains(SharedField.Address) ? default : new(theirs.Invoice is { } a ? new AddressFacts(a.Street.OrNull(), a.PostCode.OrNull(), a.City.OrNull(), a.Country.OrNull() ?? partner.Country) : null),
            CreditLimit = !fields.Contains(SharedField.CreditLimit) ? default : new(theirs.CreditLimit is { } limit ? new Money(limit.Value, limit.Currency) : null),
            Owner = Of(SharedField.Owner, owner.Key),
        };
    }

    private static Dictionary<SharedField, SharedValue> Of(string? name, string? organisationNumber, string? vatNumber, AddressFacts? address, string? email, string? invoiceEmail, string? phone, string? website, Money? limit) => new()
    {
        [SharedField.Name] = new(Words(name), Words(name)), [SharedField.OrganisationNumber] = new(Compact(organisationNumber), Words(organisationNumber)), [SharedField.VatNumber] = new(Compact(vatNumber), Words(vatNumber)),
        [SharedField.Address] = address is null ? SharedValue.Nothing : Address(Words(address.Street), Words(address.PostalCode), Words(address.City)),
        [SharedField.Email] = new(Words(email).ToLowerInvariant(), Words(email)), [SharedField.InvoiceEmail] = new(Words(invoiceEmail).ToLowerInvariant(), Words(invoiceEmail)),
        [SharedField.Phone] = new(Phone(phone), Words(phone)), [SharedField.Website] = new(Website(Words(website).ToLowerInvariant()), Words(website)),
        [SharedField.CreditLimit] = limit is null ? SharedValue.Nothing : Amount(string.Create(CultureInfo.InvariantCulture, $"{limit.Amount:0.####} {limit.Currency}")),
    };

    private static PostalAddress? ToAddress(AddressFacts? a, string country) => a is null ? null : new() { Street = a.Street, PostCode = a.PostalCode, City = a.City, Country = a.Country ?? country };

    private static string? OrNull(this string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static string Words(string? text) => string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Compact(string? text) => string.Concat((text ?? "").Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();

    private static SharedValue Address(string street, string code, string city) => new($"{street}|{Compact(code)}|{city}".ToLowerInvariant().Trim('|'), string.Join(", ", new[] { street, $"{code} {city}".Trim() }.Where(part => part.Length > 0)));

    private static SharedValue Amount(string text) => new(text, text);

    /// <summary>The last eight digits: with or without a country's code it is the same number.</summary>
    private static string Phone(string? text) => string.Concat((text ?? "").Where(char.IsAsciiDigit)) is var digits && digits.Length > 8 ? digits[^8..] : digits;

    private static string Website(string bare)
    {
        if (bare.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme) bare = bare[(scheme + 3)..];
        return (bare.StartsWith("www.", StringComparison.Ordinal) ? bare[4..] : bare).TrimEnd('/');
    }
}

/// <summary>A value of a field.</summary>
/// <param name="Key">In a form in which the same is equal; empty = nothing.</param>
/// <param name="Shown">As somebody wrote it.</param>
/// <param name="CanBeTaken">False = the CRM has no such value: somebody has to say what becomes of it.</param>
internal sealed record SharedValue(string Key, string Shown, bool CanBeTaken = true)
{
    public static SharedValue Nothing { get; } = new("", "");
}
