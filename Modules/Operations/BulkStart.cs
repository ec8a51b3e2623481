using Crm.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Crm.Operations;

/// <summary>Starts bulk changes: judges what is to be set, finds the rows and fixes them, and says what would happen when that is all that is asked.</summary>
internal sealed class BulkStart(IActors actors, ILists lists, IFiles files, IDatabase database, IEnumerable<IBulkTarget> targets, OperationWorker worker, TimeProvider clock) : IDisposable
{
    public const int MostRows = 500_000;
    private const int TriedAtOnce = 500, ValuesShown = 100;

    private static readonly string[] Paging = ["sort", "limit", "cursor", "count"];

    /// <summary>One start at a time, so that of two over the same rows the second sees the first.</summary>
    private readonly SemaphoreSlim _starting = new(1);

    public async Task<Answer<OperationView>> StartAsync(Call call, BulkRequest request, CancellationToken ct)
    {
        if (Find(request.Action) is not { } target)
            return Refusal.Invalid([new("/action", "operation.action.unknown", $"Use one of: {string.Join(", ", targets.SelectMany(t => t.Actions).Order(StringComparer.Ordinal))}.")]);
        if (!call.Caller.May(target.Right)) return Refusal.Forbidden($"This needs the right {target.Right}.");
        var wrong = target.Check(request.Action, request.Set, new(clock.GetUtcNow(), call, await actors.SettingsAsync(call.Company, ct)));
        var (refusal, numbers) = await NumbersAsync(target, call, request.Target, ct);
        if (Both(wrong, refusal) is { } no) return no;

        var plan = new BulkPlan(request.Set, request.Target.Filter, numbers.Length, $"bulk/{Guid.NewGuid():n}");
        await _starting.WaitAsync(ct);
        try
        {
            var overlap = await OverlapAsync(call.Company, target, numbers, null, ct);
            var start = new StartOperation(request.Action, null, plan, overlap);
            if (call.DryRun) return await PreviewAsync(call, target, start, numbers, ct);
            await BulkRows.SaveAsync(files, call.Company, plan.File, numbers, ct);
            var reply = await actors.CreateAsync(call, start, ct);
            if (reply.Row is { } row) worker.Tell(call.Company.Id, row.Number);
            else await files.DeleteAsync(call.Company, plan.File, CancellationToken.None);
            return reply.ToAnswer<OperationView, Operation>(call, "operations").Accepted();
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>The target that an action belongs to; null = there is no such bulk action.</summary>
    public IBulkTarget? Find(string action) => targets.FirstOrDefault(t => t.Actions.Contains(action));

    /// <summary>The no to work on rows that another operation is at work on or will be; null = there is none.</summary>
    public async Task<Refusal?> OverlapAsync(CompanyRef company, IBulkTarget target, IReadOnlyCollection<long> numbers, long? but, CancellationToken ct)
    {
        HashSet<long>? mine = null;
        foreach (var open in await database.QueryAsync(company, "select number from operations where company = @company and is_open = 1 order by number", [], row => row.GetInt64(0), ct))
        {
            if (open == but || await actors.ReadAsync<Operation>(company, open, ct) is not { State: { IsOpen: true, Bulk: { } bulk } other } || Find(other.Action)?.Kind != target.Kind) continue;
            mine ??= [.. numbers];
            var same = (await BulkRows.ReadAsync(files, company, bulk.File, ct)).Count(mine.Contains);
            if (same > 0) return Refusal.Conflict("operation.overlaps", $"Operation {open} ({other.Action}) is not finished and has {same} of the same rows. Wait for it, or cancel it.");
        }
        return null;
    }

    public void Dispose() => _starting.Dispose();

    private async Task<(Refusal? Refusal, long[] Numbers)> NumbersAsync(IBulkTarget target, Call call, BulkRequestTarget request, CancellationToken ct)
    {
        if (request.Numbers is null == request.Filter is null) return (Refusal.Invalid([new("/target", "operation.target.one", "Name either numbers or a filter.")]), []);
        if (request.Numbers is { } named)
        {
            return named.Count == 0 ? (Refusal.Invalid([new("/target/numbers", "operation.target.empty", "Name at least one row.")]), [])
                : named.Count > MostRows ? (TooMany("/target/numbers"), [])
                : (null, [.. named.Distinct().Order()]);
        }
        var query = QueryHelpers.ParseQuery(request.Filter);
        if (query.Count == 0) return (Refusal.Invalid([new("/target/filter", "operation.target.empty", "An empty filter would mean every row. Say deleted=false if that is meant.")]), []);
        // What a list passes over must not widen a bulk change.
        Problem[] idle = [.. query.Keys.Where(Paging.Contains).Select(key => new Problem("/target/filter", "filter.unknown", $"A bulk change has no '{key}'.")),
            .. query.Where(q => q.Value.Any(string.IsNullOrWhiteSpace)).Select(q => new Problem("/target/filter", "filter.value", $"'{q.Key}' has no value."))];
        if (idle.Length > 0) return (Refusal.Malformed(idle), []);
        var (refusal, found) = await target.NumbersAsync(lists, call, new QueryCollection(query), MostRows + 1, ct);
        if (refusal is not null) return (refusal with { Problems = [.. refusal.Problems.Select(p => p with { Pointer = "/target/filter" })] }, []);
        return found.Count > MostRows ? (TooMany("/target/filter"), []) : (null, [.. found.Order()]);
    }

    private static Refusal TooMany(string pointer) => Refusal.Invalid([new(pointer, "operation.target.tooMany", $"At most {MostRows} rows at once.")]);

    /// <summary>All that is wrong, at once.</summary>
    private static Refusal? Both(Refusal? set, Refusal? target)
    {
        if (set is null) return target;
        Problem[] problems = [.. set.Problems.Select(p => p with { Pointer = $"/set{p.Pointer}" }), .. target?.Problems ?? []];
        return set.Kind == RefusalKind.Malformed || target?.Kind == RefusalKind.Malformed ? Refusal.Malformed(problems) : Refusal.Invalid(problems);
    }

    private async Task<Answer<OperationView>> PreviewAsync(Call call, IBulkTarget target, StartOperation start, long[] numbers, CancellationToken ct)
    {
        var reply = await actors.CreateAsync(call, start, ct);
        if (reply is not { Refusal: null, Replayed: null }) return reply.ToAnswer<OperationView, Operation>(call, "operations").Accepted();
        Dictionary<string, long> values = [];
        List<Skipped> skipped = [];
        long changed = 0, skips = 0, none = 0;
        foreach (var chunk in numbers.Chunk(TriedAtOnce))
        {
            foreach (var sent in await actors.TryAsync(call, await target.CommandsAsync(call.Company, start.Action, start.Bulk!.Set, chunk, ct), ct))
            {
                if (sent.Refusal is { } no)
                {
                    if (skips++ < Operation.SkippedKept) skipped.Add(new(sent.Number, no.Code, no.Detail));
                    continue;
                }
                if (sent.Changed) changed++;
                if (target.Current(start.Action, start.Bulk.Set, sent.Before!) is { } value) values[value] = values.GetValueOrDefault(value) + 1;
                else none++;
            }
        }
        var counts = values.Select(v => new CurrentCount(v.Key, v.Value)).Concat(none > 0 ? [new CurrentCount(null, none)] : []).OrderByDescending(c => c.Count).ThenBy(c => c.Value, StringComparer.Ordinal);
        var view = (OperationView)reply.Answer! with
        {
            SkippedCount = skips, Skipped = skipped,
            Preview = new(numbers.Length, changed, numbers.Length - changed - skips, skips, [.. counts.Take(ValuesShown)]),
        };
        return (reply with { Answer = view }).ToAnswer<OperationView, Operation>(call, "operations").Accepted();
    }
}
