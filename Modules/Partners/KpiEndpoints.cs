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
            "Each count is the count of the partner list with the filter named beside it, so a figure and its rows never differ. Those about cases need cases:read and are left out (null) without it. There are no invoices here yet: prospects are told from customers by cases alone, and nothing is said of billing and margin.");
    }

    private static async Task<Answer<Page<StageCount>>> StagesAsync(Call call, HttpRequest request, ILists lists, CancellationToken ct)
    {
        var (refusal, counts) = await lists.SumsAsync(call, PartnerTables.All, request.Query, "stage, count(*)", "stage", [], row => new StageCount(row.IsDBNull(0) ? null : row.GetString(0), row.GetInt64(1)), ct);
        return refusal is not null ? refusal : new Page<StageCount>(counts, null, counts.Count, true);
    }

    private static async Task<Answer<Kpis>> ReadAsync(Call call, ILists lists, IActors actors, IEnumerable<ICaseCounts> cases, CancellationToken ct)
    {
        var company = (await actors.SettingsAsync(call.Company, ct)).Get<CompanyProfile>();
        var overLimit = await CountAsync("overLimit=true");
        if (!call.Caller.May("cases:read") || cases.FirstOrDefault() is not { } counts) return new Kpis(null, null, overLimit, null);
        var sums = await counts.OpenSumsAsync(call.Company, ct);
        return new Kpis(await CountAsync("openCases=true"), await CountAsync("openCases=true&wonCases=false"), overLimit, OpenCasesView.Of(sums, company));

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
/// <param name="ProspectsInPipeline">Partners with an open case and none that was won (R120, as far as it can be told without invoices).</param>
/// <param name="OverLimit">Partners whose balance, or what else counts by the company's policy, is above the credit limit.</param>
/// <param name="OpenCases">All open cases.</param>
internal sealed record Kpis(FilteredCount? ActiveCustomers, FilteredCount? ProspectsInPipeline, FilteredCount OverLimit, OpenCasesView? OpenCases);

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
