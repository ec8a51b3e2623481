namespace Crm.Contracts;

/// <summary>Takes over what accounting has invoiced of orders (R30). A program without orders has none.</summary>
public interface IOrderInvoicing
{
    /// <summary>
    /// Sets how much of an order is invoiced, by all the invoices that name it: those of the order's own partner in its own currency count, credit notes subtracted, never
    /// less than nothing or more than its net. Without one of these the order stays as it is, as does one that is given up or invoiced already.
    /// </summary>
    /// <param name="call">In whose name.</param>
    /// <param name="order">Its number; one that does not exist is none of ours.</param>
    /// <param name="sums">Without VAT, one for each partner and currency.</param>
    /// <param name="ct">Gives up before the commit has begun.</param>
    /// <exception cref="StorageException">The database does not answer.</exception>
    Task SetAsync(Call call, long order, IReadOnlyList<OrderInvoices> sums, CancellationToken ct);
}

/// <summary>What invoices that name an order come to.</summary>
/// <param name="Partner">Whose invoices.</param>
/// <param name="Net">Without VAT.</param>
public sealed record OrderInvoices(long Partner, Money Net);

/// <summary>What the Orders module tells others about orders. Whoever asks lives without an answer too: a program without orders has none.</summary>
public interface IOrders
{
    /// <summary>The numbers of the orders that some cases became, by the case's number. A case without an order is left out.</summary>
    Task<IReadOnlyDictionary<long, long>> OfCasesAsync(CompanyRef company, IReadOnlyCollection<long> cases, CancellationToken ct);

    /// <summary>How many orders a partner has, cancelled ones too.</summary>
    Task<int> CountOfPartnerAsync(CompanyRef company, long partner, CancellationToken ct);
}
