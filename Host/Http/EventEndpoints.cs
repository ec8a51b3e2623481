using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Crm.Host.Http;

/// <summary><c>/events</c>: a company's journal, the one feed for everything that follows its changes.</summary>
internal static class EventEndpoints
{
    public static void MapEvents(this RouteGroupBuilder api) =>
        api.MapGet("/events", ListAsync).WithTags("events").Needs("events:read")
            .Documented("listEvents", "Follow the company's journal", "Every change, in commit order and gap-free from 1. after is the last seq already seen; limit is 1 to 1000. next is the seq to go on from, null at the end. Each entry's hash covers the one before.");

    private static async Task<Answer<Page<Event>>> ListAsync(Call call, IJournal journal,
        [Description("The last seq already seen; 0 = from the beginning."), Range(0, long.MaxValue)] long? after, [Description("Entries in one answer, 1 to 1,000; 100 unless given."), Range(1, 1_000)] int? limit, CancellationToken ct)
    {
        if (after < 0) return Refusal.Malformed([new("/after", "filter.value", "'after' is a whole number from 0.")]);
        if (limit is < 1 or > 1_000) return Refusal.Malformed([new("/limit", "filter.value", "'limit' is a whole number from 1 to 1000.")]);
        var events = await journal.AfterAsync(call.Company, after ?? 0, (limit ?? 100) + 1, ct);
        Event[] page = [.. events.Take(limit ?? 100)];
        return new Page<Event>(page, events.Count > page.Length ? $"{page[^1].Seq}" : null, page.Length, events.Count <= page.Length);
    }
}
