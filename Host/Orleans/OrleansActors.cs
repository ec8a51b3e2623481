using Crm.Host.Actors;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Crm.Host.Grains;

/// <summary>
/// Sends each command to the one silo that has its entity. Creations without others, pieces of bulk operations, tries and reads have no entity of their own to go
/// to, or hold delegates: they run here, and the version guard keeps them right. So does everything until this silo belongs to the cluster, and after it has left.
/// </summary>
internal sealed partial class OrleansActors(
    ActorRuntime here, Catalog catalog, SettingsCache settings, Crossing crossing, SiloState silo, IGrainFactory grains, TimeProvider clock, ILogger<OrleansActors> log) : IActors
{
    /// <summary>How long a command that may be repeated is repeated: longer than it takes to see that a silo is gone.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30), LongestPause = TimeSpan.FromSeconds(1);

    private static readonly Refusal Away = new(RefusalKind.Unavailable, "actors.unavailable",
        "The server that has this at the moment does not answer. If the request was a write, repeat it with the same Idempotency-Key: it takes effect once.");

    public Task<Reply<TState>> CreateAsync<TState>(Call call, ICreation<TState> command, CancellationToken ct) where TState : class => here.CreateAsync(call, command, ct);

    public Task<Reply<TState>> SendAsync<TState>(Call call, long number, ICommand<TState> command, CancellationToken ct) where TState : class =>
        Crosses(Way.Send, command) ? AskAsync<TState>(call, catalog.Of<TState>(), number, number, Way.Send, command, ct) : here.SendAsync(call, number, command, ct);

    public Task<Reply<TState>> SendAsync<TState>(Call call, long number, IJointCommand<TState> command, CancellationToken ct) where TState : class =>
        Crosses(Way.SendJoint, command) ? AskAsync<TState>(call, catalog.Of<TState>(), number, number, Way.SendJoint, command, ct) : here.SendAsync(call, number, command, ct);

    public Task<Reply<TState>> CreateAsync<TState>(Call call, IJointCreation<TState> command, CancellationToken ct) where TState : class =>
        command.Peers is [var first, ..] && Crosses(Way.CreateJoint, command)
            ? AskAsync<TState>(call, catalog.EntityOf(first.Facet), first.Number, 0, Way.CreateJoint, command, ct) : here.CreateAsync(call, command, ct);

    public Task<Reply<TLast>> SendAsync<TLast>(Call call, IReadOnlyList<Send> commands, long last, Func<IReadOnlyList<Sent>, ICommand<TLast>> then, CancellationToken ct) where TLast : class =>
        here.SendAsync(call, commands, last, then, ct);

    public Task<IReadOnlyList<Sent>> TryAsync(Call call, IReadOnlyList<Send> commands, CancellationToken ct) => here.TryAsync(call, commands, ct);

    public Task<Row<TState>?> ReadAsync<TState>(CompanyRef company, long number, CancellationToken ct) where TState : class => here.ReadAsync<TState>(company, number, ct);

    public ValueTask<ISettings> SettingsAsync(CompanyRef company, CancellationToken ct) => here.SettingsAsync(company, ct);

    private bool Crosses(Way way, object command) => silo.IsActive && crossing.Knows(way, command);

    /// <param name="call">Who asks.</param>
    /// <param name="at">The kind of entity whose grain is asked.</param>
    /// <param name="place">That entity's number.</param>
    /// <param name="number">The number that the command is sent to; 0 = it makes something.</param>
    /// <param name="way">How.</param>
    /// <param name="command">What.</param>
    /// <param name="ct">Gives up waiting.</param>
    private async Task<Reply<TState>> AskAsync<TState>(Call call, IEntity at, long place, long number, Way way, object command, CancellationToken ct) where TState : class
    {
        var letter = Crossing.Write(call, number, way, command);
        var key = ActorGrain.KeyOf(call.Company.Id, at.Kind, place);
        var grain = grains.GetGrain<IActorGrain>(key);
        var begun = clock.GetTimestamp();
        for (var pause = TimeSpan.FromMilliseconds(100); ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            ct.ThrowIfCancellationRequested();
            // It has left the cluster while this was asked.
            if (!silo.IsActive) return await HereAsync<TState>(call, number, way, command, ct);
            try
            {
                var bytes = await grain.HandleAsync(letter, ct);
                // A silo of another version does not know the command, and has done nothing.
                if (bytes.Length == 0) return await HereAsync<TState>(call, number, way, command, ct);
                var reply = crossing.Read<TState>(bytes);
                // The silo that wrote has forgotten them; here they would be the old ones for a while yet.
                if (reply.Refusal is null && (at.IsSettings || catalog.Of<TState>().IsSettings)) settings.Forget(call.Company.Id);
                return reply;
            }
            catch (Exception away) when (IsAway(away, ct))
            {
                // Nobody knows whether it was done. With a key it is done once however often it is asked; without one only the caller can decide.
                if ((call.Idempotency is null && !call.DryRun) || clock.GetElapsedTime(begun) + pause > Patience)
                {
                    LogAway(log, key, away);
                    return Away;
                }
            }
            await Task.Delay(pause, clock, ct);
        }
    }

    private Task<Reply<TState>> HereAsync<TState>(Call call, long number, Way way, object command, CancellationToken ct) where TState : class => way switch
    {
        Way.Send => here.SendAsync(call, number, (ICommand<TState>)command, ct),
        Way.SendJoint => here.SendAsync(call, number, (IJointCommand<TState>)command, ct),
        _ => here.CreateAsync(call, (IJointCreation<TState>)command, ct),
    };

    /// <summary>True = the cluster gave no answer, or the silo that was asked stopped before it had one.</summary>
    private static bool IsAway(Exception fault, CancellationToken ct) => fault is OrleansException or TimeoutException || (fault is OperationCanceledException && !ct.IsCancellationRequested);

    [LoggerMessage(1, LogLevel.Warning, "{Grain} did not answer")]
    private static partial void LogAway(ILogger logger, string grain, Exception exception);
}

/// <summary>Whether this silo belongs to the cluster.</summary>
internal sealed class SiloState : ILifecycleParticipant<ISiloLifecycle>
{
    private volatile bool _active;

    public bool IsActive => _active;

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(nameof(SiloState), ServiceLifecycleStage.Active, _ => Set(true), _ => Set(false));

    private Task Set(bool active)
    {
        _active = active;
        return Task.CompletedTask;
    }
}
