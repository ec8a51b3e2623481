using System.Text.Json.Serialization;

namespace Crm.Plugins.Visma;

internal sealed record CompanySettings(string? Name, string? CorporateIdentityNumber, string? CurrencyCode);

internal sealed record Page<T>(Meta? Meta, T[]? Data);
internal sealed record Meta(decimal? TotalNumberOfPages, decimal? TotalNumberOfResults, string? ServerTimeUtc);

internal sealed record Customer
{
    public string? Id { get; init; }
    public string? CustomerNumber { get; init; }
    public string? CorporateIdentityNumber { get; init; }
    public string? VatNumber { get; init; }
    public string? Name { get; init; }
    public string? CurrencyCode { get; init; }
    public string? EmailAddress { get; init; }
    public string? InvoiceAddress1 { get; init; }
    public string? InvoiceAddress2 { get; init; }
    public string? InvoicePostalCode { get; init; }
    public string? InvoiceCity { get; init; }
    public string? InvoiceCountryCode { get; init; }
    public string? DeliveryAddress1 { get; init; }
    public string? DeliveryAddress2 { get; init; }
    public string? DeliveryPostalCode { get; init; }
    public string? DeliveryCity { get; init; }
    public string? DeliveryCountryCode { get; init; }
    public string? Telephone { get; init; }
    public string? MobilePhone { get; init; }
    public string? WwwAddress { get; init; }
    public string? EdiGlnNumber { get; init; }
    [JsonPropertyName("GLN")] public string? Gln { get; init; }
    public bool? IsActive { get; init; }
    public string? ChangedUtc { get; init; }
    public decimal? UnpaidInvoicesAmount { get; init; }
}

internal sealed record Supplier
{
    public string? Id { get; init; }
    public string? SupplierNumber { get; init; }
    public string? CorporateIdentityNumber { get; init; }
    public string? Name { get; init; }
    public string? Address1 { get; init; }
    public string? Address2 { get; init; }
    public string? PostalCode { get; init; }
    public string? City { get; init; }
    public string? CountryCode { get; init; }
    public string? CurrencyCode { get; init; }
    public string? EmailAddress { get; init; }
    public string? Telephone { get; init; }
    public bool? IsActive { get; init; }
    public string? ModifiedUtc { get; init; }
}

/// <summary>An invoice, or an item of the customer ledger: both have what is read of them.</summary>
internal sealed record Invoice
{
    public string? Id { get; init; }
    public string? InvoiceNumber { get; init; }
    public string? CustomerId { get; init; }
    public DateOnly? InvoiceDate { get; init; }
    public DateOnly? DueDate { get; init; }
    public string? CurrencyCode { get; init; }
    public decimal? TotalAmountInvoiceCurrency { get; init; }
    public decimal? TotalVatAmountInvoiceCurrency { get; init; }
    public decimal? RemainingAmountInvoiceCurrency { get; init; }
    public bool? IsCreditInvoice { get; init; }
    public decimal? SendType { get; init; }
    public bool? IsNotDelivered { get; init; }
    public string? YourReference { get; init; }
    public string? ModifiedUtc { get; init; }
}

internal sealed record Terms
{
    public string? Id { get; init; }
    public decimal? NumberOfDays { get; init; }
    /// <summary>0 = so many days.</summary>
    public decimal? TermsOfPaymentTypeId { get; init; }
    public bool? AvailableForSales { get; init; }
}

internal sealed record ErrorAnswer(decimal? ErrorCode, string? DeveloperErrorMessage, string? ErrorId, ErrorField?[]? Errors);
internal sealed record ErrorField(string? Field, string? Message);

[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true, Converters = [typeof(LooseText), typeof(LooseNumber), typeof(LooseDay), typeof(LooseFlag)])]
[JsonSerializable(typeof(CompanySettings))]
[JsonSerializable(typeof(Page<Customer>), TypeInfoPropertyName = "Customers")]
[JsonSerializable(typeof(Page<Supplier>), TypeInfoPropertyName = "Suppliers")]
[JsonSerializable(typeof(Page<Invoice>), TypeInfoPropertyName = "Invoices")]
[JsonSerializable(typeof(Page<Terms>), TypeInfoPropertyName = "TermsOfPayment")]
[JsonSerializable(typeof(Customer))]
[JsonSerializable(typeof(ErrorAnswer))]
internal sealed partial class VismaJson : JsonSerializerContext;
