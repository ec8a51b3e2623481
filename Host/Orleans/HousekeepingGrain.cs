using Crm.Host.Actors;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Crm.Host.Grains;

/// <summary>Keeps house for the whole cluster.</summary>
[Alias("crm.housekeeping")]
internal interface IHousekeepingGrain : IGrainWithIntegerKey
{
    /// <summary>Sees to it that it is done from now on.</summary>
    [Alias("begin"), AlwaysInterleave]
    Task BeginAsync();
}

/// <summary>When it was done last.</summary>
[GenerateSerializer, Alias("crm.housekeeping.last")]
internal sealed class LastKept
{
    [Id(0)]
    public DateTimeOffset At { get; set; }
}

/// <summary>
/// Forgets old idempotency keys once an hour, in one silo instead of in each. A reminder and a row of its own are right for this: nobody else reads the row, no journal
/// tells of it, and when either is missed or done twice there is no harm. What has a journal, or lists, or others that take part, is never kept so.
/// </summary>
[GrainType("housekeeping")]
internal sealed class HousekeepingGrain(
    IGrainContext context, [PersistentState("last", HousekeepingGrain.Storage)] IPersistentState<LastKept> last, Housekeeping house, TimeProvider clock) : IHousekeepingGrain, IRemindable, IGrainBase
{
    public const string Storage = "rows", Reminder = "hourly";
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public IGrainContext GrainContext => context;

    /// <summary>A reminder that is there keeps its time: silos that are started anew every half hour put nothing off.</summary>
    public async Task BeginAsync()
    {
        if (await this.GetReminder(Reminder) is null) await this.RegisterOrUpdateReminder(Reminder, Hour, Hour);
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (clock.GetUtcNow() - last.State.At < Hour / 2) return;
        await house.KeepAsync(CancellationToken.None);
        last.State = new() { At = clock.GetUtcNow() };
        await last.WriteStateAsync();
    }
}
