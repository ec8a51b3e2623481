using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Crm;

/// <summary>What an endpoint answers: a view with its ETag, or a refusal as problem+json. The type tells OpenAPI the view.</summary>
/// <typeparam name="TView">What callers get.</typeparam>
public sealed class Answer<TView> : IResult, IEndpointMetadataProvider where TView : class
{
    private readonly Refusal? _refusal;
    private readonly TView? _view;

    private Answer(Refusal? refusal, TView? view) => (_refusal, _view) = (refusal, view);

    /// <summary>HTTP status of a success.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>The row's version; null = no ETag.</summary>
    public long? Version { get; init; }

    /// <summary>Where a new thing lives.</summary>
    public string? Location { get; init; }

    /// <summary>The no; null = a success.</summary>
    public Refusal? Refusal => _refusal;

    /// <summary>True = a refusal.</summary>
    public bool IsRefused => _refusal is not null;

    /// <summary>The stored first answer of an idempotency key.</summary>
    public StoredAnswer? Replayed { get; init; }

    /// <summary>A refusal is an answer.</summary>
    public static implicit operator Answer<TView>(Refusal refusal) => new(refusal, null);

    /// <summary>A view is an answer.</summary>
    public static implicit operator Answer<TView>(TView view) => new(null, view);

    internal static Answer<TView> Of(TView? view, int status, long? version, string? location, StoredAnswer? replayed) =>
        new(null, view) { Status = status, Version = version, Location = location, Replayed = replayed };

    internal Answer<TView> With(int status, string? location = null) => new(_refusal, _view) { Status = status, Version = Version, Location = location ?? Location, Replayed = Replayed };

    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        if (_refusal is not null) return Problems.WriteAsync(httpContext, _refusal);
        var response = httpContext.Response;
        response.StatusCode = Status;
        if (Version is { } version) response.Headers.ETag = Etags.Of(version);
        if (Location is not null) response.Headers.Location = Location;
        if (httpContext.Features.Get<Call>() is { DryRun: true }) response.Headers["Preference-Applied"] = "dry-run";
        if (Status == StatusCodes.Status204NoContent) return Task.CompletedTask;
        response.ContentType = "application/json; charset=utf-8";
        if (Replayed is null) return JsonSerializer.SerializeAsync(response.BodyWriter, _view!, _view!.GetType(), Json.Wire, httpContext.RequestAborted);
        response.Headers["Idempotency-Replayed"] = "true";
        return response.BodyWriter.WriteAsync(Replayed.Body, httpContext.RequestAborted).AsTask();
    }

    /// <inheritdoc />
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(TView), ["application/json"]));
    }
}

/// <summary>Turns replies into answers.</summary>
public static class Answers
{
    /// <summary>The reply's answer: 200, or 201 with its place when the command made the entity.</summary>
    /// <param name="reply">What the actor said.</param>
    /// <param name="call">The request.</param>
    /// <param name="collection">The collection's path below the company, such as <c>partners</c>: the place of a new entity.</param>
    public static Answer<TView> ToAnswer<TView, TState>(this Reply<TState> reply, Call call, string collection) where TView : class where TState : class
    {
        ArgumentNullException.ThrowIfNull(reply);
        ArgumentNullException.ThrowIfNull(call);
        if (reply.Refusal is { } refusal) return refusal;
        var (created, number, version) = reply.Replayed is { } stored ? (stored.Created, stored.Number, stored.Version) : (reply.Created, reply.Row!.Number, reply.Row.Version);
        return Answer<TView>.Of((TView?)reply.Answer, created ? StatusCodes.Status201Created : StatusCodes.Status200OK, version,
            created && !call.DryRun ? $"/api/v1/{call.Company.Slug}/{collection}/{number}" : null, reply.Replayed);
    }

    /// <summary>The answer about a part of an entity, such as a contact of a partner, with the part's own version and place.</summary>
    /// <param name="reply">What the actor said.</param>
    /// <param name="call">The request.</param>
    /// <param name="version">The part's version, for the ETag.</param>
    /// <param name="place">The part's path below the company, when the command made it; null = it was there before.</param>
    public static Answer<TView> ToAnswerOfPart<TView, TState>(this Reply<TState> reply, Call call, Func<TView, long> version, Func<TView, string>? place) where TView : class where TState : class
    {
        ArgumentNullException.ThrowIfNull(reply);
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(version);
        if (reply.Refusal is { } refusal) return refusal;
        var view = reply.Replayed is { } stored ? JsonSerializer.Deserialize<TView>(stored.Body.Span, Json.Wire)! : (TView)reply.Answer!;
        return Answer<TView>.Of(view, place is null ? StatusCodes.Status200OK : StatusCodes.Status201Created, version(view),
            place is null || call.DryRun ? null : $"/api/v1/{call.Company.Slug}/{place(view)}", reply.Replayed);
    }

    /// <summary>A row that was read: its view and its ETag, or 404.</summary>
    public static Answer<TView> ToAnswer<TView, TState>(this Row<TState>? row, Entity<TState> entity, ISettings settings) where TView : class where TState : class
    {
        ArgumentNullException.ThrowIfNull(entity);
        return row is null ? Refusal.NotFound(entity.Kind) : Answer<TView>.Of((TView)entity.View(row, settings), StatusCodes.Status200OK, row.Version, null, null);
    }

    /// <summary>A view with the version that its ETag shows.</summary>
    public static Answer<TView> WithVersion<TView>(TView view, long version) where TView : class =>
        Answer<TView>.Of(view, StatusCodes.Status200OK, version, null, null);

    /// <summary>201: the command made something that is a part of its entity.</summary>
    /// <param name="answer">The command's answer; a refusal stays one.</param>
    /// <param name="call">The request; a dry run has made nothing that could be found.</param>
    /// <param name="path">Where the new thing is, below the company.</param>
    public static Answer<TView> Made<TView>(this Answer<TView> answer, Call call, string path) where TView : class
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(call);
        return answer.With(StatusCodes.Status201Created, call.DryRun ? null : $"/api/v1/{call.Company.Slug}/{path}");
    }

    /// <summary>202: the work goes on; the place tells how far it is.</summary>
    /// <param name="answer">A success, or a refusal, which stays as it is.</param>
    /// <param name="location">The place; null = where the answer says that the new thing is.</param>
    public static Answer<TView> Accepted<TView>(this Answer<TView> answer, string? location = null) where TView : class
    {
        ArgumentNullException.ThrowIfNull(answer);
        return answer.With(StatusCodes.Status202Accepted, location);
    }

    /// <summary>A page or the refusal of its query.</summary>
    public static Answer<Page<TView>> ToAnswer<TView>(this (Refusal? Refusal, Page<TView>? Page) result) where TView : class =>
        result.Refusal is { } refusal ? refusal : result.Page!;
}

/// <summary>Entity tags: the row's version in quotes.</summary>
public static class Etags
{
    /// <summary>The ETag of a version.</summary>
    public static string Of(long version) => $"\"{version}\"";

    /// <summary>Reads If-Match: null = not understood, which never matches. <c>*</c> is "any version" and gives 0.</summary>
    public static long? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text == "*") return 0;
        return text.Length > 2 && text[0] == '"' && text[^1] == '"' && long.TryParse(text.AsSpan(1, text.Length - 2), System.Globalization.NumberStyles.None, null, out var version) ? version : null;
    }
}
