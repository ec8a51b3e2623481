using Crm.Contracts;

namespace Crm.Accounting;

/// <summary>
/// Tells orders how much of them is invoiced (R30). It is said before the invoices are stored: should a host end in between, they are read and said again, and the
/// same said twice is nothing new.
/// </summary>
internal sealed class InvoicedOrders(IDatabase database, IEnumerable<IOrderInvoicing> orders)
{
    /// <summary>Says so to the orders that some invoices name.</summary>
    /// <param name="company">Whose.</param>
    /// <param name="changes">Invoices that are about to change, as they stand in the database and as they will; null = a new one.</param>
    /// <param name="ct">Cancels.</param>
    public async Task SayAsync(CompanyRef company, IReadOnlyCollection<(Invoice? Before, Invoice Now)> changes, CancellationToken ct)
    {
        var concerned = changes.Where(c => Named(c.Before) != Named(c.Now)).ToArray();
        var numbers = concerned.SelectMany(c => new[] { c.Before?.Order(), c.Now.Order() }).OfType<long>().Distinct().ToArray();
        if (numbers.Length == 0 || orders.FirstOrDefault() is not { } invoicing) return;
        var sums = numbers.ToDictionary(n => n, _ => new Dictionary<(long Partner, string Currency), decimal>());
        foreach (var s in await StoredAsync(company, numbers, ct)) sums[s.Order][(s.Partner, s.Currency)] = s.Net / 10_000m;
        foreach (var (before, now) in concerned)
        {
            Add(Named(before), -1);
            Add(Named(now), 1);
        }
        foreach (var (order, of) in sums) await invoicing.SetAsync(Call.System(company), order, [.. of.Select(s => new OrderInvoices(s.Key.Partner, new(s.Value, s.Key.Currency)))], ct);

        void Add((long Order, long Partner, string Currency, decimal Net)? named, int sign)
        {
            if (named is { } n) sums[n.Order][(n.Partner, n.Currency)] = sums[n.Order].GetValueOrDefault((n.Partner, n.Currency)) + (sign * n.Net);
        }
    }

    /// <summary>What an invoice says of an order; null = nothing, or it is not in the books, or nobody knows whose it is or what it is without VAT.</summary>
    private static (long Order, long Partner, string Currency, decimal Net)? Named(Invoice? invoice) =>
        invoice is { Partner: { } partner, There: { IsBooked: true, IsCancelled: false, Net: { } net } } && invoice.Order() is { } order ? (order, partner, invoice.There.Currency, net) : null;

    private Task<List<(long Order, long Partner, string Currency, long Net)>> StoredAsync(CompanyRef company, long[] numbers, CancellationToken ct) => database.QueryAsync(company, $"""
        select order_number, partner, currency, cast(sum(net) as bigint) from invoices where company = @company and order_number in ({string.Join(", ", numbers.Select((_, i) => $"@n{i}"))})
        and partner is not null and net is not null and state not in ('draft', 'cancelled') group by order_number, partner, currency
        """, [.. numbers.Select((n, i) => new Argument($"n{i}", n))], row => (row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.GetInt64(3)), ct);
}
