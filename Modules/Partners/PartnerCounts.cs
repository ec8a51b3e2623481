using Crm.Contracts;

namespace Crm.Partners;

/// <summary>Fills in what other modules count, where there is such a module and the caller may read what it counts: one question for a whole page.</summary>
internal static class PartnerCounts
{
    public static async Task<Answer<Page<PartnerView>>> CountedAsync(this (Refusal? Refusal, Page<PartnerView>? Page) result, IEnumerable<ICaseCounts> cases, Call call, CancellationToken ct) =>
        result.Refusal is { } refusal ? refusal : result.Page! with { Items = await CountedAsync(result.Page.Items, cases, call, ct) };

    public static async Task<PartnerView> CountedAsync(this PartnerView view, IEnumerable<ICaseCounts> cases, Call call, CancellationToken ct) =>
        (await CountedAsync([view], cases, call, ct))[0];

    private static async Task<IReadOnlyList<PartnerView>> CountedAsync(IReadOnlyList<PartnerView> views, IEnumerable<ICaseCounts> cases, Call call, CancellationToken ct)
    {
        if (!call.Caller.May("cases:read") || cases.FirstOrDefault() is not { } counts || views.Count == 0) return views;
        var open = await counts.OpenAsync(call.Company, [.. views.Select(v => v.Number)], ct);
        return [.. views.Select(v => v with { Counts = v.Counts with { OpenCases = open.GetValueOrDefault(v.Number) } })];
    }
}
