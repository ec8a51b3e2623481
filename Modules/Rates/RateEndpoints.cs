using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Rates;

/// <summary><c>/rates</c>: the days that were told.</summary>
internal static class RateEndpoints
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/rates", ListAsync).WithTags("rates").Needs("settings:read").Listed(RateDay.All)
        .Documented("listRates", "List daily exchange rates", "The days that a source has told, the newest first, as it told them. What the company reckons with now stands in its settings.");

    private static async Task<Answer<Page<RateDayView>>> ListAsync(Call call, HttpRequest request, ILists lists, CancellationToken ct) => (await lists.PageAsync<RateDay, RateDayView>(call, RateDay.All, request.Query, ct)).ToAnswer();
}
