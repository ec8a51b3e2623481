using Crm.Contracts;

namespace Crm.Accounting;

/// <summary>Somebody says which partner a customer of an accounting system is: its number there, its balance and its invoices follow in the same commit.</summary>
internal sealed class CustomerLinks(IActors actors, IDatabase database, IPartners known, IPartnerAccounting partners, InvoicePages invoices, BalancePages balances, TimeProvider clock)
{
    /// <param name="call">Who says it.</param>
    /// <param name="number">The customer.</param>
    /// <param name="partner">The partner; null = it is none of ours.</param>
    /// <param name="ct">Cancels.</param>
    public Task<Answer<LedgerCustomerView>> LinkAsync(Call call, long number, long? partner, CancellationToken ct) => AsReadSends.TryAsync(() => LinkOnceAsync(call, number, partner, ct));

    private async Task<Answer<LedgerCustomerView>> LinkOnceAsync(Call call, long number, long? partner, CancellationToken ct)
    {
        if (await actors.ReadAsync<LedgerCustomer>(call.Company, number, ct) is not { } row) return Refusal.NotFound("accountingCustomer");
        if (call.IfMatch is { } seen && seen != 0 && seen != row.Version) return new Refusal(RefusalKind.Stale, "version.stale", "It was changed meanwhile. Read it again and decide anew.") { CurrentVersion = row.Version };
        if (partner is { } chosen && await WrongAsync(call, row, chosen, ct) is { } problem) return Refusal.Invalid([problem]);
        var (before, after) = (row.State, row.State with { Partner = partner, Review = null, IsIgnored = partner is null });
        if (call.DryRun) return Answers.WithVersion(LedgerCustomerView.Of(row with { State = after, Version = after.IsSameAs(before) ? row.Version : row.Version + 1 }), row.Version);
        long[] both = [.. new[] { before.Partner, partner }.OfType<long>().Distinct()];
        var (moves, invoiced) = await invoices.MoveAsync(call.Company, number, partner, both, ct);
        List<Send> others = [new AsRead(number, before), .. moves];
        foreach (var concerned in both)
        {
            var (owes, rest) = await balances.OfPartnerAsync(call.Company, concerned, (number, after), clock.GetUtcNow(), ct);
            others.AddRange(rest);
            others.Add(partners.SetExternal(concerned, before.Plugin, concerned == partner ? before.There.Number ?? before.There.Id : null, owes, invoiced[concerned]));
        }
        return (await actors.SendAsReadAsync(call, others, number, new DecideLedgerCustomer(partner), ct)).ToAnswer<LedgerCustomerView, LedgerCustomer>(call, "accounting/customers");
    }

    private async Task<Problem?> WrongAsync(Call call, Row<LedgerCustomer> row, long partner, CancellationToken ct)
    {
        if (await known.FindAsync(call.Company, partner, ct) is null) return new("/partner", "accounting.partner.unknown", "There is no partner with this number.");
        var taken = (await database.FindAsync<LedgerCustomer>(call.Company, "accounting_customers", "partner", [partner], ct)).Values.FirstOrDefault(c => c.Number != row.Number && c.State.Plugin == row.State.Plugin);
        return taken.State is null ? null : new("/partner", "accounting.partner.taken", $"This partner is customer {taken.State.There.Number ?? taken.State.There.Id} there already.");
    }
}
