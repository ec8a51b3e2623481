using System.Globalization;
using Crm.Host.Actors;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;
using Directory = Crm.Host.Actors.Directory;

namespace Crm.Host.Grains;

/// <summary>An entity in the cluster. Its key is <c>company/kind/number</c>; commands and replies are bytes, so that no type of a module is known to Orleans.</summary>
[Alias("crm.actor")]
internal interface IActorGrain : IGrainWithStringKey
{
    /// <summary>Carries out a command and answers its reply.</summary>
    /// <param name="command">What <see cref="Crossing.Write(Call, long, Way, object)"/> made.</param>
    /// <param name="ct">Gives up the place in the entity's mailbox; a commit that has begun is carried through.</param>
    [Alias("handle")]
    Task<byte[]> HandleAsync(byte[] command, CancellationToken ct);
}

/// <summary>
/// The place of an entity: whichever silo a command comes to, it is decided here, by the activation that the embedded host has too. Reentrant, because the
/// activation's mailbox is the queue and holds its bound; a second queue before it would only hide how many wait.
/// </summary>
[GrainType("actor"), Reentrant]
internal sealed class ActorGrain(IGrainContext context, ActorRuntime runtime, Directory directory, Crossing crossing) : IActorGrain, IGrainBase
{
    private readonly ActorKey _key = KeyOf(context.GrainId.Key.ToString()!);

    public IGrainContext GrainContext => context;

    /// <summary>The key of an entity's grain.</summary>
    public static string KeyOf(int company, string kind, long number) => string.Create(CultureInfo.InvariantCulture, $"{company}/{kind}/{number}");

    public async Task<byte[]> HandleAsync(byte[] command, CancellationToken ct)
    {
        var reply = await crossing.HandleAsync(runtime, command, ct);
        // Another silo wrote here. It may have another grain for this entity; the next command asks anew where it is.
        if (directory.WasOvertaken(_key)) this.DeactivateOnIdle();
        return reply;
    }

    public Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token)
    {
        directory.Release(_key);
        return Task.CompletedTask;
    }

    private static ActorKey KeyOf(string key)
    {
        var parts = key.Split('/');
        return new(int.Parse(parts[0], CultureInfo.InvariantCulture), parts[1], long.Parse(parts[2], CultureInfo.InvariantCulture));
    }
}
