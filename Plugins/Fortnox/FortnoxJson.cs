using System.Text.Json.Serialization;

namespace Crm.Plugins.Fortnox;

internal sealed record CompanyAnswer(CompanyInformation? CompanyInformation);
internal sealed record CompanyInformation(string? CompanyName, string? OrganizationNumber, string? DatabaseNumber);

internal sealed record CustomerList(ListedCustomer?[]? Customers, MetaInformation? MetaInformation);

/// <summary>A customer or, with a number of another name, a supplier: what lists tell of it.</summary>
internal sealed record ListedCustomer
{
    public string? CustomerNumber { get; init; }
    public string? SupplierNumber { get; init; }
    public string? Name { get; init; }
    public string? OrganisationNumber { get; init; }
    public string? Address1 { get; init; }
    public string? Address2 { get; init; }
    public string? ZipCode { get; init; }
    public string? City { get; init; }
    public string? CountryCode { get; init; }
    public string? Currency { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }
    public bool? Active { get; init; }
}

internal sealed record SupplierList(ListedCustomer?[]? Suppliers, MetaInformation? MetaInformation);

internal sealed record CustomerAnswer(Customer? Customer);

/// <summary>Read, and written without what is null: Fortnox changes only what it is sent.</summary>
internal sealed record Customer
{
    public string? CustomerNumber { get; init; }
    public string? Name { get; init; }
    public string? OrganisationNumber { get; init; }
    public string? Type { get; init; }
    [JsonPropertyName("VATNumber")] public string? VatNumber { get; init; }
    [JsonPropertyName("VATType")] public string? VatType { get; init; }
    public string? Address1 { get; init; }
    public string? Address2 { get; init; }
    public string? ZipCode { get; init; }
    public string? City { get; init; }
    public string? CountryCode { get; init; }
    public string? DeliveryAddress1 { get; init; }
    public string? DeliveryAddress2 { get; init; }
    public string? DeliveryZipCode { get; init; }
    public string? DeliveryCity { get; init; }
    public string? DeliveryCountryCode { get; init; }
    public string? Email { get; init; }
    public string? EmailInvoice { get; init; }
    public string? Phone1 { get; init; }
    [JsonPropertyName("WWW")] public string? Website { get; init; }
    public string? Currency { get; init; }
    [JsonPropertyName("GLN")] public string? Gln { get; init; }
    /// <summary>Written with up to 50 characters.</summary>
    public string? OurReference { get; init; }
    public bool? Active { get; init; }
}

internal sealed record InvoiceList(Invoice?[]? Invoices, MetaInformation? MetaInformation);
internal sealed record InvoiceAnswer(Invoice? Invoice);

internal sealed record Invoice
{
    public string? DocumentNumber { get; init; }
    public string? CustomerNumber { get; init; }
    public DateOnly? InvoiceDate { get; init; }
    public DateOnly? DueDate { get; init; }
    public decimal? Total { get; init; }
    public decimal? Balance { get; init; }
    public string? Currency { get; init; }
    /// <summary>Kronor for <see cref="CurrencyUnit"/> of the invoice's currency; lists write it as a text.</summary>
    public decimal? CurrencyRate { get; init; }
    public decimal? CurrencyUnit { get; init; }
    public bool? Booked { get; init; }
    public bool? Sent { get; init; }
    public bool? Cancelled { get; init; }
    public string? ExternalInvoiceReference1 { get; init; }
    /// <summary>Only in an invoice by itself.</summary>
    public decimal? Net { get; init; }
    /// <summary>Only in an invoice by itself.</summary>
    public bool? Credit { get; init; }
}

internal sealed record PaymentList(InvoicePayment?[]? InvoicePayments, MetaInformation? MetaInformation);
internal sealed record InvoicePayment(string? InvoiceNumber);

internal sealed record MetaInformation
{
    [JsonPropertyName("@TotalResources")] public decimal? TotalResources { get; init; }
    [JsonPropertyName("@TotalPages")] public decimal? TotalPages { get; init; }
}

/// <summary>Its members are written in two ways, <c>error</c> and <c>Error</c>.</summary>
internal sealed record ErrorAnswer(ErrorInformation? ErrorInformation);
internal sealed record ErrorInformation(string? Message, decimal? Code);

[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(LooseText), typeof(LooseNumber), typeof(LooseDay), typeof(LooseFlag)])]
[JsonSerializable(typeof(CompanyAnswer))]
[JsonSerializable(typeof(CustomerList))]
[JsonSerializable(typeof(CustomerAnswer))]
[JsonSerializable(typeof(SupplierList))]
[JsonSerializable(typeof(InvoiceList))]
[JsonSerializable(typeof(InvoiceAnswer))]
[JsonSerializable(typeof(PaymentList))]
[JsonSerializable(typeof(ErrorAnswer))]
[JsonSerializable(typeof(ReceivablesCursor))]
internal sealed partial class FortnoxJson : JsonSerializerContext;
