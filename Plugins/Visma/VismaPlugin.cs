using System.Globalization;

namespace Crm.Plugins.Visma;

/// <summary>Visma eEkonomi, today Spiris Bokföring &amp; Fakturering and elsewhere eAccounting: customers, invoices, what customers owe, suppliers.</summary>
public sealed class VismaPlugin : IPlugin, IAccountingSystem
{
    /// <inheritdoc />
    public async ValueTask<PluginHealth> TestConnectionAsync(IPluginCall call, CancellationToken ct) => new() { IsHealthy = true, Detail = (await CompanyAsync(call, ct)).Name };

    /// <inheritdoc />
    public async ValueTask<AccountingCompany> CompanyAsync(IPluginCall call, CancellationToken ct)
    {
        var told = await new VismaApi(call).GetAsync("companysettings", VismaJson.Default.CompanySettings, ct);
        // Visma tells no id of the company; nobody else has its number.
        return told?.Name is not { } name || told.CurrencyCode is not { } currency ? throw new PluginException(PluginErrorKind.Unavailable, "Visma does not tell which company it is.")
            : new() { Id = Mapping.Digits(told.CorporateIdentityNumber) ?? name, Name = name, OrganisationNumber = Mapping.Digits(told.CorporateIdentityNumber), Currency = currency };
    }

    /// <inheritdoc />
    public async ValueTask<AccountingPage<AccountingCustomer>> CustomersAsync(IPluginCall call, AccountingQuery query, CancellationToken ct)
    {
        var page = Paging.Page(query.Cursor);
        var list = await new VismaApi(call).PageAsync("customers", page, "CustomerNumber", query.ChangedSince is { } since ? $"ChangedUtc ge {Paging.Instant(since)}" : null, null, VismaJson.Default.Customers, ct);
        return Paging.Of(list, page, c => c.ToCustomer());
    }

    /// <inheritdoc />
    public async ValueTask<AccountingPage<AccountingCustomer>> SuppliersAsync(IPluginCall call, AccountingQuery query, CancellationToken ct)
    {
        var page = Paging.Page(query.Cursor);
        var filter = query.ChangedSince is { } since ? $"ModifiedUtc ge {Paging.Instant(since)}" : null;
        Page<Supplier> list;
        // Whether suppliers can be filtered by it is not told; if not, all are read.
        try { list = await PageAsync(filter); }
        catch (PluginException unknown) when (filter is not null && VismaErrors.IsBadQuery(unknown)) { list = await PageAsync(null); }
        return Paging.Of(list, page, s => s.ToCustomer());

        ValueTask<Page<Supplier>> PageAsync(string? wanted) => new VismaApi(call).PageAsync("suppliers", page, "SupplierNumber", wanted, null, VismaJson.Default.Suppliers, ct);
    }

    /// <inheritdoc />
    public async ValueTask<AccountingPage<AccountingInvoice>> InvoicesAsync(IPluginCall call, AccountingQuery query, CancellationToken ct)
    {
        var (page, tellsSent) = (Paging.Page(query.Cursor), call.Settings.Flag("sendTypeMeansSent"));
        var list = await new VismaApi(call).PageAsync("customerinvoices", page, "InvoiceNumber", null, query.ChangedSince is { } since ? $"modifiedSinceUtc={Uri.EscapeDataString(Paging.Instant(since))}" : null, VismaJson.Default.Invoices, ct);
        return Paging.Of(list, page, i => i.ToInvoice(tellsSent));
    }

    /// <inheritdoc />
    public ValueTask<AccountingPage<AccountingBalance>> BalancesAsync(IPluginCall call, AccountingQuery query, CancellationToken ct) =>
        call.Settings.Text("balanceFrom") == "ledger" ? Receivables.OfLedgerAsync(call, new(call), ct) : Receivables.OfCustomersAsync(call, new(call), query, ct);

    /// <inheritdoc />
    public async ValueTask<AccountingCustomer?> CustomerAsync(IPluginCall call, string id, CancellationToken ct) =>
        Guid.TryParse(id, out var guid) ? (await new VismaApi(call).GetAsync($"customers/{guid}", VismaJson.Default.Customer, ct))?.ToCustomer() : null;

    /// <inheritdoc />
    public async ValueTask<AccountingCustomer[]> FindCustomersAsync(IPluginCall call, string organisationNumber, CancellationToken ct)
    {
        if (Mapping.Digits(organisationNumber) is not { } wanted) return [];
        string[] spellings = wanted.Length == 10 ? [wanted, $"{wanted[..6]}-{wanted[6..]}"] : [wanted];
        var filter = string.Join(" or ", spellings.Select(s => $"CorporateIdentityNumber eq '{s}'"));
        List<AccountingCustomer> found = [];
        for (var (page, isFiltered) = (1, true); ;)
        {
            Page<Customer> list;
            try { list = await new VismaApi(call).PageAsync("customers", page, "CustomerNumber", isFiltered ? filter : null, null, VismaJson.Default.Customers, ct); }
            catch (PluginException unknown) when (isFiltered && VismaErrors.IsBadQuery(unknown)) { isFiltered = false; continue; }
            var part = Paging.Of(list, page++, c => c.ToCustomer());
            found.AddRange(part.Items.Where(c => c.OrganisationNumber == wanted));
            if (part.Cursor is null) return [.. found];
        }
    }

    /// <inheritdoc />
    public async ValueTask<AccountingCustomer> CreateCustomerAsync(IPluginCall call, AccountingCustomer customer, CancellationToken ct)
    {
        var api = new VismaApi(call);
        if (customer.Name.OrNull() is null || customer.Invoice?.PostCode.OrNull() is null || customer.Invoice.City.OrNull() is null) throw new PluginException(PluginErrorKind.Invalid, "Visma takes no customer without a name, a post code and a town.");
        return Whole(await api.WriteAsync(HttpMethod.Post, "customers", Writing.New(customer, await TermsAsync(call, api, ct)), ct));
    }

    /// <inheritdoc />
    public async ValueTask<AccountingCustomer> UpdateCustomerAsync(IPluginCall call, AccountingCustomer customer, CancellationToken ct)
    {
        var (api, path) = (new VismaApi(call), Guid.TryParse(customer.Id, out var id) ? $"customers/{id}" : throw new PluginException(PluginErrorKind.Invalid, "A customer that is changed has an id."));
        // A PUT replaces everything, so it begins with what there is.
        var whole = await api.WholeAsync(path, ct) ?? throw new PluginException(PluginErrorKind.NotFound, "Visma has no such customer any more.");
        return Whole(await api.WriteAsync(HttpMethod.Put, path, Writing.Changed(whole, customer), ct));
    }

    /// <summary>Visma wants terms of payment: those for sales with as many days as the company has set.</summary>
    private static async ValueTask<string> TermsAsync(IPluginCall call, VismaApi api, CancellationToken ct)
    {
        var days = call.Settings.Number("paymentDays") ?? 30;
        var list = await api.PageAsync("termsofpayments", 1, "NumberOfDays", null, null, VismaJson.Default.TermsOfPayment, ct);
        return (list.Data ?? []).FirstOrDefault(t => t is { AvailableForSales: not false, TermsOfPaymentTypeId: null or 0 } && t.NumberOfDays == days)?.Id
            ?? throw new PluginException(PluginErrorKind.NotConfigured, string.Create(CultureInfo.InvariantCulture, $"Visma has no terms of payment with {days} days for sales; change the setting or make them there."));
    }

    private static AccountingCustomer Whole(Customer written) => written.ToCustomer() ?? throw new PluginException(PluginErrorKind.Unavailable, "Visma answered a customer without an id.");
}
