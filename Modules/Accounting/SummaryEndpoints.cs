using System.ComponentModel;
using System.Globalization;
using Crm.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Accounting;

/// <summary><c>/invoices/summary</c>: a figure about invoices, and how it comes about.</summary>
internal static class SummaryEndpoints
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/invoices/summary", ReadAsync).WithTags("accounting").Needs("invoices:read").Documented("summarizeInvoices", "What was billed, and why it is that much",
        "of=billing counts invoices that are sent and numbered (where a system does not tell what was sent: that are in the books); of=invoiced counts what is in the books. Both leave out cancelled ones, subtract credit notes, go by the date on the invoice, and count without VAT where the system tells the net. The invoices behind each figure are those that the invoice list finds with the filter beside it.");

    private static async Task<Answer<InvoiceSummary>> ReadAsync(
        [Description("thisMonth, lastMonth, thisYear, a month such as 2026-03 or a year such as 2026; thisMonth unless given.")] string? period,
        [Description("billing or invoiced; billing unless given.")] string? of,
        [Description("Only this partner's invoices.")] long? partner,
        Call call, BillingSums sums, IPartners partners, IActors actors, TimeProvider clock, CancellationToken ct)
    {
        var company = (await actors.SettingsAsync(call.Company, ct)).Get<CompanyProfile>();
        if (Period.Read(period ?? "thisMonth", company.Today(clock.GetUtcNow())) is not { } within) return Refusal.Malformed([new("/period", "filter.value", "Use thisMonth, lastMonth, thisYear, a month such as 2026-03 or a year such as 2026.")]);
        if (of is not (null or "billing" or "invoiced")) return Refusal.Malformed([new("/of", "filter.value", "Use billing or invoiced.")]);
        if (partner is { } number && await partners.FindAsync(call.Company, number, ct) is null) return Refusal.NotFound("partner");
        var tallies = partner is { } one ? await sums.OfPartnerAsync(call.Company, one, ct) : await sums.OfAllAsync(call.Company, ct);
        return InvoiceSummary.Make(tallies, of ?? "billing", within, partner, await sums.IsConnectedAsync(call.Company, ct), company);
    }
}

/// <summary>A figure about invoices, with what is in it and what is not (N6).</summary>
/// <param name="Of">billing or invoiced: what counts.</param>
/// <param name="From">The first day of the period.</param>
/// <param name="To">Its last day.</param>
/// <param name="Partner">Whose invoices; null = everybody's.</param>
/// <param name="Total">In the company's currency; null = no accounting system is connected, or a rate is missing.</param>
/// <param name="WithVat">True = of some of the invoices the system tells no net, and they count with their VAT.</param>
/// <param name="Count">Invoices and credit notes that count.</param>
/// <param name="Filter">The query of the invoice list that finds exactly these.</param>
/// <param name="Currencies">What they come to by currency: the total is the sum of what is converted.</param>
/// <param name="Excluded">Those that do not count, by the first reason.</param>
internal sealed record InvoiceSummary(string Of, DateOnly From, DateOnly To, long? Partner, Money? Total, bool WithVat, long Count, string Filter, IReadOnlyList<InvoiceCurrency> Currencies, IReadOnlyList<ExcludedInvoices> Excluded)
{
    private const string OtherPeriod = "otherPeriod";

    public static InvoiceSummary Make(IReadOnlyList<BillingTally> tallies, string of, Period within, long? partner, bool isConnected, CompanyProfile company)
    {
        var days = string.Create(CultureInfo.InvariantCulture, $"date.gte={within.From:yyyy-MM-dd}&date.lte={within.To:yyyy-MM-dd}{(partner is null ? "" : $"&partner={partner}")}");
        string Reason(BillingTally t) => of == "billing" ? t.Billing : t.Booked;
        string Filter(string reason) => of == "billing" ? $"billing={reason}&{days}" : reason == Billing.Included ? $"state=open,paid,credit&{days}" : $"state={reason}&{days}";
        var inside = tallies.Where(within.Has).ToArray();
        var counted = inside.Where(t => Reason(t) == Billing.Included).ToArray();
        InvoiceCurrency[] currencies = [.. counted.GroupBy(t => t.Currency).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => InvoiceCurrency.Of(g.Key, g.Sum(t => t.Count), g.Sum(t => t.Amount), company))];
        ExcludedInvoices[] excluded =
        [
            .. inside.Where(t => Reason(t) != Billing.Included).GroupBy(Reason).OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => new ExcludedInvoices(g.Key, g.Sum(t => t.Count), company.Sum(g.Select(t => new Money(t.Amount, t.Currency)), company.BaseCurrency), Filter(g.Key))),
            .. tallies.Sum(t => t.Count) - inside.Sum(t => t.Count) is > 0 and var others ? new ExcludedInvoices[] { new(OtherPeriod, others, null, null) } : [],
        ];
        var total = !isConnected || currencies.Any(c => c.Converted is null) ? null : new Money(currencies.Sum(c => c.Converted!.Amount), company.BaseCurrency);
        return new(of, within.From, within.To, partner, total, counted.Any(t => t.WithoutNet > 0), counted.Sum(t => t.Count), Filter(Billing.Included), currencies, excluded);
    }
}

/// <summary>What invoices in one currency come to.</summary>
/// <param name="Count">Invoices and credit notes.</param>
/// <param name="Amount">Their sum.</param>
/// <param name="Rate">What one unit is worth in the company's currency; null = there is no rate.</param>
/// <param name="Converted">The sum in the company's currency, rounded to its minor unit; null = there is no rate.</param>
internal sealed record InvoiceCurrency(long Count, Money Amount, decimal? Rate, Money? Converted)
{
    public static InvoiceCurrency Of(string currency, long count, decimal amount, CompanyProfile company)
    {
        var sum = new Money(amount, currency);
        return new(count, sum, company.Rate(currency, company.BaseCurrency), company.Convert(sum, company.BaseCurrency));
    }
}

/// <summary>Invoices that a figure leaves out.</summary>
/// <param name="Reason">cancelled, notNumbered, notSent, draft or otherPeriod.</param>
/// <param name="Count">How many.</param>
/// <param name="Amount">What they come to in the company's currency; null = a rate is missing, or it says nothing (otherPeriod).</param>
/// <param name="Filter">The query of the invoice list that finds exactly these; null for otherPeriod.</param>
internal sealed record ExcludedInvoices(string Reason, long Count, Money? Amount, string? Filter);
