using System.Text.Json.Nodes;

namespace Crm.Plugins.Visma;

/// <summary>Customers as Visma wants them written: whole.</summary>
internal static class Writing
{
    /// <summary>Visma's own, which it does not take back.</summary>
    private static readonly string[] ReadOnly = ["Id", "TermsOfPayment", "LastInvoiceDate", "ChangedUtc", "UnpaidInvoicesAmount", "PayToAccountId", "MessageThreads", "Notes", "IsFutureInvoiceDateAllowed", "RequiresReferenceNumber"];

    /// <summary>A new one has its invoices mailed to its general address unless it has another for them.</summary>
    public static JsonObject New(AccountingCustomer customer, string terms)
    {
        var written = Changed([], customer with { InvoiceEmail = customer.InvoiceEmail ?? customer.Email });
        if (customer.Number.OrNull() is { } number) written["CustomerNumber"] = number;
        written["TermsOfPaymentId"] = terms;
        written["IsPrivatePerson"] = false;
        written["IsActive"] = customer.IsActive ?? true;
        return written;
    }

    /// <summary>A customer with what is to be changed; the rest stays, also what this plugin knows nothing of.</summary>
    public static JsonObject Changed(JsonObject whole, AccountingCustomer customer)
    {
        // What is left out is cleared; whether null would be taken is not told.
        foreach (var name in ReadOnly.Concat(whole.Where(m => m.Value is null).Select(m => m.Key)).ToArray()) whole.Remove(name);
        Set("Name", customer.Name);
        Set("CorporateIdentityNumber", customer.OrganisationNumber is { Length: 10 } number && number.All(char.IsAsciiDigit) ? $"{number[..6]}-{number[6..]}" : customer.OrganisationNumber);
        Set("VatNumber", customer.VatNumber);
        Set("EmailAddress", customer.InvoiceEmail);
        Set("Telephone", customer.Phone);
        Set("WwwAddress", customer.Website);
        Set("EdiGlnNumber", customer.Gln);
        Set("CurrencyCode", customer.Currency);
        Address("Invoice", customer.Invoice);
        Address("Delivery", customer.Delivery);
        if (customer.IsActive is { } isActive) whole["IsActive"] = isActive;
        return whole;

        void Set(string name, string? value)
        {
            if (value is null) return;
            if (value.Length == 0) whole.Remove(name);
            else whole[name] = value;
        }

        void Address(string kind, PostalAddress? address)
        {
            if (address is null) return;
            if (address.Street is not null || address.CareOf is not null)
            {
                string[] lines = [.. $"{(address.CareOf.OrNull() is { } care ? $"c/o {care}" : null)}\n{address.Street}".Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
                Set($"{kind}Address1", lines.Length > 0 ? lines[0] : "");
                Set($"{kind}Address2", string.Join(", ", lines.Skip(1)));
            }
            Set($"{kind}PostalCode", address.PostCode);
            Set($"{kind}City", address.City);
            Set($"{kind}CountryCode", address.Country);
        }
    }
}
