using System.Globalization;
using Crm.Contracts;

namespace Crm.Accounting;

/// <summary>
/// Sums up what was invoiced to partners in this year (R74), and says it to them in the commit that stores the invoices. It is always summed up from the
/// invoices themselves, so that whatever was missed once is right the next time.
/// </summary>
internal sealed class InvoicedYears(IActors actors, IDatabase database, IPartnerAccounting partners, TimeProvider clock)
{
    private const int Together = 200;

    /// <summary>What was invoiced to some partners, as it is once some invoices are changed.</summary>
    /// <param name="company">Whose.</param>
    /// <param name="numbers">The partners.</param>
    /// <param name="changes">Invoices that are about to change; they stand in the database as before.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IReadOnlyDictionary<long, InvoicedYear>> OfAsync(CompanyRef company, IReadOnlyCollection<long> numbers, IReadOnlyCollection<(Invoice Before, Invoice Now)> changes, CancellationToken ct)
    {
        if (numbers.Count == 0) return new Dictionary<long, InvoicedYear>();
        var year = (await actors.SettingsAsync(company, ct)).Get<CompanyProfile>().Today(clock.GetUtcNow()).Year;
        var sums = numbers.Distinct().ToDictionary(n => n, _ => new Dictionary<string, Sum>(StringComparer.Ordinal));
        void Add(long? partner, string currency, Sum sum)
        {
            if (partner is { } number && sums.TryGetValue(number, out var own)) own[currency] = own.GetValueOrDefault(currency) + sum;
        }
        var stored = await database.QueryAsync(company, $"""
            select partner, currency, cast(sum(coalesce(net, gross)) as bigint), cast(sum(case when net is null then 1 else 0 end) as bigint) from invoices
            where company = @company and partner in ({string.Join(", ", sums.Keys.Select((_, i) => $"@n{i}"))}) and invoice_date >= @from and invoice_date <= @to and state not in ('draft', 'cancelled') group by partner, currency
            """,
            [.. sums.Keys.Select((n, i) => new Argument($"n{i}", n)), new("from", string.Create(CultureInfo.InvariantCulture, $"{year}-01-01")), new("to", string.Create(CultureInfo.InvariantCulture, $"{year}-12-31"))],
            row => (Partner: row.GetInt64(0), Currency: row.GetString(1), Sum: new Sum(row.GetInt64(2), row.GetInt64(3))), ct);
        foreach (var s in stored) Add(s.Partner, s.Currency, s.Sum);
        foreach (var (before, now) in changes)
        {
            if (Counts(before, year)) Add(before.Partner, before.There.Currency, -Sum.Of(before));
            if (Counts(now, year)) Add(now.Partner, now.There.Currency, Sum.Of(now));
        }
        return sums.ToDictionary(s => s.Key, s => new InvoicedYear(year,
            [.. s.Value.Where(c => c.Value.Amount != 0).OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => new Money(c.Value.Amount / 10_000m, c.Key))], s.Value.Values.Any(c => c.WithoutNet > 0)));
    }

    /// <summary>The commands that say so to the partners of some invoices.</summary>
    public async Task<IReadOnlyList<Send>> SaidAsync(CompanyRef company, IReadOnlyCollection<Invoice> read, IReadOnlyCollection<(Invoice Before, Invoice Now)> changes, CancellationToken ct)
    {
        var year = (await actors.SettingsAsync(company, ct)).Get<CompanyProfile>().Today(clock.GetUtcNow()).Year;
        // Of invoices of this year that are not changed too: a host may have ended between storing a new one and saying so.
        var numbers = read.Where(i => Counts(i, year)).Concat(changes.SelectMany(c => new[] { c.Before, c.Now })).Select(i => i.Partner).OfType<long>().Distinct().ToArray();
        return [.. (await OfAsync(company, numbers, changes, ct)).Select(s => partners.SetInvoiced(s.Key, s.Value))];
    }

    /// <summary>In a new year, or when everything was read for the first time: sums up for all partners that are customers of the system.</summary>
    public async Task TurnAsync(Page page, CancellationToken ct)
    {
        for (long after = 0; ;)
        {
            var some = await database.QueryAsync(page.Company, $"select number, partner from accounting_customers where company = @company and plugin = @plugin and partner is not null and number > @after order by number limit {Together}",
                [new("plugin", page.Plugin), new("after", after)], row => (Number: row.GetInt64(0), Partner: row.GetInt64(1)), ct);
            if (some.Count == 0) return;
            await page.SaveAsync([.. (await OfAsync(page.Company, [.. some.Select(s => s.Partner)], [], ct)).Select(s => partners.SetInvoiced(s.Key, s.Value))], page.After, ct);
            after = some[^1].Number;
        }
    }

    /// <summary>True = it is in the books and dated in the year.</summary>
    private static bool Counts(Invoice invoice, int year) => invoice.There is { IsBooked: true, IsCancelled: false } && invoice.There.Date.Year == year;

    /// <summary>Ten-thousandths, and of how many invoices the net is not told.</summary>
    private readonly record struct Sum(long Amount, long WithoutNet)
    {
        public static Sum Of(Invoice invoice) => new((long)((invoice.There.Net ?? invoice.There.Gross) * 10_000m), invoice.There.Net is null ? 1 : 0);

        public static Sum operator +(Sum a, Sum b) => new(a.Amount + b.Amount, a.WithoutNet + b.WithoutNet);

        public static Sum operator -(Sum a) => new(-a.Amount, -a.WithoutNet);
    }
}
