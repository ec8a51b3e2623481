using Crm.SystemTests.Storage;

namespace Crm.SystemTests.Outages;

/// <summary>
/// Takes a server through an outage of its database under load and holds it to what it promises: a clear 503 that says when to come back, no wrong
/// answer, reads where they can be, recovery without a restart, and a journal that holds.
/// </summary>
internal sealed class Outage(TestDatabase database)
{
    private const int Writers = 8, Readers = 2;

    private static readonly string[] Codes = ["storage.unavailable", "storage.slow", "server.overloaded"];

    /// <summary>True = every read is answered during the outage too.</summary>
    public bool ReadsGoOn { get; init; }

    /// <summary>How long it lasts.</summary>
    public TimeSpan Length { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>Starts a server and takes it through.</summary>
    /// <param name="begin">Takes the database away from the server.</param>
    /// <param name="end">Gives it back.</param>
    /// <param name="ct">Cancels.</param>
    public async Task EndureAsync(Func<Server, Task> begin, Func<Server, Task> end, CancellationToken ct)
    {
        var ledger = new WriteLedger(database);
        // The demo's many rows are made first, in a server that gives a busy machine all the time it needs for them.
        string key;
        await using (var first = await Server.StartAsync(database.ServerSettings, demo: true, ct))
        {
            key = first.DemoKeys["nordlys"];
            Assert.Equal(0, await first.StopAsync(ct));
        }
        Dictionary<string, string> settings = new(database.ServerSettings) { ["Actors:CommitSeconds"] = "2" };
        await using var server = await Server.StartAsync(settings, demo: false, ct);
        using var client = server.Client("nordlys", key);
        await ledger.VerifyAsync(final: false, ct);

        await LoadAsync(ledger, client, TimeSpan.FromSeconds(1), ct);
        Assert.DoesNotContain(ledger.Endings, e => e.Status is not (200 or 201));
        ledger.Endings.Clear();

        await begin(server);
        await LoadAsync(ledger, client, Length, ct);
        await end(server);
        var during = ledger.Endings.ToArray();
        var context = $"{string.Join("\n", during.GroupBy(e => (e.Method, e.Status, e.Code)).Select(g => $"{g.Count()} × {g.Key}"))}\n{server.Output}";
        Assert.True(during.All(e => e.Status is 200 or 201 || (e.Status == 503 && e.IsProblem && e.SaysWhenToRetry && Codes.Contains(e.Code))), context);
        Assert.True(during.Any(e => e.Method is "POST" or "PATCH" && e.Status == 503), context);
        if (ReadsGoOn) Assert.True(during.Where(e => e.Method == "GET").All(e => e.Status == 200), context);

        await RecoverAsync(ledger, client, server, ct);
        ledger.Endings.Clear();
        await LoadAsync(ledger, client, TimeSpan.FromSeconds(1), ct);
        Assert.True(ledger.Endings.All(e => e.Status is 200 or 201), string.Join("\n", ledger.Endings.GroupBy(e => (e.Method, e.Status, e.Code)).Select(g => $"{g.Count()} × {g.Key}")));

        await ledger.VerifyAsync(final: false, ct);
        await ledger.RepeatUnansweredAsync(client, ct);
        await ledger.VerifyAsync(final: true, ct);
        Assert.Empty(await JournalCheck.FaultsAsync(database, WriteLedger.Entities, ct));
        Assert.Equal(0, await server.StopAsync(ct));
    }

    private static async Task LoadAsync(WriteLedger ledger, HttpClient client, TimeSpan length, CancellationToken ct)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        end.CancelAfter(length);
        await ledger.LoadAsync(client, Writers, Readers, end.Token);
    }

    /// <summary>Waits until writes and reads succeed again, twenty times in a row.</summary>
    private static async Task RecoverAsync(WriteLedger ledger, HttpClient client, Server server, CancellationToken ct)
    {
        var patience = System.Diagnostics.Stopwatch.StartNew();
        for (var inARow = 0; inARow < 20;)
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(60), $"It does not recover.\n{server.Output}");
            using var read = await client.GetAsync("partners?limit=1", ct);
            var write = await ledger.SendAsync(client, ledger.New(null));
            inARow = read.IsSuccessStatusCode && write.Status == 201 ? inARow + 1 : 0;
            if (inARow == 0) await Task.Delay(100, ct);
        }
    }
}
