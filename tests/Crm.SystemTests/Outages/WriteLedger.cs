using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Crm.Host.Storage;
using Crm.SystemTests.Storage;

namespace Crm.SystemTests.Outages;

/// <summary>One write that was tried, under one idempotency key, known in the journal by the unique name that it gives.</summary>
/// <param name="Partner">Whom it renames or whose order it is; null = it makes a partner.</param>
/// <param name="IsOrder">True = it places an order, which changes its partner in the same commit.</param>
internal sealed record Write(string Name, long? Partner, bool IsOrder = false)
{
    /// <summary>Number and version of the answer; null = none came, or a no.</summary>
    public (long Number, long Version)? Answer { get; set; }
}

/// <summary>How a request ended. Status 0 = no answer at all.</summary>
internal sealed record Ending(string Method, int Status, string? Code, bool IsProblem, bool SaysWhenToRetry, bool Replayed, DateTimeOffset BegunAt);

/// <summary>
/// Writes partners as clients do and remembers what it was told, to hold the server to it: an answered write is in the journal exactly once, an
/// unanswered one at most once, and once it is repeated exactly once.
/// </summary>
internal sealed class WriteLedger(TestDatabase database)
{
    /// <summary>How the names begin that this ledger gives.</summary>
    private const string Mark = "ledger-";

    private static readonly string[] Stages = ["potential", "lost", "prospect"];

    private readonly ConcurrentQueue<Write> _open = new();
    private readonly ConcurrentDictionary<int, long> _partners = new();
    private readonly Dictionary<string, JournalEntry> _seen = [];
    private readonly Dictionary<int, Head> _heads = [];
    private readonly Dictionary<int, long> _lastNumbers = [];
    private int _made;

    /// <summary>Partners, what they buy, and all settings. Users and keys have secrets in columns that their documents do not have.</summary>
    public static IReadOnlyList<IEntity> Entities { get; } = [.. ShippedModules.Entities.Where(e => e.IsSettings || e.Kind is "partner" or "order" or "case")];

    public ConcurrentQueue<Ending> Endings { get; } = new();

    /// <summary>How many writes were answered and found in the journal so far.</summary>
    public int Verified { get; private set; }

    /// <summary>Reads and writes until told to stop, or until nobody is there any more.</summary>
    public async Task LoadAsync(HttpClient client, int writers, int readers, CancellationToken stop)
    {
        await Task.WhenAll([.. Enumerable.Range(0, writers).Select(i => Task.Run(() => WriteAsync(client, new Random(HashCode.Combine(_made, i)), stop), CancellationToken.None)),
            .. Enumerable.Range(0, readers).Select(_ => Task.Run(() => ReadAsync(client, stop), CancellationToken.None))]);
    }

    /// <summary>Tries everything again that has no answer, with its first key and body: now each gets one.</summary>
    public async Task RepeatUnansweredAsync(HttpClient client, CancellationToken ct)
    {
        var unanswered = _open.Where(w => w.Answer is null).ToArray();
        await Parallel.ForEachAsync(unanswered, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = ct }, async (write, _) =>
        {
            var ending = await SendAsync(client, write);
            Assert.True(write.Answer is not null, $"A repeated write was answered {ending}.");
            if (_seen.ContainsKey(write.Name)) Assert.True(ending.Replayed, $"{write.Name} was there already and was not replayed.");
        });
    }

    /// <summary>Reads what is new in the journals, checks the chain, and holds it against what was answered.</summary>
    /// <param name="final">Everything has been repeated, so everything must be there.</param>
    /// <param name="ct">Cancels.</param>
    public async Task VerifyAsync(bool final, CancellationToken ct)
    {
        var added = await ReadNewAsync(ct);
        foreach (var (entry, next) in added.Zip(added.Skip(1).Append(null)))
        {
            if (entry.Kind is not ("partner" or "order")) continue;
            using var change = JsonDocument.Parse(entry.Change);
            if (!change.RootElement.GetProperty("after").TryGetProperty(entry.Kind == "order" ? "reference" : "name", out var name) || !name.GetString()!.StartsWith(Mark, StringComparison.Ordinal)) continue;
            Assert.True(_seen.TryAdd(name.GetString()!, entry), $"{name} took effect twice: as {_seen.GetValueOrDefault(name.GetString()!)} and as {entry}.");
            if (entry.Version != 1 || entry.Kind == "order") continue;
            Assert.True(entry.Number > _lastNumbers.GetValueOrDefault(entry.Company), $"Number {entry.Number} comes after {_lastNumbers.GetValueOrDefault(entry.Company)}.");
            _lastNumbers[entry.Company] = entry.Number;
            // No parent without its branch.
            Assert.Equal((entry.Company, entry.Number + 1, 1), (next?.Company, next?.Number, next?.Version));
            using var branch = JsonDocument.Parse(next!.Change);
            Assert.Equal(entry.Number, branch.RootElement.GetProperty("after").GetProperty("parent").GetInt64());
        }
        List<Write> unanswered = [];
        while (_open.TryDequeue(out var write))
        {
            if (write.Answer is not { } answer)
            {
                Assert.False(final, $"{write.Name} has no answer.");
                unanswered.Add(write);
                continue;
            }
            Assert.True(_seen.TryGetValue(write.Name, out var entry), $"{write} was answered and is lost.");
            Assert.Equal(answer, (entry!.Number, entry.Version));
            Verified++;
        }
        foreach (var write in unanswered) _open.Enqueue(write);

        // No half write: the rows are where their journals ended.
        Assert.Empty(await database.SelectAsync(
            """
            select p.number from partners p join (select company, number, max(version) as version from journal where kind = 'partner' group by company, number) j
            on j.company = p.company and j.number = p.number where j.version <> p.version
            """, row => row.GetInt64(0), ct));
        // No order without its partner's sum, and no sum without its orders.
        Assert.Empty(await database.SelectAsync(
            """
            select p.number from partners p left join (select company, partner, sum(uninvoiced) as uninvoiced from orders group by company, partner) o
            on o.company = p.company and o.partner = p.number where coalesce(p.uninvoiced, 0) <> coalesce(o.uninvoiced, 0)
            """, row => row.GetInt64(0), ct));
        Assert.Equal(
            await database.SelectAsync("select count(*) from journal where kind = 'partner' and version = 1", row => row.GetInt64(0), ct),
            await database.SelectAsync("select count(*) from partners", row => row.GetInt64(0), ct));
    }

    /// <summary>One write, or the repetition of one.</summary>
    public async Task<Ending> SendAsync(HttpClient client, Write write)
    {
        var isNew = write.IsOrder || write.Partner is null;
        using var request = new HttpRequestMessage(isNew ? HttpMethod.Post : HttpMethod.Patch, write.IsOrder ? "orders" : write.Partner is { } number ? $"partners/{number}" : "partners");
        request.Headers.Add("Idempotency-Key", write.Name);
        request.Content = write.IsOrder
            ? JsonContent.Create(new { partner = write.Partner, reference = write.Name, lines = (object[])[new { text = "A pallet", quantity = 2, unitPrice = new { amount = 12.5 } }, new { text = "Freight" }] })
            : write.Partner is null
            ? JsonContent.Create(new { name = write.Name, country = "SE", relations = (string[])["customer"], branches = (object[])[new { name = "A branch" }] })
            : JsonContent.Create(new { name = write.Name, stage = Stages[write.Name[^1] % Stages.Length] });
        var (ending, body) = await SendAsync(client, request);
        if (ending.Status is not (200 or 201)) return ending;
        write.Answer = (body.GetProperty("number").GetInt64(), body.GetProperty("version").GetInt64());
        if (write.Partner is null) _partners[_partners.Count] = write.Answer.Value.Number;
        return ending;
    }

    /// <summary>Makes a write that is to be sent.</summary>
    public Write New(long? partner, bool isOrder = false)
    {
        var write = new Write(string.Create(CultureInfo.InvariantCulture, $"{Mark}{Interlocked.Increment(ref _made)}-{Guid.NewGuid():N}"), partner, isOrder);
        _open.Enqueue(write);
        return write;
    }

    private async Task WriteAsync(HttpClient client, Random random, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            long? partner = random.Next(5) < 3 && _partners.TryGetValue(random.Next(Math.Max(1, _partners.Count)), out var number) ? number : null;
            if ((await SendAsync(client, New(partner, isOrder: partner is not null && random.Next(2) == 0))).Status == 0) return;
        }
    }

    private async Task ReadAsync(HttpClient client, CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, i % 2 == 1 && _partners.TryGetValue(i % Math.Max(1, _partners.Count), out var number) ? $"partners/{number}" : "partners?limit=20&sort=-number");
            if ((await SendAsync(client, request)).Ending.Status == 0) return;
            await Task.Delay(10, CancellationToken.None);
        }
    }

    private async Task<(Ending Ending, JsonElement Body)> SendAsync(HttpClient client, HttpRequestMessage request)
    {
        var begun = TimeProvider.System.GetUtcNow();
        try
        {
            using var response = await client.SendAsync(request);
            var body = await response.Content.ReadFromJsonAsync<JsonElement>();
            var ending = new Ending(request.Method.Method, (int)response.StatusCode, response.IsSuccessStatusCode ? null : body.GetProperty("code").GetString(),
                response.Content.Headers.ContentType?.MediaType == "application/problem+json", response.Headers.RetryAfter is not null, response.Headers.Contains("Idempotency-Replayed"), begun);
            Endings.Enqueue(ending);
            return (ending, body);
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException or TaskCanceledException)
        {
            var ending = new Ending(request.Method.Method, 0, cut.Message, false, false, false, begun);
            Endings.Enqueue(ending);
            return (ending, default);
        }
    }

    private async Task<List<JournalEntry>> ReadNewAsync(CancellationToken ct)
    {
        List<JournalEntry> added = [];
        foreach (var head in await database.SelectAsync("select company, seq, hash from heads", row => new Head((int)row.GetInt64(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2)), ct))
        {
            var known = _heads.GetValueOrDefault(head.Company) ?? new(head.Company, 0, JournalEntry.FirstHash);
            var entries = await database.SelectAsync(string.Create(CultureInfo.InvariantCulture,
                $"select company, seq, at, caller, operation, kind, number, version, fact, change, hash from journal where company = {head.Company} and seq > {known.Seq} and seq <= {head.Seq} order by seq"), JournalReader.ToEntry, ct);
            foreach (var entry in entries)
            {
                Assert.Equal(known.Seq + 1, entry.Seq);
                Assert.True(entry.Rehash(known.Hash).AsSpan().SequenceEqual(entry.Hash), $"The hash of {entry.Company}/{entry.Seq} does not hold.");
                known = new(entry.Company, entry.Seq, entry.Hash);
            }
            Assert.True(head.Seq == known.Seq && head.Hash.AsSpan().SequenceEqual(known.Hash), $"The head of {head.Company} is at {head.Seq}, its journal at {known.Seq}.");
            _heads[head.Company] = known;
            added.AddRange(entries);
        }
        return added;
    }
}
