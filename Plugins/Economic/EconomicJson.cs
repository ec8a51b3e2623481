using System.Text.Json;
using System.Text.Json.Serialization;

namespace Crm.Plugins.Economic;

internal sealed record Self(decimal? AgreementNumber, SelfCompany? Company, SelfSettings? Settings);
internal sealed record SelfCompany(string? Name, string? CompanyIdentificationNumber);
internal sealed record SelfSettings(string? BaseCurrency);

internal sealed record Page<T>(T[]? Collection, Pagination? Pagination);
internal sealed record Pagination(decimal? Results, string? NextPage);

internal sealed record Customer
{
    public decimal? CustomerNumber { get; init; }
    public string? Name { get; init; }
    public string? CorporateIdentificationNumber { get; init; }
    public string? VatNumber { get; init; }
    public string? Address { get; init; }
    public string? Zip { get; init; }
    public string? City { get; init; }
    public string? Country { get; init; }
    public string? Email { get; init; }
    public string? TelephoneAndFaxNumber { get; init; }
    public string? MobilePhone { get; init; }
    public string? Website { get; init; }
    public string? Ean { get; init; }
    public string? Currency { get; init; }
    public decimal? CreditLimit { get; init; }
    public bool? Barred { get; init; }
    public GroupOf? CustomerGroup { get; init; }
    public EmployeeOf? SalesPerson { get; init; }
    public decimal? Balance { get; init; }
    public decimal? DueAmount { get; init; }
    /// <summary>Declared a date, written as an instant.</summary>
    public string? LastUpdated { get; init; }
}

internal sealed record GroupOf(decimal? CustomerGroupNumber);
internal sealed record EmployeeOf(decimal? EmployeeNumber);
internal sealed record Employee(decimal? EmployeeNumber, string? Name, string? Email, bool? Barred);

internal sealed record Supplier
{
    public decimal? SupplierNumber { get; init; }
    public string? Name { get; init; }
    public string? CorporateIdentificationNumber { get; init; }
    public string? Address { get; init; }
    public string? Zip { get; init; }
    public string? City { get; init; }
    public string? Country { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }
    public string? Currency { get; init; }
    public bool? Barred { get; init; }
}

internal sealed record Invoice
{
    public decimal? BookedInvoiceNumber { get; init; }
    public DateOnly? Date { get; init; }
    public DateOnly? DueDate { get; init; }
    public string? Currency { get; init; }
    public decimal? NetAmount { get; init; }
    public decimal? GrossAmount { get; init; }
    public decimal? Remainder { get; init; }
    public CustomerOf? Customer { get; init; }
    public References? References { get; init; }
}

internal sealed record References(string? Other);

internal sealed record CustomerOf(decimal? CustomerNumber);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(LooseText), typeof(LooseNumber), typeof(LooseDay), typeof(LooseFlag)])]
[JsonSerializable(typeof(Self))]
[JsonSerializable(typeof(Page<Customer>), TypeInfoPropertyName = "Customers")]
[JsonSerializable(typeof(Page<Supplier>), TypeInfoPropertyName = "Suppliers")]
[JsonSerializable(typeof(Page<Employee>), TypeInfoPropertyName = "Employees")]
[JsonSerializable(typeof(Page<Invoice>), TypeInfoPropertyName = "Invoices")]
[JsonSerializable(typeof(Customer))]
internal sealed partial class EconomicJson : JsonSerializerContext;
