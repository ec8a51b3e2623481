using Crm.Host.Actors;
using Crm.SystemTests.Storage;

namespace Crm.SystemTests.Actors;

/// <summary>What the runtime promises whichever database it has; here it has SQLite.</summary>
public sealed class ActorRuntimeTests(SqliteDatabases databases) : IClassFixture<SqliteDatabases>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_entity_that_is_stuck_stalls_no_other_and_its_queue_is_bounded()
    {
        await using var host = new TestHost(databases.Shared.Open(), new() { MaxWaitingPerEntity = 5 });
        var company = databases.NewCompany();
        var (stuck, free) = (await host.MakeAsync(company, new("stuck"), Ct), await host.MakeAsync(company, new("free"), Ct));
        var activation = host.Directory.Get(new(company.Id, "widget", stuck));
        Assert.Equal(Entry.In, await activation.EnterAsync(1, Ct));

        // Which of the six finds no place is the host's matter: MailboxTests hold the order.
        var sent = Enumerable.Range(0, 6).Select(_ => host.SendAsync(company, stuck, new CountUp(), Ct)).ToArray();
        var first = await Task.WhenAny(sent);
        var (oneTooMany, waiting) = ((await first).Refusal!, sent.Where(s => s != first).ToArray());
        Assert.Equal((RefusalKind.Unavailable, "server.overloaded"), (oneTooMany.Kind, oneTooMany.Code));
        for (var i = 0; i < 20; i++) Assert.Null((await host.SendAsync(company, free, new CountUp(), Ct)).Refusal);
        Assert.Equal(0, (await host.ReadAsync(company, stuck, Ct)).State.Count);
        Assert.All(waiting, w => Assert.False(w.IsCompleted));

        activation.Exit();
        Assert.Equal([2, 3, 4, 5, 6], (await Task.WhenAll(waiting)).Select(r => r.Row!.Version).Order());
    }

    [Fact]
    public async Task Callers_that_give_up_lose_no_commit_and_double_none()
    {
        await using var host = new TestHost(databases.Shared.Open());
        var company = databases.NewCompany();
        var number = await host.MakeAsync(company, new("w"), Ct);
        var done = 0;
        await Task.WhenAll(Enumerable.Range(0, 16).Select(client => Task.Run(async () =>
        {
            var random = new Random(client);
            for (var i = 0; i < 40; i++)
            {
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
                if (random.Next(2) == 0) patience.CancelAfter(TimeSpan.FromMicroseconds(random.Next(3_000)));
                try
                {
                    var reply = await host.Actors.SendAsync(Call.System(company), number, new CountUp(), patience.Token);
                    if (reply.Refusal is null) Interlocked.Increment(ref done);
                }
                catch (OperationCanceledException) when (patience.IsCancellationRequested)
                {
                    // Given up before its turn: nothing has happened, which the count below shows.
                }
            }
        }, Ct)));
        var row = await host.ReadAsync(company, number, Ct);
        Assert.Equal((done, done + 1), (row.State.Count, row.Version));
        Assert.InRange(done, 1, (16 * 40) - 1);
        Assert.Empty(await JournalCheck.FaultsAsync(databases.Shared, [Widget.Entity, WidgetSettings.Entity], Ct));
    }

    [Fact]
    public async Task Commands_go_on_while_memory_is_bounded_and_swept()
    {
        var clock = new MovableClock();
        await using var host = new TestHost(databases.Shared.Open(), new() { MaxActive = 20, IdleSeconds = 1 }, clock);
        var company = databases.NewCompany();
        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => host.MakeAsync(company, new($"{i}"), Ct)));
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var sweeping = Task.Run(async () =>
        {
            while (!ended.IsCancellationRequested)
            {
                clock.Forward(TimeSpan.FromSeconds(2));
                host.Directory.Sweep();
                await Task.Yield();
            }
        }, Ct);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(client => Task.Run(async () =>
        {
            for (var i = 0; i < 120; i++) Assert.Null((await host.SendAsync(company, 1001 + ((i + client) % 60), new CountUp(), Ct)).Refusal);
        }, Ct)));
        await ended.CancelAsync();
        await sweeping;
        clock.Forward(TimeSpan.FromSeconds(2));
        host.Directory.Sweep();
        Assert.Equal(0, host.Directory.Count);
        var counts = await Task.WhenAll(Enumerable.Range(1001, 60).Select(n => host.ReadAsync(company, n, Ct)));
        Assert.All(counts, row => Assert.Equal(16, row.State.Count));
    }
}
