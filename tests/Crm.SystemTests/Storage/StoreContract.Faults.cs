using Crm.Host.Actors;

namespace Crm.SystemTests.Storage;

public abstract partial class StoreContract
{
    [Theory]
    [InlineData(Stage.Begin)]
    [InlineData(Stage.Lock)]
    [InlineData(Stage.Write)]
    [InlineData(Stage.Commit)]
    public async Task A_commit_that_fails_leaves_memory_and_database_as_they_were(Stage stage)
    {
        var store = new FailingStore(databases.Shared.Open());
        await using var host = new TestHost(store);
        var company = databases.NewCompany();
        var number = await host.MakeAsync(company, new("w"), Ct);
        await host.Actors.SendAsync(Call.System(company), IActors.Settings, new SetPrefix(">"), Ct);
        var before = await databases.Shared.DumpAsync(Ct);

        store.FailAt = stage;
        var key = Call.System(company) with { Idempotency = Key("k") };
        Refusal?[] refusals =
        [
            (await host.Actors.SendAsync(key, number, new CountUp(), Ct)).Refusal, (await host.Actors.CreateAsync(key, new MakeWidget(new("new")), Ct)).Refusal,
            (await host.Actors.SendAsync(key, IActors.Settings, new SetPrefix(">>"), Ct)).Refusal,
        ];
        Assert.All(refusals, r => Assert.Equal((RefusalKind.Unavailable, "storage.unavailable"), (r!.Kind, r.Code)));
        Assert.Equal(before, await databases.Shared.DumpAsync(Ct));
        Assert.Equal(">", (await host.Actors.SettingsAsync(company, Ct)).Get<WidgetSettings>().Prefix);
        Assert.Equal(0, (await host.ReadAsync(company, number, Ct)).State.Count);

        store.FailAt = null;
        var after = await host.Actors.SendAsync(key, number, new CountUp(), Ct);
        Assert.Equal((2, 1), (after.Row!.Version, after.Row.State.Count));
        Assert.Equal(number + 1, await host.MakeAsync(company, new("next"), Ct));
    }

    [Fact]
    public async Task A_commit_whose_answer_is_lost_takes_effect_once_when_repeated_with_its_key()
    {
        var store = new FailingStore(databases.Shared.Open());
        await using var host = new TestHost(store);
        var company = databases.NewCompany();
        var number = await host.MakeAsync(company, new("w"), Ct);
        var call = Call.System(company) with { Idempotency = Key("k") };
        store.FailAt = Stage.Answer;
        Assert.Equal("storage.unavailable", (await host.Actors.SendAsync(call, number, new CountUp(), Ct)).Refusal!.Code);
        store.FailAt = null;
        Assert.Equal(2, (await host.Actors.SendAsync(call, number, new CountUp(), Ct)).Replayed!.Version);
        var next = (await host.SendAsync(company, number, new CountUp(), Ct)).Row!;
        Assert.Equal((3, 2), (next.Version, next.State.Count));
    }

    [Fact]
    public async Task While_the_disk_hangs_writers_are_told_so_in_time_and_readers_read_on()
    {
        var store = new FailingStore(databases.Shared.Open());
        await using var host = new TestHost(store, new() { CommitSeconds = 1, MaxWaitingCommits = 3 });
        var company = databases.NewCompany();
        long[] numbers = [await host.MakeAsync(company, new("a"), Ct), await host.MakeAsync(company, new("b"), Ct)];
        while (await store.Arrived.WaitAsync(0, Ct)) { }

        store.MayCommit.Reset();
        var started = host.Actors.SendAsync(Call.System(company) with { Idempotency = Key("a") }, numbers[0], new CountUp(), Ct);
        await store.Arrived.WaitAsync(Ct);
        var waiting = host.Actors.SendAsync(Call.System(company) with { Idempotency = Key("b") }, numbers[1], new CountUp(), Ct);
        var settings = host.Actors.SendAsync(Call.System(company), IActors.Settings, new SetPrefix("late"), Ct);
        Assert.Equal(0, (await host.ReadAsync(company, numbers[0], Ct)).State.Count);
        // The one under way may yet come true; the one in the queue was withdrawn.
        Assert.Equal("storage.unavailable", (await started).Refusal!.Code);
        Assert.Equal("storage.slow", (await waiting).Refusal!.Code);
        Assert.Equal("storage.slow", (await settings).Refusal!.Code);

        store.MayCommit.Set();
        var (first, second) = (await host.SendAsync(company, numbers[0], new CountUp(), Ct), await host.SendAsync(company, numbers[1], new CountUp(), Ct));
        Assert.Equal(((3L, 2L), (2L, 1L)), ((first.Row!.Version, first.Row.State.Count), (second.Row!.Version, second.Row.State.Count)));
    }

    [Fact]
    public async Task Settings_that_are_stored_after_their_caller_was_sent_away_show()
    {
        var store = new FailingStore(databases.Shared.Open());
        await using var host = new TestHost(store, new() { CommitSeconds = 1 });
        var company = databases.NewCompany();
        store.MayCommit.Reset();
        Assert.Equal("storage.unavailable", (await host.Actors.SendAsync(Call.System(company), IActors.Settings, new SetPrefix("late"), Ct)).Refusal!.Code);
        Assert.Equal("", (await host.Actors.SettingsAsync(company, Ct)).Get<WidgetSettings>().Prefix);
        store.MayCommit.Set();
        await host.MakeAsync(company, new("after"), Ct);
        await WaitForAsync(async () => (await host.Actors.SettingsAsync(company, Ct)).Get<WidgetSettings>().Prefix == "late");
    }

    [Fact]
    public async Task When_more_commits_wait_than_may_the_next_is_told_to_come_back_at_once()
    {
        var store = new FailingStore(databases.Shared.Open());
        await using var host = new TestHost(store, new() { MaxWaitingCommits = 3 });
        var company = databases.NewCompany();
        store.MayCommit.Reset();
        var first = host.Actors.CreateAsync(Call.System(company), new MakeWidget(new("first")), Ct);
        await store.Arrived.WaitAsync(Ct);
        var waiting = Enumerable.Range(0, 3).Select(i => host.Actors.CreateAsync(Call.System(company), new MakeWidget(new($"{i}")), Ct)).ToArray();
        Assert.Equal((RefusalKind.Unavailable, "server.overloaded"), await host.Actors.CreateAsync(Call.System(company), new MakeWidget(new("one too many")), Ct) is { Refusal: { } no } ? (no.Kind, no.Code) : default);
        store.MayCommit.Set();
        Assert.Equal([1001, 1002, 1003, 1004], (await Task.WhenAll([first, .. waiting])).Select(r => r.Row!.Number));
    }

    private static async Task WaitForAsync(Func<Task<bool>> condition)
    {
        for (var i = 0; i < 200; i++)
        {
            if (await condition()) return;
            await Task.Delay(25, Ct);
        }
        Assert.Fail("It did not come true within five seconds.");
    }
}
