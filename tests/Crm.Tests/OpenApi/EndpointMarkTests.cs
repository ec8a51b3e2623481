using Crm.Host.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.OpenApi;

/// <summary>What every endpoint must be marked with, found by walking through all routes of the program.</summary>
public sealed class EndpointMarkTests(CrmApp app) : IClassFixture<CrmApp>
{
    private static readonly string[] OfTheHost = ["events", "server", "session"];

    private RouteEndpoint[] All => [.. app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(e => e.Metadata.GetMetadata<IHttpMethodMetadata>() is not null)];

    [Fact]
    public void Every_endpoint_of_a_company_or_of_operators_names_who_may_use_it() => Assert.Empty(All
        .Where(e => e.Metadata.GetMetadata<Area>() is { } area && area != Area.Session)
        .Where(e => e.Metadata.GetMetadata<RequiredRight>() is null && e.Metadata.GetMetadata<EveryMember>() is null)
        .Select(Name));

    [Fact]
    public void Every_endpoint_below_the_base_of_a_company_is_guarded_as_such() => Assert.Empty(All
        .Where(e => e.RoutePattern.RawText!.StartsWith("/api/v1/{company}", StringComparison.Ordinal) && e.Metadata.GetMetadata<Area>() != Area.Company)
        .Select(Name));

    [Fact]
    public void Every_right_is_one_that_a_key_can_be_narrowed_to_or_an_operators() => Assert.DoesNotContain(
        All.Select(e => e.Metadata.GetMetadata<RequiredRight>()?.Right), right => right is not null and not ("operator:read" or "operator:write") && !Rights.Scopes.Contains(right));

    [Fact]
    public void Every_endpoint_says_what_it_does() => Assert.Empty(All
        .Where(e => string.IsNullOrWhiteSpace(e.Metadata.GetMetadata<IEndpointSummaryMetadata>()?.Summary) || string.IsNullOrWhiteSpace(e.Metadata.GetMetadata<IEndpointDescriptionMetadata>()?.Description))
        .Select(Name));

    [Fact]
    public void Every_endpoint_belongs_to_one_module_or_to_the_host()
    {
        string[] known = [.. app.Services.GetRequiredService<IReadOnlyList<IModule>>().Select(m => m.Name), .. OfTheHost];
        Assert.Empty(All.Where(e => e.Metadata.GetOrderedMetadata<ITagsMetadata>().SelectMany(t => t.Tags).Distinct().ToArray() is not [var tag] || !known.Contains(tag)).Select(Name));
    }

    [Fact]
    public void Every_operation_has_an_id_of_its_own() =>
        Assert.Empty(All.GroupBy(e => e.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? "").Where(g => g.Key.Length == 0 || g.Count() > 1).SelectMany(g => g).Select(Name));

    private static string Name(RouteEndpoint endpoint) => endpoint.DisplayName!;
}
