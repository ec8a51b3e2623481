using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Crm.Partners;

/// <summary>What a caller may write on a partner; the same for create (POST) and change (PATCH, RFC 7396): absent leaves, null clears.</summary>
internal record PartnerFields
{
    /// <summary>Named only to refuse it by its own code (R8).</summary>
    [Description("Assigned by the server. Sending it is refused with partner.number.immutable.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<long?> Number { get; init; }
    /// <summary>1 to 200 characters. Required when a partner is made.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Name { get; init; }
    /// <summary>ISO 3166-1 alpha-2 of the VAT registration. Required when a partner is made.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Country { get; init; }
    /// <summary>As the country writes it; its form is checked, its check digit gives a warning.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> OrganisationNumber { get; init; }
    /// <summary>With or without the country; its form is checked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> VatNumber { get; init; }
    /// <summary>Keys of relations such as customer, at least one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<IReadOnlyList<string>> Relations { get; init; }
    /// <summary>Key of a stage; null takes the partner out of the overview.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Stage { get; init; }
    /// <summary>How much the partner may owe; null = no limit is known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<MoneyFields> CreditLimit { get; init; }
    /// <summary>Keys of tags; the list replaces the one before.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<IReadOnlyList<string>> Tags { get; init; }
    /// <summary>User id such as u12; me is the caller.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Owner { get; init; }
    /// <summary>User ids of others who look after the partner.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<IReadOnlyList<string>> CoOwners { get; init; }
    /// <summary>Key of a department.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Department { get; init; }
    /// <summary>Code of an industry.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Industry { get; init; }
    /// <summary>Number of employees.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<int?> Employees { get; init; }
    /// <summary>As the register writes it, such as AB or ApS.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> LegalForm { get; init; }
    /// <summary>Address of the website.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Website { get; init; }
    /// <summary>Telephone number.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Phone { get; init; }
    /// <summary>E-mail address of the firm.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Email { get; init; }
    /// <summary>ISO 639-1 of letters and invoices, such as sv.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Language { get; init; }
    /// <summary>What is named is set, the other addresses stay.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<AddressesFields> Addresses { get; init; }
    /// <summary>How the partner gets its invoices.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<InvoicingFields> Invoicing { get; init; }
    /// <summary>Number of the partner that this one is a branch of.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<long?> Parent { get; init; }
    /// <summary>The branch in the register: P-number, CFAR and the like.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> BranchNumber { get; init; }
}

/// <summary>A partner to be made, with the branches that are made with it.</summary>
internal sealed record NewPartner : PartnerFields
{
    /// <summary>Branches of the new partner, up to 100, made with it in one commit: all of it or nothing. Country, relations, owner, department, industry and language are the parent's where a branch names none; parent is not named.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<IReadOnlyList<PartnerFields>> Branches { get; init; }
}

/// <summary>Addresses as a caller may write them: absent leaves, null clears.</summary>
internal sealed record AddressesFields
{
    /// <summary>Where the firm is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<AddressFields> Visiting { get; init; }
    /// <summary>Where letters go.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<AddressFields> Postal { get; init; }
    /// <summary>Where invoices on paper go.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<AddressFields> Invoice { get; init; }
}

/// <summary>An address as a caller may write it.</summary>
internal sealed record AddressFields
{
    /// <summary>Street and number.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Street { get; init; }
    /// <summary>As the country writes it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> PostalCode { get; init; }
    /// <summary>Town.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> City { get; init; }
    /// <summary>ISO 3166-1 alpha-2.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Country { get; init; }
}

/// <summary>How invoices are sent, as a caller may write it.</summary>
internal sealed record InvoicingFields
{
    /// <summary>How invoices are sent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<InvoiceType?> Type { get; init; }
    /// <summary>Where invoices by e-mail go.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Email { get; init; }
    /// <summary>Days until an invoice is due.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<int?> CreditDays { get; init; }
    /// <summary>True = the recipient's system reads the invoice; needs the PDF as an attachment.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<bool?> AutomaticHandling { get; init; }
    /// <summary>Where electronic invoices go.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<EInvoiceFields> EInvoice { get; init; }
}

/// <summary>An electronic address as a caller may write it.</summary>
internal sealed record EInvoiceFields
{
    /// <summary>Code of the address's kind, such as 0007 for a Swedish organisation number.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Scheme { get; init; }
    /// <summary>The address in that scheme.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Id { get; init; }
    /// <summary>The operator who delivers, where one is named.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public Optional<string> Operator { get; init; }
}
