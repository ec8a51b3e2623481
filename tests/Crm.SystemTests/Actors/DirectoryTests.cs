using Crm.Host.Actors;
using Crm.SystemTests.Storage;

namespace Crm.SystemTests.Actors;

public sealed class DirectoryTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lets_go_of_the_idle_and_keeps_those_in_use()
    {
        var clock = new MovableClock();
        using var directory = new Crm.Host.Actors.Directory(100, TimeSpan.FromSeconds(60), clock);
        var (idle, used, busy) = (directory.Get(new(1, "widget", 1)), directory.Get(new(1, "widget", 2)), directory.Get(new(1, "widget", 3)));
        await busy.EnterAsync(1, Ct);
        clock.Forward(TimeSpan.FromSeconds(50));
        Assert.Same(used, directory.Get(new(1, "widget", 2)));
        clock.Forward(TimeSpan.FromSeconds(20));
        directory.Sweep();
        Assert.Equal(2, directory.Count);
        Assert.Equal(Entry.Closed, await idle.EnterAsync(1, Ct));
        Assert.Same(busy, directory.Get(new(1, "widget", 3)));
        Assert.NotSame(idle, directory.Get(new(1, "widget", 1)));
    }

    [Fact]
    public void Over_the_bound_the_longest_unused_go()
    {
        var clock = new MovableClock();
        using var directory = new Crm.Host.Actors.Directory(100, TimeSpan.FromHours(1), clock);
        var first = directory.Get(new(1, "widget", 0));
        for (var i = 1; i < 100; i++)
        {
            clock.Forward(TimeSpan.FromSeconds(1));
            directory.Get(new(1, "widget", i));
        }
        clock.Forward(TimeSpan.FromSeconds(1));
        Assert.Same(first, directory.Get(new(1, "widget", 0)));
        directory.Get(new(1, "widget", 100));
        directory.Sweep();
        Assert.Equal(90, directory.Count);
        Assert.Same(first, directory.Get(new(1, "widget", 0)));
    }

    [Fact]
    public async Task Letting_go_while_others_come_fails_nobody()
    {
        using var directory = new Crm.Host.Actors.Directory(1_000, TimeSpan.FromHours(1), TimeProvider.System);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var coming = Task.Run(() => { for (var i = 0; !end.IsCancellationRequested; i++) directory.Get(new(1, "widget", i % 20_000)); }, Ct);
        for (var i = 0; i < 500; i++) directory.Sweep();
        await end.CancelAsync();
        await coming;
    }

    [Fact]
    public void Companies_and_kinds_do_not_share_an_entity()
    {
        using var directory = new Crm.Host.Actors.Directory(100, TimeSpan.FromHours(1), TimeProvider.System);
        ActorKey[] keys = [new(1, "widget", 1), new(2, "widget", 1), new(1, "gadget", 1), new(1, "widget", 2)];
        Assert.Equal(4, keys.Select(directory.Get).Distinct().Count());
    }
}
