using Crm.Host.Actors;

namespace Crm.SystemTests.Actors;

public sealed class MailboxTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lets_in_one_at_a_time_in_the_order_of_arrival()
    {
        var mailbox = new Mailbox();
        Assert.Equal(Entry.In, await mailbox.EnterAsync(10, Ct));
        var waiting = Enumerable.Range(0, 5).Select(_ => mailbox.EnterAsync(10, Ct).AsTask()).ToArray();
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(Enumerable.Range(0, 5).Select(n => n < i), waiting.Select(w => w.IsCompleted));
            mailbox.Exit();
            Assert.Equal(Entry.In, await waiting[i]);
        }
        mailbox.Exit();
        Assert.True(mailbox.TryClose());
    }

    [Fact]
    public async Task Never_has_two_inside_whatever_comes_goes_and_gives_up()
    {
        var mailbox = new Mailbox();
        var (inside, entered, gaveUp) = (0, 0, 0);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(client => Task.Run(async () =>
        {
            var random = new Random(client);
            for (var i = 0; i < 500; i++)
            {
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
                if (random.Next(3) == 0) patience.CancelAfter(TimeSpan.FromMicroseconds(random.Next(300)));
                try
                {
                    Assert.Equal(Entry.In, await mailbox.EnterAsync(100, patience.Token));
                }
                catch (OperationCanceledException) when (patience.IsCancellationRequested)
                {
                    Interlocked.Increment(ref gaveUp);
                    continue;
                }
                Assert.Equal(1, Interlocked.Increment(ref inside));
                if (random.Next(4) == 0) await Task.Yield();
                Interlocked.Increment(ref entered);
                Interlocked.Decrement(ref inside);
                mailbox.Exit();
            }
        }, Ct)));
        Assert.Equal(16 * 500, entered + gaveUp);
        Assert.True(mailbox.TryClose(), "Nobody was left inside or let in without knowing.");
    }

    [Fact]
    public async Task A_full_queue_refuses_and_places_of_those_who_gave_up_are_free()
    {
        var mailbox = new Mailbox();
        await mailbox.EnterAsync(2, Ct);
        using var patience = new CancellationTokenSource();
        var impatient = mailbox.EnterAsync(2, patience.Token).AsTask();
        var patient = mailbox.EnterAsync(2, Ct).AsTask();
        Assert.Equal(Entry.Full, await mailbox.EnterAsync(2, Ct));
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        var next = mailbox.EnterAsync(2, Ct).AsTask();
        mailbox.Exit();
        Assert.Equal(Entry.In, await patient);
        mailbox.Exit();
        Assert.Equal(Entry.In, await next);
    }

    [Fact]
    public async Task Closes_only_when_nobody_is_inside_and_then_lets_nobody_in()
    {
        var mailbox = new Mailbox();
        await mailbox.EnterAsync(2, Ct);
        Assert.False(mailbox.TryClose());
        mailbox.Exit();
        Assert.True(mailbox.TryClose());
        Assert.Equal(Entry.Closed, await mailbox.EnterAsync(2, Ct));
    }
}
