using Crm.Accounting;
using Microsoft.Extensions.DependencyInjection;
using static Crm.Tests.Accounting.FakeLedger;

namespace Crm.Tests.Accounting;

/// <summary>A host that works on a run keeps it, whatever the accounting system answers, and says so no more often than it has to.</summary>
public sealed class ClaimTests : LedgerTests
{
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(2), Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task No_other_host_takes_a_run_whose_pages_are_without_rows_for_minutes()
    {
        Ledger.Customers.Add(Customer("1", "One") with { ChangedAt = DateTimeOffset.UnixEpoch });
        await RunAsync();
        var (actors, call, ct) = (Actors, Call.System(await RefAsync()), TestContext.Current.CancellationToken);
        List<string?> others = [];
        Ledger.Empty = 5;
        Ledger.Asking = async () =>
        {
            App.Clock.Advance(TimeSpan.FromSeconds(50));
            others.Add((await actors.SendAsync(call, Number, new ClaimRun("another host", Claim), ct)).Refusal?.Code);
        };
        await RunAsync();
        Assert.Equal(Enumerable.Repeat("accounting.taken", 18), others);
        Assert.Equal(2, (await ConnectionAsync()).GetProperty("runs").GetArrayLength());
    }

    [Fact]
    public async Task Pages_without_rows_that_come_soon_leave_no_trace()
    {
        Ledger.Customers.Add(Customer("1", "One") with { ChangedAt = DateTimeOffset.UnixEpoch });
        await RunAsync();
        var usual = await ChangesOfARunAsync();
        Ledger.Empty = 50;
        Assert.Equal(usual, await ChangesOfARunAsync());
    }

    [Fact]
    public async Task A_page_that_is_long_in_coming_does_not_lose_the_run()
    {
        await StartAsync();
        var (services, call, ct, brief) = (App.Services, Call.System(await RefAsync()), TestContext.Current.CancellationToken, TimeSpan.FromMilliseconds(200));
        var comes = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Ledger.Asking = () => comes.Task;
        var claimed = (await Actors.SendAsync(call, Number, new ClaimRun("host", brief), ct)).Row!.State;
        var sync = new Sync(Actors, Ledger, services.GetRequiredService<CustomerPages>(), services.GetRequiredService<InvoicePages>(), services.GetRequiredService<InvoicedYears>(), services.GetRequiredService<BalancePages>(), App.Clock, call.Company, Number, "host", brief);
        var running = sync.RunAsync(claimed, ct);
        var renewed = 0;
        var asked = TimeProvider.System.GetTimestamp();
        for (var until = claimed.HostUntil; renewed < 3 && TimeProvider.System.GetElapsedTime(asked) < Patience; await Task.Delay(20, ct))
        {
            if ((await Actors.ReadAsync<Connection>(call.Company, Number, ct))!.State.HostUntil is var now && now == until) continue;
            (until, renewed) = (now, renewed + 1);
        }
        Assert.Equal(3, renewed);
        comes.SetResult();
        await running;
    }

    private IActors Actors => App.Services.GetRequiredService<IActors>();

    private async Task<long> ChangesOfARunAsync()
    {
        var before = await VersionAsync();
        await RunAsync();
        return await VersionAsync() - before;
    }

    private async Task<long> VersionAsync() => (await Actors.ReadAsync<Connection>(await RefAsync(), Number, TestContext.Current.CancellationToken))!.Version;
}
