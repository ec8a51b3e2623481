using System.Globalization;
using Crm.Contracts;
using Crm.Plugins;

namespace Crm.Accounting;

/// <summary>What invoices count as, in figures over many of them. The one place where it is decided.</summary>
internal static class Billing
{
    public const string Included = "included", Cancelled = "cancelled", NotNumbered = "notNumbered", NotSent = "notSent", Draft = "draft";

    /// <summary>Partners with at least one billed invoice (R120).</summary>
    public static ListAddition OfPartners { get; } = new("partner", "invoices:read",
    [
        ListField.Question("billed", _ => new(
            "exists (select 1 from invoices where invoices.company = @company and invoices.partner = partners.number and invoices.billing = 'included')",
            "select distinct partner as number from invoices where company = @company and partner is not null and billing = 'included'")),
    ]);

    /// <summary>As billing (R118): the first reason why it does not count. A system that does not tell what was sent has sent what is in its books.</summary>
    public static string Of(AccountingInvoice invoice) => invoice switch
    {
        { IsCancelled: true } => Cancelled,
        { Number: null or "" } => NotNumbered,
        { IsSent: false } or { IsSent: null, IsBooked: false } => NotSent,
        _ => Included,
    };

    /// <summary>As invoiced (R74): everything in the books that is not cancelled.</summary>
    public static string Booked(AccountingInvoice invoice) => invoice switch { { IsCancelled: true } => Cancelled, { IsBooked: false } => Draft, _ => Included };

    /// <summary>What it counts in: kept by the month, so that no figure reads the invoices themselves.</summary>
    public static IEnumerable<Total> Totals(Invoice invoice)
    {
        var there = invoice.There;
        yield return new("billing", string.Create(CultureInfo.InvariantCulture, $"{there.Date:yyyy-MM} {Of(there)} {Booked(there)} {there.Currency}"), Invoice.TenThousandths(there.Net ?? there.Gross), there.Net is null ? 1 : 0);
    }
}

/// <summary>Invoices of one month and currency that count as the same.</summary>
/// <param name="Month">As in 2026-03.</param>
/// <param name="Billing">As billing.</param>
/// <param name="Booked">As invoiced.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Count">How many.</param>
/// <param name="Amount">Their sum, without VAT where the system tells that.</param>
/// <param name="WithoutNet">Of how many it does not.</param>
internal sealed record BillingTally(string Month, string Billing, string Booked, string Currency, long Count, decimal Amount, long WithoutNet);

/// <summary>Reads the sums of invoices.</summary>
internal sealed class BillingSums(IActors actors, IDatabase database, TimeProvider clock) : IInvoices
{
    public async Task<BillingFigures?> BillingAsync(CompanyRef company, CancellationToken ct)
    {
        if (!await IsConnectedAsync(company, ct)) return null;
        var profile = (await actors.SettingsAsync(company, ct)).Get<CompanyProfile>();
        var (tallies, today) = (await OfAllAsync(company, ct), profile.Today(clock.GetUtcNow()));
        var (month, year) = (new DateOnly(today.Year, today.Month, 1), new Period(new(today.Year, 1, 1), new(today.Year, 12, 31)));
        Money? Sum(Period period) => profile.Sum(tallies.Where(t => t.Billing == Billing.Included && period.Has(t)).Select(t => new Money(t.Amount, t.Currency)), profile.BaseCurrency);
        return new(Sum(Period.Month(month)), Sum(Period.Month(month.AddMonths(-1))), Sum(year), tallies.Any(t => t is { Billing: Billing.Included, WithoutNet: > 0 } && (year.Has(t) || Period.Month(month.AddMonths(-1)).Has(t))));
    }

    public async Task<bool> IsConnectedAsync(CompanyRef company, CancellationToken ct) =>
        (await database.QueryAsync(company, "select number from accounting_connections where company = @company limit 1", [], row => row.GetInt64(0), ct)).Count > 0;

    /// <summary>Of all invoices of a company: some hundreds of kept sums, however many invoices there are.</summary>
    public Task<List<BillingTally>> OfAllAsync(CompanyRef company, CancellationToken ct) => database.QueryAsync(company,
        "select key, count, amount, weighted from totals where company = @company and kind = 'invoice' and name = 'billing' and count <> 0", [],
        row => row.GetString(0).Split(' ') is var key ? new BillingTally(key[0], key[1], key[2], key[3], row.GetInt64(1), Amount(row.GetValue(2)) / 10_000m, (long)Amount(row.GetValue(3))) : null!, ct);

    /// <summary>Of one partner's invoices.</summary>
    public Task<List<BillingTally>> OfPartnerAsync(CompanyRef company, long partner, CancellationToken ct) => database.QueryAsync(company, """
        select substr(invoice_date, 1, 7), billing, case when state in ('draft', 'cancelled') then state else 'included' end, currency, count(*), cast(sum(coalesce(net, gross)) as bigint), cast(sum(case when net is null then 1 else 0 end) as bigint)
        from invoices where company = @company and partner = @partner group by substr(invoice_date, 1, 7), billing, case when state in ('draft', 'cancelled') then state else 'included' end, currency
        """, [new("partner", partner)], row => new BillingTally(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt64(4), row.GetInt64(5) / 10_000m, row.GetInt64(6)), ct);

    private static decimal Amount(object stored) => Convert.ToDecimal(stored, CultureInfo.InvariantCulture);
}

/// <summary>Whole months.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
internal sealed record Period(DateOnly From, DateOnly To)
{
    public static Period Month(DateOnly first) => new(first, first.AddMonths(1).AddDays(-1));

    /// <summary>Reads thisMonth, lastMonth, thisYear, 2026-03 or 2026; null = it is none of these.</summary>
    public static Period? Read(string text, DateOnly today)
    {
        var month = new DateOnly(today.Year, today.Month, 1);
        return text switch
        {
            "thisMonth" => Month(month),
            "lastMonth" => Month(month.AddMonths(-1)),
            "thisYear" => Year(today.Year),
            _ when text.Length == 7 && DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first) => Month(first),
            _ when text.Length == 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1900 and < 9999 => Year(year),
            _ => null,
        };
    }

    public bool Has(BillingTally tally) => string.CompareOrdinal(tally.Month, From.ToString("yyyy-MM", CultureInfo.InvariantCulture)) >= 0 && string.CompareOrdinal(tally.Month, To.ToString("yyyy-MM", CultureInfo.InvariantCulture)) <= 0;

    private static Period Year(int year) => new(new(year, 1, 1), new(year, 12, 31));
}
