using System.Globalization;

namespace Crm.Plugins.Economic;

/// <summary>e-conomic, Danish: customers, booked invoices, what customers owe, suppliers.</summary>
public sealed class EconomicPlugin : IPlugin, IAccountingSystem
{
    /// <inheritdoc />
    public async ValueTask<PluginHealth> TestConnectionAsync(IPluginCall call, CancellationToken ct) => new() { IsHealthy = true, Detail = (await CompanyAsync(call, ct)).Name };

    /// <inheritdoc />
    public async ValueTask<AccountingCompany> CompanyAsync(IPluginCall call, CancellationToken ct)
    {
        var self = await new EconomicApi(call).GetAsync("self", EconomicJson.Default.Self, ct);
        return self?.AgreementNumber is not { } number || self.Company?.Name is not { } name || self.Settings?.BaseCurrency is not { } currency ? throw new PluginException(PluginErrorKind.Unavailable, "e-conomic does not tell whose agreement it is.")
            : new() { Id = Mapping.Text(number), Name = name, OrganisationNumber = Mapping.Digits(self.Company.CompanyIdentificationNumber), Currency = currency };
    }

    /// <inheritdoc />
    public async ValueTask<AccountingPage<AccountingCustomer>> CustomersAsync(IPluginCall call, AccountingQuery query, CancellationToken ct)
    {
        var (api, after) = (new EconomicApi(call), CustomerCursor.Of(query.Cursor));
        // By number, and each page after the last number of the one before: nobody moves between pages, whatever is changed meanwhile.
        var (list, at) = await api.PageAsync(Lists.After("customers", "customerNumber", after?.Number, Since(query)), EconomicJson.Default.Customers, ct);
        var customers = list.Collection ?? [];
        var currency = after?.Currency ?? (customers.Any(c => c.CreditLimit is not null) ? await Mapping.BalanceCurrencyAsync(call, api, ct, query.Currency) : null);
        var employees = await Employees.OfAsync(api, customers, ct);
        return new()
        {
            Items = [.. customers.Select(c => c.ToCustomer(currency, employees)).OfType<AccountingCustomer>()], AsOf = at, Total = after is null ? (long?)list.Pagination?.Results : null,
            Cursor = Lists.Next(list, c => c.CustomerNumber) is { } last ? new CustomerCursor(last, currency).ToString() : null,
        };
    }

    /// <inheritdoc />
    public ValueTask<AccountingPage<AccountingBalance>> BalancesAsync(IPluginCall call, AccountingQuery query, CancellationToken ct) =>
        call.Settings.Text("balanceFrom") == "invoices" ? Receivables.OfInvoicesAsync(call, new(call), ct) : Receivables.OfCustomersAsync(call, new(call), query, ct);

    /// <inheritdoc />
    public ValueTask<AccountingPage<AccountingInvoice>> InvoicesAsync(IPluginCall call, AccountingQuery query, CancellationToken ct) => Invoices.PageAsync(call, new(call), query, ct);

    /// <inheritdoc />
    public async ValueTask<AccountingCustomer?> CustomerAsync(IPluginCall call, string id, CancellationToken ct)
    {
        if (!Mapping.IsNumber(id)) return null;
        var api = new EconomicApi(call);
        return await api.GetAsync($"customers/{id}", EconomicJson.Default.Customer, ct) is { } found ? await WholeAsync(call, api, found, ct) : null;
    }

    /// <inheritdoc />
    public async ValueTask<AccountingCustomer[]> FindCustomersAsync(IPluginCall call, string organisationNumber, CancellationToken ct)
    {
        if (Mapping.Digits(organisationNumber) is not { } wanted) return [];
        string[] spellings = wanted.Length == 8 ? [wanted, $"DK{wanted}", $"{wanted[..2]} {wanted[2..4]} {wanted[4..6]} {wanted[6..]}"] : [wanted];
        var filter = string.Join("$or:", spellings.Select(s => $"corporateIdentificationNumber$eq:{s}"));
        var api = new EconomicApi(call);
        var (list, _) = await api.PageAsync($"customers?pagesize={EconomicApi.PageSize}&filter={Uri.EscapeDataString(filter)}", EconomicJson.Default.Customers, ct);
        var employees = await Employees.OfAsync(api, list.Collection ?? [], ct);
        return [.. (list.Collection ?? []).Select(c => c.ToCustomer(null, employees)).OfType<AccountingCustomer>().Where(c => c.OrganisationNumber == wanted)];
    }

    /// <inheritdoc />
    public async ValueTask<AccountingCustomer> CreateCustomerAsync(IPluginCall call, AccountingCustomer customer, CancellationToken ct)
    {
        var api = new EconomicApi(call);
        var currency = customer.Currency.OrNull() ?? await api.BaseCurrencyAsync(ct);
        var limitIn = customer.CreditLimit is null ? null : await Mapping.BalanceCurrencyAsync(call, api, ct);
        var (owner, employees, leftOut) = await SalesPersonAsync(api, customer.Owner, ct);
        return Answered(await api.WriteAsync(HttpMethod.Post, "customers", Writing.New(call.Settings, customer, currency, owner), ct), limitIn, employees) with { LeftOut = leftOut };
    }

    /// <inheritdoc />
    public async ValueTask<AccountingCustomer> UpdateCustomerAsync(IPluginCall call, AccountingCustomer customer, CancellationToken ct)
    {
        var (api, path) = (new EconomicApi(call), $"customers/{(Mapping.IsNumber(customer.Id) ? customer.Id : throw new PluginException(PluginErrorKind.Invalid, "A customer that is changed has an id, a number."))}");
        // A PUT clears what it leaves out and makes what is not there, so it begins with what there is.
        var whole = await api.WholeAsync(path, ct) ?? throw new PluginException(PluginErrorKind.NotFound, "e-conomic has no such customer any more.");
        var limitIn = customer.CreditLimit is null && whole["creditLimit"] is null ? null : await Mapping.BalanceCurrencyAsync(call, api, ct);
        var (owner, employees, leftOut) = await SalesPersonAsync(api, customer.Owner, ct);
        return Answered(await api.WriteAsync(HttpMethod.Put, path, Writing.Changed(whole, customer, owner), ct), limitIn, employees) with { LeftOut = leftOut };
    }

    /// <inheritdoc />
    public async ValueTask<AccountingPage<AccountingCustomer>> SuppliersAsync(IPluginCall call, AccountingQuery query, CancellationToken ct)
    {
        var skip = Lists.Number(query.Cursor) ?? 0;
        var (list, at) = await new EconomicApi(call).PageAsync(string.Create(CultureInfo.InvariantCulture, $"suppliers?pagesize={EconomicApi.PageSize}&skippages={skip}"), EconomicJson.Default.Suppliers, ct);
        return new() { Items = [.. (list.Collection ?? []).Select(s => s.ToCustomer()).OfType<AccountingCustomer>()], AsOf = at, Total = (long?)list.Pagination?.Results, Cursor = Lists.HasMore(list) ? Mapping.Text(skip + 1) : null };
    }

    private static async ValueTask<AccountingCustomer> WholeAsync(IPluginCall call, EconomicApi api, Customer found, CancellationToken ct) =>
        Answered(found, found.CreditLimit is null ? null : await Mapping.BalanceCurrencyAsync(call, api, ct), await Employees.OfAsync(api, [found], ct));

    /// <summary>Asks for nothing more: once something is written, nothing may fail.</summary>
    private static AccountingCustomer Answered(Customer found, string? limitIn, Employees employees) =>
        found.ToCustomer(limitIn, employees) ?? throw new PluginException(PluginErrorKind.Unavailable, "e-conomic answered a customer without a number.");

    /// <summary>The number of who is to be the sales person: 0 = nobody, null = whoever is. With whom it was found among, and why nobody could be found.</summary>
    private static async ValueTask<(long? Number, Employees All, string? LeftOut)> SalesPersonAsync(EconomicApi api, AccountingPerson? owner, CancellationToken ct)
    {
        if (owner is null) return (null, Employees.Unknown, null);
        if ((owner.Name.OrNull() ?? owner.Email.OrNull()) is null) return (0, Employees.Unknown, null);
        try
        {
            var employees = await Employees.ReadAsync(api, ct);
            return employees.Find(owner) is { } number ? (number, employees, null) : (null, employees, Employees.NotFound);
        }
        catch (PluginException refused) when (refused.Kind == PluginErrorKind.Forbidden) { return (null, Employees.Unknown, Employees.NotAllowed); }
    }

    /// <summary>With five minutes to spare: the instant may come from another clock.</summary>
    private static string? Since(AccountingQuery query) =>
        query.ChangedSince is { } since ? $"lastUpdated$gte:{since.UtcDateTime.AddMinutes(-5).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}" : null;
}
