using System.Globalization;

namespace Crm.Plugins.Visma;

/// <summary>What customers owe, in one of two ways; the README says how they differ.</summary>
internal static class Receivables
{
    /// <summary>Visma's own sum of each customer. Whether customers can be filtered by it is not told: they are, if Visma understands it, and else all are read.</summary>
    public static async ValueTask<AccountingPage<AccountingBalance>> OfCustomersAsync(IPluginCall call, VismaApi api, AccountingQuery query, CancellationToken ct)
    {
        var from = BalanceCursor.Of(query.Cursor);
        var currency = from?.Currency ?? (call.Settings.Text("balanceCurrency") == "customer" ? "" : query.Currency ?? (await api.GetAsync("companysettings", VismaJson.Default.CompanySettings, ct))?.CurrencyCode ?? "SEK");
        var (page, isFiltered) = (from?.Page ?? 1, from?.IsFiltered ?? true);
        Page<Customer> list;
        try { list = await PageAsync(isFiltered); }
        catch (PluginException unknown) when (isFiltered && from is null && VismaErrors.IsBadQuery(unknown)) { list = await PageAsync(isFiltered = false); }
        var total = (long)(list.Meta?.TotalNumberOfResults ?? 0);
        // One that has paid meanwhile has moved those after it forward, and the first of this page to the page before.
        if (from is not null && from.Total != total) throw Moved();
        return new()
        {
            Items = [.. (list.Data ?? []).Where(c => c is { Id: not null, UnpaidInvoicesAmount: not (null or 0) }).Select(c => new AccountingBalance { CustomerId = c.Id!, Open = new() { Value = c.UnpaidInvoicesAmount!.Value, Currency = currency.OrNull() ?? c.CurrencyCode ?? "SEK" } })],
            AsOf = Paging.Read(list.Meta?.ServerTimeUtc), Cursor = Paging.HasMore(list, page) ? new BalanceCursor(page + 1, total, isFiltered, currency).ToString() : null,
        };

        ValueTask<Page<Customer>> PageAsync(bool filtered) => api.PageAsync("customers", page, "CustomerNumber", filtered ? "UnpaidInvoicesAmount ne 0" : null, null, VismaJson.Default.Customers, ct);
    }

    /// <summary>What is left of all items of the customer ledger, per customer and currency. They come in no order that is sure to keep a customer together, so all are summed in one call.</summary>
    public static async ValueTask<AccountingPage<AccountingBalance>> OfLedgerAsync(IPluginCall call, VismaApi api, CancellationToken ct)
    {
        var sums = new Dictionary<(string Customer, string Currency), (decimal Open, decimal Overdue)>();
        var (filter, total, first) = ((string?)"RemainingAmountInvoiceCurrency ne 0", (decimal?)null, (DateTimeOffset?)null);
        for (var page = 1; ;)
        {
            Page<Invoice> list;
            try { list = await api.PageAsync("customerledgeritems", page, "InvoiceNumber", filter, null, VismaJson.Default.Invoices, ct); }
            catch (PluginException unknown) when (filter is not null && page == 1 && VismaErrors.IsBadQuery(unknown)) { filter = null; continue; }
            if (page == 1) (total, first) = (list.Meta?.TotalNumberOfResults, Paging.Read(list.Meta?.ServerTimeUtc));
            else if (total != list.Meta?.TotalNumberOfResults) throw Moved();
            var today = DateOnly.FromDateTime((first ?? call.Clock.GetUtcNow()).UtcDateTime);
            foreach (var item in list.Data ?? [])
            {
                if (item is not { CustomerId: { } customer, CurrencyCode: { } currency } || item.Signed(item.RemainingAmountInvoiceCurrency) is not (not 0 and var left)) continue;
                var sum = sums.GetValueOrDefault((customer, currency));
                sums[(customer, currency)] = (sum.Open + left, sum.Overdue + (item.DueDate < today ? left : 0));
            }
            call.Progress.Report(new() { Done = (long)page * VismaApi.PageSize, Total = (long?)total });
            if (!Paging.HasMore(list, page++)) return new() { Items = [.. sums.Where(s => s.Value != default).Select(s => Of(s.Key, s.Value))], AsOf = first };
        }
    }

    private static AccountingBalance Of((string Customer, string Currency) key, (decimal Open, decimal Overdue) sum) =>
        new() { CustomerId = key.Customer, Open = new() { Value = sum.Open, Currency = key.Currency }, Overdue = new() { Value = sum.Overdue, Currency = key.Currency } };

    private static PluginException Moved() => new(PluginErrorKind.Conflict, "Something was paid or invoiced in Visma while it was summed; begin again.");
}

/// <summary>Where to go on.</summary>
/// <param name="Page">The next.</param>
/// <param name="Total">How many there were at first.</param>
/// <param name="IsFiltered">Whether Visma understood the filter.</param>
/// <param name="Currency">What the amounts are in; empty = each customer's own.</param>
internal sealed record BalanceCursor(int Page, long Total, bool IsFiltered, string Currency)
{
    public static BalanceCursor? Of(string? cursor) => cursor is null ? null
        : cursor.Split(';') is [var page, var total, ("0" or "1") and var filtered, var currency] && long.TryParse(total, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? new(Paging.Page(page), count, filtered == "1", currency)
        : throw new PluginException(PluginErrorKind.Invalid, "The cursor is none of this plugin's.");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Page};{Total};{(IsFiltered ? 1 : 0)};{Currency}");
}
