using System.Text.Json;

namespace Crm.Plugins.Fortnox;

/// <summary>
/// What customers owe: the sum of <c>Balance</c> of their unpaid invoices, because Fortnox keeps none itself. They come in the order of customers, so a customer
/// is complete when the next begins; one that a page ends in the middle of is carried over in the cursor.
/// </summary>
internal static class Receivables
{
    /// <summary>True = <c>Balance</c> is in the invoice's currency, false = in the company's. Fortnox does not say which.</summary>
    public static bool IsInInvoiceCurrency(IPluginCall call) => call.Settings.Text("balanceCurrency") != "company";

    /// <summary>More invoices and customers than this are not asked for one by one.</summary>
    private const int MostByThemselves = 20;

    public static async ValueTask<AccountingPage<AccountingBalance>> PageAsync(IPluginCall call, FortnoxApi api, AccountingQuery query, CancellationToken ct) =>
        query is { Cursor: null, ChangedSince: not null, Customers: { Length: <= MostByThemselves } told } && !call.Settings.Flag("allBalances") && await OfChangedAsync(call, api, query, told, ct) is { } changed
            ? changed : await OfAllAsync(call, api, query.Cursor, ct);

    private static async ValueTask<AccountingPage<AccountingBalance>> OfAllAsync(IPluginCall call, FortnoxApi api, string? cursor, CancellationToken ct)
    {
        var from = Read(cursor);
        var (list, at) = await api.PageAsync("invoices", "&filter=unpaid&sortby=customernumber&sortorder=ascending", from.Page, FortnoxApi.PageSize, FortnoxJson.Default.InvoiceList, ct);
        var total = (long)(list.MetaInformation?.TotalResources ?? 0);
        // One that was paid meanwhile has moved those after it forward, and the first of this page to the page before.
        if (from.Page > 1 && total != from.Total) throw Moved();
        var sums = new Sums(call, from.Customer, from.Sums);
        foreach (var invoice in list.Invoices ?? []) sums.Add(invoice, at);
        var hasMore = FortnoxPlugin.HasMore(list.MetaInformation, from.Page, FortnoxApi.PageSize, list.Invoices?.Length ?? 0);
        return new()
        {
            Items = sums.Take(withLast: !hasMore), AsOf = at,
            Cursor = hasMore ? JsonSerializer.Serialize(new(from.Page + 1, total, sums.Customer, sums.Open), FortnoxJson.Default.ReceivablesCursor) : null,
        };
    }

    /// <summary>
    /// Only of customers whose invoices have changed or were paid; null = there are too many of them. Payments are asked for as well, because nothing says that one
    /// changes its invoice's time of change.
    /// </summary>
    private static async ValueTask<AccountingPage<AccountingBalance>?> OfChangedAsync(IPluginCall call, FortnoxApi api, AccountingQuery query, string[] told, CancellationToken ct)
    {
        PaymentList payments;
        DateTimeOffset? at;
        try { (payments, at) = await api.PageAsync("invoicepayments", api.ChangedSince(query.ChangedSince), 1, FortnoxApi.PageSize, FortnoxJson.Default.PaymentList, ct); }
        catch (PluginException closed) when (closed.Kind is PluginErrorKind.Forbidden or PluginErrorKind.Invalid) { return null; }
        string[] paid = [.. (payments.InvoicePayments ?? []).Select(p => p?.InvoiceNumber).OfType<string>().Distinct()];
        if (told.Length + paid.Length > MostByThemselves || FortnoxPlugin.HasMore(payments.MetaInformation, 1, FortnoxApi.PageSize, payments.InvoicePayments?.Length ?? 0)) return null;
        SortedSet<string> customers = new(told, StringComparer.Ordinal);
        foreach (var number in paid)
        {
            if ((await api.GetAsync($"invoices/{Uri.EscapeDataString(number)}", FortnoxJson.Default.InvoiceAnswer, ct))?.Invoice?.CustomerNumber is { } customer) customers.Add(customer);
        }
        List<AccountingBalance> rows = [];
        foreach (var customer in customers)
        {
            var sums = new Sums(call, customer, []);
            var total = (decimal?)null;
            for (var (page, hasMore) = (1, true); hasMore; page++)
            {
                var (list, now) = await api.PageAsync("invoices", $"&filter=unpaid&sortby=documentnumber&sortorder=ascending&customernumber={Uri.EscapeDataString(customer)}", page, FortnoxApi.PageSize, FortnoxJson.Default.InvoiceList, ct);
                if (page > 1 && total != list.MetaInformation?.TotalResources) throw Moved();
                total = list.MetaInformation?.TotalResources;
                // Fortnox finds what contains the text.
                foreach (var invoice in (list.Invoices ?? []).Where(i => i?.CustomerNumber == customer)) sums.Add(invoice, now);
                hasMore = FortnoxPlugin.HasMore(list.MetaInformation, page, FortnoxApi.PageSize, list.Invoices?.Length ?? 0);
            }
            rows.AddRange(sums.Take(withLast: true) is { Length: > 0 } owed ? owed : [sums.Nothing(customer)]);
        }
        return new() { Items = [.. rows], AsOf = at, IsPartial = true };
    }

    private static PluginException Moved() => new(PluginErrorKind.Conflict, "Invoices were paid or made in Fortnox while they were summed; begin again.");

    private static ReceivablesCursor Read(string? cursor)
    {
        if (cursor is null) return new(1, 0, null, []);
        try { if (JsonSerializer.Deserialize(cursor, FortnoxJson.Default.ReceivablesCursor) is { Page: > 1, Sums: not null } read) return read; }
        catch (JsonException) { /* Told below. */ }
        throw new PluginException(PluginErrorKind.Invalid, "The cursor is none of this plugin's.");
    }

    /// <summary>Adds up, customer after customer.</summary>
    private sealed class Sums(IPluginCall call, string? customer, OpenSum[] open)
    {
        private readonly List<AccountingBalance> _complete = [];
        private readonly List<OpenSum> _open = [.. open];
        private readonly bool _inOwn = IsInInvoiceCurrency(call), _countsDrafts = call.Settings.Flag("countDrafts");
        private readonly string _currency = call.Settings.Text("currency") ?? "SEK";

        public string? Customer { get; private set; } = customer;
        public OpenSum[] Open => [.. _open];

        /// <summary>Adds an unpaid invoice, when it counts as owed.</summary>
        public void Add(Invoice? invoice, DateTimeOffset? asOf)
        {
            if (invoice is not { Cancelled: not true, CustomerNumber: { } customer } || (invoice.Booked is not true && !_countsDrafts)) return;
            if (customer != Customer) Complete();
            Customer = customer;
            var (balance, currency) = (invoice.Signed(invoice.Balance), _inOwn ? invoice.Currency ?? _currency : _currency);
            var overdue = invoice.DueDate < DateOnly.FromDateTime((asOf ?? call.Clock.GetUtcNow()).UtcDateTime) ? balance : 0;
            var at = _open.FindIndex(s => s.Currency == currency);
            if (at < 0) _open.Add(new(currency, balance, overdue));
            else _open[at] = new(currency, _open[at].Balance + balance, _open[at].Overdue + overdue);
        }

        public AccountingBalance Nothing(string customer) => new() { CustomerId = customer, Open = new() { Value = 0, Currency = _currency }, Overdue = new() { Value = 0, Currency = _currency } };

        public AccountingBalance[] Take(bool withLast)
        {
            if (withLast) Complete();
            return [.. _complete];
        }

        private void Complete()
        {
            _complete.AddRange(_open.Where(s => s is not { Balance: 0, Overdue: 0 }).Select(s => new AccountingBalance { CustomerId = Customer!, Open = new() { Value = s.Balance, Currency = s.Currency }, Overdue = new() { Value = s.Overdue, Currency = s.Currency } }));
            _open.Clear();
        }
    }
}

/// <summary>Where to go on.</summary>
/// <param name="Page">The next.</param>
/// <param name="Total">How many invoices there were at first.</param>
/// <param name="Customer">The customer that the last page ended with.</param>
/// <param name="Sums">What it owes by the invoices so far.</param>
internal sealed record ReceivablesCursor(int Page, long Total, string? Customer, OpenSum[] Sums);

internal sealed record OpenSum(string Currency, decimal Balance, decimal Overdue);
