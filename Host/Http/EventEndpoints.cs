using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace Crm.Host.Http;

/// <summary><c>/events</c>: a company's journal, the one feed for everything that follows its changes.</summary>
internal static class EventEndpoints
{
    /// <summary>How long a stream lasts. A browser connects again by itself, and is then asked again who it is.</summary>
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(5);

    public static void MapEvents(this RouteGroupBuilder api)
    {
        api.MapGet("/events", ListAsync).WithTags("events").Needs("events:read")
            .Documented("listEvents", "Follow the company's journal", "Every change that the caller may see, in commit order: without the private things of others, such as their saved views, it is gap-free from 1. after is the last seq already seen; limit is 1 to 1000. next is the seq to go on from, null at the end. Each entry's hash covers the one before.");
        api.MapGet("/events/stream", StreamAsync).WithTags("events").Needs("events:read").Produces<Changes>(200, "text/event-stream")
            .Documented("streamChanges", "Watch which rows change", "Server-sent events named changes, at once and then within half a second of each change: which rows, and no content of theirs. The id of each is the journal's seq; one who was away sends it as Last-Event-ID or after, and is told to read again what it shows when anything has happened since. A stream ends after five minutes.");
    }

    private static async Task<Answer<Page<Event>>> ListAsync(Call call, IJournal journal, HiddenRows hidden,
        [Description("The last seq already seen; 0 = from the beginning."), Range(0, long.MaxValue)] long? after, [Description("Entries in one answer, 1 to 1,000; 100 unless given."), Range(1, 1_000)] int? limit, CancellationToken ct)
    {
        if (after < 0) return Refusal.Malformed([new("/after", "filter.value", "'after' is a whole number from 0.")]);
        if (limit is < 1 or > 1_000) return Refusal.Malformed([new("/limit", "filter.value", "'limit' is a whole number from 1 to 1000.")]);
        var events = await journal.AfterAsync(call.Company, after ?? 0, (limit ?? 100) + 1, ct);
        Event[] page = [.. events.Take(limit ?? 100)];
        var seen = await hidden.LeftOutAsync(call, page, ct);
        return new Page<Event>(seen, events.Count > page.Length ? $"{page[^1].Seq}" : null, seen.Count, events.Count <= page.Length);
    }

    private static IResult StreamAsync(Call call, ChangeFeed feed, IHostApplicationLifetime host, TimeProvider clock, HttpRequest request,
        [Description("The last seq already known; without it, only what changes from now on is told."), Range(0, long.MaxValue)] long? after,
        [Description("Without after: what has changed for so many seconds, 1 to 300, is told at once, for one who has just read and may have missed a change since."), Range(1, 300)] int? within, CancellationToken ct)
    {
        if (within is < 1 or > 300) return (Answer<Changes>)Refusal.Malformed([new("/within", "filter.value", "'within' is 1 to 300 seconds.")]);
        if (after < 0) return (Answer<Changes>)Refusal.Malformed([new("/after", "filter.value", "'after' is a whole number from 0.")]);
        var known = long.TryParse(request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : after;
        return TypedResults.ServerSentEvents(WatchAsync(call.Company, known, within is { } seconds ? TimeSpan.FromSeconds(seconds) : null, feed, clock, host.ApplicationStopping, ct));
    }

    private static async IAsyncEnumerable<SseItem<Changes>> WatchAsync(CompanyRef company, long? after, TimeSpan? within, ChangeFeed feed, TimeProvider clock, CancellationToken stopping, [EnumeratorCancellation] CancellationToken ct)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct, stopping);
        await using var lasts = clock.CreateTimer(_ => end.Cancel(), null, Lasts, Timeout.InfiniteTimeSpan);
        await foreach (var changes in feed.ListenAsync(company, after, within, end.Token)) yield return new(changes, "changes") { EventId = $"{changes.Seq}" };
    }
}
