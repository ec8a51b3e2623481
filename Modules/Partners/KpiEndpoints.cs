using Crm.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;

namespace Crm.Partners;

/// <summary><c>/partners/overview/kpis</c>: the figures above the overview.</summary>
internal static class KpiEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/partners/stages", StagesAsync).WithTags("partners").Needs("partners:read").Listed(PartnerTables.All).Documented("countStages", "Count partners by stage",
            "Each stage with the number of partners that the filters find in it, those without partners left out; sorts and cursors play no part.");
        api.MapGet("/partners/overview/kpis", ReadAsync).WithTags("partners").Needs("partners:read").Documented("readKpis", "The figures above the overview",
            "Each count is the count of the partner list with the filter named beside it, so a figure and its rows never differ. Those about cases need cases:read and are left out (null) without it. Those about billing need invoices:read and a connected accounting system, and are null otherwise, never 0; the explain beside a figure is the path that says how it comes about. Prospects have no billed invoice where the caller may know. The margin is null: no costs are known here yet.");
    }

    private static async Task<Answer<Page<StageCount>>> StagesAsync(Call call, HttpRequest request, ILists lists, CancellationToken ct)
    {
        var (refusal, counts) = await lists.SumsAsync(call, PartnerTables.All, request.Query, "stage, count(*)", "stage", [], row => new StageCount(row.IsDBNull(0) ? null : row.GetString(0), row.GetInt64(1)), ct);
        return refusal is not null ? refusal : new Page<StageCount>(counts, null, counts.Count, true);
    }

    private static async Task<Answer<Kpis>> ReadAsync(Call call, ILists lists, IActors actors, IEnumerable<ICaseCounts> cases, IEnumerable<IInvoices> invoices, CancellationToken ct)
    {
        var company = (await actors.SettingsAsync(call.Company, ct)).Get<CompanyProfile>();
        var overLimit = await CountAsync("overLimit=true");
        var billing = call.Caller.May("invoices:read") ? invoices.FirstOrDefault() : null;
        var kpis = new Kpis(null, null, overLimit, null, billing is null ? null : BillingView.Of(await billing.BillingAsync(call.Company, ct)), null);
        if (!call.Caller.May("cases:read") || cases.FirstOrDefault() is not { } counts) return kpis;
        var sums = await counts.OpenSumsAsync(call.Company, ct);
        return kpis with
        {
            ActiveCustomers = await CountAsync("openCases=true"), ProspectsInPipeline = await CountAsync($"openCases=true&wonCases=false{(billing is null ? "" : "&billed=false")}"), OpenCases = OpenCasesView.Of(sums, company),
        };

        async Task<FilteredCount> CountAsync(string filter)
        {
            var query = new QueryCollection(filter.Split('&').Select(f => f.Split('=')).ToDictionary(f => f[0], f => new StringValues(f[1])));
            var (_, groups) = await lists.SumsAsync(call, PartnerTables.All, query, "count(*)", "company", [], row => row.GetInt64(0), ct);
            return new(groups.Count == 0 ? 0 : groups[0], filter);
        }
    }
}

/// <summary>The figures above the overview (R116); null where no module counts them, or the caller may not read what they count.</summary>
/// <param name="ActiveCustomers">Partners with at least one open case (R119).</param>
/// <param name="ProspectsInPipeline">Partners with an open case, none that was won and no billed invoice (R120); invoices play no part for a caller who may not read them.</param>
/// <param name="OverLimit">Partners whose balance, or what else counts by the company's policy, is above the credit limit.</param>
/// <param name="OpenCases">All open cases.</param>
/// <param name="Billing">What was billed (R118).</param>
/// <param name="MarginThisYear">Billed this year less all costs (R117); null, because no costs are known here yet.</param>
internal sealed record Kpis(FilteredCount? ActiveCustomers, FilteredCount? ProspectsInPipeline, FilteredCount OverLimit, OpenCasesView? OpenCases, BillingView? Billing, Money? MarginThisYear);

/// <summary>What was billed: invoices that are sent and numbered, by their date, without VAT, in the company's currency. An amount is null while a rate is missing.</summary>
/// <param name="ThisMonth">This month.</param>
/// <param name="LastMonth">The whole month before.</param>
/// <param name="ThisYear">This calendar year.</param>
/// <param name="WithVat">True = of some of the invoices the system tells no net, and they count with their VAT.</param>
/// <param name="Explain">The path that says how these figures come about; period is thisMonth, lastMonth or thisYear.</param>
internal sealed record BillingView(Money? ThisMonth, Money? LastMonth, Money? ThisYear, bool WithVat, string Explain)
{
    public static BillingView? Of(BillingFigures? figures) => figures is null ? null : new(figures.ThisMonth, figures.LastMonth, figures.ThisYear, figures.WithVat, "invoices/summary?period=thisMonth");
}

/// <summary>The partners in one stage.</summary>
/// <param name="Stage">Key of the stage; null = those in none.</param>
/// <param name="Count">Partners.</param>
internal sealed record StageCount(string? Stage, long Count);

/// <summary>How many partners a filter finds.</summary>
/// <param name="Count">Partners.</param>
/// <param name="Filter">The query of the partner list that finds exactly these, such as openCases=true.</param>
internal sealed record FilteredCount(long Count, string Filter);

/// <summary>What all open cases are worth.</summary>
/// <param name="Count">Cases, also those without a value.</param>
/// <param name="Value">In the company's currency; null = a rate is missing.</param>
/// <param name="Weighted">The value times the probability, case by case; null = a rate is missing.</param>
internal sealed record OpenCasesView(long Count, Money? Value, Money? Weighted)
{
    public static OpenCasesView Of(IReadOnlyList<OpenCases> sums, CompanyProfile company)
    {
        var priced = sums.Where(s => s.Currency is not null).ToArray();
        return new(sums.Sum(s => s.Count), company.Sum(priced.Select(s => new Money(s.Value, s.Currency!)), company.BaseCurrency), company.Sum(priced.Select(s => new Money(s.Weighted, s.Currency!)), company.BaseCurrency));
    }
}
