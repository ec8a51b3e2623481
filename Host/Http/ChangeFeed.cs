using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Crm.Host.Http;

/// <summary>Which rows have changed, for those who show them.</summary>
/// <param name="Seq">The journal's last entry that this tells of.</param>
/// <param name="Kinds">What has changed, such as partner; null = more than can be told: read again whatever is shown.</param>
/// <param name="Rows">Which of them, each once; null = too many to name.</param>
public sealed record Changes(long Seq, IReadOnlyList<string>? Kinds, IReadOnlyList<RowVersion>? Rows);

/// <summary>A row, and what it has become.</summary>
/// <param name="Kind">Such as partner.</param>
/// <param name="Number">Which one.</param>
/// <param name="Version">The newest version that this tells of.</param>
public sealed record RowVersion(string Kind, long Number, long Version);

/// <summary>
/// Looks at a company's journal while anybody listens, once for all who do, so that a change shows at every host and a thousand listeners cost the
/// database what one costs. Polled rather than told by the commit: a commit has nothing to do for listeners, and all hosts of a database are alike.
/// </summary>
internal sealed partial class ChangeFeed(IDatabase database, TimeProvider clock, ILogger<ChangeFeed> logger)
{
    private const int MostRows = 200, MostEntries = 2_000, Held = 32, Beat = 50;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    private readonly Lock _lock = new();
    private readonly Dictionary<int, ImmutableList<Channel<Told>>> _listeners = [];

    /// <summary>What changes from now on, first of all where the journal is. A listener that is too slow, or was away, is told to read again.</summary>
    /// <param name="company">Whose journal.</param>
    /// <param name="after">The last entry already known; null = none.</param>
    /// <param name="within">Where none is known: what has changed for so long is told at once; null = nothing.</param>
    /// <param name="ct">Ends it.</param>
    public async IAsyncEnumerable<Changes> ListenAsync(CompanyRef company, long? after, TimeSpan? within, [EnumeratorCancellation] CancellationToken ct)
    {
        var channel = Channel.CreateBounded<Told>(new BoundedChannelOptions(Held) { FullMode = BoundedChannelFullMode.DropOldest });
        await using var end = ct.Register(() => channel.Writer.TryComplete());
        Listen(company, channel);
        try
        {
            var seen = await HeadAsync(company);
            if (after is null && within is { } lately) yield return await SinceAsync(company, await BeforeAsync(company, seen, clock.GetUtcNow() - lately), seen);
            else yield return after is null || after == seen ? Nothing(seen) : Everything(seen);
            await foreach (var (from, changes) in channel.Reader.ReadAllAsync(CancellationToken.None))
            {
                if (changes.Seq < seen) continue;
                yield return from > seen ? Everything(changes.Seq) : changes;
                seen = changes.Seq;
            }
        }
        finally
        {
            // The one who watches ends by itself when it finds nobody.
            lock (_lock) _listeners[company.Id] = _listeners[company.Id].Remove(channel);
        }
    }

    private static Changes Nothing(long seq) => new(seq, [], []);

    private static Changes Everything(long seq) => new(seq, null, null);

    private void Listen(CompanyRef company, Channel<Told> channel)
    {
        lock (_lock)
        {
            var isWatched = _listeners.TryGetValue(company.Id, out var others);
            _listeners[company.Id] = (others ?? []).Add(channel);
            if (!isWatched) _ = WatchAsync(company);
        }
    }

    private async Task WatchAsync(CompanyRef company)
    {
        var (told, quiet, isAway) = ((Told?)null, 0, false);
        for (; IsHeard(company); await Task.Delay(Pause, clock, CancellationToken.None))
        {
            try
            {
                var head = await HeadAsync(company);
                // Now and then something is sent all the same, so that nothing between here and the browser takes the line for dead.
                if (head != told?.Changes.Seq || ++quiet == Beat)
                {
                    var from = told?.Changes.Seq ?? head;
                    (told, quiet) = (new(from, head == from ? Nothing(head) : await SinceAsync(company, from, head)), 0);
                    // Those who listen now, and not those who did before the journal was read.
                    lock (_lock) _listeners[company.Id].ForEach(listener => listener.Writer.TryWrite(told));
                }
                isAway = false;
            }
            catch (Exception broken)
            {
                // Whatever it is, who watches goes on: listeners see what happened meanwhile when the database answers again.
                if (!isAway) Away(logger, company.Slug, broken);
                isAway = true;
            }
        }
    }

    /// <summary>False = nobody listens, and nobody watches any more.</summary>
    private bool IsHeard(CompanyRef company)
    {
        lock (_lock)
        {
            if (!_listeners[company.Id].IsEmpty) return true;
            _listeners.Remove(company.Id);
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Changes in {Company} are told again when the database answers again")]
    private static partial void Away(ILogger logger, string company, Exception broken);

    private async Task<Changes> SinceAsync(CompanyRef company, long after, long head)
    {
        if (head - after > MostEntries) return Everything(head);
        var rows = await database.QueryAsync(company, "select kind, number, max(version) from journal where company = @company and seq > @after and seq <= @head group by kind, number",
            [new("after", after), new("head", head)], row => new RowVersion(row.GetString(0), row.GetInt64(1), row.GetInt64(2)), CancellationToken.None);
        return new(head, [.. rows.Select(r => r.Kind).Distinct()], rows.Count > MostRows ? null : rows);
    }

    /// <summary>The last entry from before a moment, as far as entries can be told one by one.</summary>
    private async Task<long> BeforeAsync(CompanyRef company, long head, DateTimeOffset moment)
    {
        var floor = Math.Max(0, head - MostEntries - 1);
        return (await database.QueryAsync(company, "select coalesce(max(seq), @floor) from journal where company = @company and seq > @floor and at < @at", [new("floor", floor), new("at", Micros.Of(moment))], row => row.GetInt64(0), CancellationToken.None)).Single();
    }

    private async Task<long> HeadAsync(CompanyRef company) =>
        (await database.QueryAsync(company, "select seq from heads where company = @company", [], row => row.GetInt64(0), CancellationToken.None)).FirstOrDefault();

    /// <summary>What is told, and the entry that it begins after.</summary>
    private sealed record Told(long After, Changes Changes);
}
