namespace Crm.Plugins;

/// <summary>
/// Capability <c>accounting</c>: customers, open receivables and invoices of one accounting system. Everything is read in pages that the CRM stores
/// before it asks for the next, so a page is all that a plugin holds in memory. Nothing here books, sends or deletes anything.
/// </summary>
public interface IAccountingSystem
{
    /// <summary>Who the connected company is there. Asked when a connection is made, and behind "Test connection".</summary>
    /// <exception cref="PluginException">The system cannot be asked.</exception>
    ValueTask<AccountingCompany> CompanyAsync(IPluginCall call, CancellationToken ct);

    /// <summary>A page of customers, those that changed since an instant or all.</summary>
    /// <exception cref="PluginException">The system cannot be asked.</exception>
    ValueTask<AccountingPage<AccountingCustomer>> CustomersAsync(IPluginCall call, AccountingQuery query, CancellationToken ct);

    /// <summary>
    /// A page of open receivables, one row per customer and currency, all rows of a customer on one page. A customer without a row owes nothing, once all pages have
    /// been read; unless the page says <see cref="AccountingPage{T}.IsPartial"/>.
    /// </summary>
    /// <exception cref="PluginException">
    /// The system cannot be asked. <see cref="PluginErrorKind.Conflict"/>: something was paid or booked between two pages, so that a row may be missing; begin again with the first.
    /// </exception>
    ValueTask<AccountingPage<AccountingBalance>> BalancesAsync(IPluginCall call, AccountingQuery query, CancellationToken ct);

    /// <summary>
    /// A page of invoices and credit notes, those that changed since an instant or all. A system that does not tell which changed answers those that are not old and
    /// those of <see cref="AccountingQuery.Unpaid"/>; reading all now and then finds the rest.
    /// </summary>
    /// <exception cref="PluginException">The system cannot be asked.</exception>
    ValueTask<AccountingPage<AccountingInvoice>> InvoicesAsync(IPluginCall call, AccountingQuery query, CancellationToken ct);

    /// <summary>One customer; null = there is none with the id.</summary>
    /// <param name="call">The company that asks.</param>
    /// <param name="id">The system's own identifier, <see cref="AccountingCustomer.Id"/>.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="PluginException">The system cannot be asked.</exception>
    ValueTask<AccountingCustomer?> CustomerAsync(IPluginCall call, string id, CancellationToken ct);

    /// <summary>Customers with an organisation number, compared as digits; used before creating one, and to learn whether a write of unknown outcome arrived.</summary>
    /// <exception cref="PluginException">The system cannot be asked.</exception>
    ValueTask<AccountingCustomer[]> FindCustomersAsync(IPluginCall call, string organisationNumber, CancellationToken ct);

    /// <summary>Creates a customer and answers it as the system stored it, with its number. Never called twice for one intent unless the first is known not to have arrived.</summary>
    /// <exception cref="PluginException"><see cref="PluginErrorKind.Invalid"/>: the system wants something else; the message says what.</exception>
    ValueTask<AccountingCustomer> CreateCustomerAsync(IPluginCall call, AccountingCustomer customer, CancellationToken ct);

    /// <summary>Writes the properties of a customer that are not null; the others stay as they are in the system.</summary>
    /// <exception cref="PluginException"><see cref="PluginErrorKind.Conflict"/>: it changed in between; read it again.</exception>
    ValueTask<AccountingCustomer> UpdateCustomerAsync(IPluginCall call, AccountingCustomer customer, CancellationToken ct);

    /// <summary>A page of suppliers, in the shape of customers.</summary>
    /// <exception cref="PluginException"><see cref="PluginErrorKind.Unsupported"/> where the system or the plugin has none.</exception>
    ValueTask<AccountingPage<AccountingCustomer>> SuppliersAsync(IPluginCall call, AccountingQuery query, CancellationToken ct) =>
        throw new PluginException(PluginErrorKind.Unsupported, "This plugin reads no suppliers.");
}

/// <summary>What a page is asked for with.</summary>
public sealed record AccountingQuery
{
    /// <summary>Only what changed at or after this instant; null = everything. A plugin may answer more than asked, never less.</summary>
    public DateTimeOffset? ChangedSince { get; init; }

    /// <summary>What the page before answered; null = the first.</summary>
    public string? Cursor { get; init; }

    /// <summary>
    /// Of balances: the customers (<see cref="AccountingCustomer.Id"/>) of the invoices that were read as changed since <see cref="ChangedSince"/>. A system that keeps
    /// no balances of its own may sum those of these customers, instead of all, and say <see cref="AccountingPage{T}.IsPartial"/>. Null = it is not known.
    /// </summary>
    public string[]? Customers { get; init; }

    /// <summary>
    /// Of invoices that changed: those that were not paid when they were last read. A system that does not tell which changed is asked for these: one that was
    /// paid since is in no list of unpaid ones any more. Empty = there are none.
    /// </summary>
    public UnpaidInvoice[] Unpaid { get; init; } = [];

    /// <summary>The currency of the books, as <see cref="IAccountingSystem.CompanyAsync"/> last answered it: ISO 4217; null = nobody has asked yet.</summary>
    public string? Currency { get; init; }
}

/// <summary>An invoice that was not paid when it was last read.</summary>
public sealed record UnpaidInvoice
{
    /// <summary>Its <see cref="AccountingInvoice.Id"/>.</summary>
    public required string Id { get; init; }

    /// <summary>Its <see cref="AccountingInvoice.Date"/>.</summary>
    public required DateOnly Date { get; init; }
}

/// <summary>A page of answers.</summary>
/// <typeparam name="T">A record of this contract.</typeparam>
public sealed record AccountingPage<T>
{
    /// <summary>The rows, in an order that does not change while pages are read.</summary>
    public required T[] Items { get; init; }

    /// <summary>Where to go on; null = this was the last page.</summary>
    public string? Cursor { get; init; }

    /// <summary>How many rows there are in all; null = the system does not tell.</summary>
    public long? Total { get; init; }

    /// <summary>The system's own clock when it answered, for the next <see cref="AccountingQuery.ChangedSince"/>; null = it does not tell.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Of balances: true = a customer without a row owes what it owed before; one that has paid everything has a row of 0.</summary>
    public bool IsPartial { get; init; }
}

/// <summary>The connected company.</summary>
public sealed record AccountingCompany
{
    /// <summary>Its identifier in the system, so that a reconnect to another company is noticed.</summary>
    public required string Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its organisation number, digits only; null = not told.</summary>
    public string? OrganisationNumber { get; init; }

    /// <summary>The currency it keeps books in: ISO 4217.</summary>
    public required string Currency { get; init; }
}
