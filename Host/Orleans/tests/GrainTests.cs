using System.Diagnostics;
using System.Reflection;
using Crm.Host.Actors;
using Crm.SystemTests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans;
using Orleans.Runtime;

namespace Crm.Host.Grains;

/// <summary>What the grains add to the runtime that they hold.</summary>
public sealed class GrainTests(SqliteDatabases databases) : IClassFixture<SqliteDatabases>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_command_is_decided_in_the_trace_of_its_caller()
    {
        using var listener = new ActivityListener { ShouldListenTo = _ => true, Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded };
        ActivitySource.AddActivityListener(listener);
        await using var host = new TestHost(databases.Shared.Open());
        var company = databases.NewCompany();
        var number = await host.MakeAsync(company, new("w"), Ct);
        using var source = new ActivitySource("a caller");
        using var asked = source.StartActivity();
        Assert.Equal($"{asked!.TraceId}", (await host.SendAsync(company, number, new NameAfterTrace(), Ct)).Row!.State.Name);
    }

    [Fact]
    public async Task A_grain_that_another_host_has_overtaken_decides_again_and_goes()
    {
        await using TestHost one = new(databases.Shared.Open()), other = new(databases.Shared.Open());
        var company = databases.NewCompany();
        var key = new ActorKey(company.Id, "widget", await one.MakeAsync(company, new("w"), Ct));
        foreach (var (host, version) in new[] { (one, 2), (other, 3), (one, 4) }) Assert.Equal(version, (await host.SendAsync(company, key.Number, new CountUp(), Ct)).Row!.Version);
        await GoneAsync(one, key);
        Assert.NotNull(other.Directory.Peek(key));
        Assert.Equal(5, (await one.SendAsync(company, key.Number, new CountUp(), Ct)).Row!.Version);
    }

    [Fact]
    public async Task A_grain_that_nobody_asks_goes_and_takes_what_it_held_along()
    {
        await using var host = new TestHost(databases.Shared.Open(), new() { IdleSeconds = 2 });
        var company = databases.NewCompany();
        var number = await host.MakeAsync(company, new("w"), Ct);
        await host.SendAsync(company, number, new CountUp(), Ct);
        Assert.NotNull(host.Directory.Peek(new(company.Id, "widget", number)));
        await GoneAsync(host, new(company.Id, "widget", number));
        Assert.Equal(3, (await host.SendAsync(company, number, new CountUp(), Ct)).Row!.Version);
    }

    [Fact]
    public async Task When_the_silo_does_not_answer_only_what_can_be_repeated_safely_is_repeated()
    {
        await using var host = new TestHost(databases.Shared.Open());
        var company = databases.NewCompany();
        var number = await host.MakeAsync(company, new("w"), Ct);
        var (actors, away) = Failing(host);

        var unknown = (await actors.SendAsync(Call.System(company), number, new CountUp(), Ct)).Refusal!;
        Assert.Equal((RefusalKind.Unavailable, "actors.unavailable", 1), (unknown.Kind, unknown.Code, away.Calls));
        var keyed = Call.System(company) with { Idempotency = new("k", [1]) };
        away.Failures = 2;
        Assert.Equal((2, 4), ((await actors.SendAsync(keyed, number, new CountUp(), Ct)).Row!.Version, away.Calls));
        away.Failures = 1;
        Assert.True((await actors.SendAsync(Call.System(company) with { DryRun = true }, number, new CountUp(), Ct)).Changed);
        away.Failures = int.MaxValue;
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => actors.SendAsync(keyed, number, new CountUp(), patience.Token));
        Assert.Equal(2, (await host.ReadAsync(company, number, Ct)).Version);
    }

    /// <summary>The same runtime, behind a cluster that fails some calls and then lets them through.</summary>
    private static (IActors Actors, Away Away) Failing(TestHost host)
    {
        var crossing = new Crossing([typeof(Widget).Assembly]);
        var grains = DispatchProxy.Create<IGrainFactory, Away>();
        var away = (Away)(object)grains;
        var runtime = ((SiloActors)host.Actors).Runtime;
        (away.Crossing, away.Runtime, away.Failures) = (crossing, runtime, 1);
        var state = new SiloState();
        state.Participate(new AtOnce());
        return (new OrleansActors(runtime, new([Widget.Entity, WidgetSettings.Entity, Box.Entity], [Widget.Shown]), host.Settings, crossing, state, grains, TimeProvider.System, NullLogger<OrleansActors>.Instance), away);
    }

    private static async Task GoneAsync(TestHost host, ActorKey key)
    {
        for (var patience = Stopwatch.StartNew(); host.Directory.Peek(key) is not null; await Task.Delay(50, Ct)) Assert.True(patience.Elapsed < TimeSpan.FromSeconds(60), "It is still there.");
    }
}

/// <summary>Takes the trace's id as its name.</summary>
internal sealed record NameAfterTrace : ICommand<Widget>
{
    public Decision<Widget> Decide(Widget state, Moment at) => Decision.Accept(state with { Name = $"{Activity.Current?.TraceId}" }, "widget.renamed");
}

/// <summary>Orleans' side of a cluster in which the silo that is asked has just gone.</summary>
public class Away : DispatchProxy, IActorGrain
{
    internal Crossing Crossing { get; set; } = null!;
    internal ActorRuntime Runtime { get; set; } = null!;

    /// <summary>Calls that are still to fail.</summary>
    public int Failures { get; set; }

    public int Calls { get; private set; }

    Task<byte[]> IActorGrain.HandleAsync(byte[] command, CancellationToken ct)
    {
        Calls++;
        return Failures-- > 0 ? throw new SiloUnavailableException("It has gone.") : Crossing.HandleAsync(Runtime, command, ct);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => this;
}

/// <summary>A silo's life in which everything has begun.</summary>
internal sealed class AtOnce : ISiloLifecycle
{
    public int HighestCompletedStage => int.MaxValue;

    public int LowestStoppedStage => int.MaxValue;

    public IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer)
    {
        _ = observer.OnStart(CancellationToken.None);
        return new MemoryStream();
    }
}
