using System.Globalization;

namespace Crm.Plugins.Fortnox;

/// <summary>Fortnox, Swedish: customers, invoices, what customers owe, suppliers.</summary>
public sealed class FortnoxPlugin : IPlugin, IAccountingSystem
{
    /// <summary>So many invoices are asked for one by one in a call, where their net amounts are wanted.</summary>
    private const int DetailsAPage = 50;

    private readonly ServiceTokens _service = new();

    /// <inheritdoc />
    public async ValueTask<PluginHealth> TestConnectionAsync(IPluginCall call, CancellationToken ct) => new() { IsHealthy = true, Detail = (await CompanyAsync(call, ct)).Name };

    /// <inheritdoc />
    public async ValueTask<AccountingCompany> CompanyAsync(IPluginCall call, CancellationToken ct)
    {
        var told = (await Api(call).GetAsync("companyinformation", FortnoxJson.Default.CompanyAnswer, ct))?.CompanyInformation;
        return told?.DatabaseNumber.OrNull() is not { } id || told.CompanyName.OrNull() is not { } name ? throw new PluginException(PluginErrorKind.Unavailable, "Fortnox does not tell which company it is.")
            : new() { Id = id, Name = name, OrganisationNumber = Mapping.Digits(told.OrganizationNumber), Currency = call.Settings.Text("currency") ?? "SEK" };
    }

    /// <inheritdoc />
    public async ValueTask<AccountingPage<AccountingCustomer>> CustomersAsync(IPluginCall call, AccountingQuery query, CancellationToken ct)
    {
        var (api, page) = (Api(call), Page(query));
        var (list, at) = await api.PageAsync("customers", "&sortby=customernumber&sortorder=ascending" + api.ChangedSince(query.ChangedSince), page, FortnoxApi.PageSize, FortnoxJson.Default.CustomerList, ct);
        return PageOf(list.Customers, c => c.ToCustomer(c.CustomerNumber), list.MetaInformation, page, FortnoxApi.PageSize, at);
    }

    /// <inheritdoc />
    public async ValueTask<AccountingPage<AccountingCustomer>> SuppliersAsync(IPluginCall call, AccountingQuery query, CancellationToken ct)
    {
        var (api, page) = (Api(call), Page(query));
        var (list, at) = await api.PageAsync("suppliers", api.ChangedSince(query.ChangedSince), page, FortnoxApi.PageSize, FortnoxJson.Default.SupplierList, ct);
        return PageOf(list.Suppliers, s => s.ToCustomer(s.SupplierNumber), list.MetaInformation, page, FortnoxApi.PageSize, at);
    }

    /// <inheritdoc />
    public async ValueTask<AccountingPage<AccountingInvoice>> InvoicesAsync(IPluginCall call, AccountingQuery query, CancellationToken ct)
    {
        var (api, page, inOwn, wantsNet) = (Api(call), Page(query), Receivables.IsInInvoiceCurrency(call), call.Settings.Flag("invoiceDetails"));
        var size = wantsNet ? DetailsAPage : FortnoxApi.PageSize;
        var (list, at) = await api.PageAsync("invoices", "&sortby=documentnumber&sortorder=ascending" + api.ChangedSince(query.ChangedSince), page, size, FortnoxJson.Default.InvoiceList, ct);
        var invoices = list.Invoices ?? [];
        for (var i = 0; wantsNet && i < invoices.Length; i++)
        {
            if (invoices[i]?.DocumentNumber is { } number) invoices[i] = (await api.GetAsync($"invoices/{Uri.EscapeDataString(number)}", FortnoxJson.Default.InvoiceAnswer, ct))?.Invoice ?? invoices[i];
        }
        return PageOf(invoices, i => i.ToInvoice(inOwn), list.MetaInformation, page, size, at);
    }

    /// <inheritdoc />
    public ValueTask<AccountingPage<AccountingBalance>> BalancesAsync(IPluginCall call, AccountingQuery query, CancellationToken ct) => Receivables.PageAsync(call, Api(call), query, ct);

    /// <inheritdoc />
    public async ValueTask<AccountingCustomer?> CustomerAsync(IPluginCall call, string id, CancellationToken ct) =>
        (await Api(call).GetAsync(Path(id), FortnoxJson.Default.CustomerAnswer, ct))?.Customer?.ToCustomer();

    /// <inheritdoc />
    public async ValueTask<AccountingCustomer[]> FindCustomersAsync(IPluginCall call, string organisationNumber, CancellationToken ct)
    {
        if (Mapping.Digits(organisationNumber) is not { Length: >= 6 } wanted) return [];
        // Fortnox finds what contains the text as it was typed. The first six digits stand together in every spelling.
        List<AccountingCustomer> found = [];
        for (var page = 1; ; page++)
        {
            var (list, at) = await Api(call).PageAsync("customers", $"&organisationnumber={wanted[..6]}", page, FortnoxApi.PageSize, FortnoxJson.Default.CustomerList, ct);
            var part = PageOf(list.Customers, c => c.ToCustomer(c.CustomerNumber), list.MetaInformation, page, FortnoxApi.PageSize, at);
            found.AddRange(part.Items.Where(c => Mapping.Digits(c.OrganisationNumber) == wanted));
            if (part.Cursor is null) return [.. found];
        }
    }

    /// <inheritdoc />
    public async ValueTask<AccountingCustomer> CreateCustomerAsync(IPluginCall call, AccountingCustomer customer, CancellationToken ct) =>
        (await Api(call).WriteAsync(HttpMethod.Post, "customers", customer.ToFortnox(isNew: true), ct)).Answered(customer) ?? throw new PluginException(PluginErrorKind.Unavailable, "Fortnox answered a customer without a number.");

    /// <inheritdoc />
    public async ValueTask<AccountingCustomer> UpdateCustomerAsync(IPluginCall call, AccountingCustomer customer, CancellationToken ct)
    {
        var path = Path(customer.Id ?? throw new PluginException(PluginErrorKind.Invalid, "A customer that is changed has an id."));
        // Fortnox changes only what it is sent, by its documentation; by its specification a customer without a name is none.
        var name = customer.Name ?? (await CustomerAsync(call, customer.Id, ct) ?? throw new PluginException(PluginErrorKind.NotFound, "Fortnox has no such customer any more.")).Name;
        return (await Api(call).WriteAsync(HttpMethod.Put, path, (customer with { Name = name }).ToFortnox(isNew: false), ct)).Answered(customer) ?? throw new PluginException(PluginErrorKind.Unavailable, "Fortnox answered a customer without a number.");
    }

    private static string Path(string id) => $"customers/{Uri.EscapeDataString(id)}";

    private static int Page(AccountingQuery query) => query.Cursor is null ? 1
        : int.TryParse(query.Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page > 1 ? page : throw new PluginException(PluginErrorKind.Invalid, "The cursor is none of this plugin's.");

    private static AccountingPage<T> PageOf<TListed, T>(TListed?[]? listed, Func<TListed, T?> map, MetaInformation? meta, int page, int size, DateTimeOffset? at) where TListed : class where T : class => new()
    {
        Items = [.. (listed ?? []).OfType<TListed>().Select(map).OfType<T>()], Total = (long?)meta?.TotalResources, AsOf = at, Cursor = HasMore(meta, page, size, listed?.Length ?? 0) ? (page + 1).ToString(CultureInfo.InvariantCulture) : null,
    };

    /// <summary>An answer without its count goes on until a page is not full.</summary>
    internal static bool HasMore(MetaInformation? meta, int page, int size, int listed) => listed > 0 && (meta?.TotalPages is { } pages ? page < pages : listed == size);

    private FortnoxApi Api(IPluginCall call) => new(call, _service);
}
