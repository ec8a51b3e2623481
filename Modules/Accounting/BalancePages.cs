using System.Text.Json;
using Crm.Contracts;
using Crm.Plugins;

namespace Crm.Accounting;

/// <summary>Stores what customers owe, and tells their partners in the same commit.</summary>
internal sealed class BalancePages(IActors actors, IDatabase database, IPartnerAccounting partners)
{
    public Task<SyncRun> StoreAsync(Page page, IReadOnlyList<AccountingBalance> rows, CancellationToken ct) =>
        // All rows of one customer belong in one commit, or its partner would owe a part of it for a moment.
        page.StoreAsync([.. rows.GroupBy(r => r.CustomerId).Select(g => (g.Key, g.AsEnumerable()))], part => PrepareAsync(page, part, ct), ct);

    /// <summary>Customers of whom no row came, once all were read, owe nothing.</summary>
    /// <param name="page">The run after its last page.</param>
    /// <param name="told">The customers of whom a row came, by the system's identifiers.</param>
    /// <param name="isPartial">True = only of those that were never told of that is certain.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<SyncRun> ClearUntoldAsync(Page page, IReadOnlySet<string> told, bool isPartial, CancellationToken ct)
    {
        var untold = (await database.QueryAsync(page.Company, $"""
            select external_key from accounting_customers where company = @company and plugin = @plugin and balances_of = 0
            {(isPartial ? "" : "union all select external_key from accounting_customers where company = @company and plugin = @plugin and owes = 1")}
            {(page.After.Whole ? "union all select external_key from accounting_customers where company = @company and plugin = @plugin and partner is not null" : "")}
            """, [new("plugin", page.Plugin)], row => row.GetString(0)[(page.Plugin.Length + 1)..], ct)).Where(id => !told.Contains(id));
        return await page.StoreAsync([.. untold.Distinct().Select(id => (Id: id, Rows: Enumerable.Empty<AccountingBalance>()))], part => PrepareAsync(page, part, ct), ct);
    }

    /// <summary>Customers of whom no balance was ever read, by the system's identifiers.</summary>
    public Task<List<string>> NeverToldAsync(CompanyRef company, string plugin, CancellationToken ct) => database.QueryAsync(company,
        "select external_key from accounting_customers where company = @company and plugin = @plugin and balances_of = 0", [new("plugin", plugin)], row => row.GetString(0)[(plugin.Length + 1)..], ct);

    /// <summary>What a partner owes, by all that is known of the customers that it is, and what that rests on.</summary>
    /// <param name="company">Whose.</param>
    /// <param name="partner">The partner's number.</param>
    /// <param name="changed">A customer that is about to change.</param>
    /// <param name="asOf">When it was read.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<(Balance? Owes, IEnumerable<Send> Others)> OfPartnerAsync(CompanyRef company, long partner, (long Number, LedgerCustomer State) changed, DateTimeOffset asOf, CancellationToken ct)
    {
        var others = await OfPartnersAsync(company, [partner], [changed.Number], ct);
        return (Sum(others.Select(o => o.Customer).Append(changed.State).Where(c => c.Partner == partner), (await actors.SettingsAsync(company, ct)).Get<CompanyProfile>(), asOf), others);
    }

    private async Task<IEnumerable<IReadOnlyList<Send>>> PrepareAsync(Page page, (string Id, IEnumerable<AccountingBalance> Rows)[] part, CancellationToken ct)
    {
        var known = await database.FindAsync<LedgerCustomer>(page.Company, "accounting_customers", [.. part.Select(c => LedgerCustomer.KeyOf(page.Plugin, c.Id))], ct);
        List<(AsRead Before, LedgerCustomer Now, bool IsChanged)> told = [];
        foreach (var (id, rows) in part)
        {
            // Of a customer that was made there since customers were read, the next run tells.
            if (!known.TryGetValue(LedgerCustomer.KeyOf(page.Plugin, id), out var before)) continue;
            var now = before.State.Owing(rows, page.After.Number);
            var isChanged = now.BalancesOf != before.State.BalancesOf || !now.Open.SequenceEqual(before.State.Open);
            // An amount that has not changed is nothing, unless it is told by rates. Once a night partners are told all the same.
            if (isChanged || now.Open.Count > 1 || (page.After.Whole && now.Partner is not null)) told.Add((new(before.Number, before.State), now, isChanged));
        }
        return await CommandsAsync(page, told, ct);
    }

    /// <summary>For each partner its customers and itself, so that it never owes a part of it.</summary>
    private async Task<IEnumerable<IReadOnlyList<Send>>> CommandsAsync(Page page, IReadOnlyList<(AsRead Before, LedgerCustomer Now, bool IsChanged)> told, CancellationToken ct)
    {
        var others = await OfPartnersAsync(page.Company, [.. told.Select(c => c.Now.Partner).OfType<long>().Distinct()], [.. told.Select(c => c.Before.Number)], ct);
        var company = (await actors.SettingsAsync(page.Company, ct)).Get<CompanyProfile>();
        return told.GroupBy(c => c.Now.Partner ?? -c.Before.Number).Select(g =>
        {
            AsRead[] rest = [.. others.Where(o => o.Customer.Partner == g.Key)];
            return (IReadOnlyList<Send>)
            [
                .. g.Select(c => c.Before), .. rest,
                .. g.Where(c => c.IsChanged).Select(c => Send.To(c.Before.Number, new OweLedgerCustomer(c.Now.Open, page.After.Number))),
                .. g.Key > 0 ? [partners.SetBalance(g.Key, Sum([.. g.Select(c => c.Now), .. rest.Select(o => o.Customer)], company, page.After.StartedAt))] : Array.Empty<Send>(),
            ];
        });
    }

    private static Balance? Sum(IEnumerable<LedgerCustomer> customers, CompanyProfile company, DateTimeOffset asOf)
    {
        LedgerCustomer[] all = [.. customers.Where(c => c.IsBalanceKnown).OrderBy(c => c.Plugin, StringComparer.Ordinal)];
        if (all.Length == 0) return null;
        var open = all.SelectMany(c => c.Open).GroupBy(o => o.Currency).Select(g => new Money(g.Sum(o => o.Amount), g.Key)).ToArray();
        // Several currencies are told as one amount by the company's rates; where one is missing, nothing is known, and nothing is not 0.
        var sum = open is [var only] ? only : company.Sum(open, company.BaseCurrency);
        return sum is null ? null : new(sum.Amount, sum.Currency, all[0].Plugin, asOf);
    }

    /// <summary>The customers that some partners are, but for those that are at hand.</summary>
    private async Task<IReadOnlyList<AsRead>> OfPartnersAsync(CompanyRef company, IReadOnlyCollection<long> partners, IReadOnlyCollection<long> but, CancellationToken ct) => partners.Count == 0 ? [] : await database.QueryAsync(company,
        $"select number, doc from accounting_customers where company = @company and partner in ({string.Join(", ", partners.Select((_, i) => $"@p{i}"))}) and number not in ({string.Join(", ", but.Select((_, i) => $"@n{i}"))})",
        [.. partners.Select((p, i) => new Argument($"p{i}", p)), .. but.Select((n, i) => new Argument($"n{i}", n))], row => new AsRead(row.GetInt64(0), JsonSerializer.Deserialize<LedgerCustomer>(row.GetString(1), Json.State)!), ct);
}
