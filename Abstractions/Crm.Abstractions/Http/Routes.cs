using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Crm;

/// <summary>The right that an endpoint needs; every endpoint below a company has one (a test holds this).</summary>
public sealed record RequiredRight(string Right);

/// <summary>Marks an endpoint that every signed-in member may use, whatever their role.</summary>
public sealed record EveryMember;

/// <summary>Marks an endpoint that needs no credentials.</summary>
public sealed record Anonymous;

/// <summary>Marks an endpoint whose body is too large for memory: it hashes it itself for the idempotency key's fingerprint.</summary>
public sealed record StreamedBody;

/// <summary>An endpoint's success is this status instead of 200.</summary>
public sealed record CreatedStatus(int Status, Type View) : IProducesResponseTypeMetadata
{
    /// <inheritdoc />
    int IProducesResponseTypeMetadata.StatusCode => Status;

    /// <inheritdoc />
    Type IProducesResponseTypeMetadata.Type => View;

    /// <inheritdoc />
    IEnumerable<string> IProducesResponseTypeMetadata.ContentTypes { get; } = ["application/json"];
}

/// <summary>The filters and sorts of a list, for OpenAPI.</summary>
public sealed record ListedFields(string Kind, IReadOnlyList<ListField> Fields, bool FreeText);

/// <summary>Words for mapping routes.</summary>
public static class Routes
{
    /// <summary>Needs a right such as <c>partners:write</c>; without it the answer is 403.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder builder, string right) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new RequiredRight(right));

    /// <summary>Says in OpenAPI that a success is 201 with this view, or 202 for work that goes on.</summary>
    public static RouteHandlerBuilder Creates<TView>(this RouteHandlerBuilder builder, int status = StatusCodes.Status201Created) =>
        builder.WithMetadata(new CreatedStatus(status, typeof(TView)));

    /// <summary>Says in OpenAPI which filters and sorts the list has.</summary>
    public static RouteHandlerBuilder Listed<TState>(this RouteHandlerBuilder builder, ListOf<TState> list) where TState : class
    {
        ArgumentNullException.ThrowIfNull(list);
        return builder.WithMetadata(new ListedFields(list.Entity.Kind, list.Fields, list.SearchColumn is not null));
    }

    /// <summary>Says in OpenAPI what the endpoint does: one line, then the rest.</summary>
    /// <param name="builder">The endpoint.</param>
    /// <param name="id">Its operationId, such as <c>setStage</c>: names of generated clients come from it.</param>
    /// <param name="summary">One line.</param>
    /// <param name="description">What a caller must know.</param>
    public static RouteHandlerBuilder Documented(this RouteHandlerBuilder builder, string id, string summary, string description) =>
        builder.WithName(id).WithSummary(summary).WithDescription(description);
}
