using System.Globalization;

namespace Crm.Plugins.Economic;

/// <summary>What customers owe, in one of two ways; the README says how they differ.</summary>
internal static class Receivables
{
    /// <summary>e-conomic's own balance of each customer that has one.</summary>
    public static async ValueTask<AccountingPage<AccountingBalance>> OfCustomersAsync(IPluginCall call, EconomicApi api, AccountingQuery query, CancellationToken ct)
    {
        var after = CustomerCursor.Of(query.Cursor);
        var currency = after is null ? await Mapping.BalanceCurrencyAsync(call, api, ct, query.Currency) : after.Currency;
        var (list, at) = await api.PageAsync(Lists.After("customers", "customerNumber", after?.Number, "balance$ne:0"), EconomicJson.Default.Customers, ct);
        return new()
        {
            Items = [.. (list.Collection ?? []).Where(c => c is { CustomerNumber: not null, Balance: not (null or 0) }).Select(c => Of(Mapping.Text(c.CustomerNumber!.Value), currency ?? c.Currency ?? "DKK", c.Balance!.Value, c.DueAmount))],
            AsOf = at, Total = after is null ? (long?)list.Pagination?.Results : null, Cursor = Lists.Next(list, c => c.CustomerNumber) is { } last ? new CustomerCursor(last, currency).ToString() : null,
        };
    }

    /// <summary>What is left of all booked invoices, per customer and currency. They come in no order that keeps a customer together, so all are summed in one call.</summary>
    public static async ValueTask<AccountingPage<AccountingBalance>> OfInvoicesAsync(IPluginCall call, EconomicApi api, CancellationToken ct)
    {
        var sums = new Dictionary<(long Customer, string Currency), (decimal Open, decimal Overdue)>();
        var (total, first) = ((decimal?)null, (DateTimeOffset?)null);
        for (var page = 0; ; page++)
        {
            var (list, at) = await api.PageAsync(string.Create(CultureInfo.InvariantCulture, $"invoices/unpaid?pagesize={EconomicApi.PageSize}&skippages={page}"), EconomicJson.Default.Invoices, ct);
            first ??= at;
            if (page == 0) total = list.Pagination?.Results;
            // One that was paid meanwhile has moved those after it forward, and the first of this page to the page before.
            else if (total != list.Pagination?.Results) throw new PluginException(PluginErrorKind.Conflict, "Invoices were paid or booked in e-conomic while they were summed; begin again.");
            var today = DateOnly.FromDateTime((at ?? call.Clock.GetUtcNow()).UtcDateTime);
            foreach (var invoice in list.Collection ?? [])
            {
                if (invoice is not { Customer.CustomerNumber: { } customer, Remainder: { } left, Currency: { } currency }) continue;
                var sum = sums.GetValueOrDefault(((long)customer, currency));
                sums[((long)customer, currency)] = (sum.Open + left, sum.Overdue + (invoice.DueDate < today ? left : 0));
            }
            call.Progress.Report(new() { Done = (page + 1L) * EconomicApi.PageSize, Total = (long?)total });
            if (!Lists.HasMore(list)) return new() { Items = [.. sums.Where(s => s.Value != default).OrderBy(s => s.Key).Select(s => Of(Mapping.Text(s.Key.Customer), s.Key.Currency, s.Value.Open, s.Value.Overdue))], AsOf = first };
        }
    }

    private static AccountingBalance Of(string customer, string currency, decimal open, decimal? overdue) => new()
    {
        CustomerId = customer, Open = new() { Value = open, Currency = currency }, Overdue = overdue is { } due ? new() { Value = due, Currency = currency } : null,
    };
}
