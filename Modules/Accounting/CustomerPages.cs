using Crm.Contracts;
using Crm.Plugins;

namespace Crm.Accounting;

/// <summary>Stores customers as they were read, and finds out which partners they are: by the number there that a partner has, else by the organisation number, and never by the name alone.</summary>
internal sealed class CustomerPages(IActors actors, IDatabase database, IPartners partners, IPartnerAccounting partnerAccounting, BalancePages balances)
{
    /// <param name="page">Where the rows are from.</param>
    /// <param name="rows">As the system told of them.</param>
    /// <param name="read">Reads all of one customer that a list tells in short; null = short is enough.</param>
    /// <param name="ct">Cancels between commits.</param>
    public Task<SyncRun> StoreAsync(Page page, IReadOnlyList<AccountingCustomer> rows, Func<string, CancellationToken, Task<AccountingCustomer?>>? read, CancellationToken ct) =>
        page.StoreAsync([.. rows.Where(r => r.Id is not null).DistinctBy(r => r.Id)], async part => [await PrepareAsync(page, part, read, ct)], ct);

    private async Task<IReadOnlyList<Send>> PrepareAsync(Page page, AccountingCustomer[] part, Func<string, CancellationToken, Task<AccountingCustomer?>>? readWhole, CancellationToken ct)
    {
        var known = await database.FindAsync<LedgerCustomer>(page.Company, "accounting_customers", [.. part.Select(c => LedgerCustomer.KeyOf(page.Plugin, c.Id!))], ct);
        var read = part.Select(c => known.TryGetValue(LedgerCustomer.KeyOf(page.Plugin, c.Id!), out var before) ? before.State with { There = Over(before.State.There, c, isChanged: !page.After.Whole) } : new LedgerCustomer { Plugin = page.Plugin, There = c });
        var matched = await MatchAsync(page, [.. read], ct);
        if (readWhole is not null) matched = await WholeAsync(page, part, matched, readWhole, ct);
        var all = matched.ToLookup(c => known.ContainsKey(KeyOf(c)));
        LedgerCustomer[] fresh = [.. all[false]];
        var again = all[true].Select(now => (known[KeyOf(now)].Number, Before: known[KeyOf(now)].State, Now: now)).ToArray();
        if (fresh.Length > 0 && (await actors.CreateAsync(Call.System(page.Company), new AddLedgerCustomers(fresh), ct)).Refusal is { } refusal)
            throw refusal.Kind == RefusalKind.Unavailable ? new StorageException(refusal.Detail) : new ClaimLostException();
        var told = again.Where(r => !r.Before.IsSameAs(r.Now) || (page.After.Whole && r.Now.Partner is not null)).ToArray();
        List<Send> owing = [];
        foreach (var (number, before, now) in told)
        {
            // Its balance was read before anybody knew whose it is.
            if (now.Partner is not { } found || before.Partner == found || !now.IsBalanceKnown) continue;
            var (owes, others) = await balances.OfPartnerAsync(page.Company, found, (number, now), page.After.StartedAt, ct);
            owing.AddRange([.. others, partnerAccounting.SetBalance(found, owes)]);
        }
        return
        [
            .. told.Select(r => new AsRead(r.Number, r.Before)),
            .. told.Where(r => !r.Before.IsSameAs(r.Now)).Select(r => Send.To(r.Number, new ReadLedgerCustomer(r.Now))),
            // Said again whenever everything is read, should a host have ended between making a customer and saying whose it is.
            .. told.Where(r => page.After.Whole || r.Before.Partner != r.Now.Partner || r.Before.There.Number != r.Now.There.Number).Select(r => r.Now).Concat(fresh)
                .Where(c => c.Partner is not null).Select(c => partnerAccounting.SetExternal(c.Partner!.Value, page.Plugin, c.There.Number ?? c.There.Id)),
            .. owing,
        ];
    }

    /// <summary>
    /// All of those partners' customers that the list told in short, where fields are kept the same that it left out: of those that changed, and once of each. Otherwise
    /// nobody would ever see that such a field has changed there.
    /// </summary>
    private async Task<IReadOnlyList<LedgerCustomer>> WholeAsync(Page page, AccountingCustomer[] told, IReadOnlyList<LedgerCustomer> customers, Func<string, CancellationToken, Task<AccountingCustomer?>> read, CancellationToken ct)
    {
        var kept = (await actors.SettingsAsync(page.Company, ct)).Get<PushSettings>().Wins.Keys.ToArray();
        HashSet<string> untold = [.. told.Where(t => t.IsShort && Shared.Untold(t, kept).Count > 0).Select(t => t.Id!)];
        List<LedgerCustomer> all = [];
        foreach (var customer in customers)
        {
            var isWanted = customer.Partner is not null && untold.Contains(customer.There.Id!) && (customer.There.IsShort || Shared.Untold(customer.There, kept).Count > 0);
            all.Add(isWanted && await read(customer.There.Id!, ct) is { Id: not null } whole ? customer with { There = whole } : customer);
        }
        return all;
    }

    /// <summary>What a list tells of a customer in short leaves what was known of the rest.</summary>
    private static AccountingCustomer Over(AccountingCustomer known, AccountingCustomer told, bool isChanged) => !told.IsShort ? told : told with
    {
        Number = told.Number ?? known.Number, Name = told.Name ?? known.Name, OrganisationNumber = told.OrganisationNumber ?? known.OrganisationNumber, VatNumber = told.VatNumber ?? known.VatNumber,
        Invoice = told.Invoice ?? known.Invoice, Delivery = told.Delivery ?? known.Delivery, Email = told.Email ?? known.Email, InvoiceEmail = told.InvoiceEmail ?? known.InvoiceEmail, Phone = told.Phone ?? known.Phone,
        Website = told.Website ?? known.Website, Currency = told.Currency ?? known.Currency, CreditLimit = told.CreditLimit ?? known.CreditLimit, Owner = told.Owner ?? known.Owner, Gln = told.Gln ?? known.Gln, Group = told.Group ?? known.Group,
        IsActive = told.IsActive ?? known.IsActive, ChangedAt = told.ChangedAt ?? known.ChangedAt, IsShort = known.IsShort || isChanged,
    };

    private static string KeyOf(LedgerCustomer customer) => LedgerCustomer.KeyOf(customer.Plugin, customer.There.Id!);

    /// <summary>Finds the partners of customers of which nobody has said anything yet.</summary>
    private async Task<IReadOnlyList<LedgerCustomer>> MatchAsync(Page page, LedgerCustomer[] customers, CancellationToken ct)
    {
        LedgerCustomer[] open = [.. customers.Where(c => c is { Partner: null, IsIgnored: false })];
        if (open.Length == 0) return customers;
        var found = await partners.WithOrganisationNumbersAsync(page.Company, [.. open.Select(c => c.There.OrganisationNumber).OfType<string>().Distinct()], ct);
        var external = await partnerAccounting.WithExternalAsync(page.Company, page.Plugin, [.. open.Select(NumberOf)], ct);
        var taken = await TakenAsync(page, [.. found.SelectMany(f => f).Concat(external.SelectMany(e => e)).Distinct()], ct);
        return [.. customers.Select(c => c is { Partner: null, IsIgnored: false } ? Match(c, external, found, taken) : c)];
    }

    private static string NumberOf(LedgerCustomer customer) => customer.There.Number ?? customer.There.Id!;

    private static LedgerCustomer Match(LedgerCustomer customer, ILookup<string, long> external, ILookup<string, long> found, HashSet<long> taken)
    {
        if (external[NumberOf(customer)].ToArray() is [var known] && taken.Add(known)) return customer with { Partner = known, Review = null };
        if (customer.There.OrganisationNumber is not { } organisationNumber) return customer with { Review = ReviewReason.NoOrganisationNumber };
        return found[organisationNumber].ToArray() switch
        {
            [] => customer with { Review = ReviewReason.NoPartner },
            [var partner] => taken.Add(partner) ? customer with { Partner = partner, Review = null } : customer with { Review = ReviewReason.PartnerTaken },
            _ => customer with { Review = ReviewReason.SeveralPartners },
        };
    }

    /// <summary>The partners that are customers of the system already: a partner is one customer there.</summary>
    private async Task<HashSet<long>> TakenAsync(Page page, IReadOnlyList<long> numbers, CancellationToken ct) =>
        [.. (await database.FindAsync<LedgerCustomer>(page.Company, "accounting_customers", "partner", [.. numbers], ct)).Values.Where(c => c.State.Plugin == page.Plugin).Select(c => c.State.Partner!.Value)];
}
