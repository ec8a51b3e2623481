using System.Diagnostics.Metrics;
using Crm.Host.Storage;

namespace Crm.Host.Telemetry;

/// <summary>What the actor runtime holds and what waits in it, looked at when somebody reads the metrics.</summary>
internal sealed class ActorGauges : IHostedService
{
    public ActorGauges(IMeterFactory meters, Actors.Directory directory, GroupCommit commits)
    {
        var meter = meters.Create("Crm.Actors");
        meter.CreateObservableGauge("crm.actors.active", () => directory.Count, "{actor}", "Entities in memory");
        meter.CreateObservableGauge("crm.mailbox.waiting", () => directory.Waiting, "{command}", "Commands that wait for their entity");
        meter.CreateObservableGauge("crm.commit.waiting", () => commits.Waiting, "{command}", "Decided commands that wait for the database");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
