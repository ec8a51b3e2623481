using Crm.Contracts;

namespace Crm.Orders;

/// <summary>Makes an order: the partner's stage, sums and latest delivery change in the same commit.</summary>
internal sealed record PlaceOrder(OrderFields Fields) : IJointCreation<Order>
{
    public IReadOnlyList<Peer> Peers => Fields.Partner.Value is { } partner ? [Peer.Of<PartnerSales>(partner)] : [];

    public Decision<Order> Decide(Peers peers, Moment at)
    {
        var wrong = Fields.Partner.Value is null ? new Problem("/partner", "order.partner.required", "An order belongs to a customer: send its number as partner.")
            : peers.Find<PartnerSales>() is not { IsDeleted: false } ? new Problem("/partner", "order.partner.unknown", "There is no partner with this number.") : null;
        // The other fields are judged all the same, so that all that is wrong is said at once.
        var partner = peers.Find<PartnerSales>() ?? new PartnerSales(Fields.Partner.Value ?? 0, "") { Credit = new(null, null, []) };
        var (order, refusal) = OrderRules.Apply(Fields, Blank(partner, at), partner, at, wrong);
        return refusal is not null ? refusal : Placed(order!, partner, peers, at, Fields.CreditReason.Value?.Trim());
    }

    /// <summary>An order before anything is written on it: owner and credit days are the partner's (R43, R64).</summary>
    public static Order Blank(PartnerSales partner, Moment at)
    {
        var company = at.Settings.Get<CompanyProfile>();
        return new() { Partner = partner.Number, OrderDate = company.Today(at.Now), Currency = company.BaseCurrency, Owner = partner.Owner, CreditDays = partner.CreditDays };
    }

    /// <summary>The new order, and what it does to its partner.</summary>
    public static Decision<Order> Placed(Order order, PartnerSales partner, Peers peers, Moment at, string? reason)
    {
        var keep = at.Settings.Get<OrderSettings>().KeepManualStage && partner.Stage is not null;
        var after = partner.With(null, order, null) with { Stage = keep ? partner.Stage : PartnerSales.Active };
        peers.Change(after, "partner.orderPlaced");
        return Decision.Accept(order.Judged(partner.Credit, at, reason), "order.placed").For(after);
    }
}

/// <summary>Changes what is named, and only that.</summary>
internal sealed record ChangeOrder(OrderFields Fields) : IJointCommand<Order>
{
    public IReadOnlyList<Peer> PeersOf(Order state) => [Peer.Of<PartnerSales>(state.Partner)];

    public async Task<object?> LookAsync(IDatabase database, CompanyRef company, long number, Order state, CancellationToken ct) => await LatestOther.FindAsync(database, company, number, state.Partner, ct);

    public Decision<Order> Decide(Order state, Peers peers, Moment at)
    {
        if (state.Fixed() is { } refusal) return refusal;
        if (peers.Find<PartnerSales>() is not { IsDeleted: false } partner) return Refusal.Conflict("partner.deleted", "The order's partner is deleted. Restore it first.");
        if (Fields.CreditReason.IsSet) return Refusal.Invalid([new("/creditReason", "order.creditReason.newOnly", "A reason is given when an order is made or reopened.")]);
        var (after, broken) = OrderRules.Apply(Fields, state, partner, at);
        if (broken is not null) return broken;
        if (after!.Same(state)) return Decision.Nothing(state).For(partner);
        if (PartnerSums.Concerns(state, after)) peers.Change(partner = partner.With(state, after, (LatestOther)peers.Looked!), "partner.orderChanged");
        return Decision.Accept(after, after.State == state.State ? "order.changed" : after.State == OrderState.Cancelled ? "order.cancelled" : "order.stateSet").For(partner);
    }
}

/// <summary>Gives an order up; it no longer counts for its partner.</summary>
internal sealed record CancelOrder : IJointCommand<Order>
{
    private static readonly ChangeOrder Change = new(new OrderFields { State = OrderState.Cancelled });

    public IReadOnlyList<Peer> PeersOf(Order state) => Change.PeersOf(state);

    public Task<object?> LookAsync(IDatabase database, CompanyRef company, long number, Order state, CancellationToken ct) => Change.LookAsync(database, company, number, state, ct);

    public Decision<Order> Decide(Order state, Peers peers, Moment at) =>
        state.State == OrderState.Cancelled ? Decision.Nothing(state).For(peers.Find<PartnerSales>()) : Change.Decide(state, peers, at);
}

/// <summary>Takes a cancelled order up again as a draft; the credit limit is judged anew (N14).</summary>
internal sealed record ReopenOrder(string? Reason) : IJointCommand<Order>
{
    public IReadOnlyList<Peer> PeersOf(Order state) => [Peer.Of<PartnerSales>(state.Partner)];

    public async Task<object?> LookAsync(IDatabase database, CompanyRef company, long number, Order state, CancellationToken ct) => await LatestOther.FindAsync(database, company, number, state.Partner, ct);

    public Decision<Order> Decide(Order state, Peers peers, Moment at)
    {
        var partner = peers.Find<PartnerSales>();
        if (state.State != OrderState.Cancelled) return Decision.Nothing(state).For(partner);
        if (partner is not { IsDeleted: false }) return Refusal.Conflict("partner.deleted", "The order's partner is deleted. Restore it first.");
        var rules = new FieldRules(at.Settings.Get<CompanyProfile>());
        var reason = rules.Text(new(Reason), null, "/creditReason", CreditJudgement.MostReason, lines: true);
        if (rules.Problems.Count > 0) return Refusal.Invalid(rules.Problems);
        var after = (state with { State = OrderState.Draft, Locked = false }).Judged(partner.Credit, at, reason);
        peers.Change(partner = partner.With(state, after, (LatestOther)peers.Looked!), "partner.orderReopened");
        return Decision.Accept(after, "order.reopened").For(partner);
    }
}

/// <summary>Locks an order against changes, or unlocks it.</summary>
internal sealed record LockOrder(bool Locked) : IJointCommand<Order>
{
    public IReadOnlyList<Peer> PeersOf(Order state) => [Peer.Of<PartnerSales>(state.Partner)];

    public Decision<Order> Decide(Order state, Peers peers, Moment at) =>
        state.Locked == Locked ? Decision.Nothing(state).For(peers.Find<PartnerSales>())
        : state is { Locked: false } && state.Fixed() is { } refusal ? refusal
        : Decision.Accept(state with { Locked = Locked }, Locked ? "order.locked" : "order.unlocked").For(peers.Find<PartnerSales>());
}

/// <summary>Shows decisions with the partner as it is in the same commit.</summary>
internal static class Shown
{
    public static Decision<Order> For(this Decision<Order> decision, PartnerSales? partner) => decision.ShownAs((row, settings) => OrderView.Of(row, settings, partner));
}

/// <summary>Records that an order was taken over the limit.</summary>
internal static class CreditJudgement
{
    public const int MostReason = 1_000;

    /// <summary>How many of them an order keeps; the journal has all.</summary>
    private const int Kept = 20;

    /// <summary>The order with the decision on record, when it warns; otherwise as it is.</summary>
    public static Order Judged(this Order order, CreditPosition credit, Moment at, string? reason)
    {
        var company = at.Settings.Get<CompanyProfile>();
        if (credit.Warn(company, order.Net) is not { } warning) return order;
        return order with
        {
            CreditDecisions =
            [
                .. order.CreditDecisions.TakeLast(Kept - 1),
                new(at.Now, at.Call.Caller.Name, warning.Code, credit.Balance, credit.Uninvoiced, order.Net, credit.Limit!, warning.Exposure, company.Credit.Counts, company.Credit.MarginPercent, warning.Rate, reason) { Stale = at.Settings.Get<BalanceAges>().IsStale(credit.Balance, at.Now), RateDay = warning.RateDay },
            ],
        };
    }
}
