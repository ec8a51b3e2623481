using Crm.Tests.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Tests.Architecture;

public sealed class RouteTests(OneApp app)
{
    private RouteEndpoint[] Api => [.. app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(e => e.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal))];

    [Fact]
    public void Every_route_of_a_company_needs_a_right_or_is_marked_as_open_to_every_member()
    {
        var routes = Api.Where(e => e.RoutePattern.RawText!.StartsWith("/api/v1/{company}", StringComparison.Ordinal) || e.RoutePattern.RawText.StartsWith("/api/v1/operator", StringComparison.Ordinal)).ToArray();
        Assert.True(routes.Length > 30, $"{routes.Length}");
        Assert.All(routes, e => Assert.True(e.Metadata.GetMetadata<RequiredRight>() is not null || e.Metadata.GetMetadata<EveryMember>() is not null, e.RoutePattern.RawText));
    }

    [Fact]
    public void A_route_that_writes_needs_the_right_to_write_and_one_that_reads_the_right_to_read() => Assert.All(
        Api.Where(e => e.Metadata.GetMetadata<RequiredRight>() is not null),
        e => Assert.EndsWith(Method(e) == "GET" ? ":read" : ":write", e.Metadata.GetMetadata<RequiredRight>()!.Right, StringComparison.Ordinal));

    [Fact]
    public void Every_right_that_a_route_needs_is_one_that_a_key_can_have() => Assert.All(
        Api.Select(e => e.Metadata.GetMetadata<RequiredRight>()?.Right).Where(r => r?.StartsWith("operator:", StringComparison.Ordinal) == false), r => Assert.Contains(r, Rights.Scopes));

    [Fact]
    public void Every_route_says_what_it_does_under_a_name_of_its_own()
    {
        Assert.All(Api, e =>
        {
            Assert.False(string.IsNullOrWhiteSpace(e.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName), e.RoutePattern.RawText);
            Assert.False(string.IsNullOrWhiteSpace(e.Metadata.GetMetadata<IEndpointSummaryMetadata>()?.Summary), e.RoutePattern.RawText);
            Assert.False(string.IsNullOrWhiteSpace(e.Metadata.GetMetadata<IEndpointDescriptionMetadata>()?.Description), e.RoutePattern.RawText);
            Assert.NotEmpty(e.Metadata.GetMetadata<ITagsMetadata>()?.Tags ?? []);
        });
        Assert.Equal(Api.Length, Api.Select(e => e.Metadata.GetMetadata<IEndpointNameMetadata>()!.EndpointName).Distinct().Count());
    }

    private static string Method(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Single();
}
