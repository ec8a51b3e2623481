using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Crm;

/// <summary>The right that an endpoint needs; every endpoint below a company has one (a test holds this).</summary>
public sealed record RequiredRight(string Right);

/// <summary>Marks an endpoint that every signed-in member may use, whatever their role.</summary>
public sealed record EveryMember;

/// <summary>Marks an endpoint that needs no credentials.</summary>
public sealed record Anonymous;

/// <summary>Words for mapping routes.</summary>
public static class Routes
{
    /// <summary>Needs a right such as <c>partners:write</c>; without it the answer is 403.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder builder, string right) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new RequiredRight(right));

    /// <summary>Says in OpenAPI what the endpoint does: one line, then the rest.</summary>
    /// <param name="builder">The endpoint.</param>
    /// <param name="id">Its operationId, such as <c>setStage</c>: names of generated clients come from it.</param>
    /// <param name="summary">One line.</param>
    /// <param name="description">What a caller must know.</param>
    public static RouteHandlerBuilder Documented(this RouteHandlerBuilder builder, string id, string summary, string description) =>
        builder.WithName(id).WithSummary(summary).WithDescription(description);
}
