using Crm.Contracts;

namespace Crm.Partners;

/// <summary>Fills in what other modules count, where there is such a module: one question for a whole page.</summary>
internal static class PartnerCounts
{
    public static async Task<Answer<Page<PartnerView>>> CountedAsync(this (Refusal? Refusal, Page<PartnerView>? Page) result, IEnumerable<ICaseCounts> cases, CompanyRef company, CancellationToken ct) =>
        result.Refusal is { } refusal ? refusal : result.Page! with { Items = await CountedAsync(result.Page.Items, cases, company, ct) };

    public static async Task<PartnerView> CountedAsync(this PartnerView view, IEnumerable<ICaseCounts> cases, CompanyRef company, CancellationToken ct) =>
        (await CountedAsync([view], cases, company, ct))[0];

    private static async Task<IReadOnlyList<PartnerView>> CountedAsync(IReadOnlyList<PartnerView> views, IEnumerable<ICaseCounts> cases, CompanyRef company, CancellationToken ct)
    {
        if (cases.FirstOrDefault() is not { } counts || views.Count == 0) return views;
        var open = await counts.OpenAsync(company, [.. views.Select(v => v.Number)], ct);
        return [.. views.Select(v => v with { Counts = v.Counts with { OpenCases = open.GetValueOrDefault(v.Number) } })];
    }
}
