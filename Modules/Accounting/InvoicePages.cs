using System.Globalization;
using Crm.Contracts;
using Crm.Plugins;

namespace Crm.Accounting;

/// <summary>Stores invoices as they were read, with the partner whose they are.</summary>
internal sealed class InvoicePages(IActors actors, IDatabase database, InvoicedYears years, InvoicedOrders orders)
{
    public Task<SyncRun> StoreAsync(Page page, IReadOnlyList<AccountingInvoice> rows, CancellationToken ct) => page.StoreAsync([.. rows.DistinctBy(r => r.Id)], async part => [await PrepareAsync(page, part, ct)], ct);

    /// <summary>The commands that move a customer's invoices to another partner, and what was invoiced to some partners by that.</summary>
    public async Task<(IReadOnlyList<Send> Moves, IReadOnlyDictionary<long, InvoicedYear> Invoiced)> MoveAsync(CompanyRef company, long customer, long? partner, IReadOnlyCollection<long> concerned, CancellationToken ct)
    {
        var moved = (await database.FindAsync<Invoice>(company, "invoices", "customer", [customer], ct)).Values.Select(i => (i.Number, Before: i.State, Now: i.State with { Partner = partner })).ToArray();
        await orders.SayAsync(company, [.. moved.Select(i => ((Invoice?)i.Before, i.Now))], ct);
        return ([.. moved.Select(i => Send.To(i.Number, new ReadInvoice(i.Now)))], await years.OfAsync(company, concerned, [.. moved.Select(i => (i.Before, i.Now))], ct));
    }

    /// <summary>What was not paid when it was last read.</summary>
    public async Task<UnpaidInvoice[]> UnpaidAsync(CompanyRef company, string plugin, CancellationToken ct)
    {
        var unpaid = await database.QueryAsync(company, "select external_key, invoice_date from invoices where company = @company and balance <> 0", [], row => (Key: row.GetString(0), Day: row.GetString(1)), ct);
        return [.. unpaid.Where(i => i.Key.StartsWith($"{plugin}/", StringComparison.Ordinal)).Select(i => new UnpaidInvoice { Id = i.Key[(plugin.Length + 1)..], Date = DateOnly.ParseExact(i.Day, "yyyy-MM-dd", CultureInfo.InvariantCulture) })];
    }

    private async Task<IReadOnlyList<Send>> PrepareAsync(Page page, AccountingInvoice[] part, CancellationToken ct)
    {
        var known = await database.FindAsync<Invoice>(page.Company, "invoices", [.. part.Select(i => LedgerCustomer.KeyOf(page.Plugin, i.Id))], ct);
        var customers = await database.FindAsync<LedgerCustomer>(page.Company, "accounting_customers", [.. part.Select(i => LedgerCustomer.KeyOf(page.Plugin, i.CustomerId)).Distinct()], ct);
        var read = part.Select(i =>
        {
            var isKnown = customers.TryGetValue(LedgerCustomer.KeyOf(page.Plugin, i.CustomerId), out var customer);
            return new Invoice { Plugin = page.Plugin, There = i, Customer = isKnown ? customer.Number : null, Partner = isKnown ? customer.State.Partner : null };
        }).ToLookup(i => known.ContainsKey(LedgerCustomer.KeyOf(page.Plugin, i.There.Id)));
        var changed = read[true].Select(i => (Now: i, Before: known[LedgerCustomer.KeyOf(page.Plugin, i.There.Id)])).Where(i => i.Now != i.Before.State).ToArray();
        await orders.SayAsync(page.Company, [.. read[false].Select(i => ((Invoice?)null, i)), .. changed.Select(i => ((Invoice?)i.Before.State, i.Now))], ct);
        if (read[false].Any() && (await actors.CreateAsync(Call.System(page.Company), new AddInvoices([.. read[false]]), ct)).Refusal is { } refusal)
            throw refusal.Kind == RefusalKind.Unavailable ? new StorageException(refusal.Detail) : new ClaimLostException();
        return
        [
            .. changed.Select(i => Send.To(i.Before.Number, new ReadInvoice(i.Now))),
            .. await years.SaidAsync(page.Company, [.. read.SelectMany(r => r)], [.. changed.Select(i => (i.Before.State, i.Now))], ct),
        ];
    }
}
