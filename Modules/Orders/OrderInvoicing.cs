using Crm.Contracts;

namespace Crm.Orders;

/// <summary>Takes over what accounting has invoiced: it has the last word on that, also of an order that is locked.</summary>
internal sealed class OrderInvoicing(IActors actors) : IOrderInvoicing
{
    public async Task SetAsync(Call call, long order, IReadOnlyList<OrderInvoices> sums, CancellationToken ct)
    {
        if ((await actors.SendAsync(call, order, new TakeInvoiced(sums), ct)).Refusal is { Kind: RefusalKind.Unavailable } away) throw new StorageException(away.Detail);
    }
}

/// <summary>How much of an order is invoiced, by the invoices that name it.</summary>
internal sealed record TakeInvoiced(IReadOnlyList<OrderInvoices> Sums) : IJointCommand<Order>
{
    public IReadOnlyList<Peer> PeersOf(Order state) => [Peer.Of<PartnerSales>(state.Partner)];

    public async Task<object?> LookAsync(IDatabase database, CompanyRef company, long number, Order state, CancellationToken ct) => await LatestOther.FindAsync(database, company, number, state.Partner, ct);

    public Decision<Order> Decide(Order state, Peers peers, Moment at)
    {
        var partner = peers.Find<PartnerSales>();
        var own = Sums.FirstOrDefault(s => s.Partner == state.Partner && s.Net.Currency == state.Currency);
        if (own is null || partner is null || state.State is OrderState.Cancelled or OrderState.Invoiced) return Decision.Nothing(state).For(partner);
        var after = state with { Invoiced = Math.Clamp(own.Net.Amount, 0, state.Net.Amount) };
        if (after.Invoiced == state.Invoiced) return Decision.Nothing(state).For(partner);
        peers.Change(partner = partner.With(state, after, (LatestOther)peers.Looked!), "partner.orderInvoiced");
        return Decision.Accept(after, "order.invoicedSet").For(partner);
    }
}
